"""One run of MkDocs, in a process of its own: ``mkdocs_job.py JOB RESULT``.

Run by ``mkdocs_run.py`` in the project's folder; never imported. JOB holds the folders and, where
shells are wanted, the pages to render for them; RESULT says why none could be made, if so. MkDocs
is used through its configuration and its ``build`` alone; nothing of it is changed.
"""

import json
import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

# Those that leave a block of raw HTML as it is.
EXTENSIONS = frozenset(
    {
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes"),
        *("meta", "sane_lists", "smarty", "tables", "toc"),
    }
)


def main(job: dict[str, Any]) -> str:
    """Build the site of a job; says why its shells could not be made, "" if they are. Raises."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(job["config"], docs_dir=job["docs"], site_dir=job["site"])
    shells: dict[str, str] = job["shells"]
    reason = _unsafe(config, job) if shells else ""
    if reason:
        return reason
    for path, text in shells.items():
        page = Path(job["docs"], path)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(text.encode("utf-8"))
    _leave_out_of_nav(config, shells)
    build(config)
    return ""


def _unsafe(config: Any, job: dict[str, Any]) -> str:
    """What of the settings could make two pages differ in more than a shell leaves open."""
    for what, found in (
        ("plugins", list(config.plugins)),  # hooks are among them
        ("extra_templates", config.extra_templates),
        ("draft_docs", config.draft_docs),
        ("markdown_extensions", sorted({*config.markdown_extensions} - EXTENSIONS)),
    ):
        if found:
            names = f" ({', '.join(map(str, found))})" if isinstance(found, list) else ""
            return f"mkdocs.yml sets {what}{names}"
    if spec := config.exclude_docs:
        for path in [*job["shells"], *(f"{name}/index.md" for name in job["generated"])]:
            if spec.match_file(path):
                return f"mkdocs.yml sets exclude_docs, which names {path}"
    if config.nav is None:
        return "mkdocs.yml has no nav, so that every page would show all of them"
    if not config.use_directory_urls:
        return "mkdocs.yml turns use_directory_urls off"
    for path in _pages(config.nav):
        if path.partition("/")[0] in job["generated"] and path not in job["shells"]:
            return f"nav names {path}, which is not in mkdocs.yml itself"
    return ""


def _leave_out_of_nav(config: Any, paths: Iterable[str]) -> None:
    """Say of pages that nav does not name that this is meant: a project whose mkdocs.yml is of an
    earlier version knows no kinds of pages that have come since.
    """
    named = _pages(config.nav)
    added = GitIgnoreSpec.from_lines(f"/{path}" for path in paths if path not in named)
    known = config.not_in_nav.patterns if config.not_in_nav else ()
    config.not_in_nav = GitIgnoreSpec([*known, *added.patterns])


def _pages(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    inside = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [path for one in inside for path in _pages(one)]


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - as `python -m mkdocs` does
    from mkdocs.exceptions import MkDocsException

    said = logging.StreamHandler()
    said.setFormatter(logging.Formatter("%(levelname)s -  %(message)s"))
    logging.getLogger("mkdocs").addHandler(said)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        why = main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    except MkDocsException as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(1)
    Path(sys.argv[2]).write_text(why, "utf-8")

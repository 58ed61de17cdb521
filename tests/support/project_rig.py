"""Projects for tests: our theme and pages, and nothing of what this site's owner wrote or set.

The owner's articles, settings and values of ``mkdocs.yml`` may be anything: no test reads them.
``tests/published/`` holds articles in every form with their memory, as the project came with them.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from dwiwarta.settings import PROJECT_ROOT, Project, load_project

PUBLISHED = Path(__file__).parents[1] / "published" / "articles"
DOCS = PROJECT_ROOT / "docs"
# Runs what follows with the signals as a terminal gives them: a suite started with nohup or in the
# background hands on that SIGHUP or SIGINT is ignored.
FRESH_SIGNALS = (
    "import os, signal, sys\n"
    "for name in ('SIGINT', 'SIGTERM', 'SIGHUP'):\n"
    "    signal.signal(getattr(signal, name), signal.SIG_DFL)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
)
ABOUT = "# About\n\nWho makes this newspaper, and why.\n"
# The pages that come with the project, about.md aside, which is the owner's.
_MANUALS = ("id/*.md", "developers/*.md", "editors/*.md")
WRITTEN = sorted(
    path.relative_to(DOCS).as_posix()
    for pattern in ("help.md", "readers.md", "search.md", *_MANUALS)
    for path in DOCS.glob(pattern)
)
_IN_NAV = {*WRITTEN, "about.md", "index.md", "country/index.md", "topic/index.md"}
_VALUES = {
    "site_name": "Dwiwarta",
    "site_description": "Indonesian news with the English beside it",
    "site_url": "https://dwiwarta.example/",
    "repo_url": "https://code.dwiwarta.example/dwiwarta",
    "edit_uri": "edit/main/docs/",
    "copyright": "Article texts belong to their publishers.",
    "docs_dir": "docs",
    "site_dir": "site",
    "extra": {"generator": False},
}


def make_project(root: Path, *, with_pages: bool = True) -> Project:
    """A project at ``root`` with our look and no articles; without pages, these have names only."""
    settings = yaml_load((PROJECT_ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings |= _VALUES
    settings["nav"] = _ours(settings["nav"])
    settings["theme"] |= {
        "language": "en",
        "favicon": "assets/logo.svg",
        "logo": "assets/logo.svg",
    }
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    (root / "mkdocs.yml").write_text(text, "utf-8")
    own = shutil.ignore_patterns("bundles.html", "own.html")  # what the owner set
    shutil.copytree(PROJECT_ROOT / "overrides", root / "overrides", ignore=own)
    shutil.copytree(
        DOCS / "assets", root / "docs" / "assets", ignore=shutil.ignore_patterns("generated")
    )
    for name in (*WRITTEN, "about.md"):
        page = root / "docs" / name
        page.parent.mkdir(exist_ok=True)
        if not with_pages:
            page.write_text(f"# {name}\n", "utf-8")
        elif name == "about.md":
            page.write_text(ABOUT, "utf-8")
        else:
            shutil.copy2(DOCS / name, page)
    return load_project(root)


def _ours(nav: Any) -> Any:
    """The navigation without what the owner added to it."""
    if isinstance(nav, str):
        return nav if nav in _IN_NAV else None
    if isinstance(nav, dict):
        return {title: kept for title, entry in nav.items() if (kept := _ours(entry))}
    return [kept for entry in nav if (kept := _ours(entry))]


def previewed_at(said: Path) -> str | None:
    """The address that ``serve``, which writes to the file ``said``, has told, if it has."""
    told = re.search(r"^Preview on (\S+)", said.read_text("utf-8"), re.MULTILINE)
    return told[1] if told else None

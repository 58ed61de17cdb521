"""Pages that hold nothing, made by MkDocs as this project sets it: ``probe.py FOLDER``.

Run by ``policy.py`` in the project's folder; never imported. A page of each kind lies at each depth
that pages of ours have, as the theme's scripts know the way from there to the top.
"""

import logging
import os
import sys
from pathlib import Path

DEPTHS = ("", "a/", "a/b/", "a/b/c/")
KINDS = ("", "home", "list", "index", "article", "country", "topic")


def main(folder: Path) -> None:
    """Write ``docs`` and ``site`` into ``folder``. Whatever MkDocs refuses is raised."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    for depth in DEPTHS:
        for kind in KINDS:
            page = folder / "docs" / depth / (f"{kind}.md" if kind else "index.md")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"---\nkind: {kind}\n---\n" if kind else "# Probe\n", encoding="utf-8")
    config = load_config(docs_dir=str(folder / "docs"), site_dir=str(folder / "site"))
    config.nav = None
    config.strict = False
    build(config)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - as `python -m mkdocs` does
    main(Path(sys.argv[1]))

"""What the program brings for a folder of articles: theme, assets, manuals, and first files.

In a checkout the theme and the manuals are the project around this package; ``setup.py`` copies
them into an installed one. Nothing here needs a library, so that ``setup.py`` can ask as well.
"""

from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]
INSTALLED = PACKAGE / "starter"
IN_CHECKOUT = not INSTALLED.is_dir()
# Says that a folder is the program's own checkout, whose files are in git and stay as they are.
_OF_CHECKOUT = "scripts/dwiwarta/starter.py"

# Below the checkout. Generated pages lie among the written ones, so those are named one by one.
_PATTERNS = (
    "overrides/**/*",
    "docs/assets/**/*",
    *(f"docs/{name}.md" for name in ("help", "readers", "search")),
    *(f"docs/id/{name}.md" for name in ("about", "help", "readers", "search")),
    "docs/editors/*.md",
    "docs/developers/*.md",
)
_NOT_OF_SITES = (
    *("docs/assets/generated/", "docs/assets/screenshot.png"),
    # Made of the settings and the assets of this very site.
    *("overrides/partials/bundles.html", "overrides/partials/own.html"),
)

# Where the files in content/ that have another place belong; hidden names are lost in packages.
_PLACES = {
    "about.md": "docs/about.md",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "pages.yml": ".github/workflows/pages.yml",
}


def starter_files() -> Mapping[str, Path]:
    """The program's own files in a site: POSIX path below the folder → where it lies now.

    Theme, assets and manuals: whoever changes none of them gets them from each version anew.
    """
    if not IN_CHECKOUT:
        return _found(INSTALLED, ("**/*",))
    return _found(CHECKOUT, _PATTERNS)


def content_files() -> Mapping[str, Path]:
    """The files that a new folder of articles begins with, which are its owner's from then on."""
    found = _found(PACKAGE / "content", ("**/*",))
    return {_PLACES.get(name, name): path for name, path in found.items()}


def is_checkout(root: Path) -> bool:
    """Whether a folder is a checkout of the program: there its files are not ours to place."""
    return (root / _OF_CHECKOUT).is_file()


def _found(folder: Path, patterns: tuple[str, ...]) -> Mapping[str, Path]:
    found = {
        path.relative_to(folder).as_posix(): path
        for pattern in patterns
        for path in folder.glob(pattern)
        # Nothing is published through a link, and hidden files are not the project's.
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }
    return {name: found[name] for name in sorted(found) if not name.startswith(_NOT_OF_SITES)}


def shown_command(words: str) -> str:
    """A command as a person types it here: ``dwiwarta build``, or the script of the checkout."""
    return f"python scripts/build.py {words}" if IN_CHECKOUT else f"dwiwarta {words}"

"""What a project starts with besides its articles: settings, theme, assets and written pages.

In a checkout these files are the project around this package; ``setup.py`` copies them into an
installed one. Nothing here needs a library, so that ``setup.py`` can ask as well.
"""

from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
INSTALLED = Path(__file__).resolve().parent / "starter"
IN_CHECKOUT = not INSTALLED.is_dir()

# Below the checkout. Generated pages lie among the written ones, so those are named one by one.
_PATTERNS = (
    "mkdocs.yml",
    "dwiwarta.yml",
    "overrides/**/*",
    "docs/assets/**/*",
    *(f"docs/{name}.md" for name in ("about", "help", "readers", "search")),
    "docs/editors/*.md",
    "docs/developers/*.md",
)
_GENERATED = "docs/assets/generated/"


def starter_files() -> Mapping[str, Path]:
    """The files of a new project: POSIX path below the project → where it lies now."""
    if not IN_CHECKOUT:
        return _found(INSTALLED, ("**/*",))
    return _found(CHECKOUT, _PATTERNS)


def _found(folder: Path, patterns: tuple[str, ...]) -> Mapping[str, Path]:
    found = {
        path.relative_to(folder).as_posix(): path
        for pattern in patterns
        for path in folder.glob(pattern)
        # Nothing is published through a link, and hidden files are not the project's.
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }
    return {name: found[name] for name in sorted(found) if not name.startswith(_GENERATED)}


def shown_command(words: str) -> str:
    """A command as a person types it here: ``dwiwarta build``, or the script of the checkout."""
    return f"python scripts/build.py {words}" if IN_CHECKOUT else f"dwiwarta {words}"

"""The generated part of ``docs/``: written where it changed, cleared of what is stale."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dwiwarta.errors import SiteError
from dwiwarta.files import write_if_changed
from dwiwarta.model import Page

# Everything below these belongs to the build. The rest of docs/ is written by hand and is never
# touched. What the search index leaves in docs/ is looked after by the search.
GENERATED_FOLDERS = ("article", "country", "page", "quality", "topic")
GENERATED_FILES = ("index.md",)


@dataclass(frozen=True, slots=True)
class WriteCount:
    """What became of the generated pages."""

    written: int
    unchanged: int
    removed: int


def write_docs(pages: Iterable[Page], docs_dir: Path) -> WriteCount:
    """Make the generated part of ``docs_dir`` hold exactly ``pages``.

    A page is replaced in one step and only if its bytes differ. New pages are written before
    stale ones are removed, so a build that is killed in between leaves a whole, if untidy, site.
    Raises ``SiteError`` if the disk refuses.
    """
    wanted = {_own_path(page.path): page.data for page in pages}
    try:
        written = sum(
            write_if_changed(docs_dir / path, data) for path, data in sorted(wanted.items())
        )
        removed = sum(
            _remove_stale(docs_dir, folder, wanted.keys()) for folder in GENERATED_FOLDERS
        )
    except OSError as error:
        raise SiteError(f"{error.filename or docs_dir}: {error.strerror or error}") from error
    return WriteCount(written, len(wanted) - written, removed)


def _own_path(path: str) -> str:
    """``path`` if the build may write there; anything else is a mistake of the caller."""
    parts = PurePosixPath(path).parts
    inside = len(parts) > 1 and parts[0] in GENERATED_FOLDERS and ".." not in parts
    if not inside and path not in GENERATED_FILES:
        raise ValueError(f"not a generated page: {path!r}")
    return path


def _remove_stale(docs_dir: Path, folder: str, wanted: Iterable[str]) -> int:
    """Remove the files below ``folder`` that are not wanted, then the folders left empty."""
    keep = set(wanted)
    removed = 0
    for root, _, files in os.walk(docs_dir / folder, topdown=False):
        for name in files:
            file = Path(root) / name
            if file.relative_to(docs_dir).as_posix() not in keep:
                file.unlink()
                removed += 1
        if not any(Path(root).iterdir()):
            Path(root).rmdir()
    return removed

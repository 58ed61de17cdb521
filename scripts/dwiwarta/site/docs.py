"""The generated part of ``docs/``: written where it changed, cleared of what is stale."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dwiwarta.files import is_leftover, remove_leftovers, write_if_changed
from dwiwarta.model import Page
from dwiwarta.site.places import GENERATED_FILES, GENERATED_FOLDERS, site_error


@dataclass(frozen=True, slots=True)
class WriteCount:
    """What became of the generated pages."""

    written: int
    unchanged: int
    removed: int


def write_docs(pages: Iterable[Page], docs_dir: Path, *, keep_others: bool = False) -> WriteCount:
    """Make the generated part of ``docs_dir`` hold exactly ``pages``.

    A page is replaced in one step and only if its bytes differ. New pages are written before
    stale ones are removed, so a build that is killed in between leaves a whole, if untidy, site.
    ``keep_others``: other pages stay, as they may be those of articles that could not be read.
    Raises ``SiteError`` if the disk refuses or a link is in the way.
    """
    wanted = {_own_path(page.path): page.data for page in pages}
    try:
        written = sum(
            write_if_changed(docs_dir / path, data, below=docs_dir)
            for path, data in sorted(wanted.items())
        )
        removed = sum(
            _remove_stale(docs_dir, folder, wanted.keys(), leftovers_only=keep_others)
            for folder in GENERATED_FOLDERS
        )
        removed += sum(remove_leftovers(docs_dir / name) for name in GENERATED_FILES)
    except OSError as error:
        raise site_error(error, docs_dir) from error
    return WriteCount(written, len(wanted) - written, removed)


def _own_path(path: str) -> str:
    """``path`` if the build may write there; anything else is a mistake of the caller."""
    parts = PurePosixPath(path).parts
    inside = len(parts) > 1 and parts[0] in GENERATED_FOLDERS and ".." not in parts
    if not inside and path not in GENERATED_FILES:
        raise ValueError(f"not a generated page: {path!r}")
    return path


def _remove_stale(
    docs_dir: Path, folder: str, wanted: Iterable[str], *, leftovers_only: bool
) -> int:
    """Remove the files below ``folder`` that are not wanted, then the folders left empty."""
    keep = set(wanted)
    removed = 0
    if (docs_dir / folder).is_symlink():
        return 0
    for root, _, files in os.walk(docs_dir / folder, topdown=False):
        for name in files:
            file = Path(root) / name
            if leftovers_only:
                removed += _remove_leftover(file)
            elif file.relative_to(docs_dir).as_posix() not in keep:
                file.unlink()
                removed += 1
        if not any(Path(root).iterdir()):
            Path(root).rmdir()
    return removed


def _remove_leftover(file: Path) -> int:
    """Remove what a killed build left half written; says how many files that were."""
    if not is_leftover(file.name):
        return 0
    file.unlink()
    return 1

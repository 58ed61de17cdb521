"""Pages that a browser saves in a folder, each when it is complete."""

import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from dwiwarta.commands.watching import Watch
from dwiwarta.read import PAGE_ARCHIVE_ENDINGS, PAGE_ENDINGS, is_stray

LOOK_SECONDS = 2.0  # where the system tells of nothing
# A browser writes a page in pieces: it is complete when it has been left alone for so long.
SETTLED_SECONDS = 1.0

_ENDINGS = (*PAGE_ENDINGS, *PAGE_ARCHIVE_ENDINGS)
# What stands beside a download that is not complete: Chrome's, Firefox's and Safari's.
_UNDER_WAY = (".crdownload", ".part", ".download")

Seen = tuple[int, int]  # size and time of the last change


def arrivals(folder: Path) -> Iterator[Path]:
    """The pages that are saved in ``folder`` from now on, without end; not those below it.

    A page that is saved once more under its name comes again.
    """
    return _arrivals(folder, _pages(folder))  # as it is now, not when the first is asked for


def _arrivals(folder: Path, seen: dict[Path, Seen]) -> Iterator[Path]:
    with Watch({folder: False}, lambda path: path.suffix.casefold() in _ENDINGS) as watch:
        while True:
            now = _pages(folder)
            seen = {path: was for path, was in seen.items() if path in now}
            fresh = {path: is_ for path, is_ in now.items() if seen.get(path) != is_}
            if not fresh:
                watch.wait(LOOK_SECONDS)
                continue
            time.sleep(SETTLED_SECONDS)
            after = _pages(folder)
            for path, is_ in sorted(fresh.items()):
                if after.get(path) == is_ and _is_complete(path, is_):
                    seen[path] = is_
                    yield path


def _is_complete(path: Path, seen: Seen) -> bool:
    under_way = (path.with_name(path.name + ending).exists() for ending in _UNDER_WAY)
    return seen[0] > 0 and not any(under_way)


def _pages(folder: Path) -> dict[Path, Seen]:
    found = {}
    for path in folder.iterdir():
        if path.suffix.casefold() in _ENDINGS and not is_stray(path.name) and path.name[0] != ".":
            try:
                status = path.lstat()
            except OSError:  # gone between the listing and the look
                continue
            if S_ISREG(status.st_mode):
                found[path] = (status.st_size, status.st_mtime_ns)
    return found

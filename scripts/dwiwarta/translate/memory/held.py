"""The index that was closed last, for the next build of this process: a preview builds often.

As of any other, each memory file that has changed since then is read again.
"""

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from dwiwarta.filestatus import packed


@dataclass(frozen=True, slots=True)
class Left:
    """What an index was when it was closed: its database, how much of it stands in its file, and
    the memory files that it has read since then.
    """

    db: sqlite3.Connection
    kept: int
    replaced: set[str]


class _Held(threading.local):
    """Of each thread, as a database belongs to the one that opened it."""

    last: tuple[Path, bytes, Left] | None = None


_held = _Held()


def hold(file: Path, left: Left) -> None:
    """Hold an index in place of any other; it is closed where it has no file."""
    forget()
    try:
        _held.last = file, packed(file.lstat()), left
    except OSError:
        left.db.close()


def take(file: Path) -> Left | None:
    """The index that was closed last, if it is that of ``file``, to which nobody has written."""
    if _held.last is not None:
        held, status, left = _held.last
        try:
            if held == file and status == packed(file.lstat()):
                _held.last = None
                return left
        except OSError:
            pass
    forget()
    return None


def forget() -> None:
    """Close what is held."""
    if _held.last is not None:
        _held.last[-1].db.close()
    _held.last = None

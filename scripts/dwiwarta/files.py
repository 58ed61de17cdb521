"""Files: nothing waits for ever, nothing is half written, nothing is written through a link.

A link among what we write may lead anywhere, and git keeps links: a build that wrote or removed
through one would change or empty a folder that is none of its business. So nothing is written
through a link, and what lies behind one is never removed.
"""

import errno
import os
import re
import shlex
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dwiwarta.text import printable_path

_LEFTOVER = re.compile(r"\..{1,50}\.[a-z0-9_]{8}\.tmp", re.DOTALL)
# Opening a pipe without a writer would wait for one; on Windows there are no such files.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# What a disk has when nothing more can be written to it; such an error may name no file.
NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EIO, errno.EFBIG)


def read_plain(path: Path | str, *, follow: bool = True, most: int | None = None) -> bytes:
    """The bytes of an ordinary file; a pipe, a socket or a device is never waited for.

    ``follow``: whether ``path`` itself may be a link. ``most``: bytes that are read at most. Raises
    ``OSError`` with the path and a reason for a person.
    """
    # Looked at first, as merely to open a device may do something.
    _check_plain(path, os.stat(path, follow_symlinks=follow))  # noqa: PTH116 - it may be a str
    handle = os.open(path, os.O_RDONLY | _NO_WAIT | (0 if follow else _NO_LINK))
    try:
        status = os.fstat(handle)
        _check_plain(path, status)
        size = status.st_size if most is None else min(most, status.st_size)
        data = os.read(handle, size)
        if len(data) < size:  # a system reads no more than 2 GB at once
            parts = [data]
            while len(data) and (data := os.read(handle, size)):
                parts.append(data)
            data = b"".join(parts)[:size]
        return data
    finally:
        os.close(handle)


def _check_plain(path: Path | str, status: os.stat_result) -> None:
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return
    if stat.S_ISLNK(mode):
        raise _link_error(path)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder, but should be a file", str(path))
    raise OSError(errno.EINVAL, "not an ordinary file", str(path))


def _link_error(path: Path | str) -> OSError:
    reason = "is a link, and nothing is read, written or removed through one"
    return OSError(errno.ELOOP, reason, str(path))


def refuse_link(path: Path, below: Path | None = None) -> None:
    """Raise ``OSError`` naming the link if ``path``, or a folder from ``below`` down to it, is one.

    ``below`` itself may be one.
    """
    for place in (path, *path.parents):
        if place == below:
            return
        if place.is_symlink():
            raise _link_error(place)
        if below is None:
            return


def write_atomic(
    path: Path,
    data: bytes,
    *,
    below: Path | None = None,
    durable: bool = True,
    only_if: Callable[[], bool] | None = None,
) -> bool:
    """Replace ``path`` by ``data`` in one step: a temporary file beside it, then a rename.

    ``below``: no folder from there down to ``path`` may be a link; ``path`` itself never may.

    ``durable``: on disk before this returns, so that a power cut cannot take it either. Waiting
    for the disk costs milliseconds a file; what a build can make again does without.

    ``only_if`` is asked at the last moment, when all that is left is the rename: False leaves the
    file alone. Says whether the file was replaced. Raises ``OSError``.
    """
    with _temporary(path, data, below=below, durable=durable) as temporary:
        if only_if is not None and not only_if():
            return False
        temporary.replace(path)
    return True


def write_new(path: Path, data: bytes, *, below: Path | None = None) -> bool:
    """Write a file that is not there yet, whole and on disk; False, and nothing, where one is.

    ``below``: see ``write_atomic``. Raises ``OSError``.
    """
    with _temporary(path, data, below=below, durable=True) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            if path.exists():
                return False
            temporary.rename(path)
    return True


@contextmanager
def _temporary(path: Path, data: bytes, *, below: Path | None, durable: bool) -> Iterator[Path]:
    """A file beside ``path`` that holds ``data``, to be given that name; else it goes again."""
    refuse_link(path, below)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        # mkstemp makes files private to the user; a site or a memory is for others to read too.
        temporary.chmod(_mode(path))
        yield temporary
    except OSError as error:
        if error.errno and error.filename in (None, name):
            error.filename = str(path)  # what people know; a full disk names no file at all
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Who may read and write what takes the place of ``path``."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o644


def write_if_changed(path: Path, data: bytes, *, below: Path | None = None) -> bool:
    """Write what a build can make again, unless the file holds it; says whether it wrote.

    Unchanged files keep their time stamp, so watchers and incremental builders skip them. Raises
    ``OSError``; see ``write_atomic``.
    """
    refuse_link(path, below)
    try:
        if read_plain(path, follow=False, most=len(data) + 1) == data:
            return False
    except OSError:
        pass
    write_atomic(path, data, below=below, durable=False)
    return True


def remove_leftovers(path: Path) -> int:
    """Remove what killed writes of ``path`` left beside it; says how many files that were.

    Only for whoever alone writes ``path`` now. Raises ``OSError``.
    """
    count = 0
    start = f".{path.name[:50]}."
    for item in path.parent.iterdir() if path.parent.is_dir() else ():
        if item.name.startswith(start) and is_leftover(item.name):
            item.unlink()
            count += 1
    return count


def move_file(source: Path, target: Path) -> None:
    """Give a file another name that is free; it has a name at any moment.

    A kill may leave it with both, as hard links. Raises ``OSError``, ``FileExistsError`` if the
    name is taken.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "is there already", str(target)) from None
        source.rename(target)
        return
    source.unlink()


def is_leftover(name: str, ending: str = "") -> bool:
    """Whether a file has the name of what ``write_atomic`` left when it was killed.

    ``ending``: of the file that was to be written; a long name is cut before it.
    """
    if not _LEFTOVER.fullmatch(name):
        return False
    written = name[1 : -len(".12345678.tmp")]
    return written.endswith(ending) or len(written) == 50


def refusal(error: OSError, place: Path | str = "") -> str:
    """What the system refuses, for a person: the file, the reason, and what to do about it.

    ``place``: the file that is meant if the error names none.
    """
    path, reason = refused(error, place)
    return f"{printable_path(str(path))}: {reason}"


def refused(error: OSError, place: Path | str = "") -> tuple[Path, str]:
    """The file, and the reason with what to do about it.

    A file that is being written has a name for a moment only: its own is told.
    """
    path = Path(os.fsdecode(error.filename) if error.filename is not None else place)
    if is_leftover(path.name):
        path = path.with_name(path.name[1 : -len(".12345678.tmp")])
    reason, way_out = error.strerror or str(error), _way_out(error, path)
    return path, f"{reason}: {way_out}" if way_out else reason


def _way_out(error: OSError, path: Path) -> str:
    if error.errno == errno.EROFS:
        return "copy the folder to a disk that can be written"
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "make room on the disk"
    if not isinstance(error, PermissionError) or os.name == "nt":
        return ""
    there = next((one for one in (path, *path.parents) if os.path.lexists(one)), path)
    if there == path and not os.access(there, os.R_OK):
        return f"allow reading it (chmod u+r {printable_path(shlex.quote(str(there)))})"
    folder = there if there != path or there.is_dir() else there.parent
    if os.access(folder, os.W_OK | os.X_OK):
        return ""
    quoted = printable_path(shlex.quote(str(folder)))
    return f"allow writing there (chmod -R u+w {quoted}), or work in a copy of the whole folder"

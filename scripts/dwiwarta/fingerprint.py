"""Which files hold what, known without reading them again.

The digest of a file's contents is remembered beside its stat: device, inode, size, times of
modification and of change. As long as all of these are the same, so are the contents, with one
exception that git calls "racily clean": a file may be changed twice within one tick of the file
system's clock. So a stat is trusted only if it was older than the moment at which it was noted
(https://git-scm.com/docs/racy-git). A restored time of modification is seen by that of change.
"""

import hashlib
import json
import os
import re
import stat
import struct
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dwiwarta.files import read_plain, write_atomic
from dwiwarta.filestatus import (
    NEVER,
    STATUS_BYTES,
    TICK_NANOSECONDS,
    newest,
    odd_kind,
    packed,
    unreadable,
)

_DIGEST_BYTES = 16
_UNMADE = "0" * (2 * _DIGEST_BYTES)
_DIGEST = re.compile(f"[0-9a-f]{{{2 * _DIGEST_BYTES}}}")
_LENGTH = struct.Struct("<Q")
_packed_length = _LENGTH.pack


def digest_of(*parts: bytes | memoryview | str) -> str:
    """BLAKE2b with 128 bits over the parts, as hexadecimal digits.

    Each part has its length in front, so that ``("ab", "c")`` is not ``("a", "bc")``.
    """
    joined: list[bytes | memoryview] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        joined += _packed_length(len(data)), data
    return hashlib.blake2b(b"".join(joined), digest_size=_DIGEST_BYTES).hexdigest()


def _as_digest(text: str) -> str:
    """The text itself where it is a digest: of thousands of pages none is hashed again."""
    return text if _DIGEST.fullmatch(text) else digest_of(text)


@dataclass(frozen=True, slots=True)
class _Folder:
    """Its stat, and the names in it: of what is no folder, and of folders."""

    status: bytes
    names: tuple[str, ...]
    folders: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """Of a file: a stat to trust later, the last stat, digests of its contents and its making."""

    status: bytes
    seen: bytes
    contents: str
    made_of: str = ""
    written: bool = False  # by this process

    def is_trusted(self, before: int) -> bool:
        """Whether what was written then cannot have been changed in the same tick."""
        return not self.written or newest(self.status) < before


class Tree:
    """The files below one folder, what they hold, and of what those were made that a build made.

    Links and what is no ordinary file are named and never followed. Hidden folders are not looked
    into; hidden files are listed. Of a file that cannot be read nothing is known: it is ``odd``.
    """

    def __init__(self, folder: Path, known: bytes = b"", *, skip: Collection[str] = ()) -> None:
        """``known``: what ``dump`` gave in an earlier build; garbage counts as nothing known.

        ``skip``: names of folders that are not looked into.
        """
        self.folder = folder
        self.odd: dict[str, str] = {}
        self.unsaved = False  # more is known than when it was loaded; see ``trees.save_tree``
        self._skip = frozenset(skip)
        self._files: dict[str, _Known] = {}
        self._folders: dict[str, _Folder] = {}
        try:
            self._load(known)  # of nothing fails, too
        except (ValueError, KeyError, TypeError, IndexError, struct.error):
            self._files, self._folders = {}, {}

    def refresh(self, below: str = "") -> None:
        """Look at the disk. Read is only what may hold something else than it did.

        ``below``: a folder, with ``/`` at its end, if all else is to be believed as it was.
        """
        trusted_before = time.time_ns() - TICK_NANOSECONDS
        known, self._files = _parted(self._files, below)
        known_folders, self._folders = _parted(self._folders, below)
        _, self.odd = _parted(self.odd, below)
        base = f"{self.folder}{os.sep}"
        files, lstat, todo = self._files, os.lstat, [below]
        while todo:
            prefix = todo.pop()
            folder = self._list(base, prefix, known_folders.get(prefix), trusted_before)
            if folder is None:
                continue
            self._folders[prefix] = folder
            todo.extend(f"{prefix}{name}/" for name in folder.folders)
            for name in folder.names:
                path = prefix + name
                try:
                    status = lstat(base + path)
                except OSError:
                    continue  # it has just gone
                before = known.get(path)
                if before is not None and before.status == packed(status):
                    files[path] = before
                else:
                    self._read(path, status, before, trusted_before)

    @property
    def files(self) -> Iterable[str]:
        """The paths of all files, relative to the folder, with ``/``; those left out are odd."""
        return self._files.keys()

    def contents(self, path: str) -> str | None:
        """The digest of a file's contents, ``digest_of(data)``; None if there is no such file."""
        return self._files[path].contents if path in self._files else None

    def is_as_seen(self, path: str) -> bool:
        """Whether a file's stat is still what it was when it was looked at."""
        known = self._files.get(path)
        try:
            return known is not None and known.seen == packed(os.lstat(self.folder / path))
        except OSError:
            return False

    def digest(self, below: str = "") -> str:
        """Of names and contents of all files, or of those whose path begins with ``below``."""
        lines = [
            *(f"{path}\0{known.contents}" for path, known in self._files.items()),
            *(f"{path}\0\0{reason}" for path, reason in self.odd.items()),
        ]
        return digest_of("\n".join(sorted(line for line in lines if line.startswith(below))))

    def is_made_of(self, path: str, digest: str | None) -> bool:
        """Whether ``path`` holds what was written, made of ``digest``, None: of anything."""
        known = self._files.get(path)
        if known is None or digest is None:
            return known is not None and bool(known.made_of)
        return known.made_of == _as_digest(digest)

    def write(self, path: str, data: bytes, digest: str = "") -> bool:
        """Write what a build can make again, unless the file holds it; says whether it wrote.

        ``digest``: of all that decided about ``data``. Raises ``OSError``.
        """
        made_of, contents = _as_digest(digest), digest_of(data)
        self.unsaved = True
        known = self._files.get(path)
        if known is not None and known.contents == contents:
            known.made_of = made_of
            return False
        write_atomic(self.folder / path, data, below=self.folder, durable=False)
        status = packed(os.lstat(self.folder / path))
        self._files[path] = _Known(status, status, contents, made_of, written=True)
        self.odd.pop(path, None)
        return True

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are left empty. Raises ``OSError``."""
        file = self.folder / path
        file.unlink(missing_ok=True)
        self._files.pop(path, None)
        self.odd.pop(path, None)
        self.unsaved = True
        for folder in file.parents:
            if folder == self.folder:
                return
            try:
                folder.rmdir()
            except OSError:
                return  # something is left in it

    def dump(self) -> bytes:
        """What is known, for a later ``Tree`` of the same folder."""
        trusted_before = time.time_ns() - TICK_NANOSECONDS
        inside: dict[str, list[str]] = {prefix: [] for prefix in self._folders}
        for path in self._files:
            inside.setdefault(path[: path.rfind("/") + 1], []).append(path)
        names = []
        for prefix, paths in inside.items():
            folder = self._folders.get(prefix, _UNKNOWN)
            listed = [path[len(prefix) :] for path in paths]
            # A folder with anything odd in it, or with new files, is listed again.
            status = folder.status if listed == list(folder.names) else NEVER
            names.append([prefix, listed, folder.folders, status.hex()])
        found = [self._files[path] for paths in inside.values() for path in paths]
        head = json.dumps(names, separators=(",", ":")).encode()
        digests = [one.contents for one in found] + [one.made_of or _UNMADE for one in found]
        stats = (one.status if one.is_trusted(trusted_before) else NEVER for one in found)
        return b"".join([_LENGTH.pack(len(head)), head, *stats, bytes.fromhex("".join(digests))])

    def _load(self, data: bytes) -> None:
        (size,) = _LENGTH.unpack_from(data)
        at = _LENGTH.size + size
        names = json.loads(data[_LENGTH.size : at])
        paths = []
        for prefix, inside, folders, status in names:
            self._folders[prefix] = _Folder(bytes.fromhex(status), tuple(inside), tuple(folders))
            paths.extend([prefix + name for name in inside])
        stats = data[at : at + len(paths) * STATUS_BYTES]
        digests = data[at + len(stats) :].hex()
        width = 2 * _DIGEST_BYTES
        if len(digests) != 2 * width * len(paths):
            raise ValueError("of another size than its names")
        made = width * len(paths)
        for number, path in enumerate(paths):
            at = number * width
            made_of = digests[made + at : made + at + width]
            status = stats[number * STATUS_BYTES : (number + 1) * STATUS_BYTES]
            made_of = "" if made_of == _UNMADE else made_of
            self._files[path] = _Known(status, status, digests[at : at + width], made_of)

    def _list(
        self, base: str, prefix: str, known: _Folder | None, trusted_before: int
    ) -> _Folder | None:
        """What is in a folder; None if it is none, or cannot be read: then that is noted."""
        place = base + prefix if prefix else str(self.folder)
        try:
            status = os.lstat(place)
        except OSError:
            return None
        if not stat.S_ISDIR(status.st_mode):
            self.odd[prefix.rstrip("/")] = odd_kind(status)
            return None
        now = packed(status)
        if known is not None and known.status == now:
            return known
        names, folders, self.unsaved = [], [], True
        try:
            with os.scandir(place) as found:
                for item in found:
                    if not item.is_dir(follow_symlinks=False):
                        names.append(item.name)
                    elif not item.name.startswith(".") and item.name not in self._skip:
                        folders.append(item.name)
        except OSError as error:
            self.odd[prefix.rstrip("/")] = unreadable(error)
            return None
        trusted = now if newest(now) < trusted_before else NEVER
        return _Folder(trusted, tuple(sorted(names)), tuple(sorted(folders)))

    def _read(
        self, path: str, status: os.stat_result, before: _Known | None, trusted_before: int
    ) -> None:
        if not stat.S_ISREG(status.st_mode):
            self.odd[path] = odd_kind(status)
            return
        self.unsaved = True
        try:
            contents = digest_of(read_plain(self.folder / path, follow=False))
        except OSError as error:
            self.odd[path] = unreadable(error)
            return
        made_of = before.made_of if before is not None and before.contents == contents else ""
        now = packed(status)
        trusted = now if newest(now) < trusted_before else NEVER
        self._files[path] = _Known(trusted, now, contents, made_of)


_UNKNOWN = _Folder(NEVER, (), ())
_T = TypeVar("_T")


def _parted(known: dict[str, _T], below: str) -> tuple[dict[str, _T], dict[str, _T]]:
    """What is known of paths that begin with ``below``, and of all others."""
    if not below:
        return known, {}
    folder = below.rstrip("/")
    inside = {path: one for path, one in known.items() if path.startswith(below) or path == folder}
    return inside, {path: one for path, one in known.items() if path not in inside}

"""Changing one memory file at a time, so that nothing is lost that a person saves meanwhile."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polib

from dwiwarta.errors import MemoryStoreError
from dwiwarta.files import read_plain, refuse_link, refused, write_atomic
from dwiwarta.slugs import NOT_KEPT, KeptAddress
from dwiwarta.translate.memory import po, pofile
from dwiwarta.translate.memory.address import keep_in
from dwiwarta.translate.memory.merge import entries_of
from dwiwarta.translate.memory.pofolder import MOST_BYTES, digest_of

ATTEMPTS = 5  # a person saves once in seconds; a tool that saves all the time is reported
RETRY_SECONDS = 0.05  # an editor that empties a file before it writes is done by then


@dataclass(frozen=True, slots=True)
class Parsed:
    """A memory file as it was at a moment.

    ``on_disk``: its bytes then, None if there was no file. ``rendered``: how we would write it.
    ``precious``: a person's work is in it.
    """

    name: str
    on_disk: bytes | None
    file: polib.POFile
    rendered: bytes
    precious: bool


class Rewriter:
    """Parses, changes and replaces memory files below ``root``; new ones are dated ``today``."""

    def __init__(self, root: Path, today: date) -> None:
        self._root = root
        self._today = today
        # What is to be kept of the address of each article's page, by memory file.
        self.addresses: Mapping[str, KeptAddress] = {}
        self._last: Parsed | None = None  # as engines answer in small calls to one article

    def change(
        self, name: str, apply: Callable[[polib.POFile], object], *, durable: bool
    ) -> Parsed:
        """Parse a file afresh, apply a change and write it back, if it changed anything.

        A file that is written keeps its article's address from then on.

        A person may save the file while we work: then it is read and changed again, as what
        they saved must not be lost. ``durable``: the change may not be lost with the power either.
        Raises ``MemoryStoreError`` if the file is broken or never at rest, ``OSError`` if it cannot
        be written.
        """
        reason = ""
        for attempt in range(ATTEMPTS):
            time.sleep(RETRY_SECONDS * min(attempt, 1))
            current = self._current(name)
            if current is None:
                reason = pofile.EMPTY
                continue
            reason = f"another program changed it {ATTEMPTS} times while it was to be written"
            apply(current.file)
            after = pofile.render(current.file)
            if after == current.rendered:
                self._last = current
                return current
            if keep_in(current.file, self.addresses.get(name, NOT_KEPT)):
                after = pofile.render(current.file)
            self._last = self._replaced(current, after, durable or current.precious)
            if self._last is not None:
                return self._last
        raise MemoryStoreError(f"{self._root / name}:1: {reason}")

    def _replaced(self, current: Parsed, after: bytes, durable: bool) -> Parsed | None:
        """None if somebody else wrote the file in the meantime."""
        path = self._root / current.name
        written = write_atomic(
            path,
            after,
            below=self._root,
            # Waiting for the disk takes as long as a small model takes for a sentence.
            durable=durable,
            # By content: there are file systems whose time stamps count in seconds.
            only_if=lambda: self._bytes_of(current.name) == current.on_disk,
        )
        return Parsed(current.name, after, current.file, after, durable) if written else None

    def _current(self, name: str) -> Parsed | None:
        """The file as it is on disk now; that of the last write if nobody touched it since.

        None if it is empty at this moment: an editor may be about to write it.
        """
        last, self._last = self._last, None
        on_disk = self._bytes_of(name)
        blank = po.new_file(name.removesuffix(".po"), self._today)
        if on_disk is None:
            return Parsed(name, None, blank, pofile.render(blank), precious=False)
        if not on_disk.strip():
            return None
        if last is not None and (last.name, last.on_disk) == (name, on_disk):
            return last
        file = pofile.read_file(self._root / name)
        if not file.metadata:
            # Written by hand: without these fields no other tool knows the encoding.
            file.metadata = blank.metadata
            file.header = file.header or blank.header
        precious = any(e.translation and e.translation.state.is_human for e in entries_of(file))
        return Parsed(name, on_disk, file, pofile.render(file), precious)

    def digest(self, written: Parsed) -> bytes | None:
        """The digest of a file that still is what we wrote, for the index; else None."""
        data = self._bytes_of(written.name)
        return digest_of(data) if data is not None and data == written.on_disk else None

    def _bytes_of(self, name: str) -> bytes | None:
        """None if there is no such file. Raises ``OSError`` for a link, a pipe, a folder."""
        path = self._root / name
        refuse_link(path, self._root)
        try:
            return read_plain(path, follow=False, most=MOST_BYTES)
        except FileNotFoundError:
            return None


def fault_of(root: Path, name: str, error: MemoryStoreError | OSError) -> tuple[int, str]:
    """Why a memory file below ``root`` cannot be used: the line and what to say of it."""
    if isinstance(error, OSError):
        at, reason = refused(error, root / name)
        # Mostly the file itself, but a folder of its path may be what is in the way.
        shown = at.relative_to(root).as_posix() if at.is_relative_to(root) else ""
        where = f"{shown}: " if shown not in ("", name) else ""
        return 1, f"cannot be read or written: {where}{reason}"
    where, _, reason = str(error).removeprefix(f"{root / name}:").partition(": ")
    return int(where) if where.isdigit() else 1, reason

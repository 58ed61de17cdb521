"""Pages that wait for what they show of other articles: few in memory, many in a nameless file."""

from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Self

_IN_MEMORY = 16_000_000  # bytes


class Drafts:
    """Bytes by name, each taken once; in a block of ``with``."""

    def __init__(self, folder: Path) -> None:
        """``folder``: where the file is, of which nothing is left at the end of the block."""
        self._file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY, "w+b", dir=str(folder))  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        """The drafts themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """What was not taken goes."""
        with suppress(OSError):
            self._file.close()

    def put(self, name: str, data: bytes) -> None:
        """Keep a page; where the disk is full, none is kept, and it is rendered again."""
        with suppress(OSError):
            self._file.seek(self._end)
            self._file.write(data)
            self._places[name] = self._end, len(data)
            self._end += len(data)

    def take(self, name: str) -> bytes | None:
        """The page of that name, if it was kept and not taken yet."""
        if name not in self._places:
            return None
        start, size = self._places.pop(name)
        try:
            self._file.seek(start)
            data = self._file.read(size)
        except OSError:
            return None
        return data if len(data) == size else None

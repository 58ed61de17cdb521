"""Results of earlier builds in one file, ``.cache/results.sqlite``: for the pipeline alone.

Everything here can be made again, and the file may be deleted at any time. A result stands under a
table and a name, with a key: the digest of all that it was made of. It counts only for that very
key, and only with the checksum of itself, name and key behind it; anything damaged is made again
without a word. A name holds one result, the last, and names that nobody asks for any more go, so
the file does not grow with the number of builds.
"""

import contextlib
import sqlite3
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from dwiwarta.filestatus import packed
from dwiwarta.fingerprint import digest_of

CACHE_NAME = "results.sqlite"
SCHEMA = 1  # raise it when the tables change

_COLUMNS = "name, key, data, checksum"

T = TypeVar("T")

# A page of the file that is free, of more than this many and of half of all: the file is packed.
_FREE_PAGES = 20_000


# By file, its stat when this process closed it with all saved: nobody has written to it since then.
_left: dict[Path, bytes] = {}


class Cache:
    """The open cache. Use it in one thread, and under the build's lock.

    ``as_left``: the file is as it was when this process closed it last.
    """

    def __init__(self, path: Path, tables: Collection[str]) -> None:
        """``tables``: names of letters. Where no file can be kept, nothing is: never an error."""
        self._path = path
        self._tables = frozenset(tables)
        self.as_left = _left.pop(path, b"") == _status(path)
        self._whole = True  # all that was put is there
        self._db = self._opened()

    def __enter__(self) -> Self:
        """The cache itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """What was put since the last ``save`` is forgotten."""
        saved = self._whole and kind is None and not self._db.in_transaction
        self._db.close()
        if saved and (status := _status(self._path)):
            _left[self._path] = status

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def load(self, table: str) -> dict[str, tuple[str, bytes]]:
        """All results of a table that are whole: key and data by name."""
        query = f"SELECT {_COLUMNS} FROM {self._checked(table)}"  # noqa: S608
        rows = self._try(lambda db: db.execute(query).fetchall())
        return {
            name.decode("utf-8", "surrogatepass"): (key, data)
            for name, key, data, checksum in rows or ()
            if _is_whole(table, name, key, data, checksum)
        }

    def keys(self, table: str) -> dict[str, str]:
        """The keys of all results of a table by name, of those that are damaged, too."""
        query = f"SELECT name, key FROM {self._checked(table)}"  # noqa: S608
        rows = self._try(lambda db: db.execute(query).fetchall())
        return {
            name.decode("utf-8", "surrogatepass"): key
            for name, key in rows or ()
            if isinstance(name, bytes) and isinstance(key, str)
        }

    def get(self, table: str, name: str, key: str) -> bytes | None:
        """The result of that name, None if there is none that was made of ``key``."""
        query = f"SELECT {_COLUMNS} FROM {self._checked(table)} WHERE name = ?"  # noqa: S608
        row = self._try(lambda db: db.execute(query, (_stored(name),)).fetchone())
        if row is None or row[1] != key or not _is_whole(table, *row):
            return None
        data: bytes = row[2]
        return data

    def put(self, table: str, results: Mapping[str, tuple[str, bytes]]) -> None:
        """Keep results, key and data by name, in place of those that had these names."""
        rows = [
            (_stored(name), key, data, digest_of(table, _stored(name), key, data))
            for name, (key, data) in results.items()
        ]
        query = f"INSERT OR REPLACE INTO {self._checked(table)} VALUES (?, ?, ?, ?)"  # noqa: S608
        self._try(lambda db: db.executemany(query, rows))

    def remove(self, table: str, names: Iterable[str]) -> None:
        """Forget results."""
        query = f"DELETE FROM {self._checked(table)} WHERE name = ?"  # noqa: S608
        self._try(lambda db: db.executemany(query, [(_stored(name),) for name in names]))

    def keep_only(self, table: str, names: Collection[str]) -> None:
        """Forget the results of all other names."""
        query = f"SELECT name FROM {self._checked(table)}"  # noqa: S608
        stored = self._try(lambda db: [name for (name,) in db.execute(query)]) or []
        wanted = {_stored(name) for name in names}
        query = f"DELETE FROM {self._checked(table)} WHERE name = ?"  # noqa: S608
        gone = [(name,) for name in stored if name not in wanted]
        if gone:
            self._try(lambda db: db.executemany(query, gone))

    def save(self) -> None:
        """Write what was put, all of it or nothing. What cannot be written is made again."""
        self._try(lambda db: db.commit())

    def pack(self) -> None:
        """Give pages of the file back that results have left, if there are many."""

        def pack(db: sqlite3.Connection) -> None:
            (free,) = db.execute("PRAGMA freelist_count").fetchone()
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            if free > max(_FREE_PAGES, pages // 2):
                db.commit()
                db.execute("VACUUM")

        self._try(pack)

    def _checked(self, table: str) -> str:
        assert table in self._tables, table
        return table

    def _try(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the file; a file that is none, or is full, begins anew."""
        try:
            return action(self._db)
        except sqlite3.Error:
            self._whole = False
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            _remove(self._path)
            self._db = self._opened()
            return None

    def _opened(self) -> sqlite3.Connection:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
        if not _is_usable(self._path):
            _remove(self._path)
        for _ in range(2):
            try:
                return self._connected(str(self._path))
            except (sqlite3.Error, OSError):
                _remove(self._path)
        return self._connected("")  # a file without a name, gone with this process

    def _connected(self, name: str) -> sqlite3.Connection:
        db = sqlite3.connect(name)
        try:
            # A kill is survived by the journal. After a power cut the file may be damaged, and is
            # found to be.
            db.execute("PRAGMA synchronous = OFF")
            known = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA and known:
                raise sqlite3.DatabaseError("of another version")
            for table in sorted(self._tables - known):
                db.execute(
                    f"CREATE TABLE {table} "
                    "(name BLOB PRIMARY KEY, key TEXT, data BLOB, checksum TEXT)"
                )
            db.execute(f"PRAGMA user_version = {SCHEMA}")
            db.commit()
        except sqlite3.Error:
            db.close()
            raise
        return db


def _stored(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def _is_whole(table: str, name: object, key: object, data: object, checksum: object) -> bool:
    if not (isinstance(name, bytes) and isinstance(key, str) and isinstance(data, bytes)):
        return False
    return digest_of(table, name, key, data) == checksum


def _is_usable(path: Path) -> bool:
    """Whether there is an ordinary file or nothing: to open a pipe would be to wait."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True


def _status(path: Path) -> bytes | None:
    try:
        return packed(path.lstat())
    except OSError:
        return None


def _remove(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)

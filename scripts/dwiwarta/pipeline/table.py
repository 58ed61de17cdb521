"""Typed values in the cache: written as JSON, and checked against their types when they are read.

What is read from the disk is never trusted to be what was written: pydantic makes the values, and
no code is ever run for it, as unpickling would.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from dwiwarta.cache import Cache
from dwiwarta.errors import SiteError
from dwiwarta.text import printable_path

T = TypeVar("T")
_TRIES = 3
_AT_ONCE = 500  # results written together; bounds what is held in memory


class DamagedError(Exception):
    """The cache lacks what it should hold: the build begins anew without it."""


# What this process has read of a table, by the cache's file: a preview builds again and again.
_held: dict[tuple[Path, str], dict[str, tuple[str, Any]]] = {}
_MOST_HELD = 16  # four tables a project; those looked at last


class Table(Generic[T]):
    """Values of one type by name, each with the key it was made for."""

    def __init__(self, cache: Cache, name: str, adapter: "TypeAdapter[T]") -> None:
        self._cache = cache
        self._name = name
        self._adapter = adapter
        self._new: dict[str, tuple[str, bytes]] = {}
        # Values that were read or written; None: not all have been looked at. Held for the next
        # build of this process, which takes them if the file is as it was left.
        self._values: dict[str, tuple[str, T]] | None = None

    def load(self) -> dict[str, tuple[str, T]]:
        """All values that are whole: key and value by name."""
        self.flush()
        place = (self._cache.path, self._name)
        held = _held.pop(place, None)
        if held is None or not self._cache.as_left:
            held = dict(self._read(self._cache.load(self._name)))
        _held[place] = self._values = held
        for old in list(_held)[:-_MOST_HELD]:
            del _held[old]
        return dict(held)

    def keys(self) -> dict[str, str]:
        """The keys of all values by name; ``get`` says which are whole."""
        self.flush()
        return self._cache.keys(self._name)

    def get(self, name: str, key: str) -> T | None:
        """The value of that name, None if there is none that was made for ``key``."""
        data = self.get_json(name, key)
        try:
            return None if data is None else self._adapter.validate_json(data)
        except ValidationError:
            return None

    def get_json(self, name: str, key: str) -> bytes | None:
        """As ``get``, as it was written."""
        held = self._new.get(name)
        return held[1] if held and held[0] == key else self._cache.get(self._name, name, key)

    def put(self, name: str, key: str, value: T) -> None:
        """Keep a value in place of what had this name."""
        self._put(name, key, self._adapter.dump_json(value))
        if self._values is not None:
            self._values[name] = (key, value)

    def put_json(self, name: str, key: str, data: bytes) -> None:
        """As ``put`` for a value that is JSON already."""
        self._put(name, key, data)
        if self._values is not None:
            self._values[name] = (key, self._adapter.validate_json(data))

    def _put(self, name: str, key: str, data: bytes) -> None:
        self._new[name] = (key, data)
        if len(self._new) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand on what is held."""
        if self._new:
            self._cache.put(self._name, self._new)
            self._new = {}

    def keep_only(self, names: Collection[str]) -> None:
        """Forget the values of all other names."""
        self.flush()
        self._cache.keep_only(self._name, names)
        if self._values is not None:
            for name in self._values.keys() - set(names):
                del self._values[name]

    def _read(self, rows: dict[str, tuple[str, bytes]]) -> Iterator[tuple[str, tuple[str, T]]]:
        for name, (key, data) in rows.items():
            try:
                yield name, (key, self._adapter.validate_json(data))
            except ValidationError:
                continue


def with_cache(path: Path, tables: Collection[str], make: Callable[[Cache], T]) -> T:
    """What is made with the cache; made again without it, should it turn out to be damaged.

    Raises ``SiteError`` if that does not end: a new cache lacks nothing, unless somebody else is
    at it.
    """
    for _ in range(_TRIES):
        with suppress(DamagedError), Cache(path, tables) as cache:
            return make(cache)
        path.unlink(missing_ok=True)
    raise SiteError(f"{printable_path(str(path))}: something else removes or changes it")

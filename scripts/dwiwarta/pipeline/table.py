"""Typed values in the cache: written as JSON, and checked against their types when they are read.

What is read from the disk is never trusted to be what was written: pydantic makes the values, and
no code is ever run for it, as unpickling would.
"""

from collections.abc import Collection, Iterator
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from dwiwarta.cache import Cache

T = TypeVar("T")
_AT_ONCE = 500  # results written together; bounds what is held in memory


class DamagedError(Exception):
    """The cache lacks what it should hold: the build begins anew without it."""


class Table(Generic[T]):
    """Values of one type by name, each with the key it was made for."""

    def __init__(self, cache: Cache, name: str, adapter: "TypeAdapter[T]") -> None:
        self._cache = cache
        self._name = name
        self._adapter = adapter
        self._new: dict[str, tuple[str, bytes]] = {}

    def load(self) -> dict[str, tuple[str, T]]:
        """All values that are whole: key and value by name."""
        self.flush()
        return dict(self._read(self._cache.load(self._name)))

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
        self.put_json(name, key, self._adapter.dump_json(value))

    def put_json(self, name: str, key: str, data: bytes) -> None:
        """As ``put`` for a value that is JSON already."""
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

    def _read(self, rows: dict[str, tuple[str, bytes]]) -> Iterator[tuple[str, tuple[str, T]]]:
        for name, (key, data) in rows.items():
            try:
                yield name, (key, self._adapter.validate_json(data))
            except ValidationError:
                continue

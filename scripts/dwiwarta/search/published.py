"""The files of the index in ``docs/search/``: which are there and whole."""

import contextlib
import re
from collections.abc import Mapping

from dwiwarta.files import read_plain
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.search.shards import is_whole

FOLDER = "search"  # in docs/ and in .cache/
OURS = re.compile(r"(?:words|texts|rows|cards|facets|rules)-[0-9a-f]{10}\.(?:bin|json)")


class PublishedFiles:
    """The published files: which are whole, and what was written."""

    def __init__(self, docs: Tree) -> None:
        self._docs = docs
        self._whole: set[str] = set()
        self.written = 0

    def has(self, name: str) -> bool:
        """Whether the file is there and holds what it should."""
        if name not in self._whole:
            path = f"{FOLDER}/{name}"
            if self._docs.is_made_of(path, None):  # as it was written
                self._whole.add(name)
            elif (contents := self._docs.contents(path)) is not None:
                with contextlib.suppress(OSError):
                    data = read_plain(self._docs.folder / path, follow=False)
                    if digest_of(data) == contents and is_whole(name, data):
                        self._docs.write(path, data)  # nothing but that it is known now
                        self._whole.add(name)
        return name in self._whole

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write what is not there."""
        for name, data in files.items():
            if not self.has(name):
                self.written += self._docs.write(f"{FOLDER}/{name}", data)
                self._whole.add(name)

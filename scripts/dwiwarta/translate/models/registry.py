"""Mozilla's model registry: a second place for the files that the records list.

The registry is a JSON file in the bucket in which Mozilla publishes its models. It names the files
of each pair of languages, by paths in that bucket, packed with gzip. It is asked where the records'
own server does not deliver a file. What a file has to be is said by the records alone: the content
has to have their hash, whatever the registry says of it.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dwiwarta.addresses import joined, shown_address
from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.translate.models.download import Client, onward
from dwiwarta.translate.models.files import ModelError, Role
from dwiwarta.translate.models.records import LOCATION, Record

# As in mozilla/translations (db/updater.py), which writes that file.
MOZILLA_REGISTRY = (
    "https://storage.googleapis.com/"
    "moz-fx-translations-data--303e-prod-translations-data/db/models.json"
)
_KINDS: Mapping[Role, str] = {
    "model": "model",
    "lex": "lexicalShortlist",
    "vocab": "vocab",
    "srcvocab": "srcVocab",
    "trgvocab": "trgVocab",
}
_MAX_REGISTRY_BYTES = 20_000_000
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib: the largest window, with gzip's header
_GZIP_EXTRA_BYTES = 100_000  # what gzip adds where it cannot shorten: far less
# Models of a pair are few; a list that names hundreds is not to keep us busy.
_MAX_TRIES = 5


class Registry:
    """The registry at an address, read when it is first asked."""

    def __init__(self, url: str, client: Client) -> None:
        """``client``: made for that address."""
        self._url = url
        self._client = client
        self._models: list[Mapping[str, Any]] | None = None
        self._base = ""

    def content(self, record: Record, advance: Callable[[int], None]) -> bytes:
        """A file as the record has it, unpacked. Raises ``ModelError``."""
        fault = f"{shown_address(self._url)}: {record.name} is not there"
        for number, path in enumerate(self._paths(record)):
            if number == _MAX_TRIES:
                break
            address = joined(self._base, path)
            packed = self._client.get(address, record.unpacked_size + _GZIP_EXTRA_BYTES, advance)
            content = _unpacked(packed, record.unpacked_size, address)
            if hashlib.sha256(content).hexdigest() == record.unpacked_hash.lower():
                return content
            fault = (
                f"{record.name}: rejected, its content is not what was listed (SHA-256): "
                f"{shown_address(address)}"
            )
        raise ModelError(fault)

    def _paths(self, record: Record) -> Iterator[str]:
        """Where it may lie, the likeliest first: named alike, beside a model that is released."""
        found: dict[str, tuple[bool, bool]] = {}
        for model in self._listed():
            files = model.get("files")
            file = files.get(_KINDS[record.role]) if isinstance(files, dict) else None
            if not isinstance(file, dict):
                continue
            path = file.get("path")
            if not isinstance(path, str) or not re.fullmatch(LOCATION, path):
                continue
            known = file.get("uncompressedHash")
            if isinstance(known, str) and known and known.lower() != record.unpacked_hash.lower():
                continue
            alike = path.rpartition("/")[2].removesuffix(".gz") == record.name
            found.setdefault(path, (not alike, model.get("releaseStatus") != "Release"))
        yield from sorted(found, key=lambda path: (found[path], path))

    def _listed(self) -> list[Mapping[str, Any]]:
        if self._models is None:
            shown = shown_address(self._url)
            body = self._client.get(self._url, _MAX_REGISTRY_BYTES)
            try:
                data = json.loads(body)
                models = data["models"][f"{SOURCE_LANGUAGE}-{TARGET_LANGUAGE}"]
                base = data["baseUrl"]
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise ModelError(f"{shown}: not a registry with our languages") from error
            if not isinstance(models, list) or not isinstance(base, str):
                raise ModelError(f"{shown}: not a registry with our languages")
            self._base = onward(self._url, f"{base.rstrip('/')}/")
            self._models = [one for one in models if isinstance(one, dict)]
        return self._models


def _unpacked(packed: bytes, most: int, address: str) -> bytes:
    """The content of a gzip file, of at most so many bytes; a server may have unpacked it."""
    if not packed.startswith(_GZIP):
        return packed
    unpack = zlib.decompressobj(_GZIP_WINDOW)
    try:
        content = unpack.decompress(packed, most + 1)
    except zlib.error as error:
        raise ModelError(f"{shown_address(address)}: rejected, it is damaged") from error
    if len(content) > most or not unpack.eof:
        raise ModelError(f"{shown_address(address)}: rejected, it is not of the size listed")
    return content

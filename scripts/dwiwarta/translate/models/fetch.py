"""Fetching Firefox's Indonesian-English model, once, by ``build.py models fetch firefox``.

Mozilla lists its models as Remote Settings records and serves them as zstd-compressed attachments.
``fxtranslate`` unpacks the attachments, in a process of its own; the download is ours, because its
own has no deadline and always asks Mozilla's host for the attachments. Mozilla asks products not to
lean on that host: ``FXTRANSLATE_RECORDS_URL`` (fxtranslate's own variable) names a re-hosted copy.

Where that host does not deliver a file, Mozilla's model registry is asked (``registry.py``), or the
one that ``DWIWARTA_MODEL_REGISTRY`` names. A re-hosted copy stands alone: who named one does not
want Mozilla to be asked.

Two hashes from the records are checked, of the attachment as sent and of the model unpacked.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.addresses import joined, path_of, shown_address
from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.translate.models.download import Client, Limits, checked
from dwiwarta.translate.models.files import Manifest, ModelError, ModelFile
from dwiwarta.translate.models.fxprocess import FxError, FxProcess, FxTimeError
from dwiwarta.translate.models.records import Record, choose, minimal_records
from dwiwarta.translate.models.registry import MOZILLA_REGISTRY, Registry
from dwiwarta.translate.models.store import ModelStore
from dwiwarta.translate.models.translator import build_translator

# As in fxtranslate 0.5 (crates/fxtranslate/src/remote.rs).
MOZILLA_RECORDS = (
    "https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/"
    "translations-models-v2/records"
)
MOZILLA_ATTACHMENTS = "https://firefox-settings-attachments.cdn.mozilla.net/"
RECORDS_VARIABLE = "FXTRANSLATE_RECORDS_URL"
REGISTRY_VARIABLE = "DWIWARTA_MODEL_REGISTRY"

# The records of all languages are about 1 MB.
_MAX_RECORDS_BYTES = 20_000_000
# Unpacking holds the file up to four times (the window, the buffer that grows, two copies), beside
# the packed one and the library.
_UNPACKING_COPIES = 4
_UNPACKING_BYTES = 100_000_000

# Called with the bytes received so far and the bytes expected.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A model as its records list it. ``url``: of the records; ``registry``: "" if none is asked.

    ``attachments``: "" if the records' server is to be asked where they are.
    """

    url: str
    attachments: str
    registry: str
    records: Sequence[Record]

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(record.attachment.size for record in self.records)


def look_up_firefox(environment: Mapping[str, str], limits: Limits | None = None) -> Listed:
    """The newest model that this machine can run, without fetching it. Raises ``ModelError``."""
    own = environment.get(RECORDS_VARIABLE, "").strip()
    registry = environment.get(REGISTRY_VARIABLE, "").strip() or ("" if own else MOZILLA_REGISTRY)
    url = own or MOZILLA_RECORDS
    client = Client(url, limits or Limits())
    body = client.get(url, _MAX_RECORDS_BYTES)
    chosen = choose(body, shown_address(url), lambda version: _runs(version, client, url))
    return Listed(url, "" if own else MOZILLA_ATTACHMENTS, registry, chosen)


def fetch_firefox(
    store: ModelStore,
    environment: Mapping[str, str],
    progress: Progress = lambda _done, _all: None,
    limits: Limits | None = None,
    listed: Listed | None = None,
) -> Manifest:
    """Download the newest model, or the one ``listed``, check it, try it, and put it in ``store``.

    Raises ``ModelError``; an earlier model then stays as it was.
    """
    store.check_room("firefox")
    limits = limits or Limits()
    end = time.monotonic() + limits.total
    listed = listed or look_up_firefox(environment, limits)
    sources = _Sources(listed, limits, end)
    done = 0
    files: list[ModelFile] = []
    contents: dict[str, bytes] = {}
    for record in listed.records:
        before, size = done, record.attachment.size

        def advance(received: int, before: int = before, size: int = size) -> None:
            progress(before + min(received, size), listed.size)

        contents[record.name] = unpacked = sources.content(record, advance)
        done += size
        progress(done, listed.size)
        digest = record.unpacked_hash.lower()
        files.append(
            ModelFile(name=record.name, role=record.role, sha256=digest, size=len(unpacked))
        )
    build_translator({file.role: contents[file.name] for file in files}, sources.left)
    manifest = Manifest(
        version=listed.records[0].version,
        architecture=listed.records[0].architecture,
        source=shown_address(listed.url),
        files=tuple(files),
    )
    store.save("firefox", manifest, contents)
    return manifest


class _Sources:
    """Where files come from: the records' server, and the registry where that does not deliver."""

    def __init__(self, listed: Listed, limits: Limits, end: float) -> None:
        self._client = Client(listed.url, limits, end)
        self._listed = listed
        self._base = listed.attachments
        self._first_fault: ModelError | None = None
        self._registry: Registry | None = None
        if listed.registry:
            self._registry = Registry(listed.registry, Client(listed.registry, limits, end))

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self._client.left

    def content(self, record: Record, advance: Callable[[int], None]) -> bytes:
        """A file, unpacked, with the hash that its record states. Raises ``ModelError``."""
        if self._first_fault is None:
            try:
                return self._from_first(record, advance)
            except ModelError as error:
                if self._registry is None or not self.left:
                    raise
                # What failed once is not waited for again with the next file.
                self._first_fault = error
        assert self._registry is not None
        try:
            return self._registry.content(record, advance)
        except ModelError as error:
            raise ModelError(f"{self._first_fault}; nor from the second source: {error}") from error

    def _from_first(self, record: Record, advance: Callable[[int], None]) -> bytes:
        if not self._base:
            self._base = _attachments(self._client, self._listed.url)
        address = joined(self._base, record.attachment.location)
        packed = self._client.get(address, record.attachment.size, advance)
        return _unpacked(record, packed, self._client, address)


def _runs(version: str, client: Client, url: str) -> bool:
    """Whether this fxtranslate accepts models of that version."""
    try:
        pairs = json.loads(FxProcess().ask("pairs", minimal_records(version), seconds=client.left))
    except FxTimeError as error:
        raise client.too_late(url) from error
    except FxError as error:
        raise ModelError(f"fxtranslate does not work here: {error}") from error
    return [SOURCE_LANGUAGE, TARGET_LANGUAGE] in pairs


def _attachments(client: Client, url: str) -> str:
    """Where a re-hosted copy keeps its attachments.

    A Remote Settings server says so at its root, and may name another host, as Mozilla's does;
    beside a plain file they lie next to the records.
    """
    root, version, _ = path_of(url).partition("/v1/")
    if version:
        try:
            facts = json.loads(client.get(joined(url, f"{root}/v1/"), _MAX_RECORDS_BYTES))
            base = facts["capabilities"]["attachments"]["base_url"]
        except (ModelError, ValueError, KeyError, TypeError, RecursionError):
            base = None
        if isinstance(base, str):
            checked(base)
            return base if base.endswith("/") else f"{base}/"
    return joined(url, ".")


def _unpacked(record: Record, packed: bytes, client: Client, address: str) -> bytes:
    if hashlib.sha256(packed).hexdigest() != record.attachment.hash.lower():
        raise ModelError(
            f"{record.name}: rejected, it is not the file that was listed (SHA-256): "
            f"{shown_address(address)}"
        )
    # A few bytes of zstd can stand for gigabytes: the process may not have room for that.
    memory = _UNPACKING_BYTES + len(packed) + _UNPACKING_COPIES * record.unpacked_size
    digest = record.unpacked_hash.lower()
    try:
        unpacked = FxProcess(memory).ask("unpack", packed, digest.encode(), seconds=client.left)
    except FxTimeError as error:
        raise client.too_late(address) from error
    except FxError as error:
        raise ModelError(f"{record.name}: rejected: {error}") from error
    if hashlib.sha256(unpacked).hexdigest() != digest:
        raise ModelError(f"{record.name}: rejected, its content is not what was listed (SHA-256)")
    if not unpacked:  # the store would not load it
        raise ModelError(f"{record.name}: rejected, it is empty")
    return unpacked

"""Fetching Firefox's Indonesian-English model, once, by ``build.py models fetch firefox``.

Mozilla lists its models as Remote Settings records and serves them as zstd-compressed attachments.
``fxtranslate`` reads the records and unpacks the attachments; the download is ours, because its own
has no deadline and always asks Mozilla's host for the attachments. Mozilla asks products not to
lean on that host: ``FXTRANSLATE_RECORDS_URL`` (fxtranslate's own variable) names a re-hosted copy.

Two hashes from the records are checked, of the attachment as sent and of the model unpacked.
"""

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import fxtranslate
import requests

from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.translate.deadline import DeadlineError, call_with_deadline
from dwiwarta.translate.engines.firefox import build_translator
from dwiwarta.translate.models import Manifest, ModelError, ModelFile, ModelStore

MOZILLA_ATTACHMENTS = "https://firefox-settings-attachments.cdn.mozilla.net/"
RECORDS_VARIABLE = "FXTRANSLATE_RECORDS_URL"

# The records of all languages are about 1 MB, a model 17 to 60 MB.
_MAX_RECORDS_BYTES = 20_000_000
_MAX_FILE_BYTES = 200_000_000
_CHUNK_BYTES = 65_536
# Better and slower first; Indonesian has had "tiny" only (2026-11).
_ARCHITECTURES = ("base", "base-memory", "tiny")
_ROLES = frozenset({"model", "vocab", "srcvocab", "trgvocab", "lex"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a fetch may take, in seconds: between two bytes, and in all."""

    silence: float = 30.0
    total: float = 900.0


# Called with the bytes received so far and the bytes expected.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A file as the records list it."""

    name: str
    role: str
    version: str
    architecture: str
    location: str
    unpacked_hash: str
    packed_hash: str
    packed_size: int


def fetch_firefox(
    store: ModelStore,
    environment: Mapping[str, str],
    progress: Progress = lambda _done, _all: None,
    limits: Limits | None = None,
    check: Callable[[Mapping[str, bytes]], object] = build_translator,
) -> Manifest:
    """Download the newest model, check it, and put it into ``store``.

    ``check`` is given the unpacked files by role and raises ``ModelError`` if they are no model.
    Raises ``ModelError``; an earlier model then stays as it was.
    """
    limits = limits or Limits()
    client = _Client(limits)
    own = environment.get(RECORDS_VARIABLE, "").strip()
    url = own or fxtranslate.discovery.records_url()
    body = client.get(url, _MAX_RECORDS_BYTES)
    chosen = _newest(_listed(body, url), body, url)
    base = _attachments(client, url) if own else MOZILLA_ATTACHMENTS
    expected = sum(file.packed_size for file in chosen)
    done = 0
    files: list[ModelFile] = []
    contents: dict[str, bytes] = {}
    for file in chosen:
        before = done

        def advance(received: int, before: int = before) -> None:
            progress(before + received, expected)

        packed = client.get(urljoin(base, file.location), _MAX_FILE_BYTES, advance)
        done += len(packed)
        contents[file.name] = unpacked = _unpacked(file, packed)
        files.append(
            ModelFile(name=file.name, role=file.role, sha256=file.unpacked_hash, size=len(unpacked))
        )
    manifest = Manifest(
        version=chosen[0].version,
        architecture=chosen[0].architecture,
        source=url,
        files=tuple(files),
    )
    check({file.role: contents[file.name] for file in manifest.files})
    store.save("firefox", manifest, contents)
    return manifest


class _Client:
    """Downloads within a deadline for all of them together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._end = time.monotonic() + limits.total

    def get(
        self, url: str, most: int, advance: Callable[[int], None] = lambda _received: None
    ) -> bytes:
        """The body of ``url``; raises ``ModelError`` naming the address and the cause."""
        left = max(0.0, self._end - time.monotonic())
        try:
            # requests knows a limit between two bytes only: a slow trickle could take for ever.
            return call_with_deadline(lambda: self._get(url, most, advance), left)
        except DeadlineError:
            raise ModelError(f"{url}: not done within {self._limits.total:g} s") from None

    def _get(self, url: str, most: int, advance: Callable[[int], None]) -> bytes:
        try:
            with requests.get(url, stream=True, timeout=self._limits.silence) as response:
                if response.status_code != requests.codes.ok:
                    raise ModelError(f"{url}: the server answered {response.status_code}")
                body = bytearray()
                for chunk in response.iter_content(_CHUNK_BYTES):
                    body += chunk
                    if len(body) > most:
                        raise ModelError(f"{url}: more than {most:,} bytes")
                    advance(len(body))
                length = response.headers.get("Content-Length", "")
                plain = "Content-Encoding" not in response.headers
                if plain and length.isdecimal() and int(length) != len(body):
                    raise ModelError(f"{url}: broke off after {len(body):,} of {length} bytes")
                return bytes(body)
        except requests.Timeout as error:
            raise ModelError(f"{url}: no answer within {self._limits.silence:g} s") from error
        except requests.ConnectionError as error:
            raise ModelError(f"{url}: no connection") from error
        except requests.RequestException as error:
            raise ModelError(f"{url}: {type(error).__name__}") from error


def _listed(body: bytes, url: str) -> list[_Listed]:
    """The files of the Indonesian-English models in the records."""
    try:
        text = body.decode("utf-8")
        known = fxtranslate.discovery.parse_records(text)
        attachments: dict[str, Any] = {
            record["attachment"]["location"]: record["attachment"]
            for record in json.loads(text)["data"]
            if isinstance(record.get("attachment"), dict)
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{url}: not a list of models") from error
    files = []
    for record in known:
        if (record["sourceLanguage"], record["targetLanguage"]) != (
            SOURCE_LANGUAGE,
            TARGET_LANGUAGE,
        ):
            continue
        attachment = attachments.get(record["location"] or "", {})
        packed, unpacked = str(attachment.get("hash", "")), record["decompressedHash"] or ""
        role, name = record["fileType"] or "", record["name"] or ""
        # Names from the network become file names: a plain one, or none.
        if (
            role not in _ROLES
            or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name)
            or not re.fullmatch(r"[0-9a-f]{64}", unpacked)
        ):
            continue
        files.append(
            _Listed(
                name=name,
                role=role,
                version=record["version"] or "",
                architecture=record["architecture"] or "tiny",
                location=record["location"] or "",
                unpacked_hash=unpacked,
                packed_hash=packed,
                packed_size=int(attachment.get("size") or 0),
            )
        )
    return files


def _newest(files: Sequence[_Listed], body: bytes, url: str) -> list[_Listed]:
    """The files of the newest complete model that this fxtranslate can run."""
    groups: dict[tuple[str, str], list[_Listed]] = {}
    for file in files:
        groups.setdefault((file.version, file.architecture), []).append(file)
    usable = {
        key: group for key, group in groups.items() if _complete(group) and _runs(key[0], body)
    }
    if not usable:
        raise ModelError(f"{url}: lists no Indonesian-English model that this program can run")
    best = max(usable, key=lambda key: (_order(key[0]), -_rank(key[1])))
    return sorted(usable[best], key=lambda file: file.name)


def _complete(group: Sequence[_Listed]) -> bool:
    roles = [file.role for file in group]
    vocabularies = "vocab" in roles or {"srcvocab", "trgvocab"} <= set(roles)
    return "model" in roles and vocabularies and len(set(roles)) == len(roles)


def _runs(version: str, body: bytes) -> bool:
    """Whether fxtranslate accepts records of that version: asked with those records alone."""
    records = [r for r in json.loads(body)["data"] if r.get("version") == version]
    try:
        pairs = fxtranslate.discovery.model_pairs(json.dumps({"data": records}))
    except ValueError:
        return False
    return (SOURCE_LANGUAGE, TARGET_LANGUAGE) in [tuple(pair) for pair in pairs]


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _rank(architecture: str) -> int:
    known = _ARCHITECTURES
    return known.index(architecture) if architecture in known else len(known)


def _attachments(client: _Client, url: str) -> str:
    """Where a re-hosted copy keeps its attachments.

    A Remote Settings server says so at its root; beside a plain file they lie next to the records.
    """
    root, version, _ = url.partition("/v1/")
    if version:
        try:
            facts = json.loads(client.get(f"{root}/v1/", _MAX_RECORDS_BYTES))
            base = facts["capabilities"]["attachments"]["base_url"]
        except (ModelError, ValueError, KeyError, TypeError):
            base = None
        if isinstance(base, str) and base.startswith(("http://", "https://")):
            return base if base.endswith("/") else f"{base}/"
    return urljoin(url, ".")


def _unpacked(file: _Listed, packed: bytes) -> bytes:
    if file.packed_hash and hashlib.sha256(packed).hexdigest() != file.packed_hash:
        raise ModelError(f"{file.name}: refused, it is not the file that was listed (SHA-256)")
    try:
        return fxtranslate.discovery.verify_and_decompress(packed, file.unpacked_hash)
    except ValueError as error:
        raise ModelError(f"{file.name}: refused: {error}") from error

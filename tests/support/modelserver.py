"""What a Remote Settings server has to say about Firefox's models, for ``FaultServer.pages``."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dwiwarta.translate.models.download import Limits
from dwiwarta.translate.models.fetch import RECORDS_VARIABLE, fetch_firefox
from dwiwarta.translate.models.files import Manifest
from dwiwarta.translate.models.store import ModelStore
from faultserver import FaultServer
from tinymodel import tiny_model

REGISTRY = "/db/models.json"
RECORDS = "/v1/buckets/main/collections/translations-models-v2/records"
_NAMES = {
    "model": "model.iden.intgemm.alphas.bin",
    "vocab": "vocab.iden.spm",
    "lex": "lex.50.50.iden.s2t.bin",
}
FILES = {role: (_NAMES[role], data) for role, data in tiny_model().items()}
# Generous: no fetch that is to succeed may fail on a busy machine.
LIMITS = Limits(silence=60.0, total=600.0)


def zstd(data: bytes) -> bytes:
    """A valid zstd frame that stores ``data`` as it is (RFC 8878, raw blocks)."""
    frame = bytes.fromhex("28b52ffd") + b"\xa0" + len(data).to_bytes(4, "little")
    blocks = [data[i : i + 100_000] for i in range(0, len(data), 100_000)]
    for number, block in enumerate(blocks, 1):
        header = len(block) << 3 | (number == len(blocks))
        frame += header.to_bytes(3, "little") + block
    return frame


def zstd_bomb(blocks: int) -> bytes:
    """A zstd frame of 4 bytes for each 128 kB of content (RFC 8878, repeated bytes)."""
    block = (128 * 1024 << 3 | 1 << 1).to_bytes(3, "little") + b"a"
    return bytes.fromhex("28b52ffd") + b"\x00\x58" + block * blocks + b"\x01\x00\x00"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def attachment(packed: bytes, location: str) -> dict[str, Any]:
    return {"hash": digest(packed), "size": len(packed), "location": location}


def record(role: str, version: str = "3.0", **changes: Any) -> dict[str, Any]:
    name, data = FILES[role]
    return {
        "name": name,
        "fileType": role,
        "sourceLanguage": "id",
        "targetLanguage": "en",
        "version": version,
        "architecture": "tiny",
        "decompressedHash": digest(data),
        "attachment": attachment(zstd(data), f"models/{version}/{role}.zst"),
        **changes,
    }


def all_records(version: str = "3.0", **changes: Any) -> list[dict[str, Any]]:
    return [record(role, version, **changes) for role in FILES]


def public_records(version: str = "3.0") -> list[dict[str, Any]]:
    """Records with every field that the public ones have."""
    ids = {role: f"00000000-0000-4000-8000-00000000000{n}" for n, role in enumerate(FILES)}
    return [
        record(
            role,
            version,
            id=ids[role],
            schema=1_700_000_000_000 + number,
            last_modified=1_700_000_100_000 + number,
            filter_expression="",
            decompressedSize=len(data),
            attachment={
                **attachment(zstd(data), f"main-workspace/translations-models-v2/{ids[role]}.zst"),
                "filename": f"{name}.zst",
                "mimetype": "application/zstd",
            },
        )
        for number, (role, (name, data)) in enumerate(FILES.items())
    ]


_REGISTRY_KINDS = {"model": "model", "lex": "lexicalShortlist", "vocab": "vocab"}


def publish_registry(server: FaultServer, content: bytes | None = None) -> None:
    """Serve the registry and its files as Mozilla's bucket does; ``content`` in their place."""
    folder = "models/id-en/spring_2024_AbCdEf-1_2/exported"
    files: dict[str, dict[str, Any]] = {}
    for role, (name, data) in FILES.items():
        path = f"{folder}/{name}.gz"
        files[_REGISTRY_KINDS[role]] = {"path": path}
        server.pages[f"/{path}"] = gzip.compress(data if content is None else content, mtime=0)
    model = FILES["model"][1]
    files["model"] |= {"uncompressedSize": len(model), "uncompressedHash": digest(model)}
    other = {
        "architecture": "base",
        "releaseStatus": "Nightly",
        "files": {
            "model": {
                "path": "models/id-en/other/exported/model.iden.intgemm.alphas.bin.gz",
                "uncompressedSize": 5,
                "uncompressedHash": digest(b"other"),
            }
        },
    }
    released = {"architecture": "tiny", "releaseStatus": "Release", "files": files}
    listed = {
        "generated": "2026-07-26T00:40:13Z",
        "baseUrl": server.url,
        "models": {"id-en": [other, released], "en-id": [other]},
    }
    server.pages[REGISTRY] = json.dumps(listed).encode()


def publish(server: FaultServer, *records: Mapping[str, Any], base: str = "/files/") -> None:
    """Serve records and attachments as a Remote Settings server does."""
    # Not all of them are ASCII, so that a wrong charset shows.
    other = {"name": "kosakata – naïf", "sourceLanguage": "ms", "targetLanguage": "en"}
    listed = json.dumps({"data": [other, *records]}, ensure_ascii=False)
    server.pages[RECORDS] = listed.encode()
    attachments = {"base_url": f"{server.url}{base}"}
    server.pages["/v1/"] = json.dumps({"capabilities": {"attachments": attachments}}).encode()
    for one in records:
        data = zstd(FILES[one["fileType"]][1])
        server.pages[base + str(one["attachment"]["location"])] = data


def fetch(
    server: FaultServer, store: ModelStore, path: str = RECORDS, limits: Limits = LIMITS
) -> Manifest:
    return fetch_firefox(store, {RECORDS_VARIABLE: server.url + path}, limits=limits)


def fetched_model(root: Path) -> ModelStore:
    """A store with the tiny model in it, fetched."""
    store = ModelStore(root)
    with FaultServer(str) as server:
        publish(server, *all_records())
        fetch(server, store)
    return store


def put_files(folder: Path) -> Path:
    """The tiny model's files, unpacked, in a folder of the user's own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in FILES.values():
        (folder / name).write_bytes(data)
    return folder

"""Summaries of shards between builds: in ``.cache/search/``, never trusted when damaged."""

import hashlib
import json
from collections.abc import Container
from dataclasses import asdict
from pathlib import Path

from dwiwarta.files import read_plain, write_atomic
from dwiwarta.search.shards import Bucket, ShardSummary

_ENDING = ".json"


def read_summary(folder: Path, digest: str) -> ShardSummary | None:
    """That of the shard with this digest, ``None`` if there is none that is whole."""
    try:
        data = read_plain(folder / f"{digest}{_ENDING}", follow=False)
        checksum, _, body = data.partition(b"\n")
        if _checksum(digest, body) != checksum:
            return None
        values = json.loads(body)
        return ShardSummary(
            articles=values["articles"],
            oldest=values["oldest"],
            newest=values["newest"],
            texts=tuple(values["texts"]),
            rows=values["rows"],
            cards=tuple(values["cards"]),
            facets=values["facets"],
            buckets=tuple(Bucket(**one) for one in values["buckets"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_summary(folder: Path, digest: str, summary: ShardSummary) -> None:
    """Keep it for the next build. Raises ``OSError``."""
    body = json.dumps(asdict(summary), ensure_ascii=False, separators=(",", ":")).encode()
    data = _checksum(digest, body) + b"\n" + body
    write_atomic(folder / f"{digest}{_ENDING}", data, below=folder.parent, durable=False)


def _checksum(digest: str, body: bytes) -> bytes:
    """Of the summary and of whose it is: one that was put in another's place is no use."""
    return hashlib.sha256(digest.encode() + b"\n" + body).hexdigest().encode()


def remove_others(folder: Path, digests: Container[str]) -> None:
    """Remove summaries of shards that there are no more, and whatever else lies there."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if not (path.name.endswith(_ENDING) and path.name.removesuffix(_ENDING) in digests):
            if path.is_dir() and not path.is_symlink():
                continue
            path.unlink()

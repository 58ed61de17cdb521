"""Summaries of shards and their words between builds, in ``.cache/search/``.

Never trusted when damaged: each file begins with a checksum of whose it is and of what it holds.
"""

import hashlib
import json
from collections.abc import Container, Sequence
from dataclasses import asdict
from itertools import accumulate, pairwise
from pathlib import Path

from dwiwarta.files import read_plain, write_atomic
from dwiwarta.search.buckets import Bucket, lines_of
from dwiwarta.search.shards import ShardSummary

_SUMMARY, _WORDS = "json", "words"  # the second is read only where words are listed anew
_KEYS = "keys"


def read_summary(folder: Path, digest: str) -> ShardSummary | None:
    """That of the shard with this digest, ``None`` if there is none that is whole."""
    try:
        values = json.loads(_read(folder, digest, _SUMMARY))
        return ShardSummary(
            articles=values["articles"],
            oldest=values["oldest"],
            newest=values["newest"],
            texts=tuple(values["texts"]),
            rows=values["rows"],
            cards=tuple(values["cards"]),
            facets=values["facets"],
            words=tuple(values["words"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_bucket(folder: Path, digest: str, number: int) -> Bucket | None:
    """One bucket of the shard with this digest, ``None`` if there is none that is whole.

    Of what is kept for all of them only this one is looked at: a changed article has words in few.
    """
    try:
        data = read_plain(folder / f"{digest}.{_WORDS}", follow=False)
        checksum, head, rest = data.split(b"\n", 2)
        if _checksum(digest, _WORDS, head) != checksum:
            return None
        listed = json.loads(head)
        start = sum(sum(lengths) for *lengths, _ in listed[:number])
        *lengths, known = listed[number]
        keys, titles, lists = (rest[a:b] for a, b in pairwise(accumulate(lengths, initial=start)))
        bucket = Bucket(keys.decode(), titles.decode(), lists)
        return bucket if bucket.digest == known else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def write_summary(
    folder: Path, digest: str, summary: ShardSummary, buckets: Sequence[Bucket]
) -> None:
    """Keep both for the next build. Raises ``OSError``."""
    held = [(one.keys.encode(), one.titles.encode(), one.lists) for one in buckets]
    lengths = [
        (*map(len, parts), bucket.digest) for parts, bucket in zip(held, buckets, strict=True)
    ]
    _write(folder, digest, _WORDS, _json(lengths), b"\n", *(one for some in held for one in some))
    _write(folder, digest, _SUMMARY, _json(asdict(summary)))


def read_keys(folder: Path, digest: str) -> list[str] | None:
    """The lines of the file of words that was made of this, ``None`` if they are not whole."""
    try:
        return lines_of(_read(folder, digest, _KEYS).decode())
    except (OSError, ValueError):
        return None


def write_keys(folder: Path, digest: str, keys: Sequence[str]) -> None:
    """Keep them for the next build. Raises ``OSError``."""
    _write(folder, digest, _KEYS, "\n".join(keys).encode())


def remove_others(folder: Path, digests: Container[str]) -> None:
    """Remove what is of shards that there are no more, and whatever else lies there."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.partition(".")[0] in digests and path.name.endswith(
            (_SUMMARY, _WORDS, _KEYS, ".map")
        ):
            continue
        if not path.is_dir() or path.is_symlink():
            path.unlink()


def _read(folder: Path, digest: str, kind: str) -> bytes:
    """What was kept. Raises ``OSError``, and ``ValueError`` if it is not whole."""
    data = read_plain(folder / f"{digest}.{kind}", follow=False)
    checksum, _, body = data.partition(b"\n")
    if _checksum(digest, kind, body) != checksum:
        raise ValueError("damaged")
    return body


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _write(folder: Path, digest: str, kind: str, body: bytes, *more: bytes) -> None:
    """Keep ``body`` with its checksum, and ``more`` that has checksums of its own in there."""
    data = b"".join([_checksum(digest, kind, body), b"\n", body, *more])
    write_atomic(folder / f"{digest}.{kind}", data, below=folder.parent, durable=False)


def _checksum(digest: str, kind: str, body: bytes) -> bytes:
    """Of the contents and of whose they are: what was put in another's place is no use."""
    return hashlib.sha256(f"{digest}.{kind}\n".encode() + body).hexdigest().encode()

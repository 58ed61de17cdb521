"""Words in buckets by their beginnings, and what a shard's words of one bucket are."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dwiwarta.text import word_set

# There is a file of words for each bucket, and a shard's texts of one bucket stand together. More
# are smaller files to fetch, and more to write anew for each new article of an older month.
BUCKETS = 24
BUCKETS_A_FILE = 2  # of texts
# Beginnings of so many words that their third letter counts too.
_FULL = word_set(
    "in co re th ma se be sa di pr de ba pa ha an me pe te ca st la to su un da ta ke bu mi mo"
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A shard's words that stand in one of the files.

    ``keys``: a line each, with "1", "2" or "3" before it for words of the Indonesian, the English
    or both. ``titles``: for each key of a title a line with the numbers of its articles behind it.
    ``lists``: of the newest shard, for each key the list of its articles (``codec.articles``).
    """

    keys: str
    titles: str
    lists: bytes = b""

    @property
    def digest(self) -> str:
        """Of all that it holds."""
        words = f"{self.keys}\0{self.titles}\0".encode()
        return hashlib.sha256(words + self.lists).hexdigest()


def lines_of(text: str) -> list[str]:
    """The lines of a bucket's keys or titles."""
    return text.split("\n") if text else []


@lru_cache(100_000)
def _bucket_of_beginning(beginning: str) -> int:
    # FNV-1a with 32 bits, which JavaScript can do too. Of 300 beginnings this one parted the words
    # of 10,000 articles most evenly: the largest file is a fifth larger than the average.
    value = 82
    for byte in beginning.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (value ^ value >> 15) % BUCKETS


def bucket_of(stem: str) -> int:
    """The bucket of all words that have this stem, by its first two or three letters."""
    return _bucket_of_beginning(stem[:3] if stem[:2] in _FULL else stem[:2])


def in_buckets(keys: Iterable[str]) -> list[list[str]]:
    """The keys of each bucket in order."""
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    for key in sorted(keys):
        buckets[bucket_of(key.partition(" ")[0])].append(key)
    return buckets


def make_bucket(
    keys: Sequence[str],
    titles: Mapping[str, Sequence[int]],
    indonesian: Collection[str],
    english: Collection[str],
    lists: bytes = b"",
) -> Bucket:
    lines = [f"{(key in indonesian) + 2 * (key in english)}{key}" for key in keys]
    in_titles = [f"{key}\t{' '.join(map(str, titles[key]))}" for key in keys if key in titles]
    return Bucket("\n".join(lines), "\n".join(in_titles), lists)

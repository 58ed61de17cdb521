"""The published files of words, and the newest shard's texts, which name words by their places.

Of each is kept in the cache what it was made of, so that only those are made again whose words or
titles, or whose articles, have changed.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from dwiwarta.files import read_plain, write_if_changed
from dwiwarta.search.buckets import BUCKETS, BUCKETS_A_FILE, Bucket
from dwiwarta.search.lexicon import make_words, numbers_of
from dwiwarta.search.newest import make_newest
from dwiwarta.search.published import OURS, PublishedFiles
from dwiwarta.search.shards import FORMAT, Shard, ShardSummary, file_name, make_shard
from dwiwarta.search.summaries import read_bucket, read_keys, write_keys

_KEPT = "words"  # .map: which files were made of what

_Shards = Sequence[tuple[Shard, ShardSummary]]


class WordFiles:
    """Makes them; ``write_words`` first, then, if there is a shard, ``write_newest``, ``keep``.

    ``needed``: the names, without their endings, of what the cache keeps for the next time.
    """

    def __init__(self, files: PublishedFiles, cache: Path) -> None:
        self._files = files
        self._cache = cache
        self._kept = self._read_kept()
        self._now: dict[str, str] = {}
        self._made: dict[str, tuple[Bucket, ...]] = {}  # shards that had to be made again
        self._older: _Shards = ()
        self._inputs: list[str] = []  # digests of what each file of words is made of

    @property
    def needed(self) -> set[str]:
        return {*self._inputs, _KEPT}

    def write_words(self, shards: Sequence[Shard], summaries: Sequence[ShardSummary]) -> list[str]:
        """The names of the files of all shards' words but the newest's."""
        self._older = tuple(zip(shards, summaries, strict=True))
        for number in range(BUCKETS):
            lines = (f"{numbers_of(one.articles)} {one.words[number]}\n" for one in summaries)
            self._inputs.append(_digest(f"{FORMAT} {number}\n{''.join(lines)}"))
        return [
            self._name("words", inputs, partial(self._words, number))
            for number, inputs in enumerate(self._inputs)
        ]

    def write_newest(self, shard: Shard, summary: ShardSummary) -> ShardSummary:
        """The summary with the names of its texts."""
        names = []
        for first in range(0, BUCKETS, BUCKETS_A_FILE):
            numbers = range(first, first + BUCKETS_A_FILE)
            older = " ".join(self._inputs[number] for number in numbers)
            inputs = _digest(f"{shard.digest} {older}")
            names.append(self._name("texts", inputs, partial(self._newest, shard, numbers)))
        return replace(summary, texts=tuple(names))

    def keep(self) -> None:
        """Keep for the next build what was made of what."""
        lines = "".join(f"{inputs} {name}\n" for inputs, name in sorted(self._now.items()))
        data = f"{_digest(lines)}\n{lines}".encode()
        write_if_changed(self._cache / f"{_KEPT}.map", data, below=self._cache.parent)

    def _read_kept(self) -> dict[str, str]:
        try:
            data = read_plain(self._cache / f"{_KEPT}.map", follow=False)
        except OSError:
            return {}
        checksum, _, lines = data.partition(b"\n")
        if hashlib.sha256(lines).hexdigest().encode() != checksum:
            return {}
        return dict(line.split(" ") for line in lines.decode().splitlines())

    def _name(self, kind: str, inputs: str, make: Callable[[], bytes]) -> str:
        """The file's, as it was kept if it is whole; else it is made."""
        name = self._kept.get(inputs, "")
        if not OURS.fullmatch(name) or not self._files.has(name):
            data = make()
            name = file_name(kind, data)
            self._files.write({name: data})
        self._now[inputs] = name
        return name

    def _words(self, number: int) -> bytes:
        return self._make_words(number)[0]

    def _newest(self, shard: Shard, numbers: Sequence[int]) -> bytes:
        words = [(self._keys(number), self._bucket(shard, number)) for number in numbers]
        return make_newest(len(shard.refs), words)

    def _make_words(self, number: int) -> tuple[bytes, list[str]]:
        """One file of words and its keys, which are kept."""
        made = make_words([(one.articles, self._bucket(s, number)) for s, one in self._older])
        write_keys(self._cache, self._inputs[number], made[1])
        return made

    def _keys(self, number: int) -> list[str]:
        known = read_keys(self._cache, self._inputs[number])
        return self._make_words(number)[1] if known is None else known

    def _bucket(self, shard: Shard, number: int) -> Bucket:
        """As it was kept; else the shard is made again, once."""
        if shard.digest not in self._made:
            if kept := read_bucket(self._cache, shard.digest, number):
                return kept
            self._made[shard.digest] = make_shard(shard)[2]
        return self._made[shard.digest][number]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""The shards of the search that are made anew: by the workers, and ahead where they are idle."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from dwiwarta.cache import Cache
from dwiwarta.pipeline.notes import index_shard
from dwiwarta.pipeline.workers import Workers
from dwiwarta.search import PartRef, SearchPart, Shard, ShardFiles

_MOST_BEGUN = 10_000  # articles of shards that are begun ahead, as each holds some 5 kB


class Shards:
    """Makes shards; the keys of their words are kept in the cache."""

    def __init__(
        self, cache: Cache, workers: Workers, code: str, load: Callable[[PartRef], bytes]
    ) -> None:
        """``code``: digest of what makes them. ``load``: the part of an article, as it is kept."""
        self._cache = cache
        self._workers = workers
        self._code = code
        self._load = load
        self._begun: dict[str, Callable[[], ShardFiles]] = {}  # by digest

    @property
    def begun(self) -> bool:
        """Whether the workers have shards to make."""
        return bool(self._begun)

    def begin(self, find: Callable[[], Iterable[Shard]]) -> None:
        """Have the workers make shards while this process renders lists; ``find`` says which.

        Where there is no worker, nothing is begun, as nobody would do it meanwhile.
        """
        articles = 0
        for shard in find() if self._workers.running else ():
            articles += len(shard.refs)
            if articles > _MOST_BEGUN:
                break
            self._begun[shard.digest] = self._workers.begin(self._job(shard))

    def make(self, shards: Iterable[Shard]) -> Iterator[ShardFiles]:
        """The files of each shard; see ``write_index``."""
        every = list(shards)
        rest = [shard for shard in every if shard.digest not in self._begun]
        others = self._workers.do(map(self._job, rest), a_turn=1, start=False)
        for shard in every:
            begun = self._begun.pop(shard.digest, None)
            made = begun() if begun else next(others)
            keys = "\n".join(bucket.keys for bucket in made[2] if bucket.keys).encode()
            self._cache.put("words", {shard.key: (self._code, keys)})
            yield made

    def _job(self, shard: Shard) -> Callable[[], ShardFiles]:
        # Loaded where they are needed, of what is handed on with the shard.
        parts = ((ref, partial(SearchPart.from_bytes, self._load(ref))) for ref in shard.refs)
        refs = tuple(replace(ref, load=load) for ref, load in parts)
        known = (self._cache.get("words", shard.key, self._code) or b"").decode()
        return partial(index_shard, replace(shard, refs=refs, known=known))

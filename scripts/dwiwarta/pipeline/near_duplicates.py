"""Which articles tell the same: only new and changed ones are compared, with all the others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from pydantic import TypeAdapter

from dwiwarta.cache import Cache
from dwiwarta.dedupe import (
    Candidate,
    Group,
    Sketch,
    find_candidates,
    group_articles,
    in_order,
    judge_candidates,
    load_sketch,
    resolve,
    within_reach,
)
from dwiwarta.model import Pair, SourceRef
from dwiwarta.pipeline.articles import Articles
from dwiwarta.pipeline.code import article_code
from dwiwarta.pipeline.summary import Count, not_counted
from dwiwarta.pipeline.table import DamagedError, Table
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import DedupeSettings


@dataclass(frozen=True, slots=True)
class _Compared:
    """The articles that were all compared with each other, as name and key, and what was found."""

    articles: dict[str, str]
    pairs: tuple[Pair, ...]


# Has a job done, and gives what waits for its result.
_Job = Callable[[], list[Candidate]]
Begin = Callable[[_Job], _Job]


def _later(job: _Job) -> _Job:
    return job


_ADAPTER = TypeAdapter(_Compared)
_ALL = "all"
_FEW = 4  # where less than one in so many rows is wanted, they are read one by one
_MOST_HANDED_ON = 30_000  # sketches that another process is given: some 150 MB
# What this process has read, by name and key: a preview builds again and again.
_held: dict[tuple[str, str], Sketch] = {}


def known_pairs(cache: Cache) -> tuple[Mapping[str, str], tuple[Pair, ...]]:
    """The articles that the last build compared, as name and key, and what it found."""
    known = Table(cache, "pairs", _ADAPTER).get(_ALL, article_code())
    return (known.articles, known.pairs) if known else ({}, ())


class Comparison:
    """Who is to be compared, and the candidates for that, looked for from now on."""

    def __init__(self, articles: Articles, cache: Cache, begin: Begin = _later) -> None:
        """``begin`` has a job done meanwhile. Raises ``DamagedError``."""
        self._articles = articles
        self._table = Table(cache, "pairs", _ADAPTER)
        self._known = self._table.get(_ALL, article_code()) or _Compared({}, ())
        before, by_ref = self._known.articles, articles.by_ref
        self._fresh = {ref for ref, one in by_ref.items() if before.get(ref.key) != one.key}
        days = {ref: one.published.day if one.published else None for ref, one in by_ref.items()}
        reach = within_reach(days, self._fresh) if self._fresh else ()
        self._sketches = _sketches(articles, reach, cache)
        self._candidates = begin(partial(find_candidates, *in_order(self._sketches, self._fresh)))

    def pairs(self, count: Count = not_counted) -> tuple[Pair, ...]:
        """What articles are to each other; ``count`` is told. Raises ``DamagedError``."""
        by_ref = self._articles.by_ref
        keys = {ref.key: one.key for ref, one in by_ref.items()}
        if keys == self._known.articles:
            return self._known.pairs
        # References of now: those of before may say another line.
        refs = {ref: ref for ref in by_ref if ref not in self._fresh}
        stay = [
            Pair(refs[p.a], refs[p.b], p.relation, p.jaccard, p.containment, p.update)
            for p in self._known.pairs
            if p.a in refs and p.b in refs
        ]
        new = judge_candidates(
            _told(self._candidates(), count), self._sketches, self._articles.article
        )
        pairs = tuple(sorted((*stay, *new), key=lambda pair: (pair.a, pair.b)))
        self._table.put(_ALL, article_code(), _Compared(keys, pairs))
        self._table.flush()
        return pairs


def _told(candidates: list[Candidate], count: Count) -> Iterator[Candidate]:
    for done, one in enumerate(candidates):
        count(done, len(candidates), "pairs")
        yield one


def find_groups(
    articles: Articles,
    comparison: Comparison,
    settings: DedupeSettings,
    problems: ProblemLog,
    count: Count = not_counted,
) -> tuple[Group, ...]:
    """What gets a page each, by reference. Raises ``DamagedError``.

    What editors decided and cannot be followed goes to ``problems``.
    """
    members = list(articles.by_ref.values())
    return group_articles(members, comparison.pairs(count), settings, resolve(members, problems))


def _sketches(
    articles: Articles, refs: Collection[SourceRef], cache: Cache
) -> dict[SourceRef, Sketch]:
    """Those of some articles. Raises ``DamagedError``."""
    by_ref = articles.by_ref
    names = {(ref.key, by_ref[ref].key): ref for ref in refs}
    missing = [name for name in names if name not in _held]
    stored = cache.load("sketch") if len(missing) * _FEW > len(by_ref) else {}
    for name, key in missing:
        if stored:
            known, data = stored.get(name, ("", None))
        else:
            known, data = key, cache.get("sketch", name, key)
        if data is None or known != key:
            raise DamagedError(f"no sketch of {name}")
        _held[name, key] = load_sketch(data)
    for gone in _held.keys() - {(ref.key, one.key) for ref, one in by_ref.items()}:
        del _held[gone]
    return {ref: _held[name] for name, ref in names.items()}

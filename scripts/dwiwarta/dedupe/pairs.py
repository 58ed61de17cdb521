"""Which pairs of articles are one article or one story."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from dwiwarta.dedupe.incremental import overlaps_with, same_keywords_with
from dwiwarta.dedupe.index import overlaps
from dwiwarta.dedupe.profile import Profile, Profiler, Sketch
from dwiwarta.dedupe.relate import (
    MIN_CONTAINMENT,
    MIN_KEYWORDS,
    NEWS_DAYS,
    containment,
    is_update,
    jaccard,
    may_relate,
    relation,
)
from dwiwarta.dedupe.similarity import word_weights
from dwiwarta.model import Article, Pair, Relation, SourceRef

# Articles up to which every shingle is indexed and no pair is missed. Measured with 10,000 articles
# of 500 words whose sentences recur: 6 s of one core and 160 MB beside the sketches.
EXACT_UP_TO = 30_000

# Where fewer than one in so many is new, only the new ones are indexed.
_FEW = 4
# Profiles held at once; bounds their memory to some 100 MB.
_PROFILES_HELD = 2000


def find_pairs(articles: Sequence[Article]) -> tuple[Pair, ...]:
    """All pairs that are the same article or the same story, by reference.

    What two articles are to each other depends on these two alone: not on the others, not on
    their order, not on earlier calls. Beyond ``EXACT_UP_TO`` articles some pairs of low
    similarity are missed (see ``lsh``).
    """
    by_ref = {article.ref: article for article in articles}
    profiler = load_profiler()
    sketches = {ref: profiler.sketch(article) for ref, article in by_ref.items()}
    return find_new_pairs(sketches, sketches, by_ref.__getitem__)


def find_new_pairs(
    sketches: Mapping[SourceRef, Sketch],
    fresh: Collection[SourceRef],
    load: Callable[[SourceRef], Article],
) -> tuple[Pair, ...]:
    """The pairs of ``find_pairs`` of which one or both are ``fresh``, by reference.

    ``sketches``: of all articles. ``load`` is asked for those that have to be looked at closely.
    """
    refs = sorted(sketches)
    ordered = [sketches[ref] for ref in refs]
    profiler = load_profiler()

    @lru_cache(maxsize=_PROFILES_HELD)
    def profile(number: int) -> Profile:
        return profiler.profile(load(refs[number]), ordered[number])

    pairs = []
    for i, j, shared in _candidates(ordered, {n for n, ref in enumerate(refs) if ref in fresh}):
        if not may_relate(ordered[i], ordered[j], shared):
            continue
        a, b = profile(i), profile(j)
        found = relation(a, b, shared)
        if found is not None:
            measures = round(jaccard(a, b, shared), 4), round(containment(a, b, shared), 4)
            update = found is Relation.SAME_STORY and is_update(a, b, shared)
            pairs.append(Pair(refs[i], refs[j], found, *measures, update))
    return tuple(pairs)


def load_profiler() -> Profiler:
    """What makes sketches of articles. Raises ``SettingsError`` if its table of words is broken."""
    return Profiler(word_weights())


def _candidates(sketches: Sequence[Sketch], fresh: Collection[int]) -> list[tuple[int, int, int]]:
    """Pairs ``i`` < ``j`` worth judging, with the shingles they share, in order."""
    if not fresh:
        return []
    sets = [one.shingles for one in sketches]
    few = _FEW * len(fresh) <= len(sketches)
    if len(sets) > EXACT_UP_TO:
        # Imported here, as few collections ever need it.
        from dwiwarta.dedupe.lsh import likely_overlaps

        found = likely_overlaps(sets, MIN_CONTAINMENT)
    else:
        found = (overlaps_with(fresh, sets, MIN_CONTAINMENT) if few
                 else overlaps(sets, MIN_CONTAINMENT))  # fmt: skip
    shared = {(i, j): count for i, j, count in found if i in fresh or j in fresh}
    alike = (
        same_keywords_with(fresh, sketches, MIN_KEYWORDS, NEWS_DAYS)
        if few
        else _same_keywords(sketches)
    )
    for i, j in alike:
        if (i, j) not in shared and (i in fresh or j in fresh):
            shared[i, j] = len(set(sets[i]).intersection(sets[j]))
    return [(i, j, shared[i, j]) for i, j in sorted(shared)]


def _same_keywords(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs ``i`` < ``j`` that appeared within days of each other and share enough keywords."""
    index: dict[str, list[int]] = defaultdict(list)
    dated = [(one.day, i) for i, one in enumerate(sketches) if one.day is not None]
    oldest = 0
    window = timedelta(days=NEWS_DAYS)
    dated.sort()
    for day, i in dated:
        # Those that are too old by now leave the index.
        while dated[oldest][0] < day - window:
            for word in sketches[dated[oldest][1]].keywords:
                index[word].remove(dated[oldest][1])
            oldest += 1
        common = Counter(j for word in sketches[i].keywords for j in index[word])
        yield from ((min(i, j), max(i, j)) for j, n in common.items() if n >= MIN_KEYWORDS)
        for word in sketches[i].keywords:
            index[word].append(i)

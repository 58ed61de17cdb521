"""Which pairs of articles are one article or one story."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

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
from dwiwarta.model import Article, Pair, Relation

# Articles up to which every shingle is indexed and no pair is missed. Measured with 20,000
# generated articles of 150 to 450 words: 49 s of one core and 250 MB, against 5 s with MinHash.
EXACT_UP_TO = 30_000


def find_pairs(articles: Sequence[Article]) -> tuple[Pair, ...]:
    """All pairs that are the same article or the same story, by reference.

    What two articles are to each other depends on these two alone: not on the others, not on
    their order, not on earlier calls. Beyond ``EXACT_UP_TO`` articles some pairs of low
    similarity are missed (see ``lsh``).
    """
    ordered = sorted(articles, key=lambda article: article.ref)
    profiler = Profiler(word_weights())
    sketches = [profiler.sketch(article) for article in ordered]
    profiles: dict[int, Profile] = {}
    pairs = []
    for i, j, shared in _candidates(sketches):
        if not may_relate(sketches[i], sketches[j], shared):
            continue
        for k in (i, j):
            if k not in profiles:
                profiles[k] = profiler.profile(ordered[k], sketches[k])
        a, b = profiles[i], profiles[j]
        found = relation(a, b, shared)
        if found is not None:
            measures = round(jaccard(a, b, shared), 4), round(containment(a, b, shared), 4)
            update = found is Relation.SAME_STORY and is_update(a, b, shared)
            pairs.append(Pair(ordered[i].ref, ordered[j].ref, found, *measures, update))
    return tuple(pairs)


def _candidates(sketches: Sequence[Sketch]) -> list[tuple[int, int, int]]:
    """Pairs ``i`` < ``j`` worth judging, with the shingles they share, in order."""
    sets = [one.shingles for one in sketches]
    if len(sets) <= EXACT_UP_TO:
        found = overlaps(sets, MIN_CONTAINMENT)
    else:
        # Imported here, as few collections ever need it.
        from dwiwarta.dedupe.lsh import likely_overlaps

        found = likely_overlaps(sets, MIN_CONTAINMENT)
    shared = {(i, j): count for i, j, count in found}
    for i, j in _same_keywords(sketches):
        if (i, j) not in shared:
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

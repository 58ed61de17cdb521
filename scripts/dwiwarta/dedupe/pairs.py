"""Which pairs of articles are one article or one story."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from dwiwarta.dedupe.index import overlaps
from dwiwarta.dedupe.likeness import word_weights
from dwiwarta.dedupe.profile import Profile, profile
from dwiwarta.dedupe.relate import (
    MIN_CONTAINMENT,
    MIN_KEYWORDS,
    NEWS_DAYS,
    containment,
    jaccard,
    relation,
)
from dwiwarta.model import Article, Pair


def find_pairs(articles: Sequence[Article]) -> tuple[Pair, ...]:
    """All pairs that are the same article or the same story, by reference.

    What two articles are to each other depends on these two alone: not on the others, not on
    their order, not on earlier calls.
    """
    ordered = sorted(articles, key=lambda article: article.ref)
    weights = word_weights()
    numbers: dict[str, int] = {}
    profiles = [profile(article, weights, numbers) for article in ordered]

    shared = {(i, j): n for i, j, n in overlaps([p.shingles for p in profiles], MIN_CONTAINMENT)}
    for i, j in _same_keywords(profiles):
        if (i, j) not in shared:
            shared[i, j] = len(set(profiles[i].shingles).intersection(profiles[j].shingles))

    pairs = []
    for (i, j), count in sorted(shared.items()):
        a, b = profiles[i], profiles[j]
        found = relation(a, b, count)
        if found is not None:
            measures = round(jaccard(a, b, count), 4), round(containment(a, b, count), 4)
            pairs.append(Pair(ordered[i].ref, ordered[j].ref, found, *measures))
    return tuple(pairs)


def _same_keywords(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs ``i`` < ``j`` that appeared within days of each other and share enough keywords."""
    index: dict[str, list[int]] = defaultdict(list)
    dated = [(one.day, i) for i, one in enumerate(profiles) if one.day is not None]
    oldest = 0
    window = timedelta(days=NEWS_DAYS)
    dated.sort()
    for day, i in dated:
        # Those that are too old by now leave the index.
        while dated[oldest][0] < day - window:
            for word in profiles[dated[oldest][1]].vector.keywords:
                index[word].remove(dated[oldest][1])
            oldest += 1
        common = Counter(j for word in profiles[i].vector.keywords for j in index[word])
        yield from ((min(i, j), max(i, j)) for j, n in common.items() if n >= MIN_KEYWORDS)
        for word in profiles[i].vector.keywords:
            index[word].append(i)

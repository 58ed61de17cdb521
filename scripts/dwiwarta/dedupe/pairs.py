"""Which pairs of articles are one article or one story."""

from collections.abc import Sequence

from dwiwarta.dedupe.index import overlaps
from dwiwarta.dedupe.likeness import word_weights
from dwiwarta.dedupe.profile import Profile, article_shingles, profile
from dwiwarta.dedupe.relate import MIN_CONTAINMENT, containment, jaccard, relation
from dwiwarta.model import Article, Pair


def find_pairs(articles: Sequence[Article]) -> tuple[Pair, ...]:
    """All pairs that are the same article or the same story, by reference.

    What two articles are to each other depends on these two alone: not on the others, not on
    their order, not on earlier calls.
    """
    ordered = sorted(articles, key=lambda article: article.ref)
    numbers: dict[str, int] = {}
    sets = [article_shingles(article, numbers) for article in ordered]
    weights = word_weights()
    profiles: dict[int, Profile] = {}

    def profile_of(i: int) -> Profile:
        if i not in profiles:
            profiles[i] = profile(ordered[i], sets[i], weights, numbers)
        return profiles[i]

    pairs = []
    for i, j, shared in overlaps(sets, MIN_CONTAINMENT):
        a, b = profile_of(i), profile_of(j)
        found = relation(a, b, shared)
        if found is not None:
            likeness = round(jaccard(a, b, shared), 4), round(containment(a, b, shared), 4)
            pairs.append(Pair(ordered[i].ref, ordered[j].ref, found, *likeness))
    return tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b)))

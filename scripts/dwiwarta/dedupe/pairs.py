"""Which pairs of articles are one article or one story."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from dwiwarta.dedupe.incremental import overlaps_with, same_keywords_with
from dwiwarta.dedupe.index import overlaps
from dwiwarta.dedupe.profile import Profile, Profiler, Sketch
from dwiwarta.dedupe.relate import (
    COPY_DAYS,
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
# Spans of ``COPY_DAYS`` in which shared shingles are looked for together; the last of them is
# looked at again with the next ones.
_SPANS = 3
# Profiles held at once; bounds their memory to some 100 MB.
_PROFILES_HELD = 2000

# Two articles, i < j, and how many shingles they share.
Candidate = tuple[int, int, int]


def find_pairs(articles: Sequence[Article]) -> tuple[Pair, ...]:
    """All pairs that are the same article or the same story, by reference.

    What two articles are to each other depends on these two alone: not on the others, not on
    their order, not on earlier calls. Beyond ``EXACT_UP_TO`` articles some pairs of low
    similarity are missed (see ``lsh``).
    """
    by_ref = {article.ref: article for article in articles}
    profiler = load_profiler()
    sketches = {ref: profiler.sketch(article) for ref, article in by_ref.items()}
    found = find_candidates(*in_order(sketches, sketches))
    return judge_candidates(found, sketches, by_ref.__getitem__)


def in_order(
    sketches: Mapping[SourceRef, Sketch], fresh: Collection[SourceRef]
) -> tuple[tuple[Sketch, ...], frozenset[int]]:
    """The sketches by reference, and the numbers of those of ``fresh`` articles."""
    refs = sorted(sketches)
    return (
        tuple(sketches[ref] for ref in refs),
        frozenset(number for number, ref in enumerate(refs) if ref in fresh),
    )


def within_reach(
    days: Mapping[SourceRef, date | None], fresh: Collection[SourceRef]
) -> Collection[SourceRef]:
    """Those of all articles that may relate to ``fresh`` ones, by their days of publication.

    Given only these, ``find_candidates`` finds the same. Beyond ``EXACT_UP_TO`` articles
    these are all, as what ``lsh`` finds is not exact.
    """
    own = {days[ref] for ref in fresh}
    if None in own or len(days) > EXACT_UP_TO:
        return days.keys()
    longest = range(-COPY_DAYS, COPY_DAYS + 1)
    near = {day.toordinal() + gap for day in own if day is not None for gap in longest}
    return {ref for ref, day in days.items() if day is None or day.toordinal() in near}


def judge_candidates(
    candidates: Iterable[Candidate],
    sketches: Mapping[SourceRef, Sketch],
    load: Callable[[SourceRef], Article],
) -> tuple[Pair, ...]:
    """The pairs of ``find_pairs`` among candidates, by reference.

    ``candidates``: what ``find_candidates`` gave for the sketches ``in_order``. ``load`` is asked
    for those that have to be looked at closely.
    """
    refs = sorted(sketches)
    profiler = load_profiler()

    @lru_cache(maxsize=_PROFILES_HELD)
    def profile(number: int) -> Profile:
        return profiler.profile(load(refs[number]), sketches[refs[number]])

    pairs = []
    for i, j, shared in candidates:
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


def find_candidates(sketches: Sequence[Sketch], fresh: Collection[int]) -> list[Candidate]:
    """Pairs worth judging of which one or both are ``fresh``, in order."""
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
                 else _overlaps_in_time(sketches))  # fmt: skip
    shared = {(i, j): count for i, j, count in found if i in fresh or j in fresh}
    alike = (
        same_keywords_with(fresh, sketches, MIN_KEYWORDS, NEWS_DAYS)
        if few
        else _same_keywords(sketches)
    )
    for i, j in alike:
        if (i, j) not in shared and (i in fresh or j in fresh):
            shared[i, j] = len(set(sets[i]).intersection(sets[j]))
    return [
        (i, j, count)
        for (i, j), count in sorted(shared.items())
        if may_relate(sketches[i], sketches[j], count)
    ]


def _overlaps_in_time(sketches: Sequence[Sketch]) -> Iterator[Candidate]:
    """Those of ``overlaps`` that may relate, looked for within some weeks after the others.

    What is looked up at a time then fits into a processor's cache, which halves the time.
    """
    days = [one.day.toordinal() for one in sketches if one.day is not None]
    if len(days) < len(sketches):  # what has no day may relate to anything
        yield from overlaps([one.shingles for one in sketches], MIN_CONTAINMENT)
        return
    spans: dict[int, list[int]] = defaultdict(list)
    for number, day in enumerate(days):
        spans[day // COPY_DAYS].append(number)
    # Two articles of which the days are no further apart stand in the same span or the next.
    for first in range(min(spans), max(spans) + 1, _SPANS - 1):
        members = [n for span in range(first, first + _SPANS) for n in spans.get(span, ())]
        for i, j, count in overlaps([sketches[n].shingles for n in members], MIN_CONTAINMENT):
            a, b = members[i], members[j]
            yield min(a, b), max(a, b), count


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

"""Only new articles are compared: the same pairs come out as from comparing all."""

from array import array
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.dedupe import dump_sketch, find_candidates, in_order, load_sketch, within_reach
from dwiwarta.dedupe.incremental import overlaps_with, same_keywords_with
from dwiwarta.dedupe.index import overlaps
from dwiwarta.dedupe.pairs import _same_keywords
from dwiwarta.dedupe.profile import Sketch
from dwiwarta.dedupe.relate import MIN_CONTAINMENT, MIN_KEYWORDS, NEWS_DAYS, may_relate
from dwiwarta.model import SourceRef

SETS = st.lists(st.sets(st.integers(-30, 30), max_size=25), max_size=12)
DAYS = st.one_of(st.none(), st.integers(0, 12).map(lambda n: date(2024, 5, 1) + timedelta(n)))
WORDS = st.lists(st.sampled_from("abcdefghijkl"), unique=True, max_size=10).map(tuple)


@given(SETS, st.sets(st.integers(0, 11)), st.sampled_from([0.08, 0.3, 0.9]))
def test_overlaps_with_new_ones_are_those_of_all(
    values: list[set[int]], chosen: set[int], share: float
) -> None:
    sets = [array("q", sorted(one)) for one in values]
    fresh = {number for number in chosen if number < len(sets)}
    everything = [
        (i, j, n) for i, j, n in overlaps(sets, share) if n and (i in fresh or j in fresh)
    ]
    assert sorted(overlaps_with(fresh, sets, share)) == sorted(everything)


@given(st.lists(st.tuples(DAYS, WORDS), max_size=12), st.sets(st.integers(0, 11)))
def test_keywords_of_new_ones_are_those_of_all(
    values: list[tuple[date | None, tuple[str, ...]]], chosen: set[int]
) -> None:
    sketches = [Sketch(array("q"), words, day) for day, words in values]
    fresh = {number for number in chosen if number < len(sketches)}
    everything = [(i, j) for i, j in _same_keywords(sketches) if i in fresh or j in fresh]
    found = same_keywords_with(fresh, sketches, MIN_KEYWORDS, NEWS_DAYS)
    assert sorted(found) == sorted(everything)


LONG = st.one_of(st.none(), st.integers(0, 400).map(lambda n: date(2024, 5, 1) + timedelta(n)))


@given(st.lists(st.tuples(LONG, st.sets(st.integers(0, 40), min_size=9)), max_size=12))
def test_candidates_in_time_are_those_of_all(values: list[tuple[date | None, set[int]]]) -> None:
    sketches = [Sketch(array("q", sorted(shingles)), (), day) for day, shingles in values]
    everything = overlaps([one.shingles for one in sketches], MIN_CONTAINMENT)
    expected = sorted(
        (i, j, n) for i, j, n in everything if may_relate(sketches[i], sketches[j], n)
    )
    assert find_candidates(sketches, set(range(len(sketches)))) == expected


@given(st.sets(st.integers(-(2**63), 2**63 - 1)), WORDS, DAYS)
def test_a_sketch_comes_back_as_it_was(values: set[int], words: tuple[str, ...], day: date) -> None:
    sketch = Sketch(array("q", sorted(values)), words, day)
    assert load_sketch(dump_sketch(sketch)) == sketch


@given(
    st.lists(st.tuples(LONG, st.sets(st.integers(0, 40), min_size=9), WORDS), max_size=12),
    st.sets(st.integers(0, 11), min_size=1, max_size=2),
)
def test_what_is_out_of_reach_would_not_have_been_found(
    values: list[tuple[date | None, set[int], tuple[str, ...]]], chosen: set[int]
) -> None:
    sketches = {
        SourceRef(f"{number:02}.txt"): Sketch(array("q", sorted(shingles)), words, day)
        for number, (day, shingles, words) in enumerate(values)
    }
    fresh = {ref for number, ref in enumerate(sketches) if number in chosen}
    reach = within_reach({ref: one.day for ref, one in sketches.items()}, fresh)

    def found(some: dict[SourceRef, Sketch]) -> list[tuple[SourceRef, SourceRef, int]]:
        refs = sorted(some)
        return [(refs[i], refs[j], n) for i, j, n in find_candidates(*in_order(some, fresh))]

    assert found({ref: sketches[ref] for ref in reach}) == found(sketches)

"""The filter by which browsers know what to ask for."""

from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.render.sieve import may_be_in, sieve_of
from dwiwarta.words import load_analyser


@given(st.sets(st.text(min_size=1), min_size=1))
def test_all_words_of_a_filter_pass_it(words: set[str]) -> None:
    sieve = sieve_of(words)
    assert all(may_be_in(sieve, word) for word in words)


def test_few_other_words_pass() -> None:
    roots = list(load_analyser().lexicon.entries)
    sieve = sieve_of(roots)
    others = {f"{root}x" for root in roots} - {*roots}
    passed = sum(may_be_in(sieve, word) for word in others)
    assert 0 < passed < 0.12 * len(others)

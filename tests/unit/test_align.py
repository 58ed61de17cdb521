"""Sentence pairs, by the cases in ``tests/cases/align.yml``."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.sentences import split_sentences
from dwiwarta.translate.align import align_sentences
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "align.yml"


def test_pairs() -> None:
    def check(case: dict[str, Any]) -> None:
        pairs = align_sentences(case["source"], case["target"])
        assert [list(pair) for pair in pairs] == case["pairs"]

    check_each(cases(CASES), check)


@pytest.mark.parametrize("mark", list("“`'«‘"))
def test_any_number_of_quotation_marks_is_split_in_good_time(mark: str) -> None:
    # With time that grows with the square this takes minutes: the limit of a test is the check.
    text = mark * 400_000
    assert split_sentences(text, "id") == [text]
    long = f"{mark}Satu. {mark}Dua! " * 20_000
    assert "".join(split_sentences(long, "id")).replace(" ", "") == long.replace(" ", "")
    assert len(split_sentences(long, "id")) > 10_000


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_pairs_of_itself_or_none(source: str, target: str) -> None:
    for left, right in align_sentences(source, target):
        assert left in source
        assert right in target

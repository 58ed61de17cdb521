"""Sentences: what the library parts behind an abbreviation is joined again."""

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta import sentences
from dwiwarta.sentences import split_sentences

PARTS = st.sampled_from(
    ["Jl. ", "Prof.  ", "No. ", "PT. ", "Warga datang. ", "Siapa?", " ", "\n", "A. ", "(H. ", "x"]
)


@given(st.lists(PARTS, max_size=20).map("".join))
def test_pieces_are_joined_where_the_text_so_far_ends_with_an_abbreviation(text: str) -> None:
    joined: list[str] = []
    for piece in filter(str.strip, sentencex.segment("id", text)):
        if joined and sentences._ABBREVIATION.search(joined[-1].rstrip()[-sentences._NEAR :]):
            joined[-1] += piece
        else:
            joined.append(piece)
    assert split_sentences(text, "id") == [one.strip() for one in joined]


@pytest.mark.parametrize("piece", ["<!--", "!A", "?—", "。中", "“a” ", "Ya!–"])
def test_marks_without_end_are_read(piece: str) -> None:
    """The library's time grows with the square of their number: this would take an hour."""
    text = piece * 100_000
    found = split_sentences(text, "id")
    assert "".join("".join(found).split()) == "".join(text.split())

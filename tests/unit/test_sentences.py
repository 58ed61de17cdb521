"""Sentences: what the library parts behind an abbreviation is joined again."""

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta import sentences
from dwiwarta.sentences import split_sentences

PLAIN = ("Warga datang. ", "Siapa?", " ", "\n", "x", "OT ", "12 ")
ENDED = ("Jl. ", "Prof.  ", "No. ", "PT. ", "A. ", "(H. ", "Sp. ", "Sp.", "M.Kes. ", "km. ")
PARTS = st.sampled_from(PLAIN + ENDED)


@given(st.lists(PARTS, max_size=20).map("".join))
def test_pieces_are_joined_where_the_text_so_far_ends_with_an_abbreviation(text: str) -> None:
    joined: list[str] = []
    for piece in filter(str.strip, sentencex.segment("id", text)):
        if joined and sentences._goes_on(joined[-1], piece):
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


SENTENCES = [
    ["Kata dr. Sari Melati, Sp.OT, hal itu wajar.", "Ia pulang."],
    ["Kata dr. Wira Sakti, M.Kes. Sp. PD, hal itu wajar.", "Ia, Sp. A, pulang."],
    ["Perkara 12/Pid.Sus/2026/PN Jkt.Pst belum putus.", "Hakim menunda."],
    ["Rapat mulai pkl. 10.00 WIB di Lt. 3 Gedung Utama.", "Tol macet di Km. 12 arah timur."],
    ["Jalan rusak sepanjang 5 km.", "Banyak hal.", "Menurut Moh. Yamin, itu benar."],
    ["Harga Rp. 12 juta.", "Bpk. Andi dan Pdt. Yosua datang.", "AS menolak."],
    ["Undang-Undang No.36 Tahun 2009 berlaku.", "UU No. 11 Tahun 2020 juga."],
]


@pytest.mark.parametrize("whole", SENTENCES, ids=lambda sentences: sentences[0][:20])
def test_a_sentence_goes_on_behind_an_abbreviation(whole: list[str]) -> None:
    assert split_sentences(" ".join(whole), "id") == whole

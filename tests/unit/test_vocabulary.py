"""The roots of an article, and how its page carries them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factory
from dwiwarta.knowledge.function_words import load_function_words
from dwiwarta.knowledge.overlays import Overlays, lay
from dwiwarta.render import lexicon, lexicon_pages
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.text import letters_pattern
from dwiwarta.words import load_analyser, load_meanings
from dwiwarta.words.level import frequent_roots
from dwiwarta.words.vocabulary import (
    DIGITS,
    _begins,
    _is_common,
    _root_of,
    coded,
    roots_mark,
    vocabulary,
)

ROOTS = sorted(load_analyser().lexicon.entries)


def decoded(code: str) -> list[str]:
    """As ``docs/assets/words/known.js`` reads it."""
    code = code.removeprefix(roots_mark())
    places = (code[at : at + 2] for at in range(0, len(code), 2))
    return [ROOTS[DIGITS.index(one) * len(DIGITS) + DIGITS.index(two)] for one, two in places]


@given(st.text('.!?:"”’)“‘( \n\xa0ab1', max_size=20), st.integers(0, 20))
def test_where_a_sentence_begins(text: str, start: int) -> None:
    ends = re.search(r"[.!?:][\"”’)]*\s+[\"“‘(]*$", text[:start])
    assert _begins(text, min(start, len(text))) == (ends is not None)


@given(st.lists(st.sampled_from(ROOTS)))
def test_what_is_coded_is_read_again(roots: list[str]) -> None:
    assert decoded(coded(roots)) == roots


def test_a_code_stands_in_an_attribute_as_it_is() -> None:
    assert len(set(DIGITS)) == len(DIGITS)
    assert not set(DIGITS) & set("&<>\"'` \\{}")


def test_roots_come_in_the_order_in_which_they_are_common() -> None:
    text = "Petani membajak ladang. Ladang itu dibajak oleh petani, dan ladangnya luas."
    assert vocabulary([text]) == ("ladang", "tani", "bajak", "luas")


def test_names_and_function_words_are_left_out() -> None:
    text = "Kata Budi Raja, ASEAN dan di Jawa Timur. Harga naik. Budi Santoso."
    assert vocabulary([text]) == ("kata", "harga", "naik")
    quoted = vocabulary(["“Harga naik,” katanya. “Gubuknya terbakar.”"])
    assert quoted == ("harga", "naik", "kata", "bakar", "gubuk")


PIECES = st.sampled_from(
    [
        *("petani", "Petani", "naik", "Naik", "KuNaik", "naikNaik", "Anak-anak", "dan", "Dan"),
        *("Budi", "Raja", "ASEAN", "中", "a中", "Élan", "7"),
        *(" ", " ", " ", ". ", "? “", ".", "-", "’"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_words_count_where_they_stand(text: str) -> None:
    """As where each word is told with its place."""
    expected: list[str] = []
    for match in letters_pattern(text).finditer(text):
        root = _root_of()[match[0]]
        if root and (match[0].islower() or _is_common(text, *match.span())):
            expected.append(root)
    order = sorted(
        dict.fromkeys(expected),
        key=lambda root: (-expected.count(root), root not in frequent_roots()),
    )
    assert vocabulary([text]) == tuple(order)


def test_words_that_hold_sentences_together_are_no_new_words() -> None:
    """As they are written: what is made of them has a meaning of its own."""
    text = "Mereka tidak akan dapat hadir. Tidaklah harus begitu; pendapat tetap ditiadakan."
    assert vocabulary([text]) == ("hadir", "dapat", "tetap", "tiada")


def test_function_words_are_words() -> None:
    meanings = load_meanings()
    assert [word for word in load_function_words() if meanings.of(word).kind != "word"] == []


def test_another_lexicon_has_another_mark(tmp_path: Path) -> None:
    before = roots_mark()
    lay(Overlays(tmp_path, {"lexicon.yml": "zzz: {pos: n, senses: [a sleep]}\n"}))
    try:
        assert roots_mark() != before
    finally:
        lay(Overlays())
    assert roots_mark() == before


def test_files_for_browsers_follow_the_library_that_names_countries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def digests() -> set[str]:
        for texts in ({"lexicon.yml": "abad: {pos: n, senses: [age]}\n"}, {}):
            lay(Overlays(PROJECT_ROOT if texts else None, texts))  # nothing is remembered
        return {page.digest for page in lexicon_pages(factory.project())}

    before = digests()
    with monkeypatch.context() as other:
        other.setattr(lexicon, "version", lambda _: "another")
        assert not digests() & before
    assert digests() == before

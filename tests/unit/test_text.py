"""The short ways of ``text`` lead where the long ones lead."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dwiwarta.text import counted, one_line, printable_lines, squash, unescaped

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("aAzZ09_ -.,“”‘’–—…•\u00a0é\u0301ﬁ²ßİſ½¼™…\t\n\x1c\x85\u2028"),
        st.characters(),
    )
)


@given(texts)
@example("“Kami…” kata Sari – e\u0301")
def test_squashed_are_the_letters_and_digits_of_the_normal_form(text: str) -> None:
    expected = re.sub(r"[^\w]+|_+", "", unicodedata.normalize("NFKC", text)).casefold()
    assert squash(text) == expected


@given(texts)
def test_white_space_of_any_kind_becomes_one_space(text: str) -> None:
    assert one_line(text) == re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Tom &amp; Jerry &#233; &#xE9; &AMP", "Tom & Jerry é é &"),
        (f"a &#{'9' * 5000}; b &#x{'f' * 5000} c &#99999999; d", "a \ufffd b \ufffd c \ufffd d"),
        (f"&#00000065;&#{'0' * 5000}66 &#x000000043;&#0000000000x", "AB C\ufffdx"),
    ],
    ids=["characters", "none", "zeros"],
)
def test_entities_are_characters_whatever_their_number(text: str, plain: str) -> None:
    assert unescaped(text) == plain


def test_a_line_of_any_length_is_shown_with_its_beginning_and_its_end() -> None:
    line = f"dwiwarta.yml:2: site.logo: '{'x' * 100_000}' is no picture"
    first, second = printable_lines(f"{line}\nsite.name: \x1b").split("\n")
    assert first.startswith("dwiwarta.yml:2: site.logo: 'xxx")
    assert first.endswith("xxx' is no picture")
    assert len(first) < 1500
    assert second == "site.name: \\x1b"


@pytest.mark.parametrize(
    ("number", "nouns", "text"),
    [
        (1, ("edit",), "1 edit"),
        (0, ("edit",), "0 edits"),
        (1, ("pair of copies", "pairs of copies"), "1 pair of copies"),
        (1234, ("word",), "1,234 words"),
        (2, ("pair of copies", "pairs of copies"), "2 pairs of copies"),
    ],
)
def test_numbers_go_with_their_nouns(number: int, nouns: tuple[str, ...], text: str) -> None:
    assert counted(number, *nouns) == text

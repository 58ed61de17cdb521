"""Markdown as text: the marks go, every word stays, and no source takes long."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.read.markdown import markdown_to_text
from dwiwarta.text import squash
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_markdown.yml"


def test_markdown_to_text() -> None:
    def check(case: dict[str, Any]) -> None:
        text, left_out = markdown_to_text(case["md"])
        assert text.replace("\n\n", " // ").replace("\n", "⏎") == case["is"]
        assert [removal.text for removal in left_out] == case.get("out", [])
        assert all(removal.reason.startswith("markdown: ") for removal in left_out)

    check_each(cases(CASES), check)


_WORDS = st.sampled_from(["Satu", "dua", "4,5", "(x)", "“ya”", "a.b"])
_MARKS = st.sampled_from(["**", "_", "~~", "`", "# ", "- ", "> ", "\n", "\n\n", " ", "  \n", "| "])


@given(st.lists(_WORDS | _MARKS, max_size=30))
def test_no_word_is_lost(pieces: list[str]) -> None:
    source = " ".join(pieces)
    text, left_out = markdown_to_text(source)
    assert not left_out
    assert squash(text) == squash(source)


@pytest.mark.parametrize(
    "piece", ["`", "[", "![", "*a ", "_a ", "[^a]", "^[", "[[", "%% ", "==a", "> ", "<a ", "~~a "]
)
def test_a_row_of_marks_is_read(piece: str) -> None:
    # The time it takes grows with the length: with its square this would never end.
    text, _ = markdown_to_text(piece * 30_000)
    assert isinstance(text, str)


@pytest.mark.parametrize(
    "piece", ["[", "![", "[[", "[a](", "*a ", "[a\n", "`[` *b* ", "[" * 50 + "a"]
)
def test_a_megabyte_of_marks_is_shown_as_written(piece: str) -> None:
    marks = piece * (1_000_000 // len(piece))
    text, left_out = markdown_to_text(f"Satu *dua*.\n\n{marks}x\n\nTiga [empat](a) **lima**.")
    first, *block, last = text.split("\n\n")
    assert (first, last) == ("Satu dua.", "Tiga empat lima.")
    assert "".join("".join(block).split()) == "".join(f"{marks}x".split())
    (removal,) = left_out
    assert removal.reason == "markdown: more marks than are read: shown as written"


def test_a_block_of_many_lines_is_read() -> None:
    """What stands around a line break is looked for near it."""
    text, left_out = markdown_to_text("|A|b\n" * 200_000)
    assert not left_out
    assert text.count("|A|b") == 200_000


def test_the_links_of_a_long_article_are_read() -> None:
    paragraph = " ".join(
        f"[kata {number}](https://a.example/{number}) dan *lagi*" for number in range(100)
    )
    text, left_out = markdown_to_text("\n\n".join([paragraph] * 100))
    assert not left_out
    assert "[" not in text

"""The short ways of ``text`` lead where the long ones lead."""

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dwiwarta.text import (
    counted,
    json_for_logs,
    one_line,
    printable,
    printable_lines,
    printable_path,
    squash,
    unescaped,
)

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


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("::error::x", "./::error::x"),
        ("  ::error file=a::x", "./  ::error file=a::x"),
        ("\t::x", r"\t::x"),
        ("##[error]x", r"#\x23[error]x"),
        ("a.txt:1: ##[add-mask]x", r"a.txt:1: #\x23[add-mask]x"),
        ("###[group]", r"##\x23[group]"),
        ("a::b", "a::b"),
        ("## [a](b)", "## [a](b)"),
        ("#[a]", "#[a]"),
        ("C# [baru], F##", "C# [baru], F##"),
        ("Nilai 5:: 3 dan ::", "Nilai 5:: 3 dan ::"),
    ],
)
def test_no_line_gives_a_ci_a_command(line: str, shown: str) -> None:
    """As GitHub's runner reads lines (``ActionCommand.cs``)."""
    assert printable_path(line) == shown
    assert printable_lines(f"a\n{line}") == f"a\n{shown}"
    assert "##[" not in printable(line)


def test_json_for_logs_holds_the_same() -> None:
    value = {"##[error]a": ["##[b", "###[", r"\##["]}
    text = json_for_logs(json.dumps(value))
    assert json.loads(text) == value
    assert "##[" not in text

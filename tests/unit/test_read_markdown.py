"""Markdown as text: the marks go, every word stays, and no source takes long."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.errors import ArticleError
from dwiwarta.model import RawArticle, SourceRef
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.read.markdown import markdown_to_text
from dwiwarta.read.notes import without_note
from dwiwarta.settings import InputSettings
from dwiwarta.text import squash
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_markdown.yml"
NOTES = CASES.with_name("read_notes.yml")


def test_markdown_to_text() -> None:
    def check(case: dict[str, Any]) -> None:
        text, left_out = markdown_to_text(case["md"])
        assert text.replace("\n\n", " // ").replace("\n", "⏎") == case["is"]
        assert [removal.text for removal in left_out] == case.get("out", [])
        assert all(removal.reason.startswith("markdown: ") for removal in left_out)

    check_each(cases(CASES), check)


def read_note(file: Path) -> RawArticle:
    (article,) = read_file(file, file.name, InputSettings(), ProblemLog())
    return article


def test_what_programs_for_notes_write_around_an_article(tmp_path: Path) -> None:
    def check(case: dict[str, Any]) -> None:
        file = tmp_path / "a.md"
        file.write_text(case["file"] + "\n", encoding="utf-8")
        article = read_note(file)
        assert article.text.strip() == case["text"]
        for name in ("title", "author", "source_url"):
            assert getattr(article, name) == case.get(name)
        assert (article.published and article.published.day) == case.get("day")
        assert [removal.text for removal in article.left_out] == case.get("out", [])

    check_each(cases(NOTES), check)


def test_fields_above_a_pasted_text_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    head = "Title: Panen Raya\n\nURL Source: https://muara.example/panen\n\nMarkdown Content:\n"
    file.write_text(head + "Petani *senang*.\n", encoding="utf-8")
    article = read_note(file)
    assert (article.title, article.text) == ("Panen Raya", "Petani *senang*.\n")
    assert article.text_line == 6


def test_a_notebook_is_no_article(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    block = "id: " + "0" * 32 + "\ncreated_time: x\nupdated_time: x\nuser_data: \ntype_: 2"
    file.write_text(f"Berita\n\n{block}\n", encoding="utf-8")
    with pytest.raises(ArticleError, match="Joplin: no article"):
        read_note(file)


@pytest.mark.parametrize("piece", ["a: b\n", "- a:: b\n", "# [", "#a ", "%\n ", "id: a\n", "\n"])
@pytest.mark.cpu_seconds(5)
def test_no_head_takes_long(piece: str) -> None:
    text = piece * 30_000
    without_note(RawArticle(SourceRef("a.md"), text), markdown=True)
    without_note(RawArticle(SourceRef("a.md"), f"# Judul\n{text}"), markdown=True)


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


@pytest.mark.cpu_seconds(20)
@pytest.mark.parametrize(
    "table",
    [
        "|a|b|\n|-|-|\n" * 30_000,
        "a|b\n-|-\n" + "c|d\n" * 90_000,
        "|a" * 50_000 + "\n" + "|-" * 50_000,
    ],
    ids=["rules", "rows", "columns"],
)
def test_a_table_of_more_cells_than_any_article_has_is_shown_as_written(table: str) -> None:
    text, left_out = markdown_to_text(f"Satu *dua*.\n\n{table}\n\nTiga **lima**.")
    first, *block, last = text.split("\n\n")
    assert (first, last) == ("Satu dua.", "Tiga lima.")
    assert "".join("".join(block).split()) == "".join(table.split())
    (removal,) = left_out
    assert removal.reason == "markdown: more cells than are read: tables are shown as written"


def test_a_table_of_a_thousand_rows_is_read_as_one() -> None:
    text, left_out = markdown_to_text("|a|b|\n|-|-|\n" + "|satu|dua|\n" * 1_000)
    assert not left_out
    assert text.count("satu | dua") == 1_000


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

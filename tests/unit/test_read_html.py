"""HTML as text: every block that a page shows, in order, and bounds on markup that no page has."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.read.htmltext import MarkupError, html_to_text
from dwiwarta.read.markup import DEEPEST, MOST_ATTRIBUTES, parse_markup
from dwiwarta.text import squash, word_set
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_html.yml"


def test_html_to_text() -> None:
    def check(case: dict[str, Any]) -> None:
        text = html_to_text(case["html"], line_breaks=case.get("line_breaks", False))
        assert text.replace("\n\n", " // ").replace("\n", "⏎") == case["is"]

    check_each(cases(CASES), check)


_WORDS = st.lists(st.sampled_from(["Satu", "dua", "4,5", "(x)", "“ya”"]), max_size=3).map(" ".join)
_TAGS = st.sampled_from(
    sorted(word_set("p div b ul ol li table tr td th h2 br blockquote pre span sup dl a"))
)


@given(st.recursive(_WORDS, lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4))))
def test_no_word_is_lost_or_moved(tree: Any) -> None:
    def markup(node: Any) -> str:
        if isinstance(node, str):
            return node
        tag, children = node
        return f"<{tag}>{' '.join(map(markup, children))}</{tag}>"

    root = parse_markup(markup(tree))
    shown = "" if root is None else " ".join(root.itertext())
    text = html_to_text(markup(tree))
    numbers = [f"{number}. " for number in range(1, 5)]
    for line in text.split("\n"):
        if line.startswith(tuple(numbers)):
            text = text.replace(line, line[3:], 1)
    assert squash(text) == squash(shown)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_elements_nested_beyond_reason_are_refused_and_not_cut(tag: str) -> None:
    deep = f"<{tag}>" * (DEEPEST + 10)
    with pytest.raises(MarkupError, match="nested too deeply"):
        html_to_text(f"{deep}Isi")
    assert html_to_text("<b>Isi " * 1000).split() == ["Isi"] * 1000


def test_attributes_beyond_reason_are_left_out() -> None:
    many = " ".join(f"a{n}='>'" for n in range(5 * MOST_ATTRIBUTES))
    root = parse_markup(f"<p {many}>Isi <img src='data:{'A' * 100_000}'>lagi</p>")
    assert root is not None
    (paragraph,) = root.iter("p")
    (image,) = root.iter("img")
    assert len(paragraph.attrib) == MOST_ATTRIBUTES
    assert not image.attrib
    assert paragraph.text_content() == "Isi lagi"


@pytest.mark.parametrize("piece", ["<p>x", "<li>x", "<tr><td>x", "x<br><br>"])
def test_a_very_long_page_is_read_to_its_end(piece: str) -> None:
    text = html_to_text("<table><tr>" + piece * 50_000)
    assert text.count("x") == 50_000

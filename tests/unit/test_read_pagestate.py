"""Pages of which scripts show the text: the article in their data, or a way out."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.read.jsonvalues import document_text
from dwiwarta.read.pagestate import read_state
from dwiwarta.read.webpage import NoArticleError, extract_page
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_state.yml"
TEXTS = {
    "$T": "Kapal Barang ke Muara Terlambat",
    "$A": "Warga di tepi selat menunggu kapal barang yang sudah terlambat tiga hari karena badai.",
    "$B": "Kepala pelabuhan mengatakan kapal itu baru akan berangkat setelah ombak mereda.",
    "$C": "Sementara itu, harga beras di pasar naik seribu rupiah sejak kapal terakhir datang.",
}


def filled(text: str) -> str:
    for name, value in TEXTS.items():
        text = text.replace(name, value)
    return text


def test_what_of_a_page_s_data_is_the_article() -> None:
    def check(case: dict[str, Any]) -> None:
        markup = filled(case["page"])
        if "refused" in case:
            with pytest.raises(NoArticleError, match=case["refused"]):
                extract_page(markup)
            return
        page = extract_page(markup)
        said = [line for line in page.text.split("\n") if line]
        assert said == [filled(line) for line in case["text"]]
        assert page.title == filled(case["title"])
        assert page.author == case.get("author")
        assert (page.published and page.published.iso) == case.get("date")

    check_each(cases(CASES), check)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "content", "text", "children", "blocks", "data", "root", "a"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(VALUES)
def test_no_value_is_too_odd(value: object) -> None:
    document_text(value)
    data = json.dumps(value)
    assert read_state(f'<script type="application/json">{data}</script>', {"x"}, alone=True) is None


def test_documents_in_one_another_without_end() -> None:
    value: object = "x"
    for _ in range(500):
        value = [{"children": value}]
    assert document_text(value) == ""

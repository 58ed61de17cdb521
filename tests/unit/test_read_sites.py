"""Whole pages in the shape of what people save: their title, author, day and text."""

from pathlib import Path
from typing import Any

from dwiwarta.read.webpage import extract_page
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_sites.yml"


def test_pages_of_usual_sites() -> None:
    def check(case: dict[str, Any]) -> None:
        page = extract_page(case["page"])
        assert [line for line in page.text.split("\n") if line] == case["text"]
        assert page.title == case["title"]
        assert page.author == case.get("author")
        assert (page.published and page.published.iso) == case.get("date")

    check_each(cases(CASES), check)

"""The comparison of words in the browser, on data: ``tests/cases/search_words.yml``."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from dwiwarta.settings import PROJECT_ROOT
from site_rig import serve_site

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/search_words.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def module(browser: Browser) -> Iterator[Page]:
    """A page that can import the module as it stands in the project."""
    with serve_site(PROJECT_ROOT / "docs" / "assets") as site, browser.new_context() as context:
        page = context.new_page()
        page.goto(site.url + "search/words.js")
        yield page


def related(page: Page, language: str, pairs: list[tuple[str, str]]) -> list[bool]:
    answers: list[bool] = page.evaluate(
        """async ([language, pairs]) => {
          const { related } = await import("/search/words.js");
          return pairs.map(([a, b]) => related(a, b, language));
        }""",
        [language, pairs],
    )
    return answers


@pytest.mark.parametrize("language", ["id", "en"])
def test_forms_of_one_word(module: Page, language: str) -> None:
    first = [(family[0], other) for family in CASES["related"][language] for other in family[1:]]
    both_ways = first + [(b, a) for a, b in first]
    answers = related(module, language, both_ways)
    assert [pair for pair, yes in zip(both_ways, answers, strict=True) if not yes] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_other_words(module: Page, language: str) -> None:
    pairs = [(family[0], other) for family in CASES["unrelated"][language] for other in family[1:]]
    # Words of different families have nothing to do with each other either.
    pairs += combinations([family[0] for family in CASES["related"][language]], 2)
    answers = related(module, language, pairs)
    assert [pair for pair, yes in zip(pairs, answers, strict=True) if yes] == []


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: repr(case[0]))
def test_queries(module: Page, case: list[Any]) -> None:
    query = module.evaluate(
        """async (text) => (await import("/search/words.js")).parseQuery(text)""", case[0]
    )
    if case[1] is None:
        assert query is None
    else:
        exact = [query["exact"]] if query["exact"] else []
        assert [query["terms"], query["phrases"], query["text"], *exact] == case[1:]

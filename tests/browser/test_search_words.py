"""Words in the browser and in the build: the same forms and stems, and queries taken apart.

On data: ``tests/cases/search_words.yml``.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from conftest import lone_page
from dwiwarta.search.buckets import bucket_of
from dwiwarta.search.schema import search_words
from dwiwarta.search.words import forms_of, rules, stem
from dwiwarta.settings import PROJECT_ROOT
from site_rig import serve_site

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/search_words.yml").read_text(encoding="utf-8"))
LANGUAGES = ("id", "en")
# Texts as they come, with what is hard about them.
TEXTS = [
    *(case[0] for case in CASES["forms"]),
    *(case[0] for case in CASES["queries"]),
    "ISTANBUL İSTANBUL ıssız Straße ŒUVRE ﬁn 한국어 中国 日本語 हिन्दी ไทย عربي",
    "Élan vital, naïve; São Tomé: São Tomé. Ørsted",
    "x" * 61 + " " + "y" * 60,
    "20AN 3D G20 B-50 F16 U.S. A.S. 1.2.3.4 1,2,3 007 0.5 00,5 ½ ² ٣",
    "SEMUA KATA DALAM HURUF BESAR AS",
]


@pytest.fixture(scope="module")
def module(browser: Browser) -> Iterator[Page]:
    """A page that can import the modules as they stand in the project."""
    with serve_site(PROJECT_ROOT / "docs" / "assets") as site, lone_page(browser) as page:
        page.goto(site.url + "search/words.js")
        yield page


def ask(page: Page, expression: str, given: Any) -> Any:
    """``expression`` over the ``language`` and what is ``given``."""
    return page.evaluate(
        """async ([rules, expression, given]) => {
          const { Words } = await import("/search/words.js");
          const { parseQuery } = await import("/search/query.js");
          const { bucketOf } = await import("/search/files.js");
          const { edits } = await import("/search/engine.js");
          const language = new Words(rules);
          return new Function(
            "language", "parseQuery", "bucketOf", "edits", "given", `return ${expression}`,
          )(language, parseQuery, bucketOf, edits, given);
        }""",
        [rules(), expression, given],
    )


def all_words() -> list[str]:
    """Words of all kinds: of the cases, of the rules, and roots with affixes around them."""
    words = {
        word
        for kind in ("related", "unrelated")
        for lang in LANGUAGES
        for family in CASES[kind][lang]
        for word in family
    }
    known = search_words()
    roots = known.indonesian.roots.split()
    words |= {word for line in known.spellings for word in line.split()} | set(roots)
    for number, root in enumerate(roots):
        prefix = known.indonesian.prefixes[number % len(known.indonesian.prefixes)][0]
        ending = ("kan", "an", "i", "nya", "annya", "lah")[number % 6]
        words |= {f"{prefix}{root}{ending}", f"{prefix}{root}", f"{root}{ending}"}
        words |= {f"{root}ing", f"{root}ation", f"{root}ies", f"{root}ers"}
    return sorted(words)


def test_stems_are_those_of_the_build(module: Page) -> None:
    words = all_words()
    assert len(words) > 5000
    for language in LANGUAGES:
        theirs = ask(module, f"given.map(word => language.stem(word, '{language}'))", words)
        ours = [stem(word, language) for word in words]
        assert [w for w, a, b in zip(words, ours, theirs, strict=True) if a != b] == []


def test_forms_are_those_of_the_build(module: Page) -> None:
    theirs = ask(module, "given.map(text => language.forms(text))", TEXTS)
    assert theirs == [list(forms_of(text)) for text in TEXTS]


def test_files_of_words_are_those_of_the_build(module: Page) -> None:
    stems = sorted({stem(word, "id") for word in all_words()} | {"é", "🚆", "中国", "4.2", "a"})
    assert ask(module, "given.map(bucketOf)", stems) == [bucket_of(one) for one in stems]


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: repr(case[0]))
def test_queries(module: Page, case: list[Any]) -> None:
    query = ask(module, "parseQuery(given, language)", case[0])
    found = {
        "terms": [term["form"] for term in query["terms"]],
        "phrases": query["phrases"],
        "excluded": [term["form"] for term in query["excluded"]],
        "not": query["excludedPhrases"],
        "period": query["period"] and [query["period"]["from"], query["period"]["to"]],
    }
    assert {name: value for name, value in found.items() if value} == case[1]


@pytest.mark.parametrize("case", CASES["edits"], ids=repr)
def test_edits(module: Page, case: list[Any]) -> None:
    one, other, distance = case
    for pair in ([one, other], [other, one]):
        assert ask(module, "edits(given[0], given[1], 2)", pair) == distance


def test_places_of_words_are_found_in_texts_with_accents(module: Page) -> None:
    text = "São Tomé, Zürich: Élysée"
    tokens = ask(module, "[...language.tokens(given)]", text)
    assert [text[t["start"] : t["end"]] for t in tokens] == ["São", "Tomé", "Zürich", "Élysée"]

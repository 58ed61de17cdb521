"""The minimal pages that the search indexes."""

import re
from dataclasses import replace
from datetime import date

import lxml.html
import pytest

import factory
from dwiwarta.model import CountryTag, Entry, State, Tags, TopicTag, TranslatedText
from dwiwarta.render.views import topic_url
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.site.search_pages import (
    NO_ENGLISH,
    country_token,
    facet_values,
    made_token,
    search_pages,
    topic_token,
)


def page(entry: Entry, language: str) -> lxml.html.HtmlElement:
    pages = search_pages([entry], language)
    assert list(pages) == [f"article/{entry.slug}/index.html"]
    return lxml.html.fromstring(next(iter(pages.values())).encode())


def meta(tree: lxml.html.HtmlElement) -> dict[str, str]:
    return {
        str(element.get("data-pagefind-meta")).removesuffix("[content]"): str(
            element.get("content")
        )
        for element in tree.xpath("//meta[@data-pagefind-meta]")
    }


def body(tree: lxml.html.HtmlElement) -> list[str]:
    return [element.text_content() for element in tree.xpath("//body/*")]


TAGS = Tags(
    countries=(CountryTag("RU", about=True, score=9), CountryTag("JP", about=False, score=1)),
    topics=(TopicTag("medtop:11000000", 4), TopicTag("medtop:16000000", 3)),
)


def test_a_page_holds_one_language_and_nothing_of_the_other() -> None:
    entry = factory.entry(
        title=("Judul contoh", "Sample headline"),
        paragraphs=[("Ini satu.", "This is one."), ("Ini dua.", None)],
    )
    indonesian, english = page(entry, "id"), page(entry, "en")
    assert body(indonesian) == ["Judul contoh", "Ini satu.", "Ini dua."]
    assert body(english) == ["Sample headline", "This is one."]
    assert indonesian.get("lang") == "id"
    assert english.get("lang") == "en"
    assert meta(indonesian)["title"] == "Judul contoh"
    assert meta(indonesian)["other"] == "Sample headline"
    assert meta(english)["title"] == "Sample headline"
    assert meta(english)["other"] == "Judul contoh"


def test_what_is_not_translated_has_no_english_page() -> None:
    entry = factory.entry(title=("Judul", None), paragraphs=[("Teks.", None)])
    assert search_pages([entry], "en") == {}
    assert "other" not in meta(page(entry, "id"))


def test_an_untranslated_title_leaves_the_english_page_without_one() -> None:
    entry = factory.entry(title=("Judul", None), paragraphs=[("Teks.", "Text.")])
    english = page(entry, "en")
    assert body(english) == ["Text."]
    assert "title" not in meta(english)
    assert meta(english)["other"] == "Judul"


def test_metadata() -> None:
    entry = factory.entry(tags=TAGS)
    values = meta(page(entry, "id"))
    assert values["date"] == entry.article.published.iso  # type: ignore[union-attr]
    assert values["facets"] == "dwc1821 dwt11000000 dwt16000000"
    assert values["lang"] == "id"


def test_undated_articles_sort_last() -> None:
    tree = page(factory.entry(when=None), "id")
    assert "date" not in meta(tree)
    assert tree.xpath("//meta[@data-pagefind-sort]/@content") == ["0000"]
    dated = page(factory.entry(when=date(2023, 11, 9)), "id")
    assert dated.xpath("//meta[@data-pagefind-sort]/@content") == ["2023-11-09"]


@pytest.mark.parametrize(
    ("states", "tag"),
    [
        ([State.MACHINE], "en-x-mtfrom-id"),
        ([State.APPROVED, State.EDITED], "en"),
        ([State.APPROVED, State.MACHINE], "en-x-mtfrom-id"),
        ([State.DRAFT], "en-x-mtfrom-id"),
    ],
)
def test_english_is_plain_only_where_people_stand_behind_all_of_it(
    states: list[State], tag: str
) -> None:
    segments = tuple(factory.segment("Teks.", "Text.", state) for state in states)
    stars = factory.segment("***", "***", State.MACHINE, "unchanged")  # nobody translates these
    text = TranslatedText(title=segments[0], paragraphs=(*segments, stars))
    assert meta(page(replace(factory.entry(), text=text), "en"))["lang"] == tag


D, M, E, A = State.DRAFT, State.MACHINE, State.EDITED, State.APPROVED


@pytest.mark.parametrize(
    ("states", "english", "indonesian"),
    [
        ([A, A], "dwm3", "dwm3"),
        ([A, E], "dwm2", "dwm3"),
        ([M, M], "dwm1", "dwm1"),
        ([A, E, M], "dwm5", "dwm3"),
        ([M, A, D], "dwm4", "dwm1"),
        ([None, M], "dwm1", None),  # beside the Indonesian no English is shown
        ([D, None], "dwm0", "dwm0"),
    ],
)
def test_the_mark_says_what_stands_behind_the_english_that_is_shown(
    states: list[State | None], english: str, indonesian: str | None
) -> None:
    segments = tuple(
        factory.segment("Teks.", "Text." if state else None, state or M) for state in states
    )
    stars = factory.segment("***", "***", M, "unchanged")
    text = TranslatedText(title=segments[0], paragraphs=(*segments[1:], stars))
    entry = replace(factory.entry(), text=text)
    assert meta(page(entry, "en")).get("made") == english
    assert meta(page(entry, "id")).get("made") == indonesian


def test_an_article_without_english_is_marked_as_that_unless_there_are_no_words() -> None:
    entry = factory.entry(title=("Judul", None), paragraphs=[("Teks.", None)])
    assert meta(page(entry, "id"))["made"] == NO_ENGLISH
    numbers = factory.entry(title=("2023", "2023"), paragraphs=[("***", "***")])
    assert "made" not in meta(page(numbers, "id"))


def test_the_browser_has_words_for_every_mark() -> None:
    script = (PROJECT_ROOT / "docs/assets/search/entry.js").read_text("utf-8")
    marks = {made_token(state) for state in State}
    marks |= {made_token(state, partly=True) for state in State if not state.is_human}
    assert set(re.findall(r"^  (dwm\d):", script, re.MULTILINE)) == {*marks, NO_ENGLISH}


def test_texts_are_escaped_and_cleaned() -> None:
    nasty = (
        "</title><script>alert(1)</script>\"'> & "
        "\u200bzero\ufeffwidth \x00\x1b[0m a\u00a0b\nc \ud800"
    )
    entry = factory.entry(title=(nasty, None), paragraphs=[(nasty, None)])
    tree = page(entry, "id")
    wanted = "</title><script>alert(1)</script>\"'> & zerowidth [0m a b c"
    assert [text.rstrip() for text in body(tree)] == [wanted, wanted]
    assert meta(tree)["title"].rstrip() == wanted
    assert tree.xpath("//script") == []


def test_tokens_are_words_that_no_stemmer_changes() -> None:
    assert country_token("RU") == "dwc1821"
    assert country_token("US") == "dwc2119"
    assert topic_token("medtop:16000000") == "dwt16000000"


def test_facet_values_count_articles_and_have_both_names() -> None:
    other = Tags(countries=(CountryTag("RU", about=True, score=9),))
    countries, topics = facet_values([factory.entry(tags=TAGS), factory.entry(tags=other)])
    assert [(c.key, c.slug, c.english, c.indonesian, c.articles) for c in countries] == [
        ("RU", "ru", "Russia", "Rusia", 2)
    ]
    assert [f"topic/{t.slug}/" for t in topics] == [topic_url(t.key) for t in topics]
    assert [(t.key, t.articles) for t in topics] == sorted(
        [("medtop:11000000", 1), ("medtop:16000000", 1)],
        key=lambda pair: next(t.english for t in topics if t.key == pair[0]),
    )
    assert all(t.english != t.indonesian for t in topics)


def test_the_order_of_entries_does_not_matter() -> None:
    one, two = factory.entry(slug="a"), factory.entry(slug="b")
    assert list(search_pages([one, two], "id").items()) == list(
        search_pages([two, one], "id").items()
    )


@pytest.mark.parametrize("line", ["---", "* * *", "===", "2-1", "🎉", "1945"])
def test_what_has_no_word_makes_no_english_page(line: str) -> None:
    entry = factory.entry(
        title=("Judul contoh", None), paragraphs=[("Ini satu.", None), (line, line)]
    )
    assert search_pages([entry], "en") == {}
    assert line in body(page(entry, "id"))


def test_english_without_a_word_makes_no_page() -> None:
    entry = factory.entry(title=("Judul contoh", "—"), paragraphs=[("Ini satu.", "…")])
    assert search_pages([entry], "en") == {}

"""The page of a story: who belongs to it, in which order, and what each telling adds."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factory
from dwiwarta.model import Entry, Page
from dwiwarta.render import render_pages
from dwiwarta.render.stories import told_stories
from dwiwarta.render.summary import EntryLibrary
from dwiwarta.render.tellings import additions
from page_rig import read, texts

FIRST = (
    ("Banjir melanda Desa Sukamaju pada Senin pagi. Sebanyak 12 orang mengungsi.", None),
    ("Air setinggi dua meter merendam rumah warga.", None),
)
SECOND = (
    ("Banjir melanda Desa Sukamaju pada Senin pagi. Sebanyak 27 orang mengungsi.", None),
    ("Air setinggi dua meter merendam rumah warga.", None),
    ("Gubernur menjanjikan bantuan beras mulai besok.", "The governor promised rice."),
)


def _story(*slugs: str, **parts: object) -> list[Entry]:
    """Tellings that are linked in a row, a day apart in the order given."""
    made = []
    for at, slug in enumerate(slugs):
        near = [*slugs[max(at - 1, 0) : at], *slugs[at + 1 : at + 2]]
        when = datetime(2026, 2, 3 + at, 9, tzinfo=factory.WIB)
        made.append(factory.entry(slug, related=near, when=when, **parts))  # type: ignore[arg-type]
    return made


def _page(entries: Sequence[Entry]) -> Page:
    made = render_pages(entries, factory.project())
    (page,) = (one for one in made if one.path.startswith("story/"))
    return page


@pytest.fixture(scope="module")
def flood() -> list[Entry]:
    first, second = _story("banjir-a", "banjir-b")
    return [
        replace(first, text=factory.entry(paragraphs=FIRST).text),
        replace(second, text=factory.entry(paragraphs=SECOND).text),
    ]


def test_who_is_linked_by_a_chain_is_of_one_story_whatever_the_order() -> None:
    entries = [*_story("a", "b", "c"), *_story("x", "y"), factory.entry("alone")]
    for _ in range(5):
        random.Random(_).shuffle(entries)
        stories = told_stories(EntryLibrary(entries).summaries())
        assert [[one.slug for one in told.tellings] for told in stories] == [
            ["a", "b", "c"],
            ["x", "y"],
        ]
        assert [told.url for told in stories] == ["story/a/", "story/x/"]


def test_an_article_without_a_date_does_not_give_the_story_its_address() -> None:
    first, second = _story("b", "a")
    undated = replace(second, story=factory.entry("a", when=None, related=["b"]).story)
    (told,) = told_stories(EntryLibrary([first, undated]).summaries())
    assert [one.slug for one in told.tellings] == ["b", "a"]


def test_an_article_without_a_date_does_not_head_the_page_of_its_story(flood: list[Entry]) -> None:
    undated = factory.entry("a", when=None, related=["banjir-a"], title=("Tanpa tanggal", None))
    dated = replace(flood[0], related=("banjir-b", "a"))
    _, tree = read(_page([dated, flood[1], undated]))
    (heading,) = texts(tree, "//h1")
    assert "Tanpa tanggal" not in heading
    assert "Tanpa tanggal" in texts(tree, "//li")[-1]


def test_new_sentences_of_a_later_telling_are_marked_and_the_others_left_out(
    flood: list[Entry],
) -> None:
    _, tree = read(_page(flood))
    assert texts(tree, "//li[1]//mark") == []
    # Another number is news, the same sentence is not.
    assert texts(tree, "//li[2]//mark") == [
        "Sebanyak 27 orang mengungsi.",
        "Gubernur menjanjikan bantuan beras mulai besok.",
    ]
    assert "Air setinggi" not in " ".join(texts(tree, "//li[2]"))
    assert texts(tree, "//li[2]//p[@class='dw-telling__new']") == ["2 new sentences"]
    assert "The governor promised rice." in texts(tree, "//li[2]//p[@lang]")


def test_a_copy_word_by_word_adds_nothing(flood: list[Entry]) -> None:
    again = replace(flood[0], slug="banjir-b", related=("banjir-a",))
    _, tree = read(_page([flood[0], again]))
    assert texts(tree, "//p[@class='dw-telling__new']") == ["First report", "Nothing new in it"]
    assert texts(tree, "//mark") == []


def test_each_article_leads_to_the_page_of_its_story(flood: list[Entry]) -> None:
    pages = {one.path: one for one in render_pages(flood, factory.project())}
    for slug in ("banjir-a", "banjir-b"):
        _, tree = read(pages[f"article/{slug}/index.md"])
        assert tree.xpath("//a[@href='../../story/banjir-a/']")
    alone = render_pages([factory.entry("alone")], factory.project())
    assert not [one for one in alone if one.path.startswith("story/")]


def test_a_story_is_rendered_again_when_one_of_its_articles_changes(flood: list[Entry]) -> None:
    before = _page(flood)
    assert _page(list(reversed(flood))) == before
    changed = replace(flood[1], text=factory.entry(paragraphs=FIRST).text)
    assert _page([flood[0], changed]).digest != before.digest


@given(st.lists(st.text(max_size=80), min_size=1, max_size=6))
def test_text_of_any_kind_is_shown_and_adds_nothing_the_second_time(paragraphs: list[str]) -> None:
    one = factory.entry(paragraphs=[(text, None) for text in paragraphs])
    first, second = additions([one, one])
    assert second == ()
    assert all("<mark>" not in shown.source for shown in first)


def test_markup_in_an_article_stays_text(flood: list[Entry]) -> None:
    wicked = factory.entry(paragraphs=[("<script>alert(1)</script> kabar terbaru & baru.", None)])
    _, tree = read(_page([flood[0], replace(flood[1], text=wicked.text)]))
    assert not tree.xpath("//script")
    assert "<script>alert(1)</script> kabar terbaru & baru." in " ".join(texts(tree, "//li[2]"))


def test_home_shows_the_newest_report_of_a_story_and_leads_to_all(flood: list[Entry]) -> None:
    pages = {one.path: one for one in render_pages([*flood, *_story("c")], factory.project())}
    _, tree = read(pages["index.md"])
    shown = [link.split("/")[-2] for link in tree.xpath("//h3/a/@href")]
    assert shown == ["banjir-b", "c"]
    assert texts(tree, "//span[@class='dw-card__story']") == ["2 reports, since 3 February 2026"]
    assert tree.xpath("//span[@class='dw-card__story']/a/@href") == ["./story/banjir-a/"]

"""Feeds: what is in them, that programs read them, and when they change."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import factory
from dwiwarta.model import Entry, Page, State, Tags
from dwiwarta.render import EntryLibrary, plan_pages, render_pages
from dwiwarta.render.feeds.plan import ENOUGH, NEWEST, NEWEST_OF_PART, tag_uri
from dwiwarta.settings import Project, Settings, SiteSettings

CASES = Path(__file__).parents[1] / "cases"
SCHEMA = etree.RelaxNG(etree.parse(CASES / "atom.rng"))
NS = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
JAPAN = Tags(countries=factory.countries("JP"), topics=factory.topics(factory.ECONOMY))


def project(**site: Any) -> Project:
    return replace(factory.project(), settings=Settings(site=SiteSettings(**site)))


def files(entries: Sequence[Entry], of: Project | None = None) -> dict[str, Page]:
    made = render_pages(entries, of or project())
    return {page.path: page for page in made if page.path.startswith("feed/")}


def atom(page: Page) -> Any:
    """The tree of a feed that is as the standard wants it."""
    tree = etree.fromstring(page.render())
    assert SCHEMA.validate(tree), SCHEMA.error_log
    ids = tree.xpath("//a:id/text()", namespaces=NS)
    assert len(ids) == len(set(ids))
    for link in ("self", "alternate"):
        assert len(tree.xpath(f"a:link[@rel='{link}']", namespaces=NS)) == 1
    return tree


def daily(number: int, tags: Tags = JAPAN, source: str = "Kabar Pesisir") -> list[Entry]:
    """One article a day."""
    return [
        factory.entry(
            f"2026-01-{day:02}-berita",
            (f"Berita {day}", f"Item {day}"),
            when=date(2026, 1, day),
            tags=tags,
            source_name=source,
        )
        for day in range(1, number + 1)
    ]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_feed_is_valid_and_parsed_clean(language: str) -> None:
    made = files([*factory.sample_entries(), *daily(ENOUGH)], project(language=language))
    feeds = [page for path, page in made.items() if path.endswith(".xml")]
    assert len(feeds) == 4  # of everything, Japan, the economy, Kabar Pesisir
    for page in feeds:
        tree = atom(page)
        parsed = feedparser.parse(page.render())
        assert not parsed.bozo, parsed.bozo_exception
        assert parsed.version == "atom10"
        assert len(parsed.entries) == len(tree.findall("a:entry", NS)) > 0
        for entry in parsed.entries:
            assert entry.id.startswith("tag:dwiwarta.example,2026:article/")
            assert entry.link.startswith("https://dwiwarta.example/article/")
            assert entry.published_parsed
            assert entry.content[0].value


def test_both_languages_are_there_in_full_and_say_what_they_are() -> None:
    (entry, *_) = factory.sample_entries()
    page = files([entry])["feed/all.xml"]
    (item,) = atom(page).findall("a:entry", NS)
    title = item.find("a:title", NS)
    assert title.text == f"{entry.text.title.translation.text} · {entry.article.title}"  # type: ignore[union-attr]
    assert title.get(XML_LANG) == "mul"
    content = item.find("a:content/h:div", NS)
    for language, texts in (
        ("id", [segment.source for segment in entry.text.paragraphs]),
        ("en-x-mtfrom-id", [s.translation.text for s in entry.text.paragraphs if s.translation]),
    ):
        said = content.xpath(f".//h:p/*[@lang='{language}']", namespaces=NS)
        assert [one.text for one in said] == texts
        assert {one.get(XML_LANG) for one in said} == {language}
    assert "No person has checked it." in "".join(content.itertext())
    assert item.find("a:summary", NS).text.endswith(" (Machine translation)")


def test_what_is_not_settled_is_marked_as_on_the_pages() -> None:
    mixed = next(one for one in factory.sample_entries() if len(_states(one)) > 1)
    page = files([mixed])["feed/all.xml"]
    content = atom(page).find("a:entry/a:content", NS)
    labels = ["".join(one.itertext()) for one in content.findall(".//h:small", NS)]
    assert any(label.endswith("not checked") for label in labels)
    assert "Not translated yet" in labels


def _states(entry: Entry) -> set[State | None]:
    return {s.translation.state if s.translation else None for s in entry.text.paragraphs}


def test_a_json_feed_says_the_same() -> None:
    made = files(factory.sample_entries())
    tree, whole = atom(made["feed/all.xml"]), json.loads(made["feed/all.json"].render())
    assert whole["version"] == "https://jsonfeed.org/version/1.1"
    assert whole["feed_url"] == "https://dwiwarta.example/feed/all.json"
    entries = tree.findall("a:entry", NS)
    for entry, item in zip(entries, whole["items"], strict=True):
        assert item["id"] == entry.findtext("a:id", namespaces=NS)
        assert item["title"] == entry.findtext("a:title", namespaces=NS)
        assert item["date_published"] == entry.findtext("a:published", namespaces=NS)
        div = entry.find("a:content/h:div", NS)
        assert "".join(etree.HTML(item["content_html"]).itertext()) == "".join(div.itertext())
        assert item.keys() >= {"url", "language"}


def test_every_feed_is_in_the_list_for_programs_and_in_that_for_people() -> None:
    entries = daily(ENOUGH)
    made = files(entries)
    outlines = etree.fromstring(made["feed/feeds.opml"].render()).findall(".//outline[@xmlUrl]")
    listed = {one.get("xmlUrl").removeprefix("https://dwiwarta.example/") for one in outlines}
    assert listed == {path for path in made if path.endswith(".xml")}
    assert {one.get("type") for one in outlines} == {"rss"}
    page = made["feed/index.md"].render().decode()
    for path in listed:
        assert f'href="{path.removeprefix("feed/")}"' in page


def test_a_list_makes_its_feed_known() -> None:
    entries = [*daily(ENOUGH), factory.entry("2026-02-02-lain", tags=factory_tags("KE"))]
    made = render_pages(entries, project())
    pages = {page.path: page.render().decode() for page in made if page.path.endswith(".md")}
    known = '<link rel=\\"alternate feed\\" type=\\"application/atom+xml\\"'
    address = 'href=\\"https://dwiwarta.example/feed/country/jp.xml\\"'
    assert known in pages["country/jp/index.md"]
    assert address in pages["country/jp/index.md"]
    assert known not in pages["country/ke/index.md"]


def factory_tags(codes: str) -> Tags:
    return Tags(countries=factory.countries(codes))


def test_a_feed_is_for_what_is_in_the_news_often_enough() -> None:
    few = files(daily(ENOUGH - 1))
    assert sorted(few) == ["feed/all.json", "feed/all.xml", "feed/feeds.opml", "feed/index.md"]
    names = [*daily(ENOUGH, source="Kabar"), *daily(2, source="KABAR")]
    many = [replace(one, slug=f"{one.slug}-{n}") for n, one in enumerate(names)]
    assert "feed/source/kabar.xml" in files(many)  # however it is written
    title = atom(files(many)["feed/source/kabar.xml"]).findtext("a:title", namespaces=NS)
    assert title == "Kabar · Dwiwarta"


def test_a_feed_holds_the_newest_and_no_article_without_a_date() -> None:
    entries = [
        replace(one, slug=f"{one.slug}-{n}") for n in (1, 2) for one in daily(NEWEST // 2 + 5)
    ]
    made = files([*entries, factory.entry("tanpa-tanggal", when=None, tags=JAPAN)])
    everything = atom(made["feed/all.xml"]).findall("a:entry", NS)
    assert len(everything) == NEWEST
    assert len(atom(made["feed/country/jp.xml"]).findall("a:entry", NS)) == NEWEST_OF_PART
    days = [one.findtext("a:published", namespaces=NS) for one in everything]
    assert days == sorted(days, reverse=True)
    assert "tanpa-tanggal" not in made["feed/all.xml"].render().decode()


def test_a_new_article_changes_only_the_feeds_that_it_is_in() -> None:
    old = [
        replace(one, slug=f"{one.slug}-{code}")
        for code in ("jp", "ke")
        for one in daily(ENOUGH, factory_tags(code.upper()), f"Kabar {code}")
    ]
    new = factory.entry("2026-02-02-baru", tags=factory_tags("JP"), source_name="Kabar jp")
    before, after = (
        {p: one.digest for p, one in files(some).items()} for some in (old, [*old, new])
    )
    assert before.keys() == after.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {
        f"feed/{name}.{ending}"
        for name in ("all", "country/jp", "source/kabar-jp")
        for ending in ("xml", "json")
    }


def test_a_feed_is_as_old_as_its_newest_article_and_no_clock_is_asked() -> None:
    late = factory.entry(
        "b", when=datetime(2026, 1, 1, 23, 0, tzinfo=timezone(timedelta(hours=-8)))
    )
    early = factory.entry("a", when=datetime(2026, 1, 2, 1, 0, tzinfo=timezone(timedelta(hours=9))))
    tree = atom(files([late, early])["feed/all.xml"])
    assert tree.findtext("a:updated", namespaces=NS) == "2026-01-01T23:00:00-08:00"
    empty = atom(files([])["feed/all.xml"])
    assert empty.findtext("a:updated", namespaces=NS) == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (date(2026, 1, 5), "2026-01-05T12:00:00+00:00"),
        (datetime(2026, 1, 5, 9, 30, tzinfo=factory.WIB), "2026-01-05T09:30:00+07:00"),
        (datetime(2026, 1, 5, 9, 30), "2026-01-05T09:30:00+00:00"),  # noqa: DTZ001
        (datetime(1, 1, 1, tzinfo=factory.WIB), "0001-01-01T00:00:00+07:00"),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "9999-12-31T23:00:00+00:00"),
        (
            datetime(2026, 1, 5, tzinfo=timezone(timedelta(hours=7, minutes=7, seconds=12))),
            "2026-01-04T16:52:48+00:00",
        ),
    ],
)
def test_a_moment_is_told_as_feeds_want_it(when: date, told: str) -> None:
    tree = atom(files([factory.entry(when=when)])["feed/all.xml"])
    assert tree.findtext("a:entry/a:published", namespaces=NS) == told


def test_ids_stay_when_a_site_moves_and_says_so() -> None:
    entries = daily(1)
    moved = replace(project(), site_url="https://name.example.org/news/")
    ids = "tag:name.example.org,2026:news/article/2026-01-01-berita"
    assert f"<id>{ids}</id>" in files(entries, moved)["feed/all.xml"].render().decode()
    kept = replace(moved, settings=project(feed_ids="tag:dwiwarta.example,2026:").settings)
    both = [files(entries, one)["feed/all.xml"] for one in (project(), kept)]
    first, second = (atom(page).xpath("//a:id/text()", namespaces=NS) for page in both)
    assert first == second


def test_no_two_sites_have_the_same_ids_with_an_address_or_without() -> None:
    nowhere = replace(project(), site_url=None)
    sites = (nowhere, replace(nowhere, site_name="Warta Kita"), project())
    ids = [tag_uri(one, specific) for one in sites for specific in ("book/latest", "book/other")]
    assert len(set(ids)) == len(ids)
    assert [one.partition(":")[0] for one in ids] == ["urn"] * 4 + ["tag"] * 2
    assert tag_uri(replace(nowhere, edit_base=None), "book/latest") == ids[0]


def test_without_an_address_of_the_site_or_a_wish_there_are_none() -> None:
    library = EntryLibrary(daily(ENOUGH))
    for no_feeds in (replace(project(), site_url=None), project(feeds=False)):
        pages = plan_pages(library.summaries(), library, no_feeds)
        assert not [page for page in pages if page.path.startswith("feed/")]
        text = next(p for p in pages if p.path == "country/jp/index.md").render().decode()
        assert "feed/" not in text


@given(st.text(min_size=1), st.text(), st.text(), st.text())
def test_any_text_is_escaped(source: str, english: str, name: str, title: str) -> None:
    entry = factory.entry(
        title=(title, english),
        paragraphs=[(source, english), ("Ini <b>& itu.", None)],
        source_name=name,
        byline=name,
        source_url="https://example.org/?a=1&b=<2>",
    )
    made = files([entry])
    atom(made["feed/all.xml"])
    parsed = feedparser.parse(made["feed/all.xml"].render())
    assert not parsed.bozo, parsed.bozo_exception
    item = json.loads(made["feed/all.json"].render())["items"][0]
    assert "<b>" not in item["content_html"]


def test_a_name_of_the_site_that_no_file_can_hold_does_not_end_the_build() -> None:
    pages = files(daily(ENOUGH), replace(project(), site_name="Kabar\ud800 \x07kami"))
    assert json.loads(pages["feed/all.json"].render())["title"] == "Kabar kami"

"""E-books and their catalogue: what is in them, that apps read them, and when they change."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import factory
from books import NS, checked, epubcheck, opened
from dwiwarta.kinds import may_be_generated
from dwiwarta.model import Entry, Page
from dwiwarta.render import render_pages
from dwiwarta.render.books.plan import DAYS, NEWEST, STORIES, WEEKS
from dwiwarta.settings import Project, Settings, SiteSettings

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "cases" / "atom.rng"))


def project(**site: Any) -> Project:
    return replace(factory.project(), settings=Settings(site=SiteSettings(**site)))


def files(entries: Sequence[Entry], of: Project | None = None) -> dict[str, Page]:
    made = render_pages(entries, of or project())
    return {page.path: page for page in made if page.path.startswith("book/")}


def on_days(number: int, each: int = 1) -> list[Entry]:
    first = date(2026, 1, 5)  # a Monday
    return [
        factory.entry(f"{day}-{n}", when=day)
        for at in range(number)
        for n in range(each)
        for day in (first + timedelta(days=at),)
    ]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_book_is_whole(language: str) -> None:
    made = files(factory.sample_entries(), project(language=language))
    books = [page for path, page in made.items() if path.endswith(".epub")]
    assert len(books) > 2
    for page in books:
        package, _ = checked(page.render())
        # The original's language comes first: by that reading apps tell which is the translation.
        assert [one.text for one in package.findall(".//dc:language", NS)] == ["id", "en"]


def story(*slugs: str, when: Sequence[date | None]) -> list[Entry]:
    """Reports that are linked, each with the next."""
    return [
        factory.entry(slug, (f"Judul {slug}", f"Title {slug}"), when=day, related=linked)
        for at, (slug, day) in enumerate(zip(slugs, when, strict=True))
        for linked in ([*slugs[max(at - 1, 0) : at], *slugs[at + 1 : at + 2]],)
    ]


def test_a_story_has_a_book_of_all_its_reports_in_the_order_of_time() -> None:
    reports = story("c", "a", "b", when=[date(2026, 2, 3), date(2026, 2, 5), None])
    made = files([*reports, factory.entry("lain", when=date(2026, 2, 4))])
    assert may_be_generated("book/story/c.epub")
    package, pages = checked(made["book/story/c.epub"].render())
    titles = [page.xpath("string(//h:h1/h:span)", namespaces=NS) for page in pages.values()]
    assert titles == ["", "Judul c", "Judul a", "Judul b"]
    assert package.findtext(".//dc:title", namespaces=NS) == "Dwiwarta: Title a"
    assert package.findtext(".//dc:date", namespaces=NS) == "2026-02-05T12:00:00Z"
    assert [
        (one.text, one.get("lang")) for one in pages["nav.xhtml"].findall(".//h:p/h:span", NS)
    ] == [
        ("Title a", "en-x-mtfrom-id"),
        ("Judul a", "id"),
    ]
    page = next(one for one in render_pages(reports, project()) if one.path == "story/c/index.md")
    assert 'href="../../book/story/c.epub"' in page.render().decode()
    assert 'href="story/c.epub"' in made["book/index.md"].render().decode()


def test_a_story_without_a_date_and_a_site_without_books_have_none() -> None:
    undated = story("a", "b", when=[None, None])
    assert sorted(files(undated)) == ["book/index.md"]
    for some, of in (
        (undated, project()),
        (story("a", "b", when=[date(2026, 2, 3)] * 2), project(books=False)),
    ):
        made = render_pages(some, of)
        assert not [one.path for one in made if one.path.endswith(".epub")]
        (page,) = (one for one in made if one.path == "story/a/index.md")
        assert ".epub" not in page.render().decode()


def test_the_stories_with_the_newest_reports_are_listed_all_have_their_book() -> None:
    first = date(2026, 1, 5)
    entries = [
        one
        for at in range(STORIES + 2)
        for day in (first + timedelta(days=at),)
        for one in story(f"s{at}-a", f"s{at}-b", when=[day, day])
    ]
    made = files(entries)
    assert len([path for path in made if path.startswith("book/story/")]) == STORIES + 2
    tree = etree.fromstring(made["book/catalog.xml"].render())
    listed = [one.get("href") for one in tree.findall("a:entry/a:link", NS)]
    of_stories = [one for one in listed if "/story/" in one]
    assert len(of_stories) == STORIES
    assert of_stories[0].endswith(f"/s{STORIES + 1}-a.epub")
    # Articles that come in beside them leave both as they are.
    after = files([*entries, factory.entry("lain", when=date(2026, 1, 5))])
    for path in ("book/story/s3-a.epub", "book/latest.epub"):
        assert after[path].digest == made[path].digest


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck is written in Java")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    made = files(factory.sample_entries())
    (of_story,) = (path for path in made if path.startswith("book/story/"))
    for name in ("book/latest.epub", of_story):
        epubcheck(made[name].render(), tmp_path)


def test_pairs_are_together_and_known_by_their_classes() -> None:
    entry = next(iter(factory.sample_entries()))
    _, pages = checked(files([entry])["book/latest.epub"].render())
    pairs = pages["a1.xhtml"].xpath("//h:div[@class='pair']", namespaces=NS)
    assert len(pairs) == len(entry.text.paragraphs)
    for pair, segment in zip(pairs, entry.text.paragraphs, strict=True):
        assert segment.translation
        original, english = pair.findall("h:p", NS)
        assert (original.get("class"), original.get("lang")) == ("cp-original", "id")
        assert original.text == segment.source
        assert (english.get("class"), english.get("lang")) == ("cp-translation", "en-x-mtfrom-id")
        assert english.text == segment.translation.text
    with_style = opened(files([entry])["book/latest.epub"].render())["EPUB/style.css"]
    assert b"break-inside: avoid" in with_style
    assert "No person has checked it." in "".join(pages["a1.xhtml"].itertext())


def test_what_is_not_settled_is_marked_as_on_the_pages() -> None:
    _, pages = checked(files(factory.sample_entries())["book/latest.epub"].render())
    labels = {
        "".join(one.itertext())
        for page in pages.values()
        for one in page.findall(".//h:div/h:p[@class='small']", NS)
    }
    assert "Not translated yet" in labels
    assert any(label.endswith("not checked") for label in labels)


def test_there_is_a_book_of_the_newest_of_each_last_day_and_of_weeks_that_are_over() -> None:
    made = files(on_days(45, each=2))
    books = [path for path in made if path.endswith(".epub")]
    days = [f"book/day-2026-02-{day}.epub" for day in range(12, 19)]
    # The last week began on Monday, 16 February, and goes on.
    weeks = [f"book/week-2026-{week:02}.epub" for week in (4, 5, 6, 7)]
    assert sorted(books) == sorted([*days, *weeks, "book/latest.epub"])
    assert (len(days), len(weeks)) == (DAYS, WEEKS)
    _, latest = checked(made["book/latest.epub"].render())
    _, week = checked(made["book/week-2026-07.epub"].render())
    assert (len(latest), len(week)) == (NEWEST + 1, 14 + 1)


def test_a_new_article_changes_its_day_the_newest_and_nothing_else() -> None:
    old = on_days(20)
    new = replace(factory.entry("baru", when=date(2026, 1, 24)))
    before, after = (
        {p: one.digest for p, one in files(some).items()} for some in (old, [*old, new])
    )
    assert before.keys() == after.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {
        *("book/day-2026-01-24.epub", "book/latest.epub", "book/catalog.xml", "book/index.md")
    }


def test_the_same_articles_give_the_same_bytes() -> None:
    entries = list(factory.sample_entries())
    one, two = files(entries), files(entries[::-1])
    assert {p: page.render() for p, page in one.items()} == {
        p: page.render() for p, page in two.items()
    }


@pytest.mark.parametrize("url", ["https://dwiwarta.example/", None])
def test_the_catalogue_leads_to_every_book(url: str | None) -> None:
    made = files(on_days(20), replace(project(), site_url=url))
    tree = etree.fromstring(made["book/catalog.xml"].render())
    assert SCHEMA.validate(tree), SCHEMA.error_log
    ids = tree.xpath("//a:id/text()", namespaces=NS)
    assert len(set(ids)) == len(ids)
    links = tree.findall("a:entry/a:link", NS)
    base = f"{url}book/" if url else ""
    assert next(one.get("href") for one in links) == f"{base}latest.epub"
    assert {one.get("href") for one in links} == {
        path.replace("book/", base) for path in made if path.endswith(".epub")
    }
    assert {one.get("rel") for one in links} == {"http://opds-spec.org/acquisition/open-access"}
    assert {one.get("type") for one in links} == {"application/epub+zip"}
    kinds = {one.get("rel"): one.get("type") for one in tree.findall("a:link", NS)}
    opds = "application/atom+xml;profile=opds-catalog;kind=acquisition"
    assert kinds == {"self": opds, "start": opds}
    assert tree.findtext("a:updated", namespaces=NS) == "2026-01-24T12:00:00Z"
    page = made["book/index.md"].render().decode()
    for path in made:
        if not path.endswith(".md"):
            assert f'href="{path.removeprefix("book/")}"' in page


def test_without_dated_articles_the_page_says_so_and_without_a_wish_there_is_none() -> None:
    empty = files([factory.entry("tanpa-tanggal", when=None)])
    assert sorted(empty) == ["book/index.md"]
    assert "None yet" in empty["book/index.md"].render().decode()
    assert files(on_days(3), project(books=False)) == {}


@settings(deadline=None)
@given(st.text(min_size=1), st.text(), st.text(), st.text())
def test_any_text_is_escaped(source: str, english: str, name: str, title: str) -> None:
    entry = factory.entry(
        title=(title, english),
        paragraphs=[(source, english), ("Ini <b>& itu.", None)],
        source_name=name,
        dateline=name,
        source_url="https://example.org/?a=1&b=<2>",
    )
    made = files([entry], replace(project(), site_name=name or "x"))
    checked(made["book/latest.epub"].render())
    assert etree.fromstring(made["book/catalog.xml"].render()) is not None

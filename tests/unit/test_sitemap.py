"""The sitemap says of each page when it changed last: the day of its newest article."""

import posixpath
import random
from datetime import date
from xml.etree import ElementTree as ET

import pytest

import factory
from dwiwarta.model import Entry, Page, Tags
from dwiwarta.render import render_pages
from page_rig import read

SITE = "https://dwiwarta.example/"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def made_of(entries: list[Entry]) -> dict[str, Page]:
    project = factory.project(page_size=3, indexed=True)
    return {page.path: page for page in render_pages(entries, project)}


def last_days(pages: dict[str, Page]) -> dict[str, str]:
    """The days in the sitemap by folder, "" where it has none."""
    root = ET.fromstring(pages["sitemap.xml"].render())
    return {
        one.findtext("s:loc", "", NS).removeprefix(SITE): one.findtext("s:lastmod", "", NS)
        for one in root.iterfind("s:url", NS)
    }


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    extra = [
        factory.entry(f"lama-{day}", when=date(2025, 1 + day % 2, day)) for day in range(1, 15)
    ]
    return made_of([*factory.sample_entries(), *extra])


def test_a_list_is_as_new_as_its_newest_article(pages: dict[str, Page]) -> None:
    days = last_days(pages)
    lists = [
        folder
        for folder in days
        if not folder or folder.split("/")[0] in ("archive", "country", "topic", "story")
    ]
    seen = set()
    for folder in lists:
        _, page = read(pages[f"{folder}index.md"])
        linked = [
            posixpath.normpath(posixpath.join("/", folder, link))[1:] + "/"
            for link in page.xpath("//a/@href")
            if "article/" in link
        ]
        if linked:  # else it leads on to lists only
            assert days[folder] == max(days[one] for one in linked), folder
            seen.add(folder.split("/")[0])
    assert seen == {"", "archive", "country", "topic", "story"}
    assert days["archive/"] == days[""]
    for index in ("country/", "topic/"):
        assert days[index] == max(
            day for one, day in days.items() if one.startswith(index) and one != index
        )
    assert days["mine/"] == ""


def test_no_day_is_said_where_none_is_known() -> None:
    days = last_days(made_of([factory.entry("a", when=None, tags=Tags(factory.countries("JP")))]))
    assert {days[one] for one in ("", "country/", "country/jp/", "article/a/")} == {""}


def test_the_order_of_the_articles_changes_no_byte() -> None:
    entries = list(factory.sample_entries())
    first = made_of(entries)["sitemap.xml"].render()
    random.Random(3).shuffle(entries)
    assert made_of(entries)["sitemap.xml"].render() == first

"""What is saved as an e-book, made in the browser: like the books of the site."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from books import NS, checked, epubcheck, opened
from conftest import wait_until
from dwiwarta.render.books.epub import STYLE
from site_rig import BuiltSite

ARTICLES = (
    "article/2026-03-01-pelabuhan-baru-di-makassar",
    "article/2026-02-27-banjir-di-tepi-mekong",
    "article/2026-02-26-vaksin-baru",
    "article/tanpa-tanggal",
)
BAD = 'Judul "><img src=x onerror=alert(1)> & \x07 \ud800 akhir'


def save(page: Page, *ids: str) -> None:
    """The article that comes first in the book last: the list begins with what was saved last."""
    page.evaluate(
        "ids => ids.map(id => dwSaved.put('articles', {id, indonesian: `Judul ${id}`}))",
        list(reversed(ids)),
    )


def made(page: Page) -> bytes:
    """The book that the button makes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="As an e-book").click()
    assert waiting.value.suggested_filename.endswith(".epub")
    return Path(waiting.value.path()).read_bytes()


def told(page: Page) -> Any:
    return page.locator("[data-dw-book-told]")


def pairs(chapter: Any) -> list[tuple[str, str, str]]:
    return [
        (one.get("class"), one.get("lang"), one.text)
        for one in chapter.iterfind(".//h:div[@class='pair']/h:p", NS)
        if one.get("class") != "small"
    ]


def heads(chapter: Any) -> list[tuple[str, str, str]]:
    return [
        (one.get("class"), one.get("lang"), one.text)
        for one in chapter.iterfind(".//h:h1/h:span", NS)
    ]


def test_the_book_says_what_those_of_the_site_say(
    page: Page, reader: BuiltSite, hand_made: Path
) -> None:
    page.goto(reader.sub_url + "mine/")
    button = page.get_by_role("button", name="As an e-book")
    expect(button).to_be_hidden()
    save(page, *ARTICLES)
    expect(button).to_be_visible()
    data = made(page)
    expect(told(page)).to_contain_text("Saved as saved-")
    package, chapters = checked(data)
    assert [one.text for one in package.findall(".//dc:language", NS)] == ["id", "en"]
    assert opened(data)["EPUB/style.css"].decode() == STYLE
    ours = [page for name, page in chapters.items() if name != "nav.xhtml"]
    _, others = checked((hand_made / "book/latest.epub").read_bytes())
    by_title = {heads(one)[0][2]: one for name, one in others.items() if name != "nav.xhtml"}
    dated = ours[:3]
    for one in dated:
        theirs = by_title[heads(one)[0][2]]
        assert heads(one) == heads(theirs)
        assert pairs(one) == pairs(theirs)
        assert pairs(one)
    assert {name for name, _, _ in pairs(ours[3])} == {"cp-original"}
    for one, path in zip(ours, ARTICLES, strict=True):
        assert f"{reader.sub_url}{path}/" in one.xpath("//h:a/@href", namespaces=NS)


def test_saved_sentences_are_a_chapter_and_any_text_is_text(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "mine/")
    page.evaluate(
        """([id, bad]) =>
          dwSaved.put('sentences', {id, indonesian: bad, english: bad, by: bad, title: bad})""",
        [f"{ARTICLES[0]}#p1s1", BAD],
    )
    data = made(page)
    _, chapters = checked(data)
    assert list(chapters) == ["nav.xhtml", "sentences.xhtml"]
    shown = 'Judul "><img src=x onerror=alert(1)> & akhir'
    assert [text for _, _, text in pairs(chapters["sentences.xhtml"])] == [shown, shown]


def test_what_cannot_be_fetched_is_told_and_the_rest_is_in(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "mine/")
    save(page, ARTICLES[0], ARTICLES[1])
    page.route(f"**/{ARTICLES[1]}/", lambda route: route.fulfill(body="Later"))
    page.route("**/sw.js", lambda route: route.abort())
    _, chapters = checked(made(page))
    assert list(chapters) == ["nav.xhtml", "a1.xhtml"]
    expect(told(page)).to_contain_text(
        f"Could not be fetched and is not in it: Judul {ARTICLES[1]}"
    )


def test_nothing_is_fetched_before_somebody_asks(page: Page, reader: BuiltSite) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reader.url + "mine/")
    save(page, ARTICLES[0])
    assert not [one for one in asked if "assets/saved" in one or "/article/" in one]
    made(page)
    wait_until(page, lambda: any("assets/saved/epub.js" in one for one in asked), "the script")
    assert any(ARTICLES[0] in one for one in asked)


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck is written in Java")
def test_epubcheck_finds_nothing(page: Page, reader: BuiltSite, tmp_path: Path) -> None:
    page.goto(reader.url + "mine/")
    save(page, *ARTICLES)
    epubcheck(made(page), tmp_path)

"""Search whose files are lost, empty or cut off says so, and finds again once they are whole."""

import pytest
from playwright.sync_api import Page, Route, expect

from conftest import Watch, wait_until
from site_rig import BuiltSite

QUERY = "launched"
LOST = "Search could not be loaded"


def _search_again(page: Page) -> str:
    """What the search page says of a fresh start: a failure, or the titles found."""
    page.reload()
    told = page.locator(".dw-search-page")
    result = told.locator(".dw-result__title")
    wait_until(
        page,
        lambda: (
            LOST in told.inner_text()
            or result.count() > 0
            or "Nothing" in told.inner_text()
            or "No " in told.inner_text()
        ),
        "an answer",
    )
    return LOST if LOST in told.inner_text() else "\n".join(result.all_inner_texts())


@pytest.mark.parametrize("fault", ["lost", "empty", "half", "one byte short", "other"])
def test_a_file_of_the_index_that_is_not_whole_is_said(
    page: Page, site: BuiltSite, watch: Watch, fault: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda one: "/search/" in one.url and asked.append(one.url))
    page.goto(f"{site.url}search/?q={QUERY}")
    whole = _search_again(page)
    assert whole
    assert whole != LOST
    files = sorted({url for url in asked if url.endswith((".json", ".bin"))})
    assert any(url.endswith(".bin") for url in files)

    def spoil(route: Route) -> None:
        body = route.fetch().body()
        spoilt = {
            "lost": b"",
            "empty": b"",
            "half": body[: len(body) // 2],
            "one byte short": body[:-1],
            "other": b"<!doctype html><title>Another</title>Hello",
        }[fault]
        route.fulfill(status=404 if fault == "lost" else 200, body=spoilt)

    wrong = []  # what is found without a file, or before its end, is as right as ever
    for url in files:
        page.route(url, spoil)
        if _search_again(page) not in (LOST, whole):
            wrong.append(url.rpartition("/")[2])
        page.unroute(url)
    assert wrong == []
    # Without a reload, by the next key that is typed.
    about = next(url for url in files if url.endswith("about.json"))
    page.route(about, lambda route: route.fulfill(body="{"))
    assert _search_again(page) == LOST
    page.unroute(about)
    page.locator("#dw-search-page-input").fill(f"{QUERY} ")
    expect(page.locator(".dw-search-page .dw-result__title").first).to_be_visible()
    expect(page.locator(".dw-search-page")).not_to_contain_text(LOST)
    watch.faults.clear()  # the browser logs a 404


def test_no_file_of_words_or_articles_is_read_without_its_end(page: Page, site: BuiltSite) -> None:
    names = [path.name for path in (site.root / "search").glob("*.bin")]
    lists = [name for name in names if name.startswith(("words-", "rows-"))]
    assert len({name[:4] for name in lists}) == 2
    page.goto(f"{site.url}about/")
    read = """async ([root, names]) => {
      const { readWords, readRows } = await import(`${root}assets/search/codec.js`);
      const wrong = [];
      for (const name of names) {
        const read = name.startsWith("words-") ? readWords : readRows;
        const whole = await (await fetch(`${root}search/${name}`)).arrayBuffer();
        read(whole);
        const step = Math.ceil(whole.byteLength / 100);
        for (let n = whole.byteLength - 1; n >= 0; n -= n > whole.byteLength - 40 ? 1 : step)
          try {
            read(whole.slice(0, n));
            wrong.push([name, n]);
          } catch (error) {
            if (!/cut off/.test(error)) wrong.push([name, String(error)]);
          }
      }
      return wrong;
    }"""
    assert page.evaluate(read, [site.url, lists]) == []

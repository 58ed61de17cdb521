"""Pages that Zensical built, in a browser: they do what those of MkDocs do, by the same policy."""

import importlib.util
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from once import made_once
from site_rig import BuiltSite, serve_site
from zensical_rig import Built, build_both

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("zensical") is None, reason="there is no wheel of Zensical here"
)

ARTICLE = "article/2024-04-21-tanabe-di-jakarta/"


@pytest.fixture(scope="module")
def zensical(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    root = made_once(tmp_path_factory, "zensical", lambda root: build_both(root).root)
    with serve_site(Built(root).zensical) as served:
        yield served


def test_an_article_is_read_in_views_and_by_word(page: Page, zensical: BuiltSite) -> None:
    page.goto(zensical.sub_url + ARTICLE)
    expect(page.locator("[data-view=both]")).to_have_attribute("aria-pressed", "true")
    indonesian = page.locator("#p1 .dw-pair__id")
    expect(indonesian).to_be_visible()
    page.locator("[data-view=en]").click()
    expect(indonesian).to_be_hidden()
    page.locator("[data-view=both]").click()
    page.keyboard.press("Escape")
    box = indonesian.bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 12)  # on its first word, a name
    expect(page.get_by_role("dialog")).to_contain_text("not in the lexicon")


def test_a_page_written_by_hand_has_the_search(page: Page, zensical: BuiltSite) -> None:
    page.goto(zensical.sub_url + "help/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("#dw-search-input").fill("jakarta")
    expect(page.locator(f"a.dw-result__title[href*='{ARTICLE}']").first).to_be_visible()

"""The view for learners: glosses in the text, and the English sentence by sentence."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import factory
from conftest import PHONE, Watch
from site_rig import BuiltSite, build_site, serve_site

LEARN = "article/ladang/?view=learn"
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
FIRST = "Hujan turun di ladang. Petani membajak ladang. Bajak mereka tumpul."
SECOND = "Budi Santoso membajak sawah dominan pada Kamis (9/11). Ia bertanggung jawab."

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """An article of two paragraphs of several sentences each."""
    pairs = [
        (FIRST, "It rained. Farmers plough. Their ploughs are blunt."),
        (SECOND, "Budi Santoso ploughs. He is responsible."),
    ]
    entries = [factory.entry("ladang", ("Hujan di ladang", "Rain"), pairs)]
    with serve_site(build_site(tmp_path_factory.mktemp("learn"), entries)) as served:
        yield served


def glosses(page: Page) -> dict[str, str]:
    found: list[list[str]] = page.locator(".dw-glossed[data-gloss]").evaluate_all(
        "all => all.map(one => [one.textContent, one.dataset.gloss])"
    )
    return dict(found)


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_nothing_is_fetched_outside_of_it_and_no_word_before_a_choice(
    page: Page, reader: BuiltSite
) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{reader.url}article/ladang/?view=id", wait_until="networkidle")
    expect(page.locator("[data-dw-learn]")).to_be_hidden()
    assert [url for url in asked if "/words/" in url or "/lexicon/" in url] == []
    page.goto(reader.url + LEARN, wait_until="networkidle")
    expect(page.get_by_role("group", name="Meanings")).to_be_visible()
    ours = [url.rpartition("/")[2] for url in asked if "/words/" in url or "/lexicon/" in url]
    assert sorted(ours) == ["learn.css", "learn.js"]


def test_choices_that_did_not_come_are_asked_for_again(
    page: Page, reader: BuiltSite, watch: Watch
) -> None:
    page.goto(f"{reader.url}article/ladang/?view=both")
    page.evaluate("document.documentElement.lang = 'id'")  # whose words come with the lexicon
    page.route("**/words/files.js", lambda route: route.abort())
    choose(page, "Indonesian, English on tap")
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute("**/words/files.js")
    choose(page, "Both languages")
    choose(page, "Indonesian, English on tap")
    expect(page.locator("[data-dw-learn] button")).to_have_count(5)
    watch.faults.clear()


def test_rarer_words_have_a_gloss_that_is_no_text(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + LEARN)
    before = page.locator(".dw-text").inner_text()
    choose(page, "rarer")
    expect(page.locator("#p2 .dw-glossed").first).to_be_visible()
    rarer = glosses(page)
    assert rarer["membajak"] == "plough"
    assert not {"Budi", "Santoso", "Kamis", "dominan", "di", "turun"} & set(rarer)
    assert page.locator(".dw-text").inner_text() == before
    drawn = "getComputedStyle(document.querySelector('.dw-glossed'), '::after').content"
    assert page.evaluate(drawn).endswith('/ ""')
    choose(page, "many")
    # All are taken away before the new ones come.
    expect(page.locator(".dw-glossed", has_text="tanggung")).not_to_have_count(0)
    expect(page.locator(".dw-glossed[data-gloss]")).not_to_have_count(len(rarer))
    many = glosses(page)
    assert set(rarer) < set(many)
    assert many["bertanggung jawab"].startswith("be responsible")
    assert page.locator(".dw-glossed .dw-glossed").count() == 0
    count = page.locator(".dw-glossed[data-gloss]").count()
    page.reload()
    expect(page.locator(".dw-glossed[data-gloss]")).to_have_count(count)
    choose(page, "off")
    expect(page.locator(".dw-glossed")).to_have_count(0)


def test_what_is_known_has_none_and_other_views_have_none(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + LEARN)
    choose(page, "rarer")
    expect(page.locator("#p1 .dw-glossed").first).to_be_visible()
    assert "membajak" in glosses(page)
    page.locator("#p1 .dw-glossed", has_text="membajak").click(position={"x": 10, "y": 8})
    row = page.locator(".dw-word").get_by_role("group", name="Your words")
    row.get_by_role("button", name="Known").click()
    expect(page.locator(".dw-glossed", has_text="ajak")).to_have_count(0)
    page.keyboard.press("Escape")
    choose(page, "Both languages")
    expect(page.locator(".dw-glossed")).to_have_count(0)
    choose(page, "Indonesian, English on tap")
    expect(page.locator(".dw-glossed").first).to_be_visible()
    assert page.locator("#p1 .dw-pair__id").inner_text().startswith(FIRST)


def test_the_english_comes_sentence_by_sentence(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + LEARN)
    choose(page, "by sentence")
    button = page.locator("#p1 .dw-pair__tap")
    english = page.locator("#p1 .dw-pair__en")
    for count, text in enumerate(("It rained.", "Farmers plough.", "Their ploughs"), 1):
        button.press("Enter")
        expect(english.get_by_text(text)).to_be_visible()
        expect(english.locator("[data-s]:visible")).to_have_count(count)
        expect(button).to_have_text("EN" if count == 3 else f"EN {count}/3")
        some = f"EN {count}/3: English of this paragraph, {count} of 3 sentences"
        expect(button).to_have_accessible_name("English of this paragraph" if count == 3 else some)
        expect(button).to_have_attribute("aria-expanded", "true")
    button.press("Enter")
    expect(english).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    choose(page, "by paragraph")
    expect(english).to_be_hidden()
    button.press("Enter")
    expect(english.locator("[data-s]:visible")).to_have_count(3)
    choose(page, "by sentence")
    button.press("Enter")
    choose(page, "Both languages")
    expect(english.locator("[data-s]:visible")).to_have_count(3)


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark", **NARROW}])
def test_axe_finds_nothing_and_nothing_moves(
    open_page: Open, reader: BuiltSite, look: dict[str, object]
) -> None:
    page = open_page(**look)
    text = page.locator(".dw-text")
    page.route("**/words/learn.js", lambda route: route.fulfill(status=200, body=""))
    page.goto(reader.url + LEARN, wait_until="networkidle")
    before = text.bounding_box()
    page.unroute("**/words/learn.js")
    page.reload()
    expect(page.get_by_role("group", name="Meanings")).to_be_visible()
    assert text.bounding_box() == before
    choose(page, "many")
    expect(text.locator(".dw-glossed").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
    assert serious == []
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0

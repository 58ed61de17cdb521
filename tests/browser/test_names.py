"""Names in both languages: which are found, how they are marked, what is said of one."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_word_popup import WHOLE, touch

import factory
from conftest import PHONE, Held, Watch, let_paint, lone_page, wait_until
from dwiwarta.model import Tags
from dwiwarta.render.names import known_names, known_places
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.words import load_analyser
from site_rig import BuiltSite, build_site, serve_site

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/names.yml").read_text(encoding="utf-8"))
ARTICLE = "article/jembatan/"
NAMES = "[...(CSS.highlights.get('dw-names') ?? [])].map(String)"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Three articles that have names in common."""
    tags = Tags(countries=factory.countries("MY"))
    rain = "Hujan turun.", "It rained."
    told = {
        "jembatan": [
            (
                "Wali Kota Rengganis Wulandari membuka jembatan. Utusan Malaysia tiba.",
                "Mayor Rengganis Wulandari opened a bridge. An envoy of Malaysia came.",
            ),
            ("Mahkamah Konstitusi setuju.", "The Constitutional Court agreed."),
            *[rain] * 6,
        ],
        "pasar": [("Rengganis Wulandari ke pasar.", "Rengganis Wulandari went to the market.")],
        "sawah": [("Malaysia mengirim beras.", "Malaysia sent rice."), rain],
    }
    entries = [
        factory.entry(
            slug,
            (f"Kabar {slug}", f"News of {slug}"),
            pairs,
            when=datetime(2026, 3, day, 9, tzinfo=factory.WIB),
            tags=tags if slug != "pasar" else Tags(),
        )
        for day, (slug, pairs) in enumerate(told.items(), start=1)
    ]
    with serve_site(build_site(tmp_path_factory.mktemp("names"), entries)) as served:
        yield served


def _bare(text: str) -> str:
    return text.replace("[", "").replace("]", "")


def _marked(text: str, ranges: list[list[int]]) -> str:
    for start, end in sorted(ranges, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_names_that_surely_are_some_and_no_others(browser: Browser) -> None:
    articles: list[list[dict[str, Any]]] = []
    for case in CASES:
        pairs = [{"id": one, "en": other} for one, other in case["pairs"]]
        if "title" in case:
            one, other = case["title"]
            pairs.insert(0, {"id": one, "en": other, "isTitle": True})
        articles.append(pairs)
    texts = [
        [{**pair, "id": _bare(pair["id"]), "en": _bare(pair["en"])} for pair in one]
        for one in articles
    ]
    with serve_site(PROJECT_ROOT / "docs" / "assets") as site, lone_page(browser) as page:
        page.goto(site.url + "words/names.js")
        page.add_script_tag(url=site.url + "words/names.js")
        found = page.evaluate(
            """([texts, names, places, roots]) => {
              const all = new Set(roots);
              const known = dwNames.prepare(names, places, (word) => all.has(word));
              return texts.map((pairs) => dwNames.find(pairs, known));
            }""",
            [texts, known_names(), known_places(), list(load_analyser().lexicon.entries)],
        )
    for case, pairs, plain, names in zip(CASES, articles, texts, found, strict=True):
        for pair, text, here in zip(pairs, plain, names, strict=True):
            for side in ("id", "en"):
                said = _marked(text[side], [place for one in here for place in one[side]])
                assert said == pair[side], case["why"]


def test_names_are_marked_by_choice_and_the_text_stays_as_it_is(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    before = page.evaluate(WHOLE)
    button = page.get_by_role("button", name="Names")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    wait_until(page, lambda: page.evaluate(NAMES) != [], "marked names")
    found = page.evaluate(NAMES)
    assert found.count("Rengganis Wulandari") == 2
    assert {"Malaysia", "Mahkamah Konstitusi", "Constitutional Court"} <= set(found)
    assert page.evaluate(WHOLE) == before
    # A word that was touched has its mark again.
    expect(touch(page, "#p1 .dw-pair__id", "Malaysia")).to_be_visible()
    page.keyboard.press("Escape")
    wait_until(page, lambda: page.evaluate(NAMES) == found, "the marks as before")
    page.reload()
    wait_until(page, lambda: page.evaluate(NAMES) != [], "marked names")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    wait_until(page, lambda: page.evaluate(NAMES) == [], "no marked names")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_forced_colours_underline_names_and_paint_no_selection(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(forced_colors="active")
    page.goto(reader.url + ARTICLE)
    page.get_by_role("button", name="Names").click()
    wait_until(page, lambda: page.evaluate(NAMES) != [], "marked names")
    paragraph = page.locator("#p1 .dw-pair__id")
    styled = paragraph.evaluate(
        """node => {
          const name = getComputedStyle(node, "::highlight(dw-names)");
          const { forcedColorAdjust } = getComputedStyle(node);
          return [forcedColorAdjust, name.color, name.backgroundColor, name.textDecorationLine];
        }"""
    )
    assert styled == ["none", "rgb(0, 0, 0)", "rgb(255, 255, 255)", "underline"]


def test_who_changes_their_mind_while_names_come_sees_no_marks(
    page: Page, reader: BuiltSite
) -> None:
    names = Held(page, "**/lexicon/names.js")
    page.goto(reader.url + ARTICLE)
    button = page.get_by_role("button", name="Names")
    button.click()
    wait_until(page, lambda: bool(names.routes), "the names to be asked for")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    names.release()
    page.evaluate("dwWords.namesIn({ element: null })")  # they are here
    let_paint(page)
    assert page.evaluate(NAMES) == []


@pytest.mark.parametrize("device", [{}, PHONE], ids=["pointer", "finger"])
def test_a_name_in_the_english_says_what_else_is_here(
    open_page: Open, reader: BuiltSite, device: dict[str, object]
) -> None:
    page = open_page(**device)
    page.goto(reader.sub_url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__en", "Wulandari")
    expect(said).to_be_focused()
    expect(said).to_have_accessible_name("Rengganis Wulandari")
    expect(page.locator(".dw-pair__en .dw-word-of")).to_have_text("Rengganis Wulandari")
    expect(page.locator(".dw-pair__id .dw-word-of")).to_have_text("Rengganis Wulandari")
    said.get_by_role("button", name="What else is here").click()
    link = said.get_by_role("link", name="Kabar pasar")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", f"{reader.sub_url}article/pasar/")
    expect(said.get_by_role("listitem")).to_have_count(1)
    expect(said.locator("time")).to_have_text("2 March 2026")
    every = said.get_by_role("link", name="All in the search")
    expect(every).to_have_attribute(
        "href", f"{reader.sub_url}search/?q=%22Rengganis+Wulandari%22&sort=newest"
    )
    every.click()
    expect(page.locator(".dw-result__title")).to_have_count(2)


def test_a_country_leads_to_its_page_and_a_word_of_a_name_says_both(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__id", "Malaysia")
    expect(said.locator(".dw-word__name")).to_contain_text("country")
    said.get_by_role("button", name="What else is here").click()
    expect(said.get_by_role("link", name="Kabar sawah")).to_be_visible()
    expect(said.get_by_role("link", name="Malaysia")).to_have_attribute(
        "href", f"{reader.url}country/my/"
    )
    said = touch(page, "#p2 .dw-pair__id", "Konstitusi")
    name = said.locator(".dw-word__name")
    expect(name).to_contain_text("Mahkamah Konstitusi Constitutional Court institution")
    said.get_by_role("button", name="What else is here").click()
    expect(name).to_contain_text("No other article here has this name.")
    # What is no name says nothing, in either language.
    expect(touch(page, "#p1 .dw-pair__id", "Utusan").locator(".dw-word__name")).to_be_hidden()
    page.keyboard.press("Escape")
    touch(page, "#p1 .dw-pair__en", "Mayor")
    let_paint(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_where_the_original_is_hidden_the_keyboard_goes_from_name_to_name(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(f"{reader.url}{ARTICLE}?view=en")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    stop = page.locator(".dw-word-stop:focus")
    expect(stop).to_have_text("Rengganis Wulandari")
    expect(stop).to_have_role("button")
    page.keyboard.press("Enter")
    said = page.get_by_role("dialog")
    expect(said).to_be_focused()
    expect(said).to_have_accessible_name("Rengganis Wulandari")
    page.keyboard.press("Escape")
    expect(stop).to_have_text("Rengganis Wulandari")
    page.keyboard.press("Escape")
    expect(page.locator("#p1 .dw-pair__en [data-s='1']")).to_be_focused()
    expect(page.locator(".dw-word-stop")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_said_of_a_name(
    open_page: Open, reader: BuiltSite, scheme: str
) -> None:
    page = open_page(**PHONE, color_scheme=scheme)
    page.goto(reader.url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__en", "Malaysia")
    said.get_by_role("button", name="What else is here").click()
    expect(said.get_by_role("link", name="Kabar sawah")).to_be_visible()
    violations = Axe().run(page).response["violations"]
    assert [v["id"] for v in violations if v["impact"] in ("serious", "critical")] == []


def test_without_scripts_there_is_no_button(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(reader.url + ARTICLE)
    expect(page.locator("[data-dw-names]")).to_be_hidden()


def test_on_a_disk_names_are_marked_and_the_search_says_why_not(
    page: Page, reader: BuiltSite, watch: Watch
) -> None:
    page.goto((reader.root / ARTICLE / "index.html").as_uri())
    said = touch(page, "#p1 .dw-pair__en", "Malaysia")
    said.get_by_role("button", name="What else is here").click()
    expect(said).to_contain_text("Search needs a web server")
    watch.faults.clear()  # the browser refuses modules there

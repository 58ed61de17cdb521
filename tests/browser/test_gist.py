"""Word by word where there is no English, and the words that a reader does not know yet."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

import factory
from conftest import PHONE, let_paint, shifts
from site_rig import BuiltSite, build_site, serve_site

PART, ALONE = "article/sebagian/", "article/belum/"
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
MARK = "Word by word, not a translation"
POLICE = "Polisi dibunuh qwerty di Bandung. Budi Santoso membangun kerja sama pada Kamis (9/11)."

Open = Callable[..., Page]
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """An article that lacks English in part, and one that has none."""
    pairs = [
        ("Hujan turun di ladang. Petani membajak ladang.", "It rained. Farmers plough."),
        (POLICE, None),
        ("Menurut Menko Polhukam, harganya Rp 2,5 miliar.", None),
    ]
    entries = [
        factory.entry("sebagian", ("Sebagian Saja", "Only a Part"), pairs),
        factory.entry("belum", ("Belum Ada Terjemahan", None), [(one, None) for one, _ in pairs]),
    ]
    entries.append(factory.entry("judul", ("Hujan turun di ladang", None), pairs[:1]))
    with serve_site(build_site(tmp_path_factory.mktemp("gist"), entries)) as served:
        yield served


@pytest.fixture(scope="module")
def indonesian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The same in an Indonesian interface."""
    entry = factory.entry("belum", ("Belum Ada", None), [(POLICE, None)])
    root = build_site(tmp_path_factory.mktemp("kata"), [entry], language="id")
    with serve_site(root) as served:
        yield served


def ask(page: Page, number: int) -> None:
    page.locator(f"#p{number} [data-dw-gist]").click()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['html']}" for one in serious for node in one["nodes"]]


def test_a_paragraph_is_shown_word_by_word_when_asked_for(page: Page, reader: BuiltSite) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(reader.url + PART, wait_until="networkidle")
    assert [url for url in asked if "/words/" in url or "/lexicon/" in url] == []
    expect(page.locator("[data-dw-gist]")).to_have_count(2)
    ask(page, 2)
    shown = page.locator("#p2 .dw-gist")
    expect(shown.locator(".dw-gist__mark")).to_have_text(MARK)
    expect(shown.locator("[lang=en]")).to_have_text(
        "Police be killed qwerty in Bandung. "
        "Budi Santoso build cooperation at Thursday, 9 November."
    )
    assert page.locator(".dw-gist").count() == 1
    ask(page, 3)
    expect(page.locator("#p3 .dw-gist [lang=en]")).to_have_text(
        "According to Coordinating Minister for Political, Legal and Security Affairs, "
        "price 2.5 billion rupiah."
    )
    ask(page, 2)
    expect(shown).to_have_count(0)
    expect(page.locator("#p2 [data-dw-gist]")).to_have_attribute("aria-expanded", "false")


def test_it_is_no_english_to_anything_else(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + PART)
    ask(page, 2)
    expect(page.locator("#p2 .dw-gist")).to_be_visible()
    assert page.evaluate("dwShare.halves(document.querySelector('#p2')).en") is None
    assert (
        page.evaluate("new dwWords.Sentence(document.querySelector('#p2 .dw-pair__id')).partner")
        is None
    )
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "cooperation" not in kept
    page.reload()
    let_paint(page)
    assert page.locator(".dw-gist").count() == 0


def test_an_article_without_english_has_one_button_for_all(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ALONE)
    button = page.get_by_role("button", name="All of it word by word")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".dw-text .dw-gist")).to_have_count(3)
    expect(page.locator("h1 + .dw-gist [lang=en]")).to_contain_text("Not yet")
    page.keyboard.press("Enter")
    expect(page.locator(".dw-gist")).to_have_count(0)


def test_a_title_alone_may_lack_english(page: Page, reader: BuiltSite) -> None:
    page.goto(f"{reader.url}article/judul/")
    button = page.locator(".dw-title-words [data-dw-gist]")
    button.press("Enter")
    shown = page.locator(".dw-title-words .dw-gist")
    expect(shown).to_contain_text(MARK)
    expect(shown.locator("[lang=en]")).to_have_text("Rain go down in field")
    assert page.evaluate("dwShare.halves(document.querySelector('h1')).en") is None


@pytest.mark.parametrize("view", ["both", "en", "tap", "learn"])
def test_it_is_offered_in_every_view_that_has_english(
    open_page: Open, reader: BuiltSite, view: str
) -> None:
    for path in (PART, ALONE):
        page = open_page(**NARROW)
        page.goto(f"{reader.url}{path}?view={view}")
        ask(page, 2)
        expect(page.locator("#p2 .dw-gist [lang=en]")).to_be_visible()
        expect(page.locator("#p2 .dw-pair__id")).to_be_visible()
        assert page.evaluate(WIDTH) <= 0
        box = page.locator("#p3 [data-dw-gist]").bounding_box()
        assert box
        assert box["height"] >= 24


def test_the_indonesian_view_has_none_of_it(page: Page, reader: BuiltSite) -> None:
    page.goto(f"{reader.url}{PART}?view=id")
    expect(page.locator("#p2 [data-dw-gist]")).to_be_hidden()
    page.goto(f"{reader.url}{ALONE}?view=id")
    expect(page.locator("#p2 [data-dw-gist]")).to_be_visible()


def test_nothing_is_offered_where_scripts_do_not_run(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(java_script_enabled=False)
    for path in (PART, ALONE):
        page.goto(reader.url + path)
        for one in page.locator("[data-dw-gist], .dw-unknown").all():
            expect(one).to_be_hidden()


def test_on_paper_it_stands_with_its_mark(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + PART)
    ask(page, 2)
    expect(page.locator("#p2 .dw-gist")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#p2 .dw-gist__mark")).to_be_visible()
    expect(page.locator("#p3 [data-dw-gist]")).to_be_hidden()


def test_in_an_indonesian_interface_it_is_english_all_the_same(
    page: Page, indonesian: BuiltSite
) -> None:
    page.goto(indonesian.url + ALONE)
    page.get_by_role("button", name="Semuanya kata demi kata").click()
    shown = page.locator("#p1 .dw-gist")
    expect(shown).to_contain_text("Kata demi kata, bukan terjemahan")
    expect(shown.locator("[lang=en]")).to_contain_text("cooperation at Thursday, 9 November.")


@pytest.mark.parametrize("device", [{}, NARROW], ids=["desktop", "narrow"])
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_nothing(
    open_page: Open, reader: BuiltSite, device: dict[str, object], look: dict[str, str]
) -> None:
    page = open_page(**device, **look)
    know(page, reader, {"hujan": {"s": "known"}})
    page.get_by_role("button", name="Words you do not know yet").click()
    expect(page.locator(".dw-unknown__list li").first).to_be_visible()
    ask(page, 2)
    expect(page.locator("#p2 .dw-gist")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(WIDTH) <= 0


# --- words that are not known yet ----------------------------------------------------------------


def know(page: Page, reader: BuiltSite, words: dict[str, dict[str, str]]) -> None:
    page.goto(reader.url + PART)
    page.evaluate("words => dw.device.set('words', words)", words)
    page.reload()


def test_whoever_keeps_no_words_is_told_nothing(page: Page, reader: BuiltSite) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(reader.url + PART, wait_until="networkidle")
    expect(page.locator(".dw-unknown")).to_be_hidden()
    assert [url for url in asked if "/words/" in url or "/lexicon/" in url] == []


def test_unknown_words_are_counted_and_listed(page: Page, reader: BuiltSite) -> None:
    know(page, reader, {"hujan": {"s": "known"}, "turun": {"s": "ignored"}})
    button = page.get_by_role("button", name="Words you do not know yet")
    expect(button).to_have_text(re.compile(": 10$"))
    button.press("Enter")
    items = page.locator(".dw-unknown__list li")
    expect(items.first).to_contain_text("ladang")
    expect(items.first).to_contain_text("2×")
    words = page.locator(".dw-unknown__list li b").all_inner_texts()
    assert not {"Hujan", "turun", "di", "qwerty", "Budi", "Santoso", "Bandung"} & set(words)
    row = items.first.get_by_role("group", name="ladang")
    row.get_by_role("button", name="Known").press("Enter")
    expect(button).to_have_text(re.compile(": 9$"))
    kept = page.evaluate("dw.device.get('words').ladang")
    assert (kept["s"], kept["f"], kept["p"]) == ("known", "ladang", "p1")
    assert kept["id"] == "Hujan turun di ladang."
    assert kept["a"] == "article/sebagian"
    button.press("Enter")
    expect(page.locator(".dw-unknown__list")).to_have_count(0)


def test_the_number_costs_a_list_of_roots_and_no_more(page: Page, reader: BuiltSite) -> None:
    know(page, reader, {"hujan": {"s": "known"}})
    expect(page.locator("[data-dw-unknown]")).to_contain_text(":")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.reload(wait_until="networkidle")
    expect(page.locator("[data-dw-unknown]")).to_have_text(re.compile(": 11$"))
    ours = [url.rpartition("/")[2] for url in asked if "/words/" in url or "/lexicon/" in url]
    assert sorted(ours) == ["files.js", "known.js", "roots.js"]


def test_a_page_of_another_lexicon_is_read_anew(page: Page, reader: BuiltSite) -> None:
    """As it may be kept for reading without network; the small files of entries are not."""

    def other(route: Route) -> None:
        body = re.sub(r'data-dw-unknown="....', 'data-dw-unknown="zzzz', route.fetch().text())
        route.fulfill(body=body, content_type="text/html")

    page.route(f"**/{PART}", other)
    page.route("**/lexicon/entries-*.js", lambda route: route.fulfill(status=200, body=""))
    know(page, reader, {"hujan": {"s": "known"}, "turun": {"s": "ignored"}})
    page.get_by_role("button", name="Words you do not know yet").click()
    expect(page.locator(".dw-unknown__list li")).to_have_count(10)
    expect(page.locator(".dw-unknown__list li").first).to_contain_text("ladang field")


@pytest.mark.parametrize("device", [{}, NARROW], ids=["desktop", "narrow"])
def test_the_number_moves_nothing(
    open_page: Open, reader: BuiltSite, device: dict[str, object]
) -> None:
    page = open_page(**device)
    know(page, reader, {"hujan": {"s": "known"}})
    expect(page.locator("[data-dw-unknown]")).to_contain_text(":")
    assert shifts(page) == 0


def test_a_lexicon_that_does_not_come_is_told(page: Page, reader: BuiltSite) -> None:
    page.route("**/lexicon/gist.js", lambda route: route.fulfill(status=200, body=""))
    page.goto(reader.url + PART)
    ask(page, 2)
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute("**/lexicon/gist.js")
    ask(page, 2)
    expect(page.locator("#p2 .dw-gist")).to_be_visible()

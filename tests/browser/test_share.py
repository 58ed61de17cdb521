"""Addresses of paragraphs: how they offer themselves, what is copied, shared and marked."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from conftest import PHONE, Held, let_paint, shifts, wait_until
from site_rig import BuiltSite

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"
MIXED = "article/2026-02-26-vaksin-baru/"
WAITING = "article/tanpa-tanggal/"
SHARED = """() => {
  window.shared = [];
  navigator.share = async (data) => { shared.push(data); };
}"""
NOT_SHARED = "() => { delete Navigator.prototype.share; }"

Open = Callable[..., Page]


@pytest.fixture
def copying(open_page: Open) -> Page:
    """A page that may use the clipboard."""
    return open_page(permissions=["clipboard-read", "clipboard-write"])


def row(page: Page, number: int) -> Locator:
    return page.locator(f"#p{number} .dw-pair__act")


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def seen(one: Locator, *, now: bool = True) -> None:
    expect(one).to_have_css("opacity", "1" if now else "0")


def test_a_paragraph_offers_its_address_to_a_pointer_and_nothing_moves(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    seen(row(page, 2), now=False)
    before = page.locator(".dw-text").bounding_box()
    page.locator("#p2").hover()
    seen(row(page, 2))
    seen(row(page, 3), now=False)
    row(page, 2).click()
    menu = page.locator(".dw-menu")
    expect(menu.get_by_role("button").first).to_be_focused()
    assert page.locator(".dw-text").bounding_box() == before
    box = row(page, 2).bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    assert shifts(page) <= 0.02


def test_the_address_is_copied_without_the_view(copying: Page, reader: BuiltSite) -> None:
    page = copying
    page.goto(f"{reader.sub_url}{ARTICLE}?view=en#p1")
    page.locator("#p2").hover()
    row(page, 2).click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".dw-told")).to_have_text("Link copied")
    assert copied(page) == f"{reader.sub_url}{ARTICLE}#p2"
    expect(row(page, 2)).to_be_focused()
    expect(page.locator(".dw-menu")).to_have_count(0)


def test_a_pair_is_copied_with_its_source_and_who_made_the_english(
    copying: Page, reader: BuiltSite
) -> None:
    page = copying
    page.goto(reader.url + ARTICLE)
    page.locator("#p2").hover()
    row(page, 2).click()
    page.get_by_role("button", name="Copy both texts").click()
    expect(page.locator(".dw-told")).to_have_text("Copied")
    indonesian, english, source, made, address = [one for one in copied(page).split("\n") if one]
    assert indonesian == page.locator("#p2 > .dw-pair__id").inner_text()
    assert english == page.locator("#p2 > .dw-pair__en > p").inner_text()
    assert source.startswith("Kabar Pesisir, “Pelabuhan Baru di Makassar ")
    assert "”, Sunday, 1 March 2026, 15:04 WITA. https://kabar-pesisir.example/" in source
    assert made == "English: Machine translation by Firefox Translations, 2 March 2026."
    assert address == f"{reader.url}{ARTICLE}#p2"


def test_each_paragraph_of_a_mixed_page_says_who_made_its_own(
    copying: Page, reader: BuiltSite
) -> None:
    page = copying
    page.goto(reader.url + MIXED)
    made = []
    for at, pair in enumerate(page.locator(".dw-text > .dw-pair").all(), 1):
        pair.hover()
        row(page, at).click()
        page.get_by_role("button", name="Copy both texts").click()
        expect(page.locator(".dw-menu")).to_have_count(0)
        # "Copied" may still be told of the one before.
        text = pair.locator(":scope > .dw-pair__id").inner_text()
        wait_until(page, lambda text=text: copied(page).startswith(text), "the pair")
        made += [one for one in copied(page).split("\n") if one.startswith("English: ")]
    assert len(set(made)) > 1
    assert any("heck" in one or "dited" in one for one in made)


def test_what_has_no_english_is_copied_without(copying: Page, reader: BuiltSite) -> None:
    page = copying
    page.goto(reader.url + WAITING)
    page.locator("#p1").hover()
    row(page, 1).click()
    page.get_by_role("button", name="Copy both texts").click()
    expect(page.locator(".dw-told")).to_have_text("Copied")
    assert "English" not in copied(page)
    assert "translated" not in copied(page)


def test_the_keyboard_leads_from_a_sentence_to_its_menu_and_back(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    for _ in range(4):
        page.keyboard.press("j")
    at = page.evaluate("document.activeElement.closest('.dw-pair').id")
    assert at == "p2"
    page.keyboard.press("Tab")  # to the line in the memory
    page.keyboard.press("Tab")
    expect(row(page, 2)).to_be_focused()
    seen(row(page, 2))
    page.keyboard.press("Enter")
    items = page.locator(".dw-menu button")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    expect(row(page, 2)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".dw-menu")).to_have_count(0)
    expect(row(page, 2)).to_be_focused()
    expect(row(page, 2)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".dw-menu")).to_have_count(0)  # whoever goes on leaves no menu behind


def test_a_click_elsewhere_closes_the_menu(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator("#p1").hover()
    row(page, 1).click()
    expect(page.locator(".dw-menu")).to_be_visible()
    page.locator("#p4 .dw-pair__id").click()
    expect(page.locator(".dw-menu")).to_have_count(0)


def test_a_finger_that_rests_brings_the_row_and_keeps_the_selection(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(**PHONE)
    page.goto(reader.url + ARTICLE)
    text = page.locator("#p2 > .dw-pair__id")
    text.scroll_into_view_if_needed()
    box = text.bounding_box()
    assert box
    point = {"x": box["x"] + 40, "y": box["y"] + 12}
    client = page.context.new_cdp_session(page)
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(page.locator("#p2.dw-is-at")).to_have_count(1)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    seen(row(page, 2))
    expect(page.locator(".dw-menu")).to_have_count(0)
    row(page, 2).tap()
    menu = page.locator(".dw-menu")
    items = menu.get_by_role("button")
    expect(items.first).to_be_focused()
    assert items.count() > 2
    for item in items.all():
        size = item.bounding_box()
        assert size
        assert size["height"] >= 44
    whole = menu.bounding_box()
    assert whole
    assert whole["x"] >= 0
    assert whole["x"] + whole["width"] <= 390


def test_a_tap_brings_the_row_too_and_a_scroll_does_not(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(reader.url + ARTICLE)
    page.locator("#p2 > .dw-pair__id [data-s]").first.tap()
    seen(row(page, 2))
    seen(row(page, 1), now=False)


def test_a_menu_that_is_late_comes_once_and_before_a_word(page: Page, reader: BuiltSite) -> None:
    """Whoever presses again, or something else, while scripts come gets what was asked for last."""
    late = Held(page, re.compile(r"/assets/(share/menu|words/popup)\.js"))
    page.goto(reader.url + ARTICLE)
    page.locator("#p2 > .dw-pair__id [data-s]").first.click()  # a word
    for _ in range(2):
        row(page, 2).click()
    wait_until(page, lambda: len(late.routes) == 2, "both scripts to be asked for")
    late.release()
    expect(page.locator(".dw-menu button").first).to_be_focused()
    page.wait_for_function("() => window.dwWords?.touch")
    let_paint(page)
    expect(page.locator(".dw-menu button").first).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_menu_is_wholly_on_the_screen(open_page: Open, reader: BuiltSite, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 600})
    page.goto(reader.url + ARTICLE)
    last = page.locator(".dw-text > .dw-pair").last
    for button in (last.locator(".dw-pair__act"), page.locator("[data-dw-share]")):
        page.keyboard.press("Escape")
        last.hover()
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        box = page.locator(".dw-menu").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_system_shares_where_it_can(page: Page, reader: BuiltSite) -> None:
    page.add_init_script(f"({SHARED})()")
    page.goto(reader.url + ARTICLE)
    page.locator("#p2").hover()
    row(page, 2).click()
    page.get_by_role("button", name="Share …").click()
    (shared,) = page.evaluate("shared")
    assert shared["url"] == f"{reader.url}{ARTICLE}#p2"
    assert shared["text"] == page.locator("#p2 > .dw-pair__en > p").inner_text()


def test_there_is_no_word_of_it_where_the_system_cannot(page: Page, reader: BuiltSite) -> None:
    page.add_init_script(f"({NOT_SHARED})()")
    page.goto(reader.url + ARTICLE)
    page.locator("[data-dw-share]").click()
    expect(page.locator(".dw-menu button")).to_have_count(2)


def test_the_head_shares_the_article(copying: Page, reader: BuiltSite) -> None:
    page = copying
    page.goto(reader.url + ARTICLE + "#p3")
    page.locator("[data-dw-share]").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".dw-told")).to_have_text("Link copied")
    assert copied(page) == reader.url + ARTICLE
    page.locator("[data-dw-share]").click()
    page.get_by_role("button", name="Copy the titles").click()
    expect(page.locator(".dw-told")).to_have_text("Copied")
    assert copied(page).startswith(
        page.locator(".dw-title .dw-pair__id").inner_text()
        + "\n\n"
        + page.locator(".dw-title .dw-pair__en").inner_text()
        + "\n\nKabar Pesisir, Sunday"
    )


def test_a_browser_that_refuses_the_clipboard_copies_by_its_old_way(
    page: Page, reader: BuiltSite
) -> None:
    page.add_init_script(
        """() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          window.fields = [];
          document.execCommand = (what) => {
            fields.push([what, document.activeElement.value]);
            return fields.length === 1;
          };
        }""".join(("(", ")()"))
    )
    page.goto(reader.url + ARTICLE)
    for told in ("Link copied", "Your browser does not let this page copy"):
        page.locator("[data-dw-share]").click()
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator(".dw-told")).to_have_text(told)
    assert page.evaluate("fields") == [["copy", reader.url + ARTICLE]] * 2


def test_where_the_menu_does_not_come_the_address_is_still_given(
    open_page: Open, reader: BuiltSite, watch: object
) -> None:
    page = open_page()
    page.route("**/assets/share/menu.js", lambda route: route.fulfill(status=404, body=""))
    page.goto(reader.url + ARTICLE)
    page.locator("#p2").hover()
    row(page, 2).click()
    page.wait_for_url("**#p2")
    watch.faults.clear()  # type: ignore[attr-defined]  # the 404


@pytest.mark.parametrize("forced", ["none", "active"])
def test_what_the_address_names_is_marked(open_page: Open, reader: BuiltSite, forced: str) -> None:
    page = open_page(forced_colors=forced)
    page.goto(f"{reader.url}{ARTICLE}#p3")
    look = """node => {
      const { backgroundColor, boxShadow, outlineStyle } = getComputedStyle(node);
      return [backgroundColor, boxShadow, outlineStyle].join();
    }"""
    named, other = page.locator("#p3").evaluate(look), page.locator("#p1").evaluate(look)
    assert named != other


def test_forced_colours_show_the_sentence_that_is_meant(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(forced_colors="active")
    page.goto(reader.url + ARTICLE)
    page.locator("#p2 > .dw-pair__id [data-s='2']").hover()
    row(page, 2).click()
    meant = page.locator(".dw-is-meant")
    expect(meant).to_have_count(2)
    colour = "node => getComputedStyle(node).backgroundColor"
    assert meant.first.evaluate(colour) != page.locator("#p1 [data-s]").first.evaluate(colour)


def test_paper_shows_none_of_it(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator("#p2").hover()
    row(page, 2).click()
    page.emulate_media(media="print")
    for one in (".dw-acts button", ".dw-pair__act", ".dw-menu"):
        for button in page.locator(one).all():
            expect(button).to_be_hidden()


def test_without_javascript_there_are_no_buttons(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(reader.url + ARTICLE)
    for button in page.locator(".dw-article button").all():
        expect(button).to_be_hidden()
    expect(page.locator(".dw-note__correct")).to_be_visible()
    page.goto(reader.url + ARTICLE + "#p3")
    assert page.locator("#p3").evaluate("node => node.matches(':target')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_menu(
    open_page: Open, reader: BuiltSite, scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    page.goto(reader.url + ARTICLE)
    page.locator("#p2").hover()
    row(page, 2).click()
    page.get_by_role("button", name="Save this sentence").click()
    row(page, 2).click()
    let_paint(page)
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []

"""Reading aloud, with a browser's voices in a script: what is said, marked, chosen, stopped."""

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from site_rig import BuiltSite

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"
Open = Callable[..., Page]

# A synthesiser that says nothing and tells what it was asked for; `said()` ends an utterance.
VOICES = """(languages) => {
  const asked = [];
  let now = null;
  class Utterance { constructor(text) { this.text = text; } }
  const listeners = [];
  const synthesis = {
    languages,
    getVoices: () =>
      synthesis.languages.map((name) => ({
        lang: name.replace("+net", ""), localService: !name.endsWith("+net"), default: false,
      })),
    speak(one) { asked.push([one.lang, one.text, one.rate]); now = one; },
    cancel() {
      const old = now;
      now = null;
      old?.onerror?.({ error: "interrupted" });
    },
    addEventListener(_, callback) { listeners.push(callback); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
  window.asked = asked;
  window.said = () => { const old = now; now = null; old.onend({}); };
  window.failed = (error) => { const old = now; now = null; old.onerror({ error }); };
  window.silent = () => now === null;
  window.come = (more) => { synthesis.languages = more; for (const one of listeners) one(); };
}"""


def speaking(page: Page, *languages: str) -> Page:
    page.add_init_script(f"({VOICES})({json.dumps(languages)})")
    return page


def asked(page: Page) -> list[tuple[str, str]]:
    return [(lang, text) for lang, text, _ in page.evaluate("asked")]


def listen(page: Page, reader: BuiltSite, *languages: str, path: str = ARTICLE) -> None:
    speaking(page, *languages).goto(reader.url + path)
    page.locator("[data-dw-aloud]").click()
    expect(page.locator(".dw-aloud")).to_be_visible()


def test_both_languages_are_read_in_turn_and_what_is_read_is_marked(
    page: Page, reader: BuiltSite
) -> None:
    listen(page, reader, "en-US", "id-ID")
    title = page.locator("h1 > .dw-pair__id").inner_text()
    assert asked(page) == [("id-ID", title)]
    expect(page.locator("h1 .dw-is-said")).to_have_count(2)
    for _ in range(5):
        page.evaluate("said()")
    first = page.locator("#p1 [data-s='1']").all_inner_texts()
    second = page.locator("#p1 [data-s='2']").all_inner_texts()
    assert asked(page)[2:] == [
        *zip(("id-ID", "en-US"), first, strict=True),
        *zip(("id-ID", "en-US"), second, strict=True),
    ]
    assert page.locator(".dw-is-said").all_inner_texts() == second
    # To the end, and then it is over.
    while not page.evaluate("silent()"):
        page.evaluate("said()")
    expect(page.locator(".dw-aloud")).to_have_count(0)
    expect(page.locator(".dw-is-said")).to_have_count(0)
    last = page.locator(".dw-text > .dw-pair").last.locator(".dw-pair__en > p").inner_text()
    assert asked(page)[-1][0] == "en-US"
    assert last.endswith(asked(page)[-1][1])


@pytest.mark.parametrize(
    ("languages", "view", "read"),
    [
        (("id-ID", "en-GB"), "en", {"en-GB"}),
        (("id-ID", "en-GB"), "id", {"id-ID"}),
        (("id-ID", "en-GB"), "tap", {"id-ID", "en-GB"}),
        (("en-GB", "fr-FR"), "both", {"en-GB"}),
        (("in_ID",), "both", {"in_ID"}),
    ],
)
def test_the_view_and_the_voices_say_which_languages(
    page: Page, reader: BuiltSite, languages: tuple[str, ...], view: str, read: set[str]
) -> None:
    listen(page, reader, *languages, path=f"{ARTICLE}?view={view}")
    for _ in range(5):
        page.evaluate("said()")
    assert {lang for lang, _ in asked(page)} == read
    options = page.locator(".dw-aloud select").first.locator("option")
    expect(options).to_have_count(3 if len(set(languages) & {"id-ID", "en-GB"}) == 2 else 1)


def test_languages_and_speed_are_chosen_and_remembered(page: Page, reader: BuiltSite) -> None:
    listen(page, reader, "id-ID", "en-GB")
    page.evaluate("said()")
    page.get_by_label("Languages read").select_option("en")
    page.get_by_label("Speed").select_option(label="1.25×")
    page.evaluate("said()")
    lang, _, rate = page.evaluate("asked.at(-1)")
    assert (lang, rate) == ("en-GB", 1.25)
    page.goto(reader.url + ARTICLE)
    page.locator("[data-dw-aloud]").click()
    page.wait_for_function("() => asked.length")
    assert page.evaluate("asked[0][0]") == "en-GB"
    assert page.evaluate("asked[0][2]") == 1.25


def test_it_begins_where_one_is(page: Page, reader: BuiltSite) -> None:
    speaking(page, "id-ID", "en-GB").goto(reader.url + ARTICLE)
    sentence = page.locator("#p2 > .dw-pair__id [data-s='2']")
    sentence.hover()
    page.locator("#p2 .dw-pair__act").click()
    page.get_by_role("button", name="Read aloud from here").click()
    page.wait_for_function("() => asked.length")
    assert asked(page) == [("id-ID", sentence.inner_text())]


def test_it_pauses_goes_on_back_and_forth_and_stops_by_keyboard(
    page: Page, reader: BuiltSite
) -> None:
    speaking(page, "id-ID", "en-GB").goto(reader.url + ARTICLE)
    page.locator("[data-dw-aloud]").focus()
    page.keyboard.press("Enter")
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_focused()
    page.keyboard.press("Space")
    assert page.evaluate("silent()")
    go_on = page.get_by_role("button", name="Go on", exact=True)
    expect(go_on).to_be_focused()
    page.keyboard.press("Enter")
    assert not page.evaluate("silent()")
    (first, again) = asked(page)
    assert first == again  # the sentence from its beginning
    page.get_by_role("button", name="Next sentence").press("Enter")
    assert asked(page)[-1] == ("id-ID", page.locator("#p1 [data-s='1']").first.inner_text())
    page.get_by_role("button", name="Sentence before").press("Enter")
    assert asked(page)[-1] == first
    page.keyboard.press("Escape")
    assert page.evaluate("silent()")
    expect(page.locator(".dw-aloud")).to_have_count(0)
    expect(page.locator("[data-dw-aloud]")).to_be_focused()


def test_what_is_read_is_in_sight(page: Page, reader: BuiltSite) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.emulate_media(reduced_motion="reduce")
    listen(page, reader, "id-ID", "en-GB")
    for _ in range(7):
        page.evaluate("said()")
        expect(page.locator(".dw-is-said").first).to_be_in_viewport()


def test_leaving_the_page_ends_it(page: Page, reader: BuiltSite) -> None:
    listen(page, reader, "id-ID", "en-GB")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("silent()")
    assert len(asked(page)) == 1


def test_a_voice_that_fails_is_told_and_can_be_asked_again(page: Page, reader: BuiltSite) -> None:
    listen(page, reader, "id-ID", "en-GB")
    page.evaluate("failed('network')")
    expect(page.locator(".dw-aloud__told")).to_have_text("This voice has failed")
    page.get_by_role("button", name="Go on", exact=True).click()
    assert not page.evaluate("silent()")


def test_it_is_there_only_with_a_voice_and_comes_with_one(page: Page, reader: BuiltSite) -> None:
    speaking(page, "fr-FR").goto(reader.url + ARTICLE)
    button = page.locator("[data-dw-aloud]")
    expect(button).to_be_hidden()
    page.locator("#p2").hover()
    page.locator("#p2 .dw-pair__act").click()
    expect(page.get_by_role("button", name="Read aloud from here")).to_have_count(0)
    page.keyboard.press("Escape")
    before = page.locator(".dw-text").bounding_box()
    page.evaluate("come(['id-ID'])")
    expect(button).to_be_visible()
    assert page.locator(".dw-text").bounding_box() == before
    page.evaluate("come([])")
    expect(button).to_be_hidden()


def test_a_browser_that_cannot_speak_offers_nothing(page: Page, reader: BuiltSite) -> None:
    page.add_init_script("delete window.speechSynthesis")
    page.goto(reader.url + ARTICLE)
    expect(page.locator("[data-dw-aloud]")).to_be_hidden()


def test_a_voice_that_is_not_of_this_device_is_told(page: Page, reader: BuiltSite) -> None:
    listen(page, reader, "id-ID+net", "en-GB+net", "en-GB")
    options = page.get_by_label("Languages read").locator("option").all_inner_texts()
    assert options == ["Both in turn (over the net)", "Indonesia (over the net)", "English"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(open_page: Open, reader: BuiltSite, scheme: str) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 320, "height": 700})
    listen(page, reader, "id-ID", "en-GB")
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_forced_colours_show_what_is_read(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(forced_colors="active")
    listen(page, reader, "id-ID", "en-GB")
    colour = "node => getComputedStyle(node).backgroundColor"
    said = page.locator(".dw-is-said").first.evaluate(colour)
    assert said != page.locator("#p1 > .dw-pair__id").evaluate(colour)

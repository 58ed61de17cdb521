"""A word that is touched: what is said of it, where, and how one comes to it and away."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Response, expect

import factory
from conftest import PHONE, Held, Watch, let_paint, wait_until
from site_rig import BuiltSite, build_site, serve_site

ARTICLE = "article/kerja/"
# What a first touch may fetch, compressed, for the word and for its English.
LIGHT, LARGEST = 75_000, 15_000

Open = Callable[..., Page]
POINT = """
(node, [word, nth]) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    let at = -1;
    for (let n = 0; n < nth; n++) at = text.data.indexOf(word, at + 1);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + word.length);
    const box = range.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }
}
"""
WHOLE = "document.querySelector('.dw-text').innerHTML"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Three articles with words of all kinds in them."""
    filler = "Hujan turun sepanjang hari. " * 4, "It rained all day. " * 4
    pairs = [
        (
            "Ketua KPK mengatakan kerja sama itu penting. Para pekerja setuju.",
            "The head of the KPK said that cooperation was important. The workers agreed.",
        ),
        ("Sastroprawiro membaca qwerty di Mahkamah Agung.", "Sastroprawiro read at the Court."),
        *[filler] * 5,
        ("Beruang itu beruang.", "That bear has money."),
        ("Harganya 2,5 miliar rupiah pada Kamis (9/11).", "It cost a lot on Thursday."),
        *[filler] * 7,
    ]
    entries = [
        factory.entry("kerja", ("Kerja Sama Dua Kota", "Two Cities Work Together"), pairs),
        factory.entry(
            "bekerja",
            ("Mereka Bekerja", "They Work"),
            [("Dua orang bekerja di ladang. Hujan turun.", "Two people work. It rains.")],
        ),
        factory.entry("lain", ("Hujan", "Rain"), [("Hujan turun.", "It rains.")]),
    ]
    root = tmp_path_factory.mktemp("words")
    with serve_site(build_site(root, entries)) as served:
        yield served


def touch(page: Page, place: str, word: str, nth: int = 1) -> Locator:
    """Touch a word by what the page has, a finger or a mouse; what is said of it."""
    page.keyboard.press("Escape")  # what is said of another word may lie on it
    node = page.locator(place).first
    page.evaluate("document.fonts.ready.then(() => {})")  # other faces move the words
    node.scroll_into_view_if_needed()
    where = None
    while (
        point := node.evaluate(POINT, [word, nth])
    ) != where:  # whatever still moves, comes to rest
        where = point
        let_paint(page)
    x, y = point
    if page.evaluate("navigator.maxTouchPoints"):
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)
    return page.get_by_role("dialog")


def is_clear_of(page: Page, place: str) -> bool:
    """Whether the popup covers nothing of a sentence."""
    clear: bool = page.evaluate(
        """place => {
          const own = document.querySelector(".dw-word").getBoundingClientRect();
          const bar = document.querySelector(".dw-views").getBoundingClientRect();
          return [...document.querySelector(place).getClientRects()].every(({ top, bottom, left, right }) =>
            (bottom <= own.top || top >= own.bottom || right <= own.left || left >= own.right)
            && top >= bar.bottom - 1 && bottom <= innerHeight);
        }""",  # noqa: E501
        place,
    )
    return clear


def test_a_touch_says_root_pieces_and_senses(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__id", "mengatakan")
    expect(said).to_be_focused()
    expect(said).to_have_accessible_name("mengatakan")
    expect(said.locator(".dw-word__senses")).to_contain_text("say")
    terms = said.locator(".dw-word__pieces > dt").all_inner_texts()
    assert terms == ["kata", "meng-…-kan"]
    expect(said.locator(".dw-word__pieces")).to_contain_text("makes an active verb")
    lit = page.locator(".dw-is-lit").all_inner_texts()
    assert [one.partition(" ")[0] for one in lit] == ["Ketua", "The"]
    assert page.locator(".dw-pair__id .dw-word-of").all_inner_texts() == ["mengatakan"]
    # Its English, too, where that is sure.
    expect(page.locator(".dw-word-of--en")).to_have_text("said")
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)
    assert page.locator(".dw-word-of").count() == 0


def test_what_stands_together_names_and_unknown_words(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    for word in ("kerja", "sama"):
        here = touch(page, "#p1 .dw-pair__id", word).locator(".dw-word__here")
        expect(here).to_contain_text("kerja sama cooperation")
        expect(here).to_contain_text("fixed phrase")
    said = touch(page, "#p1 .dw-pair__id", "KPK")
    expect(said).to_contain_text("Corruption Eradication Commission")
    said = touch(page, "#p2 .dw-pair__id", "Agung")
    expect(said.locator(".dw-word__here")).to_contain_text("Mahkamah Agung Supreme Court")
    said = touch(page, "#p2 .dw-pair__id", "Sastroprawiro")
    expect(said).to_contain_text("A name, it seems")
    said = touch(page, "#p2 .dw-pair__id", "qwerty")
    expect(said).to_contain_text("Not in the lexicon")
    said = touch(page, "#p8 .dw-pair__id", "beruang")
    expect(said.locator(".dw-word__senses")).to_have_text("bear")
    said.locator("summary").click()
    expect(said.locator("details")).to_contain_text("uang")
    expect(said.locator("details")).to_contain_text("ber-")


def test_numbers_and_dates_are_unfolded(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    for word, unfolded in (("miliar", "billion"), ("2,5", "billion"), ("9/11", "9 November")):
        said = touch(page, "#p9 .dw-pair__id", word)
        expect(said.locator(".dw-word__news")).to_contain_text(unfolded)


def test_nothing_is_fetched_before_a_touch_and_little_then(page: Page, reader: BuiltSite) -> None:
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))  # Playwright takes no built-in
    page.goto(reader.url + ARTICLE, wait_until="networkidle")
    page.mouse.move(300, 300)
    let_paint(page)
    assert [one.url for one in came if "/words/" in one.url or "/lexicon/" in one.url] == []
    came.clear()
    expect(touch(page, "#p1 .dw-pair__id", "mengatakan")).to_be_visible()
    expect(page.locator(".dw-word-of--en").first).to_be_attached()  # all that is asked for is here
    sizes = {one.url: len(gzip.compress(one.body())) for one in came}
    assert len(sizes) > 10
    assert sum(sizes.values()) < LIGHT, sizes
    assert max(sizes.values()) < LARGEST, sizes
    came.clear()
    expect(touch(page, "#p1 .dw-pair__id", "pekerja")).to_be_visible()
    let_paint(page)
    assert all("/lexicon/" in one.url for one in came), [one.url for one in came]
    names = [
        one.url for one in came if re.search("/(roots|names|named|places|terms)[.]js", one.url)
    ]
    assert names == []
    expect(touch(page, "#p1 .dw-pair__id", "Ketua")).to_be_visible()
    wait_until(page, lambda: any("/places.js" in one.url for one in came), "what names need")


@pytest.mark.parametrize("device", [{}, PHONE, {"viewport": {"width": 800, "height": 480}}])
def test_the_popup_never_covers_its_sentence(
    open_page: Open, reader: BuiltSite, device: dict[str, object]
) -> None:
    page = open_page(**device)
    page.goto(reader.url + ARTICLE)
    for number, word in ((1, "pekerja"), (2, "membaca"), (8, "Beruang"), (16, "turun")):
        sentence = "2" if number == 1 else "1"
        place = f"#p{number} .dw-pair__id [data-s='{sentence}']"
        expect(touch(page, place, word)).to_be_focused()
        let_paint(page)
        assert is_clear_of(page, place), (number, word)
        box = page.get_by_role("dialog").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= (page.viewport_size or {})["width"]
    page.touchscreen.tap(5, 60) if device.get("has_touch") else page.mouse.click(5, 60)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_words_are_reached_by_the_keyboard(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    before = page.evaluate(WHOLE)
    page.keyboard.press("j")
    sentence = page.locator("#p1 .dw-pair__en [data-s='1']")
    expect(sentence).to_be_focused()
    during = page.evaluate(WHOLE)
    page.keyboard.press("Enter")
    word = page.locator(".dw-word-stop:focus")
    expect(word).to_have_text("Ketua")
    expect(word).to_have_role("button")
    page.keyboard.press("ArrowRight")
    expect(word).to_have_text("KPK")
    page.keyboard.press("End")
    expect(word).to_have_text("penting")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(word).to_have_text("sama")
    page.keyboard.press("Enter")
    said = page.get_by_role("dialog")
    expect(said).to_be_focused()
    expect(said).to_have_accessible_description(re.compile("cooperation"))
    page.keyboard.press("Escape")
    expect(word).to_have_text("sama")
    page.keyboard.press("Enter")
    expect(said).to_be_focused()
    # Tab goes through what the dialog offers, and from its end back to the word.
    for _ in range(8):
        page.keyboard.press("Tab")
        if not said.count():
            break
    expect(word).to_have_text("sama")
    page.keyboard.press("Escape")
    expect(sentence).to_be_focused()
    assert page.evaluate(WHOLE) == during
    page.keyboard.press("Escape")
    assert len(before) <= len(during)


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_said(
    open_page: Open, reader: BuiltSite, device: dict[str, object], scheme: str
) -> None:
    page = open_page(**device, color_scheme=scheme)
    page.goto(f"{reader.url}{ARTICLE}?view=learn")
    said = touch(page, "#p8 .dw-pair__id", "beruang")
    said.locator("details").evaluate("node => { node.open = true; }")
    violations = Axe().run(page).response["violations"]
    assert [v["id"] for v in violations if v["impact"] in ("serious", "critical")] == []


def test_a_step_to_another_sentence_ends_the_walk(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".dw-word-stop:focus")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator(".dw-word-stop")).to_have_count(0)
    expect(page.locator("#p1 .dw-pair__en [data-s='2']")).to_be_focused()


def test_text_can_be_selected_and_links_followed(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    node = page.locator("#p1 .dw-pair__id")
    x, y = node.evaluate(POINT, ["mengatakan", 1])
    page.mouse.move(x - 20, y)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    page.mouse.up()
    let_paint(page)
    assert page.evaluate("String(getSelection())").strip()
    assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("device", [{}, {**PHONE, "viewport": {"width": 360, "height": 640}}])
def test_the_gesture_is_explained_once_where_it_is_read(
    open_page: Open, reader: BuiltSite, device: dict[str, object]
) -> None:
    page = open_page(**device)
    page.goto(reader.url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__id", "Ketua")
    lesson, own = said.locator(".dw-word__lesson").bounding_box(), said.bounding_box()
    assert lesson
    assert own
    assert own["y"] <= lesson["y"]
    assert lesson["y"] + lesson["height"] <= own["y"] + own["height"]
    for _ in range(2):
        said = touch(page, "#p1 .dw-pair__id", "pekerja")
        expect(said).to_be_visible()
        assert said.locator(".dw-word__lesson").count() == 0
        page.reload()


@pytest.mark.parametrize("late", ["**/assets/words/popup.js", "**/lexicon/entries-*.js"])
def test_who_waits_for_a_word_is_told_so(page: Page, reader: BuiltSite, late: str) -> None:
    held = Held(page, late)
    page.goto(reader.url + ARTICLE)
    touch(page, "#p1 .dw-pair__id", "Ketua")
    sign = page.get_by_role("status").filter(has_text="Looking it up …")
    expect(sign).to_be_visible()
    held.release()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(sign).to_have_count(0)


def test_a_word_below_that_sign_is_found_all_the_same(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(viewport={"width": 640, "height": 400})
    held = Held(page, "**/assets/words/popup.js")
    page.goto(reader.url + ARTICLE)
    word = "document.querySelector('#p1 .dw-pair__id').getBoundingClientRect().bottom"
    page.evaluate(f"scrollBy({{ top: {word} - innerHeight + 4, behavior: 'instant' }})")
    let_paint(page)
    x, y = page.locator("#p1 .dw-pair__id").evaluate(POINT, ["pekerja", 1])
    page.mouse.click(x, y)
    sign = page.get_by_role("status").filter(has_text="Looking it up …")
    expect(sign).to_be_visible()
    box = sign.bounding_box()
    assert box
    assert box["y"] < y < box["y"] + box["height"]
    held.release()
    expect(page.get_by_role("dialog")).to_be_focused()
    assert page.locator(".dw-is-lit").count() == 2


def test_beside_the_english_what_is_said_leaves_it_in_sight(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(viewport={"width": 768, "height": 1024})
    page.goto(reader.url + ARTICLE)
    for number, word in ((1, "mengatakan"), (3, "Hujan"), (8, "Beruang")):
        said = touch(page, f"#p{number} .dw-pair__id", word)
        expect(said).to_be_focused()
        assert is_clear_of(page, f"#p{number} .dw-pair__en [data-s='1']"), word


def test_a_page_that_moves_under_the_pointer_leaves_the_sentence_lit(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(viewport={"width": 640, "height": 400})
    page.goto(reader.url + ARTICLE)
    for number, word in ((1, "pekerja"), (8, "Beruang"), (16, "turun")):
        expect(touch(page, f"#p{number} .dw-pair__id", word)).to_be_focused()
        let_paint(page)
        beside = page.locator(f"#p{number} .dw-pair__en [data-s='1']").bounding_box()
        assert beside
        page.mouse.move(beside["x"] + 9, beside["y"] + 9)  # what the page has moved there
        lit = page.locator(".dw-is-lit")
        assert lit.count() == 2
        assert word in lit.first.inner_text()


def test_other_sentences_with_the_root(page: Page, reader: BuiltSite) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(reader.sub_url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__id", "kerja")
    button = said.get_by_role("button", name="Other sentences with this root")
    expect(button).to_be_visible()
    assert [url for url in asked if "/search/" in url] == []
    button.click()
    found = said.locator(".dw-word__others > div")
    expect(found.filter(has_text="Dua orang bekerja di ladang.")).to_contain_text("Two people work")
    expect(said.locator("mark").filter(has_text="pekerja")).to_have_count(1)
    assert found.filter(has_text="Ketua KPK").count() == 0
    link = found.get_by_role("link", name="Mereka Bekerja")
    expect(link).to_have_attribute("href", f"{reader.sub_url}article/bekerja/#p1")


def test_a_word_can_be_kept(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    button = touch(page, "#p1 .dw-pair__id", "pekerja").get_by_role("button", name="Learn")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    kept = page.evaluate("dw.device.get('words').kerja")
    assert (kept["f"], kept["s"], kept["p"], kept["a"]) == (
        *("pekerja", "learning", "p1"),
        ARTICLE.rstrip("/"),
    )
    assert (kept["id"], kept["en"]) == ("Para pekerja setuju.", "The workers agreed.")


def test_where_the_lexicon_is_not_to_be_had(page: Page, reader: BuiltSite, watch: Watch) -> None:
    page.route("**/lexicon/*.js", lambda route: route.abort())
    page.goto(reader.url + ARTICLE)
    said = touch(page, "#p1 .dw-pair__id", "Ketua")
    expect(said).to_contain_text("could not be looked up")
    page.unroute("**/lexicon/*.js")
    expect(touch(page, "#p1 .dw-pair__id", "pekerja")).to_contain_text("worker")
    page.reload()
    page.route("**/assets/words/*.js", lambda route: route.abort())
    touch(page, "#p1 .dw-pair__id", "Ketua")
    expect(page.get_by_role("alert")).to_have_text("Words could not be looked up.")
    page.reload()
    page.unroute("**/assets/words/*.js")
    page.route("**/assets/words/open.js", lambda route: route.abort(), times=1)
    touch(page, "#p1 .dw-pair__id", "Ketua")
    expect(page.get_by_role("alert")).to_have_text("Words could not be looked up.")
    expect(touch(page, "#p1 .dw-pair__id", "pekerja").locator(".dw-keep")).to_have_count(1)
    watch.faults.clear()


def test_words_of_a_story_are_touched_and_reached_by_the_keyboard(
    page: Page, hand_made: Path
) -> None:
    with serve_site(hand_made) as site:
        _touch_and_step(page, site.url + "story/2026-03-01-kapal-jepang-bersandar/")


def _touch_and_step(page: Page, story: str) -> None:
    page.goto(story)
    said = touch(page, ".dw-telling:last-child .dw-pair__id", "melayani")
    expect(said.locator(".dw-word__senses")).to_contain_text("serve")
    expect(page.locator(".dw-pair__en .dw-word-of--en")).to_have_text("serving")
    said.get_by_role("button", name="Learn").click()
    kept = page.evaluate("dw.device.get('words').layan")
    assert (kept["a"], kept["n"], kept["t"]) == (
        *("article/2026-03-01-pelabuhan-baru-di-makassar", "Kabar Pesisir"),
        "Pelabuhan Baru di Makassar Mulai Melayani Kapal dari Jepang dan Australia",
    )
    said = touch(page, ".dw-telling:last-child .dw-pair__en", "Japan")
    expect(said.locator(".dw-word__here")).to_contain_text("Jepang Japan country")
    page.keyboard.press("Escape")
    # The headline is no link, so its words can be touched, too.
    said = touch(page, "h1 .dw-pair__id", "Pelabuhan")
    expect(said.locator(".dw-word__senses")).to_contain_text("port")
    said.get_by_role("button", name="Learn").click()
    kept = page.evaluate("dw.device.get('words').labuh")
    assert kept["a"] == "article/2026-03-01-pelabuhan-baru-di-makassar"
    page.goto(story)
    page.locator(".dw-telling:first-child h2 a").focus()
    page.keyboard.press("Tab")
    passage = page.locator(".dw-passage").first
    expect(passage).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".dw-passage").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    word = page.locator(".dw-word-stop:focus")
    expect(word).to_have_text("Sebuah")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_accessible_name(re.compile("kapal"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(passage).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".dw-telling:first-child .dw-telling__on a")).to_be_focused()
    # Below all of them, stepping begins at the last, not back at the top.
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.body.style.paddingBottom = '200vh'; scrollTo(0, 1e6)")
    page.keyboard.press("j")
    expect(page.locator(".dw-passage").last).to_be_focused()
    # How articles are read says nothing of a story, which shows both languages.
    page.evaluate("dw.remember('view', 'tap')")
    page.reload()
    said = touch(page, ".dw-telling:last-child .dw-pair__en", "Japan")
    expect(said.locator(".dw-word__here")).to_contain_text("Jepang Japan country")


def test_words_of_a_site_on_a_disk(page: Page, reader: BuiltSite) -> None:
    page.goto((reader.root / ARTICLE / "index.html").as_uri())
    expect(touch(page, "#p1 .dw-pair__id", "pekerja")).to_contain_text("worker")


def test_without_scripts_rarer_words_stand_below_the_text(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(reader.url + ARTICLE)
    folded = page.locator("details").filter(has_text="Rarer words")
    expect(folded.locator("p")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("p")).to_contain_text("beruang bear")
    touched = page.locator("#p1 .dw-pair__id")
    touched.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


# --- the learner's view -----------------------------------------------------------------------


def test_english_comes_by_paragraph_or_by_sentence(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(f"{reader.url}{ARTICLE}?view=learn")
    english = page.locator("#p1 > .dw-pair__en")
    expect(english).to_be_hidden()
    button = page.locator("#p1 .dw-pair__id .dw-pair__tap")
    expect(button).to_have_accessible_name("English of this paragraph")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    button.tap()
    expect(english).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.focus()
    page.keyboard.press("Enter")
    expect(english).to_be_hidden()
    said = touch(page, "#p1 .dw-pair__id", "pekerja")
    expect(english).to_be_hidden()
    said.get_by_role("button", name="The sentence in English").tap()
    expect(said.locator(".dw-word__english")).to_have_text("The workers agreed.")
    expect(said.locator(".dw-word__english")).to_be_focused()
    # What one view has opened stays hidden in the other.
    button.tap()
    page.keyboard.press("b")
    page.locator(".dw-views [data-view=tap]").click()
    expect(page.locator("#p1 > .dw-pair__id")).to_be_hidden()

"""Reading an article: the five views, the partner of a sentence, keys, phone, paper, no script."""

import gzip
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Response, expect

import factory
from conftest import PHONE, Held, let_paint, wait_until
from faces import DATA, bring_ours, show_only, stand_ins
from site_rig import BuiltSite, build_site, serve_site

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"
OTHER = "article/2026-02-27-banjir-di-tepi-mekong/"
MIXED = "article/2026-02-26-vaksin-baru/"
WAITING = "article/tanpa-tanggal/"
SEED = "article/2023-11-09-hubungan-militer-rusia-korea-utara-mesra-blinken-prihatin/"
MOTHER_TONGUE = "#p1 > .dw-pair__id"
ENGLISH = "#p1 > .dw-pair__en"
LONG = "Kata" * 500

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The hand-made newspaper, with titles that no layout expects."""
    odd = (
        factory.entry("judul-panjang", (LONG, LONG), [(LONG, LONG)], source_name=LONG, byline=LONG),
        factory.entry("judul-kalimat", ("kata " * 400, "word " * 400)),
        factory.entry("emoji", ("😀🎉", "🎉😀")),
        factory.entry(
            "kanan-kiri",
            ("\u202eسلام\u202e dunia", "\u202eسلام\u202e world"),
            copies=[factory.entry("salinan", source_name="\u202eSumber").article],
        ),
    )
    root = tmp_path_factory.mktemp("reader")
    with serve_site(build_site(root, (*factory.sample_entries(), *odd))) as served:
        yield served


def view(page: Page) -> str:
    pressed = page.locator(".dw-views button[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    return pressed.get_attribute("data-view") or ""


def shown(page: Page) -> tuple[bool, bool]:
    """Whether the Indonesian and the English of the first paragraph are visible."""
    return page.locator(MOTHER_TONGUE).is_visible(), page.locator(ENGLISH).is_visible()


def lit(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".dw-is-lit").all_inner_texts()]


SHOWS = {
    "both": (True, True),
    "en": (False, True),
    "id": (True, False),
    "tap": (False, True),
    "learn": (True, False),
}


def test_the_buttons_choose_the_languages(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    assert view(page) == "both"
    for name, visible in SHOWS.items():
        page.locator(f".dw-views button[data-view={name}]").click()
        assert view(page) == name
        assert shown(page) == visible
        title = page.locator("h1 .dw-pair__id"), page.locator("h1 .dw-pair__en")
        assert (title[0].is_visible(), title[1].is_visible()) == visible


def test_one_key_goes_round_the_views_and_never_disturbs(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    seen = []
    for _ in range(5):
        page.keyboard.press("b")
        seen.append(view(page))
    assert seen == ["en", "id", "tap", "learn", "both"]
    for keys in ("Control+b", "Alt+b", "Meta+b", "Shift+B"):
        page.keyboard.press(keys)
    assert view(page) == "both"
    search = page.locator("input[type=search]").first
    search.fill("")
    search.press_sequentially("abjk")
    expect(search).to_have_value("abjk")
    assert view(page) == "both"
    assert lit(page) == []


@pytest.mark.parametrize("name", ["both", "en", "id", "tap", "learn"])
def test_the_address_can_ask_for_a_view(page: Page, reader: BuiltSite, name: str) -> None:
    page.goto(f"{reader.url}{ARTICLE}?view={name}")
    assert view(page) == name
    assert shown(page) == SHOWS[name]


def test_nonsense_in_the_address_is_no_view(page: Page, reader: BuiltSite) -> None:
    page.goto(f"{reader.url}{ARTICLE}?view=%22%3E%3Cscript%3E")
    assert view(page) == "both"


def test_a_choice_is_remembered_however_it_was_made(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator(".dw-views button[data-view=en]").click()
    page.goto(reader.url + OTHER)
    assert view(page) == "en"
    page.goto(f"{reader.url}{ARTICLE}?view=id")
    assert view(page) == "id"
    page.goto(reader.url + OTHER)
    assert view(page) == "id"
    page.goto(f"{reader.url}{OTHER}?view=nonsense")
    assert view(page) == "id"
    # A choice made on a page whose address names a view holds after a reload too.
    page.goto(f"{reader.url}{ARTICLE}?view=id")
    page.keyboard.press("b")
    page.reload()
    assert view(page) == "tap"


def test_the_remembered_view_is_there_before_the_first_paint(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator(".dw-views button[data-view=en]").click()
    page.route(
        "**/bundle/article.js*",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    page.goto(reader.url + OTHER)
    assert page.evaluate("document.documentElement.dataset.dwView") == "en"
    assert shown(page) == (False, True)


def test_reading_goes_on_where_storage_is_forbidden(open_page: Open, reader: BuiltSite) -> None:
    page = open_page()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new Error('full'); };"
        "const get = Storage.prototype.getItem;"
        "Storage.prototype.getItem = function (key) {"
        "  if (key.startsWith('dwiwarta')) throw new Error('forbidden');"
        "  return get.call(this, key); };"
    )
    page.goto(reader.url + ARTICLE)
    page.keyboard.press("b")
    assert view(page) == "en"


def test_an_index_can_be_ordered_by_name_and_by_number(page: Page, reader: BuiltSite) -> None:
    listed = "all => all.map(one => [one.querySelector('.dw-directory__name').textContent.trim(),"
    listed += " parseInt(one.querySelector('.dw-number').textContent)])"
    for path, first in (("country/", "name"), ("topic/", "number")):
        page.goto(reader.url + path)
        items = page.locator(".dw-directory").first.locator("li:not(.dw-directory__region)")
        for turn, order in enumerate((first, "number", "name", "number")):
            if turn:
                page.locator(f".dw-order [data-by={order}]").press("Enter")
            pressed = page.locator(".dw-order [aria-pressed=true]")
            expect(pressed).to_have_attribute("data-by", order)
            shown_items = items.evaluate_all(listed)
            assert len(shown_items) > 2
            key = (lambda one: one[0].casefold()) if order == "name" else (lambda one: -one[1])
            assert [key(one) for one in shown_items] == sorted(key(one) for one in shown_items)


def test_countries_stand_under_their_regions_if_so_wanted(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "country/")
    items = page.locator(".dw-directory").first.locator("li:visible")
    plain = items.count()
    page.locator(".dw-order [data-by=region]").press("Enter")
    texts = items.all_inner_texts()
    headings = page.locator(".dw-directory").first.locator(".dw-directory__region:visible")
    assert items.count() == plain + headings.count()
    assert texts[0].startswith("Southeast Asia")
    regions = items.evaluate_all("all => all.map((one) => Number(one.dataset.region))")
    assert regions == sorted(regions)
    assert len(set(regions)) == headings.count() > 1
    page.locator(".dw-order [data-by=name]").press("Enter")
    assert items.count() == plain


# --- the place on the page ------------------------------------------------------------------


def top_of(page: Page, selector: str) -> float:
    found: float = page.locator(selector).first.evaluate("n => n.getBoundingClientRect().top")
    return found


@pytest.fixture(scope="module")
def long_read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """An article of many screens, whose sentences pair one to one."""
    waves = "Ombaknya tinggi sekali. " * 5, "The waves were high. " * 5
    pairs = [
        (
            f"Kapal nomor {n} berlayar dari Makassar ke Surabaya. {waves[0]}",
            f"Ship number {n} sailed from Makassar to Surabaya with a load of rice. {waves[1]}",
        )
        for n in range(1, 31)
    ]
    entry = factory.entry("panjang", ("Pelayaran", "A Voyage"), pairs)
    root = tmp_path_factory.mktemp("long")
    with serve_site(build_site(root, [entry])) as served:
        yield served


@pytest.mark.parametrize("side", ["id", "en"])
def test_a_switch_of_the_view_keeps_the_sentence_where_it_is(
    open_page: Open, long_read: BuiltSite, side: str
) -> None:
    page = open_page(**PHONE)
    page.goto(f"{long_read.url}article/panjang/")
    edge = page.locator(".dw-views").evaluate("node => node.offsetHeight")
    # The sentence that begins just below the bar, so that it is the first in sight.
    page.evaluate(
        "([selector, edge]) => scrollBy(0, document.querySelector(selector)"
        ".getBoundingClientRect().top - edge - 3)",
        [f"#p12 .dw-pair__{side} [data-s='2']", edge],
    )
    let_paint(page)
    began = top_of(page, f"#p12 .dw-pair__{side} [data-s='2']")
    assert abs(began - edge - 3) < 1
    scroll = page.evaluate("scrollY")
    for _ in range(3):
        for chosen in ("en", "id", "tap", "learn", "both"):
            page.keyboard.press("b")
            assert view(page) == chosen
            let_paint(page)
            sides = {"en": "en", "tap": "en", "id": "id", "learn": "id", "both": side}
            shown_side = sides[chosen]
            now = top_of(page, f"#p12 .dw-pair__{shown_side} [data-s='2']")
            assert abs(now - began) <= 1, chosen
    assert abs(page.evaluate("scrollY") - scroll) <= 1


def test_a_switch_in_sight_of_the_head_moves_nothing(open_page: Open, long_read: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(f"{long_read.url}article/panjang/")
    page.mouse.wheel(0, 60)
    page.wait_for_function("() => scrollY === 60")
    page.keyboard.press("b")
    let_paint(page)
    assert page.evaluate("scrollY") == 60


@pytest.mark.parametrize("device", [PHONE, {"viewport": {"width": 320, "height": 600}}, {}])
@pytest.mark.parametrize("wide_text", [False, True])
def test_what_the_address_names_is_not_under_the_bar(
    open_page: Open, long_read: BuiltSite, device: dict[str, object], wide_text: bool
) -> None:
    page = open_page(**device)
    page.goto(f"{long_read.url}article/panjang/")
    if wide_text:  # as WCAG 1.4.12 asks
        page.add_style_tag(
            content="* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
        )
    let_paint(page)
    for place in ("#p6", "#p2"):
        page.evaluate("place => { location.hash = place; }", place)
        let_paint(page)
        bar = page.locator(".dw-views").bounding_box()
        assert bar
        text = top_of(page, f"{place} > .dw-pair__id")
        assert bar["y"] + bar["height"] <= text < bar["y"] + bar["height"] + 40


def test_an_address_may_name_a_sentence(open_page: Open, long_read: BuiltSite) -> None:
    page = open_page(**PHONE)
    for view, side in (("both", "id"), ("en", "en")):
        page.goto(f"{long_read.url}article/panjang/?view={view}#p12s2")
        let_paint(page)
        sentence = page.locator(f"#p12 .dw-pair__{side} [data-s='2']")
        expect(sentence).to_be_in_viewport()
        expect(page.locator("#p12 .dw-is-lit[data-s='2']")).to_have_count(2)
        page.evaluate("location.hash = '#p20s1'")
        expect(page.locator(f"#p20 .dw-pair__{side} [data-s='1']")).to_be_in_viewport()
    page.goto(f"{long_read.url}article/panjang/#p12s99")  # none such: its paragraph
    page.reload()
    expect(page.locator("#p12")).to_be_in_viewport()


def test_forced_colours_show_what_is_chosen_where_one_is_and_the_partner(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(forced_colors="active")
    page.goto(reader.url + ARTICLE)
    look = """node => {
      const s = getComputedStyle(node);
      return [s.backgroundColor, s.color, s.textDecorationLine, s.borderBottomWidth].join(" ");
    }"""

    def differ(one: str, other: str) -> bool:
        styles = [page.locator(selector).first.evaluate(look) for selector in (one, other)]
        return bool(styles[0] != styles[1])

    assert differ("[data-view=both]", "[data-view=en]")
    page.goto(reader.url + "country/")
    assert differ(".dw-sections a[aria-current]", ".dw-sections a:not([aria-current])")
    page.goto(reader.url + ARTICLE)
    page.keyboard.press("j")
    assert differ(".dw-is-lit", "#p2 .dw-pair__en [data-s='2']")
    partner = page.locator("#p1 .dw-pair__id .dw-is-lit, #p1 .dw-pair__id.dw-is-lit").first
    assert "underline" in partner.evaluate(look)
    for _ in range(6):
        page.keyboard.press("j")
    whole = page.locator(".dw-pair.dw-is-lit > .dw-pair__id")  # where sentences do not pair
    assert "underline" in whole.evaluate(look)
    # The icon of the colours is not of the colour of what it stands on.
    icon, ground = (
        page.locator(one).evaluate(f"n => getComputedStyle(n, {which}).backgroundColor")
        for one, which in ((".dw-scheme", "'::before'"), ("body", "null"))
    )
    assert icon != ground


def test_keys_of_a_single_letter_can_be_switched_off(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    switch = page.locator("[data-dw-keys-switch]")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.press("Space")
    expect(switch).to_have_attribute("aria-pressed", "false")
    for _ in range(2):
        for key in ("b", "j", "k", "/", "s"):
            page.keyboard.press(key)
        assert view(page) == "both"
        assert lit(page) == []
        assert page.evaluate("document.activeElement.type") != "search"
        page.goto(reader.url + OTHER)  # remembered
    expect(page.locator(".dw-views__keys")).to_be_hidden()
    page.locator("[data-dw-keys-switch]").click()
    page.keyboard.press("b")
    assert view(page) == "en"


def test_the_partner_of_a_sentence_lights_up_under_the_pointer(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator("#p2 .dw-pair__en [data-s='2']").hover()
    assert lit(page) == [
        "Ia berharap waktu tunggu turun dari tiga hari menjadi satu hari.",
        "He hopes that the waiting time will fall from three days to one.",
    ]
    page.locator("#p4 .dw-pair__id").hover()  # sentence counts differ: the whole paragraph
    expect(page.locator("#p4")).to_have_class("dw-pair dw-is-lit")
    assert page.locator(".dw-is-lit").count() == 1
    page.locator("h1").hover()
    assert lit(page) == []


def test_the_partner_lights_up_with_the_focus_and_j_and_k_step(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    page.keyboard.press("j")
    first = lit(page)
    assert first[1] == "A new container port in Makassar began serving foreign ships on Sunday."
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == first[1]
    steps = [first]
    for _ in range(7):
        page.keyboard.press("j")
        steps.append(lit(page))
    # Three paragraphs of two sentences, then one paragraph that is lit whole; the end holds.
    assert [len(step) for step in steps] == [2, 2, 2, 2, 2, 2, 1, 1]
    assert steps[6] == steps[7]
    page.keyboard.press("k")
    assert lit(page) == steps[5]
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_a_pointer_that_rests_on_the_text_does_not_lead_the_steps_astray(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(viewport={"width": 1280, "height": 420}, reduced_motion="reduce")
    page.goto(reader.url + ARTICLE)
    page.locator(f"{ENGLISH} [data-s='1']").hover()
    steps = []
    for _ in range(5):
        page.keyboard.press("j")
        let_paint(page)  # the page has moved under the pointer
        steps.append(page.evaluate("document.activeElement.closest('.dw-pair').id"))
        expect(page.locator(":focus")).to_have_class("dw-is-lit")
    assert steps == ["p1", "p2", "p2", "p3", "p3"]
    page.locator(f"{ENGLISH} [data-s='2']").hover()  # until it is moved
    expect(page.locator("#p1 .dw-is-lit")).to_have_count(2)


def test_an_explained_term_can_be_read_with_a_keyboard(page: Page, published: BuiltSite) -> None:
    page.goto(published.url + SEED)
    term = page.locator("#p1 .dw-pair__id abbr").first
    assert term.get_attribute("title")
    width = term.bounding_box()
    term.focus()
    wider = term.bounding_box()
    assert width is not None
    assert wider is not None
    assert wider["width"] > width["width"] or wider["height"] > width["height"]


def test_stepping_follows_the_language_that_is_shown(page: Page, reader: BuiltSite) -> None:
    page.goto(f"{reader.url}{ARTICLE}?view=id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[lang]').lang") == "id"


def test_tab_reaches_the_text_once(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator("[data-dw-names]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.s") == "1"
    assert len(lit(page)) == 2
    page.keyboard.press("Tab")  # to the line of this paragraph in the memory
    assert page.evaluate("document.activeElement.closest('.dw-pair').id") == "p1"
    page.keyboard.press("Tab")  # to what else can be done with it
    assert page.evaluate("document.activeElement.closest('.dw-pair').id") == "p1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.dw-text')") is None
    assert lit(page) == []


def test_a_paragraph_is_corrected_where_the_reader_is(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    link = page.locator("#p3 .dw-pair__edit")
    opacity = "node => getComputedStyle(node).opacity"
    assert link.evaluate(opacity) == "0"
    page.locator("#p3").hover()
    assert link.evaluate(opacity) == "1"
    page.locator("h1").hover()
    while page.evaluate("document.activeElement.closest('.dw-pair')?.id") != "p3":
        page.keyboard.press("j")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.evaluate(opacity) == "1"
    assert (link.get_attribute("href") or "").endswith(".po#L32")
    assert link.get_attribute("title") == "Correct paragraph 3"
    assert link.inner_text() == ""  # not to be copied
    box = link.bounding_box()
    assert box
    assert box["width"] >= 24
    page.emulate_media(media="print")
    expect(link).to_be_hidden()
    page.goto(reader.url + "article/2026-02-26-vaksin-baru/")
    expect(page.locator("#p4 .dw-pair__edit")).to_have_attribute(
        "title", "Add the English of paragraph 4"
    )


def test_another_view_leaves_the_focus_in_its_sentence(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    for _ in range(3):
        page.keyboard.press("j")
    where = "(at => [at.closest('.dw-pair').id, at.dataset.s])(document.activeElement)"
    place = page.evaluate(where)
    for view in ("en", "id", "tap", "learn", "both"):
        page.keyboard.press("b")
        assert page.evaluate("document.documentElement.dataset.dwView") == view
        assert page.evaluate(where) == place, view
        assert page.evaluate("document.activeElement.tabIndex") == 0


def test_the_original_opens_on_tap_and_by_keyboard(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(f"{reader.url}{ARTICLE}?view=tap")
    original = page.locator(MOTHER_TONGUE)
    expect(original).to_be_hidden()
    page.locator(f"{ENGLISH} [data-s='1']").tap()
    expect(original).to_be_visible()
    button = page.locator("#p1 .dw-pair__tap")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.focus()
    page.keyboard.press("Enter")
    expect(original).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24


def test_a_tap_lights_the_partner(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(reader.url + ARTICLE)
    page.locator("#p1 .dw-pair__id [data-s='2']").tap()
    assert lit(page)[1] == "The first ship came from Japan with a load of machine parts."


def test_english_alone_still_shows_what_has_no_english(page: Page, reader: BuiltSite) -> None:
    page.goto(f"{reader.url}{MIXED}?view=en")
    expect(page.locator("#p4 > .dw-pair__id")).to_be_visible()
    expect(page.locator("#p1 > .dw-pair__id")).to_be_hidden()


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("chosen", ["en", "tap"])
def test_indonesian_among_english_is_announced_above_it(
    open_page: Open, reader: BuiltSite, device: dict[str, object], chosen: str
) -> None:
    page = open_page(**device)
    page.goto(f"{reader.url}{MIXED}?view={chosen}")
    label, text = boxes(page, "#p4 .dw-pair__none", "#p4 > .dw-pair__id")
    assert label["y"] + label["height"] <= text["y"]
    style = "node => [getComputedStyle(node).borderLeftStyle, getComputedStyle(node).paddingLeft]"
    line, indent = page.locator("#p4 > .dw-pair__id").evaluate(style)
    assert line == "dotted"
    assert float(indent.removesuffix("px")) > 8
    # English of an earlier wording is English: with its warning it stands for the paragraph.
    warning, english = boxes(page, "#p5 .dw-state", "#p5 .dw-pair__en > p[lang]")
    assert warning["y"] + warning["height"] <= english["y"]
    expect(page.locator("#p5 > .dw-pair__id")).to_be_hidden()


def test_states_differ_without_colour(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + MIXED)
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        bars = page.locator(".dw-text .dw-pair > .dw-pair__en").evaluate_all(
            "all => all.map(one => getComputedStyle(one).borderLeftStyle)"
        )
        assert bars == ["double", "solid", "dashed", "dotted", "dotted", "solid", "solid"]
        signs = page.locator(".dw-text .dw-pair .dw-state").evaluate_all(
            "all => all.map(one => getComputedStyle(one, '::before').content[1])"
        )
        assert signs == ["✎", "o", "o", "o", "✓", "o"]  # the second letter of "none"


def size(page: Page, selector: str) -> float:
    """The size of the type of an element, in pixels."""
    found: float = page.locator(selector).first.evaluate(
        "node => parseFloat(getComputedStyle(node).fontSize)"
    )
    return found


@pytest.mark.parametrize("media", ["screen", "print"])
def test_labels_and_what_is_absent_are_smaller_than_the_story(
    page: Page, reader: BuiltSite, media: str
) -> None:
    page.goto(reader.url + MIXED)
    page.emulate_media(media=media)
    english = size(page, "#p1 .dw-pair__en > p[lang]")
    for quiet in ("#p1 .dw-state", "#p4 .dw-pair__none", "#p7 summary", ".dw-state--title"):
        assert size(page, quiet) <= 0.85 * english, quiet


@pytest.mark.parametrize("script", [True, False])
def test_english_of_an_earlier_wording_unfolds_and_prints(
    open_page: Open, reader: BuiltSite, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(reader.url + MIXED)
    open_one, folded = (
        page.locator("#p5 .dw-pair__en > p[lang]"),
        page.locator("#p7 .dw-pair__earlier"),
    )
    expect(open_one).to_be_visible()
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(open_one).to_be_visible()
    expect(folded).to_be_visible()
    page.emulate_media(media="screen")
    page.locator("#p7 summary").click()
    expect(folded).to_be_visible()


@pytest.mark.parametrize("chosen", ["both", "en", "id", "tap", "learn"])
def test_an_untranslated_article_is_one_quiet_column(
    page: Page, reader: BuiltSite, chosen: str
) -> None:
    page.goto(f"{reader.url}{WAITING}?view={chosen}")
    for text in page.locator(".dw-text .dw-pair__id").all():
        expect(text).to_be_visible()
    for absent in page.locator(".dw-pair__none").all():
        # Hidden from the eye, not from a screen reader; out of sight with its half in one view.
        box = absent.bounding_box()
        assert box is None or box["width"] <= 1
    expect(page.locator(".dw-text__languages")).to_be_hidden()
    article = page.locator(".dw-article").bounding_box()
    assert article
    assert article["width"] <= 720
    page.emulate_media(media="print")
    text, note = boxes(page, MOTHER_TONGUE, ".dw-note")
    assert text["width"] > 0.8 * note["width"]


def test_the_mark_of_the_title_stands_below_the_english_title(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + MIXED)
    for chosen in ("both", "en"):
        page.locator(f".dw-views button[data-view={chosen}]").click()
        title, label = boxes(page, "h1 > .dw-pair__en", ".dw-state--title")
        assert title["y"] + title["height"] <= label["y"] + 1
        assert abs(title["x"] - label["x"]) < 2
    page.locator(".dw-views button[data-view=id]").click()
    expect(page.locator(".dw-state--title")).to_be_hidden()


LISTS = ["", "country/jp/", ARTICLE, "search/?q=pelabuhan"]


@pytest.mark.parametrize("path", LISTS)
def test_indonesian_is_serif_and_english_sans_wherever_titles_stand(
    page: Page, reader: BuiltSite, path: str
) -> None:
    page.goto(reader.url + path)
    if path.startswith("search/"):
        page.locator("[data-snippets=there]").wait_for()
    faces = page.locator(
        ".dw-item__en, .dw-item__id, .dw-card__excerpt, .dw-title > .dw-pair__id,"
        ".dw-title > .dw-pair__en, .dw-result__title, .dw-result__other"
    ).evaluate_all(
        """all => all.map(one => {
          const face = getComputedStyle(one.querySelector("[lang]") ?? one).fontFamily;
          return [one.closest("[lang]").lang.split("-")[0], face.includes("Newsreader")];
        })"""
    )
    assert {lang for lang, _ in faces} == {"id", "en"}
    assert all(serif == (lang == "id") for lang, serif in faces), faces


LONGEST_LINE = """selector => Math.max(0, ...[...document.querySelectorAll(selector)].map(node => {
  if (!node.checkVisibility()) return 0;
  const lines = new Map(), range = document.createRange();
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    if (text.parentElement.closest(".dw-hidden")) continue;
    for (let at = 0; at < text.length; at++) {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const box = range.getBoundingClientRect();
      const line = Math.round(box.bottom / 8);
      if (box.width) lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  return Math.max(0, ...lines.values());
}))"""
TEXTS = (
    ".dw-card__excerpt, .dw-lines .dw-item__en, .dw-lines .dw-item__id, .dw-text p[lang],"
    ".dw-prose p:not(.dw-way-on p), .dw-prose li, .dw-result__snippet, .dw-result__other,"
    ".dw-quality > p, .dw-quality section > p, .dw-note__text > p"
)


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_no_line_of_text_is_longer_than_is_good_to_read(
    open_page: Open, reader: BuiltSite, long_read: BuiltSite, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    found = {}
    for site, path in (
        *((reader, path) for path in ("", "country/jp/", "help/", "about/", "quality/", MIXED)),
        *((long_read, f"article/panjang/?view={one}") for one in SHOWS),
        (reader, "search/?q=pelabuhan"),
    ):
        page.goto(site.url + path)
        if path.startswith("search/"):
            page.locator("[data-snippets=there]").wait_for()
        page.evaluate("document.fonts.ready")
        found[path] = page.evaluate(LONGEST_LINE, TEXTS)
    # 65 to 75 on average; the longest line of a text has a few more.
    assert max(found.values()) <= 80, found
    for one in ("en", "id"):
        assert found[f"article/panjang/?view={one}"] >= 62, found


def test_a_phone_shows_the_first_paragraph_and_two_headlines_at_once(
    open_page: Open, reader: BuiltSite
) -> None:
    page = open_page(**{**PHONE, "viewport": {"width": 360, "height": 740}})
    page.goto(reader.url + ARTICLE)
    first = page.locator("#p1 > .dw-pair__id").bounding_box()
    assert first
    assert first["y"] + first["height"] < 740
    page.goto(reader.url)
    tops = page.locator(".dw-card__title").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    assert tops[1] < 740


@pytest.mark.parametrize("width", [320, 360, 390, 768])
def test_the_ways_to_read_take_one_low_row(open_page: Open, reader: BuiltSite, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    page.goto(reader.url + ARTICLE)
    assert page.locator(".dw-views").evaluate("node => node.offsetHeight") <= 49
    tops = page.locator(".dw-views button").evaluate_all("all => all.map(one => one.offsetTop)")
    assert len(set(tops)) == 1
    tap = page.locator(".dw-views [data-view=tap]")
    expect(tap).to_have_accessible_name("English, original on tap")
    learn = page.locator(".dw-views [data-view=learn]")
    # With the word that is seen on it, which is what people say to it (WCAG 2.5.3).
    expect(learn).to_have_accessible_name("Study Indonesian, English on tap")


def test_there_is_no_switch_where_it_would_change_nothing(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + WAITING)
    expect(page.locator(".dw-views")).to_be_hidden()
    page.keyboard.press("b")
    assert page.evaluate("document.documentElement.dataset.dwView") == "both"


def test_a_list_does_not_repeat_its_own_subject(page: Page, reader: BuiltSite) -> None:
    for path in ("country/jp/", "topic/economy-business-and-finance/"):
        page.goto(reader.url + path)
        assert page.locator(".dw-card").count() > 0
        assert page.locator(f".dw-card :is(.dw-kicker, .dw-chips) a[href$='{path}']").count() == 0
    page.goto(reader.url)
    assert page.locator(".dw-card .dw-chips a[href$='country/jp/']").count() > 0


def test_the_columns_of_an_index_run_down(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "country/")
    places = (
        page.locator(".dw-directory")
        .first.locator("li:visible")
        .evaluate_all("all => all.map(one => [one.offsetLeft, one.offsetTop])")
    )
    assert len(places) > 2
    assert places == sorted(places)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_line_of_a_card_begins_with_a_dot(
    open_page: Open, reader: BuiltSite, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(reader.url)
    card = page.locator("article", has=page.locator("a[href*='pelabuhan-baru']"))
    body = card.locator(".dw-card__body").bounding_box()
    assert body
    meta = card.locator(".dw-item__meta")
    clipped = meta.evaluate(
        "node => node.getBoundingClientRect().left + parseFloat("
        "getComputedStyle(node).clipPath.match(/[\\d.]+px\\)/)[0])"
    )
    assert abs(clipped - body["x"]) < 1
    for part in meta.locator(":scope > :visible").all():
        box = part.bounding_box()
        assert box
        assert box["x"] >= clipped - 16  # only the dot's own width lies in what is clipped


def boxes(page: Page, first: str, second: str) -> tuple[dict[str, float], dict[str, float]]:
    found = [locator.bounding_box() for locator in (page.locator(first), page.locator(second))]
    assert found[0]
    assert found[1]
    return dict(found[0]), dict(found[1])


def test_wide_screens_show_paragraphs_side_by_side(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    left, right = boxes(page, MOTHER_TONGUE, f"{ENGLISH} > p")
    assert abs(left["y"] - right["y"]) < 8
    assert left["x"] + left["width"] <= right["x"]
    assert 400 < left["width"] < 700


def test_phones_show_english_below_indonesian(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(reader.url + ARTICLE)
    left, right = boxes(page, MOTHER_TONGUE, f"{ENGLISH} > p")
    assert left["y"] + left["height"] <= right["y"]
    left, right = boxes(page, f"{ENGLISH} > p", "#p2 > .dw-pair__id")
    assert left["y"] + left["height"] <= right["y"]


PATHS = [
    "",
    ARTICLE,
    MIXED,
    "country/",
    "country/jp/",
    "story/2026-03-01-kapal-jepang-bersandar/",
    "topic/",
    "about/",
    "help/",
    "search/",
    "quality/",
    "readers/",
    "editors/",
    "editors/adding-articles/",
    "editors/commands/",
    "developers/architecture/",
]
ODD = ["article/judul-panjang/", "article/judul-kalimat/", "article/emoji/", "article/kanan-kiri/"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_width_scrolls_sideways(open_page: Open, reader: BuiltSite, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    for path in [*PATHS, *ODD, f"{ODD[0]}?view=tap"]:
        page.goto(reader.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_diagrams_fit_a_laptop_and_scroll_on_a_phone(open_page: Open, reader: BuiltSite) -> None:
    hidden = {}
    for name, device in (("laptop", {}), ("phone", PHONE)):
        page = open_page(**device)
        page.goto(reader.url + "developers/architecture/")
        diagram = page.locator("pre > code").first
        hidden[name] = diagram.evaluate("node => node.scrollWidth - node.clientWidth")
        assert diagram.evaluate("node => getComputedStyle(node).overflowX") == "auto"
    assert hidden["laptop"] == 0
    assert hidden["phone"] > 0


def test_tables_part_no_key_and_scroll_in_their_own_box(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(reader.url + "editors/adding-articles/")
    tall = page.locator("td:first-child code").evaluate_all(
        """all => all.filter(one => one.getClientRects().length > 1
          || one.getBoundingClientRect().height > 1.9 * parseFloat(getComputedStyle(one).fontSize))
          .map(one => one.textContent)"""
    )
    assert tall == []
    assert page.locator("td:first-child code").count() > 5


@pytest.mark.parametrize("width", [320, 390, 896, 897, 1280])
def test_no_figure_of_the_quality_page_is_cut_or_out_of_sight(
    open_page: Open, reader: BuiltSite, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(reader.url + "quality/")
    lines = """node => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const ends = [...range.getClientRects()].filter(box => box.width).map(box => box.bottom);
      return Math.max(...ends) - Math.min(...ends) < 10 ? 1 : 2;
    }"""
    rows = page.locator(".dw-coverage tbody tr")
    shown = rows.last.locator("th, td b, td:not(.dw-rows__share, .dw-rows__zero)").all()
    assert len(shown) > 5
    for one in shown:
        box = one.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width, one.inner_text()
        assert one.evaluate(lines) == 1, one.inner_text()  # no figure is broken
    # What is asked for most stands on the first line, beside the name.
    name, share = (rows.first.locator(one).bounding_box() for one in ("th", ".dw-rows__share b"))
    assert name
    assert share
    assert abs(name["y"] - share["y"]) < 12
    bar = rows.first.locator(".dw-bar").bounding_box()
    assert bar
    assert bar["width"] > 100
    assert bar["height"] > 4


@pytest.mark.parametrize("width", [390, 1280])
def test_who_listens_to_the_quality_page_hears_rows_and_cells(
    open_page: Open, reader: BuiltSite, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(reader.url + "quality/")
    # What the browser itself tells assistive technology: Playwright's roles know no CSS.
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    told = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    tables = page.locator(".dw-quality table")
    shown = {
        role: sum(one.is_visible() for one in tables.locator(name).all())
        for role, name in (("row", "tr"), ("rowheader", "tbody th"), ("cell", "td"))
    }
    assert {role: told[role] for role in shown} == shown
    assert told["table"] == tables.count()
    assert min(shown.values()) > 3


def test_links_and_buttons_are_large_enough_to_touch(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(**PHONE)
    for path in ("", ARTICLE, "country/", "country/jp/", "quality/", "help/", "404.html"):
        page.goto(reader.url + path)
        targets: list[Locator] = page.locator(
            ".dw-views button, .dw-sections a, .dw-chip, .dw-kicker a, .dw-card__title a,"
            ".dw-directory a, .dw-note__correct, .dw-pair__edit, .dw-act, summary, .dw-near a,"
            ".dw-explore a, .dw-totals a, .dw-meta__source a, .dw-colophon a, .dw-prose p > a,"
            ".dw-onward a"
        ).all()
        assert targets
        for target in targets:
            box = target.bounding_box()
            if box is None or target.evaluate("node => node.tagName") == "SPAN":
                continue
            assert box["height"] >= 24, (path, target.inner_text(), box)


def test_right_to_left_text_does_not_turn_its_neighbours(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url)
    card = page.locator("article", has=page.locator("a[href*='kanan-kiri']"))
    text = "node => { const all = document.createRange(); all.selectNodeContents(node);" + (
        " return all.getBoundingClientRect().x; }"  # without the dot before it, which is clipped
    )
    title, time = (card.locator(one).evaluate(text) for one in (".dw-item__en", "time"))
    assert abs(title - time) < 2  # both begin at the left edge of the card
    page.goto(f"{reader.url}article/kanan-kiri/")
    name, time = (page.locator(f".dw-copies {one}").bounding_box() for one in ("bdi", "time"))
    assert name
    assert time
    assert name["x"] + name["width"] <= time["x"]


def test_without_script_the_article_is_complete(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{reader.url}{ARTICLE}?view=en")
    for side in (".dw-pair__id", ".dw-pair__en"):
        for text in page.locator(f".dw-text .dw-pair > {side}").all():
            expect(text).to_be_visible()
    expect(page.locator(".dw-views")).to_be_hidden()
    left, right = boxes(page, MOTHER_TONGUE, f"{ENGLISH} > p")
    assert left["x"] + left["width"] <= right["x"]
    page.locator(".dw-why summary").click()
    expect(page.locator(".dw-why dl")).to_be_visible()
    page.locator(".dw-tags a").first.click()
    expect(page.locator("h1")).to_contain_text("Economy")


CHROME = (
    ".dw-views",
    ".dw-sections",
    ".dw-masthead__tools",
    ".dw-near",
    ".dw-note__correct",
    ".dw-why",
)


@pytest.mark.parametrize("chosen", ["both", "en", "id", "tap", "learn"])
def test_paper_gets_what_the_view_shows_and_no_chrome(
    page: Page, reader: BuiltSite, chosen: str
) -> None:
    page.goto(f"{reader.url}{ARTICLE}?view={chosen}")
    page.emulate_media(media="print")
    assert shown(page) == SHOWS[chosen]
    if chosen == "both":
        left, right = boxes(page, MOTHER_TONGUE, f"{ENGLISH} > p")
        assert left["x"] + left["width"] <= right["x"]
    for chrome in CHROME:
        expect(page.locator(chrome)).to_be_hidden()
    expect(page.locator(".dw-printed")).to_have_text(
        "Source: https://kabar-pesisir.example/2026/03/01/pelabuhan"
    )
    assert page.locator("#p1").evaluate("node => getComputedStyle(node).breakInside") == "avoid"


def test_paper_shows_the_bars_that_say_who_made_a_paragraph(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + MIXED)
    page.emulate_media(media="print")
    bars = page.locator(".dw-text .dw-pair > .dw-pair__en").evaluate_all(
        """all => all.map(one => {
          const { borderLeftWidth, borderLeftStyle, printColorAdjust } = getComputedStyle(one);
          return [parseFloat(borderLeftWidth) >= 3, borderLeftStyle, printColorAdjust].join(" ");
        })"""
    )
    styles = ["double", "solid", "dashed", "dotted", "dotted", "solid", "solid"]
    assert bars == [f"true {style} exact" for style in styles]


def test_paper_shows_the_results_of_a_search(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "search/?q=pelabuhan")
    page.locator("[data-snippets=there]").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".dw-search-page input[type=search]").first).to_have_value("pelabuhan")
    results = page.locator(".dw-search-page .dw-result")
    assert results.count() > 0
    for result in results.all():
        expect(result.locator(".dw-result__title")).to_be_visible()
        expect(result.locator(".dw-result__snippet")).to_be_visible()
    expect(page.locator(".dw-search-page__form")).to_be_visible()
    expect(page.locator(".dw-search-page .dw-search__filters")).to_be_hidden()


def test_pages_for_readers_lead_to_themselves_in_indonesian(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "help/")
    page.get_by_role("link", name="Halaman ini dalam bahasa Indonesia").click()
    expect(page.locator("h1")).to_contain_text("Bantuan")
    page.get_by_role("link", name="This page in English").click()
    expect(page.locator("h1")).to_contain_text("Help")


def luminance(page: Page) -> float:
    """Of the page's background, 0 black to 255 white."""
    colour: list[float] = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number)"
    )
    return sum(colour[:3]) / 3


@pytest.mark.parametrize("script", [True, False])
def test_colours_follow_the_system(open_page: Open, reader: BuiltSite, script: bool) -> None:
    dark = open_page(color_scheme="dark", java_script_enabled=script)
    dark.goto(reader.url + ARTICLE)
    light = open_page(color_scheme="light", java_script_enabled=script)
    light.goto(reader.url + ARTICLE)
    # Playwright's evaluate works even where the page's own scripts are off.
    assert luminance(dark) < 60
    assert luminance(light) > 200


@pytest.mark.parametrize("key", ["", "Space", "Enter"], ids=["pointer", "space", "enter"])
def test_colours_can_be_chosen_and_are_remembered(page: Page, reader: BuiltSite, key: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(reader.url + ARTICLE)
    switch = page.locator(".dw-scheme")
    expect(switch).to_have_accessible_name("Colours: as the system. Switch to light")
    for _ in range(2):
        if key:
            switch.press(key)
        else:
            switch.click()
    expect(switch).to_have_accessible_name("Colours: dark. Switch to the system's")
    assert luminance(page) < 60
    page.goto(reader.url + OTHER)
    assert luminance(page) < 60
    page.locator(".dw-scheme").press(key or "Enter")
    assert luminance(page) > 200
    page.emulate_media(color_scheme="dark")
    assert luminance(page) < 60


def test_motion_stops_where_the_reader_asks(open_page: Open, reader: BuiltSite) -> None:
    page = open_page(reduced_motion="reduce", viewport={"width": 1280, "height": 400})
    page.goto(reader.url + ARTICLE)
    for _ in range(7):
        page.keyboard.press("j")
    at_once = page.evaluate("scrollY")
    assert at_once > 0
    let_paint(page)  # a motion would go on
    assert page.evaluate("scrollY") == at_once


def test_the_page_skips_to_its_content(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('dw-skip')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "dw-main"


PLACES = ["", ARTICLE, "country/", "about/", "help/", "editors/", "quality/"]


def focus(page: Page) -> dict[str, float]:
    """Where the focus is, and what shows it."""
    box: dict[str, float] = page.evaluate(
        """() => {
          const at = document.activeElement;
          const { top, bottom, width, height } = at.getBoundingClientRect();
          const { outlineStyle, outlineWidth } = getComputedStyle(at);
          const ring = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
          return { top, bottom, width, height, ring, scroll: scrollY, high: innerHeight };
        }"""
    )
    return box


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_tab_through_the_masthead_leaves_the_page_where_it_is(
    open_page: Open, reader: BuiltSite, device: dict[str, object]
) -> None:
    page = open_page(**device)
    for path in ("", "developers/architecture/"):  # both are longer than any window
        page.goto(reader.url + path)
        seen = []
        for _ in range(9):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate(
                    """() => {
                      const at = document.activeElement;
                      return "dwSchemeSwitch" in at.dataset ? "scheme" : at.href ?? at.localName;
                    }"""
                )
            )
            at = focus(page)
            assert at["scroll"] == 0, (path, seen)
            assert at["ring"] >= 2, (path, seen)
            assert 0 <= at["top"] < at["bottom"] <= at["high"], (path, seen)
            assert min(at["width"], at["height"]) >= 16, (path, seen)
            if seen[-1].endswith("/help/"):
                break
        assert "scheme" in seen
        assert seen[-1].endswith("/help/")


@pytest.mark.parametrize("path", PLACES)
def test_there_is_one_way_to_skip_to_the_content(page: Page, reader: BuiltSite, path: str) -> None:
    page.goto(reader.url + path)
    skips = []
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.getAttribute('href') || '').startsWith('#')"):
            skips.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert skips == ["#dw-main"]


# What the machines of readers have: Windows, macOS and most Linux; Android; Fedora; a bare Linux.
MACHINES = {
    "times": ("Like Newsreader", "Like Franklin"),
    "android": ("Like Newsreader (Noto)", "Like Franklin (Roboto)"),
    "noto": ("Like Newsreader (Noto)", "Like Franklin (Noto)"),
    "dejavu": ("Like Newsreader (DejaVu)", "Like Franklin (DejaVu)"),
}
PATHS = ["", ARTICLE, "country/jp/", "quality/", "search/?q=kapal"]


def test_every_stand_in_is_on_a_machine_of_the_tests() -> None:
    assert stand_ins() == {family for both in MACHINES.values() for family in both}


def jump(page: Page, site: BuiltSite, path: str, families: tuple[str, ...]) -> float:
    """How far anything on the first screen moves when our faces take the place of those.

    As a share of the screen's height: Cumulative Layout Shift (https://web.dev/articles/cls) is
    this times the share of the screen that moves, and so never more.
    """
    show_only(page, families)
    page.goto(site.url + path)
    if path.startswith("search/"):
        # What a search shows comes in two steps; here is asked what the faces move.
        page.locator("[data-snippets=there]").wait_for()
    page.evaluate("document.fonts.ready")
    page.evaluate(
        """() => {
          const top = one => one.getBoundingClientRect().top;
          const seen = [...document.querySelectorAll("body *")].filter(
            one => one.checkVisibility() && top(one) > 0 && top(one) < innerHeight);
          const before = seen.map(top);
          window.jump = () => Math.max(...seen.map((one, at) => Math.abs(top(one) - before[at])));
        }"""
    )
    bring_ours(page, f"{site.url}assets/")
    page.evaluate("document.fonts.ready")
    moved: float = page.evaluate("jump() / innerHeight")
    return moved


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_jumps_when_the_faces_arrive(
    open_page: Open, reader: BuiltSite, path: str, machine: str
) -> None:
    assert jump(open_page(**PHONE), reader, path, MACHINES[machine]) < 0.1


def test_a_stand_in_of_another_measure_would_be_noticed(
    open_page: Open, reader: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for family in MACHINES["dejavu"]:
        # About as wide as without size-adjust.
        cuts = DATA["faces"][family].items()
        wide = {cut: [round(width * 1.25) for width in widths] for cut, widths in cuts}
        monkeypatch.setitem(DATA["faces"], family, wide)
    found = [jump(open_page(**PHONE), reader, path, MACHINES["dejavu"]) for path in PATHS]
    assert max(found) > 0.1, found


@pytest.mark.parametrize("path", ["", ARTICLE])
def test_faces_are_asked_for_once_and_before_the_style_sheet_is_there(
    page: Page, reader: BuiltSite, path: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    style = Held(page, "**/*.css*")
    page.goto(reader.sub_url + path, wait_until="commit")
    names = ("newsreader.woff2", "libre-franklin.woff2")
    wait_until(page, lambda: len(style.routes) == 1, "the style sheet to be asked for")
    wait_until(page, lambda: set(names) <= set(asked), "the faces to be asked for")
    assert [asked.count(name) for name in names] == [1, 1]
    style.release()
    page.wait_for_load_state()
    page.wait_for_function("() => document.fonts.check('600 20px Newsreader')")
    assert [asked.count(name) for name in names] == [1, 1]


@pytest.mark.parametrize("face", ["Newsreader", "Libre Franklin"])
def test_no_pair_of_characters_takes_from_the_space_between_words(
    page: Page, reader: BuiltSite, face: str
) -> None:
    page.goto(reader.url + ARTICLE)
    narrow = page.evaluate(
        """async face => {
          await document.fonts.load(`100px "${face}"`);
          if (!document.fonts.check(`100px "${face}"`)) return ["no face"];
          // Not measured on a canvas: that sets each word by itself.
          const line = document.body.appendChild(document.createElement("div"));
          line.style = `position: absolute; white-space: pre; font: 100px "${face}"`;
          const width = text => {
            line.textContent = text;
            return line.getBoundingClientRect().width;
          };
          const found = [];
          for (const left of "aefrwy.,;:?!)’”0147AFLPTVWY")
            for (const right of "afjvw(‘“017AJTVWY") {
              const apart = width(left) + width(" ") + width(right);
              if (width(`${left} ${right}`) < apart - 0.5) found.push(`${left} ${right}`);
            }
          return found;
        }""",
        face,
    )
    assert narrow == []


KINDS_OF_PAGE = ["", ARTICLE, "country/", "country/jp/", "quality/", "help/", "search/"]


@pytest.mark.parametrize("path", KINDS_OF_PAGE)
def test_a_first_visit_is_light(page: Page, reader: BuiltSite, path: str) -> None:
    """As a server sends it: text compressed, faces as they are."""
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))
    page.goto(reader.url + path, wait_until="networkidle")
    # Read once all are here: a listener that reads waits, and the page goes on meanwhile.
    bodies = {one.url: one.body() for one in answers}
    sizes = {url: len(body) for url, body in bodies.items()}
    texts = {url: len(gzip.compress(body)) for url, body in bodies.items()}
    faces = {url: size for url, size in sizes.items() if url.endswith(".woff2")}
    others = {url: size for url, size in texts.items() if url not in faces}
    assert [url.partition("?")[0].rpartition(".")[2] for url in sizes].count("css") == 1
    scripts = [url for url in sizes if url.partition("?")[0].endswith(".js")]
    started = [url for url in scripts if "/search/" not in url]
    # The small one that must run before the first paint, and the rest; lists ask what is new.
    from_folders = {url.removeprefix(reader.url).partition("/")[0] for url in started}
    assert from_folders - {"mine"} == {"assets", "bundle"}
    assert len(started) <= 3
    assert sum(others.values()) <= 60_000, others
    assert sum(others.values()) + sum(faces.values()) <= 120_000, (others, faces)


def test_the_counts_of_home_stay_in_one_piece(open_page: Open, reader: BuiltSite) -> None:
    for width in range(320, 420, 10):
        page = open_page(viewport={"width": width, "height": 800})
        page.goto(reader.url)
        page.evaluate("document.querySelector('[data-dw-shown]').replaceChildren()")
        counts = page.locator(".dw-totals")
        box = counts.bounding_box()
        assert box
        assert box["height"] < 60, (width, counts.inner_text())  # two lines at most


def test_printed_lists_end_a_page_between_two_cards(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url)
    page.emulate_media(media="print")
    style = "node => { const s = getComputedStyle(node); return [s.display, s.breakInside]; }"
    # Rows of a grid, and boxes that hide what is over their edge, go to the next page as a whole.
    assert page.locator(".dw-day").first.evaluate(style) == ["block", "auto"]
    assert page.locator(".dw-cards").first.evaluate(style) == ["block", "auto"]
    assert page.locator(".dw-card").first.evaluate(style) == ["block", "avoid"]
    assert page.locator(".dw-date").first.evaluate("n => getComputedStyle(n).breakAfter") == "avoid"


def test_a_reader_can_walk_the_site(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.sub_url)
    page.get_by_role("link", name="New Port in Makassar").first.click()
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")
    page.locator(".dw-tags").get_by_role("link", name="Japan").click()
    expect(page.locator("h1")).to_contain_text("Jepang")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Topics").click()
    expect(page.locator("h1")).to_contain_text("Topik")
    page.get_by_role("link", name="Dwiwarta", exact=True).click()
    assert page.url == reader.sub_url


def test_a_missing_page_leads_back(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "404.html")
    expect(page.locator("h1")).to_have_text("Page not found Halaman tidak ditemukan")
    expect(page.locator("h1 [lang=id]")).to_have_text("Halaman tidak ditemukan")
    page.locator("#dw-main").get_by_role("link", name="latest news").click()
    expect(page.locator(".dw-home")).to_be_visible()


def test_the_site_can_be_read_from_a_disk(page: Page, reader: BuiltSite) -> None:
    page.goto((reader.root / "index.html").as_uri())
    page.get_by_role("link", name="New Port in Makassar").first.click()
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")
    page.wait_for_load_state()  # on a busy machine the text is there before the keys work
    page.keyboard.press("b")
    assert view(page) == "en"
    page.locator(".dw-tags").get_by_role("link", name="Japan").click()
    expect(page.locator("h1")).to_contain_text("Jepang")
    page.get_by_role("link", name="Dwiwarta", exact=True).click()
    expect(page.locator(".dw-home")).to_be_visible()


def test_the_map_is_coloured_by_the_period_that_is_chosen(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "country/")
    colour = "node => getComputedStyle(node).fill"
    shapes = page.locator(".dw-map a > :first-child + *")
    before = shapes.evaluate_all(f"all => all.map({colour})")
    assert len(set(before)) > 1
    page.get_by_label("The last 30 days").focus()
    page.keyboard.press("ArrowLeft")
    assert page.get_by_label("The last year").is_checked()
    page.get_by_label("The last 30 days").check()
    quiet = page.locator(".dw-map__quiet").evaluate(colour)
    old = page.locator(".dw-map a:not([data-month]) > path")
    assert set(old.evaluate_all(f"all => all.map({colour})")) <= {quiet}

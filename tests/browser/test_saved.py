"""What a reader saves: articles, sentences and the place, on this device, listed and taken back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import factory
from conftest import PHONE, let_paint
from site_rig import BuiltSite, build_site, serve_site

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"
LONG = "article/bacaan-panjang/"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The hand-made newspaper, with an article that has a middle."""
    text = [
        (f"Kalimat {n} pertama. {'Isi. ' * 40}", f"Sentence {n} one. {'Text. ' * 40}")
        for n in range(20)
    ]
    long = factory.entry("bacaan-panjang", ("Bacaan panjang", "A long read"), text)
    root = tmp_path_factory.mktemp("saved")
    with serve_site(build_site(root, (*factory.sample_entries(), long))) as served:
        yield served


def kept(page: Page, kind: str) -> list[str]:
    return [str(one) for one in page.evaluate("k => dwSaved.all(k).map(one => one.id)", kind)]


def save_sentence(page: Page, pair: str, sentence: str) -> None:
    page.locator(f"#{pair} > .dw-pair__en [data-s='{sentence}']").hover()
    page.locator(f"#{pair} .dw-pair__act").click()
    page.get_by_role("button", name="Save this sentence").click()
    expect(page.locator(".dw-told")).to_have_text("Saved on this device")


# --- articles and sentences ------------------------------------------------


def test_an_article_is_saved_and_lists_show_it(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    save = page.locator("[data-dw-save]")
    expect(save).to_have_attribute("aria-pressed", "false")
    save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.goto(reader.url)
    (star,) = page.locator("a[data-dw-saved]").all()
    assert (star.get_attribute("href") or "").endswith(ARTICLE)
    expect(star).to_contain_text("(saved)")
    before = page.locator(".dw-card").first.bounding_box()
    page.evaluate("dwSaved.remove('articles', dwSaved.all('articles')[0].id)")
    expect(page.locator("a[data-dw-saved]")).to_have_count(0)
    assert "saved" not in page.locator(".dw-card__title").first.inner_text()
    assert page.locator(".dw-card").first.bounding_box() == before  # nothing moves for it
    page.goto(reader.url + ARTICLE)
    expect(save).to_have_attribute("aria-pressed", "false")


def test_an_outlet_written_from_right_to_left_is_not_cut(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    entry = {"id": ARTICLE.rstrip("/"), "indonesian": "Judul", "outlet": "صحيفة الخليج"}
    assert page.evaluate("entry => dwSaved.put('articles', entry)", entry)
    page.goto(reader.url + "mine/")
    lefts = [
        page.locator(f"[data-dw-saved-list=articles] {part}").first.bounding_box()
        for part in (".dw-saved__id", "bdi")
    ]
    assert lefts[0]
    assert lefts[1]
    assert lefts[0]["x"] <= lefts[1]["x"] + 1


def test_the_keyboard_saves_an_article(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator("[data-dw-save]").focus()
    page.keyboard.press("Space")
    assert kept(page, "articles") == [ARTICLE.rstrip("/")]
    page.keyboard.press("Enter")
    assert kept(page, "articles") == []


def test_a_sentence_is_saved_with_its_pair_address_and_source(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + ARTICLE)
    save_sentence(page, "p2", "2")
    (one,) = page.evaluate("dwSaved.all('sentences')")
    assert one["id"] == f"{ARTICLE.rstrip('/')}#p2s2"
    assert one["indonesian"] == page.locator("#p2 > .dw-pair__id [data-s='2']").inner_text()
    assert one["english"] == page.locator("#p2 > .dw-pair__en [data-s='2']").inner_text()
    assert one["by"] == "Machine translation by Firefox Translations, 2 March 2026"
    assert one["outlet"] == "Kabar Pesisir"
    assert one["source"].startswith("https://kabar-pesisir.example/")
    assert one["when"].startswith("2026-03-01")
    assert page.locator(".dw-is-saved").count() == 2
    page.locator("#p2 .dw-pair__act").click()
    page.get_by_role("button", name="Do not keep this sentence").click()
    assert kept(page, "sentences") == []
    assert page.locator(".dw-is-saved").count() == 0


def test_a_paragraph_of_one_sentence_is_saved_whole(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    pair = page.locator(".dw-text > .dw-pair:not(:has([data-s]))").first
    pair.hover()
    pair.locator(".dw-pair__act").click()
    page.get_by_role("button", name="Save this sentence").click()
    (one,) = page.evaluate("dwSaved.all('sentences')")
    assert one["id"] == f"{ARTICLE.rstrip('/')}#{pair.get_attribute('id')}"
    assert one["english"] == pair.locator(".dw-pair__en > p[lang]").inner_text()


def test_where_the_browser_has_no_room_it_says_so(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.locator("#p2").hover()
    page.locator("#p2 .dw-pair__act").click()
    page.get_by_role("button", name="Save this sentence").click()
    expect(page.locator(".dw-told")).to_have_text("Your browser has no room for this")
    page.locator("[data-dw-save]").click()
    expect(page.locator("[data-dw-save]")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("alert")).to_have_text("Your browser has no room for this")


# --- the list ------------------------------------------------


def test_the_list_leads_back_and_takes_away_and_gives_back(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.sub_url + ARTICLE)
    page.locator("[data-dw-save]").click()
    for number in ("1", "2"):
        save_sentence(page, "p2", number)
    before = kept(page, "sentences")
    page.goto(reader.sub_url + "mine/")
    sentences = page.locator("#sentences li")
    expect(sentences).to_have_count(2)
    expect(sentences.first).to_contain_text("Kabar Pesisir")
    expect(sentences.first).to_contain_text("1 March 2026")
    expect(sentences.first).to_contain_text("Machine translation by Firefox Translations")
    remove = sentences.first.get_by_role("button", name="Remove")
    remove.focus()
    page.keyboard.press("Enter")
    assert kept(page, "sentences") == before[1:]
    undo = sentences.first.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(sentences.first.get_by_role("button", name="Remove")).to_be_focused()
    assert kept(page, "sentences") == before
    # All gone, and back in any order.
    for one in (0, 1):
        sentences.nth(one).get_by_role("button", name="Remove").click()
    assert kept(page, "sentences") == []
    for one in (1, 0):
        sentences.nth(one).get_by_role("button", name="Undo").click()
    assert kept(page, "sentences") == before
    page.locator("#articles li a").first.click()
    page.wait_for_url(reader.sub_url + ARTICLE)
    page.go_back()
    page.locator("#sentences li a").first.click()
    page.wait_for_url(f"{reader.sub_url}{ARTICLE}#p2")


def test_it_says_so_where_nothing_is_saved(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "mine/")
    for kind in ("places", "articles", "sentences"):
        expect(page.locator(f"#{kind} > p")).to_be_visible()
    page.evaluate("dwSaved.put('articles', {id: 'article/a', indonesian: 'Judul'})")
    expect(page.locator("#articles > p")).to_be_hidden()


def test_what_is_saved_goes_into_the_file_and_back(
    page: Page, reader: BuiltSite, tmp_path: Path
) -> None:
    page.goto(reader.url + ARTICLE)
    page.locator("[data-dw-save]").click()
    save_sentence(page, "p2", "2")
    page.evaluate("dwSaved.put('places', {id: dwSaved.here, paragraph: 3})")
    page.goto(reader.url + "mine/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    path = tmp_path / "kept.json"
    download.value.save_as(path)
    page.evaluate("for (const name of dw.device.names) dw.device.set(name, undefined)")
    page.evaluate("dwSaved.put('articles', {id: 'article/lain', indonesian: 'Lain'})")
    page.locator("[data-dw-file]").set_input_files(path)
    expect(page.locator("#sentences li")).to_have_count(1)
    assert kept(page, "articles") == ["article/lain", ARTICLE.rstrip("/")]
    assert kept(page, "places") == [ARTICLE.rstrip("/")]


BAD = {
    "articles": [
        {"id": "article/x", "indonesian": "<img src=x onerror=alert(1)>", "source": "javascript:0"},
        {"id": "article/x", "indonesian": "twice"},
        {"id": "../../etc", "indonesian": "outside"},
        {"id": "https://evil.example/", "indonesian": "outside"},
        {"id": "article/y", "indonesian": {"no": "text"}, "english": ["x"], "title": "x" * 90_000},
        None,
        7,
        "text",
        {"id": 7},
    ],
    "sentences": {"no": "list"},
}


def test_a_hostile_file_brings_texts_alone(page: Page, reader: BuiltSite, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    places = [{"id": "article/x", "paragraph": p} for p in (-1, "1", 1e9, None)]
    many = [{"id": f"article/n{n}", "indonesian": "x"} for n in range(3000)]
    saved = {"articles": BAD["articles"] + many, "sentences": BAD["sentences"]}  # type: ignore[operator]
    path.write_text(json.dumps({"dwiwarta": 1, "kept": {"saved": saved, "places": places}}))
    page.goto(reader.url + "mine/")
    page.locator("[data-dw-file]").set_input_files(path)
    expect(page.locator("#articles li").first).to_contain_text("<img src=x")
    assert page.locator("#articles img").count() == 0
    assert 2 < page.locator("#articles li").count() <= 1000
    assert kept(page, "articles")[:3] == ["article/x", "article/y", "article/n0"]
    hrefs = page.locator("#articles a").evaluate_all("all => all.map(one => one.href)")
    assert all(href.startswith(reader.url + "article/") for href in hrefs)
    assert max(len(one) for one in page.evaluate("dwSaved.all('articles').map(x => x.title ?? '')"))
    assert page.evaluate("dwSaved.all('articles')[1].title.length") == 4000
    assert kept(page, "places") == []
    assert kept(page, "sentences") == []


@pytest.mark.parametrize("value", ["7", "[]", '"x"', "{", '{"articles": "x", "sentences": 3}'])
def test_nonsense_on_the_device_is_nothing(page: Page, reader: BuiltSite, value: str) -> None:
    page.goto(reader.url)
    page.evaluate(
        "v => { for (const n of ['saved', 'places', 'aloud'])"
        " localStorage.setItem(`dwiwarta:${dw.root.pathname}:${n}`, v); }",
        value,
    )
    for path in ("", "mine/", ARTICLE):
        page.goto(reader.url + path)
        assert kept(page, "articles") == []
    page.locator("[data-dw-save]").click()
    assert kept(page, "articles") == [ARTICLE.rstrip("/")]


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_list(
    open_page: Open, reader: BuiltSite, device: dict[str, object]
) -> None:
    page = open_page(**device)
    page.goto(reader.url + ARTICLE)
    page.locator("[data-dw-save]").click()
    page.evaluate("dwSaved.put('places', {id: dwSaved.here, paragraph: 3, english: 'Port'})")
    page.goto(reader.url + "mine/")
    page.locator("#articles").get_by_role("button", name="Remove").click()
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


# --- the place ------------------------------------------------


def leave_at(page: Page, reader: BuiltSite, pair: str) -> None:
    page.goto(reader.url + LONG)
    page.locator(f"#{pair}").evaluate("one => one.scrollIntoView({block: 'start'})")
    page.wait_for_function("() => scrollY > 0")
    let_paint(page)  # what listens to the scrolling is told before the next frame
    page.goto(reader.url + "mine/")


def test_an_article_offers_the_place_and_does_not_jump(page: Page, reader: BuiltSite) -> None:
    leave_at(page, reader, "p9")
    expect(page.locator("#places li")).to_contain_text("paragraph 9")
    page.goto(reader.url + LONG)
    offer = page.get_by_role("link", name="Go on where you were: paragraph 9")
    expect(offer).to_be_visible()
    assert page.evaluate("scrollY") == 0
    offer.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#p9")
    expect(page.locator("#p9")).to_be_in_viewport()
    expect(page.locator(".dw-resume")).to_have_count(0)


def test_whoever_gets_there_by_themselves_is_asked_no_more(page: Page, reader: BuiltSite) -> None:
    leave_at(page, reader, "p9")
    page.goto(reader.url + LONG)
    expect(page.locator(".dw-resume")).to_be_visible()
    page.locator("#p9").scroll_into_view_if_needed()
    expect(page.locator(".dw-resume")).to_have_count(0)


def test_the_offer_can_be_refused(page: Page, reader: BuiltSite) -> None:
    leave_at(page, reader, "p9")
    page.goto(reader.url + LONG)
    page.get_by_role("button", name="Read from the beginning").click()
    expect(page.locator(".dw-resume")).to_have_count(0)
    page.goto(reader.url + LONG)
    page.wait_for_load_state()
    expect(page.locator(".dw-resume")).to_have_count(0)


def test_an_article_read_to_its_end_has_no_place(page: Page, reader: BuiltSite) -> None:
    leave_at(page, reader, "p9")
    assert kept(page, "places") == [LONG.rstrip("/")]
    leave_at(page, reader, "p20")
    assert kept(page, "places") == []


def test_who_only_looks_in_leaves_the_place_as_it_was(page: Page, reader: BuiltSite) -> None:
    leave_at(page, reader, "p9")
    page.goto(reader.url + LONG)
    page.goto(reader.url + "mine/")
    expect(page.locator("#places li")).to_contain_text("paragraph 9")
    page.goto(f"{reader.url}{LONG}#p3")  # an address that names a paragraph is the reader's word
    page.wait_for_load_state()
    expect(page.locator(".dw-resume")).to_have_count(0)

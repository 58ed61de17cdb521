"""The page of a reader's words: the list, ten to review, and files that come and go."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from site_rig import BuiltSite

PAGE = "mine/words/"
ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar"
PORT = {
    "s": "learning",
    "f": "pelabuhan",
    "g": "port, harbour",
    "id": "Pelabuhan itu dibuka kemarin.",
    "en": "The port was opened yesterday.",
    "a": ARTICLE,
    "p": "p2",
    "t": "Pelabuhan baru",
    "n": "Kabar",
    "d": "2026-02-01",
    "b": 0,
}


def keep(page: Page, reader: BuiltSite, words: object) -> None:
    page.goto(reader.url + PAGE)
    page.evaluate("words => dw.device.set('words', words)", words)
    page.reload()


def kept(page: Page) -> dict[str, dict[str, object]]:
    return dict(page.evaluate("dw.device.get('words') ?? {}"))


def saved(page: Page, name: str) -> tuple[Download, str]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value, Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def take_in(page: Page, text: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "words.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )


def test_a_word_shows_where_it_was_met_and_changes_its_state(page: Page, reader: BuiltSite) -> None:
    keep(page, reader, {"labuh": PORT})
    item = page.locator(".dw-words > li")
    expect(item.locator("mark")).to_have_text("Pelabuhan")
    expect(item.get_by_role("link")).to_have_attribute("href", f"{reader.url}{ARTICLE}/#p2")
    item.get_by_role("button", name="Known").click()
    expect(page.locator(".dw-words > li")).to_have_count(0)
    assert kept(page)["labuh"]["s"] == "known"
    expect(page.get_by_role("button", name="Learning 0")).to_be_focused()
    page.get_by_role("button", name="Known 1").click()
    page.get_by_role("button", name="Remove: labuh").click()
    assert kept(page) == {}
    page.get_by_role("button", name="Undo").press("Enter")
    assert kept(page)["labuh"]["f"] == "pelabuhan"


def test_a_known_word_comes_later_and_an_unknown_one_tomorrow(
    page: Page, reader: BuiltSite
) -> None:
    words = {"labuh": {**PORT, "b": 2}, "buka": {**PORT, "f": "dibuka", "b": 3}}
    keep(page, reader, words)
    expect(page.get_by_text("To review today: 2")).to_be_visible()
    page.get_by_role("button", name="Review ten words").press("Enter")
    card = page.locator(".dw-word__card")
    expect(card.get_by_text("port, harbour")).to_be_hidden()
    page.keyboard.press("Enter")  # Show
    expect(card.get_by_text("port, harbour")).to_be_visible()
    expect(card.get_by_role("button", name="I knew it")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Again").click()
    expect(page.get_by_text("Nothing to review today")).to_be_visible()
    expect(page.get_by_role("button", name="Learning 2")).to_be_focused()
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))
    due = {root: (word["b"], word["due"]) for root, word in kept(page).items()}
    assert due == {
        "buka": (4, str(today + timedelta(days=16))),
        "labuh": (0, str(today + timedelta(days=1))),
    }


def test_a_table_goes_out_and_comes_back_whole(page: Page, reader: BuiltSite) -> None:
    odd = {**PORT, "s": "ignored", "f": "lain", "id": 'Ia berkata, "ya",\nlalu pergi.', "g": "=1+1"}
    keep(page, reader, {"labuh": PORT, "lain": odd, "DPR": {**PORT, "f": "DPR"}})
    _, text = saved(page, "All as a table (CSV)")
    rows = {row["root"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["labuh"]["form"] == "pelabuhan"
    assert rows["lain"]["meaning"] == "'=1+1"  # no formula in a spreadsheet
    before = kept(page)
    page.evaluate("dw.device.set('words', undefined)")
    take_in(page, text)
    expect(page.get_by_text("Words taken in: 3")).to_be_visible()
    assert kept(page) == before
    take_in(page, text)
    expect(page.get_by_text("No new words in this file")).to_be_visible()


def test_a_table_that_there_is_no_room_for_is_not_said_to_be_taken_in(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url + PAGE)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    take_in(page, "root,state\nlabuh,known\n")
    expect(page.get_by_text("Your browser has no room for all of it")).to_be_visible()
    assert kept(page) == {}


def test_where_a_word_was_met_is_a_page_on_a_disk_too(page: Page, reader: BuiltSite) -> None:
    page.goto((reader.root / PAGE / "index.html").as_uri())
    page.evaluate("words => dw.device.set('words', words)", {"labuh": PORT})
    page.locator(".dw-words").get_by_role("link", name="Pelabuhan baru").click()
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")


def test_a_table_of_a_spreadsheet_is_taken_in(page: Page, reader: BuiltSite) -> None:
    """Parted by semicolons, and with a quotation mark that nothing closes."""
    keep(page, reader, {})
    text = 'root;state;meaning\r\nlabuh;known;"anchor, ""moor"""\r\nbuka;learning;"open"er\r\n'
    take_in(page, text + "kenal;known;know\r\n")
    expect(page.get_by_text("Words taken in: 3")).to_be_visible()
    meanings = {root: word.get("g") for root, word in kept(page).items()}
    assert meanings == {"labuh": 'anchor, "moor"', "buka": '"open"er', "kenal": "know"}
    page.goto(reader.url + "mine/")
    words = page.locator("[data-dw-kept] li", has_text="Your words")
    expect(words.locator(".dw-quiet")).to_have_text("3")


def test_a_table_of_somebody_else_does_no_harm(page: Page, reader: BuiltSite) -> None:
    keep(page, reader, {"labuh": PORT})
    take_in(page, "root,state,meaning,article\n")
    expect(page.get_by_text("No new words in this file")).to_be_visible()
    take_in(
        page,
        "root,state,meaning,article,box,due\n"
        "labuh,known,overwritten,,,\n"
        "__proto__,known,x,,,\n"
        "<img src=x onerror=window.hit=1>,learning,<b>bold</b>,javascript:alert(1),999,soon\n"
        "tanpa,unheard,x,,,\n",
    )
    expect(page.get_by_text("Words taken in: 1")).to_be_visible()
    words = kept(page)
    assert words["labuh"]["s"] == "learning"
    assert set(words) == {"labuh", "<img src=x onerror=window.hit=1>"}
    assert page.evaluate("window.hit") is None
    assert page.locator(".dw-words b").count() == 0
    links = page.locator(".dw-words a").evaluate_all("all => all.map((one) => one.href)")
    assert links == [f"{reader.url}{ARTICLE}/#p2"]


def test_what_somebody_wrote_into_the_storage_is_left_out(page: Page, reader: BuiltSite) -> None:
    keep(
        page, reader, {"labuh": PORT, "a": 1, "b": {"s": "toString"}, "c": {"s": "known", "b": "x"}}
    )
    expect(page.get_by_role("button", name="Known 1")).to_be_visible()
    page.evaluate("dw.device.set('words', [1, 2])")
    expect(page.get_by_text("None yet.")).to_be_visible()


def test_anki_is_given_those_that_are_learnt(page: Page, reader: BuiltSite) -> None:
    learnt = {**PORT, "en": "Ports\t& <harbours>"}
    keep(page, reader, {"labuh": learnt, "kenal": {**PORT, "s": "known"}})
    download, text = saved(page, "Those you learn, for Anki")
    assert download.suggested_filename.endswith(".txt")
    *head, line, end = text.split("\n")
    assert head[:3] == ["#separator:tab", "#html:true", "#notetype:Basic"]
    front, back = line.split("\t")
    assert front == "<b>pelabuhan</b><br><b>Pelabuhan</b> itu dibuka kemarin."
    assert back.startswith("labuh: port, harbour<br>Ports &#38; &#60;harbours&#62;<br>Kabar")
    assert end == ""

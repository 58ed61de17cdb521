"""The page of a reader's words: the list, ten to review, and files that come and go."""

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Page, Route, expect

from conftest import Watch
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


def test_words_are_printed_without_what_is_pressed(page: Page, reader: BuiltSite) -> None:
    keep(page, reader, {"labuh": PORT, "kenal": {**PORT, "f": "mengenal"}})
    page.emulate_media(media="print")
    words = page.locator(".dw-words > li")
    for shown in (".dw-word__gloss", ".dw-word__id", ".dw-word__en", ".dw-word__met"):
        expect(words.first.locator(shown)).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.get_by_role("heading", level=2)).to_have_text(["All your words Semua kata Anda"])
    tops = [box["y"] for word in words.all() if (box := word.bounding_box())]
    assert len(set(tops)) == 1  # side by side


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


Row = dict[str, Any]


def package(page: Page, folder: Path) -> tuple[list[Row], list[Row], Row]:
    """Notes with their fields, cards and the collection of the package that the page gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Those you learn, for Anki").click()
    assert waiting.value.suggested_filename.endswith(".apkg")
    with zipfile.ZipFile(waiting.value.path()) as zipped:
        assert zipped.testzip() is None
        assert zipped.namelist() == ["collection.anki2", "media"]
        assert zipped.read("media") == b"{}"
        file = Path(zipped.extract("collection.anki2", folder))
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        assert [tuple(one) for one in database.execute("pragma integrity_check")] == [("ok",)]
        tables = ("notes", "cards", "col", "revlog", "graves")
        rows = [list(map(dict, database.execute(f"select * from {name}"))) for name in tables]
        note = database.execute("select csum from notes indexed by ix_notes_csum where csum >= 0")
        assert len(note.fetchall()) == len(rows[0])
    notes, cards, [collection], *unused = rows
    assert unused == [[], []]
    for name in ("conf", "models", "decks", "dconf"):
        collection[name] = json.loads(collection[name])
    [kind] = collection["models"].values()
    for note in notes:
        note["flds"] = dict(
            zip([one["name"] for one in kind["flds"]], note["flds"].split("\x1f"), strict=True)
        )
    return notes, cards, collection


def test_anki_is_given_those_that_are_learnt(page: Page, reader: BuiltSite, tmp_path: Path) -> None:
    learnt = {**PORT, "en": "Ports\t& <harbours>\x1f [sound:a.mp3]"}
    none = {"s": "learning", "f": "<i>12", "d": "2026-02-03"}
    keep(page, reader, {"labuh": learnt, "kenal": {**PORT, "s": "known"}, "<i>12": none})
    notes, cards, collection = package(page, tmp_path)
    assert [note["flds"] for note in notes] == [
        {
            "Word": "pelabuhan",
            "Sentence": "<b>Pelabuhan</b> itu dibuka kemarin.",
            "Meaning": "port, harbour",
            "English": "Ports &#38; &#60;harbours&#62; &#91;sound:a.mp3&#93;",
            "Root": "labuh",
            "Source": f'<a href="{reader.url}{ARTICLE}/#p2">Kabar: Pelabuhan baru</a>',
            "Audio": "",
        },
        dict.fromkeys(["Sentence", "Meaning", "English", "Root", "Source", "Audio"], "")
        | {"Word": "&#60;i&#62;12"},
    ]
    for note, word in zip(notes, ["pelabuhan", "<i>12"], strict=True):
        digest = hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest()
        assert (note["csum"], note["sfld"]) == (int(digest[:8], 16), word)
    assert [card["nid"] for card in cards] == [note["id"] for note in notes]
    assert [(card["ord"], card["due"], card["queue"]) for card in cards] == [(0, 1, 0), (0, 2, 0)]
    [kind] = collection["models"].values()
    assert {note["mid"] for note in notes} == {kind["id"]}
    assert collection["ver"] == 11
    site = page.locator("meta[property='og:site_name']").get_attribute("content")
    assert collection["decks"][str(cards[0]["did"])]["name"] == site
    assert all(f"{{{{{name}}}}}" in kind["tmpls"][0]["afmt"] for name in ("Root", "Audio"))


def test_the_deck_of_a_site_is_in_no_other(page: Page, reader: BuiltSite, tmp_path: Path) -> None:
    """Two colons are where Anki puts a deck into another one."""
    keep(page, reader, {"labuh": PORT})
    script = Path(reader.root, "assets/anki/package.js").read_text("utf-8")
    sites = {"a::b": "a:b", "a:::b": "a:b", "::::": ":", "a: b:c": "a: b:c"}
    for site, deck in sites.items():
        named = f"{script};(made => dwAnki = (_, words) => made({site!r}, words))(dwAnki)"
        page.route("**/anki/package.js", partial(Route.fulfill, body=named))
        page.reload()
        _, cards, collection = package(page, tmp_path)
        assert collection["decks"][str(cards[0]["did"])]["name"] == deck


def test_a_later_package_has_the_notes_of_the_first(
    page: Page, reader: BuiltSite, tmp_path: Path
) -> None:
    """A word that was kept anew is newer; so many that no page of the database holds all."""
    many = {f"akar{at}": {**PORT, "f": f"mengakar{at}"} for at in range(1500)}
    keep(page, reader, {"labuh": PORT, **many})
    first, _, before = package(page, tmp_path)
    page.evaluate("word => dw.device.set('words', word)", {"labuh": {**PORT, "d": "2026-02-09"}})
    [later], _, after = package(page, tmp_path)
    assert len({note["guid"] for note in first}) == len(first) == 1501
    [same] = [note for note in first if note["guid"] == later["guid"]]
    assert same["flds"] == later["flds"]
    assert same["mod"] < later["mod"]
    assert before["models"] == after["models"]
    assert before["decks"].keys() == after["decks"].keys()


def test_nothing_for_a_package_is_fetched_before_somebody_asks(
    page: Page, reader: BuiltSite, watch: Watch
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    keep(page, reader, {"labuh": PORT})
    expect(page.get_by_role("button", name="Learning 1")).to_be_visible()
    assert not [one for one in asked if "/anki/" in one or "/files/" in one]
    page.route("**/anki/sqlite.js", lambda route: route.abort())
    page.get_by_role("button", name="Those you learn, for Anki").click()
    expect(page.get_by_text("is there a network?")).to_be_visible()
    watch.faults.clear()


def test_a_fault_in_making_a_package_is_not_told_as_one_of_the_network(
    page: Page, reader: BuiltSite, watch: Watch
) -> None:
    keep(page, reader, {"labuh": PORT})
    broken = "window.dwAnki = () => { throw new Error('none'); };"
    page.route("**/anki/package.js", lambda route: route.fulfill(body=broken))
    page.get_by_role("button", name="Those you learn, for Anki").click()
    expect(page.get_by_text("The package could not be made of these words")).to_be_visible()
    expect(page.get_by_text("network?")).to_have_count(0)
    watch.faults.clear()

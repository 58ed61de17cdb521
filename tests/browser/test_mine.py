"""What is kept for a reader on the own device: the page ``mine/`` and all that fills it."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import factory
from conftest import DESKTOP, PHONE, shifts
from dwiwarta.model import Tags
from dwiwarta.render.mine import code
from site_rig import BuiltSite, build_site, serve_site

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"


def get(page: Page, name: str) -> object:
    return page.evaluate("name => dw.device.get(name)", name)


def put(page: Page, name: str, value: object) -> None:
    assert page.evaluate("([name, value]) => dw.device.set(name, value)", [name, value])


# --- the device --------------------------------------------------------------------------------


def test_two_sites_of_one_host_keep_apart(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url)
    put(page, "read", ["article/a"])
    page.goto(reader.sub_url)
    assert get(page, "read") is None
    page.goto(reader.url + ARTICLE)
    assert "article/a" in str(get(page, "read"))


def test_what_is_kept_is_no_code_and_may_be_broken(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url)
    page.evaluate("localStorage.setItem(`dwiwarta:${dw.root.pathname}:saved`, '{<img>')")
    assert page.evaluate("dw.device.get('saved', 'as before')") == "as before"
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    assert page.evaluate("dw.device.set('saved', 1)") is False


def test_who_asks_is_told_of_changes_in_this_tab_and_in_others(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url)
    page.evaluate("window.told = []; dw.device.onChange('saved', (value) => told.push(value))")
    put(page, "saved", [1])
    other = page.context.new_page()
    other.goto(reader.url)
    put(other, "saved", [1, 2])
    page.wait_for_function("() => told.length === 2")
    assert page.evaluate("told") == [[1], [1, 2]]


# --- the page ----------------------------------------------------------------------------------


def test_every_page_leads_there_and_it_says_what_stays_here(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.get_by_role("link", name="Yours").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yours Milik Anda")
    expect(page.get_by_text("Nothing of it is sent anywhere")).to_be_visible()
    expect(page.get_by_text("That needs JavaScript")).to_be_hidden()


def test_without_javascript_it_says_what_would_be_there(
    open_page: Callable[..., Page], reader: BuiltSite
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(reader.url + "mine/")
    expect(page.get_by_text("That needs JavaScript")).to_be_visible()
    expect(page.get_by_text("Nothing of it is sent anywhere")).to_be_visible()
    assert page.get_by_role("button").all() == []


def test_all_of_it_goes_into_a_file_and_back(page: Page, reader: BuiltSite, tmp_path: Path) -> None:
    page.goto(reader.url + "mine/")
    put(page, "words", {"kapal": 3, "laut": 1})
    put(page, "saved", [{"id": "article/a", "note": "dulu"}])
    put(page, "names", True)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    path = tmp_path / "kept.json"
    download.value.save_as(path)
    kept = json.loads(path.read_text("utf-8"))["kept"]
    assert kept["words"] == {"kapal": 3, "laut": 1}

    page.get_by_role("button", name="Forget all").click()
    assert get(page, "words") is not None  # asked once more
    page.get_by_role("button", name="Forget all").click()
    expect(page.get_by_role("status")).to_have_text("Nothing is kept here any more")
    names = page.evaluate("dw.device.names")
    assert {"visits", "read", "muted", "saved", "words"} < set(names)
    assert [get(page, name) for name in [*names, "names"]] == [None] * (len(names) + 1)
    # Who goes leaves nothing behind.
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert get(page, "visits") is None
    page.reload()

    # What is here already stays.
    put(page, "words", {"kapal": 4})
    put(page, "saved", [{"id": "article/a", "note": "kini"}, {"id": "article/b"}])
    page.locator("[data-dw-file]").set_input_files(path)
    expect(page.get_by_role("status")).to_have_text("Taken in: kept.json")
    assert get(page, "words") == {"kapal": 4, "laut": 1}
    assert get(page, "saved") == [{"id": "article/a", "note": "kini"}, {"id": "article/b"}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"dwiwarta": 1}',
        '{"dwiwarta": 2, "kept": {"words": {}}}',
        '{"dwiwarta": 1, "kept": [1]}',
    ],
)
def test_what_is_no_file_of_ours_changes_nothing(
    page: Page, reader: BuiltSite, tmp_path: Path, text: str
) -> None:
    page.goto(reader.url + "mine/")
    put(page, "words", {"kapal": 3})
    path = tmp_path / "<b>x.json"
    path.write_text(text, "utf-8")
    page.locator("[data-dw-file]").set_input_files(path)
    expect(page.get_by_role("status")).to_have_text(
        "This is no file that was saved here: <b>x.json"
    )
    assert get(page, "words") == {"kapal": 3}


def test_a_hostile_file_brings_data_alone(page: Page, reader: BuiltSite, tmp_path: Path) -> None:
    page.goto(reader.url + "mine/")
    put(page, "words", {"kapal": 3})
    path = tmp_path / "x.json"
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    path.write_text(
        '{"dwiwarta": 1, "kept": {"__proto__": {"bad": 1}, "view": "en", "other": 1, '
        '"visits": {"since": 1e300}, "muted": '
        + deep
        + ', "words": {"__proto__": {"bad": 1}, "constructor": 1, "<img src=x>": 1}}}',
        "utf-8",
    )
    page.locator("[data-dw-file]").set_input_files(path)
    expect(page.get_by_role("status")).to_have_text("Taken in: x.json")
    assert page.evaluate("({}).bad") is None
    assert get(page, "other") is None
    assert page.locator("img[src=x]").count() == 0


def test_one_thing_alone_can_be_forgotten(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "mine/")
    put(page, "words", {"kapal": 3})
    put(page, "saved", ["article/a"])
    page.get_by_role("button", name="Forget: Your words").click()
    assert get(page, "words") is None
    assert get(page, "saved") == ["article/a"]


@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_sections_take_one_row_of_a_phone(
    open_page: Callable[..., Page], reader: BuiltSite, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    page.goto(reader.url)
    tops = page.locator(".dw-sections li").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top)"
    )
    assert len(tops) > 4
    assert len(set(tops)) == 1


# --- what is new, and what has been read ---------------------------------------------------------

HOUR = 3_600_000
OTHER = "article/2026-02-27-banjir-di-tepi-mekong/"


def come_back(page: Page, url: str, after: int = 2 * HOUR) -> None:
    """As if the last visit had been so many milliseconds ago; where no script of ours runs."""
    blank = '<!doctype html><link rel="icon" href="data:,">'
    page.route(f"{url}blank", lambda route: route.fulfill(content_type="text/html", body=blank))
    page.goto(f"{url}blank")
    page.evaluate(
        """after => {
          const key = Object.keys(localStorage).find((one) => one.endsWith(":visits"));
          const visits = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...visits, at: visits.at - after }));
        }""",
        after,
    )
    page.goto(url)


def met(page: Page) -> None:
    """Wait until the device knows what the site has."""
    page.wait_for_function("() => window.dwRecent && dw.device.get('visits')?.seen?.length > 0")


def site_with(root: Path, slugs: tuple[str, ...]) -> Path:
    made = [
        factory.entry(slug, (f"Kabar {slug}", f"News {slug}"), when=date(2026, 3, day))
        for day, slug in enumerate(slugs, start=1)
    ]
    return build_site(root, made)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_came_since_the_last_visit_is_marked_and_nothing_moves(
    open_page: Callable[..., Page], tmp_path: Path, device: dict[str, Any]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    # What is added need not be of a later day.
    before = site_with(old, ("satu", "tiga", "lima"))
    after = site_with(new, ("satu", "dua", "tiga", "lima", "enam"))
    page = open_page(**device)
    folder = tmp_path / "served"
    shutil.copytree(before, folder)
    with serve_site(folder) as served:
        page.goto(served.url)
        met(page)
        assert page.locator(".dw-is-new").count() == 0  # the first visit
        page.reload()
        met(page)
        shutil.rmtree(folder)
        shutil.copytree(after, folder)
        come_back(page, served.url)
        fresh = page.locator(".dw-is-new .dw-item__en")
        expect(fresh).to_have_text(["News enam", "News dua"])
        expect(page.locator(".dw-is-new").first).to_contain_text("New News enam")
        jump = page.get_by_role("button", name="2 new since")
        assert shifts(page) <= 0.02
        jump.click()
        expect(page.get_by_role("link", name="News enam")).to_be_focused()
        jump.click()
        expect(page.get_by_role("link", name="News dua")).to_be_focused()
        # Still so within this visit, and no more in the next.
        page.reload()
        expect(fresh).to_have_count(2)
        come_back(page, served.url)
        met(page)
        assert page.locator(".dw-is-new").count() == 0
        # What is forgotten begins anew.
        page.evaluate("dw.device.set('visits', undefined)")
        page.reload()
        met(page)
        assert page.locator(".dw-is-new").count() == 0


@pytest.mark.parametrize(
    "kept",
    [
        7,
        "x",
        [],
        {"at": "now"},
        {"at": 1, "known": 5},
        {"at": 1e12, "known": "<img>"},
        {"at": 1e300, "since": 1e300, "known": "0000000"},
    ],
)
def test_a_broken_memory_of_visits_marks_nothing(
    page: Page, reader: BuiltSite, kept: object
) -> None:
    page.goto(reader.url)
    met(page)
    put(page, "visits", kept)
    page.reload()
    met(page)
    assert page.locator(".dw-is-new").count() == 0


def test_the_codes_of_the_build_are_those_of_the_browser(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url)
    met(page)
    known = code("2026-02-27-banjir-di-tepi-mekong")
    seen = str(page.evaluate("dw.device.get('visits').seen"))
    assert known in [seen[at : at + 7] for at in range(0, len(seen), 7)]
    put(page, "visits", {"at": 3 * HOUR, "seen": seen.replace(known, "")})
    come_back(page, reader.url)
    expect(page.locator(".dw-is-new")).to_have_count(1)
    expect(page.locator(".dw-is-new h3 a")).to_have_attribute("href", f"./{OTHER}")


def test_what_has_been_read_steps_back_in_lists(page: Page, reader: BuiltSite) -> None:
    page.clock.install(time="2026-03-02T08:00:00Z")
    page.clock.pause_at("2026-03-02T09:00:00Z")  # else it counts how long the page takes to come
    page.goto(reader.url + ARTICLE)
    page.clock.run_for(4_000)
    assert get(page, "read") is None
    page.clock.run_for(8_000)
    assert get(page, "read") == [ARTICLE[:-1]]
    page.clock.resume()
    page.goto(reader.url + OTHER)
    page.mouse.wheel(0, 20_000)
    page.wait_for_function("() => dw.device.get('read').length === 2")
    page.goto(reader.url)
    expect(page.locator(".dw-is-read")).to_have_count(2)
    expect(page.locator(".dw-is-read a").filter(has_text="Makassar").first).to_contain_text("Read")
    put(page, "read", [f"article/{n}" for n in range(2_000)])
    page.goto(reader.url + ARTICLE)
    page.clock.run_for(12_000)
    page.wait_for_function("() => dw.device.get('read')[0].includes('makassar')")
    assert page.evaluate("dw.device.get('read').length") == 2_000


# --- what is shown -------------------------------------------------------------------------------


def titles(page: Page) -> list[str]:
    return page.locator(".dw-card:visible h3, .dw-card:visible h2").all_inner_texts()


def test_only_what_is_in_english_is_shown_and_that_is_remembered(
    page: Page, reader: BuiltSite
) -> None:
    page.goto(reader.url)
    every = titles(page)
    hidden = page.locator("[data-en=no]").count()
    assert 0 < hidden < len(every)
    switch = page.get_by_role("button", name="In English")
    expect(page.get_by_text(f"{hidden} hidden")).to_be_hidden()
    switch.click()
    expect(page.get_by_text(f"{hidden} hidden")).to_be_visible()
    assert len(titles(page)) == len(every) - hidden
    assert page.locator(".dw-day:visible").count() > 0
    for day in page.locator(".dw-day:visible").all():
        assert day.locator(".dw-card:visible").count()
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert len(titles(page)) == len(every) - hidden
    assert shifts(page) <= 0.02
    switch.click()
    assert titles(page) == every
    page.reload()
    assert titles(page) == every


def test_what_is_muted_leaves_one_line(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + ARTICLE)
    page.get_by_text("See less of this").click()
    page.locator(".dw-mute").get_by_role("button", name="Japan").click()
    page.goto(reader.url)
    ours = page.locator("[data-tags~='jp']")
    number = ours.count()
    assert number
    line = page.locator(".dw-muted")
    expect(line).to_have_text(f"{number} muted – show")
    assert ours.locator("visible=true").count() == 0
    line.get_by_role("button").click()
    expect(ours.first).to_be_visible()
    expect(line).to_have_text(f"{number} muted – hide")
    page.reload()
    expect(line).to_have_text(f"{number} muted – show")
    assert shifts(page) <= 0.02
    # Its own page is there for those who go to it, and takes it back.
    page.goto(reader.url + "country/jp/")
    expect(page.locator(".dw-card").first).to_be_visible()
    page.get_by_role("button", name="Mute this country").click()
    page.goto(reader.url)
    expect(ours.first).to_be_visible()
    expect(line).to_be_hidden()


def test_words_are_muted_whole_and_seen_in_one_place(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "mine/")
    expect(page.get_by_text("Nothing is muted")).to_be_visible()
    field = page.get_by_label("A word in titles")
    for word in ("pelabuhan", "<b>", "labuh", "(.*"):
        field.fill(word)
        field.press("Enter")
    kept = page.locator("[data-dw-muted-list] li")
    expect(kept).to_have_count(4)
    page.goto(reader.url)
    gone = page.locator(".dw-card", has_text="Pelabuhan")
    assert gone.count()
    assert gone.locator("visible=true").count() == 0
    assert titles(page)
    page.goto(reader.url + "mine/")
    for _ in range(4):
        page.get_by_role("button", name="Show again").first.click()
    expect(page.get_by_text("Nothing is muted")).to_be_visible()
    assert get(page, "muted") is None


def test_who_mutes_more_than_is_kept_is_told(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url + "mine/")
    put(page, "muted", {"words": {f"kata{n}": f"kata{n}" for n in range(100)}})
    field = page.get_by_label("A word in titles")
    field.fill("seratus satu")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No more than 100")
    expect(page.locator("[data-dw-muted-list] li")).to_have_count(100)
    page.get_by_role("button", name="Show again").first.click()
    field.fill("seratus satu")
    field.press("Enter")
    expect(page.locator("[data-dw-muted-list] li").last).to_contain_text("seratus satu")


def test_search_hides_what_is_muted_and_shows_it_on_demand(page: Page, reader: BuiltSite) -> None:
    page.goto(reader.url)
    put(page, "muted", {"tags": {"country/jp": "Japan"}})
    page.goto(reader.url + "search/?country=jp")
    line = page.locator(".dw-search-page .dw-muted")
    expect(line).to_contain_text("muted – show")
    results = page.locator(".dw-result:visible")
    expect(results).to_have_count(0)
    line.get_by_role("button").click()
    expect(results.first).to_be_visible()
    expect(line).to_be_hidden()


@pytest.mark.parametrize(
    "kept",
    [
        5,
        "x",
        [],
        {"tags": 5},
        {"tags": {"": ""}},
        {"words": {" ": "x"}},
        {"words": ["a"]},
        {"words": {"\u0301": "x"}},
    ],
)
def test_broken_lists_of_what_is_muted_hide_nothing(
    page: Page, reader: BuiltSite, kept: object
) -> None:
    page.goto(reader.url)
    every = titles(page)
    put(page, "muted", kept)
    page.reload()
    expect(page.locator(".dw-card").first).to_be_visible()
    assert titles(page) == every


@pytest.mark.parametrize("a_day", [1, 2, 4, 20])
def test_eight_headlines_stand_on_the_first_screen(
    open_page: Callable[..., Page], tmp_path: Path, a_day: int
) -> None:
    made = [
        factory.entry(
            f"kabar-{n}",
            (
                f"Kementerian menyiapkan aturan baru untuk pelayaran antarpulau {n}",
                f"The ministry prepares a new rule for ships between the islands {n}",
            ),
            when=date(2026, 3, 28 - n // a_day),
            tags=Tags(topics=factory.topics(factory.ECONOMY), countries=factory.countries("ID")),
            source_name="Koran Pelabuhan",
        )
        for n in range(20)
    ]
    page = open_page(viewport={"width": 1280, "height": 800})
    with serve_site(build_site(tmp_path, made)) as served:
        page.goto(served.url)
        edges = page.locator(".dw-home .dw-item__en").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().bottom)"
        )
    assert len([edge for edge in edges if edge <= 800]) >= 8

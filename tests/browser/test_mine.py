"""What is kept for a reader on the own device: the page ``mine/`` and all that fills it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import factory
from site_rig import BuiltSite, build_site, serve_site

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The hand-made newspaper."""
    root = tmp_path_factory.mktemp("mine")
    with serve_site(build_site(root, factory.sample_entries())) as served:
        yield served


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
    page.wait_for_function("told.length === 2")
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
    assert [get(page, name) for name in names] == [None] * len(names)

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
        '{"dwiwarta": 1, "kept": {"__proto__": {"bad": 1}, "view": "en", "other": 1, "muted": '
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


@pytest.mark.parametrize("width", [320, 360])
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

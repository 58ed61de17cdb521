"""What a reader has without network: the service worker in a real browser, and the manifest."""

import gzip
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import LONGEST_SECONDS, Watch, wait_until
from dwiwarta.settings import PROJECT_ROOT
from site_rig import BuiltSite, Handler, serve_site

Open = Callable[..., Page]

READ = "article/2026-03-01-pelabuhan-baru-di-makassar/"
OTHER = "article/2026-02-26-vaksin-baru/"
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    found[name.replace(/.*-/, "")] = keys.map((one) => one.url);
  }
  return found;
}"""


@pytest.fixture
def reader(hand_made: Path, tmp_path: Path) -> Iterator[BuiltSite]:
    """A site that a test may change."""
    with serve_site(shutil.copytree(hand_made, tmp_path / "site")) as served:
        yield served


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page(service_workers="allow")


def kept(page: Page, what: str = "pages") -> list[str]:
    found: list[str] = page.evaluate(KEPT).get(what, [])
    return found


def read(page: Page, url: str) -> None:
    """Open a page, until it is kept."""
    page.goto(url)
    wait_until(page, lambda: page.evaluate("!!navigator.serviceWorker.controller"), "the worker")
    wait_until(page, lambda: url.partition("?")[0] in kept(page), f"{url} to be kept")


def go_offline(page: Page, watch: Watch) -> None:
    page.context.set_offline(True)
    # Chromium 150 tells this to the page that is open, and has forgotten it with the next.
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"
    )
    watch.stop()  # a browser tells in its console of each request that fails


def let_worker_finish(page: Page, url: str) -> None:
    """Come back when the worker has done all that was asked of it: it does one thing after another.

    ``url``: of a page that is not kept yet, and then is.
    """
    assert url not in kept(page)
    page.evaluate("url => navigator.serviceWorker.controller.postMessage(url)", url)
    wait_until(page, lambda: url in kept(page), f"{url} to be kept")


def is_styled(page: Page) -> bool:
    """Whether the style sheet and the script of the page are there."""
    return bool(
        page.evaluate(
            """() => getComputedStyle(document.querySelector(".dw-masthead")).display !== "block"
               || getComputedStyle(document.body).fontFamily.includes("Franklin")"""
        )
    )


@pytest.mark.parametrize("below", ["", "some/where/"])
def test_what_was_read_is_read_again_without_network(
    page: Page, watch: Watch, reader: BuiltSite, below: str
) -> None:
    root = reader.url + below
    read(page, root + READ)
    read(page, root + OTHER + "?view=en")
    assert all(url.startswith(root) for urls in page.evaluate(KEPT).values() for url in urls)
    go_offline(page, watch)
    page.goto(root + READ + "index.html?view=both#p2")
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")
    assert is_styled(page)
    page.keyboard.press("b")  # the script is there, too
    expect(page.locator("html")).not_to_have_attribute("data-dw-view", "both")


def test_what_is_not_kept_leads_to_what_is(page: Page, watch: Watch, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    read(page, reader.url + "country/")
    go_offline(page, watch)
    page.goto(reader.url + "country/jp/?x=1")
    expect(page).to_have_url(reader.url + "offline/?page=country%2Fjp%2F")
    asked = page.locator(".dw-kept__asked")
    expect(asked).to_be_visible()
    expect(asked.locator("a")).to_have_attribute("href", reader.url + "country/jp/")
    # Pictures have titles, too: those of the map's countries are none of the page's.
    expect(page.locator(".dw-kept a", has_text="Countries").locator("span")).to_have_count(1)
    listed = page.locator(".dw-kept a[href*='/article/']")
    expect(listed).to_have_count(1)
    expect(listed.locator("[lang=id]")).to_contain_text("Pelabuhan Baru di Makassar")
    expect(listed.locator("[lang^=en]")).to_be_visible()
    listed.click()
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")
    page.goto(reader.url + "offline/?page=//elsewhere.example/")
    expect(page.locator(".dw-kept a")).to_have_count(2)
    expect(page.locator(".dw-kept__asked")).to_be_hidden()


def test_the_newest_are_kept_from_the_second_page_on(
    page: Page, watch: Watch, reader: BuiltSite
) -> None:
    newest = json.loads((reader.root / "offline/newest.json").read_text("utf-8"))
    page.add_init_script(
        """window.told = [];
        const post = ServiceWorker.prototype.postMessage;
        ServiceWorker.prototype.postMessage = function (url) {
          told.push(url);
          post.call(this, url);
        };
        """
    )
    page.clock.install()
    read(page, reader.url + "about/")
    page.clock.run_for(60_000)
    let_worker_finish(page, reader.url + "help/")
    assert len(kept(page)) == 3  # these two, and the list of what is kept
    assert page.evaluate("told") == [reader.url + "about/", reader.url + "help/"]
    page.goto(reader.url + READ)
    page.wait_for_function("() => told.length")
    page.clock.run_for(60_000)
    page.wait_for_function("() => told.includes('')")
    addresses = {reader.url + path for path, _ in newest}
    assert all((reader.root / path).exists() for path, _ in newest)

    def is_kept() -> bool:
        return addresses <= {*kept(page), *kept(page, "files")}

    wait_until(page, is_kept, "the newest to be kept")
    go_offline(page, watch)
    page.goto(reader.url + "offline/")
    listed = page.locator("[data-dw-kept] section").first.locator("li a")
    expect(page.locator(".dw-kept__clear")).to_be_visible()  # the list is whole
    articles = [path for path, mark in reversed(newest) if mark and path != READ]
    days = [day[0] for path in articles if (day := re.search(r"\d{4}-\d\d-\d\d", path))]
    assert days == sorted(days, reverse=True)
    there = [link.get_attribute("href") for link in listed.all()]
    assert [url for url in there if url != reader.url + READ] == [reader.url + p for p in articles]
    for path, _ in newest[:3]:
        page.goto(reader.url + path)
        assert is_styled(page)
    for path, heading in (("mine/", "Yours"), ("mine/words/", "Your words"), ("search/", "Search")):
        page.goto(reader.url + path)
        expect(page.locator("h1")).to_contain_text(heading)
        assert is_styled(page)
    # The search leads to what there is where nobody has searched before.
    page.goto(reader.url + "search/")
    told = page.locator(".dw-search-page")
    expect(told).to_contain_text("Search could not be loaded.")
    told.get_by_role("link", name="What is kept on this device").click()
    expect(page.locator("h1")).to_contain_text("Without network")
    # A word of an article that nobody has opened.
    page.goto(reader.url + [path for path, mark in newest if mark][-2])
    page.locator("#p1 .dw-pair__id").click(position={"x": 20, "y": 12})
    expect(page.get_by_role("dialog").locator(".dw-word__senses")).to_be_visible()


def test_a_page_is_as_it_is_now_whenever_there_is_a_network(page: Page, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    file = reader.root / READ / "index.html"
    file.write_text(file.read_text("utf-8").replace("Pelabuhan", "Bandara"), "utf-8")
    page.goto(reader.url + READ)
    expect(page.locator("h1")).to_contain_text("Bandara Baru")


def test_a_page_that_is_gone_is_kept_no_longer(page: Page, watch: Watch, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    watch.stop()  # the host's own page for it has no icon
    shutil.rmtree(reader.root / READ)
    page.goto(reader.url + READ)
    wait_until(page, lambda: reader.url + READ not in kept(page), "the page to go")


def test_half_an_update_spoils_nothing(page: Page, watch: Watch, reader: BuiltSite) -> None:
    """Neither pages nor styles that came first; a page that was kept keeps its own."""
    (version,) = set(
        re.findall(r"article\.css\?v=(\w+)", (reader.root / READ / "index.html").read_text())
    )
    read(page, reader.url + READ)
    read(page, reader.url + OTHER)
    style = reader.root / "bundle/article.css"
    whole = style.read_text("utf-8")

    def change_page(path: str, title: str) -> None:
        file = reader.root / path / "index.html"
        text = file.read_text("utf-8").replace(version, "abcdef012345")
        file.write_text(re.sub("<h1 ", f"<h1 data-build='{title}' ", text), "utf-8")

    # The pages are there before their style sheet.
    change_page(READ, "new")
    page.goto(reader.url + READ)
    expect(page.locator("h1")).to_have_attribute("data-build", "new")  # as the network has it
    let_worker_finish(page, reader.url + "help/")
    go_offline(page, watch)
    page.goto(reader.url + READ)
    assert page.locator("h1").get_attribute("data-build") is None  # whole, if older
    assert is_styled(page)

    # Then the style sheet follows; the other page is still the one of before, with its own.
    page.context.set_offline(False)
    style.write_text(whole.replace(version, "abcdef012345") + "", "utf-8")
    page.goto(reader.url + READ)
    wait_until(
        page,
        lambda: f"{reader.url}bundle/article.css?v=abcdef012345" in kept(page, "bundles"),
        "the new style sheet",
    )
    let_worker_finish(page, reader.url + "readers/")
    page.context.set_offline(True)
    page.goto(reader.url + READ)
    assert page.locator("h1").get_attribute("data-build") == "new"
    assert is_styled(page)
    page.goto(reader.url + OTHER)
    assert is_styled(page)
    assert f"{reader.url}bundle/article.css?v={version}" in kept(page, "bundles")


def test_styles_go_with_the_last_page_that_needs_them(page: Page, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((one) => one.endsWith("bundles"));
          await (await caches.open(name)).put("bundle/article.css?v=0", new Response("x"));
        }"""
    )
    assert len([one for one in kept(page, "bundles") if one.endswith("?v=0")]) == 1
    page.evaluate("navigator.serviceWorker.controller.postMessage('')")
    wait_until(
        page,
        lambda: not [one for one in kept(page, "bundles") if one.endswith("?v=0")],
        "what no page needs to go",
    )
    assert kept(page, "bundles")


def test_what_is_kept_is_bounded(page: Page, reader: BuiltSite) -> None:
    """And the page that lists it stays."""
    read(page, reader.url + READ)
    page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((one) => one.endsWith("pages"));
          const cache = await caches.open(name);
          for (let n = 0; n < 310; n++) await cache.put(`x/${n}`, new Response("x", {
            headers: { "dw-needs": "" } }));
        }"""
    )
    read(page, reader.url + OTHER)
    wait_until(page, lambda: len(kept(page)) == 301, "the oldest to go")
    now = kept(page)
    assert reader.url + READ not in now
    assert reader.url + OTHER in now
    assert reader.url + "offline/" in now


def test_what_scripts_fetch_is_there_again(page: Page, watch: Watch, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    page.reload()
    box = page.locator(".dw-search__input")
    box.fill("pelabuhan")
    expect(page.locator(".dw-search a[href*='/article/']").first).to_be_visible()
    wait_until(page, lambda: len(kept(page, "files")) > 8, "the index to be kept")
    read(page, reader.url + "search/")
    page.goto(reader.url + READ)
    let_worker_finish(page, reader.url + "help/")
    go_offline(page, watch)
    page.reload()
    page.locator(".dw-search__input").fill("pelabuhan")
    expect(page.locator(".dw-search a[href*='/article/']").first).to_be_visible()
    page.goto(reader.url + "search/")
    told = page.locator(".dw-search-page")
    expect(told).to_contain_text("Without network only what was looked for before is found.")
    expect(told.get_by_role("link", name="What is kept on this device")).to_be_visible()
    # Behind a router that leads nowhere the browser says that there is a network.
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { value: true })")
    page.goto(reader.url + "search/?q=vaksin&country=jp")
    expect(told).to_contain_text("Search could not be loaded.")
    expect(told.get_by_role("link", name="What is kept on this device")).to_be_visible()


def test_the_search_page_says_when_the_network_goes_and_comes(
    page: Page, watch: Watch, reader: BuiltSite
) -> None:
    read(page, reader.url + READ)
    page.goto(reader.url + "search/")
    told = page.locator(".dw-search-page")
    expect(told.locator(".dw-results")).to_be_attached()
    watch.stop()
    page.context.set_offline(True)
    without = "Without network only what was looked for before is found."
    expect(told).to_contain_text(without)
    page.context.set_offline(False)
    expect(told).not_to_contain_text(without)


def test_a_network_that_hangs_does_not_keep_a_reader_waiting(
    page: Page, watch: Watch, reader: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(page, reader.url + READ)
    watch.stop()
    is_over = threading.Event()
    monkeypatch.setattr(Handler, "do_GET", lambda _: is_over.wait())  # and never answers
    page.goto(reader.url + READ, wait_until="domcontentloaded")
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")
    is_over.set()


def test_an_answer_that_is_late_is_kept_for_the_next_time(
    page: Page, watch: Watch, reader: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is shown when the network is late; what then comes is no longer in vain."""
    read(page, reader.url + READ)
    file = reader.root / READ / "index.html"
    file.write_text(file.read_text("utf-8").replace("Pelabuhan", "Bandara"), "utf-8")
    answers = threading.Event()
    answer = Handler.do_GET

    def late(handler: Handler) -> None:
        if handler.path == f"/{READ}":
            answers.wait(LONGEST_SECONDS)
        answer(handler)

    monkeypatch.setattr(Handler, "do_GET", late)
    page.goto(reader.url + READ)
    expect(page.locator("h1")).to_contain_text("Pelabuhan Baru")
    answers.set()
    text = "async (url) => (await (await caches.match(url)).text()).includes('Bandara Baru')"
    wait_until(page, lambda: page.evaluate(text, reader.url + READ), "what is new")
    go_offline(page, watch)
    page.goto(reader.url + READ)
    expect(page.locator("h1")).to_contain_text("Bandara Baru")


def _is_registered(page: Page) -> bool:
    return bool(page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)"))


def test_a_site_that_went_away_takes_all_along(page: Page, watch: Watch, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    watch.stop()
    for item in reader.root.iterdir():
        shutil.rmtree(item) if item.is_dir() else item.unlink()
    (reader.root / "index.html").write_text("<!doctype html><title>Another</title>Hello", "utf-8")
    page.goto(reader.url)
    expect(page.locator("body")).to_have_text("Hello")
    wait_until(page, lambda: not page.evaluate(KEPT), "what was kept to go")
    wait_until(page, lambda: not _is_registered(page), "the worker to go")


def test_another_program_on_the_host_is_left_alone(
    page: Page, watch: Watch, reader: BuiltSite
) -> None:
    read(page, reader.url + READ)
    (reader.root / "other").mkdir()
    (reader.root / "other/index.html").write_text("<!doctype html><title>x</title>Hello", "utf-8")
    watch.stop()  # it has no icon
    page.goto(reader.url + "other/")
    expect(page.locator("body")).to_have_text("Hello")
    let_worker_finish(page, reader.url + "help/")
    assert reader.url + "other/" not in kept(page)
    assert _is_registered(page)


def test_a_site_can_switch_it_off(
    page: Page, reader: BuiltSite, tmp_path: Path, hand_made: Path
) -> None:
    read(page, reader.url + READ)
    none = (PROJECT_ROOT / "docs/assets/offline/none.js").read_text("utf-8")
    (reader.root / "sw.js").write_text(none, "utf-8")
    for file in reader.root.rglob("*.html"):  # as pages of such a site are
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"<link rel=.?manifest[^>]*>", "", text), "utf-8")
    page.goto(reader.url + OTHER)
    wait_until(page, lambda: not page.evaluate(KEPT), "what was kept to go")
    wait_until(page, lambda: not _is_registered(page), "the worker to go")
    page.goto(reader.url + READ)
    # A page from the browser's own cache may register once more what takes itself away.
    wait_until(page, lambda: not _is_registered(page), "the worker to stay away")
    assert not page.evaluate(KEPT)


def test_the_reader_can_remove_all(page: Page, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    page.goto(reader.url + "offline/")
    page.locator(".dw-kept__clear button").click()
    expect(page.locator(".dw-kept__none")).to_be_visible()
    assert kept(page) == [reader.url + "offline/"]


def test_who_has_all_forgotten_leaves_no_page_behind(page: Page, reader: BuiltSite) -> None:
    read(page, reader.url + READ)
    read(page, reader.url + "mine/")
    assert reader.url + READ in kept(page)
    page.get_by_role("button", name="Forget all").click()
    page.get_by_role("button", name="Forget all").click()
    expect(page.get_by_role("status")).to_have_text("Nothing is kept here any more")
    assert reader.url + READ not in kept(page)


@pytest.mark.parametrize("below", ["", "some/where/"])
def test_the_browser_offers_to_install_the_site(page: Page, reader: BuiltSite, below: str) -> None:
    page.goto(reader.url + below + READ)
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == reader.url + below + "manifest.json"
    manifest = json.loads(found["data"])
    assert manifest["name"] == "Dwiwarta"
    refused = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # All contexts of these tests are such.
    assert [one["errorId"] for one in refused if one["errorId"] != "in-incognito"] == []
    icon = manifest["icons"][0]
    assert (reader.root / icon["src"]).is_file()


def test_the_worker_is_small(hand_made: Path) -> None:
    worker = (hand_made / "sw.js").read_bytes()
    assert len(worker) <= 5.8 * 1024
    assert len(gzip.compress(worker)) <= 2.3 * 1024

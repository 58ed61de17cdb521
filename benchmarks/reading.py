"""What reading costs: ``python benchmarks/reading.py SITE``, a site that has ``--country``.

Prints what a first visit of each kind of page weighs, and how long five tasks take on a phone
(360 × 740, touch, a slow 4G network of 1.6 Mbit/s and 150 ms, a processor slowed down four times):
find what is new about a country; read it in English and check one sentence; save it; open it
without network; send one paragraph. Seconds are those of the browser, without the reader's own.

Bytes are counted as a server sends them that compresses text by gzip. Every figure belongs to the
machine it was taken on, and to what else that machine was doing.
"""

import argparse
import functools
import gzip
import http.server
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from playwright.sync_api import Browser, Page, expect, sync_playwright

from provision_browser import launch

PHONE = {"width": 360, "height": 740}
NETWORK = {
    "offline": False,
    "latency": 150,  # ms
    "downloadThroughput": 1.6e6 / 8,  # bytes a second
    "uploadThroughput": 750e3 / 8,
}
SLOWER = 4
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", "/")
PATIENCE = 60_000  # ms


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def _first(site: Path, pattern: str) -> str:
    """A page of a kind, the last by its name; "" if there is none."""
    found = sorted(site.glob(pattern))
    return f"{found[-1].parent.relative_to(site).as_posix()}/" if found else ""


def weights(browser: Browser, site: Path, root: str, country: str) -> None:
    """Print a line for each kind of page."""
    kinds = {
        "front page": "",
        "article": _first(site, "article/*/index.html"),
        "story": _first(site, "story/*/index.html"),
        "countries": "country/",
        "a country": f"country/{country}/",
        "archive": "archive/",
        "a month": _first(site, "archive/*-*/index.html"),
        "search": "search/",
        "Yours": "mine/",
        "Your words": "mine/words/",
        "without network": "offline/",
        "feeds": "feed/",
        "e-books": "book/",
        "quality": "quality/",
        "help": "help/",
    }
    print("\nkB of a first visit | page | style | scripts | faces | all | without faces | requests")
    for name, path in kinds.items():
        if path or name == "front page":
            _weigh(browser, site, root, name, path)


def _weigh(browser: Browser, site: Path, root: str, name: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    page.goto(root + path)
    page.wait_for_load_state("networkidle")
    context.close()
    sums = dict.fromkeys(("page", "css", "js", "woff2", "other"), 0)
    for one in asked:
        file = site / one / "index.html" if one.endswith("/") or not one else site / one
        data = file.read_bytes()
        size = len(gzip.compress(data, 6)) if f"/{one}".endswith(COMPRESSED) else len(data)
        ending = "page" if one == path else one.rpartition(".")[2]
        sums[ending if ending in sums else "other"] += size
    total = sum(sums.values())
    cells = [sums["page"], sums["css"], sums["js"], sums["woff2"], total, total - sums["woff2"]]
    print(name, *(f"{cell / 1000:.1f}" for cell in cells), len(asked), sep=" | ")


def tasks(browser: Browser, root: str, country: str) -> None:
    """Print how long each task takes, and how many touches."""
    context = browser.new_context(
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    touches = 0

    def tap(selector: str) -> None:
        nonlocal touches
        touches += 1
        page.locator(selector).first.tap()

    def timed(name: str, task: Callable[[], None]) -> None:
        nonlocal touches
        touches, start = 0, time.perf_counter()
        task()
        print(name, touches, f"{time.perf_counter() - start:.1f}", sep=" | ")

    def find() -> None:
        page.goto(root)
        tap(".dw-sections a[href$='country/']")
        tap(f".dw-directory a[href$='{country}/']")
        expect(page.locator(".dw-card__title").first).to_be_visible()

    def read() -> None:
        tap(".dw-card__title a")
        tap(".dw-views [data-view=tap]")
        expect(page.locator("#p1 .dw-pair__id")).to_be_hidden()
        tap("#p1 .dw-pair__en")
        expect(page.locator("#p1 .dw-pair__id")).to_be_visible()

    def save() -> None:
        tap("[data-dw-save]")
        expect(page.locator("[data-dw-save]")).to_have_attribute("aria-pressed", "true")

    def open_offline() -> None:
        title = page.locator("h1 .dw-pair__id").inner_text()
        tap(".dw-sections__mine a")
        tap("[data-dw-saved-list=articles] a")
        expect(page.locator("h1 .dw-pair__id")).to_have_text(title)
        expect(page.locator("#p1")).to_be_visible()

    def send() -> None:
        tap("#p1 .dw-pair__en")
        tap("#p1 .dw-pair__act")
        touches_of_menu(page)

    def touches_of_menu(page: Page) -> None:
        nonlocal touches
        touches += 1
        page.get_by_role("button", name="Copy both texts").first.tap()
        expect(page.locator(".dw-told")).to_contain_text("opied")

    print("\ntask | touches | seconds")
    timed("find what is new about a country", find)
    timed("read it in English, check one sentence", read)
    timed("save it", save)
    _wait_until_kept(page)
    context.set_offline(True)
    timed("open it without network", open_offline)
    context.set_offline(False)
    timed("send one paragraph", send)
    print("sent:", page.evaluate("navigator.clipboard.readText()").splitlines()[0][:60], "…")
    context.close()


def _wait_until_kept(page: Page) -> None:
    """Until the service worker has kept this page and that of what is saved."""
    kept = """async () => {
      const there = async (url) => Boolean(await caches.match(url, { ignoreVary: true }));
      const here = location.href.split(/[?#]/)[0];
      return await there(here) && await there(new URL("mine/", dw.root));
    }"""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(kept):
        if time.monotonic() > end:
            raise SystemExit("The pages were not kept for reading without network.")
        page.wait_for_timeout(200)


def main() -> None:
    """Measure the site that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="a built site")
    parser.add_argument("--country", default="my", help="of which there are articles")
    options = parser.parse_args()
    with sync_playwright() as playwright, _served(options.site) as root:
        browser, _ = launch(playwright)
        weights(browser, options.site, root, options.country)
        tasks(browser, root, options.country)
        browser.close()


if __name__ == "__main__":
    main()

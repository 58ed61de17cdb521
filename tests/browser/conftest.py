"""What every browser test stands on: one browser, one built site, and pages that are watched.

A page fails its test when anything in it opens a dialog, logs an error, throws, or asks any host
but this machine for anything.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Route,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

import factory
from faces import bare_linux
from once import made_once
from provision_browser import launch
from site_rig import BuiltSite, build_published, build_site, load_entries, serve_site

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# No wait ends by its time where all is well; this is what the busiest machine may need.
LONGEST_SECONDS = 90
expect.set_options(timeout=LONGEST_SECONDS * 1000)
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def wait_until(page: Page, condition: Callable[[], bool], what: str) -> None:
    """Let the page go on until the condition holds; a busy machine may take its time."""
    end = time.monotonic() + LONGEST_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited {LONGEST_SECONDS} s for {what}"
        page.wait_for_timeout(20)


def let_paint(page: Page, frames: int = 3) -> None:
    """Come back when the page has been painted as it is now, and what watches it has been told."""
    page.evaluate(
        """async frames => {
          for (let n = 0; n < frames; n++) await new Promise(done => requestAnimationFrame(done));
          await new Promise(done => setTimeout(done));
        }""",
        frames,
    )


def shifts(page: Page) -> float:
    """The sum of all layout shifts since the page was opened."""
    page.evaluate(
        """() => {
          window.dwMoved = 0;
          new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) dwMoved += value;
          }).observe({ type: "layout-shift", buffered: true });
        }"""
    )
    let_paint(page)  # what was noted before is told in a task of its own
    return float(page.evaluate("dwMoved"))


class Held:
    """Requests of a page that wait until ``release``; those that come later go on at once."""

    def __init__(self, page: Page, url: str | re.Pattern[str]) -> None:
        self.routes: list[Route] = []
        self._is_released = False
        page.route(url, self._hold)

    def _hold(self, route: Route) -> None:
        if self._is_released:
            route.continue_()
        else:
            self.routes.append(route)

    def release(self) -> None:
        self._is_released = True
        for route in self.routes:
            route.continue_()


@contextmanager
def lone_page(browser: Browser, watch: "Watch | None" = None) -> Iterator[Page]:
    """A page for what needs no fresh one each time: scripts without a site, many queries."""
    with browser.new_context() as context:
        context.set_default_timeout(LONGEST_SECONDS * 1000)
        if watch:
            watch.attach(context)
        yield context.new_page()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser that ``make test`` provisioned; none is a failure of every browser test."""
    running, _ = launch(playwright, bare_linux(tmp_path_factory.mktemp("faces")))
    yield running
    running.close()


# Sites that several files of tests read, and none changes.


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The sample entries as a finished site, served at ``site.url`` and below ``site.sub_url``."""
    root = made_once(tmp_path_factory, "site", lambda root: build_site(root, load_entries()))
    with serve_site(root) as served:
        yield served


@pytest.fixture(scope="session")
def hand_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the hand-made newspaper (``factory.sample_entries``)."""
    return made_once(
        tmp_path_factory, "reader", lambda root: build_site(root, factory.sample_entries())
    )


@pytest.fixture(scope="session")
def reader(hand_made: Path) -> Iterator[BuiltSite]:
    """The hand-made newspaper."""
    with serve_site(hand_made) as served:
        yield served


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The project's own articles as a finished site, through the whole pipeline."""
    with serve_site(made_once(tmp_path_factory, "published", build_published)) as served:
        yield served


@dataclass
class Watch:
    """Collects what no page of ours may do."""

    faults: list[str] = field(default_factory=list)
    _stopped: bool = False

    def stop(self) -> None:
        """Listen no longer: a page that is closed may complain of what it could not finish."""
        self._stopped = True

    def _add(self, fault: str) -> None:
        if not self._stopped:
            self.faults.append(fault)

    def attach(self, context: BrowserContext) -> None:
        """Watch every page of a context, present and future."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._add(f"page error: {error.error}"))
        context.on("dialog", self._dialog)

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self._add(f"outside request: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self._add(f"console error: {message.text} ({message.location.get('url')})")

    def _dialog(self, dialog: Any) -> None:
        self._add(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The faults so far; a test that expects one may empty the list again."""
    collected = Watch()
    yield collected
    assert collected.faults == []


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """``open_page(**options)``: a watched page of a fresh browser context.

    Options are those of Playwright's ``new_context``, for instance ``**PHONE``,
    ``color_scheme="dark"`` or ``java_script_enabled=False``.
    """
    contexts: list[BrowserContext] = []

    def new(**options: Any) -> Page:
        # What a service worker answers, no test could take for a request of the page.
        given = {"service_workers": "block", **DESKTOP, **options}
        context = browser.new_context(**given)
        context.set_default_timeout(LONGEST_SECONDS * 1000)
        contexts.append(context)
        watch.attach(context)
        return context.new_page()

    yield new
    watch.stop()
    for context in contexts:
        for page in context.pages:
            # Chromium may hang when a context is closed while one of its pages navigates.
            with suppress(PlaywrightError):
                page.goto("about:blank")
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A watched page on a desktop."""
    return open_page()

"""What every kind of page stands: axe, small screens, zoom, spaced text, forced colours, no motion,
no scripts, a slow network.

One list, ``PLACES``, has a page of each kind; a kind that is not in it fails the first test. Each
is loaded three times (desktop, phone, without scripts) and asked everything there (``gates.js``).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

import factory
from conftest import DESKTOP, LONGEST_SECONDS, PHONE, Held, Watch, let_paint
from dwiwarta.kinds import BUNDLES, KINDS
from site_rig import BuiltSite, build_site, serve_site

ARTICLE = "article/2026-03-01-pelabuhan-baru-di-makassar/"
RESULTS = ".dw-search-page a[href*='/article/']"


@dataclass(frozen=True, slots=True)
class Place:
    """``path``: below the root. ``shows``: a selector of what comes late. ``scripted``: whether
    scripts fill the page, which says so where they do not run.
    """

    path: str
    shows: str = "main"
    scripted: bool = False


PLACES = {
    "home": Place(""),
    "article": Place(ARTICLE),
    "every state": Place("article/2026-02-26-vaksin-baru/"),
    "not translated": Place("article/tanpa-tanggal/"),
    "original on tap": Place("article/2026-02-27-banjir-di-tepi-mekong/?view=tap"),
    "archive": Place("archive/"),
    "a year": Place("archive/2026/"),
    "story": Place("story/2026-03-01-kapal-jepang-bersandar/"),
    "countries": Place("country/"),
    "country": Place("country/jp/"),
    "topics": Place("topic/"),
    "topic": Place("topic/economy-business-and-finance/"),
    "quality": Place("quality/"),
    "feeds": Place("feed/"),
    "e-books": Place("book/"),
    "yours": Place("mine/", scripted=True),
    "your words": Place("mine/words/", scripted=True),
    "without network": Place("offline/?page=about/", scripted=True),
    "search": Place("search/", scripted=True),
    "results": Place("search/?q=makassar", RESULTS, scripted=True),
    "about": Place("about/"),
    "help": Place("help/"),
    "help in Indonesian": Place("id/help/"),
    "readers": Place("readers/"),
    "table of keys": Place("editors/settings/"),
    "diagram": Place("developers/architecture/"),
    "not found": Place("404.html"),
}
# Files that are no pages, and pages that lead elsewhere at once.
NO_PAGES = {"bundle", "lexicon", "moved", "sitemap", "social"}
GATES = (Path(__file__).parent / "gates.js").read_text("utf-8").partition("*/")[2].strip()
# As https://www.w3.org/TR/WCAG22/#text-spacing has it.
SPACED = """const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The hand-made newspaper, on short pages, so that there is an archive."""
    root = tmp_path_factory.mktemp("gates")
    with serve_site(build_site(root, factory.sample_entries(), page_size=4)) as served:
        yield served


@dataclass(frozen=True, slots=True)
class Tabs:
    """Three tabs in which one page after the other is opened."""

    desktop: Page
    phone: Page
    bare: Page  # without scripts
    watch: Watch


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[Tabs]:
    watch = Watch()
    contexts: list[BrowserContext] = []

    def tab(**options: Any) -> Page:
        contexts.append(browser.new_context(service_workers="block", **options))
        contexts[-1].set_default_timeout(LONGEST_SECONDS * 1000)
        watch.attach(contexts[-1])
        return contexts[-1].new_page()

    yield Tabs(
        tab(**DESKTOP),
        tab(**PHONE, color_scheme="dark"),
        tab(**DESKTOP, java_script_enabled=False),
        watch,
    )
    watch.stop()
    for context in contexts:
        context.close()


def test_each_kind_of_page_has_a_place_here(reader: BuiltSite) -> None:
    """What a page is of: the folder that the build gives its kind, and the styles it takes."""

    def kind_of(path: Path) -> tuple[str, str]:
        folder = path.relative_to(reader.root).parts[0]
        at_top = "home" if path == reader.root / "index.html" else "written"
        kind = next((one.name for one in KINDS if folder == one.folder), at_top)
        found = re.search(r"bundle/(\w+)\.css", path.read_text("utf-8"))
        return kind, found[1] if found else ""

    made = {kind_of(path) for path in reader.root.rglob("*.html")}
    made = {(kind, bundle) for kind, bundle in made if kind != "moved"}
    ours = set()
    for place in PLACES.values():
        file = reader.root / place.path.partition("?")[0]
        ours.add(kind_of(file / "index.html" if file.is_dir() else file))
    assert made - ours == set()
    assert {bundle for _, bundle in made} == set(BUNDLES)
    # A kind that no page here is of cannot be looked at.
    assert {one.name for one in KINDS} - {kind for kind, _ in made} == NO_PAGES


def ask(page: Page, what: str) -> list[str]:
    found: list[str] = page.evaluate(f"{GATES}.{what}()")
    return found


def axe(page: Page, *rules: str) -> list[str]:
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for one in violations
        for node in one["nodes"][:4]
    ]


def open_all(page: Page) -> None:
    """Show what stands behind a summary, or on tap."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    tap = page.locator(".dw-pair__tap")
    if "view=tap" in page.url and tap.count():
        tap.first.click()


def wide(page: Page, width: int) -> Iterator[tuple[str, list[str]]]:
    page.set_viewport_size({"width": width, "height": 900})
    let_paint(page, 1)
    yield f"cut off at {width} px", ask(page, "cut")
    yield f"on one another at {width} px", ask(page, "overlapping")


def on_a_desktop(page: Page, url: str, shows: str) -> Iterator[tuple[str, list[str]]]:
    """Zoom makes pages narrow: 640 px of 1280 are 200 % (WCAG 1.4.4), 320 are 400 % (1.4.10)."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    page.locator(shows).first.wait_for()
    open_all(page)
    yield "axe", axe(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    yield "axe in the dark", axe(page, "color-contrast", "link-in-text-block")
    yield "lines of tables in the dark", ask(page, "unlined")
    yield "states", ask(page, "stateless")
    yield "links that look like text", ask(page, "unmarked")
    yield "faces", ask(page, "misfaced")
    page.emulate_media(color_scheme="light")
    for width in (1280, 768, 640, 320):
        yield from wide(page, width)
    page.evaluate(SPACED)
    for width in (320, 1280):
        for name, found in wide(page, width):
            yield f"spaced text, {name}", found


def on_a_phone(page: Page, url: str, shows: str) -> Iterator[tuple[str, list[str]]]:
    page.goto(url)
    page.locator(shows).first.wait_for()
    open_all(page)
    yield "axe on a phone", axe(page)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    yield "states in forced colours", ask(page, "stateless")
    yield "motion", ask(page, "moving")
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")


def without_scripts(
    page: Page, url: str, scripted: bool, with_them: Page
) -> Iterator[tuple[str, list[str]]]:
    """``with_them``: the same page, where scripts run."""
    page.goto(url)
    open_all(page)
    yield "dead controls", ask(page, "dead")
    here = ask(page, "readable")
    if scripted:
        says_so = any("JavaScript" in text for text in here)
        yield "needs scripts", [] if says_so else ["and does not say so"]
    else:
        there = ask(with_them, "readable")
        yield "only with scripts", sorted({*there} - {*here})


@pytest.mark.parametrize("name", PLACES)
def test_a_page_stands_all_gates(tabs: Tabs, reader: BuiltSite, name: str) -> None:
    place = PLACES[name]
    url = reader.url + place.path
    found = dict(on_a_desktop(tabs.desktop, url, place.shows))
    found |= dict(on_a_phone(tabs.phone, url, place.shows))
    found |= dict(without_scripts(tabs.bare, url, place.scripted, tabs.desktop))
    found["console"] = list(tabs.watch.faults)
    tabs.watch.faults.clear()
    assert {gate: faults for gate, faults in found.items() if faults} == {}


# --- a slow network ---------------------------------------------------------------------------

# Cumulative Layout Shift, https://web.dev/articles/cls: 0.1 is called good.
MOST_SHIFT = 0.02
WATCH_SHIFTS = """window.dwShifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (!hadRecentInput) dwShifts.push([value, sources.map(({ node }) => node?.className ?? "")]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
# A slow mobile network, as Lighthouse has it: milliseconds, bytes a second.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 93_750}
AT_ONCE = 9


@contextmanager
def first_visits(
    browser: Browser, device: dict[str, Any], number: int
) -> Iterator[list[tuple[Page, Held]]]:
    """Pages on a slow network, each with its faces, which are held back."""
    contexts = [browser.new_context(service_workers="block", **device) for _ in range(number)]
    visits = []
    for context in contexts:
        context.set_default_timeout(LONGEST_SECONDS * 1000)
        context.add_init_script(WATCH_SHIFTS)
        page = context.new_page()
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
        visits.append((page, Held(page, "**/*.woff2")))
    yield visits
    for context in contexts:
        context.close()


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_jumps_on_a_first_visit_by_a_slow_network(
    browser: Browser, reader: BuiltSite, device: dict[str, Any]
) -> None:
    """The faces come last, when all else has been painted: the worst that a network can do."""
    found = {}
    names = list(PLACES)
    for some in (names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE)):
        with first_visits(browser, device, len(some)) as visits:
            for name, (page, _) in zip(some, visits, strict=True):
                page.goto(reader.url + PLACES[name].path, wait_until="commit")
            for name, (page, faces) in zip(some, visits, strict=True):
                page.locator(PLACES[name].shows).first.wait_for()
                page.wait_for_load_state("domcontentloaded")
                let_paint(page)
                assert faces.routes, f"{name} asked for no face"
                faces.release()
                page.wait_for_load_state("load")
                page.wait_for_function("() => document.fonts.status === 'loaded'")
                let_paint(page)
                shifts = page.evaluate("dwShifts")
                if sum(value for value, _ in shifts) > MOST_SHIFT:
                    found[name] = shifts
    assert found == {}

"""A site of one's own in a browser: Indonesian, own colours, in a sub-path."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page, expect

from conftest import DESKTOP, PHONE, wait_until
from dwiwarta.interface import speaking
from dwiwarta.pipeline.theme import write_theme
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.render import render_pages
from dwiwarta.search import index_entries
from dwiwarta.settings import load_project
from dwiwarta.site import make_site, write_docs
from project_rig import make_project
from site_rig import SUB_PATH, BuiltSite, load_entries, serve_site

SETTINGS = """
site:
  language: id
  name: Kabar Dua
  motto: Warta dari timur
  logo: assets/logo.svg
  colours: {indonesian: '#7a2e8a', english: '#145c3a'}
  front_text: 'Pilihan kami. [Siapa kami](id/about/)'
"""
ARTICLE = f"article/{load_entries()[0].slug}/"
PAGES = ("", ARTICLE, "country/", "quality/", "id/help/", "id/about/", "id/readers/", "404.html")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    root = tmp_path_factory.mktemp("own")
    entries = load_entries()
    make_project(root)
    (root / "dwiwarta.yml").write_text(SETTINGS, "utf-8")
    mkdocs = root / "mkdocs.yml"
    text = mkdocs.read_text("utf-8").replace("dwiwarta.example/\n", f"x.example{SUB_PATH}/\n", 1)
    kept = [line for line in text.splitlines() if not line.startswith(("repo_url", "edit_uri"))]
    mkdocs.write_text("\n".join(kept) + "\n", "utf-8")
    project = load_project(root)
    write_theme(project)
    quality = measure_quality(entries, ())
    with speaking("id"):
        write_docs(render_pages(entries, project, quality=quality), project)
        index_entries(entries, project)
    problems = ProblemLog()
    make_site(project, problems)
    assert problems.all == ()  # without a repository nothing warns
    with serve_site(project.site_dir) as served:
        yield served


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(
    open_page: Callable[..., Page], own: BuiltSite, device: dict[str, Any], scheme: str
) -> None:
    page = open_page(**device, color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(own.sub_url + path)
        violations = Axe().run(page).response["violations"]
        if serious := [v["id"] for v in violations if v["impact"] in ("serious", "critical")]:
            found[path] = serious
    assert found == {}


def test_every_link_of_every_kind_of_page_leads_somewhere(page: Page, own: BuiltSite) -> None:
    seen: dict[str, int] = {}
    for path in PAGES:
        page.goto(own.sub_url + path)
        hrefs = page.eval_on_selector_all(
            "a[href], link[href], script[src], img[src]",
            "all => all.map(one => one.getAttribute('href') ?? one.getAttribute('src'))",
        )
        for href in hrefs:
            url = urljoin(page.url, href).partition("#")[0]
            if url.startswith(own.url) and url not in seen:
                assert url.startswith(own.sub_url), f"{path}: {href} leads out of the sub-path"
                seen[url] = page.request.get(url).status
    assert {url: status for url, status in seen.items() if status != 200} == {}
    assert len(seen) > 30


def test_a_page_that_is_not_there_leads_home(page: Page, own: BuiltSite) -> None:
    page.goto(own.sub_url + "404.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Halaman tidak ditemukan")
    page.get_by_role("link", name="berita terbaru").click()
    assert page.url == own.sub_url
    expect(page.locator(".dw-front")).to_contain_text("Pilihan kami")
    page.get_by_role("link", name="Siapa kami").click()
    assert page.url == f"{own.sub_url}id/about/"


def test_the_search_speaks_indonesian(page: Page, own: BuiltSite) -> None:
    page.goto(own.sub_url)
    page.locator(".dw-masthead input[type=search]").fill("satelit")
    panel = page.locator(".dw-search__panel")
    expect(panel.locator("[role=status]")).to_contain_text("berita")
    expect(panel.locator(".dw-search__below")).to_contain_text("halaman pencarian")
    panel.locator(".dw-search__below a").click()
    wait_until(page, lambda: f"{own.sub_url}id/search/" in page.url, "the search page")
    summary = page.locator(".dw-search-page summary")
    expect(summary).to_have_text("Saringan")
    summary.click()
    words = page.locator(".dw-search-page").inner_text()
    assert "Semua negara" in words
    assert not {"Filters", "Country", "All", "Order", "Best"} & set(words.split())
    # A name is the same in both languages: then the Indonesian leads.
    page.locator(".dw-search-page input[type=search]").fill("Tanabe")
    title = page.locator(".dw-search-page a.dw-result__title").first
    expect(title).to_have_attribute("lang", "id")
    expect(page.locator(".dw-search-page .dw-result__other").first).to_have_attribute("lang", "en")


@pytest.mark.parametrize("width", [360, 390])
def test_the_ways_to_read_take_one_row_on_a_phone(
    open_page: Callable[..., Page], own: BuiltSite, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(own.url + ARTICLE)
    tops = {round(box["y"]) for box in map(box_of, page.locator(".dw-views button").all())}
    assert len(tops) == 1


def box_of(target: Locator) -> FloatRect:
    box = target.bounding_box()
    assert box
    assert box["height"] >= 24
    return box

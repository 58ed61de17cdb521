"""Searching as a reader does: from any page, in both languages, by keyboard and on a phone."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from conftest import PHONE, Watch, let_paint, lone_page
from dwiwarta.model import Entry
from dwiwarta.search import index_entries
from project_rig import make_project
from site_rig import BuiltSite, make_entry, serve_site

ARTICLE = "article/2024-04-21-tanabe-di-jakarta/"
OpenPage = Callable[..., Page]


def search(page: Page, query: str) -> list[str]:
    """Type ``query`` on the search page; the slugs found, in order."""
    box = page.locator("#dw-search-page-input")
    box.fill(query)
    if len(query.strip()) < 3:
        box.press("Enter")  # which asks for what is too short to be looked for as one types
    return slugs(page, ".dw-search-page")


def slugs(page: Page, place: str) -> list[str]:
    settle(page, place)
    links = page.locator(f"{place} .dw-result__title")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def settle(page: Page, place: str) -> None:
    """Wait until the list answers what the box holds."""
    page.wait_for_function(
        """place => {
          const list = document.querySelector(`${place} .dw-results`);
          const box = document.querySelector(`${place} input[type=search]`);
          return list && list.dataset.query === box.value && !list.hasAttribute("aria-busy")
            && (!list.children.length || list.dataset.snippets === "there");
        }""",
        arg=place,
    )


@pytest.fixture
def results(page: Page, site: BuiltSite) -> Page:
    """The search page, nothing typed yet."""
    page.goto(site.url + "search/")
    page.locator("#dw-search-page-input").wait_for()
    return page


@pytest.fixture(scope="module")
def queries(browser: Browser, site: BuiltSite) -> Iterator[Page]:
    """One search page for a whole table of queries."""
    watch = Watch()
    with lone_page(browser, watch) as page:
        page.goto(site.url + "search/")
        page.locator("#dw-search-page-input").wait_for()
        yield page
    assert watch.faults == []


# --- what is found ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("peluncuran", {"2024-05-02-satelit-cuaca", "2024-05-03-peluncuran-roket"}),
        ("meluncurkan", {"2024-05-02-satelit-cuaca", "2024-05-03-peluncuran-roket"}),
        ("launched", {"2024-05-02-satelit-cuaca"}),
        ("launch", {"2024-05-02-satelit-cuaca"}),
        ("LAUNCHING", {"2024-05-02-satelit-cuaca"}),
        ("governments", {"2024-04-20-pemerintah-jepang"}),
        # In the text of one, in the name of both one's topic: "Politik dan pemerintahan".
        ("pemerintahan", {"2024-04-20-pemerintah-jepang", "2024-04-21-tanabe-di-jakarta"}),
        ("anak-anak", {"2024-05-02-satelit-cuaca"}),
        ("1.234,5", {"2024-04-20-pemerintah-jepang"}),
        ("tanabe jakarta", {"2024-04-21-tanabe-di-jakarta"}),
        ("Tanabe/Jakarta", {"2024-04-21-tanabe-di-jakarta"}),
        ('"kereta cepat"', {"2024-04-20-pemerintah-jepang"}),
        ('tanabe "fast trains"', {"2024-04-20-pemerintah-jepang"}),
        ("🚆", {"payload-7c1e"}),
        ("pengusa", {"2024-04-21-tanabe-di-jakarta"}),  # the beginning of a word, while typing
        ("singkong", {"payload-7c1e"}),
        ("as", {"2024-04-20-pemerintah-jepang", "2024-04-21-tanabe-di-jakarta"}),
        ("AS", {"2024-04-21-tanabe-di-jakarta"}),  # the United States, not "as"
        ("YEN", {"2024-04-20-pemerintah-jepang"}),  # nowhere in capitals: then as it is
    ],
)
def test_finds(queries: Page, query: str, found: set[str]) -> None:
    assert set(search(queries, query)) == found


@pytest.mark.parametrize(
    "query",
    [
        "qqqqzz",
        "zzyzx",
        "😀😀",
        '"cepat kereta"',
        "tanabe qqqqzz",  # every word must be there
        "diluncurkanlah qqq",
        "warung",  # begins like nothing but single letters
        "in zzz",
        "2024",  # the date of an article is not its text
        "koran",  # nor is its source
        "has:english",  # nor that by which it is filtered
    ],
)
def test_finds_nothing(queries: Page, query: str) -> None:
    assert search(queries, query) == []
    expect(queries.locator(".dw-search-page .dw-search__status")).to_have_text(
        "Nothing found · Tidak ditemukan"
    )


def test_where_nothing_is_found_there_is_a_next_step(page: Page, site: BuiltSite) -> None:
    page.goto(f"{site.sub_url}search/?q=zzzxq")
    below = page.locator(".dw-search-page .dw-search__below")
    expect(below).to_have_text("Try a shorter word, or browse countries and topics.")
    assert search(page, "tanabe") != []
    expect(below).to_have_text("")
    page.goto(f"{site.sub_url}about/")
    page.locator("#dw-search-input").fill("zzzxq")
    panel = page.locator(".dw-search__panel")
    panel.get_by_role("link", name="countries").click()
    page.wait_for_url(f"{site.sub_url}country/")


def test_titles_are_large_enough_to_touch(open_page: OpenPage, site: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(f"{site.url}search/?q=tanabe")
    settle(page, ".dw-search-page")
    titles = page.locator(".dw-result__title").all()
    assert titles
    for title in titles:
        box = title.bounding_box()
        assert box
        assert box["height"] >= 24


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_query_shows_nothing(results: Page, query: str) -> None:
    assert search(results, "launched") != []
    assert search(results, query) == []
    expect(results.locator(".dw-search-page .dw-search__status")).to_have_text("")
    expect(results.locator(".dw-search__filters").last).to_be_hidden()


def test_an_article_found_in_both_languages_is_shown_once(results: Page) -> None:
    found = search(results, "Tanabe")
    assert sorted(found) == ["2024-04-20-pemerintah-jepang", "2024-04-21-tanabe-di-jakarta"]
    assert found[0] == "2024-04-21-tanabe-di-jakarta"  # the name is in its title


def test_untranslated_and_partly_translated_articles_are_found(results: Page) -> None:
    assert search(results, "kopi") == ["2024-03-11-panen-kopi"]
    assert search(results, "bridge") == ["2024-03-12-sungai-meluap"]
    link = results.locator(".dw-search-page .dw-result__title")
    # The title has no English yet: the Indonesian one stands, marked as Indonesian.
    expect(link).to_have_text("Sungai Meluap dan Jembatan Putus")
    expect(link).to_have_attribute("lang", "id")


# --- what is shown ------------------------------------------------------------------------------


def test_the_snippet_is_in_the_language_that_matched(results: Page) -> None:
    search(results, "launched")
    result = results.locator(".dw-search-page .dw-result")
    snippet = result.locator(".dw-result__snippet")
    expect(snippet).to_have_attribute("lang", "en-x-mtfrom-id")
    expect(snippet.locator("mark")).to_have_text(["launched"])
    expect(result.locator(".dw-result__title")).to_have_text(
        "Space Agency Launches Weather Satellite"
    )
    expect(result.locator(".dw-result__title mark")).to_have_text("Launches")
    other = result.locator(".dw-result__other")
    expect(other).to_have_text("Badan Antariksa Meluncurkan Satelit Cuaca")
    expect(other).to_have_attribute("lang", "id")
    expect(result.locator("time")).to_have_text("2 May 2024")
    expect(result.locator(".dw-result__about > *")).to_have_text(
        ["Warta Contoh", "2 May 2024", "Machine translation"]
    )

    search(results, "meluncurkan")
    snippet = results.locator(".dw-search-page .dw-result__snippet").first
    expect(snippet).to_have_attribute("lang", "id")


def test_checked_english_is_marked_as_plain_english(results: Page) -> None:
    search(results, "backbone")
    expect(results.locator(".dw-search-page .dw-result__snippet")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        ("suspension", "Machine translation"),
        ("budget", "Checked translation"),
        ("pengusaha", "Machine translation"),
        ("tulang", "Checked translation"),
        ("panen", "Not translated yet"),
        ("memutus", None),  # of the flood, no English is shown beside the Indonesian
    ],
)
def test_results_say_who_made_the_english_that_they_show(
    results: Page, query: str, mark: str | None
) -> None:
    assert len(search(results, query)) == 1
    marks = results.locator(".dw-search-page .dw-result__about .dw-made").all_inner_texts()
    assert marks == ([mark] if mark else [])


def test_the_snippet_follows_the_reading_language(open_page: OpenPage, site: BuiltSite) -> None:
    for view, lang in (("en", "en"), ("id", "id")):
        page = open_page()
        page.goto(f"{site.url}search/?q=Tanabe&view={view}")
        slugs(page, ".dw-search-page")
        snippets = page.locator(".dw-search-page .dw-result__snippet").all()
        assert {(s.get_attribute("lang") or "").partition("-")[0] for s in snippets} == {lang}


def test_text_of_articles_stays_text(results: Page) -> None:
    assert search(results, "cassava") == ["payload-7c1e"]
    result = results.locator(".dw-search-page .dw-result")
    expect(result.locator(".dw-result__title")).to_have_text(
        '<b>Headline</b> & <script>alert(1)</script> "quotes" 🚆'
    )
    expect(result.locator(".dw-result__snippet")).to_contain_text("<mark>false marks</mark>")
    expect(result.locator(".dw-result__snippet mark")).to_have_text(["cassava"])
    assert result.locator("img, script, b").count() == 0


def test_results_lead_to_the_article_below_any_sub_path(page: Page, site: BuiltSite) -> None:
    page.goto(site.sub_url + ARTICLE)
    page.locator("#dw-search-input").fill("roket")
    assert slugs(page, ".dw-search") == ["2024-05-03-peluncuran-roket"]
    page.locator(".dw-search .dw-result__title").click()
    page.wait_for_url(site.sub_url + "article/2024-05-03-peluncuran-roket/")
    expect(page.locator("h1").first).to_contain_text("Peluncuran Roket India Ditunda Sepekan")


# --- filters ------------------------------------------------------------------------------------


def open_filters(page: Page) -> Locator:
    """The filters of the search page, open, with what the results have counted."""
    filters = page.locator(".dw-search-page .dw-search__filters")
    if filters.get_attribute("open") is None:
        filters.locator("summary").click()
    filters.locator("select").first.locator("option:nth-child(2)").wait_for(state="attached")
    return filters


def options(page: Page, name: str) -> list[str]:
    open_filters(page)
    return page.locator(".dw-search-page").get_by_label(name).locator("option").all_inner_texts()


def test_filters_offer_what_the_results_have_with_counts(results: Page) -> None:
    search(results, "tanabe")
    assert options(results, "Country") == ["All countries", "Indonesia (1)", "Japan · Jepang (2)"]
    open_filters(results).get_by_label("Country").select_option("ID")
    assert slugs(results, ".dw-search-page") == ["2024-04-21-tanabe-di-jakarta"]
    topics = options(results, "Topic")
    assert [topic for topic in topics if topic.startswith("Politic")] == [topics[1]]
    assert topics[1].endswith("(1)")
    assert len(topics) == 2  # the other article's topics would lead to nothing


def test_filters_by_topic_and_keeps_them_in_the_address(results: Page, site: BuiltSite) -> None:
    search(results, "tanabe")
    open_filters(results).get_by_label("Topic").select_option("medtop:04000000")
    assert slugs(results, ".dw-search-page") == ["2024-04-20-pemerintah-jepang"]
    assert results.url == f"{site.url}search/?q=tanabe&topic=medtop%3A04000000"
    results.reload()
    assert slugs(results, ".dw-search-page") == ["2024-04-20-pemerintah-jepang"]


def test_only_mentioned_countries_are_no_filter(results: Page) -> None:
    search(results, "satelit")
    assert options(results, "Country") == ["All countries", "Indonesia (1)"]


@pytest.mark.parametrize("query", ["q=tanabe&", ""])
@pytest.mark.parametrize(
    "names",
    ["country=id&topic=politics", "country=ID&topic=medtop:11000000", "country=Id&topic=Politics"],
)
def test_filters_have_the_names_that_pages_have_in_their_addresses(
    results: Page, site: BuiltSite, query: str, names: str
) -> None:
    results.goto(f"{site.url}search/?{query}{names}")
    assert slugs(results, ".dw-search-page") == ["2024-04-21-tanabe-di-jakarta"]
    chips = results.locator(".dw-search-page .dw-search__chip")
    expect(chips).to_contain_text(["Indonesia", "Politics"])


def test_a_filter_alone_lists_its_articles_newest_first(results: Page, site: BuiltSite) -> None:
    results.goto(f"{site.url}search/?country=jp")
    assert slugs(results, ".dw-search-page") == [
        "2024-04-21-tanabe-di-jakarta",
        "2024-04-20-pemerintah-jepang",
    ]
    expect(results.locator(".dw-search__status")).to_have_text(["2 articles"])


def test_newest_first(results: Page) -> None:
    # The other one is about Japan too, but its text does not say so.
    best = ["2024-04-20-pemerintah-jepang", "2024-04-21-tanabe-di-jakarta"]
    assert search(results, "jepang kereta") == best
    open_filters(results).get_by_label("Order").select_option("newest")
    assert slugs(results, ".dw-search-page") == [
        "2024-04-21-tanabe-di-jakarta",
        "2024-04-20-pemerintah-jepang",
    ]


def test_clear_empties_box_and_filters(results: Page, site: BuiltSite) -> None:
    results.goto(f"{site.url}search/?q=tanabe&country=ID&sort=newest")
    assert slugs(results, ".dw-search-page") == ["2024-04-21-tanabe-di-jakarta"]
    results.locator(".dw-search-page").get_by_role("button", name="Clear").click()
    expect(results.locator("#dw-search-page-input")).to_have_value("")
    expect(results.locator("#dw-search-page-input")).to_be_focused()
    assert slugs(results, ".dw-search-page") == []
    assert len(search(results, "tanabe")) == 2


def test_filters_that_leave_nothing_say_so(results: Page, site: BuiltSite) -> None:
    results.goto(f"{site.url}search/?q=kopi&country=JP")
    assert slugs(results, ".dw-search-page") == []
    status = results.locator(".dw-search-page .dw-search__status")
    expect(status).to_have_text("Nothing found with these filters")
    results.locator(".dw-search-page .dw-search__chip", has_text="Japan").click()
    assert slugs(results, ".dw-search-page") == ["2024-03-11-panen-kopi"]


def test_unknown_values_in_the_address_do_no_harm(results: Page, site: BuiltSite) -> None:
    results.goto(f"{site.url}search/?q=%3Cimg+src%3Dx%3E&country=%22%3E&topic=x&sort=x")
    assert slugs(results, ".dw-search-page") == []


# --- in the header ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", ARTICLE, "country/", "country/jp/", "topic/", "about/"])
def test_every_page_searches_from_its_header(page: Page, site: BuiltSite, path: str) -> None:
    page.goto(site.url + path)
    page.keyboard.press("/")
    expect(page.locator("#dw-search-input")).to_be_focused()
    page.keyboard.type("launched")
    assert slugs(page, ".dw-search") == ["2024-05-02-satelit-cuaca"]
    expect(page.locator(".dw-search__status")).to_have_attribute("role", "status")
    expect(page.locator(".dw-search__status")).to_have_text("1 article")


def test_nothing_of_search_is_loaded_until_it_is_used(page: Page, site: BuiltSite) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.clock.install()
    page.goto(site.url + ARTICLE, wait_until="networkidle")
    assert [path for path in asked if "search" in path] == []
    page.locator("#dw-search-input").fill("la")
    page.clock.run_for(400)  # longer than the page waits for the next key press
    let_paint(page)
    assert [path for path in asked if "search" in path] == []
    asked.clear()
    page.locator("#dw-search-input").fill("launched")
    assert slugs(page, ".dw-search") == ["2024-05-02-satelit-cuaca"]
    index = [path.rpartition("/")[2].partition("-")[0] for path in asked if "/search/" in path]
    # One file of words, one of the texts of one shard, one card: no more than what is shown needs.
    assert sorted(name for name in index if not name.endswith(".js")) == [
        *("about.json", "cards", "facets", "rows", "rules", "texts", "words")
    ]
    pages = [path for path in asked if path.startswith("/article/")]
    assert pages == ["/article/2024-05-02-satelit-cuaca/"]


def test_by_keyboard_alone(page: Page, site: BuiltSite) -> None:
    page.goto(site.url + ARTICLE)
    box = page.locator("#dw-search-input")
    panel = page.locator(".dw-search__panel")
    page.keyboard.press("s")
    expect(box).to_be_focused()
    page.keyboard.type("kereta")
    slugs(page, ".dw-search")
    links = page.locator(".dw-search .dw-result__title")
    expect(links).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")  # the last one stays
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    page.keyboard.press("/")
    expect(panel).to_be_visible()
    first = links.nth(0).get_attribute("href") or ""
    assert first.endswith("2024-04-20-pemerintah-jepang/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(first)


def test_the_keys_do_not_disturb_writing(page: Page, site: BuiltSite) -> None:
    page.goto(site.url + "search/")
    box = page.locator("#dw-search-page-input")
    box.fill("")
    box.press_sequentially("s/s")
    expect(box).to_have_value("s/s")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+s")
    expect(box).not_to_be_focused()


def test_enter_in_the_box_opens_the_search_page(page: Page, site: BuiltSite) -> None:
    page.goto(site.sub_url + ARTICLE)
    page.locator("#dw-search-input").fill("launched")
    page.keyboard.press("Enter")
    page.wait_for_url(site.sub_url + "search/?q=launched")
    assert slugs(page, ".dw-search-page") == ["2024-05-02-satelit-cuaca"]


def test_the_panel_closes_when_one_turns_away(page: Page, site: BuiltSite) -> None:
    page.goto(site.url + ARTICLE)
    page.locator("#dw-search-input").fill("kereta")
    slugs(page, ".dw-search")
    panel = page.locator(".dw-search__panel")
    page.locator(".dw-search__status").click()  # within: stays
    expect(panel).to_be_visible()
    page.locator("#dw-main").click(position={"x": 5, "y": 5})
    expect(panel).to_be_hidden()


def test_on_a_phone(open_page: OpenPage, site: BuiltSite) -> None:
    page = open_page(**PHONE)
    page.goto(site.url + ARTICLE)
    page.locator("#dw-search-input").tap()
    page.keyboard.type("launched")
    assert slugs(page, ".dw-search") == ["2024-05-02-satelit-cuaca"]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"]
    box = page.locator("#dw-search-input").bounding_box()
    panel = page.locator(".dw-search__panel").bounding_box()
    assert box is not None
    assert panel is not None
    assert box["width"] > 300
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 390
    page.locator(".dw-search .dw-result__title").tap()
    page.wait_for_url(site.url + "article/2024-05-02-satelit-cuaca/")


# --- when something is missing ------------------------------------------------------------------


def test_without_javascript(open_page: OpenPage, site: BuiltSite) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site.sub_url + ARTICLE)
    page.locator("#dw-search-input").fill("launched")
    page.keyboard.press("Enter")
    page.wait_for_url(site.sub_url + "search/?q=launched")
    note = page.locator("[data-dw-search-page]")
    expect(note).to_contain_text("needs JavaScript")
    note.get_by_role("link", name="country").click()
    page.wait_for_url(site.sub_url + "country/")


def test_a_lost_index_is_said(page: Page, site: BuiltSite, watch: Watch) -> None:
    page.route("**/search/about.json", lambda route: route.fulfill(status=404))
    page.goto(site.url + "search/?q=launched")
    expect(page.locator(".dw-search-page")).to_contain_text("Search could not be loaded")
    expect(page.locator(".dw-search-page").get_by_role("link", name="Countries")).to_be_visible()
    watch.faults.clear()  # the browser logs the 404


def test_a_page_opened_as_a_file_says_what_it_needs(
    page: Page, site: BuiltSite, watch: Watch
) -> None:
    page.goto((site.root / "search" / "index.html").as_uri())
    expect(page.locator(".dw-search-page")).to_contain_text("Search needs a web server")
    watch.faults.clear()  # browsers refuse modules there, and say so


# --- many results -------------------------------------------------------------------------------

SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>
<link rel="icon" href="data:,"><div class="dw-search-page" data-dw-search-page></div>
<script src="../assets/device.js" defer></script>
<script src="../assets/search.js" defer></script></html>"""


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """100 articles with the same word, without English and without MkDocs around them."""
    project = make_project(tmp_path_factory.mktemp("many"))
    entries = [
        make_entry(
            slug=f"inflasi-{n:03}",
            title=[f"Inflasi bulan ke-{n}", None],
            paragraphs=[["Laju inflasi dicatat setiap bulan.", None]],
            published=date(2000 + n % 25, 1, 1),
            about="PG" if n < 70 else "FJ",
        )
        for n in range(100)
    ]
    index_entries(entries, project)
    (project.docs_dir / "search" / "index.html").write_text(SHELL)
    for entry in entries:
        page = project.docs_dir / "article" / entry.slug / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text('<article><p id="p1" lang="id">Laju inflasi.</p></article>')
    with serve_site(project.docs_dir) as served:
        yield served


def test_many_results_come_in_steps(page: Page, many: BuiltSite) -> None:
    page.goto(many.url + "search/?q=inflasi")
    assert len(slugs(page, ".dw-search-page")) == 10
    status = page.locator(".dw-search__status")
    expect(status).to_have_text("The first 10 of more articles")
    more = page.get_by_role("button", name="More results")
    more.click()
    expect(page.locator(".dw-result")).to_have_count(20)
    expect(page.locator(".dw-result__title").nth(10)).to_be_focused()
    for count in range(30, 101, 10):
        more.click()
        expect(page.locator(".dw-result")).to_have_count(count)
    expect(more).to_have_count(0)
    expect(status).to_have_text("100 articles")
    found = slugs(page, ".dw-search-page")
    assert len(set(found)) == 100
    years = [2000 + int(slug.rpartition("-")[2]) % 25 for slug in found]
    assert years == sorted(years, reverse=True)
    assert options(page, "Country") == [
        "All countries",
        "Fiji (30)",
        "Papua New Guinea · Papua Nugini (70)",
    ]


def test_a_filter_reaches_beyond_the_first_results(page: Page, many: BuiltSite) -> None:
    page.goto(many.url + "search/?q=inflasi&country=FJ&sort=newest")
    expect(page.locator(".dw-search__status")).to_have_text("30 articles")
    for _ in range(2):
        page.get_by_role("button", name="More results").click()
    expect(page.locator(".dw-result")).to_have_count(30)
    found = slugs(page, ".dw-search-page")
    assert {int(slug.rpartition("-")[2]) >= 70 for slug in found} == {True}
    assert found[0] == "inflasi-074"
    expect(page.locator(".dw-search__status")).to_have_text("30 articles")


# --- what was asked for ---------------------------------------------------------------------------


def newsletter() -> list[Entry]:
    """Small articles, each for one thing that a search should know."""

    def one(slug: str, title: str, text: str, *, english: str | None = None, **more: Any) -> Entry:
        more.setdefault("published", date(2025, 1, 1))
        return make_entry(slug, [title, english], [[text, english]], **more)

    return [
        one("harga-beras", "Harga Beras", "Sekarung beras Rp600.000, naik 4,2 persen."),
        one("rice-price", "Beras Lagi", "Masih mahal.", english="A sack costs Rp 600,000, up 4.2."),
        one("hutan", "Kabut Asap", "Kebakaran melanda hutan.", published=date(2024, 3, 1)),
        one("bensin", "Bahan Bakar Langka", "Antrean panjang.", published=date(2025, 6, 10)),
        one("asap-lama", "Kebakaran Gudang", "Api padam.", published=date(2023, 5, 5)),
        one("kompas-tua", "Pelaut", "Sebuah kompas tua ditemukan.", source="Harian Uji"),
        one("kebun-teh", "Kebun Teh", "Panen teh.", source="Kompas", published=date(2025, 6, 11)),
        one("tambang", "Tambang Baru", "Kobalt digali.", about="CD", published=date(2025, 6, 30)),
        one("dua-negara", "Perjanjian Dagang", "Tarif turun.", about="CD JP", english="Trade"),
        one("tarif-presiden", "Tarif Baru", "Presiden Prabowo bicara soal tarif."),
        one("tarif-kereta", "Tarif Kereta", "Zelenskyy naik kereta di Moskwa."),
        one("proklamasi", "Sejarah", "Proklamasi 17 Agustus 1945 dibacakan.", english="Soeharto"),
    ]


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The newsletter with pages that hold no more than a snippet needs."""
    project = make_project(tmp_path_factory.mktemp("news"))
    entries = newsletter()
    index_entries(entries, project)
    (project.docs_dir / "search" / "index.html").write_text(SHELL)
    for entry in entries:
        page = project.docs_dir / "article" / entry.slug / "index.html"
        page.parent.mkdir(parents=True)
        (segment,) = entry.text.paragraphs
        english = f'<p lang="en">{segment.translation.text}</p>' if segment.translation else ""
        page.write_text(f'<article><div id="p1"><p lang="id">{segment.source}</p>{english}</div>')
    with serve_site(project.docs_dir) as served:
        yield served


@pytest.fixture(scope="module")
def asked(browser: Browser, news: BuiltSite) -> Iterator[Page]:
    watch = Watch()
    with lone_page(browser, watch) as page:
        page.goto(news.url + "search/")
        page.locator("#dw-search-page-input").wait_for()
        yield page
    assert watch.faults == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # One has it in a title.
        *((number, ["rice-price", "harga-beras"]) for number in ("Rp 600.000", "Rp600.000")),
        *((number, ["rice-price", "harga-beras"]) for number in ("600.000", "600,000", "4,2")),
        ("2025-06-10", ["bensin"]),
        ("10 Juni 2025", ["bensin"]),
        ("June 2025", ["tambang", "kebun-teh", "bensin"]),
        ("panen Juni 2025", ["kebun-teh"]),
        ("17 Agustus 1945", ["proklamasi"]),  # nothing was published then
        # Exact forms, titles first: "Bahan Bakar" has another form, though in a title.
        ("kebakaran", ["asap-lama", "hutan", "bensin"]),
        ("bakar", ["bensin", "asap-lama", "hutan"]),
        ("kompas", ["kompas-tua"]),
        ("Kongo", ["tambang", "dua-negara"]),  # in no text: the newer first
        ("tarif", ["tarif-kereta", "tarif-presiden", "dua-negara"]),
        ("tarif -presiden", ["tarif-kereta", "dua-negara"]),
        ('tarif -"naik kereta"', ["tarif-presiden", "dua-negara"]),
        ('"presiden prabowo"', ["tarif-presiden"]),
        ('"prabowo presiden"', []),
        ("Zelensky", ["tarif-kereta"]),
        ("Moskow", ["tarif-kereta"]),
        ("Suharto", ["proklamasi"]),
        ("qqqqzz", []),
    ],
)
def test_answers_in_order(asked: Page, query: str, found: list[str]) -> None:
    assert search(asked, query) == found


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("Kongo", "Country: DR Congo (2)"),
        ("Kompas", "Source: Kompas (1)"),
        ("Harian Uji", "Source: Harian Uji (1)"),
        ("June 2025", "Published: 1 June 2025 to 30 June 2025"),
        ("Prabwo", "Did you mean prabowo?"),
        ("sajarah", "Did you mean sejarah?"),
        ("tarif", ""),
        ("qqqqzz", ""),
    ],
)
def test_hints(asked: Page, query: str, hint: str) -> None:
    search(asked, query)
    expect(asked.locator(".dw-search__hints")).to_have_text(hint)


def test_a_nearly_right_word_is_a_step_away(asked: Page) -> None:
    assert search(asked, "presiden Prabwo") == []
    asked.get_by_role("link", name="prabowo").click()
    expect(asked.locator("#dw-search-page-input")).to_have_value("presiden prabowo")
    assert slugs(asked, ".dw-search-page") == ["tarif-presiden"]


@pytest.mark.parametrize("query", ["&", "!!! ???", '""', "-tarif"])
def test_what_holds_no_word_is_told(asked: Page, query: str) -> None:
    assert search(asked, query) == []
    status = asked.locator(".dw-search__status")
    expect(status).to_have_text("Nothing to search for: type a word or a number")


def test_short_words_wait_for_enter(page: Page, news: BuiltSite) -> None:
    page.goto(news.url + "search/")
    wanted: list[str] = []
    page.on("request", lambda request: wanted.append(request.url))
    box = page.locator("#dw-search-page-input")
    box.fill("rp")
    status = page.locator(".dw-search__status")
    expect(status).to_have_text("Three letters or more, or press Enter")
    assert [url for url in wanted if "/search/" in url and not url.endswith(".js")] == []
    box.press("Enter")
    assert slugs(page, ".dw-search-page") == ["rice-price", "harga-beras"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("country=cd&country=jp", ["dua-negara"]),
        ("country=cd", ["tambang", "dua-negara"]),
        ("source=Kompas", ["kebun-teh"]),
        ("from=2025-06-11&to=2025-06-29", ["kebun-teh"]),
        ("english=1&country=cd", ["dua-negara"]),
        ("q=tarif&english=1", ["dua-negara"]),
        ("q=kebakaran&to=2023-12-31", ["asap-lama"]),
        ("q=kebakaran&from=2024-01-01&sort=newest", ["bensin", "hutan"]),
        ("month=2025-06&country=cd", ["tambang"]),
        ("month=2025-13&country=zz", []),
        ("state=x&country=cd", ["tambang", "dua-negara"]),
        ("country=zz", []),
        ("from=x&to=2023-06-01", ["asap-lama"]),
    ],
)
def test_filters_from_the_address(
    page: Page, news: BuiltSite, address: str, found: list[str]
) -> None:
    page.goto(f"{news.url}search/?{address}")
    assert slugs(page, ".dw-search-page") == found


def test_all_articles_newest_first_are_filtered_step_by_step(page: Page, news: BuiltSite) -> None:
    """What the archive leads to: no word is asked for."""
    page.goto(news.url + "search/?sort=newest")
    every = slugs(page, ".dw-search-page")
    assert len(every) == 10  # and more on demand
    filters = page.locator(".dw-search__filters")
    expect(filters).to_have_attribute("open", "")
    filters.get_by_label("Translation").select_option("missing")
    page.wait_for_url("**state=missing**")
    missing = slugs(page, ".dw-search-page")
    filters.get_by_label("Country").select_option("CD")
    page.wait_for_url("**country=CD**")
    both = slugs(page, ".dw-search-page")
    assert 0 < len(both) < len(missing)
    assert set(both) <= set(missing)
    page.reload()
    assert slugs(page, ".dw-search-page") == both
    filters.get_by_label("From").fill("2099-01-01")
    page.wait_for_url("**from=2099-01-01**")
    assert slugs(page, ".dw-search-page") == []


def test_filters_together_and_one_by_one(page: Page, news: BuiltSite) -> None:
    page.goto(news.url + "search/?q=tarif")
    assert len(slugs(page, ".dw-search-page")) == 3
    filters = open_filters(page)
    filters.get_by_label("Country").select_option("CD")
    assert slugs(page, ".dw-search-page") == ["dua-negara"]
    filters.get_by_label("Country").select_option("JP")
    filters.get_by_label("Has English").check()
    filters.get_by_label("From").fill("2024-12-31")
    page.wait_for_url("**from=2024-12-31**")
    assert slugs(page, ".dw-search-page") == ["dua-negara"]
    assert page.url.endswith("?q=tarif&country=CD&country=JP&english=1&from=2024-12-31")
    page.reload()
    assert slugs(page, ".dw-search-page") == ["dua-negara"]
    chips = page.locator(".dw-search__chip")
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Clear").click()
    assert search(page, "tarif") == ["tarif-kereta", "tarif-presiden", "dua-negara"]
    expect(chips).to_have_count(0)


def test_an_index_written_anew_meanwhile_is_opened_again(
    page: Page, tmp_path: Path, watch: Watch
) -> None:
    project = make_project(tmp_path)
    index_entries(newsletter()[:3], project)
    (project.docs_dir / "search" / "index.html").write_text(SHELL)
    with serve_site(project.docs_dir) as served:
        page.goto(served.url + "search/")
        assert search(page, "qqqqzz") == []
        index_entries(newsletter(), project)
        assert search(page, "proklamasi") == ["proklamasi"]
    watch.faults.clear()  # the old files are gone, and here there are no pages


def test_results_are_printed(page: Page, site: BuiltSite) -> None:
    page.goto(site.url + "search/?q=tanabe")
    slugs(page, ".dw-search-page")
    page.emulate_media(media="print")
    for seen in (".dw-result__title", ".dw-result__snippet", ".dw-search__status"):
        expect(page.locator(f".dw-search-page {seen}").first).to_be_visible()
    for hidden in (
        ".dw-search__filters",
        ".dw-search__below",
        ".dw-search",
        ".dw-other",
        ".dw-search-page ~ p",
    ):
        expect(page.locator(hidden).last).to_be_hidden()


# --- the published articles ---------------------------------------------------------------------

SEED = "2023-11-09-hubungan-militer-rusia-korea-utara-mesra-blinken-prihatin"


def test_the_published_site_is_searched_in_both_languages(page: Page, published: BuiltSite) -> None:
    page.goto(published.sub_url + "search/?country=RU")
    page.locator("#dw-search-page-input").wait_for()
    for query, marked in (("peluncuran", "meluncurkan"), ("launched", "launch")):
        assert search(page, query) == [SEED]
        marks = page.locator(".dw-search-page mark").all_inner_texts()
        assert marked in {mark.strip(",.“”").lower() for mark in marks}
    page.locator(".dw-search-page .dw-result__title").click()
    page.wait_for_url(f"{published.sub_url}article/{SEED}/")


@pytest.mark.parametrize(
    "phrase",
    [
        "mata-mata",
        "satelit mata-mata",
        "mata mata",
        "real-time",
        "langkah-langkah",
        "Rusia-Korea Utara",
        "Rusia Korea Utara",
        "People's Republic",
        "People’s Republic",
        "rudal balistik",
    ],
)
def test_phrases_with_hyphens_and_apostrophes(
    page: Page, published: BuiltSite, phrase: str
) -> None:
    page.goto(published.url + "search/")
    page.locator("#dw-search-page-input").wait_for()
    assert SEED in search(page, f'"{phrase}"')
    backwards = " ".join(reversed(phrase.replace("-", " ").split())) + " kacang"
    assert search(page, f'"{backwards}"') == []


# --- accessible -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(
    open_page: OpenPage, site: BuiltSite, device: dict[str, Any], scheme: str
) -> None:
    page = open_page(**device, color_scheme=scheme)
    page.goto(site.url + ARTICLE)
    page.locator("#dw-search-input").fill("kereta")
    assert len(slugs(page, ".dw-search")) == 2
    in_panel = Axe().run(page).response["violations"]
    page.goto(site.url + "search/?q=tanabe&country=ID")
    assert len(slugs(page, ".dw-search-page")) == 1
    in_page = Axe().run(page).response["violations"]
    assert [
        (found["id"], node["html"]) for found in in_panel + in_page for node in found["nodes"]
    ] == []

"""What the generated pages hold, from entries made by hand."""

import inspect
import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import factory
from dwiwarta.knowledge.glossary import Explanation
from dwiwarta.model import (
    DateOrigin,
    DecisionKind,
    Entry,
    Page,
    Published,
    SourceRef,
    State,
    Summary,
    Tags,
    TranslatedText,
)
from dwiwarta.render import digests, render_pages
from dwiwarta.render.archive import Period, newest_first, parts, periods
from dwiwarta.render.article import article_body
from dwiwarta.render.dates import date_label, day_label
from dwiwarta.render.near import Neighbours
from dwiwarta.render.summary import EntryLibrary
from page_rig import read, texts

HARBOUR = "article/2026-03-01-pelabuhan-baru-di-makassar/index.md"


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    made = render_pages(factory.sample_entries(), factory.project())
    assert len({page.path for page in made}) == len(made)
    return {page.path: page for page in made}


def test_the_same_entries_in_any_order_give_the_same_bytes() -> None:
    entries = list(factory.sample_entries())
    first = render_pages(entries, factory.project(page_size=3))
    random.Random(7).shuffle(entries)
    again = render_pages(entries, factory.project(page_size=3))
    assert again == first  # paths and digests
    assert [page.render() for page in again] == [page.render() for page in first]
    assert [page.path for page in first] == sorted(page.path for page in first)


def test_pages_lie_only_where_the_build_may_write(pages: dict[str, Page]) -> None:
    folders = {path.split("/")[0] for path in pages}
    assert folders == {
        "index.md",
        "sitemap.xml",
        "social",
        "article",
        "book",
        "country",
        "feed",
        "manifest.json",
        "mine",
        "offline",
        "story",
        "topic",
    }


def test_every_link_between_pages_leads_to_a_page(pages: dict[str, Page]) -> None:
    known = {path.removesuffix("index.md") for path in pages} | {"help/"}
    for path, page in pages.items():
        if not path.endswith(".md"):
            continue
        here = path.removesuffix("index.md").split("/")[:-1]
        for link in read(page)[1].xpath("//a/@href"):
            if "://" in link:
                continue
            steps = link.partition("#")[0].removeprefix("./").split("/")
            up = steps.count("..")
            target = "/".join([*here[: len(here) - up], *steps[up:]])
            assert target in known, (path, link)


def test_the_article_shows_every_paragraph_in_both_languages(pages: dict[str, Page]) -> None:
    harbour = factory.sample_entries()[0]
    _, page = read(pages[HARBOUR])
    pairs = page.xpath("//div[contains(@class, 'dw-text')]/div[@class='dw-pair']")
    assert [pair.get("id") for pair in pairs] == ["p1", "p2", "p3", "p4"]
    left = page.xpath("//div[contains(@class, 'dw-text')]//p[@lang='id']")
    assert [p.text_content() for p in left] == list(harbour.article.paragraphs)
    assert {p.get("translate") for p in left} == {"no"}
    right = page.xpath("//div[contains(@class, 'dw-text')]//p[@lang='en-x-mtfrom-id']")
    english = [s.translation.text for s in harbour.text.paragraphs if s.translation]
    assert [p.text_content() for p in right] == english
    # Three paragraphs have as many sentences in one language as in the other, the last has not.
    assert [len(pair.xpath(".//*[@data-s]")) for pair in pairs] == [4, 4, 4, 0]


def test_the_article_says_what_an_editor_decided() -> None:
    one = factory.entry()
    decided = tuple((DecisionKind.NOT_SAME_AS, SourceRef(f"{n}.txt")) for n in range(2))
    entry = replace(one, story=replace(one.story, decided=decided))
    html = article_body(entry, Neighbours(), factory.project(), [()])
    assert "Decided by an editor: 2 articles kept on other pages." in html
    assert "Decided by" not in article_body(one, Neighbours(), factory.project(), [()])


@pytest.mark.parametrize(
    ("lines", "pattern", "end"),
    [
        ((10, 20, 30), "#L{line}", ".po#L20"),
        ((10, 0, 30), "?plain=1#L{line}", ".po?plain=1#L30"),
        ((10, 20, 30), "", ".po"),
        ((10, 0, 0), "#L{line}", ".po#L10"),
        ((0, 0, 0), "#L{line}", ".po"),
    ],
)
def test_the_link_leads_to_the_first_text_that_nobody_checked(
    lines: tuple[int, int, int], pattern: str, end: str
) -> None:
    one = factory.entry()
    states = (State.APPROVED, State.MACHINE, None)
    title, *paragraphs = (
        replace(
            factory.segment("Teks.", "Text." if state else None, state or State.DRAFT), line=line
        )
        for state, line in zip(states, lines, strict=True)
    )
    entry = replace(one, text=TranslatedText(title, tuple(paragraphs)))
    project = factory.project()
    site = project.settings.site.model_copy(update={"line_link": pattern})
    settings = project.settings.model_copy(update={"site": site})
    html = article_body(entry, Neighbours(), replace(project, settings=settings), [(), ()])
    page = lxml.html.fromstring(html)
    (link,) = page.xpath("//a[@class='dw-note__correct']/@href")
    assert link.endswith(end)
    base = link.partition(".po")[0]
    assert page.xpath("//@data-dw-correct") == ([f"{base}.po{pattern}"] if pattern else [])
    told = " ".join(map(str, lines[1:]))
    assert page.xpath("//@data-dw-lines") == ([told] if pattern else [])


def test_each_paragraph_leads_to_its_line(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/2026-02-26-vaksin-baru/index.md"])
    assert page.xpath("//@data-dw-lines") == [" ".join(map(str, range(24, 49, 4)))]


def test_the_article_says_where_it_comes_from(pages: dict[str, Page]) -> None:
    _, page = read(pages[HARBOUR])
    assert page.xpath("//header//time/@datetime") == ["2026-03-01T15:04+08:00"]
    (line,) = texts(page, "//p[@class='dw-meta']")
    assert line == (
        "Sunday, 1 March 2026, 15:04 WITA Makassar By Sri Rahayu (sri/ita) Kabar Pesisir"
        " Medium Indonesian Bahasa sedang 1 minute"
    )
    (source,) = page.xpath("//p[@class='dw-meta']//a")
    assert source.get("href") == "https://kabar-pesisir.example/2026/03/01/pelabuhan"
    assert {"noopener", "nofollow"} <= set(source.get("rel").split())
    (correct,) = page.xpath("//a[@class='dw-note__correct']/@href")
    assert correct.endswith("/articles/2026-03-01-pelabuhan-baru-di-makassar.txt.po#L20")
    assert texts(page, "//p[@class='dw-removed']")[0].startswith(
        "Left out of the text: 2 repeated passages, 1 line that belongs to the web page, not to "
        "the article."
    )
    assert texts(page, "//p[@class='dw-printed']") == [
        "Source: https://kabar-pesisir.example/2026/03/01/pelabuhan"
    ]


def test_tags_lead_to_their_pages_and_say_why(pages: dict[str, Page]) -> None:
    _, page = read(pages[HARBOUR])
    about = page.xpath("//section[@class='dw-tags']/div[h2[starts-with(., 'About')]]//a")
    assert [a.get("href") for a in about] == [
        "../../country/id/",
        "../../country/jp/",
        "../../country/au/",
    ]
    mentioned = page.xpath("//section[@class='dw-tags']/div[h2[starts-with(., 'Mentioned')]]//a")
    assert [a.get("href") for a in mentioned] == ["../../country/pg/"]
    assert "Jepang" in texts(page, "//section[@class='dw-tags']")[0]
    reasons = dict(zip(texts(page, "//dt"), texts(page, "//dd"), strict=True))
    assert reasons["Japan"] == "“nama JP” 3 times in the body"
    assert reasons["Papua New Guinea"] == "“nama PG” in the body"


def test_copies_and_relatives_are_named(pages: dict[str, Page]) -> None:
    _, harbour = read(pages[HARBOUR])
    assert harbour.xpath("//section[@class='dw-related']//li/a/@href") == [
        "../../article/2026-03-01-kapal-jepang-bersandar/"
    ]
    _, copied = read(pages["article/2026-02-27-banjir-di-tepi-mekong/index.md"])
    (copy,) = copied.xpath("//section[@class='dw-copies']//li")
    assert " ".join(copy.text_content().split()) == "Harian Sungai 27 February 2026, 08:00 WIB"


def test_an_earlier_version_leads_to_the_later_one() -> None:
    first = factory.entry("pagi", ("Korban 12 orang", None), related=("petang",))
    last = factory.entry("petang", ("Korban 27 <b>orang</b>", None), related=("pagi",))
    made = render_pages([replace(first, later="petang"), last], factory.project())
    pages = {page.path: page for page in made}
    _, earlier = read(pages["article/pagi/index.md"])
    (note,) = earlier.xpath("//p[@class='dw-later']")
    assert note.xpath(".//a/@href") == ["../../article/petang/"]
    assert note.xpath("string(.//a)") == "Korban 27 <b>orang</b>"
    assert b"dw-later" not in pages["article/petang/index.md"].render()


def test_neighbours_follow_the_order_of_the_home_page(pages: dict[str, Page]) -> None:
    order = [entry.slug for entry in summaries(factory.sample_entries())]
    for at, slug in enumerate(order):
        _, page = read(pages[f"article/{slug}/index.md"])
        older, newer = (
            [link.split("/")[-2] for link in page.xpath(f"//nav//a[@rel='{rel}']/@href")]
            for rel in ("prev", "next")
        )
        assert older == order[at + 1 : at + 2]
        assert newer == (order[at - 1 : at] if at else [])


def test_samples_are_labelled_on_the_page_and_in_lists(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/2026-02-27-satelit-cuaca/index.md"])
    assert "not published news" in texts(page, "//p[contains(@class, 'dw-note__sample')]")[0]
    _, home = read(pages["index.md"])
    flagged = home.xpath("//article[.//span[.='Sample']]//h3//a/@href")
    assert flagged == ["./article/2026-02-27-satelit-cuaca/"]


def test_home_goes_by_day_newest_first_and_undated_last(pages: dict[str, Page]) -> None:
    front, home = read(pages["index.md"])
    assert front["kind"] == "home"
    assert home.xpath("//section[@class='dw-day']/h2/@id") == [
        "day-2026-03-01",
        "day-2026-02-27",
        "day-2026-02-26",
        "day-undated",
    ]
    assert texts(home, "//section[@class='dw-day']/h2")[0] == (
        "Sunday, 1 March 2026 Minggu, 1 Maret 2026"
    )
    # A known time comes before an unknown one; lists show no time where none is known.
    assert [link.split("/")[-2] for link in home.xpath("//h3/a/@href")] == [
        # That of the ship is an older report of the first one's story.
        entry.slug
        for entry in summaries(factory.sample_entries())
        if entry.slug != "2026-03-01-kapal-jepang-bersandar"
    ]
    first = home.xpath("//section[@class='dw-day'][1]//article")
    assert [a.xpath(".//time/@datetime") for a in first] == [["2026-03-01T15:04+08:00"]]


@pytest.mark.parametrize(
    ("number", "first_day", "other_day"),
    [
        (1, ["dw-card--lead"], ["dw-card--solo"]),
        (2, ["dw-card--lead", "dw-card--solo"], ["", ""]),
        (3, ["dw-card--lead", "", ""], ["", "", "dw-card--solo"]),
        (4, ["dw-card--lead", "", "", "dw-card--solo"], ["", "", "", ""]),
    ],
)
def test_no_card_stands_beside_an_empty_half(
    number: int, first_day: list[str], other_day: list[str]
) -> None:
    entries = [
        factory.entry(f"{day}-{n}", when=date(2024, 1, day))
        for day in (1, 2)
        for n in range(number)
    ]
    made = {p.path: p for p in render_pages(entries, factory.project())}
    home = read(made["index.md"])[1]
    days = home.xpath("//section[@class='dw-day']")
    shapes = [[c.get("class")[len("dw-card ") :] for c in d.xpath(".//article")] for d in days]
    assert shapes == [first_day, other_day]


@pytest.mark.parametrize(
    ("length", "name"),
    [
        (120, "dw-title dw-pair"),
        (121, "dw-title dw-title--long dw-pair"),
        (300, "dw-title dw-title--long dw-pair"),
        (2000, "dw-title dw-title--very-long dw-pair"),
    ],
)
@pytest.mark.parametrize("translated", [True, False])
def test_long_titles_are_set_smaller(length: int, name: str, translated: bool) -> None:
    title = ("Judul", "t" * length) if translated else ("j" * length, None)
    made = {p.path: p for p in render_pages([factory.entry("a", title)], factory.project())}
    page = read(made["article/a/index.md"])[1]
    assert page.xpath("//h1/@class") == [name]


@pytest.mark.parametrize(
    ("english", "wording"), [("Text.", "Correct this translation"), (None, "Add the English")]
)
def test_the_link_to_the_memory_says_what_is_to_be_done(english: str | None, wording: str) -> None:
    entry = factory.entry("a", ("Judul", english), [("Teks.", english)])
    made = {p.path: p for p in render_pages([entry], factory.project())}
    page = read(made["article/a/index.md"])[1]
    assert texts(page, "//a[@class='dw-note__correct']") == [wording]


def test_without_articles_home_says_what_to_do() -> None:
    made = {page.path: page for page in render_pages((), factory.project())}
    pages = [path for path in sorted(made) if not path.startswith(("book/", "feed/"))]
    assert pages == [
        *("country/index.md", "index.md", "manifest.json", "mine/index.md", "mine/recent.js"),
        *("mine/words/index.md", "offline/index.md", "offline/newest.json"),
        *("sitemap.xml", "topic/index.md"),
    ]
    _, home = read(made["index.md"])
    assert "No articles yet" in texts(home, "//section")[0]


def summaries(entries: Sequence[Entry]) -> list[Summary]:
    return newest_first(EntryLibrary(entries).summaries())


def on_days(*days: date | None) -> list[Entry]:
    return [factory.entry(f"a{n}", when=day) for n, day in enumerate(days)]


def test_a_list_is_cut_by_month_and_a_year_that_fits_on_a_page_is_not() -> None:
    busy = [date(2025, month, day) for month in (2, 3) for day in range(1, 5)]
    cut = periods(summaries(on_days(*busy, None, date(2024, 5, 1), date(2024, 1, 1))), 5)
    assert [(one.name, len(one.items)) for one in cut] == [
        ("2025-03", 4),
        ("2025-02", 4),
        ("2024", 2),
        ("undated", 1),
    ]


@pytest.mark.parametrize(
    ("number", "sizes"),
    [(1, [1]), (4, [4]), (6, [6]), (7, [3, 4]), (10, [6, 4]), (11, [3, 4, 4]), (14, [6, 4, 4])],
)
def test_a_period_is_cut_from_its_oldest_article(number: int, sizes: list[int]) -> None:
    items = tuple(summaries(on_days(*[date(2025, 1, day) for day in range(1, number + 1)])))
    cut = parts(Period("2025-01", items), 4)
    assert [len(part.items) for part in cut] == sizes
    assert [part.number for part in cut] == [0, *range(len(cut) - 1, 0, -1)]
    assert [one for part in cut for one in part.items] == list(items)
    assert cut[0].folder == "2025-01/"
    assert {part.whole for part in cut} == {len(cut) == 1}


def list_digests(entries: Sequence[Entry]) -> dict[str, str]:
    made = render_pages(entries, factory.project(page_size=2))
    return {page.path: page.digest for page in made if not page.path.startswith("article/")}


@given(days=st.lists(st.integers(0, 700), min_size=30, max_size=90), new=st.integers(0, 700))
@settings(max_examples=25, deadline=None)
def test_a_new_article_leaves_the_lists_of_other_periods_alone(days: list[int], new: int) -> None:
    tags = Tags(countries=factory.countries("JP"))

    def one(name: str, day: int) -> Entry:
        return factory.entry(name, when=date(2024, 1, 1) + timedelta(days=day), tags=tags)

    entries = [one(f"a{n}", day) for n, day in enumerate(days)]
    before, added = list_digests(entries), one("new", new)
    after = list_digests([*entries, added])
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    month = summaries([added])[0].order[:7]
    for base in ("archive/", "country/jp/"):
        # A year that was quiet may be cut into months now; nothing outside of it changes.
        busy = any(path.startswith(f"{base}{month[:4]}-") for path in before)
        period = f"{base}{month if busy else month[:4]}"
        of_list = [path for path in changed if path.startswith(base)]
        # Pages beside the period name it in their links; a list has two of them, and its first.
        assert len([path for path in of_list if not path.startswith(period)]) <= 3


def test_the_pages_of_a_list_lead_to_each_other() -> None:
    days = [date(2025, month, day) for month in (2, 3) for day in range(1, 8)]
    entries = on_days(*days, date(2024, 5, 1), None)
    made = {page.path: page for page in render_pages(entries, factory.project(page_size=1))}
    lists = [path for path in made if path.startswith("archive/")]
    assert sorted(lists) == [
        "archive/2024/index.md",
        "archive/2025-02/1/index.md",
        "archive/2025-02/index.md",
        "archive/2025-03/1/index.md",
        "archive/2025-03/index.md",
        "archive/2025/index.html",
        "archive/index.md",
        "archive/undated/index.md",
    ]
    at, seen = "archive/2025-03/", []
    while at:
        page = read(made[f"{at}index.md"])[1]
        seen.append(at)
        onward = page.xpath("//nav[@class='dw-pager']/a[@rel='next']/@href")
        at = onward[0].replace("../", "") if onward else ""
    assert seen == [
        "archive/2025-03/",
        "archive/2025-03/1/",
        "archive/2025-02/",
        "archive/2025-02/1/",
        "archive/2024/",
        "archive/undated/",
    ]
    front, first = read(made["archive/2025-02/1/index.md"])
    assert front["title"] == "February 2025, part 1"
    assert texts(first, "//h1") == ["February 2025 Februari 2025"]
    assert texts(read(made["archive/index.md"])[1], "//div[@class='dw-year']") == [
        "2025March Maret 7 articlesFebruary Februari 7 articles",
        "2024Whole year Sepanjang tahun 1 article",
        "No dateDate not known Tanggal tidak diketahui 1 article",
    ]


def test_old_addresses_of_lists_lead_on() -> None:
    tags = Tags(countries=factory.countries("JP"))
    entries = [factory.entry(f"a{n}", when=date(2025, 1, 1), tags=tags) for n in range(30)]
    made = {page.path: page for page in render_pages(entries, factory.project(page_size=2))}
    moved = sorted(path for path in made if path.endswith(".html") and "/2025/" not in path)
    assert moved == [
        *(f"country/jp/page/{n}/index.html" for n in range(2, 6)),
        *(f"page/{n}/index.html" for n in range(2, 6)),
    ]
    for path, target in (("page/2/", "../../archive/"), ("country/jp/page/5/", "../../")):
        page = lxml.html.fromstring(made[f"{path}index.html"].render().decode())
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        assert refresh == f"0; url={target}{'country/jp/' if path.startswith('c') else ''}".replace(
            "../../country", "../../../../country"
        )
        assert page.xpath("//a/@href") == [refresh.removeprefix("0; url=")]


def test_country_pages_keep_what_is_about_apart_from_what_mentions() -> None:
    entries = (
        factory.entry("a", tags=Tags(countries=factory.countries("JP"))),
        factory.entry("b", tags=Tags(countries=factory.countries("ID", "JP"))),
        factory.entry("c", tags=Tags(countries=factory.countries("JP"))),
        factory.entry("d", tags=Tags(countries=factory.countries("JP"))),
    )
    made = {p.path: p for p in render_pages(entries, factory.project(page_size=2))}
    _, first = read(made["country/jp/index.md"])
    _, year = read(made["country/jp/2026/index.md"])
    assert texts(first, "//h1") == ["Japan Jepang"]
    assert texts(first, "//p[@class='dw-list-head__count']") == [
        "3 articles about it, 1 more mentions it · by month"
    ]
    assert first.xpath("//h2/a/@href") == ["../../article/a/", "../../article/c/"]
    assert first.xpath("//section[@class='dw-mentioned']//a/@href") == ["../../article/b/"]
    assert first.xpath("//section[@id='months']//a/@href") == ["./2026/"]
    lines = year.xpath("//section[@class='dw-day']//li/a/@href")
    assert lines == [f"../../../article/{slug}/" for slug in "acd"]
    assert year.xpath("//section[@class='dw-mentioned']//a/@href") == ["../../../article/b/"]
    # What fits on the first page has no other pages.
    assert not [path for path in made if path.startswith("country/id/2")]


def test_the_foot_of_home_says_how_much_it_leaves_out() -> None:
    codes = ["AU", "BR", "CA", "CN", "DE", "FR", "GB", "IN", "IT", "JP", "KR", "MX"]

    def foot(about: list[str]) -> str:
        tags = Tags(countries=factory.countries(" ".join(about)), topics=factory.topics("01000000"))
        made = factory.entry(tags=tags)
        pages = {page.path: page for page in render_pages([made], factory.project())}
        return pages["index.md"].render().decode().partition('<aside class="dw-explore"')[2]

    assert "All " not in foot(codes)
    assert '<a href="./country/">All 13 countries →</a>' in foot([*codes, "US"])


def test_indexes_count_and_name_in_both_languages(pages: dict[str, Page]) -> None:
    _, countries = read(pages["country/index.md"])
    about = texts(countries, "(//ul)[1]/li[not(@hidden)]")
    assert about == sorted(about, key=lambda line: line[3:])
    assert "JP Japan Jepang 2 articles" in about
    assert any("Papua New Guinea Papua Nugini" in line for line in texts(countries, "(//ul)[2]/li"))
    _, topics = read(pages["topic/index.md"])
    assert texts(topics, "//li")[0].startswith("Economy, business and finance")


def test_a_date_is_as_precise_as_its_source() -> None:
    def label(when: datetime | date, origin: DateOrigin = DateOrigin.METADATA) -> tuple[str, ...]:
        made = date_label(Published(when, origin))
        assert made
        beside = day_label(made.iso[:10], "id")
        return made.iso, made.long, beside, made.time, made.note

    def at(hours: float) -> datetime:
        return datetime(2023, 11, 9, 15, 4, tzinfo=timezone(timedelta(hours=hours)))

    assert label(at(7))[:4] == (
        "2023-11-09T15:04+07:00",
        "Thursday, 9 November 2023",
        "Kamis, 9 November 2023",
        "15:04 WIB",
    )
    assert [label(at(hours))[3] for hours in (8, 9, 0, -3.5)] == [
        "15:04 WITA",
        "15:04 WIT",
        "15:04 UTC+00:00",
        "15:04 UTC-03:30",
    ]
    assert label(date(2023, 11, 9))[3:] == ("", "")
    assert label(date(2023, 11, 9), DateOrigin.SLUG)[4] == (
        "day worked out from the article's name or address"
    )
    assert label(date(2023, 11, 9), DateOrigin.FIRST_SENTENCE)[4] == (
        "day worked out from the first sentence"
    )
    assert date_label(None) is None


def test_an_unknown_time_is_said_and_not_invented(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/2026-03-01-kapal-jepang-bersandar/index.md"])
    assert page.xpath("//header//time/@datetime") == ["2026-03-01"]
    assert texts(page, "//span[@class='dw-meta__when']") == [
        "Sunday, 1 March 2026 time not given, day worked out from the article's name or address"
    ]
    _, undated = read(pages["article/tanpa-tanggal/index.md"])
    assert texts(undated, "//span[@class='dw-meta__when']") == ["Date not known"]
    assert not undated.xpath("//header//time")


def test_moments_are_compared_across_zones_within_a_day() -> None:
    wit = timezone(timedelta(hours=9))
    early = factory.entry("early", when=datetime(2026, 1, 1, 10, 0, tzinfo=wit))
    late = factory.entry("late", when=datetime(2026, 1, 1, 9, 0, tzinfo=factory.WIB))
    first_day = factory.entry("z", when=datetime(1, 1, 1, 0, 0, tzinfo=wit))
    assert [e.slug for e in summaries([early, first_day, late])] == ["late", "early", "z"]
    alike = [factory.entry(slug) for slug in "bca"]
    assert [e.slug for e in summaries(alike)] == ["a", "b", "c"]


@pytest.mark.parametrize("indexed", [False, True])
def test_search_engines_are_asked_as_configured(indexed: bool) -> None:
    made = render_pages(factory.sample_entries(), factory.project(indexed=indexed))
    fronts = {page.path: read(page)[0] for page in made if page.path.endswith(".md")}
    heads = {path: lxml.html.fromstring(front["head"]) for path, front in fronts.items()}
    robots = {tuple(head.xpath("//meta[@name='robots']/@content")) for head in heads.values()}
    assert robots == {() if indexed else ("noindex",)}
    # Pages that may be indexed must not point to the original as the page to index instead.
    assert heads[HARBOUR].xpath("//link[@rel='canonical']/@href") == [
        "https://dwiwarta.example/article/2026-03-01-pelabuhan-baru-di-makassar/"
        if indexed
        else "https://kabar-pesisir.example/2026/03/01/pelabuhan"
    ]


def test_without_a_repository_there_is_no_link_for_corrections() -> None:
    project = replace(factory.project(), edit_base=None)
    made = render_pages(factory.sample_entries(), project)
    assert not any(b"/edit/" in page.render() for page in made)
    assert not any(b"data-dw-correct" in page.render() for page in made)


def test_structured_data_pairs_the_two_works(pages: dict[str, Page]) -> None:
    _, page = read(pages[HARBOUR])
    (script,) = page.xpath("//script[@type='application/ld+json']")
    original = json.loads(script.text)
    translation = original["workTranslation"]
    assert original["@type"] == translation["@type"] == "NewsArticle"
    assert (original["inLanguage"], translation["inLanguage"]) == ("id", "en")
    assert original["datePublished"] == "2026-03-01T15:04+08:00"
    assert translation["translator"]["@type"] == "SoftwareApplication"
    # The Indonesian is shown cleaned: a work of its own, made of what the publisher has.
    assert original["isBasedOn"] == "https://kabar-pesisir.example/2026/03/01/pelabuhan"
    assert "isBasedOn" not in translation


def test_structured_data_names_no_source_that_is_not_known() -> None:
    made = {page.path: page for page in render_pages([factory.entry("a")], factory.project())}
    _, page = read(made["article/a/index.md"])
    (script,) = page.xpath("//script[@type='application/ld+json']")
    original = json.loads(script.text)
    assert original["headline"]
    assert not original.keys() & {"url", "isBasedOn", "publisher"}


def test_text_cannot_end_the_structured_data() -> None:
    nasty = "</script><script>alert(1)</script><!--"
    page = next(
        page
        for page in render_pages([factory.entry(title=(nasty, nasty))], factory.project())
        if page.path.startswith("article/")
    )
    _, body = read(page)
    (script,) = body.xpath("//script")
    assert json.loads(script.text)["workTranslation"]["headline"] == nasty


def test_a_dead_relative_is_left_out() -> None:
    made: Entry = factory.entry(related=("gone",))
    pages = render_pages([made], factory.project())
    assert not any(b"dw-related" in page.render() for page in pages)


def test_terms_are_explained_in_the_text_of_an_article() -> None:
    def explain(texts: Sequence[str]) -> list[list[Explanation]]:
        return [[Explanation(0, 3, "kata penunjuk, this")] for _ in texts]

    (page,) = [
        page
        for page in render_pages([factory.entry()], factory.project(), explain)
        if page.path.startswith("article/")
    ]
    assert (
        '<abbr tabindex="0" title="kata penunjuk, this">Ini</abbr> paragraf.'
        in page.render().decode()
    )


@pytest.mark.parametrize(
    "name", ["affixes.yml", "learned/frequent_roots.yml", "lexicon/a.yml", "regions.yml"]
)
def test_pages_are_made_again_when_what_they_say_by_is_another(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The level of an article, its rarer words, the regions of the index."""
    package = Path(digests.__file__).parents[1]
    shutil.copytree(package, tmp_path / "program", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digests, "_PACKAGE", tmp_path / "program")
    digest = inspect.unwrap(digests.code_digest)
    before = digest()
    with (tmp_path / "program/knowledge" / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert digest() != before

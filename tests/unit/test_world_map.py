"""The map of coverage: every country is on it, and it says the same as the list below it."""

import gzip
import re
from datetime import date

import factory
from dwiwarta.knowledge.taxonomy import countries
from dwiwarta.model import Tags
from dwiwarta.render import render_pages
from dwiwarta.render.summary import EntryLibrary
from dwiwarta.render.tags import by_country
from dwiwarta.render.world_map import count_periods, outlines, world_map
from page_rig import read

WIDTH = 1000


def _entries(*articles: tuple[str, date | None]) -> list[factory.Entry]:
    return [
        factory.entry(f"a-{at}", when=when, tags=Tags(countries=factory.countries(about)))
        for at, (about, when) in enumerate(articles)
    ]


def _map(*articles: tuple[str, date | None]) -> dict[str, dict[str, int]]:
    ordered = EntryLibrary(_entries(*articles)).summaries()
    tagged = by_country(sorted(ordered, key=lambda one: one.order, reverse=True))
    return {one.code: dict(one.steps) for one in world_map(tagged, count_periods(tagged)).places}


def test_every_country_that_is_a_tag_can_be_drawn_inside_the_sheet() -> None:
    drawn = outlines()
    assert set(countries().countries) <= set(drawn.shapes) | set(drawn.dots)
    for x, y in drawn.dots.values():
        assert 0 <= x <= WIDTH
        assert 0 <= y <= drawn.height
    for code, shape in drawn.shapes.items():
        assert re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", shape), code


def test_no_outline_runs_across_the_sheet() -> None:
    """What crosses the 180th meridian is cut: no country but Russia is wider than Canada is."""
    for code, shape in outlines().shapes.items():
        for ring in re.findall(r"M(\d+) \d+l([-\d ]+)z", shape):
            numbers = [int(one) for one in re.findall(r"-?\d+", ring[1])]
            steps = numbers[::2]
            assert max(map(abs, steps)) < WIDTH / 4, code


def test_the_most_frequent_country_is_of_the_highest_step() -> None:
    day = date(2026, 3, 1)
    found = _map(*[("ID", day)] * 8, *[("JP", day)] * 4, *[("US", day)] * 3, ("SG", day))
    steps = {code: of[""] for code, of in found.items()}
    assert steps == {"ID": 5, "JP": 4, "US": 4, "SG": 2}


def test_periods_end_with_the_newest_article_and_undated_ones_count_only_in_all() -> None:
    found = _map(
        ("ID", date(2026, 3, 1)), ("JP", date(2025, 6, 1)), ("US", date(2020, 1, 1)), ("SG", None)
    )
    assert {code: sorted(of) for code, of in found.items()} == {
        "ID": ["", "month", "year"],
        "JP": ["", "year"],
        "US": [""],
        "SG": [""],
    }


def test_articles_of_the_first_year_of_the_calendar_do_no_harm() -> None:
    assert _map(("ID", date(1, 1, 1)))["ID"] == {"": 5, "year": 5, "month": 5}


def test_the_page_of_all_countries_shows_the_map_and_that_of_topics_does_not() -> None:
    pages = {one.path: one for one in render_pages(factory.sample_entries(), factory.project())}
    _, tree = read(pages["country/index.md"])
    (svg,) = tree.xpath("//svg")
    assert svg.get("aria-hidden") == "true"
    drawn = {link.get("href") for link in svg.xpath(".//a")}
    listed = {link.get("href") for link in tree.xpath("//ul[@class='dw-directory']//a")}
    assert drawn == listed
    assert all(link.get("tabindex") == "-1" for link in svg.xpath(".//a"))
    assert len(gzip.compress(pages["country/index.md"].render())) < 25_000
    _, topics = read(pages["topic/index.md"])
    assert not topics.xpath("//svg")
    nothing = {one.path: one for one in render_pages([], factory.project())}
    assert not read(nothing["country/index.md"])[1].xpath("//svg")

"""Charts say what the lists say: a year by month, who shares stories, hours of the day."""

from datetime import UTC, datetime, timedelta

import factory
from dwiwarta.model import Tags
from dwiwarta.render import render_pages
from dwiwarta.render.charts import FEWEST, HOURS, Counted, count, hours, trend
from dwiwarta.render.stories import told_stories
from dwiwarta.render.summary import EntryLibrary
from dwiwarta.render.tags import Tagged, by_country
from page_rig import read, texts

# Media Topic ids: disaster and politics.
DISASTER, POLITICS = "03000000", "11000000"


def _entry(at: int, when: datetime | None, about: str, *topics: str) -> factory.Entry:
    tags = Tags(countries=factory.countries(about), topics=factory.topics(*topics))
    return factory.entry(f"a-{at:03}", when=when, tags=tags)


def _months(*counts: int, about: str = "JP", topic: str = DISASTER) -> list[factory.Entry]:
    """As many articles in each month of 2026, from January on, as ``counts`` says."""
    return [
        _entry(100 * month + at, datetime(2026, month, 1 + at, 9, tzinfo=UTC), about, topic)
        for month, number in enumerate(counts, start=1)
        for at in range(number)
    ]


def _counted(entries: list[factory.Entry], code: str = "JP") -> tuple[Tagged, Counted]:
    ordered = EntryLibrary(entries).summaries()
    newest = sorted(ordered, key=lambda one: one.order, reverse=True)
    (tagged,) = [one for one in by_country(newest) if one.code == code]
    story_of = {one.slug: story for story in told_stories(ordered) for one in story.tellings}
    return tagged, count(tagged, story_of)


def test_a_year_ends_with_the_newest_month_and_counts_every_article_of_it() -> None:
    tagged, counted = _counted(_months(4, 0, 5, 2))
    assert counted.months[0] == "2025-05"
    assert counted.months[-1] == "2026-04"
    assert counted.own == (0,) * 8 + (4, 0, 5, 2)
    assert counted.tags == ((f"medtop:{DISASTER}", counted.own),)
    drawn = trend(tagged, counted)
    assert drawn is not None
    assert (drawn.first, drawn.last) == ("May 2025", "April 2026")
    assert drawn.rows[0].said == (("January 2026", 4), ("March 2026", 5), ("April 2026", 2))
    assert [row.articles for row in drawn.rows] == [11, 11]


def test_the_highest_bar_fills_the_drawing_and_others_are_in_proportion() -> None:
    tagged, counted = _counted(_months(2, 4, 8))
    drawn = trend(tagged, counted)
    assert drawn is not None
    assert drawn.rows[0].path == "M91 24v-6h8v6zM101 24v-12h8v12zM111 24v-24h8v24z"


def test_few_articles_or_few_months_are_not_drawn() -> None:
    assert not _counted(_months(1, 2, FEWEST - 4))[1].months
    assert not _counted(_months(FEWEST, 1))[1].months
    undated = [_entry(at, None, "JP") for at in range(FEWEST)]
    assert not _counted(undated)[1].months


def test_older_years_and_articles_without_a_date_do_not_count() -> None:
    old = [_entry(at, datetime(2020, 1, 1, tzinfo=UTC), "JP ID") for at in range(5)]
    undated = [_entry(at, None, "JP ID") for at in range(50, 55)]
    entries = [*_months(3, 3, 3), *old, *undated]
    _, counted = _counted(entries)
    assert sum(counted.own) == 9
    assert counted.partners == ()


def test_countries_that_share_stories_are_named_with_their_number() -> None:
    entries = [*_months(3, 3, 3), *_months(0, 0, 0, 3, about="JP US"), *_months(0, 0, 0, 0, 1)]
    _, counted = _counted(entries)
    assert counted.partners == (("US", 3),)


def test_all_reports_of_a_story_count_once_whichever_is_about_which_country() -> None:
    when = datetime(2026, 4, 1, 9, tzinfo=UTC)
    told = []
    for story in ("a", "b"):
        slugs = [f"{story}-{at}" for at in range(3)]
        for slug, about in zip(slugs, ("JP", "JP US", "US KR"), strict=True):
            tags = Tags(countries=factory.countries(about))
            near = [one for one in slugs if one != slug]
            told.append(factory.entry(slug, when=when, tags=tags, related=near))
    _, counted = _counted([*_months(3, 3, 3), *told])
    # No report that is about Japan is about Korea.
    assert counted.partners == (("KR", 2), ("US", 2))


def test_hours_are_those_of_jakarta() -> None:
    start = datetime(2026, 2, 1, 22, 15, tzinfo=UTC)  # 05.15 in Jakarta
    entries = [_entry(at, start + timedelta(days=at), "ID") for at in range(HOURS)]
    later = [_entry(99, datetime(2026, 4, 1, 13, 0, tzinfo=factory.WIB), "ID")]
    found = hours(EntryLibrary([*entries, *later]).summaries())
    assert found is not None
    assert found.busiest == 5
    assert {at: number for at, number in enumerate(found.counts) if number} == {5: 24, 13: 1}


def test_days_without_a_time_have_no_hour() -> None:
    entries = [_entry(at, None, "ID") for at in range(HOURS)]
    assert hours(EntryLibrary(entries).summaries()) is None


def test_the_page_of_a_country_draws_its_year_and_says_it_in_words() -> None:
    entries = [*_months(3, 3, 3), *_months(0, 0, 0, 3, about="JP US", topic=POLITICS)]
    pages = {one.path: one for one in render_pages(entries, factory.project())}
    _, tree = read(pages["country/jp/index.md"])
    assert len(tree.xpath("//table[@class='dw-trend']//tr")) == 3
    assert all(link.startswith("../../topic/") for link in tree.xpath("//th/a/@href"))
    (own, *_) = texts(tree, "//td/span[@class='dw-hidden']")
    assert own == "January 2026: 3, February 2026: 3, March 2026: 3, April 2026: 3"
    assert "United States" in " ".join(texts(tree, "//div[@class='dw-partners']//a"))
    assert all(svg.get("aria-hidden") == "true" for svg in tree.xpath("//svg"))


def test_a_changed_topic_of_an_old_article_changes_the_page() -> None:
    before, after = _months(9, 9, 9), _months(9, 9, 9)
    after[0] = _months(1, topic=POLITICS)[0]
    small = factory.project(page_size=5)
    first, second = (
        {one.path: one.digest for one in render_pages(some, small)} for some in (before, after)
    )
    assert first["country/jp/index.md"] != second["country/jp/index.md"]

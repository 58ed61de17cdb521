"""Pages that list articles: the newest of a country or topic, and all of a list month by month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_, gettext, indonesian, spoken
from dwiwarta.model import Page, Summary
from dwiwarta.render.archive import UNDATED, Part, Period, newest_day, newest_first, parts, periods
from dwiwarta.render.charts import count, hours, partners, trend
from dwiwarta.render.dates import month_label
from dwiwarta.render.feeds.plan import ATOM, Feed, links
from dwiwarta.render.head import Head
from dwiwarta.render.moved import moved_page
from dwiwarta.render.overview import overview_page
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.stories import Told
from dwiwarta.render.summary import Library
from dwiwarta.render.tags import Tagged, in_brackets, title
from dwiwarta.render.views import Card
from dwiwarta.settings import Project

ARCHIVE = "archive/"
# A page of a period shows articles as lines, each of which takes a third of a card.
LINES_A_CARD = 3


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """A period in the table of a list's periods. ``url``: relative to the folder of the list."""

    url: str
    name: str
    beside: str
    articles: int


@dataclass(frozen=True, slots=True)
class Step:
    """To the page before or after this one. ``url``: relative to the site's root."""

    url: str
    period: str


def tag_pages(
    tagged: Tagged,
    feed: Feed | None,
    story_of: Mapping[str, Told],
    library: Library,
    project: Project,
    shared: str,
) -> Iterator[Page]:
    """The pages of one country or topic: its newest articles, then all of them by period.

    ``feed``: of the same articles, if there is one. ``story_of``: see ``charts.count``.

    What fits on the first page has no others: most countries are in the news a few times only.
    """
    size = project.settings.site.page_size
    about, mentioned = tagged.about[:size], tagged.mentioned[:size]
    whole = len(about) == len(tagged.about) and len(mentioned) == len(tagged.mentioned)
    every: Sequence[Summary] = tagged.about
    if tagged.mentioned:
        every = newest_first([*tagged.about, *tagged.mentioned])
    cut = [] if whole else periods(every, LINES_A_CARD * size)
    counted = count(tagged, story_of)

    def render() -> bytes:
        head = Head(
            title=title(tagged.chip),
            description=gettext(
                "Articles about %(name)s, in Indonesian and English.", name=in_brackets(tagged.chip)
            ),
            layout="list",
            index=project.settings.site.index_by_search_engines,
            feeds=links(feed),
        )
        body = render_template(
            "list.html.j2",
            root=root(tagged.url),
            tagged=tagged,
            feed=f"{feed.base}{ATOM}" if feed else "",
            about=[library.card(one.slug) for one in about],
            mentioned=[library.card(one.slug) for one in mentioned],
            trend=trend(tagged, counted),
            partners=partners(counted),
            years=by_year(cut),
        )
        return page_bytes(tagged.url, head, body, project)

    counts = [f"{one.name} {len(one.items)}" for one in cut]
    cards = [one.card for one in (*about, *mentioned)]
    lengths = f"{len(tagged.about)} {len(about)} {len(tagged.mentioned)}"
    has_feed = feed.base if feed else ""
    drawn = repr(counted)
    digest = digest_of("list", shared, tagged.url, lengths, has_feed, drawn, *counts, "", *cards)
    day = newest_day(tagged.about, tagged.mentioned)
    yield Page(f"{tagged.url}index.md", digest, render, day)
    of_tag = frozenset(one.slug for one in tagged.mentioned)
    yield from _period_pages(cut, tagged, of_tag, library, project, shared)


def archive_pages(
    ordered: Sequence[Summary], library: Library, project: Project, shared: str
) -> Iterator[Page]:
    """All articles by month, and the index of the months; nothing where home shows them all."""
    if len(ordered) <= project.settings.site.page_size:
        return
    cut = periods(ordered, LINES_A_CARD * project.settings.site.page_size)
    of_day = hours(ordered)

    def values() -> dict[str, object]:
        search = f"{search_page()}?{filters()}"
        years = by_year(cut)
        return {"articles": len(ordered), "years": years, "hours": of_day, "search": search}

    counts = [f"{one.name} {len(one.items)}" for one in cut]
    yield overview_page(
        ARCHIVE,
        N_("All articles"),
        N_("All articles by month, newest first."),
        "archive.html.j2",
        values,
        project,
        digest_of("archive", shared, repr(of_day), *counts),
        day=newest_day(ordered),
    )
    yield from _period_pages(cut, None, frozenset(), library, project, shared)


def _period_pages(
    cut: Sequence[Period],
    tagged: Tagged | None,
    mentioned: frozenset[str],
    library: Library,
    project: Project,
    shared: str,
) -> Iterator[Page]:
    """The pages of every period of a list, the archive without ``tagged``.

    ``mentioned``: the articles that only mention the country.
    """
    base = tagged.url if tagged else ARCHIVE
    size = LINES_A_CARD * project.settings.site.page_size
    all_parts = [part for one in cut for part in parts(one, size)]
    for year in sorted({one.year for one in cut} - {"", *(one.name for one in cut)}):
        yield moved_page(f"{base}{year}/", base)  # where it was while the year was quiet
    for at, part in enumerate(all_parts):
        newer = all_parts[at - 1] if at else None
        older = all_parts[at + 1] if at + 1 < len(all_parts) else None
        yield _part_page(base, part, newer, older, tagged, mentioned, library, project, shared)


def _part_page(
    base: str,
    part: Part,
    newer: Part | None,
    older: Part | None,
    tagged: Tagged | None,
    mentioned: frozenset[str],
    library: Library,
    project: Project,
    shared: str,
) -> Page:
    folder = f"{base}{part.folder}"
    steps = [Step(f"{base}{one.folder}", one.period) if one else None for one in (newer, older)]

    def render() -> bytes:
        name = period_name(part.period)
        if part.number:
            name = gettext("%(period)s, part %(number)s", period=name, number=part.number)
        of_tag = f"{tagged.chip.name} · " if tagged else ""
        what = gettext("Articles: %(period)s, in Indonesian and English.", period=name)
        if tagged:
            what = gettext(
                "Articles about %(name)s: %(period)s, in Indonesian and English.",
                name=in_brackets(tagged.chip),
                period=name,
            )
        head = Head(
            title=f"{of_tag}{name}",
            description=what,
            layout="list",
            index=project.settings.site.index_by_search_engines,
        )
        cards = [library.card(one.slug) for one in part.items]
        body = render_template(
            "period.html.j2",
            root=root(folder),
            tagged=tagged,
            base=base,
            heading=period_name(part.period),
            beside=beside_period(part.period),
            part=part,
            cards=cards,
            days=by_day([one for one in cards if one.slug not in mentioned]),
            mentioned=[one for one in cards if one.slug in mentioned],
            newer=steps[0],
            older=steps[1],
            period_name=period_name,
            search=f"{search_page()}?{filters(tagged, part.period)}",
        )
        return page_bytes(folder, head, body, project)

    cards = [f"{one.card} {one.slug in mentioned}" for one in part.items]
    beside = [f"{step.url} {step.period}" if step else "" for step in steps]
    digest = digest_of("part", shared, folder, str(part.whole), *beside, *cards)
    return Page(f"{folder}index.md", digest, render, newest_day(part.items))


def search_page() -> str:
    """The search page in the language of the interface, relative to the site's root."""
    return "id/search/" if spoken() == "id" else "search/"


def filters(tagged: Tagged | None = None, period: str = UNDATED) -> str:
    """What the search page is asked for: the newest first, of a country or topic, of a period.

    ``docs/assets/search/filters.js`` reads it.
    """
    wanted = {"sort": "newest"}
    if tagged:
        kind, slug, _ = tagged.url.split("/")
        wanted[kind] = slug
    if period != UNDATED and "-" in period:
        wanted["month"] = period
    elif period != UNDATED:
        wanted |= {"from": f"{period}-01-01", "to": f"{period}-12-31"}
    return urlencode(wanted)


def period_name(period: str) -> str:
    """``November 2023``, ``2023``, or that there is no date."""
    if period == UNDATED:
        return gettext("Date not known")
    return month_label(period, spoken()) if "-" in period else period


def beside_period(period: str) -> str:
    """The name in Indonesian where it stands beside an English one and is another, else ""."""
    if spoken() != "en":
        return ""
    if period == UNDATED:
        return indonesian("Date not known")
    name = month_label(period, "id") if "-" in period else period
    return "" if name == period_name(period) else name


def by_year(cut: Sequence[Period]) -> list[tuple[str, list[PeriodLink]]]:
    """The periods of a list under their years; "" holds the articles without a date."""
    return [
        (year, [_period_link(one) for one in group])
        for year, group in groupby(cut, key=lambda one: one.year)
    ]


def _period_link(period: Period) -> PeriodLink:
    name, beside = period_name(period.name), beside_period(period.name)
    if period.name == period.year:
        name, beside = gettext("Whole year"), indonesian(N_("Whole year"))
    elif period.year:  # it stands above
        name, beside = name.rpartition(" ")[0], beside.rpartition(" ")[0]
    return PeriodLink(f"{period.name}/", name, "" if beside == name else beside, len(period.items))


def by_day(cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Cards, already in order, grouped by day; "" holds those without a date."""
    return [(day, list(group)) for day, group in groupby(cards, key=lambda card: card.day)]


def root(folder: str) -> str:
    """From a page's folder back to the site's root: "" or "../../"; "./" keeps links relative."""
    return "../" * folder.count("/") or "./"

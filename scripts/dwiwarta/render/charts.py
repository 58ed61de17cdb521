"""Small charts of coverage: a year of a country or topic month by month, and the hours of news.

What is drawn is said in words beside it: the drawings are hidden from screen readers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.interface import spoken
from dwiwarta.model import Summary
from dwiwarta.render.dates import month_label
from dwiwarta.render.stories import Told
from dwiwarta.render.tags import Tagged
from dwiwarta.render.views import Chip, country_chip, topic_chip

# Fewer articles or months say nothing by their shape.
FEWEST = 8
FEWEST_MONTHS = 3
MONTHS = 12
ROWS = 4
PARTNERS = 8
HOURS = 24
# Western Indonesian Time, UTC+7, in which most of the country reads.
_WIB = 7
# Units of the drawing; the stylesheet gives it its size.
_STEP, _HEIGHT = 10, 24


@dataclass(frozen=True, slots=True)
class Row:
    """``chip``: None for the country or topic itself. ``said``: counts in words."""

    chip: Chip | None
    articles: int
    path: str
    said: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A year of a country with its most frequent topics, or of a topic with its countries.

    ``first`` and ``last``: the months at both ends, in words.
    """

    first: str
    last: str
    width: int
    height: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """At which hours of the day in Jakarta articles appear. ``counts``: of each hour, from 0."""

    counts: tuple[int, ...]
    width: int
    height: int
    path: str
    busiest: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What the charts of a country or topic are drawn from. ``months``: oldest first, "2026-11".

    ``tags``: the most frequent topics of a country, or countries of a topic, with their months;
    ``partners``: other countries that the same stories are about, with the number of stories.
    """

    months: tuple[str, ...] = ()
    own: tuple[int, ...] = ()
    tags: tuple[tuple[str, tuple[int, ...]], ...] = ()
    partners: tuple[tuple[str, int], ...] = ()


def count(tagged: Tagged, story_of: Mapping[str, Told]) -> Counted:
    """The counts of a country or topic; empty where they are too few to be drawn.

    ``story_of``: the story of each article that is part of one, by slug. All reports of a story
    count once for its countries, whichever report is about which.
    """
    if len(tagged.about) < FEWEST:
        return Counted()
    of_country = tagged.kind == "Country"
    months = _months(tagged.about[0].order[:7])
    first = months[0] if months else ""
    own: Counter[str] = Counter()
    tags: Counter[tuple[str, str]] = Counter()
    partners: Counter[str] = Counter()
    counted: set[str] = set()
    for one in tagged.about:
        month = one.order[:7]
        if not first or month < first:
            break  # newest first, those without a date last
        own[month] += 1
        story = story_of.get(one.slug)
        if of_country and (story is None or story.url not in counted):
            shared = one.about if story is None else story.countries
            partners.update(code for code in shared if code != tagged.code)
            counted.update([story.url] if story else [])
        tags.update((tag, month) for tag in (one.topics if of_country else one.about))
    together = tuple((code, number) for code, number in _most(partners, PARTNERS) if number > 1)
    if len(own) < FEWEST_MONTHS or own.total() < FEWEST:
        return Counted(partners=together)
    totals: Counter[str] = Counter()
    for (tag, _), number in tags.items():
        totals[tag] += number
    return Counted(
        months=months,
        own=tuple(own[month] for month in months),
        tags=tuple(
            (tag, tuple(tags[tag, month] for month in months)) for tag, _ in _most(totals, ROWS)
        ),
        partners=together,
    )


def trend(tagged: Tagged, counted: Counted) -> Trend | None:
    """The chart of what was counted, None where that is too little."""
    if not counted.months:
        return None
    names = [month_label(month, spoken()) for month in counted.months]
    highest = max(counted.own)
    chip = topic_chip if tagged.kind == "Country" else country_chip
    rows = [(None, counted.own), *((chip(tag), numbers) for tag, numbers in counted.tags)]
    return Trend(
        first=names[0],
        last=names[-1],
        width=_STEP * len(names),
        height=_HEIGHT,
        rows=tuple(
            Row(
                one,
                sum(numbers),
                _bars(numbers, highest),
                tuple(
                    (name, number) for name, number in zip(names, numbers, strict=True) if number
                ),
            )
            for one, numbers in rows
        ),
    )


def partners(counted: Counted) -> list[tuple[Chip, int]]:
    """The countries that share stories with this one, the most frequent first."""
    return [(country_chip(code), number) for code, number in counted.partners]


def hours(summaries: Sequence[Summary]) -> Hours | None:
    """The hours of all articles whose time is known, None where they are fewer than hours."""
    counts = [0] * HOURS
    for one in summaries:
        _, known, time = one.order.partition("T")
        if known:
            counts[(int(time[:2]) + _WIB) % HOURS] += 1
    if sum(counts) < HOURS:
        return None
    highest = max(counts)
    return Hours(
        tuple(counts), _STEP * HOURS, _HEIGHT, _bars(counts, highest), counts.index(highest)
    )


def _most(counts: Counter[str], number: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:number]


def _months(newest: str) -> tuple[str, ...]:
    """The year that ends with a month, oldest first; nothing for "" and the first year of all."""
    if not newest or newest < "0002":
        return ()
    last = 12 * int(newest[:4]) + int(newest[5:7]) - 1
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(last - MONTHS + 1, last + 1))


def _bars(numbers: Sequence[int], highest: int) -> str:
    """One path of all bars. What is there at all can be seen."""
    drawn = []
    for at, number in enumerate(numbers):
        if number:
            high = max(2, round(_HEIGHT * number / highest))
            drawn.append(f"M{at * _STEP + 1} {_HEIGHT}v-{high}h{_STEP - 2}v{high}z")
    return "".join(drawn)

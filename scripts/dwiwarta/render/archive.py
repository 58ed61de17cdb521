"""How a list is cut into pages that stay as they are: by month, in a month from its oldest article.

A year that fits on one page is not cut into months. A new article changes the pages of its own
period alone, and of those only the ones from its place on: most often the last. So addresses can be
kept, and a build rewrites little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dwiwarta.model import Summary

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Period:
    """``name``: "2026-11" for a month, "2025" for a whole year, or ``UNDATED``.

    ``items``: newest first.
    """

    name: str
    items: tuple[Summary, ...]

    @property
    def year(self) -> str:
        """Its year, "" without a date."""
        return "" if self.name == UNDATED else self.name[:4]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a period. ``folder`` ends in "/" and is relative to that of the list.

    ``number`` counts from the oldest part, from 1; 0 is the newest part, which has the address of
    the period itself, so that no address says how many parts there are. ``whole``: the only one.
    """

    period: str
    number: int
    whole: bool
    items: tuple[Summary, ...]

    @property
    def folder(self) -> str:
        """Below that of the list, with a "/" at its end."""
        return f"{self.period}/{self.number}/" if self.number else f"{self.period}/"


def newest_first(summaries: Sequence[Summary]) -> list[Summary]:
    """By day, within a day by time (unknown times last); articles without a date at the end.

    The slug decides the rest, so that the order in which they come never does.
    """
    by_slug = sorted(summaries, key=lambda one: one.slug)
    return sorted(by_slug, key=lambda one: one.order, reverse=True)


def newest_day(*lists: Sequence[Summary]) -> str:
    """The latest day in lists that are in order each, ISO 8601; "" where there is none."""
    return max((one.day for some in lists for one in some[:1]), default="")


def periods(ordered: Sequence[Summary], size: int) -> list[Period]:
    """Articles that are in order (newest first), by month or, where they are few, by year.

    ``size``: articles on a page. Those without a date come at the end.
    """
    found: list[Period] = []
    for year, items in _grouped(ordered, 4):
        if not year:
            found.append(Period(UNDATED, items))
        elif 2 * len(items) <= 3 * size:  # all on its newest part
            found.append(Period(year, items))
        else:
            found += [Period(month, inside) for month, inside in _grouped(items, 7)]
    return found


def _grouped(items: Sequence[Summary], chars: int) -> list[tuple[str, tuple[Summary, ...]]]:
    return [(key, tuple(some)) for key, some in groupby(items, key=lambda one: one.order[:chars])]


def parts(period: Period, size: int) -> list[Part]:
    """The pages of a period, newest first: ``size`` articles on each, but up to half a page more
    or less on the newest.
    """
    oldest_first = period.items[::-1]
    full = max(0, -(-(2 * len(oldest_first) - 3 * size) // (2 * size)))
    cut = [oldest_first[at * size : (at + 1) * size] for at in range(full)]
    cut.append(oldest_first[full * size :])
    return [
        Part(period.name, 0 if number > full else number, not full, items[::-1])
        for number, items in reversed(list(enumerate(cut, start=1)))
    ]

"""Which e-books there are: the newest articles, the last days, and the last weeks that are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from dwiwarta.interface import N_, gettext, indonesian, spoken
from dwiwarta.model import Summary
from dwiwarta.render.dates import long_date, short_date

FOLDER = "book/"
ENDING = ".epub"
EPUB_TYPE = "application/epub+zip"
# Articles in the book that always has the same address.
NEWEST = 30
# Books of days and weeks that have articles; older ones go, as their articles are on the site.
DAYS, WEEKS = 7, 4


@dataclass(frozen=True, slots=True)
class Book:
    """``base``: of its file below ``docs/``, without ending. ``name``, ``beside``: plain text, in
    the language of the interface and, where that differs, in Indonesian. ``items``: newest first,
    never empty, all dated.
    """

    base: str
    name: str
    beside: str
    items: tuple[Summary, ...]

    @property
    def updated(self) -> str:
        """When its newest article appeared, RFC 3339 in UTC."""
        day, _, moment = max(one.order for one in self.items).partition(" ")
        return f"{moment[:19] or f'{day}T12:00:00'}Z"

    @property
    def days(self) -> str:
        """``3 March 2024`` or ``1 March 2024 – 3 March 2024``."""
        last, first = (date.fromisoformat(self.items[at].day) for at in (0, -1))
        return " – ".join(dict.fromkeys(map(short_date, (first, last))))


def plan_books(ordered: Sequence[Summary]) -> tuple[Book, ...]:
    """All books; ``ordered``: newest first.

    A week has a book when it is over: while articles come in, only the book of their day changes
    and that of the newest.
    """
    dated = [one for one in ordered if one.order]
    if not dated:
        return ()
    name = N_("The newest articles")
    newest = Book(f"{FOLDER}latest", gettext(name), indonesian(name), tuple(dated[:NEWEST]))
    days = groupby(dated, key=lambda one: one.day)
    weeks = groupby(dated, key=lambda one: _week(one.day))
    next(weeks)
    return (
        newest,
        *(_day(day, tuple(items)) for day, items in islice(days, DAYS)),
        *(_of_week(*week, tuple(items)) for week, items in islice(weeks, WEEKS)),
    )


def _day(day: str, items: tuple[Summary, ...]) -> Book:
    when = date.fromisoformat(day)
    name, beside = long_date(when, spoken()), long_date(when, "id")
    return Book(f"{FOLDER}day-{day}", name, "" if beside == name else beside, items)


def _of_week(year: int, week: int, items: tuple[Summary, ...]) -> Book:
    """By ISO 8601, whose weeks begin on Monday."""
    name = N_("Week %(week)s of %(year)s")
    values = {"week": week, "year": year}
    beside = indonesian(name)
    name = gettext(name, **values)
    return Book(f"{FOLDER}week-{year:04}-{week:02}", name, beside and beside % values, items)


def _week(day: str) -> tuple[int, int]:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return year, week

"""Which e-books there are: the newest articles, the last days, the last weeks that are over, and
one of each story.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice

from dwiwarta.interface import N_, gettext, indonesian, spoken
from dwiwarta.model import Summary
from dwiwarta.render.dates import long_date, short_date
from dwiwarta.render.markup import literal
from dwiwarta.render.stories import Told as Story
from dwiwarta.render.stories import book_of
from dwiwarta.render.views import Card

FOLDER = "book/"
ENDING = ".epub"
EPUB_TYPE = "application/epub+zip"
# Articles in the book that always has the same address.
NEWEST = 30
# Books of days and weeks that have articles; older ones go, as their articles are on the site.
DAYS, WEEKS = 7, 4


# Stories whose books are listed, by their newest reports; every story's page leads to its own.
STORIES = 30


@dataclass(frozen=True, slots=True)
class Name:
    """What a book is called: plain text. ``text``: in the language of the interface, or in ``lang``
    where that is not ""; ``beside``: in Indonesian, where that differs.
    """

    text: str
    beside: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """``base``: of its file below ``docs/``, without ending. ``items``: its articles in order,
    never empty, one of them dated. ``naming``: asked while something that names it is rendered.
    """

    base: str
    items: tuple[Summary, ...]
    naming: Callable[[], Name] = field(compare=False, repr=False)

    @property
    def name(self) -> Name:
        """What it is called."""
        return self.naming()

    @property
    def updated(self) -> str:
        """When its newest article appeared, RFC 3339 in UTC."""
        day, _, moment = max(one.order for one in self.items).partition(" ")
        return f"{moment[:19] or f'{day}T12:00:00'}Z"

    @property
    def day(self) -> str:
        """The day of its newest article, ISO 8601."""
        return max(one.day for one in self.items)

    @property
    def days(self) -> str:
        """``3 March 2024`` or ``1 March 2024 – 3 March 2024``."""
        known = [one.day for one in self.items if one.day]
        first, last = (date.fromisoformat(day) for day in (min(known), max(known)))
        return " – ".join(dict.fromkeys(map(short_date, (first, last))))


def plan_books(ordered: Sequence[Summary]) -> tuple[Book, ...]:
    """The books of the newest articles and of periods; ``ordered``: newest first.

    A week has a book when it is over: while articles come in, only the book of their day changes
    and that of the newest.
    """
    dated = [one for one in ordered if one.order]
    if not dated:
        return ()
    newest = Book(f"{FOLDER}latest", tuple(dated[:NEWEST]), _newest)
    days = groupby(dated, key=lambda one: one.day)
    weeks = groupby(dated, key=lambda one: _week(one.day))
    next(weeks)
    return (
        newest,
        *(_day(day, tuple(items)) for day, items in islice(days, DAYS)),
        *(_of_week(*week, tuple(items)) for week, items in islice(weeks, WEEKS)),
    )


def plan_story_books(stories: Sequence[Story], card: Callable[[str], Card]) -> tuple[Book, ...]:
    """The book of each story that has one, all its reports in the order of time; that with the
    newest report first. ``card``: what lists show of an article.
    """
    made = [_of_story(story, base, card) for story in stories if (base := book_of(story))]
    return tuple(sorted(made, key=lambda book: book.updated, reverse=True))


def _newest() -> Name:
    name = N_("The newest articles")
    return Name(gettext(name), indonesian(name))


def _day(day: str, items: tuple[Summary, ...]) -> Book:
    when = date.fromisoformat(day)

    def name() -> Name:
        named, beside = long_date(when, spoken()), long_date(when, "id")
        return Name(named, "" if beside == named else beside)

    return Book(f"{FOLDER}day-{day}", items, name)


def _of_week(year: int, week: int, items: tuple[Summary, ...]) -> Book:
    """By ISO 8601, whose weeks begin on Monday."""

    def name() -> Name:
        named = N_("Week %(week)s of %(year)s")
        values = {"week": week, "year": year}
        beside = indonesian(named)
        return Name(gettext(named, **values), beside and beside % values)

    return Book(f"{FOLDER}week-{year:04}-{week:02}", items, name)


def _of_story(story: Story, base: str, card: Callable[[str], Card]) -> Book:
    def name() -> Name:
        headed = card(story.newest.slug)
        original = literal(headed.title_id) or headed.slug
        english = literal(headed.title_en or "")
        if spoken() == "id" or not english or english == original:
            return Name(original, lang="id")
        return Name(english, original, headed.title_lang)

    return Book(base, story.tellings, name)


def _week(day: str) -> tuple[int, int]:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return year, week

"""In which order articles appear, and how lists are cut into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from typing import Generic, TypeVar

from dwiwarta.model import Entry

T = TypeVar("T")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By day, within a day by time (unknown times last); articles without a date at the end.

    The slug decides the rest, so the order of ``entries`` never does.
    """
    by_slug = sorted(entries, key=lambda entry: entry.slug)
    return sorted(by_slug, key=_moment, reverse=True)


def _moment(entry: Entry) -> tuple[date, datetime]:
    published = entry.article.published
    if published is None:
        return date.min, _NEVER
    when = published.when
    # The first and the last year have no day beyond them for another zone.
    if isinstance(when, datetime) and MINYEAR < when.year < MAXYEAR:
        return published.day, when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return published.day, _NEVER


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list. ``number`` and ``of`` count from 1."""

    number: int
    of: int
    items: tuple[T, ...]

    def folder(self, base: str) -> str:
        """The page's folder below ``docs/``; ``base`` is "" or ends in "/"."""
        return list_folder(base, self.number)


def list_folder(base: str, number: int) -> str:
    """The folder below ``docs/`` of page ``number`` (from 1) of the list at ``base``."""
    return base if number == 1 else f"{base}page/{number}/"


def list_pages(items: Sequence[T], size: int) -> list[ListPage[T]]:
    """Cut a list into pages of at most ``size``; an empty list is one empty page."""
    chunks = [tuple(items[at : at + size]) for at in range(0, len(items), size)] or [()]
    return [ListPage(n, len(chunks), chunk) for n, chunk in enumerate(chunks, start=1)]

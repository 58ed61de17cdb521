"""Dates for readers: both languages, the zone named, nothing that the source did not say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from babel.dates import format_date

from dwiwarta.interface import LOCALES, N_, gettext, spoken
from dwiwarta.model import DateOrigin, Published

# The three zones of Indonesia have no daylight saving: an offset tells the zone.
_ZONES = {
    timedelta(hours=7): "WIB",
    timedelta(hours=8): "WITA",
    timedelta(hours=9): "WIT",
}
_INFERRED = {
    DateOrigin.SLUG: N_("day worked out from the article's name or address"),
    DateOrigin.FIRST_SENTENCE: N_("day worked out from the first sentence"),
}


@dataclass(frozen=True, slots=True)
class DateLabel:
    """A date as shown. ``time`` is "15:04 WIB" or ""; ``note`` says how it was found, or ""."""

    iso: str
    long: str
    short: str
    time: str
    note: str


def date_label(published: Published | None) -> DateLabel | None:
    """How a publication date is shown, None if there is none."""
    if published is None:
        return None
    return DateLabel(
        iso=published.iso,
        long=long_date(published.day, spoken()),
        short=short_date(published.day),
        time=_time(published.when),
        note=gettext(note) if (note := _INFERRED.get(published.origin, "")) else "",
    )


@cache
def long_date(day: date, language: str) -> str:
    """``Thursday, 9 November 2023``; ``language`` is "en" or "id"."""
    return str(format_date(day, "EEEE, d MMMM y", locale=LOCALES[language]))


def short_date(day: date) -> str:
    """``9 November 2023``, in the language of the site."""
    return _short_date(day, spoken())


@cache
def _short_date(day: date, language: str) -> str:
    return str(format_date(day, "d MMMM y", locale=LOCALES[language]))


def day_label(day: str, language: str) -> str:
    """``Thursday, 9 November 2023`` for ``2023-11-09``; ``language`` is "en" or "id"."""
    return long_date(date.fromisoformat(day), language)


@cache
def month_label(month: str, language: str) -> str:
    """``November 2023`` for ``2023-11``; ``language`` is "en" or "id"."""
    first = date(int(month[:4]), int(month[5:7]), 1)
    return str(format_date(first, "MMMM y", locale=LOCALES[language]))


def _time(when: datetime | date) -> str:
    if not isinstance(when, datetime):
        return ""
    return f"{when:%H:%M} {_zone(when)}".strip()


def _zone(when: datetime) -> str:
    offset = when.utcoffset()
    if offset is None:
        return ""
    if offset in _ZONES:
        return _ZONES[offset]
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

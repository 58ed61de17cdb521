"""Dates as Indonesian news pages print them.

A date is only as precise as its source: without a zone (WIB, WITA, WIT, UTC or an offset) the time
of day is not taken over, since a reader could not tell which clock it was read from.
"""

import re
from datetime import date, datetime, timedelta, timezone

from dwiwarta.model import DateOrigin, Published

_MONTHS = {
    "januari": 1, "jan": 1, "january": 1,
    "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "february": 2,
    "maret": 3, "mar": 3, "march": 3,
    "april": 4, "apr": 4,
    "mei": 5, "may": 5,
    "juni": 6, "jun": 6, "june": 6,
    "juli": 7, "jul": 7, "july": 7,
    "agustus": 8, "agu": 8, "agt": 8, "agst": 8, "ags": 8, "aug": 8, "august": 8,
    "september": 9, "sept": 9, "sep": 9,
    "oktober": 10, "okt": 10, "oct": 10, "october": 10,
    "november": 11, "nopember": 11, "nov": 11, "nop": 11,
    "desember": 12, "des": 12, "dec": 12, "december": 12,
}  # fmt: skip

# Hours ahead of UTC; Presidential Decree 41/1987 divides Indonesia into these three zones.
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0}

_NAMED = re.compile(r"(?<!\d)(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -]((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_CLOCK = re.compile(
    r"^[\s,|/–—-]{0,6}(?:pukul |pkl\.? |jam )?T?([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d(?:\.\d{1,6})?)?"
    r" ?(WIB|WITA|WIT|UTC|GMT|Z|[+-]\d\d:?\d\d)?(?![\w:])",
    re.IGNORECASE,
)


def parse_date(text: str, origin: DateOrigin) -> Published | None:
    """The first date in ``text``, with its time if a clock with a zone follows it, else ``None``.

    Numeric dates are day first, as Indonesia writes them, unless only month first makes a date.
    Impossible days (31 February) and years outside 1900 to 2099 are no dates.
    """
    found = sorted(
        (match.start(), match.end(), day)
        for pattern, order in ((_NAMED, "named"), (_ISO, "iso"), (_NUMERIC, "numeric"))
        for match in pattern.finditer(text[:1000])
        if (day := _day(match, order)) is not None
    )
    if not found:
        return None
    _, end, day = found[0]
    clock = _CLOCK.match(text[end : end + 60])
    zone = _zone(clock.group(3)) if clock and clock.group(3) else None
    if clock is None or zone is None:
        return Published(day, origin)
    when = datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=zone)
    return Published(when, origin)


def _day(match: re.Match[str], order: str) -> date | None:
    one, two, three = match.groups()
    try:
        if order == "named":
            month = _MONTHS.get(two.lower())
            return date(int(three), month, int(one)) if month else None
        if order == "iso":
            return date(int(one), int(two), int(three))
        if int(two) > 12:
            return date(int(three), int(one), int(two))
        return date(int(three), int(two), int(one))
    except ValueError:
        return None


def _zone(name: str) -> timezone | None:
    hours = _ZONES.get(name.lower())
    if hours is not None:
        return timezone(timedelta(hours=hours))
    sign = -1 if name[0] == "-" else 1
    offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
    return timezone(sign * offset) if offset < timedelta(hours=15) else None

"""Publication dates as Indonesian outlets print them.

Own patterns instead of a guessing parser: a general date parser reads ``18.500`` or ``Mei`` alone
as a date, swaps day and month when that makes the text valid, and fills what is missing with
today's values. Here a date counts only when day, month and year are all written, a time only
when hours and minutes are, and an impossible date (31 February) is no date.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from dwiwarta.model import DateOrigin, Published

_MONTHS = {
    1: "januari january jan",
    2: "februari february pebruari feb peb",
    3: "maret march mar mrt",
    4: "april apr",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agt agu ags agst aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
_MONTH_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))

# Western, central and eastern Indonesian time, in hours ahead of UTC (Keppres 41/1987).
_ZONE_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "Z": 0}

# A time without a zone is Jakarta's: the outlets' newsrooms publish in WIB, and those that do
# not (regional pages in WITA, WIT) say so.
_DEFAULT_ZONE = "WIB"

# A year outside is a price or a phone number; older articles are not met in print on the web.
_YEARS = range(1900, 2101)

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2023-11-09, 2023/11/09, 2023-11-09T15:04
        r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)",
        # 9 November 2023, 09 Nov. 2023, 9-Nov-2023
        rf"(?<![\d.,])(?P<day>\d\d?)(?:st|nd|rd|th)?[\s\-/.+]{{0,3}}(?P<name>{_MONTH})\.?[\s,\-/+]{{0,3}}{_YEAR}",
        # November 9, 2023
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}",
        # 9/11/2023, 09-11-2023, 9.11.2023
        rf"(?<![\d./,-])(?P<first>\d\d?)(?P<sep>[/.-])(?P<second>\d\d?)(?P=sep){_YEAR}",
    )
)
# "20230911074304" or "20231109" as a part of a path or a file name
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{6})?(?!\d)")

_TIME = re.compile(
    r"[\s,|/()–—-]{0,6}T?\s?(?P<said>(?:pukul|pkl\.?|jam|at)\s*)?"
    r"(?P<hour>\d\d?)(?P<sep>[:.])(?P<minute>\d\d)(?!\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap]\.?m\.?)\b)?"
    r"(?:\s*\(?(?P<zone>WIB|WITA|WIT|UTC|GMT|Z|[+-]\d\d:?\d\d)(?!\w))?",
    re.IGNORECASE,
)


def parse_date(text: str, origin: DateOrigin) -> Published | None:
    """The first date in ``text``, with its time of day if that follows; ``None`` if there is none.

    Day before month, except where that is impossible (``10/21/2025``). WIB, WITA and WIT are
    +07:00, +08:00 and +09:00; a time without a zone is taken as WIB. Midnight to the second
    without a zone is how tools export a date without a time, so it is a date. A date in the
    first sentence or in a slug has no time: what stands there is the event's or the server's.
    """
    without_time = origin in (DateOrigin.FIRST_SENTENCE, DateOrigin.SLUG)
    for found in _candidates(text, compact=origin is DateOrigin.SLUG):
        day = _day(found)
        if day is None:
            continue
        when = None if without_time else _time(text, found.end(), day)
        return Published(when or day, origin)
    return None


def _candidates(text: str, compact: bool) -> Iterator[re.Match[str]]:
    """What looks like a date, from left to right."""
    forms = (*_FORMS, _COMPACT) if compact else _FORMS
    found = [match for form in forms for match in form.finditer(text)]
    yield from sorted(found, key=lambda match: match.start())


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if parts.get("name"):
        month, day = _MONTH_NUMBER[parts["name"].casefold()], int(parts["day"])
    elif parts.get("first"):
        day, month = int(parts["first"]), int(parts["second"])
        if month > 12 and parts["sep"] == "/":  # only slashes are written the American way
            day, month = month, day
    else:
        month, day = int(parts["month"]), int(parts["day"])
    year = int(parts["year"])
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(text: str, start: int, day: date) -> datetime | None:
    match = _TIME.match(text, start)
    if match is None:
        return None
    zone, half = match["zone"], match["half"]
    # "20.04" is a time when something says so; otherwise it may be any number.
    if match["sep"] == "." and not (zone or match["said"] or match.end() == len(text.rstrip())):
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    second = match["second"]
    if zone is None and second is not None and hour == minute == int(second) == 0:
        return None
    try:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=_zone(zone))
    except ValueError:
        return None


def _zone(name: str | None) -> timezone:
    """Raises ``ValueError`` for an offset of a day or more."""
    name = (name or _DEFAULT_ZONE).upper()
    if name in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[name]))
    digits = name[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if name[0] == "-" else offset)

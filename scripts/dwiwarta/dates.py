"""Publication dates as Indonesian outlets print them.

Own patterns instead of a guessing parser: a general date parser reads ``18.500`` or ``Mei`` alone
as a date, swaps day and month when that makes the text valid, and fills what is missing with
today's values. Here a date counts only when day, month and year are all written, a time only
when hours and minutes are, and an impossible date (31 February) is no date.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timezone

from dwiwarta.knowledge.calendar import (
    INDONESIAN_ZONES,
    MONTHS,
    ZONE_PATTERN,
    alternatives,
    zone_offset,
)
from dwiwarta.model import DateOrigin, Published

_MONTH = alternatives(MONTHS)

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
        # November 9, 2023, Nov-09-2023
        rf"\b(?P<name>{_MONTH})(?:\.?\s+|-)(?P<day>\d\d?)(?:st|nd|rd|th)?(?:,?\s+|-){_YEAR}",
        # 9/11/2023, 09-11-2023, 9.11.2023
        rf"(?<![\d./,-])(?P<first>\d\d?)(?P<sep>[/.-])(?P<second>\d\d?)(?P=sep){_YEAR}",
    )
)
# 20231109T150433Z, the basic format of ISO 8601
_BASIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=T\d{4}(?:\d\d)?(?!\d))"
)
_BASIC_TIME = re.compile(
    r"T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?(?!\w)"
)
# What stands before the last day of a range: "1-2 November 2023", "9 s.d. 11 November 2023".
_RANGE = re.compile(
    r"(?<![\d:./])\d{1,2}\s?(?:[-–—]|s\.?[/.]?d\.?|sampai|hingga|to)\s?$", re.IGNORECASE
)
# "20230911074304" or "20231109" as a part of a path or a file name
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{6})?(?!\d)")

_TIME = re.compile(
    r"[\s,|/()–—-]{0,6}T?\s?(?P<said>(?:pukul|pkl\.?|jam|at)\s*)?"
    r"(?P<hour>\d\d?)(?P<sep>[:.])(?P<minute>\d\d)(?!\d)(?:(?P=sep)(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap]\.?m\.?)\b)?"
    # "10.00-12.00 WIB": the beginning counts, in the zone that stands behind the end.
    rf"(?:\s?[-–—]\s?\d\d?[:.]\d\d(?=\s?(?:{alternatives(INDONESIAN_ZONES)})\b))?"
    rf"(?:\s*\(?(?P<zone>{ZONE_PATTERN}))?",
    re.IGNORECASE,
)


def parse_date(text: str, origin: DateOrigin) -> Published | None:
    """The first date in ``text``, with its time of day if that follows; ``None`` if there is none.

    Day before month, except where that is impossible (``10/21/2025``). The zone is the one that
    is written; a time without a zone is taken as WIB, and of one in a zone that nobody can tell
    (``CST``, ``waktu setempat``) only the day is known. Midnight to the second without a zone is
    how tools export a date without a time, so it is a date. A date in the first sentence or in a
    slug has no time: what stands there is the event's or the server's. The days of a range
    (``9-11 November 2023``) are no publication date.
    """
    without_time = origin in (DateOrigin.FIRST_SENTENCE, DateOrigin.SLUG)
    for found in _candidates(text, compact=origin is DateOrigin.SLUG):
        day = _day(found)
        if day is None or _RANGE.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        when = None if without_time else _time(text, found, day)
        return Published(when or day, origin)
    return None


def _candidates(text: str, compact: bool) -> Iterator[re.Match[str]]:
    """What looks like a date, from left to right."""
    forms = (*_FORMS, _BASIC, _COMPACT) if compact else (*_FORMS, _BASIC)
    found = [match for form in forms for match in form.finditer(text)]
    yield from sorted(found, key=lambda match: match.start())


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if parts.get("name"):
        month, day = MONTHS[parts["name"].casefold()], int(parts["day"])
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


def _time(text: str, found: re.Match[str], day: date) -> datetime | None:
    if found.re is _BASIC:
        match = _BASIC_TIME.match(text, found.end())
    else:
        match = _TIME.match(text, found.end())
    if match is None:
        return None
    parts = match.groupdict()
    zone, half, second = parts["zone"], parts.get("half"), parts["second"]
    # "20.04" is a time when something says so; otherwise it may be any number.
    stands_alone = zone or parts.get("said") or match.end() == len(text.rstrip())
    if parts.get("sep") == "." and not stands_alone:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if zone is None and second is not None and hour == minute == int(second) == 0:
        return None
    offset = zone_offset(zone or _DEFAULT_ZONE)
    if offset is None:
        return None
    try:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(offset))
    except ValueError:
        return None

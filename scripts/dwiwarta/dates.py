"""Publication dates as Indonesian outlets print them.

Own patterns instead of a guessing parser: a general date parser reads ``18.500`` or ``Mei`` alone
as a date, swaps day and month when that makes the text valid, and fills what is missing with
today's values. Here a date counts only when day, month and year are all written, a time only
when hours and minutes are, and an impossible date (31 February) is no date.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

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
# Jakarta's for want of another: of what is written without a zone, and of instants that only count
# from 1970 or are in UTC. Known by identity, so that ``in_zone`` can tell them from what is stated.
_ASSUMED = timezone(timedelta(hours=7), "WIB, assumed")
_SHOWN = timezone(timedelta(hours=7), "WIB, of an instant")

# A year outside is a price or a phone number; older articles are not met in print on the web.
_YEARS = range(1900, 2101)

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2023-11-09, 2023/11/09, 2023.11.09, 2023-11-09T15:04
        r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)",
        # 2023-3-7, 2023/3/7 as spreadsheets write them; dots would be a version's
        r"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)(?![\d/-])",
        # 9 November 2023, 09 Nov. 2023, 9-Nov-2023; "pekan ke-2 November 2023" is no day
        rf"(?<![\d.,])(?<!ke-)(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of(?=\s))?[\s\-/.+]{{0,3}}(?P<name>{_MONTH})\.?[\s,\-/+]{{0,3}}{_YEAR}",
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
_DAY_DIGITS = re.compile(r"\d{8}")  # a field that holds nothing else
# "20231109150433", "20231109 1504": the same with a time
_MOMENT_DIGITS = re.compile(r"((?:19|20)\d{6})\s?(\d{4}(?:\d\d)?)(?=Z?$)")
# "Thu Nov  9 15:04:33 WIB 2023", as Unix prints it and some old tools store it
_UNIX = re.compile(
    rf"[A-Z][a-z]{{2,8}},? (?P<name>{_MONTH}) {{1,2}}(?P<day>\d\d?) (?P<time>\d\d:\d\d:\d\d)"
    r"(?P<zone> [A-Z+][\w:+]{1,9})? (?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)

_TIME = re.compile(
    r"[\s,|/()–—-]{0,6}T?\s?(?P<said>(?:pukul|puk\.|pkl?\.?|jam|at)\s*)?"
    r"(?P<hour>\d\d?)(?P<sep>[:.])(?P<minute>\d\d)(?!\d)(?:(?P=sep)(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap]\.?m(?:\.|\b)|(?:pagi|siang|sore|petang|malam)\b))?"
    # "10.00-12.00 WIB": the beginning counts, in the zone that stands behind the end.
    rf"(?:\s?[-–—]\s?\d\d?[:.]\d\d(?=\s?(?:{alternatives(INDONESIAN_ZONES)})\b))?"
    rf"(?:\s*\(?(?P<zone>{ZONE_PATTERN}))?",
    re.IGNORECASE,
)


# How tools write an instant as a number: seconds, milliseconds, microseconds or nanoseconds since
# 1970 (UTC), told apart by their digits; and Excel's days since the last day of 1899, with the
# time of day as a fraction. Five digits are the days from 1927 to 2100 that a cell may hold.
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.\d*)?")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_SERIAL_ORIGIN = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock's time
_SERIAL_YEARS = range(1970, 2101)
_EPOCH_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)
_DOTNET = re.compile(r"/Date\((\d{12,13})(?:[+-]\d{4})?\)/")
# "9-Nov-23", as Excel shows a date with a named month; the century by the rule of POSIX.
_SHORT_YEAR = re.compile(
    rf"(?:[A-Za-z’']{{3,9}}, )?(?P<day>\d\d?)[-/. ](?P<name>{_MONTH})(?P<sep>[-/. '’]{{1,2}})"
    r"(?P<year>\d\d)(?!\d|[:.]\d)",
    re.IGNORECASE,
)

_MIDNIGHT = re.compile(r"(?<!\d)00:00:00(?:[.,]0+)?(?!\d)|T000000(?!\d)")

# A folder or file whose name begins with a day, "2026-11-27-judul" or "2026-11-27".
_NAME = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-_.])(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?![0-9A-Za-z])"
)
_FOLDERS = re.compile(r"(?:^|/)(?P<year>(?:19|20)\d\d)/(?P<month>\d\d)/(?P<day>\d\d)/")


def parse_field(text: str) -> Published | None:
    """The date in a field that a program filled: as ``parse_date``, or as a number.

    Seconds and smaller parts since 1970 and Excel's serial days are read, also a year of two
    digits behind a named month (``9-Nov-23``), digits alone (``20231109150433``) and what Unix
    prints (``Thu Nov  9 15:04:33 WIB 2023``). An instant that is stored as UTC says nothing about
    a place, so it is given in Jakarta's time, in which it may fall on the next day. Midnight to
    the second is a day without a time.
    """
    text = text.strip()
    if (when := _numeric(text)) is not None:
        return Published(when, DateOrigin.METADATA)
    text = _MOMENT_DIGITS.sub(r"\1T\2", text)
    if unix := _UNIX.fullmatch(text):
        text = f"{unix['day']} {unix['name']} {unix['year']} {unix['time']}{unix['zone'] or ''}"
    if short := _SHORT_YEAR.match(text):
        century = 1900 if int(short["year"]) > 68 else 2000
        year = century + int(short["year"])
        text = f"{short['day']} {short['name']} {year}{text[short.end() :]}"
    found = parse_date(text, DateOrigin.METADATA)
    if found and isinstance(found.when, datetime) and not found.when.utcoffset():
        midnight = _MIDNIGHT.search(text)
        return Published(found.day if midnight else _in_jakarta(found.when), found.origin)
    return found


def _in_jakarta(when: datetime) -> datetime:
    return when.astimezone(_SHOWN)


def in_zone(published: Published | None, utc_offset: int | None) -> Published | None:
    """A date as it is where times without a zone are so many minutes ahead of UTC.

    Only what this module took for Jakarta's time is another then; what states its zone stays.
    """
    if published is None or utc_offset is None or not isinstance(published.when, datetime):
        return published
    zone = timezone(timedelta(minutes=utc_offset))
    when = published.when
    if when.tzinfo is _ASSUMED:
        return Published(when.replace(tzinfo=zone), published.origin)
    if when.tzinfo is _SHOWN:
        return Published(when.astimezone(zone), published.origin)
    return published


def _numeric(text: str) -> datetime | date | None:
    if _DAY_DIGITS.fullmatch(text) and (match := _COMPACT.match(text)):
        return _day(match)
    if match := _DOTNET.fullmatch(text) or _EPOCH.fullmatch(text):
        digits = match[1]
        seconds = int(digits) // 10 ** ((len(digits) - 9) // 3 * 3)
        instant = _EPOCH_ORIGIN + timedelta(seconds=seconds)
        if instant.year not in _YEARS:
            return None
        when = _in_jakarta(instant)
        # Tools store a day as its midnight, that of UTC or their own.
        if time() in (instant.time(), when.time()):
            return when.date()
        return when.replace(second=0)
    if _SERIAL.fullmatch(text):
        naive = _SERIAL_ORIGIN + timedelta(days=float(text.replace(",", ".")), seconds=30)
        if naive.year not in _SERIAL_YEARS:
            return None
        if naive.time() < time(0, 1):
            return naive.date()
        return naive.replace(second=0, microsecond=0, tzinfo=_ASSUMED)
    return None


def date_in_name(path: str) -> Published | None:
    """The day with which a file's or, farther out, a folder's name begins: ``2026-11-27-judul``.

    Also folders ``2026/11/27/``. Other numbers in a name may be anything; a day at the end of one
    is often the day on which a browser saved the page.
    """
    for name in reversed(path.split("/")):
        if (match := _NAME.match(name)) and (day := _day(match)):
            return Published(day, DateOrigin.SLUG)
    if (match := _FOLDERS.search(path)) and (day := _day(match)):
        return Published(day, DateOrigin.SLUG)
    return None


def latest_day() -> date:
    """Today where the day begins first on Earth (UTC+14): a later day is in the future anywhere."""
    return datetime.now(timezone(timedelta(hours=14))).date()


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


def _in_part_of_day(hour: int, part: str) -> int:
    """The hour of 24 that Indonesians and Malays mean: ``3:04 petang``, ``12.10 malam``.

    After midnight ``malam`` is said of the first hours, from 6 on it is the evening.
    """
    if hour == 12 and part in ("pagi", "malam"):
        return 0
    first = {"siang": 1, "sore": 1, "petang": 1, "malam": 6}.get(part, 12)
    last = 5 if part == "siang" else 11
    return hour + 12 if first <= hour <= last else hour


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
    if half and half[0] in "apAP" and half[-1] in "mM.":
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    elif half:
        hour = _in_part_of_day(hour, half.casefold())
    if zone is None and second is not None and hour == minute == int(second) == 0:
        return None
    offset = zone_offset(zone) if zone else None
    if zone and offset is None:
        return None
    there = _ASSUMED if offset is None else timezone(offset)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=there)
    except ValueError:
        return None

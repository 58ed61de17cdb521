"""Dates and times of day written in digits: ``9/11/2023``, ``1939-45``, ``15:04``, ``pukul 9``."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from dwiwarta.knowledge.calendar import INDONESIAN_ZONES
from dwiwarta.translate.gate.quantities.quantity import (
    Language,
    Quantity,
    Reading,
    as_month,
    as_number,
    as_time,
)

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PAIR = re.compile(r"(?<![\d/.,])(\d{1,3})/(\d{1,3})(?![\d/])")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([-–/])(\d\d)(?!\d)")
_TIME = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]|[.,]\d)")
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?[+−-]?\s?\d{1,2}(?::?\d\d)?")

_POINTED_TIME = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_ZONE = "|".join(name.upper() for name in INDONESIAN_ZONES)
_MILITARY_TIME = re.compile(rf"([01]\d|2[0-4])([0-5]\d)(?=\s?(?:GMT|UTC|{_ZONE}|hours)\b)")

# "Tamu 1x24 jam wajib lapor": within a day.
_TIMES_A_DAY = re.compile(r"(?<![\d.,])(\d{1,3})\s?[x×X]\s?24(?=[ -](?:jam|hours?)\b)")
_NONSTOP = re.compile(r"(?<![\d/(])24/7(?![\d/])")
_UNIT = r"(?:tahun|bulan|minggu|hari|jam|menit|detik|(?:year|month|week|day|hour|minute|second)s?)"
_DURATION = re.compile(
    rf"(?<![\d.,-])\d{{1,4}} {_UNIT}(?:,? (?:dan |and )?\d{{1,3}} {_UNIT})+(?![\w])"
)
_PART_OF_DURATION = re.compile(r"(\d+) ([a-z]+)")
# In months and in seconds; a month has no fixed number of days.
_SIZES = {"tahun": ("m", 12), "year": ("m", 12), "bulan": ("m", 1), "month": ("m", 1)} | {
    name: ("s", size)
    for size, names in (
        (604800, "minggu week"), (86400, "hari day"), (3600, "jam hour"), (60, "menit minute"),
        (1, "detik second"),
    )
    for name in names.split()
}  # fmt: skip

_MERIDIEM = re.compile(
    r"\s?([ap])\.?\s?m\b|(?: o['’]clock)? in the (?:(morning)|(afternoon|evening))\b", re.IGNORECASE
)
_PART_OF_DAY = re.compile(
    rf"(?:\s?(?:{_ZONE}|{_ZONE.title()}|waktu setempat))?,?\s?"
    r"(?:(dini hari|subuh|pagi)|(siang)|(sore|petang)|(malam))\b"
)
_NOT_MORNING = re.compile(r"\b(?:siang|sore|petang|malam)\b", re.IGNORECASE)
_AROUND = 40  # characters on each side in which a part of the day may be named

_Read = Callable[[re.Match[str], Language], list[Quantity]]


def take_moments(text: str, language: Language) -> tuple[list[Quantity], str]:
    """Every date and time in ``text``, and the text with blanks in their place."""
    found: list[Quantity] = []
    for pattern, read in (*_COMMON, (language.hour, _read_hour)):
        matches = list(pattern.finditer(text))
        for match in matches:
            found += read(match, language)
        if matches:
            # Blanked, not cut, so that the places of the later finds stay those in ``text``.
            text = pattern.sub(lambda m: " " * len(m[0]), text)
    return found, text


def time_in_digits(text: str, start: int, digits: str, language: Language) -> frozenset[Reading]:
    """The readings of a number at ``start`` as a time of day: "15.04", "0830 WIB"."""
    clock = _POINTED_TIME.fullmatch(digits) or _MILITARY_TIME.match(text, start)
    if not clock:
        return frozenset()
    return _time(clock[1], int(clock[2]), text, (start, start + len(digits)), language)


def _time(
    hours: str, minute: int, text: str, place: tuple[int, int], language: Language
) -> frozenset[Reading]:
    """The readings of a time of day at ``place``, with its half of the day where that is said."""
    hour = int(hours)
    if hour > 12 or hour == 0:
        afternoon: bool | None = 12 <= hour < 24
    elif language.day_first:
        afternoon = _indonesian_half(hours, text, place)
    else:
        said = _MERIDIEM.match(text, place[1])
        afternoon = (bool(said[3]) or (said[1] or "").lower() == "p") if said else None
    return as_time(hour, minute, afternoon)


def _indonesian_half(hours: str, text: str, place: tuple[int, int]) -> bool | None:
    """Afternoon or not, for an hour from 1 to 12: "9 malam", "07.15 WIB"."""
    start, end = place
    on_the_clock = int(hours) % 12
    if said := _PART_OF_DAY.match(text, end):
        if said[1]:
            return False
        if said[2]:
            return on_the_clock < 10  # from eleven in the morning to three
        return bool(said[3]) or on_the_clock >= 6
    # Two digits are of the 24-hour clock, unless a part of the day is named near by.
    around = text[max(0, start - _AROUND) : end + _AROUND]
    if len(hours) < 2 or _NOT_MORNING.search(around):
        return None
    return int(hours) == 12


def _part(match: re.Match[str], group: int, readings: frozenset[Reading]) -> Quantity:
    return Quantity(match[0], match.start(group), match.end(group), readings)


def _read_offset(_match: re.Match[str], _language: Language) -> list[Quantity]:
    return []  # "WIB" may be explained as "UTC+7"


def _read_nonstop(match: re.Match[str], _language: Language) -> list[Quantity]:
    return [replace(_part(match, 0, as_number(24)), exact=False)]


def _read_iso_date(match: re.Match[str], _language: Language) -> list[Quantity]:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    return [
        _part(match, 1, as_number(year)),
        _part(match, 2, as_number(month) | as_month(month)),
        _part(match, 3, as_number(day)),
    ]


def _read_date(match: re.Match[str], language: Language) -> list[Quantity]:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    years = as_number(year) if year > 99 else as_number(year, 1900 + year, 2000 + year)
    # An English numeric date may be in either order; an Indonesian one has the day first.
    other = frozenset() if language.day_first else as_month(first)
    return [
        _part(match, 1, as_number(first) | other),
        _part(match, 3, as_number(second) | as_month(second)),
        _part(match, 4, years),
    ]


def _read_years(match: re.Match[str], _language: Language) -> list[Quantity]:
    short = int(match[3])
    century = int(match[1]) // 100 * 100
    return [
        _part(match, 1, as_number(int(match[1]))),
        _part(match, 3, as_number(short, century + short)),
    ]


def _read_pair(match: re.Match[str], language: Language) -> list[Quantity]:
    """``(9/11)`` is a date, day first; elsewhere ``1/3`` may be a fraction or anything."""
    first, second = int(match[1]), int(match[2])
    bracket = match.string[match.start() - 1 : match.start()] == "("
    date = bracket and language.day_first
    whole = as_number(Fraction(first, second)) if second and not date else frozenset()
    other = frozenset() if date else as_month(first)
    return [
        _part(match, 1, as_number(first) | other | whole),
        _part(match, 2, as_number(second) | as_month(second) | whole),
    ]


def _read_time(match: re.Match[str], language: Language) -> list[Quantity]:
    hour, minute = int(match[1]), int(match[2])
    numbers = as_number(Fraction(f"{hour}.{match[2]}"), hour * 100 + minute)
    time = _time(match[1], minute, match.string, match.span(), language)
    return [Quantity(match[0], match.start(), match.end(), time | numbers)]


def _read_hour(match: re.Match[str], language: Language) -> list[Quantity]:
    time = _time(match[1], 0, match.string, match.span(1), language)
    return [_part(match, 1, as_number(int(match[1])) | time)]


def _read_times_a_day(match: re.Match[str], _language: Language) -> list[Quantity]:
    days = int(match[1])
    return [_part(match, 1, as_number(days, days * 24))]


def _read_duration(match: re.Match[str], _language: Language) -> list[Quantity]:
    """Each part of "1 tahun 6 bulan" may stand for the whole: 18 months, a year and a half."""
    parts = [
        (part, int(part[1]), *_SIZES[part[2].removesuffix("s")])
        for part in _PART_OF_DURATION.finditer(match[0])
    ]
    whole: frozenset[Reading] = frozenset()
    if len({kind for _, _, kind, _ in parts}) == 1:
        total = sum(count * size for _, count, _, size in parts)
        whole = as_number(*(Fraction(total, size) for *_, size in parts))
    start = match.start()
    return [
        Quantity(part[0], start + part.start(), start + part.end(1), as_number(count) | whole)
        for part, count, _, _ in parts
    ]


# Read in this order: what one finds is not there for the next.
_COMMON: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_OFFSET, _read_offset),
    (_NONSTOP, _read_nonstop),
    (_TIMES_A_DAY, _read_times_a_day),
    (_DURATION, _read_duration),
    (_ISO_DATE, _read_iso_date),
    (_DATE, _read_date),
    (_SPAN_OF_YEARS, _read_years),
    (_PAIR, _read_pair),
    (_TIME, _read_time),
)

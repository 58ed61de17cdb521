"""Dates and times of day written in digits: ``9/11/2023``, ``1939-45``, ``15:04``, ``pukul 9``."""

import re
from collections.abc import Callable
from fractions import Fraction

from dwiwarta.translate.mentions import (
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
_MILITARY_TIME = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?=\s?(?:GMT|UTC|WIB|WITA|WIT|hours)\b)")

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


def time_in_digits(text: str, start: int, digits: str) -> frozenset[Reading]:
    """The readings of a number at ``start`` as a time of day: "15.04", "0830 WIB"."""
    clock = _POINTED_TIME.fullmatch(digits) or _MILITARY_TIME.match(text, start)
    return as_time(int(clock[1]), int(clock[2])) if clock else frozenset()


def _part(match: re.Match[str], group: int, readings: frozenset[Reading]) -> Quantity:
    return Quantity(match[0], match.start(group), match.end(group), readings)


def _read_offset(_match: re.Match[str], _language: Language) -> list[Quantity]:
    return []  # "WIB" may be explained as "UTC+7"


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


def _read_time(match: re.Match[str], _language: Language) -> list[Quantity]:
    hour, minute = int(match[1]), int(match[2])
    numbers = as_number(Fraction(f"{hour}.{match[2]}"), hour * 100 + minute)
    return [Quantity(match[0], match.start(), match.end(), as_time(hour, minute) | numbers)]


def _read_hour(match: re.Match[str], _language: Language) -> list[Quantity]:
    return [_part(match, 1, as_number(int(match[1])) | as_time(int(match[1]), 0))]


# Read in this order: what one finds is not there for the next.
_COMMON: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_OFFSET, _read_offset),
    (_ISO_DATE, _read_iso_date),
    (_DATE, _read_date),
    (_SPAN_OF_YEARS, _read_years),
    (_PAIR, _read_pair),
    (_TIME, _read_time),
)

"""Phrases that say a number or a time without a word for it."""

import re
from fractions import Fraction

from dwiwarta.translate.gate.quantities.quantity import (
    LANGUAGES,
    Quantity,
    Reading,
    as_number,
    as_time,
)

_UNITS = LANGUAGES["en"].numerals.units
_AND_A_HALF = re.compile(r"\b([a-z]+|\d{1,3}) ([a-z]+) and a half\b", re.IGNORECASE)
_PAST = re.compile(r"\b(half|quarter) (past|to) ([a-z]+)\b", re.IGNORECASE)
_AND_QUARTERS = re.compile(r"\b(?:an|one) hour and (a|one|three) quarters?\b", re.IGNORECASE)
_GOALLESS = re.compile(r"\b(?:skor kacamata|tanpa gol)\b", re.IGNORECASE)  # 0-0
_ROUND_THE_CLOCK = re.compile(r"\b(?:a?round[ -]the[ -]clock)\b", re.IGNORECASE)


def idioms(text: str) -> list[Quantity]:
    """What such phrases in an English text mean: "an hour and a half", "half past eleven"."""
    found: list[Quantity] = []
    if " and a half" in text:
        for match in _AND_A_HALF.finditer(text):
            number = match[1].lower()
            whole = int(number) if number.isdecimal() else _UNITS.get(number)
            if whole is not None:
                found.append(_found(match, as_number(whole + Fraction(1, 2), whole)))
    for match in _AND_QUARTERS.finditer(text) if " hour and " in text else ():
        quarters = 3 if match[1].lower() == "three" else 1
        found.append(_found(match, as_number(60 + 15 * quarters, 1 + Fraction(quarters, 4))))
    if " past " in text or "uarter to " in text:
        for match in _PAST.finditer(text):
            hour = _UNITS.get(match[3].lower(), 0)
            if 1 <= hour <= 12:
                minute = 30 if match[1].lower() == "half" else 15
                before = match[2].lower() == "to"
                time = as_time(hour - before, 60 - minute if before else minute)
                found.append(_found(match, time))
    if "clock" in text:
        found += [_found(match, as_number(24)) for match in _ROUND_THE_CLOCK.finditer(text)]
    return found


def indonesian_idioms(text: str) -> list[Quantity]:
    """The same in an Indonesian text: "skor kacamata"."""
    return [_found(match, as_number(0)) for match in _GOALLESS.finditer(text)]


def _found(match: re.Match[str], readings: frozenset[Reading]) -> Quantity:
    return Quantity(match[0], match.start(), match.end(), readings, exact=False)

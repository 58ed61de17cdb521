"""A number, date or name of a day as it stands in a text, with all that it may mean.

Indonesian groups thousands with points and begins decimals with a comma (``1.234,5``), English the
other way round; Indonesian dates have the day first (``9/11/2023``); its times are written
``15.04``. Where a spelling is ambiguous, every reading is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from dwiwarta.knowledge.calendar import MONTH_NAMES, SHORT_MONTH_NAMES, WEEKDAY_NAMES
from dwiwarta.knowledge.numerals import ENGLISH, INDONESIAN, Numerals

# What a mention may mean: ("n", number), ("t", minute of the half-day), ("h", minute of the day,
# where the text says which half), ("m", month), ("w", day of the week), ("s", a vague amount of
# this size: "millions"), ("p", 1) a whole hundred percent, ("f", share of one): so 70 percent may
# be 0.7 and "seven tenths", but 0.7 percent may not be 70 percent.
Reading = tuple[str, Fraction]

ALL: frozenset[Reading] = frozenset({("p", Fraction(1))})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One mention. ``exact``: written in digits, so the other side must have it."""

    text: str
    start: int
    end: int
    readings: frozenset[Reading]
    exact: bool = True
    scale: int = 1

    def agrees(self, others: frozenset[Reading]) -> bool:
        """Whether one of the ``others`` may mean the same."""
        return not self.readings.isdisjoint(others)


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes its quantities.

    ``thousands``: the sign between groups of digits. ``scale``: a scale word right after digits.
    ``decade``: what follows the digits of a decade. ``names``: every month and day of the week,
    ("m" or "w", number) of each; ``short_names``: those of them that may be other words where
    no number stands beside them. ``hour``: an hour without minutes. ``vague``: words for amounts
    of about a size.
    """

    numerals: Numerals
    thousands: str
    scale: re.Pattern[str]
    decade: re.Pattern[str]
    names: dict[str, Reading]
    short_names: frozenset[str]
    hour: re.Pattern[str]
    day_first: bool
    vague: Mapping[str, int]


def as_number(*values: Fraction | int) -> frozenset[Reading]:
    """Readings as these numbers."""
    return frozenset((kind, Fraction(value)) for value in values for kind in "nf")


def as_percentage(*values: Fraction | int) -> frozenset[Reading]:
    """Readings as so many percent."""
    return frozenset(("n", Fraction(value)) for value in values) | frozenset(
        ("f", Fraction(value) / 100) for value in values
    )


def as_month(value: int) -> frozenset[Reading]:
    """The reading as a month, if there is one of that number."""
    return frozenset({("m", Fraction(value))}) if 1 <= value <= 12 else frozenset()


def as_time(hour: int, minute: int, afternoon: bool | None = None) -> frozenset[Reading]:
    """The readings as a time of day; ``afternoon``: which half of it, if that is known."""
    half_day = (hour * 60 + minute) % 720
    time: Reading = ("t", Fraction(half_day))
    if afternoon is None:
        return frozenset({time})
    return frozenset({time, ("h", Fraction(half_day + 720 * afternoon))})


def _scale(words: str) -> re.Pattern[str]:
    return re.compile(rf"[\s-]?({words})(?:an)?s?\b", re.IGNORECASE)


def _names(language: str) -> dict[str, Reading]:
    """Every month and day of the week, with a capital as both languages write them in dates."""
    months = {**SHORT_MONTH_NAMES[language], **MONTH_NAMES[language]}
    days = WEEKDAY_NAMES[language]
    return {name.capitalize(): ("m", Fraction(n)) for name, n in months.items()} | {
        name.capitalize(): ("w", Fraction(n)) for name, n in days.items()
    }


def _short_names(language: str) -> frozenset[str]:
    full = MONTH_NAMES[language]
    return frozenset(name.capitalize() for name in SHORT_MONTH_NAMES[language] if name not in full)


def _sizes(**words: int) -> Mapping[str, int]:
    return MappingProxyType(words)


LANGUAGES = {
    "id": Language(
        numerals=INDONESIAN,
        thousands=".",
        scale=_scale(r"puluh|ratus|ribu|rb|juta|jt|miliar|milyar|triliun|trilyun|lusin"),
        decade=re.compile(r"-?an\b"),
        names=_names("id"),
        short_names=_short_names("id"),
        hour=re.compile(r"(?:\b(?:[Pp]ukul|[Jj]am)\s)([01]?\d|2[0-4])(?![\d.:,])"),
        day_first=True,
        vague=_sizes(
            belasan=10, puluhan=10, ratusan=100, ratus=100, ribuan=10**3, ribu=10**3,
            jutaan=10**6, juta=10**6, miliaran=10**9, milyaran=10**9, miliar=10**9, milyar=10**9,
            triliunan=10**12, triliun=10**12, trilyun=10**12,
        ),
    ),
    "en": Language(
        numerals=ENGLISH,
        thousands=",",
        scale=_scale(r"hundred|thousand|million|billion|trillion|quadrillion|dozen|mn|mln|bn|tn|trn"),
        decade=re.compile(r"['’]?s\b"),
        names=_names("en"),
        short_names=_short_names("en"),
        hour=re.compile(
            r"(?<![\d.,:])(1[0-2]|0?[1-9])"
            r"(?=\s?(?:[ap]\.?\s?m\b|o['’]clock|in the (?:morning|afternoon|evening)\b))",
            re.IGNORECASE,
        ),
        day_first=False,
        vague=_sizes(
            tens=10, dozens=10, scores=10, hundreds=100, hundred=100, thousands=10**3,
            thousand=10**3, millions=10**6, million=10**6, billions=10**9, billion=10**9,
            trillions=10**12, trillion=10**12,
        ),
    ),
}  # fmt: skip

"""The same quantity in another unit: "10 kilometer" is "6.2 miles", "14 hari" is "two weeks".

Only what can be computed is the same: units of one dimension by their factors, a share by its
percentage. A sum in dollars beside one in rupiah is taken where the rate is one of recent decades,
as the answer still has to have the rupiah.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from dwiwarta.translate.gate.quantities.quantity import Quantity, as_number
from dwiwarta.translate.gate.quantities.units import DEGREES, PERCENT

# By dimension: how many of its base unit each unit is.
_FACTORS: dict[str, tuple[str, Fraction]] = {
    unit: (dimension, Fraction(factor))
    for dimension, units in {
        "length": "mm 0.001, cm 0.01, m 1, km 1000, inch 0.0254, foot 0.3048, mile 1609.344,"
        # A knot is a nautical mile an hour, beside which kilometres are of an hour, too.
        "nautical mile 1852, knot 1852",
        "area": "m² 1, hectare 10000, acre 4046.86, km² 1000000, square mile 2589988",
        "mass": "mg 0.000001, g 0.001, kg 1, quintal 100, t 1000, lb 0.453592",
        "volume": "ml 0.001, litre 1, m³ 1000, gallon 3.78541, barrel 158.987",
        "time": "second 1, minute 60, hour 3600, day 86400, week 604800",
        "span": "month 1, year 12",
        "power": "kW 1, MW 1000, GW 1000000",
    }.items()
    for unit, _, factor in (row.strip().rpartition(" ") for row in units.split(","))
}
# Within these nothing is rounded: two weeks are fourteen days.
_COUNTED = frozenset(("time", "span"))
_ROUNDED = Fraction(4, 100)
_RUPIAH = (8_000, 20_000)  # for a dollar, since 1998
_DOLLARS = frozenset(("dollar", "US dollar"))
_SHARE_OF = re.compile(r"\s(?:dari|dari setiap|in|in every|out of|of every)\s")
_MOST_OF_WHICH = 1_000  # "15 in 2023" is no share
# Degrees of no scale: Indonesian means Celsius, English the scale that it names elsewhere.
_BARE_DEGREES = "°"
_WARMER = re.compile(
    r"\b(?:naik|turun|meningkat|menurun|kenaikan|penurunan|bertambah|berkurang|menghangat|mendingin"
    r"|selisih|lebih \w+)\b.{0,12}$",
    re.IGNORECASE,
)
# Both numbers of "5 hingga 10 km" are kilometres.
_RANGE = re.compile(r"\s?(?:-|–|—|sampai(?: dengan)?|hingga|s/d|dan|ke|menjadi|to|and)\s?")
_FEET_AND = re.compile(r"[ -]?(?:feet|foot|ft),? (?:and )?", re.IGNORECASE)
_MONTH_DAYS, _YEAR_DAYS, _DAY = 30, 365, 86_400
_BELOW_ZERO = re.compile(r"(?:\b(?:minus|negatif|negative) |(?:^|[\s(])[-−–] ?)$", re.IGNORECASE)
_TWICE = re.compile(r"\b(?:doubl(?:ed?|es|ing)|twice|twofold)\b", re.IGNORECASE)

Mark = Callable[[str, Quantity], str]


def without_conversions(
    source: str,
    answer: str,
    there: Sequence[Quantity],
    here: Sequence[Quantity],
    lost: list[Quantity],
    new: list[Quantity],
    mark: Mark,
) -> tuple[list[Quantity], list[Quantity]]:
    """``lost`` and ``new`` without what only changed its unit.

    ``there`` and ``here``: all quantities of ``source`` and ``answer``, of which ``lost`` are not
    found in the other text and ``new`` are. ``mark`` names the unit or currency of a quantity.
    """
    mine, theirs = _marked(source, there, mark), _marked(answer, here, mark)
    heat = [degrees for one in mine.values() for degrees in _fahrenheit(source, *one)]
    scales = {"°F", _BARE_DEGREES} if any(unit == "°F" for _, unit in theirs.values()) else set()
    hot = [p for p, unit in theirs.values() if unit in scales]
    kept = []
    for lost_one in lost:
        q, unit = mine[lost_one.start, lost_one.end]
        if any(_same(q, unit, p, its_unit) for p, its_unit in theirs.values()):
            continue
        wanted = _fahrenheit(source, q, unit)
        if any(_is_heat(degrees, answer, p) for degrees in wanted for p in hot):
            continue
        twice = _value(q) == 100 and PERCENT.match(source, q.end) and _TWICE.search(answer)
        if not twice and not _is_share(source, q, answer, here):
            kept.append(lost_one)
    added = []
    for new_one in new:
        p, unit = theirs[new_one.start, new_one.end]
        if unit in scales and any(_is_heat(degrees, answer, p) for degrees in heat):
            continue
        if any(
            _same(p, unit, q, its_unit) or (q not in lost and _is_rate(q, its_unit, p, unit))
            for q, its_unit in mine.values()
        ):
            continue
        if not _is_share(answer, p, source, there):
            added.append(new_one)
    return kept, added


def _marked(
    text: str, found: Sequence[Quantity], mark: Mark
) -> dict[tuple[int, int], tuple[Quantity, str]]:
    """Every quantity with its unit, by where it stands.

    Both of "5 hingga 10 km" are kilometres; "three quarters" and "5 feet 9 inches" are one each.
    """
    marked: dict[tuple[int, int], tuple[Quantity, str]] = {}
    after: tuple[Quantity, str] | None = None
    for q in reversed(found):
        here = q.start, q.end
        unit = mark(text, q)
        if not unit and DEGREES.match(text, q.end):
            unit = _BARE_DEGREES
        if after is not None and q.end <= after[0].start:
            between = text[q.end : after[0].start]
            there = after[0].start, after[0].end
            if not unit and _RANGE.fullmatch(between):
                unit = after[1]
            elif between in (" ", "-") and (part := _part_of(q, after[0])):
                q = replace(after[0], start=q.start, readings=as_number(part))
                unit = mark(text, q)
                marked[there] = q, unit
            elif unit == "foot" and after[1] == "inch" and _FEET_AND.fullmatch(between):
                feet, inches = _value(q), _value(after[0])
                if feet is not None and inches is not None:
                    q = replace(q, readings=as_number(feet + inches / 12))
                    marked[there] = q, unit
        after = marked[here] = q, unit
    return marked


def _part_of(count: Quantity, part: Quantity) -> Fraction | None:
    """Three quarters, of "three" and "quarters"."""
    parts = [value for kind, value in part.readings if kind == "n" and value < 1]
    counts = {value for kind, value in count.readings if kind == "n"}
    if count.exact or part.exact or len(parts) != 1:
        return None
    return parts[0] * max(counts) if parts[0] * max(counts) in counts else None


def _value(q: Quantity) -> Fraction | None:
    """What a quantity says, if it is one number."""
    values = [value for kind, value in q.readings if kind == "n"]
    return max(values, default=None)


def _same(one: Quantity, unit: str, other: Quantity, its_unit: str) -> bool:
    """Whether two quantities are one in different units."""
    if unit == its_unit:
        return False
    dimension, factor = _FACTORS.get(unit, ("", Fraction(0)))
    its_dimension, its_factor = _FACTORS.get(its_unit, (" ", Fraction(0)))
    if {dimension, its_dimension} == {"time", "span"}:
        one, factor, other, its_factor = (
            (one, factor, other, its_factor)
            if dimension == "time"
            else (other, its_factor, one, factor)
        )
        return any(_in_days(a * factor / _DAY, b * its_factor) for a, b in _pairs(one, other))
    if dimension != its_dimension:
        return False
    slack = 0 if dimension in _COUNTED else _ROUNDED
    return any(
        abs(a * factor - b * its_factor) <= slack * a * factor for a, b in _pairs(one, other)
    )


def _pairs(one: Quantity, other: Quantity) -> Iterator[tuple[Fraction, Fraction]]:
    """All that both may be as numbers."""
    for kind, a in one.readings:
        for its_kind, b in other.readings:
            if kind == its_kind == "n" and a:
                yield a, b


def _in_days(days: Fraction, months: Fraction) -> bool:
    """Whether "90 hari" is so many months, and "365 hari" a year."""
    return days == months * _MONTH_DAYS or (months % 12 == 0 and days == months / 12 * _YEAR_DAYS)


def _fahrenheit(text: str, q: Quantity, unit: str) -> list[Fraction]:
    """What degrees of Celsius are in Fahrenheit; of a change, those that it is as well."""
    celsius = _signed(text, q) if unit in ("°C", _BARE_DEGREES) else None
    if celsius is None:
        return []
    change = _WARMER.search(text, max(0, q.start - 30), q.start)
    return [celsius * 9 / 5 + 32, *([celsius * 9 / 5] if change else [])]


def _is_heat(degrees: Fraction, text: str, fahrenheit: Quantity) -> bool:
    found = _signed(text, fahrenheit)
    return found is not None and abs(degrees - found) <= 2


def _signed(text: str, q: Quantity) -> Fraction | None:
    value = _value(q)
    below = _BELOW_ZERO.search(text, max(0, q.start - 12), q.start)
    return -value if value is not None and below else value


def _is_rate(rupiah: Quantity, unit: str, dollars: Quantity, its_unit: str) -> bool:
    if unit != "rupiah" or its_unit not in _DOLLARS:
        return False
    least, most = _RUPIAH
    return any(
        b and least <= a / b <= most
        for kind, a in rupiah.readings
        for its_kind, b in dollars.readings
        if kind == its_kind == "n"
    )


def _is_share(text: str, q: Quantity, other_text: str, others: Sequence[Quantity]) -> bool:
    """Whether a percentage stands in the other text as a fraction: 67 percent, two thirds."""
    value = _value(q)
    if value is None or not PERCENT.match(text, q.end):
        return False
    shares = [
        v
        for before, p in pairwise((None, *others))
        # The "pertiga" of "dua pertiga" is no third.
        if p is not None and (before is None or p.start - before.end > 1)
        # "0.5 percent" is no half.
        if not PERCENT.match(other_text, p.end)
        for kind, v in p.readings
        if kind == "n" and 0 < v < 1
    ]
    for one, of in pairwise(others):
        a, b = _value(one), _value(of)
        if (
            a
            and b
            and a < b <= _MOST_OF_WHICH
            and _SHARE_OF.fullmatch(other_text[one.end : of.start])
        ):
            shares.append(a / b)
    return any(abs(100 * share - value) <= Fraction(6, 10) for share in shares)

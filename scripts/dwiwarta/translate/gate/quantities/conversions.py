"""The same quantity in another unit: "10 kilometer" is "6.2 miles", "14 hari" is "two weeks".

Only what can be computed is the same: units of one dimension by their factors, a share by its
percentage. A sum in dollars beside one in rupiah is taken where the rate is one of recent decades,
as the answer still has to have the rupiah.
"""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from dwiwarta.translate.gate.quantities.quantity import Quantity

# By dimension: how many of its base unit each unit is.
_FACTORS: dict[str, tuple[str, Fraction]] = {
    unit: (dimension, Fraction(factor))
    for dimension, units in {
        "length": "mm 0.001, cm 0.01, m 1, km 1000, foot 0.3048, mile 1609.344",
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
_PERCENT = re.compile(r"\s?(?:%|persen\b|per ?cent\b)")
_SHARE_OF = re.compile(r"\s(?:dari|dari setiap|in|in every|out of|of every)\s")
_MOST_OF_WHICH = 1_000  # "15 in 2023" is no share
_DEGREES = re.compile(r"\s?(?:derajat\b|[°º])")
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
    mine = [(q, mark(source, q)) for q in there]
    theirs = [(p, mark(answer, p)) for p in here]
    heat = [celsius for q, unit in mine if (celsius := _celsius(source, q, unit)) is not None]
    kept = []
    for q in lost:
        unit = mark(source, q)
        if any(_same(q, unit, p, its_unit) for p, its_unit in theirs):
            continue
        degrees = _celsius(source, q, unit)
        if degrees is not None and any(
            its_unit == "°F" and _is_heat(degrees, answer, p) for p, its_unit in theirs
        ):
            continue
        twice = _value(q) == 100 and _PERCENT.match(source, q.end) and _TWICE.search(answer)
        if not twice and not _is_share(source, q, answer, here):
            kept.append(q)
    added = []
    for p in new:
        unit = mark(answer, p)
        if unit == "°F" and any(_is_heat(degrees, answer, p) for degrees in heat):
            continue
        if any(
            _same(p, unit, q, its_unit) or (q not in lost and _is_rate(q, its_unit, p, unit))
            for q, its_unit in mine
        ):
            continue
        if not _is_share(answer, p, source, there):
            added.append(p)
    return kept, added


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
    if dimension != its_dimension:
        return False
    slack = 0 if dimension in _COUNTED else _ROUNDED
    return any(
        abs(a * factor - b * its_factor) <= slack * a * factor
        for kind, a in one.readings
        for its_kind, b in other.readings
        if kind == its_kind == "n" and a
    )


def _celsius(text: str, q: Quantity, unit: str) -> Fraction | None:
    """Degrees of Celsius, which Indonesian need not name; ``None`` for anything else."""
    degrees = unit == "°C" or (unit == "" and _DEGREES.match(text, q.end))
    return _signed(text, q) if degrees else None


def _is_heat(celsius: Fraction, text: str, fahrenheit: Quantity) -> bool:
    degrees = _signed(text, fahrenheit)
    return degrees is not None and abs(celsius * 9 / 5 + 32 - degrees) <= 2


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
    if value is None or not _PERCENT.match(text, q.end):
        return False
    shares = [
        v
        for before, p in pairwise((None, *others))
        # The "pertiga" of "dua pertiga" is no third.
        if p is not None and (before is None or p.start - before.end > 1)
        # "0.5 percent" is no half.
        if not _PERCENT.match(other_text, p.end)
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

"""What stands beside a number: its currency, unit and sign, and its partner in a pair.

"Rp 5 miliar" and "$5 billion" have the same number, "kalah 1-3" and "won 3-1" the same two. Only
contradictions count: where one side says nothing, or a number stands there more than once and one
of them fits, the answer may be right.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from dwiwarta.translate.gate.quantities.quantity import Quantity

# What stands right before and right after a number, and the name of each sign.
_BEFORE = re.compile(r"(Rp\.?|IDR|US\$|USD|SGD|[AS]\$|\$|EUR|€|GBP|£|¥|RM) ?$")
_KILOMETRE = r"(?:kilomet(?:er|re)s?|km)"
_METRE = r"(?:met(?:er|re)s?|m)"
_SQUARE = r"(?: persegi| squared?|²|2)"
_DEGREE = r"(?:(?:derajat|degrees?) |[°º] ?)"
_CUBIC = r"(?: kubik| cubed|³|3)"
# Every unit by the name that messages give it, and how both languages write it. An area is no
# length, and a hectare no square kilometre. Longer forms stand before those that they begin with.
_CURRENCIES = {
    "rupiah": "rupiah",
    "Singapore dollar": r"dolar Singapura|Singapore(?:an)? dollars?|SGD",
    "Australian dollar": r"dolar Australia|Australian dollars?",
    "Hong Kong dollar": r"dolar Hong ?[Kk]ong|Hong Kong dollars?",
    "US dollar": r"dolar (?:AS|Amerika(?: Serikat)?)|(?:U\.?S\.? |American )dollars?|USD",
    "dollar": r"dollars?|dolar",
    "euro": "euros?",
    "pound": "poundsterling",
    "yen": "yen",
    "yuan": "yuan|renminbi",
    "won": "won",
    "baht": "bahts?",
    "peso": "pesos?",
    "rouble": "rubel|rou?bles?",
    "ringgit": "ringgit",
}
_UNITS = {
    "km²": rf"(?:square|sq\.?)[ -]{_KILOMETRE}|{_KILOMETRE}{_SQUARE}",
    "km³": rf"cubic {_KILOMETRE}|{_KILOMETRE}{_CUBIC}",
    "km": _KILOMETRE,
    "square mile": r"(?:square|sq\.?)[ -]mi(?:les?)?|mil persegi",
    "nautical mile": "nautical miles?|mil laut",
    "mile": "miles?|mil|mph",
    "knot": "knots?",
    "m²": rf"(?:square|sq\.?)[ -]{_METRE}|{_METRE}{_SQUARE}",
    "m³": rf"cubic {_METRE}|{_METRE}{_CUBIC}",
    "m": "met(?:er|re)s?",
    "hectare": "hektare?|hectares?|ha",
    "acre": "acres?",
    "mm": "mil+imet(?:er|re)s?|mm",
    "cm": "centimet(?:er|re)s?|sentimeter|cm",
    "foot": "feet|foot|ft|kaki",
    "inch": "inch(?:es)?|inci",
    "kg": "kilograms?|kilos?|kg",
    "mg": "mil+igrams?|mg",
    "g": "grams?",
    "quintal": "kuintal|quintals?",
    "t": "ton(?:ne)?s?|metric tons",
    "lb": "pounds?|lbs?|pon",
    "°C": rf"{_DEGREE}(?:Celsius|celsius|C)",
    "°F": rf"{_DEGREE}(?:Fahrenheit|fahrenheit|F)",
    "ml": "mil+ilit(?:er|re)s?|m[lL]",
    "litre": "lit(?:er|re)s?",
    "kW": "kilowatts?|kW",
    "MW": "megawatts?|MW",
    "GW": "gigawatts?|GW",
    "kilobyte": "kilob[iy]tes?|[kK]B",
    "megabyte": "megab[iy]tes?|MB",
    "gigabyte": "gigab[iy]tes?|GB",
    "terabyte": "terab[iy]tes?|TB",
    "barrel": "barel|barrels?",
    "gallon": "galon|gallons?",
    "year": "tahun|years?",
    "month": "bulan|months?",
    "week": "minggu|pekan|weeks?",
    "day": "hari|days?",
    "hour": "jam|hours?",
    "minute": "menit|minutes?",
    "second": "detik|seconds?",
}
_TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "second"))
_NAMES = (*_CURRENCIES, *_UNITS)
_AFTER = re.compile(
    r"[ -]?(?:"
    + "|".join(f"({form})" for form in (*_CURRENCIES.values(), *_UNITS.values()))
    + r")(?![\w'’])"
)
_AND_A_HALF = re.compile(r"( [a-z]+) and a half$", re.IGNORECASE)  # the unit stands inside
# Not "300 a day": that is a rate.
_OF_ONE = re.compile(r"\s(?:of |(?<=\bhalf\s))an?(?=\s)", re.IGNORECASE)
_KIND = dict.fromkeys(_CURRENCIES, "currency") | dict.fromkeys(_UNITS, "unit")
_SIGNS = {
    "R": "rupiah", "I": "rupiah", "U": "US dollar", "$": "dollar", "A": "Australian dollar",
    "S": "Singapore dollar",
    "E": "euro", "€": "euro", "G": "pound", "£": "pound",
}  # fmt: skip
# Looked for first, as most texts have none of them.
_ANY_SIGN = re.compile(
    r"[$€£¥]|Rp|rupiah|IDR|RM|dolar|USD|euro|yen|yuan|won|baht|peso|rubel|ringgit|meter|mm|km|\bm[23²³]|mil|cm|kaki|inci"
    r"|knot|kilo|kg"
    r"|watt|[kMG]W|[kKMGT]B|b[iy]te|mg|m[lL]|gram|kuintal|ton|pon|derajat|[°º]|hekt|\bha\b|lite?r|barel|galon"
    r"|tahun|bulan|minggu|pekan|hari|jam|menit|detik"
)

PERCENT = re.compile(r"\s?(?:%|persen\b|per ?cent\b)")
DEGREES = re.compile(r"\s?(?:derajat\b|degrees?\b|[°º])")
_ENGLISH_PERCENT = re.compile(r"%|\bper ?cent|\bpct\b|\bp\.c\.|\bpoints?\b", re.IGNORECASE)

_MINUS = re.compile(r"(?:\b(?:minus|negatif) |(?:^|[\s(])[-−–])$", re.IGNORECASE)
_SAYS_MINUS = re.compile(
    r"[-−–] ?\d|\b(?:minus|negative|below|sub-?zero|contract|shr[aiu]nk|fall|fell|drop|declin"
    r"|decreas|deficit|loss|lost|lower|down|slump|plung|reduc|weaken)",
    re.IGNORECASE,
)
# An amount of heat in the other scale has another sign; the number was compared already.
_SAYS_FAHRENHEIT = re.compile(r"[°º] ?F\b|\bFahrenheit\b", re.IGNORECASE)
_SAYS_COLD = re.compile(r"[-−–] ?\d|\b(?:minus|negative|below|sub-?zero)\b", re.IGNORECASE)

_FROM = re.compile(r"\b(?:dari|from)\s(?:[\w$€£.]{1,4}\s?)?$", re.IGNORECASE)
_TO_BEFORE = re.compile(r"\bto\s(?:[\w$€£.]{1,4}\s?)?$", re.IGNORECASE)
_BECOMES = re.compile(r"\s(?:menjadi|jadi|ke|to)\s", re.IGNORECASE)
_FROM_BETWEEN = re.compile(r"\sfrom\s", re.IGNORECASE)
_LOSES = re.compile(
    r"\b(?:kalah|takluk|ditaklukkan|tumbang|keok|dikalahkan|tunduk|menyerah|kekalahan|dibantai|ditekuk"
    r"|tertinggal|lost|los[es]s?|losing|defeat\w*|beat(?:en)?|trail\w*|fell|down|behind)\b",
    re.IGNORECASE,
)
_FAR = 30  # characters between the two numbers of a pair: a unit, a currency and the joining word


def other_company(
    source: str, answer: str, there: Sequence[Quantity], here: Sequence[Quantity]
) -> str | None:
    """Why numbers that agree mean something else in ``answer``, or ``None``.

    ``there`` and ``here``: the quantities of ``source`` and of ``answer``, in order.
    """
    marked = _other_mark(source, answer, there, here) if _ANY_SIGN.search(source) else None
    mine = [q for q in there if q.exact]
    theirs = [q for q in here if q.exact]
    if marked or not mine or not theirs:
        return marked
    return (
        _lost_percent(source, answer, mine, theirs)
        or _lost_minus(source, answer, mine, theirs)
        or (_exchanged(source, answer, mine, theirs) if len(mine) > 1 else None)
    )


def _other_mark(
    source: str, answer: str, there: Sequence[Quantity], here: Sequence[Quantity]
) -> str | None:
    """A currency or unit that became another of its kind: beside a figure, or of time."""
    marks = [unit_of(answer, p) for p in here]
    for q in there:
        mark = unit_of(source, q)
        if not mark or not (q.exact or (mark in _TIMES and _is_several(q))):
            continue
        if sum(kind == "n" for kind, _ in q.readings) > 1 and mark in _TIMES:
            continue  # "1 tahun 6 bulan" is 18 months too
        found = [m for p, m in zip(here, marks, strict=True) if p.agrees(q.readings)]
        if found and all(m and _differ(m, mark) for m in found):
            return f"a {_KIND[mark]} differs: {q.text.strip()} in {mark} became {found[0]}"
    return None


def _is_several(q: Quantity) -> bool:
    return all(value > 1 for kind, value in q.readings if kind == "n")


def _differ(one: str, other: str) -> bool:
    """Whether two marks of a kind contradict each other: "$5" may be Singapore's."""
    if "dollar" in (one, other) and one.endswith("dollar") and other.endswith("dollar"):
        return False
    if {one, other} == {"mile", "nautical mile"}:  # "12 mil laut" is often "12 miles"
        return False
    return one != other and _KIND[one] == _KIND[other]


def unit_of(text: str, q: Quantity) -> str:
    """The name of the currency or unit that stands beside a number, "" for none."""
    if before := _BEFORE.search(text, max(0, q.start - 5), q.start):
        sign = before[1]
        # ¥ is yen and yuan.
        return "ringgit" if sign == "RM" else _SIGNS.get(sign[0], "")
    half = _AND_A_HALF.search(q.text)
    after = (half and _AFTER.match(half[1])) or _AFTER.match(text, q.end)
    if after is None and (of := _OF_ONE.match(text, q.end)):
        after = _AFTER.match(text, of.end())  # "three quarters of an hour"
    return _NAMES[after.lastindex - 1] if after and after.lastindex else ""


def _lost_percent(
    source: str, answer: str, there: list[Quantity], here: list[Quantity]
) -> str | None:
    """A percentage whose number is there, in an answer that says nothing of percent."""
    for q in there:
        if PERCENT.match(source, q.end):
            if _ENGLISH_PERCENT.search(answer):
                return None
            value = {("n", v) for k, v in q.readings if v >= 1}
            if any(p.agrees(frozenset(value)) for p in here):
                return f"percent is missing: {q.text.strip()}"
    return None


def _lost_minus(
    source: str, answer: str, there: list[Quantity], here: list[Quantity]
) -> str | None:
    """A number below zero in an answer that says nothing of minus, or of a fall."""
    for q in there:
        if _MINUS.search(source, max(0, q.start - 9), q.start):
            cold = DEGREES.match(source, q.end)
            kept = any(p.agrees(q.readings) and unit_of(answer, p) != "°F" for p in here)
            if cold and not kept and _SAYS_FAHRENHEIT.search(answer):
                continue
            if not (_SAYS_COLD if cold else _SAYS_MINUS).search(answer):
                return f"a minus is missing: {q.text.strip()}"
    return None


def _exchanged(source: str, answer: str, there: list[Quantity], here: list[Quantity]) -> str | None:
    """Two numbers of a change ("dari 5 menjadi 10") or of a score that changed places.

    Two percentages keep their order too: in the few such lines of FLORES and NTREX nobody exchanged
    them, in 5,000 lines of a paper that was translated freely people did six times. The order of
    other numbers says less: people change it in 1 of 60 lines that have two.
    """
    for pairs in (_changes, _scores, _percentages):
        ours = pairs(source, there)
        if not ours:
            continue
        found = pairs(answer, here)
        for one, other in ours:
            if any(_same(one, p) and _same(other, q) for p, q in found) or _same(one, other):
                continue
            if any(_same(one, q) and _same(other, p) for p, q in found) and not (
                pairs is _scores and (_LOSES.search(source) or _LOSES.search(answer))
            ):
                # "kalah 0-2 dari Irak" is "lost 2-0 to Iraq".
                return f"two numbers changed places: {one.text.strip()} and {other.text.strip()}"
    return None


def _same(one: Quantity, other: Quantity) -> bool:
    return one.agrees(other.readings)


def _changes(text: str, numbers: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """(before, after) of each change."""
    found = []
    for one, other in pairwise(numbers):
        if other.start - one.end > _FAR or one.end > other.start:
            continue
        between = text[one.end : other.start]
        start = max(0, one.start - 12)
        if _BECOMES.search(between) and _FROM.search(text, start, one.start):
            found.append((one, other))
        elif _FROM_BETWEEN.search(between) and _TO_BEFORE.search(text, start, one.start):
            found.append((other, one))
    return found


def _scores(text: str, numbers: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """The two numbers of each "2-1"."""
    return [
        (one, other)
        for one, other in pairwise(numbers)
        if text[one.end : other.start] in ("-", "–") and len(one.text) < 4 and len(other.text) < 4
    ]


def _percentages(text: str, numbers: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Neighbouring percentages that stand there once, none of them "from 5 percent"."""
    found = [
        q
        for q in numbers
        if PERCENT.match(text, q.end) and not _FROM.search(text, max(0, q.start - 12), q.start)
    ]
    alone = [q for q in found if sum(_same(q, p) for p in numbers) == 1]
    return list(pairwise(alone))

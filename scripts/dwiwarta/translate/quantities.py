"""The numbers, dates and times of day in a text, each with all that it may mean.

Indonesian groups thousands with points and begins decimals with a comma (``1.234,5``), English the
other way round; Indonesian dates have the day first (``9/11/2023``); its times are written
``15.04``. Where a spelling is ambiguous, every reading is kept.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from dwiwarta.translate.numerals import ENGLISH, INDONESIAN, Numerals

# What a mention may mean: ("n", number), ("t", minute of the half-day), ("m", month), ("w", day of
# the week), ("s", a vague amount of this size: "millions").
Reading = tuple[str, Fraction]


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
        return bool(self.readings & others)


@dataclass(frozen=True, slots=True)
class _Language:
    numerals: Numerals
    thousands: str
    scales: str  # pattern of scale words that may follow digits
    decade: str  # what follows the digits of a decade
    months: dict[str, int]
    weekdays: dict[str, int]
    day_first: bool


_ID_MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
)
_EN_MONTHS = "January February March April May June July August September October November December"


def _numbered(names: str, **more: int) -> dict[str, int]:
    return {name: i for i, name in enumerate(names.split(), 1)} | more


_ID = _Language(
    numerals=INDONESIAN,
    thousands=".",
    scales=r"puluh|ratus|ribu|rb|juta|jt|miliar|milyar|triliun|trilyun|lusin",
    decade=r"-?an\b",
    months=_numbered(_ID_MONTHS, Pebruari=2, Nopember=11, Agt=8, Agu=8, Okt=10, Nov=11, Des=12),
    weekdays=_numbered("Senin Selasa Rabu Kamis Jumat Sabtu Minggu", Ahad=7),
    day_first=True,
)
_EN = _Language(
    numerals=ENGLISH,
    thousands=",",
    scales=r"hundred|thousand|million|billion|trillion|dozen|mn|mln|bn|tn|trn",
    decade=r"['’]?s\b",
    months=_numbered(_EN_MONTHS, Jan=1, Feb=2, Apr=4, Aug=8, Sept=9, Sep=9, Oct=10, Nov=11, Dec=12),
    weekdays=_numbered("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    day_first=False,
)

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PAIR = re.compile(r"(?<![\d/.,])(\d{1,3})/(\d{1,3})(?![\d/])")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([-–/])(\d\d)(?!\d)")
_TIME = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]|[.,]\d)")
_POINTED_TIME = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_MILITARY_TIME = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?=\s?(?:GMT|UTC|WIB|WITA|WIT|hours)\b)")
_HOUR = re.compile(r"(?:\b(?:[Pp]ukul|[Jj]am)\s)([01]?\d|2[0-4])(?![\d.:,])")
_HOUR_EN = re.compile(
    r"(?<![\d.,:])(1[0-2]|0?[1-9])(?=\s?(?:[ap]\.?\s?m\b|o['’]clock))", re.IGNORECASE
)
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?[+−-]?\s?\d{1,2}(?::?\d\d)?")
_NUMBER = re.compile(r"\d+(?:(?:[.,]|(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d)))\d+)*")
_JOIN = re.compile(
    r"\s*(?:-|–|—|,|sampai|hingga|s/d|sd|dan|atau|ke|menjadi|to|and|or|through|,\s*and)?"
    r"\s*(?:Rp\.?|IDR|USD|US\$|\$|€|£|¥)?\s*"
)
_DIGIT = re.compile(r"\d")
_SECONDS = re.compile(r"\s?(?:detik|dtk)\b")
_ROMAN = re.compile(r"(?<![\w-])(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3})(?![\w])")
_CURRENCY_BEFORE = re.compile(r"(?:Rp\.?|IDR|USD|US\$|\$|€|£)\s?$")
_SHORT_SCALE = re.compile(r"\s?([KkMmTtBb])\b")
# "Rp 5 M" is miliar, "$5m" is million.
_SHORT_SCALES = {"k": (10**3,), "m": (10**6, 10**9), "b": (10**9,), "t": (10**12,)}
_RAISED = {"¹": "1", "²": "2", "³": "3", "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}
_RAISED_SIGN = re.compile(f"[{''.join(_RAISED)}]")


# Characters beside a number that say how to read it. Looking no further keeps the time of a text
# that is all numbers in proportion to its length.
NEAR = 40

# No number of a news text is longer; past that, digits are a code, and Python refuses to read them.
MOST_DIGITS = 40


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every number, month and day of the week in ``text``; ``language`` is "id" or "en"."""
    lang = _ID if language == "id" else _EN
    found: list[Quantity] = []
    rest = text
    for pattern, read in _PATTERNS[language] if _DIGIT.search(text) else ():
        for match in pattern.finditer(rest):
            found += read(match, lang)
        # Blanked, not cut, so that the places of the later finds stay those in ``text``.
        rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    numbers = [_read_number(match, rest, lang) for match in _NUMBER.finditer(rest)]
    found += _share_scales(numbers, rest)
    found += [
        Quantity(text[s.start : s.end], s.start, s.end, _n(*s.values), exact=False)
        for s in lang.numerals.find(rest)
    ]
    found += _vague(rest, lang, found)
    found += _names(rest, lang.months, "m") + _names(rest, lang.weekdays, "w")
    found += [
        Quantity(m[0], m.start(), m.end(), _n(_roman(m[0])), exact=False)
        for m in _ROMAN.finditer(rest)
    ]
    for m in _RAISED_SIGN.finditer(text):
        value = _RAISED[m[0]]
        parts = _n(Fraction(value), *(int(part) for part in value.split("/")))
        found.append(Quantity(m[0], m.start(), m.end(), parts, exact=False))
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _n(*values: Fraction | int) -> frozenset[Reading]:
    return frozenset(("n", Fraction(value)) for value in values)


def _clock(hour: int, minute: int) -> frozenset[Reading]:
    return frozenset({("t", Fraction((hour * 60 + minute) % 720))})


def _part(match: re.Match[str], group: int, readings: frozenset[Reading]) -> Quantity:
    return Quantity(match[0], match.start(group), match.end(group), readings)


def _as_month(value: int) -> frozenset[Reading]:
    return frozenset({("m", Fraction(value))}) if 1 <= value <= 12 else frozenset()


def _read_offset(_match: re.Match[str], _lang: _Language) -> list[Quantity]:
    return []  # "WIB" may be explained as "UTC+7"


def _read_iso_date(match: re.Match[str], _lang: _Language) -> list[Quantity]:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    return [
        _part(match, 1, _n(year)),
        _part(match, 2, _n(month) | _as_month(month)),
        _part(match, 3, _n(day)),
    ]


def _read_date(match: re.Match[str], lang: _Language) -> list[Quantity]:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    years = _n(year) if year > 99 else _n(year, 1900 + year, 2000 + year)
    return [
        # An English numeric date may be in either order; an Indonesian one has the day first.
        _part(match, 1, _n(first) | (frozenset() if lang.day_first else _as_month(first))),
        _part(match, 3, _n(second) | _as_month(second)),
        _part(match, 4, years),
    ]


def _read_years(match: re.Match[str], _lang: _Language) -> list[Quantity]:
    short = int(match[3])
    century = int(match[1]) // 100 * 100
    return [_part(match, 1, _n(int(match[1]))), _part(match, 3, _n(short, century + short))]


def _read_pair(match: re.Match[str], lang: _Language) -> list[Quantity]:
    """``(9/11)`` is a date, day first; elsewhere ``1/3`` may be a fraction or anything."""
    first, second = int(match[1]), int(match[2])
    bracket = match.string[match.start() - 1 : match.start()] == "("
    date = bracket and lang.day_first
    whole = _n(Fraction(first, second)) if second else frozenset()
    return [
        _part(match, 1, _n(first) | (frozenset() if date else _as_month(first) | whole)),
        _part(match, 2, _n(second) | _as_month(second) | (frozenset() if date else whole)),
    ]


def _read_time(match: re.Match[str], _lang: _Language) -> list[Quantity]:
    hour, minute = int(match[1]), int(match[2])
    readings = _clock(hour, minute) | _n(Fraction(f"{hour}.{match[2]}"), hour * 100 + minute)
    return [Quantity(match[0], match.start(), match.end(), readings)]


def _read_hour(match: re.Match[str], _lang: _Language) -> list[Quantity]:
    return [_part(match, 1, _n(int(match[1])) | _clock(int(match[1]), 0))]


def _read_number(match: re.Match[str], text: str, lang: _Language) -> Quantity:
    digits = match[0].replace("\u00a0", "").replace("\u202f", "")
    start, end = match.span()
    before = text[max(0, start - NEAR) : start]
    timed = lang is _ID and (before.endswith(":") or _SECONDS.match(text, end))
    values = _values(digits, lang, bool(timed))
    scale = 1
    scale_word = re.compile(rf"[\s-]?({lang.scales})(?:an)?s?\b", re.IGNORECASE)
    while word := scale_word.match(text[end : end + NEAR]):
        scale *= _scale_of(word[1].lower(), lang)
        end += word.end()
    values = {value * scale for value in values}
    short = _SHORT_SCALE.match(text, end) if scale == 1 else None
    if short and (_CURRENCY_BEFORE.search(before) or short[0] in ("K", "M", "B")):
        factors = _SHORT_SCALES[short[1].lower()]
        values |= {value * factor for value in values for factor in factors}
    two = int(digits) if re.fullmatch(r"\d\d", digits) else None
    if two is not None and _is_decade(text, start, end, lang):
        values |= {Fraction(1900 + two), Fraction(2000 + two)}
    clock = _POINTED_TIME.fullmatch(digits) or _MILITARY_TIME.match(text, start)
    times = _clock(int(clock[1]), int(clock[2])) if clock else frozenset()
    # A digit stuck to a word is a footnote or a slip of a scanner; "km2" may be "square km".
    exact = not re.search(r"[a-z]{4}$|\b[ck]?m$", before)
    return Quantity(text[start:end], start, end, _n(*values) | times, exact=exact, scale=scale)


def _is_decade(text: str, start: int, end: int, lang: _Language) -> bool:
    before = text[max(0, start - NEAR) : start]
    return bool(
        re.match(lang.decade, text[end : end + NEAR])
        or before.endswith(("'", "’", "‘"))
        or re.search(r"\b(?:tahun|era|angkatan)(?: ke)?[ -]$", before, re.IGNORECASE)
    )


def _scale_of(word: str, lang: _Language) -> int:
    return lang.numerals.scales.get(word) or lang.numerals.multipliers[word]


def _values(digits: str, lang: _Language, timed: bool) -> set[Fraction]:
    """What digits with points and commas may mean in this language.

    ``timed``: part of a lap time, written with a decimal point in Indonesian too (1:21.722).
    """
    digits = digits[:MOST_DIGITS].rstrip(".,")
    groups = re.split(r"[.,]", digits)
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return {Fraction(int(digits))}
    whole = Fraction(int("".join(groups)))
    if len(set(marks)) == 1:
        grouped = len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
        if len(marks) > 1:
            return {whole}
        decimal = Fraction(f"{groups[0]}.{groups[1]}")
        if not grouped or groups[0] == "0":
            return {decimal}
        if marks[0] == lang.thousands:
            return {whole, decimal} if timed else {whole}
        # "1,234" in Indonesian is often a decimal and sometimes English; "1.234" in English is
        # always a decimal.
        return {decimal, whole} if lang is _ID else {decimal}
    return {Fraction("".join(groups[:-1]) + "." + groups[-1])}


def _share_scales(numbers: list[Quantity], text: str) -> list[Quantity]:
    """In "5 sampai 6 juta" the first number may stand for millions as well."""
    shared: list[Quantity] = []
    for q in reversed(numbers):
        if shared and q.scale == 1 and shared[0].scale > 1:
            following = shared[0]
            between = text[q.end : following.start]
            if len(between) <= NEAR and _JOIN.fullmatch(between):
                more = {value * following.scale for kind, value in q.readings if kind == "n"}
                q = replace(q, readings=q.readings | _n(*more), scale=following.scale)
        shared.insert(0, q)
    return shared


def _vague(text: str, lang: _Language, known: list[Quantity]) -> list[Quantity]:
    """Scale words without a number: "puluhan juta", "several billion"."""
    taken = {place for q in known for place in range(q.start, q.end)}
    scales = lang.numerals.scales
    return [
        Quantity(m[0], m.start(), m.end(), frozenset({("s", Fraction(size))}), exact=False)
        for m in re.finditer(r"[^\W\d_]+", text)
        if (size := scales.get(m[0].lower()) or scales.get(m[0].lower().removesuffix("s"), 0))
        and size >= 10**6
        and m.start() not in taken
    ]


def _names(text: str, names: dict[str, int], kind: str) -> list[Quantity]:
    return [
        Quantity(m[0], m.start(), m.end(), frozenset({(kind, Fraction(names[m[0]]))}), exact=False)
        for m in re.finditer(r"(?<![\w-])[A-Z][a-z]+(?!\w)", text)
        if m[0] in names and not _other_sense(text, m)
    ]


def _other_sense(text: str, match: re.Match[str]) -> bool:
    """Whether a name means something else: "Minggu" a week, "May" a verb, "March" a walk."""
    after = text[match.end() : match.end() + NEAR]
    if match[0] == "Minggu":
        return bool(re.match(r"\s(?:lalu|ini|depan|ke)", after))
    if match[0] in ("May", "March"):
        return not re.match(r"[\s,]*\d", after) and not re.search(
            r"\d\s$|\bin $", text[max(0, match.start() - NEAR) : match.start()]
        )
    return False


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(v if v >= n else -v for v, n in zip(values, following, strict=True))


# Read in this order: what one finds is not there for the next.
_COMMON = (
    (_OFFSET, _read_offset),
    (_ISO_DATE, _read_iso_date),
    (_DATE, _read_date),
    (_SPAN_OF_YEARS, _read_years),
    (_PAIR, _read_pair),
    (_TIME, _read_time),
)
_PATTERNS = {
    "id": (*_COMMON, (_HOUR, _read_hour)),
    "en": (*_COMMON, (_HOUR_EN, _read_hour)),
}

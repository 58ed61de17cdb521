"""Every number, month and day of the week in a text, in digits and in words."""

import re
from dataclasses import replace
from fractions import Fraction

from dwiwarta.knowledge.numerals import Tokens
from dwiwarta.translate.gate.quantities.datetimes import take_moments, time_in_digits
from dwiwarta.translate.gate.quantities.idioms import idioms, indonesian_idioms
from dwiwarta.translate.gate.quantities.quantity import (
    ALL,
    LANGUAGES,
    Language,
    Quantity,
    Reading,
    as_number,
    as_percentage,
)

# ".7" is 0.7 in English; not the point of "Rp.5.000" or "…".
_NUMBER = re.compile(
    r"(?:(?<![\w.,!?…%)\]”\"'’])\.)?\d+(?:(?:[.,]|(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d)))\d+)*"
)
_JOIN = re.compile(
    r"\s*(?:-|–|—|,|sampai|hingga|s/d|sd|dan|atau|ke|menjadi|to|and|or|through|,\s*and)?"
    r"\s*(?:Rp\.?|IDR|USD|US\$|\$|€|£|¥)?\s*"
)
_DIGIT = re.compile(r"\d")
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][a-z]+(?!\w)")
_SECONDS = re.compile(r"\s?(?:detik|dtk)\b")
_ROMAN = re.compile(r"(?<![\w-])(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3})(?![\w])")
_CURRENCY_BEFORE = re.compile(r"(?:Rp\.?|IDR|USD|US\$|\$|€|£)\s?$")
_YEARS_BEFORE = re.compile(r"\b(?:tahun|era|angkatan)(?: ke)?[ -]$", re.IGNORECASE)
# A digit stuck to a word is a footnote or a slip of a scanner; "km2" may be "square km".
_STUCK_TO = re.compile(r"[a-z]{4}$|\b[ck]?m$")
_PERCENT = re.compile(r"\s?(?:%|persen\b|per ?cent\b|pct\b)", re.IGNORECASE)
_STOPPAGE = re.compile(r"\+\d")  # "menit ke-90+3" is the third minute of stoppage time
_SHORT_SCALE = re.compile(r"\s?([KkMmTtBb])\b")
# "Rp 5 M" is miliar, in either language; "$5m" is million, and "US$ 5 M" in Indonesian either.
_SHORT_SCALES: dict[str, tuple[int, ...]] = {
    "k": (10**3,),
    "m": (10**6,),
    "b": (10**9,),
    "t": (10**12,),
}
_MILIAR = 10**9
_RUPIAH_BEFORE = re.compile(r"(?:Rp\.?|IDR)\s?$")
_RAISED = {"¹": "1", "²": "2", "³": "3", "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}
_RAISED_SIGN = re.compile(f"[{''.join(_RAISED)}]")


# Characters beside a number that say how to read it. Looking no further keeps the time of a text
# that is all numbers in proportion to its length.
NEAR = 40

# No number of a news text is longer; past that, digits are a code, and Python refuses to read them.
MOST_DIGITS = 40


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every number, month and day of the week in ``text``; ``language`` is "id" or "en"."""
    lang = LANGUAGES[language]
    found: list[Quantity] = []
    rest = text
    if _DIGIT.search(text):
        found, rest = take_moments(text, lang)
        numbers = [_read_number(match, rest, lang) for match in _NUMBER.finditer(rest)]
        found += _share_scales(numbers, rest)
    tokens = Tokens.of(rest)
    found += [
        Quantity(text[s.start : s.end], s.start, s.end, as_number(*s.values), exact=False)
        for s in lang.numerals.find(tokens)
    ]
    found += indonesian_idioms(text) if lang.day_first else idioms(text)
    found += _vague(tokens, lang, found)
    found += _names(rest, lang)
    found += [
        Quantity(m[0], m.start(), m.end(), as_number(_roman(m[0])), exact=False)
        for m in _ROMAN.finditer(rest)
    ]
    for m in _RAISED_SIGN.finditer(text):
        value = _RAISED[m[0]]
        parts = as_number(Fraction(value), *(int(part) for part in value.split("/")))
        found.append(Quantity(m[0], m.start(), m.end(), parts, exact=False))
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _read_number(match: re.Match[str], text: str, lang: Language) -> Quantity:
    digits = match[0].replace("\u00a0", "").replace("\u202f", "")
    start, end = match.span()
    before = text[max(0, start - NEAR) : start]
    timed = lang.day_first and (before.endswith(":") or _SECONDS.match(text, end))
    values = _values(digits, lang, bool(timed))
    scale = 1
    while word := lang.scale.match(text[end : end + NEAR]):
        scale *= _scale_of(word[1].lower(), lang)
        end += word.end()
    percent = _PERCENT.match(text, end)
    if len(values) > 1 and "," in digits and (percent or scale > 1):
        values = {min(values)}  # "12,345 persen": nobody counts thousands of them
    values = {value * scale for value in values}
    short = _SHORT_SCALE.match(text, end) if scale == 1 else None
    if short and (_CURRENCY_BEFORE.search(before) or short[0] in ("K", "M", "B")):
        factors = _SHORT_SCALES[short[1].lower()]
        if short[1] == "M" and _RUPIAH_BEFORE.search(before):
            factors = (_MILIAR,)
        elif short[1] == "M" and lang.day_first:
            factors = (*factors, _MILIAR)
        values |= {value * factor for value in values for factor in factors}
    two = int(digits) if re.fullmatch(r"\d\d", digits) else None
    if two is not None and _is_decade(before, text[end : end + NEAR], lang):
        values |= {Fraction(1900 + two), Fraction(2000 + two)}
    elif (
        lang.day_first
        and len(digits) == 4
        and digits.isdecimal()
        and lang.decade.match(text[end : end + NEAR])
    ):
        values.add(Fraction(int(digits) % 100))  # "the nineties"
    # "half of the residents"
    numbers = as_percentage(*values) if percent and values != {100} else as_number(*values)
    readings = numbers | time_in_digits(text, start, digits, lang)
    if percent and values == {100}:
        readings |= ALL
    exact = not (_STUCK_TO.search(before) or _STOPPAGE.match(text, end))
    return Quantity(text[start:end], start, end, readings, exact=exact, scale=scale)


def _is_decade(before: str, after: str, lang: Language) -> bool:
    return bool(
        lang.decade.match(after) or before.endswith(("'", "’", "‘")) or _YEARS_BEFORE.search(before)
    )


def _scale_of(word: str, lang: Language) -> int:
    return lang.numerals.scales.get(word) or lang.numerals.multipliers[word]


def _values(digits: str, lang: Language, timed: bool) -> set[Fraction]:
    """What digits with points and commas may mean in this language.

    ``timed``: part of a lap time, written with a decimal point in Indonesian too (1:21.722).
    """
    digits = digits[:MOST_DIGITS].rstrip(".,")
    if digits.startswith("."):
        digits = f"0{digits}"
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
        return {decimal, whole} if lang.day_first else {decimal}
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
                q = replace(q, readings=q.readings | as_number(*more), scale=following.scale)
        shared.insert(0, q)
    return shared


def _vague(tokens: Tokens, lang: Language, known: list[Quantity]) -> list[Quantity]:
    """Amounts without a number: "puluhan juta", "several billion", "hundreds"."""
    vague = lang.vague
    places = [i for i, word in enumerate(tokens.words) if word in vague]
    if not places:
        return []
    taken = {place for q in known for place in range(q.start, q.end)}
    found: list[Quantity] = []
    after = 0
    for i in places:
        start, end = tokens.spans[i]
        if i < after or start in taken:
            continue
        size, after = vague[tokens.words[i]], i + 1
        # "puluhan ribu", "tens of thousands", "a hundred million"
        while after < len(tokens.words):
            following = tokens.words[after]
            then = tokens.words[after + 1] if after + 1 < len(tokens.words) else ""
            if following == "of" and vague.get(then, 0) >= 100:
                after += 1
            elif following in vague and tokens.between(after - 1) in (" ", "-", "\u00a0"):
                size *= vague[following]
                end = tokens.spans[after][1]
                after += 1
            else:
                break
        readings = frozenset({("s", Fraction(size))})
        found.append(Quantity(tokens.text[start:end], start, end, readings, exact=False))
    return found


def _names(text: str, lang: Language) -> list[Quantity]:
    return [
        Quantity(m[0], m.start(), m.end(), _name(text, m, lang), exact=False)
        for m in _CAPITALISED.finditer(text)
        if m[0] in lang.names and not _other_sense(text, m, lang)
    ]


def _name(text: str, match: re.Match[str], lang: Language) -> frozenset[Reading]:
    kind, value = lang.names[match[0]]
    if kind == "w" and text.endswith(("malam ", "Malam "), 0, match.start()):
        # The night before Friday is "malam Jumat".
        return frozenset({(kind, value), (kind, (value - 2) % 7 + 1)})
    return frozenset({(kind, value)})


def _other_sense(text: str, match: re.Match[str], lang: Language) -> bool:
    """Whether a name means something else: "Minggu" a week, "May" a verb, "Jan" a person."""
    after = text[match.end() : match.end() + NEAR]
    if match[0] == "Minggu":
        return bool(re.match(r"\s(?:lalu|ini|depan|ke)", after))
    if match[0] in ("May", "March") or match[0] in lang.short_names:
        return not re.match(r"[\s,.]*\d", after) and not re.search(
            r"\d\s$|\bin $", text[max(0, match.start() - NEAR) : match.start()]
        )
    return False


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(v if v >= n else -v for v, n in zip(values, following, strict=True))

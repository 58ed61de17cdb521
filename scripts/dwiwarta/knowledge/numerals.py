"""Number words of Indonesian and English, read as values.

Only as much grammar as news needs: cardinals up to trillions, ordinals, halves, thirds and
quarters. Vague words (``ratusan``, "dozens") stand for no value and are passed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Self

LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number written in words: where it stands (end exclusive) and what it may mean."""

    start: int
    end: int
    values: frozenset[Fraction]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, in small letters, and where each stands."""

    text: str
    spans: list[tuple[int, int]]
    words: list[str]

    @classmethod
    def of(cls, text: str) -> Self:
        """Those of ``text``."""
        matches = list(LETTERS.finditer(text))
        return cls(text, [m.span() for m in matches], [m[0].lower() for m in matches])

    def between(self, i: int) -> str:
        """What stands between word ``i`` and the next."""
        return self.text[self.spans[i][1] : self.spans[i + 1][0]]


@dataclass(frozen=True)
class Numerals:
    """The number words of one language.

    ``units``: words that are added ("seven", "twenty"). ``multipliers``: words below a thousand
    that multiply what came before ("puluh", "hundred"). ``scales``: words that close a group
    ("ribu", "million"). ``fixed``: words with a value of their own, not part of a longer number
    ("kedua", "twice"); several values where the word has several senses. ``half``: the phrase
    that adds a half. ``spans``: what is counted instead of years ("decade"). ``articles``: units
    that can only begin a number. ``linking``: words allowed inside a number ("and"). ``teen``: the
    word that adds ten. ``ordinal``: prefix of ordinals. ``point``: the word of the decimal sign
    ("koma").
    """

    units: Mapping[str, int]
    multipliers: Mapping[str, int]
    scales: Mapping[str, int]
    fixed: Mapping[str, frozenset[Fraction]]
    half: tuple[str, ...]
    spans: Mapping[str, int]
    articles: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    teen: str = ""
    ordinal: str = ""
    point: str = ""

    def find(self, tokens: "Tokens") -> list[Spelled]:
        """Every number in words, in order."""
        starts = self._starts
        candidates = [i for i, word in enumerate(tokens.words) if word in starts]
        if not candidates:
            return []
        bare = self._bare_ordinals
        tokens = Tokens(tokens.text, tokens.spans, [bare.get(w, w) for w in tokens.words])
        found: list[Spelled] = []
        end = 0
        for i in candidates:
            if i < end:
                continue  # part of the number before
            taken, values = self._number_at(tokens, i)
            end = i + taken
            if values:
                found.append(Spelled(tokens.spans[i][0], tokens.spans[end - 1][1], values))
        return found

    @cached_property
    def _starts(self) -> frozenset[str]:
        """The words with which a number may begin."""
        return frozenset({*self.units, *self.fixed, *self._bare_ordinals})

    @cached_property
    def _bare_ordinals(self) -> Mapping[str, str]:
        """Ordinals made with the prefix, and the unit in each."""
        return {f"{self.ordinal}{unit}": unit for unit in self.units} if self.ordinal else {}

    def _number_at(self, tokens: "Tokens", first: int) -> tuple[int, frozenset[Fraction]]:
        """How many tokens from ``first`` are one number, and its values."""
        word = tokens.words[first]
        if word not in self.units:
            return 1, self._fixed_at(tokens, first)
        total = group = Fraction(0)
        last_unit = 0  # the unit word just read, if a multiplier may still follow it
        end = i = first
        while i < len(tokens.words):
            word = tokens.words[i]
            if i > first and tokens.between(i - 1).strip(" -\u00a0"):
                break  # a comma or a full stop between: two numbers
            if word in self.units and (i == first or word not in self.articles):
                value = self.units[word]
                # "dua tiga" are two numbers, "twenty three" is one.
                if last_unit and not (last_unit >= 20 and value < 10):
                    break
                group += value
                last_unit = value
            elif self.teen and word == self.teen and last_unit:
                group += 10
                last_unit = 0
            elif word in self.multipliers and group:
                # "tiga ratus dua puluh": only the unit just read is multiplied.
                group += (last_unit or group) * (self.multipliers[word] - 1)
                last_unit = 0
            elif word in self.scales and group:
                total += group * self.scales[word]
                group = Fraction(0)
                last_unit = 0
            elif word == self.point and self._unit_follows(tokens, i):
                tenths = self._digits(tokens, i + 1)
                group += sum(Fraction(d, 10**place) for place, d in enumerate(tenths, 1))
                i += len(tenths)
                last_unit = 0
            elif self._words(tokens, i, len(self.half)) == self.half:
                group += Fraction(1, 2)
                i += len(self.half) - 1
            elif word in self.linking and not last_unit and self._links(tokens, i):
                i += 1
                continue
            else:
                break
            end = i
            i += 1
        value_of_all = total + group
        return end - first + 1, self._with_next(tokens, end, value_of_all, last_unit)

    def _links(self, tokens: "Tokens", i: int) -> bool:
        """Whether "and" goes on: in "one hundred and five", not in "a million and two million"."""
        if tokens.words[i - 1] not in self.scales:
            return self._unit_follows(tokens, i)
        ahead = self._words(tokens, i + 1, 4)
        return self._unit_follows(tokens, i) and not any(word in self.scales for word in ahead)

    def _fixed_at(self, tokens: "Tokens", i: int) -> frozenset[Fraction]:
        """The values of one word; "half a million" stands for 500,000."""
        values = self.fixed.get(tokens.words[i], frozenset())
        ahead = [w for w in self._words(tokens, i + 1, 2) if w not in self.articles]
        if ahead and ahead[0] in self.scales and any(value < 1 for value in values):
            return frozenset(value * self.scales[ahead[0]] for value in values)
        return values

    def _words(self, tokens: "Tokens", i: int, count: int) -> tuple[str, ...]:
        return tuple(tokens.words[i : i + count])

    def _unit_follows(self, tokens: "Tokens", i: int) -> bool:
        return any(
            word in self.units and word not in self.articles
            for word in self._words(tokens, i + 1, 1)
        )

    def _digits(self, tokens: "Tokens", i: int) -> list[int]:
        """Single digits in a row: "lima koma dua lima"."""
        digits: list[int] = []
        while i < len(tokens.words) and self.units.get(tokens.words[i], 10) < 10:
            digits.append(self.units[tokens.words[i]])
            i += 1
        return digits or [0]

    def _with_next(
        self, tokens: "Tokens", end: int, value: Fraction, last_unit: int
    ) -> frozenset[Fraction]:
        """Also read "twenty-first" as 21, "two-thirds" as 2/3 and "two decades" as 20."""
        values = {value}
        if end + 1 < len(tokens.words) and tokens.between(end) in ("-", " "):
            values.add(value * self.spans.get(tokens.words[end + 1], 1))
            for other in self.fixed.get(tokens.words[end + 1], ()):
                if other < 1:
                    values.add(value * other)
                elif last_unit >= 20 and other < 10:
                    values.add(value + other)
        return frozenset(values)


def _table(text: str) -> Mapping[str, int]:
    """Values and words of a table written as "3 tiga, 4 empat"."""
    rows = (row.split() for row in text.split(","))
    return MappingProxyType({word: int(value) for value, *words in rows for word in words})


def _senses(text: str) -> Mapping[str, frozenset[Fraction]]:
    """The same for words with several values: "3 1/3 third"."""
    table: dict[str, frozenset[Fraction]] = {}
    for row in text.split(","):
        parts = row.split()
        values = frozenset(Fraction(part) for part in parts if part[0].isdigit())
        table |= {part: values for part in parts if not part[0].isdigit()}
    return MappingProxyType(table)


INDONESIAN = Numerals(
    units=_table(
        "0 nol, 1 satu, 2 dua, 3 tiga, 4 empat, 5 lima, 6 enam, 7 tujuh, 8 delapan, 9 sembilan,"
        "10 sepuluh, 11 sebelas, 12 selusin, 100 seratus, 1000 seribu, 1000000 sejuta,"
        "1000000000 semiliar, 1000000000000 setriliun"
    ),
    multipliers=_table("10 puluh puluhan, 100 ratus ratusan"),
    scales=_table(
        "12 lusin, 1000 ribu ribuan rb, 1000000 juta jutaan jt,"
        "1000000000 miliar miliaran milyar, 1000000000000 triliun triliunan trilyun"
    ),
    fixed=_senses(
        "1 pertama sekali tunggal sebuah seorang, 2 keduanya sepasang berdua ganda,"
        "3 ketiganya bertiga, 4 keempatnya, 1/2 setengah separuh separo, 1/3 sepertiga pertiga,"
        "1/4 seperempat perempat, 1/5 seperlima perlima, 1/6 seperenam perenam,"
        "1/8 seperdelapan perdelapan, 1/10 sepersepuluh persepuluh"
    ),
    half=("setengah",),
    spans=_table("10 dekade dasawarsa, 100 abad"),
    teen="belas",
    ordinal="ke",
    point="koma",
)

ENGLISH = Numerals(
    units=_table(
        "0 zero, 1 one a an, 2 two, 3 three, 4 four, 5 five, 6 six, 7 seven, 8 eight, 9 nine,"
        "10 ten, 11 eleven, 12 twelve, 13 thirteen, 14 fourteen, 15 fifteen, 16 sixteen,"
        "17 seventeen, 18 eighteen, 19 nineteen, 20 twenty, 30 thirty, 40 forty, 50 fifty,"
        "60 sixty, 70 seventy, 80 eighty, 90 ninety"
    ),
    multipliers=_table("12 dozen, 100 hundred hundredth"),
    scales=_table(
        "1000 thousand thousandth, 1000000 million millionth mn mln, 1000000000 billion bn,"
        "1000000000000 trillion tn trn, 1000000000000000 quadrillion"
    ),
    fixed=_senses(
        "0 no none nil nothing scoreless goalless, 1 first firstly once single sole,"
        "2 second secondly both twice double doubled twofold pair couple twin duo,"
        "3 thrice triple tripled triplets threefold trio, 3 1/3 third thirds, 4 quadruple quartet"
        " fourfold, 5 fivefold, 6 sixfold, 7 sevenfold, 8 eightfold, 9 ninefold, 10 tenfold,"
        "20 twenties twentyfold, 30 thirties, 40 forties, 50 fifties, 60 sixties, 70 seventies,"
        "80 eighties, 90 nineties, 1 100 centenary centennial hundredfold,"
        "4 1/4 fourth quarter quarters, 5 1/5 fifth fifths, 6 1/6 sixth sixths,"
        "7 seventh, 8 1/8 eighth eighths, 9 ninth,"
        "10 1/10 tenth tenths, 11 eleventh, 12 twelfth noon, 13 thirteenth,"
        "14 fourteenth, 15 fifteenth, 16 sixteenth, 17 seventeenth, 18 eighteenth, 19 nineteenth,"
        "20 twentieth, 30 thirtieth, 40 fortieth, 50 fiftieth, 60 sixtieth, 70 seventieth,"
        "80 eightieth, 90 ninetieth,"
        "100 hundredth, 1000 thousandth, 1/2 half halves halved, 0 12 24 midnight"
    ),
    half=("and", "a", "half"),
    spans=_table("10 decade decades, 100 century centuries"),
    articles=frozenset({"a", "an"}),
    linking=frozenset({"and"}),
    point="point",
)

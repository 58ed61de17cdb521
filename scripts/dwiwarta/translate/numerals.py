"""Number words of Indonesian and English, read as values.

Only as much grammar as news needs: cardinals up to trillions, ordinals, halves, thirds and
quarters. Vague words (``ratusan``, "dozens") stand for no value and are passed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number written in words: where it stands (end exclusive) and what it may mean."""

    start: int
    end: int
    values: frozenset[Fraction]


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language.

    ``units``: words that are added ("seven", "twenty"). ``multipliers``: words below a thousand
    that multiply what came before ("puluh", "hundred"). ``scales``: words that close a group
    ("ribu", "million"). ``fixed``: words with a value of their own, not part of a longer number
    ("kedua", "twice"); several values where the word has several senses. ``half``: the phrase
    that adds a half. ``articles``: units that can only begin a number. ``linking``: words allowed
    inside a number ("and"). ``teen``: the word that adds ten. ``ordinal``: prefix of ordinals.
    ``point``: the word of the decimal sign ("koma").
    """

    units: Mapping[str, int]
    multipliers: Mapping[str, int]
    scales: Mapping[str, int]
    fixed: Mapping[str, frozenset[Fraction]]
    half: tuple[str, ...]
    articles: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    teen: str = ""
    ordinal: str = ""
    point: str = ""

    def find(self, text: str) -> list[Spelled]:
        """Every number in words, in order."""
        tokens = [
            _Token(m.start(), m.end(), self._base(m[0].lower()))
            for m in re.finditer(r"[^\W\d_]+", text)
        ]
        found: list[Spelled] = []
        i = 0
        while i < len(tokens):
            taken, values = self._number_at(text, tokens, i)
            if values:
                found.append(Spelled(tokens[i].start, tokens[i + taken - 1].end, values))
            i += taken
        return found

    def _base(self, word: str) -> str:
        bare = word.removeprefix(self.ordinal) if self.ordinal else word
        return bare if bare in self.units else word

    def _number_at(
        self, text: str, tokens: list["_Token"], first: int
    ) -> tuple[int, frozenset[Fraction]]:
        """How many tokens from ``first`` are one number, and its values."""
        word = tokens[first].word
        if word not in self.units:
            return 1, self._fixed_at(tokens, first)
        total = group = Fraction(0)
        last_unit = 0  # the unit word just read, if a multiplier may still follow it
        end = i = first
        while i < len(tokens):
            word = tokens[i].word
            if i > first and text[tokens[i - 1].end : tokens[i].start].strip(" -\u00a0"):
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
                digit = self.units[tokens[i + 1].word]
                group += Fraction(digit, 10)
                i += 1
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
        return end - first + 1, self._with_next(text, tokens, end, value_of_all, last_unit)

    def _links(self, tokens: list["_Token"], i: int) -> bool:
        """Whether "and" goes on: in "one hundred and five", not in "a million and two million"."""
        if tokens[i - 1].word not in self.scales:
            return self._unit_follows(tokens, i)
        ahead = self._words(tokens, i + 1, 4)
        return self._unit_follows(tokens, i) and not any(word in self.scales for word in ahead)

    def _fixed_at(self, tokens: list["_Token"], i: int) -> frozenset[Fraction]:
        """The values of one word; "half a million" also stands for 500,000."""
        values = self.fixed.get(tokens[i].word, frozenset())
        ahead = [w for w in self._words(tokens, i + 1, 2) if w not in self.articles]
        if ahead and ahead[0] in self.scales:
            values |= {v * self.scales[ahead[0]] for v in values if v < 1}
        return values

    def _words(self, tokens: list["_Token"], i: int, count: int) -> tuple[str, ...]:
        return tuple(token.word for token in tokens[i : i + count])

    def _unit_follows(self, tokens: list["_Token"], i: int) -> bool:
        return any(
            word in self.units and word not in self.articles
            for word in self._words(tokens, i + 1, 1)
        )

    def _with_next(
        self, text: str, tokens: list["_Token"], end: int, value: Fraction, last_unit: int
    ) -> frozenset[Fraction]:
        """Also read "twenty-first" as 21 and "two-thirds" or "dua pertiga" as 2/3."""
        values = {value}
        if end + 1 < len(tokens) and text[tokens[end].end : tokens[end + 1].start] in ("-", " "):
            for other in self.fixed.get(tokens[end + 1].word, ()):
                if other < 1:
                    values.add(value * other)
                elif last_unit >= 20 and other < 10:
                    values.add(value + other)
        return frozenset(values)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def _values(**words: str) -> dict[str, frozenset[Fraction]]:
    return {word: frozenset(Fraction(v) for v in text.split()) for word, text in words.items()}


_ID_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000,
    "sejuta": 1_000_000, "semiliar": 10**9, "setriliun": 10**12, "selusin": 12,
}  # fmt: skip

INDONESIAN = Numerals(
    units=MappingProxyType(_ID_UNITS),
    multipliers=MappingProxyType({"puluh": 10, "puluhan": 10, "ratus": 100, "ratusan": 100}),
    scales=MappingProxyType(
        {
            "ribu": 10**3,
            "rb": 10**3,
            "juta": 10**6,
            "jt": 10**6,
            "miliar": 10**9,
            "milyar": 10**9,
            "triliun": 10**12,
            "trilyun": 10**12,
            "lusin": 12,
            "ribuan": 10**3,
            "jutaan": 10**6,
            "miliaran": 10**9,
            "triliunan": 10**12,
        }
    ),
    fixed=MappingProxyType(
        _values(
            pertama="1",
            sekali="1",
            tunggal="1",
            sebuah="1",
            seorang="1",
            keduanya="2",
            sepasang="2",
            berdua="2",
            ganda="2",
            ketiganya="3",
            bertiga="3",
            keempatnya="4",
            setengah="1/2",
            separuh="1/2",
            separo="1/2",
            sepertiga="1/3",
            pertiga="1/3",
            seperempat="1/4",
            perempat="1/4",
        )
    ),
    half=("setengah",),
    teen="belas",
    point="koma",
    ordinal="ke",
)

_EN_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1,
}  # fmt: skip

ENGLISH = Numerals(
    units=MappingProxyType(_EN_UNITS),
    multipliers=MappingProxyType({"hundred": 100, "hundredth": 100, "dozen": 12}),
    scales=MappingProxyType(
        {
            "thousand": 10**3,
            "million": 10**6,
            "billion": 10**9,
            "trillion": 10**12,
            "mn": 10**6,
            "mln": 10**6,
            "bn": 10**9,
            "tn": 10**12,
            "trn": 10**12,
            "thousandth": 10**3,
            "millionth": 10**6,
        }
    ),
    fixed=MappingProxyType(
        _values(
            first="1",
            once="1",
            single="1",
            sole="1",
            firstly="1",
            nil="0",
            scoreless="0",
            goalless="0",
            second="2",
            secondly="2",
            both="2",
            twice="2",
            double="2",
            doubled="2",
            twofold="2",
            pair="2",
            couple="2",
            twin="2",
            duo="2",
            biennial="2",
            third="3 1/3",
            thirds="3 1/3",
            thrice="3",
            triple="3",
            tripled="3",
            threefold="3",
            trio="3",
            fourth="4 1/4",
            quarter="4 1/4",
            quarters="4 1/4",
            quadruple="4",
            quartet="4",
            fifth="5 1/5",
            sixth="6",
            seventh="7",
            eighth="8",
            ninth="9",
            tenth="10 1/10",
            eleventh="11",
            twelfth="12",
            thirteenth="13",
            fourteenth="14",
            fifteenth="15",
            sixteenth="16",
            seventeenth="17",
            eighteenth="18",
            nineteenth="19",
            twentieth="20",
            thirtieth="30",
            fortieth="40",
            fiftieth="50",
            sixtieth="60",
            seventieth="70",
            eightieth="80",
            ninetieth="90",
            hundredth="100",
            thousandth="1000",
            half="1/2",
            halves="1/2",
            halved="1/2",
            midnight="0 12 24",
            noon="12",
            weekly="1",
        )
    ),
    half=("and", "a", "half"),
    articles=frozenset({"a", "an"}),
    linking=frozenset({"and"}),
    point="point",
)

"""Is "Guinea-Bissau" still Guinea-Bissau in the answer, and not Guinea?

Engines know the large countries and turn a small one into its neighbour by name. Held against each
other are the countries that both texts name in full (names of CLDR, the longest first, so that
"Korea Utara" is no "Korea") or, in English, by their people ("the Iranian government"), and
only a country lost *and* another one new is a fault: what the original calls by its capital may
get its name in the answer.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from dwiwarta.knowledge.codes import cldr_names
from dwiwarta.text import without_accents
from dwiwarta.yamlfile import Strict

# An English word for a country's people or things begins like its name: Mali, Malian.
_STEM = 4

# Of continents, an ocean and languages that are spoken elsewhere as well.
_NO_COUNTRY = re.compile(
    r"\b(?:(?:South|Latin|North|Central) American?s?|Indian Ocean|(?:Spanish|French|German|Russian"
    r"|Chinese|Portuguese|Dutch)(?:-| )(?:language|speaking|speakers?)|New Mexico)\b"
)

# Currencies and languages: "2 miliar dolar AS" is "$2 billion", which names no country.
_OF_A_LAND = re.compile(r"\b(?:[Dd]olar|[Bb]ahasa|[Bb]erbahasa) [A-Z]\w+(?: Serikat| Kong)?")

_CAPITALISED = re.compile(r"[A-Z][A-Za-z.]+")


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of countries in one language, and the code of each."""

    pattern: re.Pattern[str]
    codes: dict[str, str]

    def found_in(self, text: str) -> dict[str, str]:
        """The countries that ``text`` names, each with the name that it has there first."""
        found: dict[str, str] = {}
        for match in self.pattern.finditer(text):
            found.setdefault(self.codes[match[0]], match[0])
        return found


class CountryRules(Strict):
    """How countries are called besides their CLDR names, by ISO 3166-1 alpha-2 code.

    ``indonesian``, ``english``: further names. ``people``: English words for a country's people or
    things that do not begin like its name. ``unclear``: codes of countries whose English name means
    other things as well; their name in an answer is never held to be new. ``wide``: Indonesian
    names that mean more than the country as well, and so are never held to be lost. ``demonyms``:
    English words for the people and things of a country, as they are written; those that two
    countries share are not among them.
    """

    indonesian: dict[str, tuple[str, ...]]
    english: dict[str, tuple[str, ...]]
    people: dict[str, tuple[str, ...]]
    demonyms: dict[str, tuple[str, ...]]
    unclear: frozenset[str] = Field(min_length=1)
    wide: frozenset[str] = Field(min_length=1)

    @cached_property
    def in_indonesian(self) -> _Names:
        """Every Indonesian name."""
        return _names("id", self.indonesian)

    @cached_property
    def in_english(self) -> _Names:
        """Every English name, of countries and of their people."""
        more = {code: self.english.get(code, ()) for code in {*self.english, *self.demonyms}}
        for code, names in self.demonyms.items():
            more[code] += tuple(form for name in names for form in (name, f"{name}s"))
        return _names("en", more)


def other_country(source: str, answer: str, rules: CountryRules) -> str | None:
    """Why ``answer`` names another country than ``source``, or ``None``."""
    indonesian = _plain(source)
    there = rules.in_indonesian.found_in(indonesian)
    if not there:
        return None
    english = _NO_COUNTRY.sub(" ", _plain(answer))
    here = rules.in_english.found_in(english)
    new = [name for code, name in here.items() if code not in {*there, *rules.unclear}]
    if not new:
        return None
    lost = [
        name
        for code, name in rules.in_indonesian.found_in(_OF_A_LAND.sub(" ", indonesian)).items()
        if code not in here and name not in rules.wide and not _hinted(code, english, rules)
    ]
    return f"a country differs: {lost[0]} became {new[0]}" if lost else None


def _hinted(code: str, answer: str, rules: CountryRules) -> bool:
    """Whether the people or things of a country are named in the answer."""
    stem = _plain(cldr_names("en")[code])[:_STEM]
    words = _CAPITALISED.findall(rules.in_english.pattern.sub(" ", answer))
    return any(word.startswith((stem, *rules.people.get(code, ()))) for word in words)


def _names(language: str, more: dict[str, tuple[str, ...]]) -> _Names:
    codes = {
        _plain(name): code
        for code, name in cldr_names(language).items()
        # Not "Myanmar (Burma)" and "Kongo - Kinshasa", which no text says so.
        if not re.search(r"[(&]| - ", name)
    }
    codes |= {_plain(name): code for code, names in more.items() for name in names}
    longest_first = sorted(codes, key=lambda name: (-len(name), name))
    options = "|".join(re.escape(name) for name in longest_first)
    return _Names(re.compile(rf"(?<![\w-])(?:{options})(?![\w-])"), codes)


def _plain(text: str) -> str:
    """Without accents: outlets write Sao Tome and São Tomé."""
    return without_accents(text).replace("’", "'")

"""The countries and what they are called: by CLDR, by Indonesian newspapers, by editors.

Codes are ISO 3166-1 alpha-2, from the territory names of CLDR (babel), and XK for Kosovo. What
newspapers write beside CLDR's names stands in ``knowledge/countries.yml``; editors may write any
of these names, or the three letters of ISO 3166-1 alpha-3.
"""

from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global

from dwiwarta.settings import KNOWLEDGE_DIR
from dwiwarta.text import squash, without_accents
from dwiwarta.yamlfile import Strict, load_yaml

# ``venue`` is no kind of word but of mention: where an event is only held (tag/roles.py).
Kind = Literal["name", "metonym", "place", "club", "person", "history", "venue"]

HOME = "ID"  # the country that every article is from

# Two-letter codes that CLDR names and ISO 3166-1 does not assign: pseudo-locales, groupings,
# exceptional reservations (https://www.iso.org/obp/ui/#search). XK, Kosovo, stays.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)


class CountryWords(Strict):
    """One entry of ``countries.yml``; the file itself says what each list means."""

    id: str | None = None
    en: str | None = None
    names: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    clubs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    no_cldr: tuple[str, ...] = ()

    def by_kind(self) -> dict[Kind, tuple[str, ...]]:
        """The words by what they say about the country."""
        return {
            "name": self.names,
            "metonym": self.metonyms,
            "place": self.places,
            "club": self.clubs,
            "person": self.people,
            "history": self.history,
        }


class Countries(Strict):
    """All of ``countries.yml``."""

    countries: dict[str, CountryWords]


def is_country(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code (or XK), territories included."""
    return code in _cldr("en")


def country_name(code: str, lang: str) -> str:
    """The name that readers know: ours where there is one, else CLDR's. ``lang``: "en" or "id".

    Raises ``KeyError`` for an unknown code.
    """
    own = countries().countries.get(code)
    name = (own.en if lang == "en" else own.id) if own else None
    return name or cldr_name(code, lang)


def cldr_name(code: str, lang: str) -> str:
    """CLDR's name with "&" spelled out. Raises ``KeyError`` for an unknown code."""
    return _cldr(lang)[code].replace(" & ", " and " if lang == "en" else " dan ")


def countries_called(text: str) -> tuple[str, ...]:
    """The codes of the countries that an editor may mean by ``text``: mostly one or none.

    Two where the text is one country's code and what Indonesians call another: ``AS`` is American
    Samoa's and stands for *Amerika Serikat*. The one whose code it is comes first.
    """
    return _called().get(_plain(text), ())


@cache
def countries() -> Countries:
    """``countries.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "countries.yml", Countries)


@cache
def _called() -> dict[str, tuple[str, ...]]:
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for code in sorted(_cldr("en")):
        codes[_plain(code)] = code
        for lang in ("en", "id"):
            names.setdefault(_plain(_cldr(lang)[code]), code)
            names.setdefault(_plain(cldr_name(code, lang)), code)
    for code, entry in countries().countries.items():
        for name in (*entry.names, entry.id, entry.en):
            if name:
                names[_plain(name)] = code
    for alias, meant in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(meant) == 1 and is_country(meant[0]):
            names.setdefault(_plain(alias), meant[0])
    return {
        text: tuple(dict.fromkeys(c for c in (codes.get(text), names.get(text)) if c))
        for text in codes.keys() | names.keys()
    }


def _plain(text: str) -> str:
    return squash(without_accents(text))


@cache
def _cldr(lang: str) -> dict[str, str]:
    return {
        code: name
        for code, name in Locale(lang).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }

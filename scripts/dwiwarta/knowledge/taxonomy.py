"""Countries, supranational bodies and topics: which there are and what they are called.

Countries: codes are ISO 3166-1 alpha-2, from the territory names of CLDR (babel), and XK for
Kosovo. What newspapers write beside CLDR's names stands in ``countries.yml``; editors may write any
of these names, or the three letters of ISO 3166-1 alpha-3.

Topics: the 17 top-level concepts of the IPTC Media Topics, whose ids are fixed by IPTC
(https://cv.iptc.org/newscodes/mediatopic/).
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global
from pydantic import Field
from slugify import slugify

from dwiwarta.knowledge import KNOWLEDGE_DIR
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


# The official English names, in the order of their ids: 01000000 is arts.
_TOPIC_NAMES = (
    "arts, culture, entertainment and media",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics and government",
    "religion",
    "science and technology",
    "society",
    "sport",
    "conflict, war and peace",
    "weather",
)
_TOPIC_ID = re.compile(r"(?:medtop:)?(0[1-9]|1[0-7])000000")
_ASCII_WORD = re.compile(r"[a-z]+")


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


class BodyWords(Strict):
    """One entry of ``bodies.yml``."""

    en: str
    id: str
    names: tuple[str, ...] = Field(min_length=1)


class Bodies(Strict):
    """All of ``bodies.yml``."""

    bodies: dict[str, BodyWords]


class Topic(Strict):
    """One entry of ``topics.yml``."""

    en: str
    id: str
    sections: tuple[str, ...] = ()


class TopicRules(Strict):
    """The head of ``topics.yml``: what makes a score a tag."""

    section: float = Field(description="log-odds that the publisher's own section adds")
    first_from: float = Field(gt=0, lt=1, description="the least score of the main topic")
    second_from: float = Field(gt=0, lt=1, description="the least score of the others")
    evidence_from: float = Field(ge=0, description="the log-odds that a topic's words must add")


class Topics(Strict):
    """All of ``topics.yml``."""

    rules: TopicRules
    topics: dict[str, Topic]


def is_country(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code (or XK), territories included."""
    return code in cldr_names("en")


def country_name(code: str, lang: str) -> str:
    """The name that readers know: ours where there is one, else CLDR's. ``lang``: "en" or "id".

    Raises ``KeyError`` for an unknown code.
    """
    own = countries().countries.get(code)
    name = (own.en if lang == "en" else own.id) if own else None
    return name or cldr_name(code, lang)


def cldr_name(code: str, lang: str) -> str:
    """CLDR's name with "&" spelled out. Raises ``KeyError`` for an unknown code."""
    return cldr_names(lang)[code].replace(" & ", " and " if lang == "en" else " dan ")


def countries_called(text: str) -> tuple[str, ...]:
    """The codes of the countries that an editor may mean by ``text``: mostly one or none.

    Two where the text is one country's code and what Indonesians call another: ``AS`` is American
    Samoa's and stands for *Amerika Serikat*. The one whose code it is comes first.
    """
    return _called().get(_plain(text), ())


def topic_id(text: str) -> str | None:
    """The Media Topic (``medtop:11000000``) that ``text`` is, or whose English name it is.

    An id may lack its prefix, and a name may be cut short after any word, as in "politics".
    """
    match = _TOPIC_ID.fullmatch(text.strip().casefold())
    if match:
        return f"medtop:{match[1]}000000"
    words = _topic_words(text)
    for number, name in enumerate(_TOPIC_NAMES, start=1):
        if words and words == _topic_words(name)[: len(words)]:
            return f"medtop:{number:02}000000"
    return None


def is_topic(topic: str) -> bool:
    """Whether ``topic`` is the id of a top-level IPTC Media Topic, such as ``medtop:11000000``."""
    return topic in topics().topics


def topic_name(topic: str, lang: str) -> str:
    """The label of a topic. Raises ``KeyError`` for an unknown id."""
    own = topics().topics[topic]
    return own.en if lang == "en" else own.id


def topic_slug(topic: str) -> str:
    """The topic's part of a URL, from its English label: ``conflict-war-and-peace``."""
    slug: str = slugify(topic_name(topic, "en"))
    return slug


def body_name(code: str, lang: str) -> str:
    """The name of a supranational body. Raises ``KeyError`` for an unknown code."""
    own = bodies().bodies[code]
    return own.en if lang == "en" else own.id


@cache
def countries() -> Countries:
    """``countries.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "countries.yml", Countries)


@cache
def topics() -> Topics:
    """``topics.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "topics.yml", Topics)


@cache
def bodies() -> Bodies:
    """``bodies.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "bodies.yml", Bodies)


@cache
def _called() -> dict[str, tuple[str, ...]]:
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for code in sorted(cldr_names("en")):
        codes[_plain(code)] = code
        for lang in ("en", "id"):
            names.setdefault(_plain(cldr_names(lang)[code]), code)
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
def cldr_names(lang: str) -> Mapping[str, str]:
    """Every country's code and its name in CLDR, as it stands there. ``lang``: "en" or "id"."""
    return {
        code: name
        for code, name in Locale(lang).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }


def _topic_words(name: str) -> list[str]:
    """Without "and", which stands elsewhere in a name that was cut short."""
    return [word for word in _ASCII_WORD.findall(name.casefold()) if word != "and"]

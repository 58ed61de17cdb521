"""Countries, supranational bodies and topics: which there are and what they are called.

Countries: codes are ISO 3166-1 alpha-2, from the territory names of CLDR (babel), and XK for
Kosovo. What newspapers write beside CLDR's names stands in ``countries.yml``; editors may write any
of these names, or the three letters of ISO 3166-1 alpha-3.

Topics: the 17 top-level concepts of the IPTC Media Topics, whose ids are fixed by IPTC
(https://cv.iptc.org/newscodes/mediatopic/).
"""

import re

from babel.core import get_global
from slugify import slugify

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.codes import cldr_names, is_country
from dwiwarta.knowledge.entries import (
    Bodies,
    BodiesOverlay,
    Countries,
    CountriesOverlay,
    Region,
    Regions,
    Topics,
    TopicsOverlay,
)
from dwiwarta.knowledge.overlays import load_overlay, remembered
from dwiwarta.text import squash, without_accents
from dwiwarta.yamlfile import load_yaml

HOME = "ID"  # the country that every article is from

# A name, and in brackets its short form: Amerika Serikat (AS).
_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
# The Republic of China is Taiwan's own name, and the State of Georgia is one of the United States:
# what is meant is not guessed at.
_FORM_OF_STATE = re.compile(
    r"\s*(?:negara|kerajaan|kesultanan|federasi|republik(?! (?:china|cina|tiongkok))"
    r"|(?:the )?(?:kingdom|state(?! of georgia)|sultanate|republic(?! of china)) of)\s+",
    re.IGNORECASE,
)
_SHORT_ISLANDS = re.compile(r"\s*kep\.?\s+", re.IGNORECASE)


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
    Samoa's and stands for *Amerika Serikat*. The one whose code it is comes first. A form of state
    before the name (``Kerajaan Thailand``) and the same name again in brackets (``Amerika Serikat
    (AS)``) say nothing more.
    """
    if found := _called().get(_plain(text)):
        return found
    if match := _BRACKETS.fullmatch(text.strip()):
        first, second = (_called().get(_plain(part), ()) for part in match.groups())
        return tuple(code for code in first if code in second)
    name = text
    for start, instead in ((_FORM_OF_STATE, ""), (_SHORT_ISLANDS, "Kepulauan ")):
        if begin := start.match(name):
            name = instead + name[begin.end() :]
    return _called().get(_plain(name), ())


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


@remembered
def countries() -> Countries:
    """``countries.yml`` and the site's own, read once."""
    own = load_overlay("countries.yml", CountriesOverlay)
    return own.over(load_yaml(KNOWLEDGE_DIR / "countries.yml", Countries))


@remembered
def regions() -> tuple[Region, ...]:
    """``regions.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "regions.yml", Regions).regions


@remembered
def topics() -> Topics:
    """``topics.yml`` and the site's own, read once."""
    own = load_overlay("topics.yml", TopicsOverlay)
    return own.over(load_yaml(KNOWLEDGE_DIR / "topics.yml", Topics))


@remembered
def bodies() -> Bodies:
    """``bodies.yml`` and the site's own, read once."""
    own = load_overlay("bodies.yml", BodiesOverlay)
    return own.over(load_yaml(KNOWLEDGE_DIR / "bodies.yml", Bodies))


@remembered
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

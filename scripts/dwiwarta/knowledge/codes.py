"""The codes of countries and topics: which there are, and what CLDR and IPTC call them."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

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


def is_country(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code (or XK), territories included."""
    return code in cldr_names("en")


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

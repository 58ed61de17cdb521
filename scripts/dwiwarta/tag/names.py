"""What countries, topics and bodies are called, in English and Indonesian."""

from functools import cache

from babel import Locale
from slugify import slugify

from dwiwarta.settings import KNOWLEDGE_DIR
from dwiwarta.tag.schema import Bodies, Countries, Topics
from dwiwarta.yamlfile import load_yaml

# Two-letter codes that CLDR names and ISO 3166-1 does not assign: pseudo-locales, groupings,
# exceptional reservations (https://www.iso.org/obp/ui/#search). XK, Kosovo, stays.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)


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
def _cldr(lang: str) -> dict[str, str]:
    return {
        code: name
        for code, name in Locale(lang).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }

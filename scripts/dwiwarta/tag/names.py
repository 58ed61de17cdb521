"""What countries, topics and bodies are called, in English and Indonesian."""

from functools import cache

from slugify import slugify

from dwiwarta.countries import cldr_name, countries, country_name, is_country
from dwiwarta.settings import KNOWLEDGE_DIR
from dwiwarta.tag.schema import Bodies, Topics
from dwiwarta.yamlfile import load_yaml

__all__ = [
    "bodies",
    "body_name",
    "cldr_name",
    "countries",
    "country_name",
    "is_country",
    "is_topic",
    "topic_name",
    "topic_slug",
    "topics",
]


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
def topics() -> Topics:
    """``topics.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "topics.yml", Topics)


@cache
def bodies() -> Bodies:
    """``bodies.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "bodies.yml", Bodies)

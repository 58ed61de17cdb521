"""Tagging: which countries, supranational bodies and topics an article is about."""

from dwiwarta.tag.names import (
    body_name,
    country_name,
    is_country,
    is_topic,
    topic_name,
    topic_slug,
)
from dwiwarta.tag.tagger import Tagger, load_tagger

__all__ = [
    "Tagger",
    "body_name",
    "country_name",
    "is_country",
    "is_topic",
    "load_tagger",
    "topic_name",
    "topic_slug",
]

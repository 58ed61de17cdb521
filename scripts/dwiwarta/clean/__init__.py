"""Clean: from a raw page text to title, fields, paragraphs and an audit of what was removed."""

from dwiwarta.clean.article import (
    clean_article,
    days_ahead,
    drops_of,
    stated_days,
    unused_drops,
    without_use,
)
from dwiwarta.clean.outlets import unknown_outlets
from dwiwarta.clean.rules import Rules, load_rules, own_rules

__all__ = [
    "Rules",
    "clean_article",
    "days_ahead",
    "drops_of",
    "load_rules",
    "own_rules",
    "stated_days",
    "unknown_outlets",
    "unused_drops",
    "without_use",
]

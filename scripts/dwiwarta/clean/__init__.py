"""Clean: from a raw page text to title, fields, paragraphs and an audit of what was removed."""

from dwiwarta.clean.article import clean_article, days_ahead, unused_drops
from dwiwarta.clean.rules import Rules, load_rules

__all__ = ["Rules", "clean_article", "days_ahead", "load_rules", "unused_drops"]

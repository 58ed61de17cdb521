"""Tagging: which countries, supranational bodies and topics an article is about."""

from dwiwarta.tag.tagger import Tagger, load_tagger, own_words

__all__ = ["Tagger", "load_tagger", "own_words"]

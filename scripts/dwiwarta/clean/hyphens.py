"""A hyphen at the end of a line: of a word that was broken, or of a compound that keeps it."""

import re

from dwiwarta.text import word_set

_LAST = re.compile(r"(?P<word>[\w’'-]*[\w’'])[-\u2010\u00ac]$")
_FIRST = re.compile(r"[\w’']+(?:-[\w’']+)*")
# Prefixes that are written as one word with what they stand before, "antarnegara".
_PREFIXES = word_set(
    """
    antar pasca multi anti semi mega super infra inter intra maha purna tuna serba kontra makro
    mikro ultra tele foto auto
    """
)
_VOWELS = re.compile("[aiueo]")
_LEAST = 3  # letters of a doubled part
_LEAST_PART = 4  # letters of a compound's part


def join_hyphen(above: str, below: str, words: frozenset[str], text_words: frozenset[str]) -> str:
    """Two lines as one, the first of which ends in a hyphen.

    ``words`` are known words, ``text_words`` those of the text, in small letters.
    """
    last, first = _LAST.search(above), _FIRST.match(below)
    if last is None or first is None:
        return above + below
    left, right = last["word"].rpartition("-")[2], first[0]
    if keeps_hyphen(left, right, words, text_words):
        return above[:-1] + "-" + below
    return above[:-1] + below


def keeps_hyphen(left: str, right: str, words: frozenset[str], text_words: frozenset[str]) -> bool:
    """Whether ``left-right`` is written with a hyphen: ``anak-anak``, ``ke-2``, ``KTP-el``."""
    if not (left[-1].islower() and right[0].islower()):
        return True
    small, tail = left.lower(), right.split("-")[0].lower()
    whole = small + tail
    if f"{small}-{right.lower()}" in text_words:
        return True
    if whole in text_words or whole in words:
        return False
    if _is_doubled(small, tail):
        return True
    parts_are_words = small in words and tail in words
    return parts_are_words and min(len(small), len(tail)) >= _LEAST_PART and small not in _PREFIXES


def _is_doubled(left: str, right: str) -> bool:
    """Reduplication, with affixes or changed sounds: ``berlari-lari``, ``bolak-balik``."""
    if min(len(left), len(right)) < _LEAST:
        return False
    if right.startswith(left) or left.endswith(right):
        return True
    if len(left) > _LEAST and right.endswith(left[1:]):  # sayur-mayur, tolong-menolong
        return True
    return len(left) == len(right) > _LEAST and _VOWELS.sub("", left) == _VOWELS.sub("", right)

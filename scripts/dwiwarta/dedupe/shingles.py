"""Word shingles: an article as the set of its runs of five words.

Five words is what news de-duplication has settled on (FineWeb, NEWS-COPY): shorter runs are
shared by every two articles of a beat ("di kawasan Jakarta Pusat"), longer ones lose a match to
each corrected typo, since one changed word breaks as many runs as a run has words.
"""

from __future__ import annotations  # Python 3.11 cannot subscript array

import re
from array import array
from hashlib import blake2b

from dwiwarta.model import Article

SHINGLE_WORDS = 5

_WORD = re.compile(r"\w+")

# Runs are hashed by a polynomial over a Mersenne prime. Two different runs of a collection of
# 10 million meet with a probability of n² / 2p = 0.00002, so the sets are exact in practice.
_PRIME = (1 << 61) - 1
_BASE = 0x1D8E4E27C47D124F % _PRIME
_DROP = pow(_BASE, SHINGLE_WORDS, _PRIME)


def word_list(text: str) -> list[str]:
    """The words of ``text``, case-folded, without punctuation."""
    return _WORD.findall(text.casefold())


def article_words(article: Article) -> list[str]:
    """The words of title and paragraphs, in order."""
    return word_list("\n".join((article.title, *article.paragraphs)))


def shingles(words: list[str], numbers: dict[str, int]) -> array[int]:
    """The set of shingles as sorted 64-bit numbers.

    A text of fewer than five words is one shingle. ``numbers`` caches the words' own numbers
    between calls; it changes nothing but the speed.
    """
    found: set[int] = set()
    value = 0
    window: list[int] = []
    for position, word in enumerate(words):
        number = numbers.get(word)
        if number is None:
            number = _number(word)
            numbers[word] = number
        window.append(number)
        value = value * _BASE + number
        if position >= SHINGLE_WORDS:
            value -= window[position - SHINGLE_WORDS] * _DROP
        value %= _PRIME
        if position >= SHINGLE_WORDS - 1:
            found.add(value)
    if not found and words:
        found.add(value)
    return array("Q", sorted(found))


def _number(word: str) -> int:
    """Equal on every machine and in every process, unlike ``hash``."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") % _PRIME

"""Word shingles: an article as the set of its runs of five words.

Five words is what news de-duplication has settled on (FineWeb, NEWS-COPY): shorter runs are
shared by every two articles of a beat ("di kawasan Jakarta Pusat"), longer ones lose a match to
each corrected typo, since one changed word breaks as many runs as a run has words.
"""

from __future__ import annotations  # Python 3.11 cannot subscript array

import re
from array import array
from collections.abc import Iterable
from hashlib import blake2b

from dwiwarta.model import Article

SHINGLE_WORDS = 5

_WORD = re.compile(r"\w+")

# A word's number is the beginning of its BLAKE2b digest, a run's the hash of a tuple of numbers:
# 64 bits that Python does not seed (only text is), so they are alike in every process. Two
# different runs of a collection of 10 million meet with a probability of 0.000003, so the sets
# are exact in practice.


def word_list(text: str) -> list[str]:
    """The words of ``text``, case-folded, without punctuation."""
    return _WORD.findall(text.casefold())


def article_words(article: Article) -> list[str]:
    """The words of title and paragraphs, in order."""
    return word_list("\n".join((article.title, *article.paragraphs)))


class Numbers(dict[str, int]):
    """The number of every word; remembers those that it made."""

    def __missing__(self, word: str) -> int:
        """Equal on every machine and in every process, unlike the ``hash`` of a text."""
        digest = blake2b(word.encode(), digest_size=8).digest()
        self[word] = number = int.from_bytes(digest, "big")
        return number


def shingles(words: Iterable[str], numbers: Numbers) -> array[int]:
    """The set of shingles as sorted 64-bit numbers.

    A text of fewer than five words is one shingle.
    """
    row = list(map(numbers.__getitem__, words))
    runs = zip(*(row[start:] for start in range(SHINGLE_WORDS)), strict=False)
    found = set(map(hash, runs))
    if not found and row:
        found.add(hash(tuple(row)))
    return array("q", sorted(found))

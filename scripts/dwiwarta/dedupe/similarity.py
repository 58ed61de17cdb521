"""How much two articles speak of the same things: a cosine over weighted words.

A word's weight is how rare it is in Indonesian news at large, in halvings: a word in half of all
articles weighs 1, in a quarter 2, and one that is not in the table (most names) 9. The table
(``learned/word_shares.yml``) was counted once and is fixed, so that how alike two articles are
depends on these two alone, not on what else lies in the folder.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from dwiwarta.knowledge.word_shares import load_word_shares

# A word that the table lacks stands in fewer than 8 of the 2,009 articles that were counted, and
# log2(2009 / 8) = 8.
RAREST = 9
UNCOUNTED = -1


# What a text is about shows in about as many words as its title and lead have names and nouns.
KEYWORDS = 20


@dataclass(frozen=True, slots=True)
class WordVector:
    """Weighted words of one article, scaled to length 1, and its ``KEYWORDS`` heaviest."""

    parts: dict[str, float]
    keywords: tuple[str, ...]


@cache
def word_weights() -> dict[str, int]:
    """Weight by word. Raises ``SettingsError`` if the table is broken."""
    return {word: weight for word, weight in load_word_shares().items() if is_counted(word)}


def is_counted(word: str) -> bool:
    """Whether a word counts: three Latin letters or more.

    Numbers are compared as facts. Arabic script falls apart at its vowel signs, and its pieces
    would make any two texts that quote the Quran look alike.
    """
    return len(word) >= 3 and word.isascii() and word.isalpha()


class Weights(dict[str, int]):
    """The weight of every word, ``UNCOUNTED`` for those that do not count; remembers new words."""

    def __missing__(self, word: str) -> int:
        self[word] = weight = RAREST if is_counted(word) else UNCOUNTED
        return weight


def word_vector(words: Iterable[str], weights: Weights) -> WordVector:
    """A word counts by the logarithm of its number, so that a refrain does not drown the rest."""
    counts, values = _weighed(words, weights)
    parts = {word: value for word, value in zip(counts, values, strict=True) if value >= 0}
    length = math.sqrt(math.fsum(part * part for part in parts.values())) or 1.0
    return WordVector(
        parts={word: part / length for word, part in parts.items() if part},
        keywords=_heaviest(counts, values),
    )


def keywords(words: Iterable[str], weights: Weights) -> tuple[str, ...]:
    """Those of ``word_vector`` without the rest of it."""
    return _heaviest(*_weighed(words, weights))


def _weighed(words: Iterable[str], weights: Weights) -> tuple[Counter[str], list[float]]:
    """The words, each once, and in their order what each counts; below 0 if it does not."""
    counts = Counter(words)
    of_words = map(weights.__getitem__, counts)
    return counts, [
        weight if count == 1 else (1 + math.log(count)) * weight
        for weight, count in zip(of_words, counts.values(), strict=True)
    ]


def _heaviest(words: Iterable[str], values: Sequence[float]) -> tuple[str, ...]:
    """The ``KEYWORDS`` heaviest words; of equals those that come first in the alphabet."""
    least = max(0.0, sorted(values, reverse=True)[KEYWORDS - 1]) if len(values) > KEYWORDS else 0.0
    ranked = sorted(
        (-value, word) for word, value in zip(words, values, strict=True) if value >= least
    )
    return tuple([word for _, word in ranked[:KEYWORDS]])


def likeness(a: WordVector, b: WordVector) -> float:
    """0 (nothing in common) to 1 (the same words in the same numbers)."""
    small, large = sorted((a.parts, b.parts), key=len)
    # fsum: the same result whatever the order of the words
    return math.fsum(part * large.get(word, 0.0) for word, part in small.items())

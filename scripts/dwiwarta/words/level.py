"""How hard an Indonesian article is to read, in three steps, and how long it takes.

Two things that readability formulas agree on, the share of rare words and the length of sentences,
are added up so that both weigh the same; the limits part 2,009 articles of 17 outlets into three
(``training/learn_frequent_roots.py``). Names say nothing about how hard a text is.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dwiwarta.knowledge import LEARNED_DIR
from dwiwarta.knowledge.overlays import forget_with_overlays, remembered
from dwiwarta.text import letters_pattern
from dwiwarta.words.analyser import load_analyser
from dwiwarta.words.byword import ByWord
from dwiwarta.yamlfile import Strict, load_yaml

LEAST_WORDS = 50  # of what is judged; shorter texts are not
# Points: percent of words with a rare root, and each word of a sentence as much as 1.5 of them, as
# they vary by 6.7 percent and by 4.5 words (standard deviations).
A_WORD = 1.5
LIMITS = (37.2, 44.0)  # thirds
# Words a minute: a round figure below the 238 that Brysbaert (2019) finds for English.
READ_IN_A_MINUTE = 200
_KEPT = 8  # an article is asked for by its page, its card and its part of the search, one by one

Level = Literal["easy", "medium", "demanding", ""]
LEVELS: tuple[Level, ...] = ("easy", "medium", "demanding")

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")


class FrequentRoots(Strict):
    """The schema of ``learned/frequent_roots.yml``."""

    roots: str
    most: str


@dataclass(frozen=True, slots=True)
class Readability:
    """``level``: "" where a text is too short to say. ``minutes``: at least one."""

    level: Level
    minutes: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What is counted of a text. ``roots``: of its words but names, again and again."""

    words: int
    sentences: int
    roots: tuple[str, ...]

    def points(self, frequent: Collection[str]) -> float:
        """How hard it is: more is harder."""
        rare = len(self.roots) - sum(map(frequent.__contains__, self.roots))
        length = self.words / max(self.sentences, 1)
        return 100 * rare / max(len(self.roots), 1) + A_WORD * length


@remembered
def _frequent() -> FrequentRoots:
    return load_yaml(LEARNED_DIR / "frequent_roots.yml", FrequentRoots)


@remembered
def frequent_roots() -> frozenset[str]:
    """The 1,000 roots that most texts have. Raises ``SettingsError`` for a fault of the file."""
    return frozenset(_frequent().roots.split())


@remembered
def commonest_roots() -> frozenset[str]:
    """The 300 that are the commonest of these, 63 % of all words. Raises as ``frequent_roots``."""
    return frozenset(_frequent().most.split())


def measure(paragraphs: Sequence[str]) -> Measures:
    """Count."""
    sentences: list[list[str]] = []
    for text in paragraphs:
        words_of = letters_pattern(text).findall
        sentences += map(words_of, _SENTENCE_END.split(text))
    return Measures(sum(map(len, sentences)), len(sentences), _roots(sentences))


@lru_cache(_KEPT)
def readability(paragraphs: tuple[str, ...]) -> Readability:
    """How hard an article is, and how long it takes."""
    found = measure(paragraphs)
    minutes = max(1, round(found.words / READ_IN_A_MINUTE))
    if found.words < LEAST_WORDS:
        return Readability("", minutes)
    points = found.points(frequent_roots())
    return Readability(LEVELS[sum(points >= limit for limit in LIMITS)], minutes)


forget_with_overlays(readability.cache_clear)


def _roots(sentences: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The roots of words; one with a capital counts where a sentence begins and it is known."""
    first_root, root_of = load_analyser().first_root, _small_roots().__getitem__
    roots: list[str] = []
    for words in sentences:
        # In capitals, it is an acronym and no word that begins a sentence.
        if words and not words[0].isupper() and (root := first_root(words[0])):
            roots.append(root)
        roots += filter(None, map(root_of, words[1:]))
    return tuple(roots)


@remembered
def _small_roots() -> ByWord:
    """The root of each word in small letters, "" for all others."""
    first_root = load_analyser().first_root
    return ByWord(lambda word: first_root(word) if word.islower() else "")

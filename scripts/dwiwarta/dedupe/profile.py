"""An article as the comparisons see it."""

from __future__ import annotations  # Python 3.11 cannot subscript array

import itertools
import sys
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dwiwarta.dedupe.facts import Facts, facts_of
from dwiwarta.dedupe.shingles import article_words, shingles, word_list
from dwiwarta.dedupe.similarity import WordVector, word_vector
from dwiwarta.model import Article

# A lead shorter than this is a photo credit or a place name, not yet the story.
_LEAD_WORDS = 15

# Shorter lines are what cleaning may have missed: buttons, credits, tags. They differ between two
# copies of one text. In a list or a schedule they are the text itself, and count.
_LINE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Sketch:
    """What finding candidates takes, small enough to be held for all articles at once.

    ``day`` is the day of publication.
    """

    shingles: array[int]
    keywords: tuple[str, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What judging a pair takes: shingles of text, title and lead, facts, words, day and outlet.

    The lead is the first real paragraph.
    """

    shingles: array[int]
    title: frozenset[int]
    lead: frozenset[int]
    facts: Facts
    vector: WordVector
    day: date | None
    outlet: str | None


class Profiler:
    """Makes sketches and profiles. What it remembers of words changes nothing but its speed."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._numbers: dict[str, int] = {}

    def sketch(self, article: Article) -> Sketch:
        """The small part, for every article."""
        return Sketch(
            shingles=shingles(_prose(article), self._numbers),
            keywords=tuple(map(sys.intern, self._vector(article).keywords)),
            day=_day(article),
        )

    def profile(self, article: Article, sketch: Sketch) -> Profile:
        """The whole, for an article that is a candidate."""
        return Profile(
            shingles=sketch.shingles,
            title=frozenset(shingles(word_list(article.title), self._numbers)),
            lead=frozenset(shingles(_lead(article), self._numbers)),
            facts=facts_of(article),
            vector=self._vector(article),
            day=sketch.day,
            outlet=article.outlet,
        )

    def _vector(self, article: Article) -> WordVector:
        return word_vector(article_words(article), self._weights)


def _day(article: Article) -> date | None:
    return article.published.day if article.published else None


def _prose(article: Article) -> list[str]:
    """The words of title and paragraphs, without stray lines unless those are most of the text."""
    title = word_list(article.title)
    paragraphs = [word_list(paragraph) for paragraph in article.paragraphs]
    prose = [words for words in paragraphs if len(words) >= _LINE_WORDS]
    if 2 * sum(map(len, prose)) < sum(map(len, paragraphs)):
        prose = paragraphs
    return [*title, *itertools.chain.from_iterable(prose)]


def _lead(article: Article) -> list[str]:
    for paragraph in article.paragraphs:
        words = word_list(paragraph)
        if len(words) >= _LEAD_WORDS:
            return words
    return []

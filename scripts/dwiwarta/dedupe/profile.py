"""An article as the comparisons see it."""

from __future__ import annotations  # Python 3.11 cannot subscript array

import itertools
import sys
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dwiwarta.dedupe.facts import Facts, facts_of
from dwiwarta.dedupe.shingles import Numbers, shingles, word_list
from dwiwarta.dedupe.similarity import Weights, WordVector, keywords, word_vector
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
        self._weights = Weights(weights)
        self._numbers = Numbers()

    def sketch(self, article: Article) -> Sketch:
        """The small part, for every article."""
        title, paragraphs = _words(article)
        words = itertools.chain(title, *paragraphs)
        return Sketch(
            shingles=shingles(itertools.chain(title, _prose(paragraphs)), self._numbers),
            keywords=tuple(map(sys.intern, keywords(words, self._weights))),
            day=_day(article),
        )

    def profile(self, article: Article, sketch: Sketch) -> Profile:
        """The whole, for an article that is a candidate."""
        title, paragraphs = _words(article)
        words = list(itertools.chain(title, *paragraphs))
        lead, printed = _lead(article, paragraphs)
        return Profile(
            shingles=sketch.shingles,
            title=frozenset(shingles(title, self._numbers)),
            lead=frozenset(shingles(lead, self._numbers)),
            facts=facts_of(article, words, printed),
            vector=word_vector(words, self._weights),
            day=sketch.day,
            outlet=article.outlet,
        )


def _words(article: Article) -> tuple[list[str], list[list[str]]]:
    """The words of the title and of each paragraph."""
    return word_list(article.title), [word_list(text) for text in article.paragraphs]


def _day(article: Article) -> date | None:
    return article.published.day if article.published else None


def _prose(paragraphs: list[list[str]]) -> Iterator[str]:
    """The words of paragraphs, without stray lines unless those are most of the text."""
    prose = [words for words in paragraphs if len(words) >= _LINE_WORDS]
    if 2 * sum(map(len, prose)) < sum(map(len, paragraphs)):
        prose = paragraphs
    return itertools.chain.from_iterable(prose)


def _lead(article: Article, paragraphs: list[list[str]]) -> tuple[list[str], str]:
    """The words of the lead, and the lead as printed."""
    texts = zip(paragraphs, article.paragraphs, strict=True)
    return next((both for both in texts if len(both[0]) >= _LEAD_WORDS), ([], ""))

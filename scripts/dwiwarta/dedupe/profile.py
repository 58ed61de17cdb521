"""An article as the comparisons see it."""

from __future__ import annotations  # Python 3.11 cannot subscript array

from array import array
from dataclasses import dataclass
from datetime import date

from dwiwarta.dedupe.facts import Facts, facts_of
from dwiwarta.dedupe.likeness import WordVector, word_vector
from dwiwarta.dedupe.shingles import article_words, shingles, word_list
from dwiwarta.model import Article

# A lead shorter than this is a photo credit or a place name, not yet the story.
_LEAD_WORDS = 15


@dataclass(frozen=True, slots=True)
class Profile:
    """``shingles``: of title and text. ``lead``: shingles of the first real paragraph alone."""

    shingles: array[int]
    lead: frozenset[int]
    facts: Facts
    vector: WordVector
    day: date | None
    outlet: str | None


def profile(article: Article, weights: dict[str, int], numbers: dict[str, int]) -> Profile:
    """Everything that is compared; ``weights`` of words, ``numbers`` as for ``shingles``."""
    words = article_words(article)
    return Profile(
        shingles=shingles(words, numbers),
        lead=frozenset(shingles(_lead(article), numbers)),
        facts=facts_of(article),
        vector=word_vector(words, weights),
        day=article.published.day if article.published else None,
        outlet=article.outlet,
    )


def _lead(article: Article) -> list[str]:
    for paragraph in article.paragraphs:
        words = word_list(paragraph)
        if len(words) >= _LEAD_WORDS:
            return words
    return []

"""A small summary of each article, from which lists, neighbours and digests are worked out."""

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from functools import lru_cache
from typing import Protocol

from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.glossary import Explain, Explanation
from dwiwarta.knowledge.overlays import forget_with_overlays
from dwiwarta.model import Entry, Published, Summary
from dwiwarta.render.markup import literal
from dwiwarta.render.unmatched import unmatched_of
from dwiwarta.render.views import Card, card, coverage
from dwiwarta.words import load_meanings
from dwiwarta.words.partners import Unmatched
from dwiwarta.words.rare import Rare, rare_words
from dwiwarta.words.vocabulary import vocabulary

_KEPT = 8  # the words of an article are asked for by its summary and its page


class Library(Protocol):
    """Where an article is found when its page, or a list that shows it, has to be rendered."""

    def card(self, slug: str) -> Card:
        """What lists show of the article."""

    def entry(self, slug: str) -> Entry:
        """The article with everything known about it."""

    def explanations(self, slug: str) -> Sequence[Sequence[Explanation]]:
        """The terms to explain in each of its paragraphs."""

    def unmatched(self, slug: str) -> tuple[Unmatched, ...]:
        """What its sentences say of partners of words."""


class EntryLibrary:
    """A ``Library`` of entries that are all at hand."""

    def __init__(self, entries: Sequence[Entry], explain: Explain | None = None) -> None:
        self._entries = {entry.slug: entry for entry in entries}
        self._explain = explain
        self._cards: dict[str, Card] = {}

    def card(self, slug: str) -> Card:
        """What lists show of the article."""
        if slug not in self._cards:
            self._cards[slug] = card(self._entries[slug])
        return self._cards[slug]

    def entry(self, slug: str) -> Entry:
        """The article with everything known about it."""
        return self._entries[slug]

    def explanations(self, slug: str) -> Sequence[Sequence[Explanation]]:
        """The terms to explain in each of its paragraphs."""
        return explanations(self._entries[slug], self._explain)

    def unmatched(self, slug: str) -> tuple[Unmatched, ...]:
        """What its sentences say of partners of words."""
        return unmatched_of(self._entries[slug])

    def summaries(self) -> list[Summary]:
        """Of all entries."""
        return [
            summarise(entry, digest_of(repr(entry)), self.card(slug), self.explanations(slug))
            for slug, entry in self._entries.items()
        ]


def explanations(entry: Entry, explain: Explain | None) -> Sequence[Sequence[Explanation]]:
    """The terms to explain in each paragraph, at positions of its text as it is shown."""
    segments = entry.text.paragraphs
    return explain([literal(s.source) for s in segments]) if explain else [()] * len(segments)


def words_of(entry: Entry) -> tuple[tuple[Rare, ...], tuple[str, ...]]:
    """What the page of an article says of its words: rare ones with their meaning, its roots."""
    return _words_of(tuple(literal(one.source) for one in entry.text.paragraphs))


@lru_cache(_KEPT)
def _words_of(texts: tuple[str, ...]) -> tuple[tuple[Rare, ...], tuple[str, ...]]:
    return rare_words(texts, load_meanings()), vocabulary(texts)


forget_with_overlays(_words_of.cache_clear)


def summarise(
    entry: Entry, digest: str, of_lists: Card, explained: Sequence[Sequence[Explanation]]
) -> Summary:
    """What the build has to know of an article while it is not at hand.

    ``digest``: of all of it. ``of_lists``: its card; ``explained``: its explanations. All three
    enter the digests, and what its page says of words, for which the glossary and the English
    forms of words count, too.
    """
    terms = (f"{at} {some!r}" for at, some in enumerate(explained) if some)
    return Summary(
        slug=entry.slug,
        order=order(entry.article.published),
        about=entry.tags.about,
        mentioned=entry.tags.mentioned,
        topics=tuple(topic.id for topic in entry.tags.topics),
        coverage=coverage(entry),
        source=of_lists.source,
        related=entry.related,
        later=entry.later,
        card=digest_of(repr(of_lists)),
        page=digest_of(digest, repr(words_of(entry)), *terms),
    )


def order(published: Published | None) -> str:
    """A text that sorts by day, within a day by the moment, unknown times first."""
    if published is None:
        return ""
    day = published.day.isoformat()
    when = published.when
    # The first and the last year have no day beyond them for another zone.
    if not isinstance(when, datetime) or not MINYEAR < when.year < MAXYEAR:
        return day
    moment = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return f"{day} {moment.replace(tzinfo=None).isoformat(timespec='microseconds')}"

"""Finding many phrases at once: by their first word, the longest first, left to right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from dwiwarta.tag.tokens import Segment, words_of
from dwiwarta.text import without_accents

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """A phrase found: words ``start`` to before ``stop`` of a segment."""

    start: int
    stop: int
    value: T


class PhraseMatcher(Generic[T]):
    """Matches phrases, each with a value, on word boundaries.

    Where two phrases overlap, the one that begins first wins, and of those the longest, so that
    ``Laut Cina Selatan`` hides ``Cina``. Accents are as good as none. Matching is one dictionary
    look-up a word, so thousands of phrases cost no more than a few.
    """

    def __init__(self, phrases: Mapping[str, T], *, fold: bool = False) -> None:
        """``fold``: match whatever the case."""
        self._fold = fold
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for phrase, value in phrases.items():
            plain = without_accents(phrase)
            words = tuple(words_of(plain.casefold() if fold else plain))
            if words:
                self._by_first[words[0]].append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
        # For words that are no phrase by themselves, which words go on: nearly always another does.
        self._seconds = {
            first: frozenset(words[1] for words, _ in entries)
            for first, entries in self._by_first.items()
            if len(entries[-1][0]) > 1
        }

    def find(self, segment: Segment) -> Iterator[Match[T]]:
        """The matches in a segment, in order, never overlapping."""
        words = segment.folded if self._fold else segment.plain
        by_first = self._by_first
        if by_first.keys().isdisjoint(words):
            return
        seconds = self._seconds
        last = len(words) - 1
        reached = 0
        for index in [index for index, word in enumerate(words) if word in by_first]:
            some = seconds.get(words[index])
            if some is not None and (index == last or words[index + 1] not in some):
                continue
            if index >= reached and (match := self._at(segment, words, index)):
                yield match
                reached = match.stop

    def _at(self, segment: Segment, words: tuple[str, ...], start: int) -> Match[T] | None:
        for phrase, value in self._by_first[words[start]]:
            stop = start + len(phrase)
            if words[start:stop] == phrase and all(map(segment.joined, range(start, stop - 1))):
                return Match(start, stop, value)
        return None


def contains(segments: Iterable[Segment], matcher: PhraseMatcher[T]) -> set[T]:
    """The values of every phrase found anywhere in ``segments``."""
    return {match.value for segment in segments for match in matcher.find(segment)}

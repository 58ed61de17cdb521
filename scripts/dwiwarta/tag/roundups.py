"""Articles that tell of several countries in turn: round-ups and items of their own.

A *round-up of matches* names two sides in a sentence with a result, or next to each other with a
result between them, and has two such matches without a side in common. A team's record, where one
side is always the same, is none, nor is a text of which one country has the larger part. A
*round-up of markets* has three countries or more, each alone in a sentence on its stock exchange,
with a figure.

A country has an *item* of its own where it is alone in a sentence with a figure that opens with it,
in an article that is not about one country above all: ``Di Peru 31 orang tewas``.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dwiwarta.knowledge.taxonomy import HOME
from dwiwarta.tag.references import Reference
from dwiwarta.tag.tokens import Segment

_SCORE = re.compile(r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b")
_FIGURE = re.compile(r"\d")
# A sentence about a match names the two sides.
_SIDES = 2
# So many markets make a round-up.
_MARKETS = 3
# No country of a round-up of matches is named more often than this, of all that names countries.
_ROUNDUP_SHARE = 0.4
# The same for articles with items, of all that names countries abroad.
_ITEMS_SHARE = 0.6
# Fewer words than these stand before a country that a sentence opens with.
_OPENING = 10


class Sentence(NamedTuple):
    """A sentence that names countries: words ``start`` to before ``stop`` of a segment."""

    segment: Segment
    start: int
    stop: int
    references: list[Reference]


def naming_sentences(
    segments: Sequence[Segment],
    numbers: Mapping[int, Sequence[int]],
    references: Iterable[Reference],
) -> list[Sentence]:
    """The sentences that name countries, in the order of the text.

    ``numbers``: of the segments that name any, the number of the sentence of each word.
    """
    found: dict[tuple[int, int], list[Reference]] = defaultdict(list)
    for reference in references:
        first = reference[0]
        found[first.segment, numbers[first.segment][first.start]].append(reference)
    return [
        Sentence(
            segments[index],
            bisect_left(numbers[index], number),
            bisect_right(numbers[index], number),
            own,
        )
        for (index, number), own in found.items()
    ]


def matches(sentences: Iterable[Sentence], results: Collection[str]) -> frozenset[str]:
    """The sides of a round-up of matches. ``results``: words of a match played or to come."""
    told: Counter[tuple[str, ...]] = Counter()
    counts: Counter[str] = Counter()
    for sentence in sentences:
        row = sentence.references
        counts.update(reference[0].code for reference in row if not _is_venue(reference))
        sides = tuple(sorted({reference[0].code for reference in row}))
        if len(sides) == _SIDES:
            told[sides] += _result(sentence.segment, sentence.start, sentence.stop, results)
        elif len(sides) > _SIDES:
            for one, other in pairwise(row):
                pair = tuple(sorted({one[0].code, other[0].code}))
                if len(pair) == _SIDES:
                    told[pair] += _result(sentence.segment, one[-1].stop, other[0].start, results)
    if _is_about_one(counts, _ROUNDUP_SHARE):
        return frozenset()
    playing: set[str] = set()
    # The matches told about most come first, then those told about first.
    for sides, weight in told.most_common():
        if weight and playing.isdisjoint(sides):
            playing.update(sides)
    return frozenset(playing if len(playing) > _SIDES else ())


def alone_with_figure(sentences: Iterable[Sentence]) -> list[tuple[Sentence, Reference]]:
    """The sentences below the title that name one foreign country and hold a figure.

    With the reference that names it first.
    """
    found = []
    for sentence in sentences:
        if sentence.segment.where != "title":
            abroad = [r for r in sentence.references if r[0].code != HOME and not _is_venue(r)]
            if abroad and all(reference[0].code == abroad[0][0].code for reference in abroad):
                start, end = sentence.segment.spans[sentence.start][0], _end(sentence)
                if _FIGURE.search(sentence.segment.text, start, end):
                    found.append((sentence, abroad[0]))
    return found


def markets(alone: Iterable[tuple[Sentence, Reference]], words: Collection[str]) -> frozenset[str]:
    """The countries of a round-up of markets. ``words``: those of stock exchanges."""
    found = {
        reference[0].code
        for sentence, reference in alone
        if any(word in words for word in sentence.segment.folded[sentence.start : sentence.stop])
    }
    return frozenset(found if len(found) >= _MARKETS else ())


def items(
    alone: Iterable[tuple[Sentence, Reference]], references: Iterable[Reference]
) -> frozenset[str]:
    """The countries that have an item of their own. ``references``: all of the article."""
    found = {
        reference[0].code
        for sentence, reference in alone
        if reference[0].start - sentence.start < _OPENING
    }
    if found:
        counts = Counter(r[0].code for r in references if r[0].code != HOME and not _is_venue(r))
        if _is_about_one(counts, _ITEMS_SHARE):
            return frozenset()
    return frozenset(found)


def _end(sentence: Sentence) -> int:
    return sentence.segment.spans[sentence.stop - 1][1]


def _is_venue(reference: Reference) -> bool:
    return all(mention.kind == "venue" for mention in reference)


def _is_about_one(counts: Counter[str], share: float) -> bool:
    return max(counts.values(), default=0) > share * counts.total()


def _result(segment: Segment, start: int, stop: int, results: Collection[str]) -> int:
    """How surely words tell of a match: a score says more than *melawan*."""
    if start >= stop:
        return 0
    if _SCORE.search(segment.slice(start, stop)):
        return 2
    return int(any(word in results for word in segment.folded[start:stop]))

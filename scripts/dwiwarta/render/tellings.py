"""What each telling of a story adds to those before it, sentence by sentence.

A sentence counts as told before when most of its words, and every number in it, stand together in
one sentence of an earlier telling. Words are compared as they are written: retellings of news
repeat names, figures and quotes, and a sentence that says the same in wholly other words is shown
as new rather than hidden.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dwiwarta.model import Entry, Segment
from dwiwarta.render.markup import literal
from dwiwarta.sentences import split_sentences

# Of the words of a sentence, how many must stand in one earlier sentence. Below two thirds, two
# sentences about one event with other facts pass for the same; above, one changed word makes news.
TOLD_BEFORE = 2 / 3
# Letters. Shorter words (di, dan, yang) stand in nearly every sentence.
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Addition:
    """A paragraph with something new in it: its number in the article, from 1, the Indonesian with
    the new sentences in ``<mark>``, and how many these are.
    """

    number: int
    source: Markup
    sentences: int


def additions(entries: Sequence[Entry]) -> Iterator[tuple[Addition, ...]]:
    """For each telling, the earliest first, the paragraphs that add something to all before it.

    Of the first telling these are all its paragraphs, with nothing marked.
    """
    told = _Told()
    for at, entry in enumerate(entries):
        found, read = [], []
        for number, segment in enumerate(entry.text.paragraphs, 1):
            sentences = split_sentences(literal(segment.source), "id")
            read += sentences
            new = [one for one in sentences if at == 0 or told.is_new(one)]
            if new:
                shown = _marked(segment, sentences, set(new) if at else set())
                found.append(Addition(number, shown, len(new)))
        for sentence in read:
            told.add(sentence)
        yield tuple(found)


def _marked(segment: Segment, sentences: Sequence[str], new: set[str]) -> Markup:
    if not new:
        return Markup.escape(literal(segment.source))
    parts = [
        Markup("<mark>{}</mark>").format(one) if one in new else Markup.escape(one)
        for one in sentences
    ]
    return Markup(" ").join(parts)


class _Told:
    """The sentences told so far, found by their words."""

    def __init__(self) -> None:
        self._of_word: dict[str, list[int]] = defaultdict(list)
        self._numbers: list[frozenset[str]] = []

    def add(self, sentence: str) -> None:
        words, numbers = _words(sentence)
        for word in words:
            self._of_word[word].append(len(self._numbers))
        self._numbers.append(numbers)

    def is_new(self, sentence: str) -> bool:
        words, numbers = _words(sentence)
        if not words:
            return False  # nothing in it that could be compared, or read as news
        shared = Counter(at for word in words for at in self._of_word.get(word, ()))
        enough = TOLD_BEFORE * len(words)
        return not any(
            count >= enough and numbers <= self._numbers[at] for at, count in shared.items()
        )


def _words(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The longer words, small, and the numbers of a sentence."""
    found = _WORD.findall(sentence.casefold())
    numbers = frozenset(one for one in found if one[0].isdigit())
    return frozenset(
        one for one in found if len(one) >= _SHORTEST and not one[0].isdigit()
    ), numbers

"""What stands beside a word: the word before, a title of office, the end of a sentence."""

import re
from collections.abc import Iterable

from dwiwarta.tag.tokens import Segment, words_of

# What ends a sentence or opens one: the word after it begins with a capital in any case.
_OPENS = re.compile(r'(?:^|[.!?:;]["”’\')]*)\s*["“‘\'(]*$')
# How far back in its sentence to look from a country's name, in characters.
REACH = 240
# "di Doha, " or "di " right before a country's name.
AT_PLACE = re.compile(r"\b(?:di|ke)\s+(?:[\w’.-]+(?:\s+[\w’.-]+){0,4},\s*)?$", re.IGNORECASE)
_GAP = re.compile(r"[ \u00a0]+")


def before(segment: Segment, index: int) -> str | None:
    """The word before word ``index`` where the two stand together."""
    return segment.words[index - 1] if joined(segment, index - 1) else None


def after(segment: Segment, stop: int) -> str | None:
    """The word that follows on word ``stop - 1`` where the two stand together."""
    return segment.words[stop] if joined(segment, stop - 1) else None


def joined(segment: Segment, index: int) -> bool:
    """Whether word ``index`` and the next one exist and stand together."""
    return 0 <= index < len(segment.spans) - 1 and segment.joined(index)


def opens_sentence(segment: Segment, index: int) -> bool:
    """Whether word ``index`` is the first of a sentence."""
    if index == 0:
        return True
    gap = segment.text[segment.spans[index - 1][1] : segment.spans[index][0]]
    return len(gap) > 1 and _OPENS.search(gap) is not None and gap.strip() != ""


def is_place(segment: Segment, index: int) -> bool:
    """Whether word ``index`` begins a name that says where: ``di Doha, Qatar``."""
    end = segment.spans[index][0]
    return AT_PLACE.search(segment.text[max(0, end - REACH) : end]) is not None


def name_follows(segment: Segment, stop: int) -> str | None:
    """The word after word ``stop - 1`` if, a space apart, it is written as a name's part is."""
    if stop >= len(segment.words):
        return None
    gap = segment.text[segment.spans[stop - 1][1] : segment.spans[stop][0]]
    word = segment.words[stop]
    is_name = len(word) > 2 and word[0].isupper() and word[1:].islower()
    return word if is_name and _GAP.fullmatch(gap) else None


class Endings:
    """Phrases to look for right before a word, whatever their case: ``Menteri Luar Negeri``."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(words_of(phrase.casefold()))
            self._by_last.setdefault(words[-1], []).append(words)

    def end_at(self, segment: Segment, index: int) -> bool:
        """Whether one of the phrases ends right before word ``index``."""
        phrases = self._by_last.get(segment.folded[index - 1]) if index > 0 else None
        if phrases is None or not joined(segment, index - 1):
            return False
        for words in phrases:
            start = index - len(words)
            if start >= 0 and segment.folded[start:index] == words:
                return True
        return False

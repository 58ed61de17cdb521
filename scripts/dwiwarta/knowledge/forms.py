"""Finding many words and phrases at once, each as whole words.

An Aho-Corasick automaton finds where they may stand, in one pass over a text; only there is the
pattern of each tried. So a thousand phrases cost no more than a few.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from ahocorasick_rs import AhoCorasick, Implementation

from dwiwarta.text import regex_folded

_REMEMBERED = 10_000  # renderings of a glossary


class FormFinder:
    """Finds forms: with a capital letter as they stand, in small letters whatever the case."""

    def __init__(self, forms: Iterable[str]) -> None:
        # Longest first: of two forms that begin at one place the longer one counts.
        ordered = sorted(filter(None, forms), key=lambda form: (-len(form), form))
        branches = [
            re.escape(form) if form != form.lower() else f"(?i:{re.escape(form)})"
            for form in ordered
        ]
        self._patterns = [re.compile(rf"(?<![\w-]){one}(?!\w|-\w*\d)") for one in branches]
        cased = [number for number, form in enumerate(ordered) if form != form.lower()]
        small = [number for number, form in enumerate(ordered) if form == form.lower()]
        self._cased = _automaton([ordered[number] for number in cased])
        self._small = _automaton([regex_folded(ordered[number]) for number in small])
        self._numbers = cased, small

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """The forms in a text, in order, none inside another."""
        reached = 0
        for start, number in sorted(self._places(text)):
            if start >= reached and (match := self._patterns[number].match(text, start)):
                yield match
                reached = match.end()

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where which form may stand."""
        small = regex_folded(text)
        if len(small) != len(text):  # a letter of two signs: positions would be others
            return chain.from_iterable(
                ((start, number) for start in _everywhere(pattern, text))
                for number, pattern in enumerate(self._patterns)
            )
        cased, folded = self._numbers
        return chain(
            ((start, cased[number]) for number, start, _ in _hits(self._cased, text)),
            ((start, folded[number]) for number, start, _ in _hits(self._small, small)),
        )


def _everywhere(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Where a pattern matches, also inside another match of it."""
    start = 0
    while match := pattern.search(text, start):
        yield match.start()
        start = match.start() + 1


def _automaton(words: list[str]) -> AhoCorasick:
    return AhoCorasick(words, implementation=Implementation.DFA)


def _hits(automaton: AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    return automaton.find_matches_as_indexes(text, overlapping=True)


def first_rendering(renderings: Iterable[str], text: str) -> str | None:
    """The first of ``renderings`` that stands in an English text as whole words."""
    small = regex_folded(text)
    for rendering in renderings:
        if regex_folded(rendering) in small and _rendering(rendering).search(text):
            return rendering
    return None


@lru_cache(maxsize=_REMEMBERED)
def _rendering(rendering: str) -> re.Pattern[str]:
    # "US" is not "us", but "supreme court" is "Supreme Court".
    flags = 0 if len(rendering) <= 5 and rendering.upper() == rendering else re.IGNORECASE
    end = "" if rendering.endswith("$") else r"(?:['’]?s)?(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(rendering)}{end}", flags)

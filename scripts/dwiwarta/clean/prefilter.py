"""Many patterns at once: a single look at a line tells which of them are worth trying on it.

An Aho-Corasick automaton finds all strings that patterns require (``literals``) in one pass over a
line, however many there are.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from dwiwarta.clean.traits import traits_of
from dwiwarta.text import regex_folded

Find = Callable[[str], re.Match[str] | None]
Candidates = Callable[[str], int]  # ``Prefilter.candidates``, or one that remembers


class Prefilter:
    """Tells which patterns may match a line. Sets of patterns are bits of a number: ``1 << n``."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """``patterns``: regular expressions; pattern ``n`` is the bit ``1 << n``."""
        cased: dict[str, int] = {}
        folded: dict[str, int] = {}
        self._always = 0
        for number, pattern in enumerate(patterns):
            literals = traits_of(pattern).literals
            self._always |= 0 if literals else 1 << number
            for text, is_cased in literals:
                bits = cased if is_cased else folded
                bits[text] = bits.get(text, 0) | 1 << number
        self._cased = _Automaton(cased)
        self._folded = _Automaton(folded)

    def candidates(self, line: str) -> int:
        """The patterns that may match: each that does is among them."""
        return self._always | self._cased.find(line) | self._folded.find(regex_folded(line))


class _Automaton:
    def __init__(self, bits: Mapping[str, int]) -> None:
        self._bits = list(bits.values())
        # The table of all states: some MB for the rules of today, and four times as fast.
        self._words = AhoCorasick(list(bits), implementation=Implementation.DFA)

    def find(self, text: str) -> int:
        found = 0
        for number, _, _ in self._words.find_matches_as_indexes(text, overlapping=True):
            found |= self._bits[number]
        return found


def finder(pattern: str) -> Find:
    """The first match of a pattern in a line, as ``re.search`` finds it.

    A pattern that can only match at the beginning is not tried anywhere else.
    """
    return _Finder(pattern)


class _Finder:
    """Compiles its pattern when it is first asked: most are tried on no line of an article."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._find: Find | None = None

    def __call__(self, line: str) -> re.Match[str] | None:
        find = self._find
        if find is None:
            regex = re.compile(self._pattern)
            find = regex.match if traits_of(self._pattern).opens_line else regex.search
            self._find = find
        return find(line)

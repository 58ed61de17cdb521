"""Does the answer say the contrary: a deficit for a surplus, "guilty" for "tidak bersalah"?

Only what is plain counts: the original has one word of a pair and not the other, the answer the
other and not the one. The pairs are in ``gate.yml``, so that editors can add theirs.
"""

import re

from pydantic import Field

from dwiwarta.translate.gate.patterns import any_case, any_of
from dwiwarta.yamlfile import Pattern, Strict


class Contrary(Strict):
    """What must not become what.

    ``says``: what it is about, by which a site may take it out. ``original``: a pattern of the
    original; one that fits ``not_with`` as well is not judged. ``answer``: what an answer may not
    have then, unless it fits ``unless`` too. Regular expressions, in any case.
    """

    says: str = Field(min_length=1)
    original: Pattern = Field(min_length=1)
    not_with: Pattern = ""
    answer: Pattern = Field(min_length=1)
    unless: Pattern = ""

    @property
    def patterns(self) -> tuple[str, ...]:
        """All of its patterns, "" for one that is not set."""
        return self.original, self.not_with, self.answer, self.unless

    def found_in(self, source: str, answer: str) -> tuple[str, str] | None:
        """The words of the original and of the answer that contradict each other."""
        there = _search(self.original, source)
        if there is None or (self.not_with and _search(self.not_with, source)):
            return None
        here = _search(self.answer, answer)
        if here is None or (self.unless and _search(self.unless, answer)):
            return None
        return there[0], here[0]


def _search(pattern: str, text: str) -> re.Match[str] | None:
    return any_case(pattern).search(text)


def contrary(source: str, answer: str, rules: tuple[Contrary, ...]) -> str | None:
    """Why ``answer`` says the contrary of ``source``, or ``None``."""
    # One look for all: most paragraphs hold none of these words.
    if not _search(any_of(tuple(rule.original for rule in rules)), source):
        return None
    for rule in rules:
        if found := rule.found_in(source, answer):
            return f"the answer says the contrary: {found[0].strip()} became {found[1].strip()}"
    return None

"""Does the answer say the contrary: a deficit for a surplus, "guilty" for "tidak bersalah"?

Only what is plain counts: the original has one word of a pair and not the other, the answer the
other and not the one. The pairs are in ``gate.yml``, so that editors can add theirs.
"""

import re
from functools import cache, cached_property

from pydantic import Field, field_validator

from dwiwarta.yamlfile import Strict


class Contrary(Strict):
    """What must not become what.

    ``says``: what it is about, by which a site may take it out. ``original``: a pattern of the
    original; one that fits ``not_with`` as well is not judged. ``answer``: what an answer may not
    have then, unless it fits ``unless`` too. Regular expressions, in any case.
    """

    says: str = Field(min_length=1)
    original: str = Field(min_length=1)
    not_with: str = ""
    answer: str = Field(min_length=1)
    unless: str = ""

    @field_validator("original", "not_with", "answer", "unless")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return value

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, ...]:
        written = (self.original, self.not_with, self.answer, self.unless)
        return tuple(re.compile(one, re.IGNORECASE) if one else None for one in written)

    def found_in(self, source: str, answer: str) -> tuple[str, str] | None:
        """The words of the original and of the answer that contradict each other."""
        original, not_with, wrong, unless = self._patterns
        there = original.search(source) if original else None
        if there is None or (not_with and not_with.search(source)):
            return None
        here = wrong.search(answer) if wrong else None
        if here is None or (unless and unless.search(answer)):
            return None
        return there[0], here[0]


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


def contrary(source: str, answer: str, rules: tuple[Contrary, ...]) -> str | None:
    """Why ``answer`` says the contrary of ``source``, or ``None``."""
    # One look for all: most paragraphs hold none of these words.
    if not _any_of(tuple(rule.original for rule in rules)).search(source):
        return None
    for rule in rules:
        if found := rule.found_in(source, answer):
            return f"the answer says the contrary: {found[0].strip()} became {found[1].strip()}"
    return None

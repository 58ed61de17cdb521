"""What rules of the gate share: patterns for both languages, compiled once."""

import re
from functools import cache

from pydantic import Field

from dwiwarta.yamlfile import Pattern, Strict


class PatternPair(Strict):
    """What says the same in both languages, in all forms that count; regular expressions."""

    original: Pattern = Field(min_length=1)
    answer: Pattern = Field(min_length=1)

    @property
    def patterns(self) -> tuple[str, ...]:
        """Both of its patterns."""
        return self.original, self.answer


@cache
def any_case(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled; capitals do not count."""
    return re.compile(pattern, re.IGNORECASE)


@cache
def any_of(patterns: tuple[str, ...]) -> str:
    """A pattern for whatever one of these finds."""
    return "|".join(f"(?:{one})" for one in patterns)

"""What the gate knows: the schema of ``gate.yml``, and both files of rules together."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.translate.gate.countries import CountryRules
from dwiwarta.translate.gate.directions import CompassRules
from dwiwarta.translate.gate.relatedness import FrequentWords, load_frequent_words
from dwiwarta.yamlfile import Strict, load_yaml


def _compiled(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiled)]


class LengthBounds(Strict):
    """Bounds of answer length to original length, for originals from a length on.

    ``slack``: characters that an answer may always be longer than its original, since an
    abbreviation may be written out.
    """

    from_characters: int = Field(ge=0)
    least: float = Field(gt=0)
    most: float = Field(gt=0)
    slack: int = Field(0, ge=0)


class Refusal(Strict):
    """A text that a service sends instead of a translation.

    ``unless``: the pattern is ignored where the original speaks of the same thing. ``quota``: the
    text says that the service will answer nothing more for some time. ``speech``: people say such
    things too, so quotations in the answer are passed over where the original has one.
    """

    pattern: Pattern
    says: str
    unless: Pattern = ""
    quota: bool = False
    speech: bool = False

    @cached_property
    def search(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern, re.IGNORECASE)

    def explained_by(self, source: str) -> bool:
        """Whether the original itself is why an answer fits the pattern."""
        if self.search.search(source):
            return True
        return bool(self.unless and re.search(self.unless, source, re.IGNORECASE))


class IndonesianWords(Strict):
    """How an answer is recognised as still Indonesian."""

    share: float = Field(gt=0, le=1)
    sentence_words: int = Field(ge=1)
    run_words: int = Field(ge=2)
    words: frozenset[str]
    in_titles: frozenset[str]


class OtherLanguages(Strict):
    """How an answer is recognised as neither English nor Indonesian."""

    sentence_words: int = Field(ge=1)
    english: frozenset[str]
    foreign: frozenset[str]


class BrokenOff(Strict):
    """How an answer is recognised as cut off: no end of a sentence, and short or at such a word."""

    share: float = Field(gt=0, le=1)
    words: frozenset[str]


class GateFile(Strict):
    """The schema of ``gate.yml``; lengths in characters, runs in words."""

    length: tuple[LengthBounds, ...]
    echo_words: int = Field(ge=1)
    repeats: dict[int, int]
    repeated_run: int = Field(ge=2)
    repeated_sentence: int = Field(ge=2)
    broken_off: BrokenOff
    indonesian: IndonesianWords
    other_languages: OtherLanguages
    compass: CompassRules
    countries: CountryRules
    refusals: tuple[Refusal, ...]

    def bounds_for(self, characters: int) -> LengthBounds:
        """The bounds for an original of that length."""
        return max(
            (b for b in self.length if b.from_characters <= characters),
            key=lambda b: b.from_characters,
        )


@dataclass(frozen=True, slots=True)
class GateRules:
    """All that the gate knows besides the glossary."""

    gate: GateFile
    frequent: FrequentWords


def load_gate_rules(folder: Path = KNOWLEDGE_DIR) -> GateRules:
    """Read ``gate.yml`` and ``frequent_words.yml``. Raises ``SettingsError`` naming each fault."""
    return GateRules(
        gate=load_yaml(folder / "gate.yml", GateFile),
        frequent=load_frequent_words(folder / "frequent_words.yml"),
    )

"""What the gate knows: the schema of ``gate.yml``, and both files of rules together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import BaseModel, Field, model_validator

from dwiwarta.backtracking import risk_in
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.layers import laid_over, overlay_of
from dwiwarta.knowledge.overlays import load_overlay, own_file, remembered
from dwiwarta.translate.gate.contraries import Contrary
from dwiwarta.translate.gate.countries import CountryRules
from dwiwarta.translate.gate.directions import CompassRules
from dwiwarta.translate.gate.negations import Negations
from dwiwarta.translate.gate.patterns import PatternPair
from dwiwarta.translate.gate.relatedness import FrequentWords, load_frequent_words
from dwiwarta.yamlfile import Pattern, PlaceError, Strict, load_yaml


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

    @property
    def patterns(self) -> tuple[str, ...]:
        """All of its patterns, "" for one that is not set."""
        return self.pattern, self.unless

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
    contraries: tuple[Contrary, ...]
    negations: Negations
    deeds: tuple[PatternPair, ...]
    refusals: tuple[Refusal, ...]

    def bounds_for(self, characters: int) -> LengthBounds:
        """The bounds for an original of that length."""
        return max(
            (b for b in self.length if b.from_characters <= characters),
            key=lambda b: b.from_characters,
        )


def _patterns(rules: object) -> Iterator[str]:
    """All patterns in a group of nothing else, of which an overlay may leave out any."""
    if isinstance(rules, str):
        yield rules
    elif isinstance(rules, BaseModel):
        for _, value in rules:
            yield from _patterns(value)
    elif isinstance(rules, tuple):
        for one in rules:
            yield from _patterns(one)


class GateOverlay(overlay_of(GateFile)):  # type: ignore[misc] # made of the schema above
    """A site's own ``gate.yml``. ``without``: words, names, points, and refusals by what they say.

    Bounds of a length take the place of the program's from the same length on.
    """

    @model_validator(mode="after")
    def _is_quick(self) -> Self:
        for name, rules in (
            ("refusals", self.refusals),
            ("contraries", self.contraries),
            ("deeds", self.deeds),
        ):
            for number, rule in enumerate(rules or ()):
                if risk := next(filter(None, map(risk_in, rule.patterns)), None):
                    raise PlaceError(f"the pattern may take very long: {risk}", (name, number))
        if risk := next(filter(None, map(risk_in, _patterns(self.negations))), None):
            raise PlaceError(f"the pattern may take very long: {risk}", ("negations",))
        return self

    def over(self, program: GateFile) -> GateFile:
        """The program's rules with ours."""
        own: tuple[LengthBounds, ...] = self.length or ()
        again = {bounds.from_characters for bounds in own}
        kept = program.model_copy(
            update={
                "length": tuple(b for b in program.length if b.from_characters not in again),
                "refusals": tuple(r for r in program.refusals if r.says not in self.without),
                "contraries": tuple(r for r in program.contraries if r.says not in self.without),
            }
        )
        return laid_over(kept, self, self.without)


@dataclass(frozen=True, slots=True)
class GateRules:
    """All that the gate knows besides the glossary."""

    gate: GateFile
    frequent: FrequentWords


def load_gate_rules(folder: Path = KNOWLEDGE_DIR) -> GateRules:
    """Read ``gate.yml``, the site's own over it, and ``frequent_words.yml``.

    Raises ``SettingsError`` naming each fault.
    """
    return GateRules(
        gate=_overlay().over(load_yaml(folder / "gate.yml", GateFile)),
        frequent=load_frequent_words(folder / "frequent_words.yml"),
    )


@remembered
def own_refusals() -> Mapping[str, str]:
    """The reasons that the site's own refusals give, with their file."""
    return {f"the answer is {one.says}": own_file("gate.yml") for one in _overlay().refusals or ()}


def _overlay() -> GateOverlay:
    return load_overlay("gate.yml", GateOverlay)

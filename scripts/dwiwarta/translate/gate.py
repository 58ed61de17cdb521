"""The gate: is this answer of an engine a translation of this paragraph at all?

Engines return nothing, the original, a quota notice, an error page, the same words over and over,
half of the text, another paragraph's translation, or one with a wrong number. Whatever the gate
rejects never enters the memory; the reason, worded for an editor, is reported and the next engine
is asked. It judges faithfulness by what can be seen from outside and says nothing about style.

The checks run from the surest to the subtlest, so that the reason given is the root of the
trouble: an error page has wrong numbers too.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ftfy.badness import is_bad
from pydantic import Field, field_validator

from dwiwarta.sentences import split_sentences
from dwiwarta.settings import KNOWLEDGE_DIR
from dwiwarta.text import squash, words
from dwiwarta.translate.alikeness import FrequentWords, load_frequent_words, looks_unrelated
from dwiwarta.translate.glossary import Glossary
from dwiwarta.translate.numbers import disagreement
from dwiwarta.yamlfile import Strict, load_yaml


class LengthBounds(Strict):
    """Bounds of answer length to original length, for originals from a length on."""

    from_characters: int = Field(ge=0)
    least: float = Field(gt=0)
    most: float = Field(gt=0)


class Refusal(Strict):
    """A text that a service sends instead of a translation."""

    pattern: str
    says: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return pattern


class IndonesianWords(Strict):
    """How an answer is recognised as still Indonesian."""

    share: float = Field(gt=0, le=1)
    sentence_words: int = Field(ge=1)
    run_words: int = Field(ge=2)
    words: frozenset[str]


class GateFile(Strict):
    """The schema of ``gate.yml``; lengths in characters, runs in words."""

    length: tuple[LengthBounds, ...]
    echo_words: int = Field(ge=1)
    repeats: dict[int, int]
    repeated_run: int = Field(ge=2)
    indonesian: IndonesianWords
    refusals: tuple[Refusal, ...]

    def bounds_for(self, characters: int) -> LengthBounds:
        """The bounds for an original of that length."""
        return max(
            (b for b in self.length if b.from_characters <= characters),
            key=lambda b: b.from_characters,
        )

    @cached_property
    def compiled_refusals(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """(pattern, what it is) of each refusal."""
        return tuple((re.compile(r.pattern, re.IGNORECASE), r.says) for r in self.refusals)


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


@cache
def _shipped_rules() -> GateRules:
    return load_gate_rules()


def check_answer(
    source: str, answer: str | None, glossary: Glossary, rules: GateRules | None = None
) -> str | None:
    """Why ``answer`` cannot be the English of ``source``, or ``None`` if nothing speaks against it.

    ``source``: one Indonesian paragraph or title. ``rules``: those of the project unless given.
    The reason is a clause for an editor, such as ``a number is missing: 15``.
    """
    rules = rules or _shipped_rules()
    gate = rules.gate
    if answer is None or not answer.strip():
        return "the answer is empty"
    if not _has_letters(source):
        return None  # "***" or "2-1": nothing to translate, nothing to get wrong
    if not _has_letters(answer):
        return "the answer has no words"
    return (
        _refusal(source, answer, gate)
        or _markup(source, answer)
        or _echo(source, answer, gate)
        or _loop(source, answer, gate)
        or _still_indonesian(source, answer, gate)
        or _wrong_length(source, answer, gate)
        or _lost_sentences(source, answer)
        or disagreement(source, answer)
        or _lost_terms(source, answer, glossary)
        or looks_unrelated(source, answer, rules.frequent)
    )


def _has_letters(text: str) -> bool:
    return any(ch.isalpha() for ch in text)


def _refusal(source: str, answer: str, rules: GateFile) -> str | None:
    for pattern, says in rules.compiled_refusals:
        if pattern.search(answer) and not pattern.search(source):
            return f"the answer is {says}"
    return None


_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,200}>|<!--")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.IGNORECASE)
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


def _markup(source: str, answer: str) -> str | None:
    for pattern, what in (
        (_TAG, "HTML"),
        (_ENTITY, "an HTML entity"),
        (_BROKEN, "broken characters"),
    ):
        found = [m[0] for m in pattern.finditer(answer)]
        if len(found) > len(pattern.findall(source)):
            return f"the answer has {what} in it: {found[0]!r}"
    # "cafÃ©": UTF-8 taken for another charset on its way.
    if is_bad(answer) and not is_bad(source):
        return "the answer has broken characters in it: it was read in a wrong charset"
    return None


def _echo(source: str, answer: str, rules: GateFile) -> str | None:
    if squash(source) != squash(answer):
        return None
    plain = [word for word in words(source) if word[0].islower()]
    # A quotation in a third language stays as it is.
    if len(plain) < rules.echo_words or rules.indonesian.words.isdisjoint(plain):
        return None
    return "the answer repeats the original"


def _loop(source: str, answer: str, rules: GateFile) -> str | None:
    mine = [word.lower() for word in words(answer)]
    theirs = [word.lower() for word in words(source)]
    for size, allowed in sorted(rules.repeats.items()):
        times, run = _longest_repeat(mine, size)
        if times > allowed and times > 2 * _longest_repeat(theirs, size)[0]:
            return f'the answer says "{" ".join(run)}" {times} times in a row'
    size = rules.repeated_run
    runs = Counter(tuple(mine[i : i + size]) for i in range(len(mine) - size + 1))
    twice = [run for run, count in runs.items() if count > 1]
    if twice and len({tuple(theirs[i : i + 5]) for i in range(len(theirs) - 4)}) == max(
        0, len(theirs) - 4
    ):
        return f'the answer says twice: "{" ".join(twice[0])}"'
    return None


def _longest_repeat(tokens: list[str], size: int) -> tuple[int, list[str]]:
    """How often at most ``size`` words stand again and again without a pause, and which."""
    best, run = 1, tokens[:size]
    same = 0  # words in a row that stand again ``size`` words on
    for i in range(len(tokens) - size):
        same = same + 1 if tokens[i] == tokens[i + size] else 0
        if same // size + 1 > best:
            best, run = same // size + 1, tokens[i + 1 : i + 1 + size]
    return best, run


def _still_indonesian(source: str, answer: str, rules: GateFile) -> str | None:
    rule = rules.indonesian
    if run := _untranslated_run(source, answer, rule):
        return f'the answer is partly still Indonesian: "{run}"'
    quoted = squash(source)
    for sentence in split_sentences(answer, "en"):
        tokens = [word.lower() for word in words(sentence)]
        if len(tokens) < rule.sentence_words:
            continue
        count = sum(token in rule.words for token in tokens)
        if count >= rule.share * len(tokens) and (squash(sentence) in quoted or count > 2):
            return f'the answer is still Indonesian: "{_short(sentence)}"'
    return None


def _untranslated_run(source: str, answer: str, rule: IndonesianWords) -> str | None:
    """A run of words as in the original that holds two Indonesian words: more than a name."""
    size = rule.run_words
    there, here = words(source), words(answer)
    runs = {tuple(there[i : i + size]) for i in range(len(there) - size + 1)}
    for i in range(len(here) - size + 1):
        run = tuple(here[i : i + size])
        if run in runs and sum(word in rule.words for word in run) >= 2:
            return " ".join(run)
    return None


def _wrong_length(source: str, answer: str, rules: GateFile) -> str | None:
    bounds = rules.bounds_for(len(source))
    ratio = len(answer) / len(source)
    if ratio < bounds.least:
        return f"the answer is too short: {len(answer)} characters for {len(source)}"
    if ratio > bounds.most:
        return f"the answer is too long: {len(answer)} characters for {len(source)}"
    return None


def _lost_sentences(source: str, answer: str) -> str | None:
    there = len(split_sentences(source, "id"))
    here = len(split_sentences(answer, "en"))
    # Engines join and split sentences; half of them gone together with a good part of the length
    # is a loss (human translations of 3 sentences and more: never below 0.6 with half of them).
    if there >= 3 and here * 2 <= there and len(answer) < 0.7 * len(source):
        return f"sentences are missing: {here} for {there}"
    return None


def _lost_terms(source: str, answer: str, glossary: Glossary) -> str | None:
    for violation in glossary.violations(source, answer):
        if violation.forbidden is not None or violation.term.protect:
            return f"glossary: {violation}"
    return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"

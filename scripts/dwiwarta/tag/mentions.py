"""Finding the words that stand for countries, with traps and conditions applied."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.tag.names import cldr_name
from dwiwarta.tag.phrases import Match, PhraseMatcher, contains
from dwiwarta.tag.schema import Condition, Countries, CountryRules, Kind
from dwiwarta.tag.tokens import Segment

# Police reports print a person as initials and age: "AS (57)".
_AGE = re.compile(r"\s*\(\d{1,2}\)")
_NO_CONDITION = Condition()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that stands for a country; ``code`` is None for a trap."""

    text: str
    code: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names a country. ``segment``: 0 is the title, then paragraphs."""

    code: str
    kind: Kind
    words: str
    where: str
    segment: int


class MentionFinder:
    """Finds the countries' words in an article. Built once, then read-only."""

    def __init__(self, countries: Countries, rules: CountryRules) -> None:
        words = all_words(countries, rules)
        self._cased = PhraseMatcher(words)
        # In a line without case "as" and "AS" look alike, and so do "lima" and "Lima": there only
        # words of more than one possible reading less, that is those without a condition, count.
        self._caseless = PhraseMatcher(
            {
                text: word
                for text, word in words.items()
                if not rules.conditions.get(text, _NO_CONDITION).needs_company
            },
            fold=True,
        )
        self._conditions: Mapping[str, Condition] = rules.conditions
        self._company = PhraseMatcher(
            {text: text for rule in rules.conditions.values() for text in rule.any_of}, fold=True
        )
        self._not_after = frozenset(rules.not_after)
        self._history = frozenset(rules.history_before)

    def find(self, segments: Sequence[Segment]) -> list[Mention]:
        """All mentions in the order of the text."""
        found: list[tuple[int, Segment, Match[Word]]] = []
        initials: set[Word] = set()
        for index, segment in enumerate(segments):
            for match in (self._caseless if segment.caseless else self._cased).find(segment):
                if match.value.code is None:
                    continue
                if not self._ruled_out(segment, match):
                    found.append((index, segment, match))
                elif self._condition(match.value).initials:
                    initials.add(match.value)
        sure = {
            match.value.code
            for _, _, match in found
            if not self._condition(match.value).needs_company and match.value not in initials
        }
        company: set[str] | None = None
        out: list[Mention] = []
        for index, segment, match in found:
            word, rule = match.value, self._condition(match.value)
            if word in initials and word.code not in sure:
                continue
            if rule.needs_company and not (rule.own and word.code in sure):
                if company is None:
                    company = contains(segments, self._company)
                if company.isdisjoint(rule.any_of):
                    continue
            assert word.code is not None
            history = match.start > 0 and segment.words[match.start - 1] in self._history
            kind: Kind = "history" if history else word.kind
            text = segment.slice(match.start, match.stop)
            out.append(Mention(word.code, kind, text, segment.where, index))
        return out

    def _condition(self, word: Word) -> Condition:
        return self._conditions.get(word.text, _NO_CONDITION)

    def _ruled_out(self, segment: Segment, match: Match[Word]) -> bool:
        """Whether a neighbour says that the word means something else here."""
        rule = self._condition(match.value)
        before = segment.words[match.start - 1] if _joined(segment, match.start - 1) else None
        after = segment.words[match.stop] if _joined(segment, match.stop - 1) else None
        if before is not None and (before in self._not_after or before in rule.not_after):
            return True
        if after is not None and after in rule.not_before:
            return True
        end = segment.spans[match.stop - 1][1]
        return rule.not_age and _AGE.match(segment.text, end) is not None


def _joined(segment: Segment, index: int) -> bool:
    """Whether word ``index`` and the next one exist and stand together."""
    return 0 <= index < len(segment.joined) and segment.joined[index]


def all_words(countries: Countries, rules: CountryRules) -> dict[str, Word]:
    """Every phrase to look for: the traps, the listed words, the names of CLDR."""
    out = {text: Word(text, None, "name") for group in rules.traps.values() for text in group}
    for code, entry in countries.countries.items():
        for kind, texts in entry.by_kind().items():
            out.update({text: Word(text, code, kind) for text in texts})
        for name in (cldr_name(code, "id"), cldr_name(code, "en")):
            if name not in entry.no_cldr:
                out.setdefault(name, Word(name, code, "name"))
    return out

"""Finding the words that stand for countries, with traps and conditions applied."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.knowledge.entries import Countries, Kind
from dwiwarta.knowledge.taxonomy import HOME, cldr_name
from dwiwarta.tag.neighbours import Endings, after, before, name_follows, opens_sentence
from dwiwarta.tag.phrases import Match, PhraseMatcher, contains
from dwiwarta.tag.schema import Condition, CountryRules
from dwiwarta.tag.tokens import Segment

# Police reports print a person as initials and age: "AS (57)".
_AGE = re.compile(r"\s*\(\d{1,2}\)")
# Between the parts of an enumeration: "bahasa Inggris, Prancis, dan Jerman".
_ENUMERATION = re.compile(r"\s*(?:,|/|,?\s*\b(?:dan|atau|serta|maupun)\b)\s*", re.IGNORECASE)
_NO_CONDITION = Condition()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that stands for a country; ``code`` is None for a trap."""

    text: str
    code: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names a country.

    ``segment``: 0 is the title, then paragraphs; ``start``, ``stop``: its words in the segment.
    """

    code: str
    kind: Kind
    words: str
    where: str
    segment: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Found:
    index: int
    segment: Segment
    match: Match[Word]
    office: bool


class MentionFinder:
    """Finds the countries' words in an article. Built once, then read-only."""

    def __init__(self, countries: Countries, rules: CountryRules) -> None:
        words = all_words(countries, rules)
        self._cased = PhraseMatcher(words)
        self._conditions: Mapping[str, Condition] = rules.by_word()
        # In a line without case "as" and "AS" look alike, and so do "lima" and "Lima": there only
        # words of more than one possible reading less, that is those without a condition, count.
        self._caseless = PhraseMatcher(
            {
                text: word
                for text, word in words.items()
                if not self._conditions.get(text, _NO_CONDITION).needs_company
            },
            fold=True,
        )
        self._company = PhraseMatcher(
            {text: text for rule in self._conditions.values() for text in rule.any_of}, fold=True
        )
        self._not_after = Endings(rules.not_after)
        self._not_before = frozenset(rules.not_before)
        self._history = frozenset(rules.history_before)
        self._offices = Endings(rules.offices)
        self._countrylike = Endings((*rules.offices, *rules.people, *rules.whereabouts))
        self._of_persons = Endings(rules.persons)
        self._indefinite = frozenset(rules.indefinite)
        self._no_surname = frozenset(rules.no_surname)

    def find(self, segments: Sequence[Segment]) -> list[Mention]:
        """All mentions in the order of the text."""
        found, initials = self._candidates(segments)
        found = self._without_persons(found)
        sure = {
            each.match.value.code
            for each in found
            if each.match.value not in initials
            and (each.office or not self._condition(each.match.value).needs_company)
        }
        company: set[str] | None = None
        out: list[Mention] = []
        for each in found:
            word, rule = each.match.value, self._condition(each.match.value)
            if word in initials and word.code not in sure:
                continue
            if rule.needs_company and not each.office and not (rule.own and word.code in sure):
                if company is None:
                    company = contains(segments, self._company)
                if company.isdisjoint(rule.any_of):
                    continue
            if not each.office and not sure.isdisjoint(rule.not_with) and word.code not in sure:
                continue
            out.append(self._mention(each))
        return out

    def _candidates(self, segments: Sequence[Segment]) -> tuple[list[_Found], set[Word]]:
        """The words that no neighbour rules out, and those that are initials somewhere."""
        found: list[_Found] = []
        initials: set[Word] = set()
        for index, segment in enumerate(segments):
            refused = -1  # where the last word ended that stood for a language, a dish …
            for match in (self._caseless if segment.caseless else self._cased).find(segment):
                word = match.value
                thing = self._not_after.end_at(segment, match.start) or (
                    refused > 0 and _enumerated(segment, refused, match.start)
                )
                refused = match.stop if thing else -1
                if word.code is None:
                    continue
                if not thing and not self._ruled_out(segment, match):
                    office = self._offices.end_at(segment, match.start)
                    found.append(_Found(index, segment, match, office))
                elif self._condition(word).initials:
                    initials.add(word)
        return found, initials

    def _mention(self, found: _Found) -> Mention:
        segment, match = found.segment, found.match
        word = match.value
        assert word.code is not None
        history = match.start > 0 and segment.words[match.start - 1] in self._history
        kind: Kind = "history" if history else word.kind
        text = segment.slice(match.start, match.stop)
        return Mention(word.code, kind, text, segment.where, found.index, match.start, match.stop)

    def _condition(self, word: Word) -> Condition:
        return self._conditions.get(word.text, _NO_CONDITION)

    def _ruled_out(self, segment: Segment, match: Match[Word]) -> bool:
        """Whether a neighbour says that the word means something else here."""
        rule = self._condition(match.value)
        left, right = before(segment, match.start), after(segment, match.stop)
        if left is not None and left in rule.not_after:
            return True
        if right is not None and (right in rule.not_before or right in self._not_before):
            return True
        end = segment.spans[match.stop - 1][1]
        return rule.not_age and _AGE.match(segment.text, end) is not None

    def _without_persons(self, found: list[_Found]) -> list[_Found]:
        """Without the words that are a person's first name in this article.

        ``Kenya Putri`` opens a sentence, and nothing else in the article speaks of the country:
        no other word of it, no office before it, no ``di`` or ``warga``.
        """
        persons: set[str] = set()
        texts: dict[str | None, set[str]] = defaultdict(set)
        for each in found:
            texts[each.match.value.code].add(each.match.value.text)
            if self._is_person(each):
                persons.add(each.match.value.text)
        if not persons:
            return found
        for each in found:
            word = each.match.value
            if len(texts[word.code]) > 1 or self._countrylike.end_at(
                each.segment, each.match.start
            ):
                persons.discard(word.text)
        return [each for each in found if each.match.value.text not in persons]

    def _is_person(self, found: _Found) -> bool:
        segment, match = found.segment, found.match
        single = match.stop == match.start + 1 and match.value.code != HOME
        if not single or segment.caseless or segment.where == "title":
            return False
        if self._of_persons.end_at(segment, match.start):
            return not self._is_one_of_many(segment, match.start)
        surname = name_follows(segment, match.stop)
        if surname is None or surname in self._no_surname:
            return False
        return opens_sentence(segment, match.start)

    def _is_one_of_many(self, segment: Segment, start: int) -> bool:
        """Whether the word before word ``start`` is no part of a name: ``sejumlah toko Jepang``."""
        if start < 2:
            return False
        thing, above = segment.folded[start - 1], segment.folded[start - 2]
        return above == thing or above in self._indefinite


def _enumerated(segment: Segment, stop: int, start: int) -> bool:
    """Whether word ``start`` goes on the enumeration in which word ``stop - 1`` stands."""
    between = segment.text[segment.spans[stop - 1][1] : segment.spans[start][0]]
    return _ENUMERATION.fullmatch(between) is not None


def all_words(countries: Countries, rules: CountryRules) -> dict[str, Word]:
    """Every phrase to look for: the traps, the listed words, the names of CLDR.

    A trap that begins with a small letter stands for its form in a title too: ``flu Spanyol`` for
    ``Flu Spanyol``.
    """
    out: dict[str, Word] = {}
    for trap in (text for group in rules.traps.values() for text in group):
        out[trap] = Word(trap, None, "name")
        if trap[0].islower():
            capitals = " ".join(word[0].upper() + word[1:] for word in trap.split())
            out[capitals] = Word(capitals, None, "name")
    for code, entry in countries.countries.items():
        for kind, texts in entry.by_kind().items():
            out.update({text: Word(text, code, kind) for text in texts})
        for name in (cldr_name(code, "id"), cldr_name(code, "en")):
            if name not in entry.no_cldr:
                out.setdefault(name, Word(name, code, "name"))
    return out

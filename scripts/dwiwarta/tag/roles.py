"""What part each country plays in an article, read from the words around its names.

``acting``    how often a country or its people act: an office, ``warga`` or ``timnas`` before its
              name, or a verb after it;
``venue``     an event is only held there: ``digelar di Doha, Qatar``, ``MotoGP Spanyol``;
``listed``    the name is one of a bare list of four countries or more;
``opened``    how many sentences a country opens: in sport these are the teams that are told about;
``roundup``   the sides of a round-up of matches: two in a sentence with a result, and two such
              matches without a side in common. A team's record, where one side is always the same,
              is none;
``together``  how many sentences name Indonesia together with another country.

The words stand in ``country_roles.yml``.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dwiwarta.knowledge.taxonomy import HOME
from dwiwarta.tag.mentions import Mention
from dwiwarta.tag.neighbours import Endings, after, opens_sentence
from dwiwarta.tag.schema import CountryRoles
from dwiwarta.tag.tokens import Segment

# How far back in its sentence an event may stand before its venue, in characters.
_REACH = 240
# "di Doha, " or "di " right before a country's name.
_AT = re.compile(r"\b(?:di|ke)\s+(?:[\w’.-]+(?:\s+[\w’.-]+){0,4},\s*)?$", re.IGNORECASE)
_ROW = re.compile(r"\s*(?:\([^()]{0,20}\)\s*)?(?:[,;(]|,?\s*\b(?:dan|serta|hingga)\b)\s*")
_SCORE = re.compile(r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b")
# Verbs by their prefixes: mengecam, berjanji, terlibat, diserang.
_VERB = re.compile(r"(?:me|ber|ter|di|pe)[a-z]{3,}")
# So many countries in a row are a list.
_LIST = 4
# A sentence about a match names the two sides.
_SIDES = 2


@dataclass(frozen=True, slots=True)
class Roles:
    """What was read; see the module's text. ``mentions`` are all, the venues marked as such."""

    mentions: tuple[Mention, ...]
    listed: frozenset[Mention]
    sport: bool
    acting: Counter[str]
    opened: Counter[str]
    roundup: frozenset[str]
    together: int


class RoleReader:
    """Reads the parts that countries play. Built once, then read-only."""

    def __init__(self, rules: CountryRoles, actors: Iterable[str]) -> None:
        """``actors``: words of office and people that stand before a country's name."""
        self._rules = rules
        self._actors = Endings(
            f"{actor}{link}" for actor in actors for link in ("", " asal", " dari")
        )
        self._auxiliaries = frozenset(rules.auxiliaries)
        words = "|".join(map(re.escape, rules.events))
        self._event = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        self._race = Endings(rules.races_before)
        self._race_after = frozenset(rules.races_after)
        self._sport = frozenset(rules.sport)
        self._results = frozenset(rules.results)

    def read(self, segments: Sequence[Segment], mentions: Sequence[Mention]) -> Roles:
        """The roles of the countries that ``mentions`` names."""
        sentences = {index: _sentences(segments[index]) for index in {m.segment for m in mentions}}
        sport = self._is_sport(segments)
        marked = self._with_venues(segments, mentions, sport)
        named: dict[tuple[int, int], list[str]] = defaultdict(list)
        opened: Counter[str] = Counter()
        acting: Counter[str] = Counter()
        last: Mention | None = None  # the last one that an office or people stand before
        for mention in marked:
            segment, number = segments[mention.segment], sentences[mention.segment]
            named[mention.segment, number[mention.start]].append(mention.code)
            if mention.kind != "venue":
                opened[mention.code] += _opens(segment, mention.start)
                if self._actors.end_at(segment, mention.start) or (
                    last is not None and _goes_on(segments, last, mention)
                ):
                    last = mention  # warga Thailand dan Malaysia
                    acting[mention.code] += 1
                else:
                    last = None
                    acting[mention.code] += self._has_verb(segment, mention)
        return Roles(
            mentions=marked,
            listed=_listed(segments, marked),
            sport=sport,
            acting=acting,
            opened=opened,
            roundup=self._roundup(segments, sentences, named) if sport else frozenset(),
            together=sum(HOME in codes and len(set(codes)) > 1 for codes in named.values()),
        )

    def _has_verb(self, segment: Segment, mention: Mention) -> bool:
        word = after(segment, mention.stop)
        return word is not None and (word in self._auxiliaries or _VERB.fullmatch(word) is not None)

    def _with_venues(
        self, segments: Sequence[Segment], mentions: Sequence[Mention], sport: bool
    ) -> tuple[Mention, ...]:
        """The mentions, those that only say where an event is held marked as venues.

        In sport a country that is a venue once is one wherever the text says *di* or *ke*.
        """
        venues = {m for m in mentions if self._is_venue(segments[m.segment], m)}
        hosts = {m.code for m in venues} if sport else set()
        return tuple(
            replace(m, kind="venue")
            if m in venues or (m.code in hosts and _is_place(segments[m.segment], m))
            else m
            for m in mentions
        )

    def _is_venue(self, segment: Segment, mention: Mention) -> bool:
        right = after(segment, mention.stop)
        if right is not None and right.casefold() in self._race_after:
            return True
        if self._race.end_at(segment, mention.start):
            return True
        end = segment.spans[mention.start][0]
        start = first = mention.start
        while first > 0 and end - segment.spans[first - 1][0] <= _REACH:
            start = first
            if opens_sentence(segment, first):
                break
            first -= 1
        text = segment.text[segment.spans[min(start, first)][0] : end]
        return _AT.search(text) is not None and self._event.search(text) is not None

    def _is_sport(self, segments: Sequence[Segment]) -> bool:
        words = sum(len(segment.words) for segment in segments)
        hits = sum(sum(map(self._sport.__contains__, segment.folded)) for segment in segments)
        return hits > self._rules.sport_from * words

    def _roundup(
        self,
        segments: Sequence[Segment],
        sentences: Mapping[int, Sequence[int]],
        named: Mapping[tuple[int, int], Sequence[str]],
    ) -> frozenset[str]:
        words: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, numbers in sentences.items():
            for word, number in enumerate(numbers):
                words[index, number].append(word)
        matches: Counter[tuple[str, ...]] = Counter()
        for place, codes in named.items():
            sides = tuple(sorted(set(codes)))
            if len(sides) == _SIDES:
                matches[sides] += self._result(segments[place[0]], words[place])
        playing: set[str] = set()
        # The matches told about most come first, then those told about first.
        for sides, weight in matches.most_common():
            if weight and playing.isdisjoint(sides):
                playing.update(sides)
        return frozenset(playing if len(playing) > _SIDES else ())

    def _result(self, segment: Segment, words: Sequence[int]) -> int:
        """How surely a sentence tells of a match: a score says more than *melawan*."""
        text = segment.text[segment.spans[words[0]][0] : segment.spans[words[-1]][1]]
        if _SCORE.search(text):
            return 2
        return int(any(segment.folded[word] in self._results for word in words))


def _is_place(segment: Segment, mention: Mention) -> bool:
    end = segment.spans[mention.start][0]
    return _AT.search(segment.text[max(0, end - _REACH) : end]) is not None


def _sentences(segment: Segment) -> tuple[int, ...]:
    """The number of the sentence in which each word stands."""
    number, out, end = 0, [], 0
    for word, (start, stop) in enumerate(segment.spans):
        # One sign between two words ends no sentence.
        number += start > end + 1 and word > 0 and opens_sentence(segment, word)
        out.append(number)
        end = stop
    return tuple(out)


def _opens(segment: Segment, index: int) -> bool:
    """Whether a word is the first or, after a word such as ``Timnas``, the second of a sentence."""
    return opens_sentence(segment, index) or (index > 0 and opens_sentence(segment, index - 1))


def _listed(segments: Sequence[Segment], mentions: Sequence[Mention]) -> frozenset[Mention]:
    """The mentions that stand in a row of four countries or more."""
    out: list[Mention] = []
    row: list[Mention] = []
    for mention in mentions:
        if not (row and _goes_on(segments, row[-1], mention)):
            out += _long(row)
            row = []
        row.append(mention)
    return frozenset(out + _long(row))


def _goes_on(segments: Sequence[Segment], one: Mention, other: Mention) -> bool:
    if one.segment != other.segment:
        return False
    segment = segments[one.segment]
    gap = segment.text[segment.spans[one.stop - 1][1] : segment.spans[other.start][0]]
    return _ROW.fullmatch(gap) is not None


def _long(row: list[Mention]) -> list[Mention]:
    return row if len({mention.code for mention in row}) >= _LIST else []

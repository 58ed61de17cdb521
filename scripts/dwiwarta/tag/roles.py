"""What part each country plays in an article, read from the words around its names.

``acting``    how often a country or its people act: an office, ``warga`` or ``timnas`` before its
              name, or a verb after it. What stands before or after an enumeration counts for all
              that it names: ``warga Thailand dan Malaysia``;
``athletes``  in sport, how often an athlete is said to be from there: ``pembalap asal Spanyol``,
              ``Elena Timofeeva dari Rusia``, ``Marquez (Spanyol)``;
``beside``    which countries abroad stand in an enumeration with it, examples aside;
``venue``     an event is only held there: ``digelar di Doha, Qatar``, ``MotoGP Spanyol``; or an
              expert only works there: ``University of Michigan``;
``listed``    the name is one of a bare list of four countries or more, or of examples (``seperti
              Brasil dan Angola``). A list that opens a sentence and acts in it is not bare;
``roundup``   the sides of a round-up of matches or the countries of one of markets, and
``items``     those with an item of their own (``roundups.py``);
``incidents`` how often an incident is told there, and
``referred``  whether the text refers back to it: *negara itu* (``scenes.py``);
``backdrop``  the countries that news of all kinds name in passing;
``opens``     one of the first words of the text names it. A title that ends in a full stop is the
              first sentence of the text;
``words``     how many words the article has;
``together``  how many sentences name Indonesia together with another country;
``dealings``  how many words are those of dealings with other countries: *KBRI*, *WNI*, *timnas*.

The words stand in ``country_roles.yml``.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dwiwarta.knowledge.taxonomy import HOME
from dwiwarta.tag.mentions import Mention
from dwiwarta.tag.neighbours import (
    AT_PLACE,
    REACH,
    Endings,
    after,
    before,
    is_place,
    opens_sentence,
)
from dwiwarta.tag.references import Enumeration, Reference, enumerations, references
from dwiwarta.tag.roundups import (
    Sentence,
    alone_with_figure,
    items,
    markets,
    matches,
    naming_sentences,
)
from dwiwarta.tag.scenes import incidents, referred_to
from dwiwarta.tag.schema import CountryRoles
from dwiwarta.tag.tokens import Segment

# Verbs by their prefixes: mengecam, berjanji, terlibat, diserang.
_VERB = re.compile(r"(?:me|ber|ter|di|pe)[a-z]{3,}")
# Between an athlete and the country: pembalap asal Spanyol, penyerang timnas Guinea.
_ORIGIN = (" asal", " asli", " dari", " timnas", " tim nasional", " berkebangsaan")
_PREPOSITIONS = frozenset({"di", "ke", "dari"})
# Between an athlete's name and the country.
_FROM = frozenset({"asal", "dari"})
# So many of the first words of a text open it.
_OPENING = 9
# So many countries in a row are a list.
_LIST = 4


@dataclass(frozen=True, slots=True)
class Roles:
    """What was read; see the module's text. ``mentions`` are all, the venues marked as such."""

    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    listed: frozenset[Mention]
    sport: bool
    acting: Counter[str]
    athletes: Counter[str]
    beside: Mapping[str, frozenset[str]]
    opens: frozenset[str]
    words: int
    roundup: frozenset[str]
    items: frozenset[str]
    incidents: Counter[str]
    referred: frozenset[str]
    backdrop: frozenset[str]
    together: int
    dealings: int


class RoleReader:
    """Reads the parts that countries play. Built once, then read-only."""

    def __init__(self, rules: CountryRoles, actors: Iterable[str]) -> None:
        """``actors``: words of office and people that stand before a country's name."""
        self._rules = rules
        self._actors = Endings(
            f"{actor}{link}" for actor in actors for link in ("", " asal", " dari")
        )
        self._athletes = Endings(
            f"{athlete}{link}" for athlete in rules.athletes for link in ("", *_ORIGIN)
        )
        self._verbs = frozenset((*rules.auxiliaries, *rules.verbs))
        self._examples = frozenset(rules.examples)
        words = "|".join(map(re.escape, rules.events))
        self._event = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        sites = "|".join(map(re.escape, rules.sites))
        self._site = re.compile(
            rf"\b(?:{sites})\s+(?:[\w’.-]+,?\s+){{0,5}}[\w’.-]+,\s*$", re.IGNORECASE
        )
        self._before_venue = Endings((*rules.races_before, *rules.schools_before))
        self._after_venue = frozenset((*rules.races_after, *rules.schools_after))
        self._sport = frozenset(rules.sport)
        self._dealings = frozenset(rules.dealings)
        self._results = frozenset(rules.results)
        self._incidents = frozenset(rules.incidents)
        self._backdrop = frozenset(rules.backdrop)
        self._markets = frozenset(rules.markets)

    def read(self, segments: Sequence[Segment], mentions: Sequence[Mention]) -> Roles:
        """The roles of the countries that ``mentions`` names."""
        sentences = {index: _sentences(segments[index]) for index in {m.segment for m in mentions}}
        words = sum(len(segment.spans) for segment in segments)
        sport = self._is_sport(segments, words)
        marked = self._with_venues(segments, mentions, sport)
        acting: Counter[str] = Counter()
        athletes: Counter[str] = Counter()
        listed: set[Mention] = set()
        beside: dict[str, frozenset[str]] = defaultdict(frozenset)
        named_once = references(segments, marked)
        naming = naming_sentences(segments, sentences, named_once)
        alone = alone_with_figure(naming)
        for row in enumerations(segments, named_once):
            segment = segments[row[0][0].segment]
            acts = self._has_verb(segment, row)
            people = self._actors.end_at(segment, row[0][0].start)
            if len(row) > 1 and before(segment, row[0][0].start) not in self._examples:
                abroad = frozenset(reference[0].code for reference in row) - {HOME}
                for code in abroad:
                    beside[code] |= abroad - {code}
            if self._is_bare(segment, row, acts):
                listed.update(mention for reference in row for mention in reference)
            for reference in row:
                first = reference[0]
                if all(mention.kind == "venue" for mention in reference):
                    continue
                acting[first.code] += acts or people or self._actors.end_at(segment, first.start)
                if sport and first.kind == "name":
                    athletes[first.code] += self._is_of_athlete(segment, first.start)
        return Roles(
            mentions=marked,
            references=tuple(named_once),
            listed=frozenset(listed),
            sport=sport,
            acting=acting,
            athletes=athletes,
            beside=beside,
            opens=_openers(segments, marked),
            words=words,
            roundup=(matches(naming, self._results) if sport else markets(alone, self._markets)),
            items=items(alone, named_once),
            incidents=incidents(naming, self._incidents),
            referred=referred_to(segments, marked),
            backdrop=self._backdrop,
            together=sum(_names_home_and_others(sentence) for sentence in naming),
            dealings=_count(segments, self._dealings),
        )

    def _is_of_athlete(self, segment: Segment, index: int) -> bool:
        """Whether the words before a country's name speak of an athlete.

        In sport a person's name is one: ``Timofeeva dari Rusia``, ``Marquez (Spanyol)``.
        """
        if self._athletes.end_at(segment, index):
            return True
        if before(segment, index) in _FROM:
            name = index - 2
        elif index > 0 and segment.text[segment.spans[index][0] - 1] == "(":
            name = index - 1
        else:
            return False
        return name >= 0 and segment.words[name][0].isupper()

    def _has_verb(self, segment: Segment, row: Enumeration) -> bool:
        """Whether a verb follows; after an enumeration that opens a sentence a comma may part it.

        What stands after ``di`` is a place and does nothing.
        """
        start, stop = row[0][0].start, row[-1][-1].stop
        word = after(segment, stop)
        if word is None and len(row) > 1 and _opens(segment, start) and stop < len(segment.words):
            gap = segment.text[segment.spans[stop - 1][1] : segment.spans[stop][0]]
            word = segment.words[stop] if gap.strip() == "," else None
        if word is None or before(segment, start) in _PREPOSITIONS:
            return False
        return word in self._verbs or _VERB.fullmatch(word) is not None

    def _is_bare(self, segment: Segment, row: Enumeration, acts: bool) -> bool:
        """Whether an enumeration only lists countries; see ``listed``."""
        start = row[0][0].start
        if before(segment, start) in self._examples:
            return True
        long = len({mention.code for reference in row for mention in reference}) >= _LIST
        return long and not (acts and _opens(segment, start))

    def _with_venues(
        self, segments: Sequence[Segment], mentions: Sequence[Mention], sport: bool
    ) -> tuple[Mention, ...]:
        """The mentions, those that only say where an event is held marked as venues.

        In sport a country that is a venue once is one wherever the text says *di* or *ke*.
        """
        venues = {m for m in mentions if self._is_venue(segments[m.segment], m, sport)}
        hosts = {m.code for m in venues} if sport else set()
        return tuple(
            replace(m, kind="venue")
            if m in venues or (m.code in hosts and is_place(segments[m.segment], m.start))
            else m
            for m in mentions
        )

    def _is_venue(self, segment: Segment, mention: Mention, sport: bool) -> bool:
        right = after(segment, mention.stop)
        if right is not None and right.casefold() in self._after_venue:
            return True
        if self._before_venue.end_at(segment, mention.start):
            return True
        end = segment.spans[mention.start][0]
        start = first = mention.start
        while first > 0 and end - segment.spans[first - 1][0] <= REACH:
            start = first
            if opens_sentence(segment, first):
                break
            first -= 1
        text = segment.text[segment.spans[min(start, first)][0] : end]
        if AT_PLACE.search(text) is not None and self._event.search(text) is not None:
            # Where people die or are arrested, more than an event takes place.
            told = segment.folded[min(start, first) : mention.start]
            return sport or self._incidents.isdisjoint(told)
        return text.endswith(", ") and self._site.search(text) is not None

    def _is_sport(self, segments: Sequence[Segment], words: int) -> bool:
        return _count(segments, self._sport) > self._rules.sport_from * words


def _count(segments: Iterable[Segment], words: frozenset[str]) -> int:
    """How many words of an article are among ``words``."""
    return sum(sum(map(words.__contains__, segment.folded)) for segment in segments)


def _names_home_and_others(sentence: Sentence) -> bool:
    codes = {reference[0].code for reference in sentence.references}
    return HOME in codes and len(codes) > 1


def _openers(segments: Sequence[Segment], mentions: Iterable[Mention]) -> frozenset[str]:
    first = {0, 1} if segments[0].text.endswith(".") else {1}
    return frozenset(m.code for m in mentions if m.segment in first and m.start < _OPENING)


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

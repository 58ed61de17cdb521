"""Which English words stand for which Indonesian ones in a pair of sentences.

What may be partners is said by the glosses of the lexicon, by equal and similar forms (names,
numbers, words that both languages took from a third), and by what texts of the site have beside one
another (``partners``). Which of them are is found from the surest outwards: a word with one
candidate that nobody else asks for is matched first, and those that are matched say where the
partners of their neighbours should be. Two candidates that are about as good are none.

``docs/assets/words/align.js`` does the same in a reader's browser, step by step; ``tests/browser/``
holds the two together. Scores are whole numbers, so that both come out the same.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dwiwarta.words.english import WORD, english_key, gloss_keys, is_empty, matching_rules
from dwiwarta.words.likeness import akin, equal, number, similar
from dwiwarta.words.meanings import Meanings

Span = tuple[int, int]

# What a candidate is worth, and what it costs to stand elsewhere than its neighbours say. Found by
# trying on sentences of two public test sets, others than those that ``benchmarks/alignment.py``
# measures with.
EQUAL, GLOSS, LATER_GLOSS, WORST_GLOSS = 100, 100, 3, 82
LEARNT, LATER_LEARNT, AKIN, SIMILAR = 86, 4, 72, 76
SURE = 76  # a single candidate of so much needs no neighbour
PLACE, ENOUGH, BETTER_BY = 5, 55, 8
NEAR, FAR = 2, 9  # words: of a neighbour's partner; from where a partner should be
_LONGEST_PHRASE = 4  # words


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a word: its root, and glosses, those of just this form first."""

    root: str
    glosses: tuple[str, ...]


Look = Callable[[str], Looked | None]


@dataclass(frozen=True, slots=True)
class Link:
    """Characters of the Indonesian sentence, and those of the English one that stand for them."""

    id: Span
    en: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or fixed phrase of the Indonesian sentence."""

    text: str
    span: Span
    place: int
    words: int
    looked: Looked | None
    loose: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    unit: int
    places: tuple[int, ...]
    score: int
    empty: bool


def looking_up(meanings: Meanings) -> Look:
    """``Look`` by the lexicon and the glossary, as the browser does."""

    @lru_cache(100_000)
    def look(text: str) -> Looked | None:
        if " " in text:
            glosses = meanings.phrase(text)
            return Looked(text.lower(), glosses) if glosses else None
        found = meanings.of(text)
        if not found.senses:
            return None
        own = [gloss for sense in found.senses for gloss in sense.glosses]
        roots = dict.fromkeys(sense.root for sense in found.senses)
        own += [gloss for root in roots for gloss in meanings.analyser.lexicon.glosses(root)]
        return Looked(found.senses[0].root, tuple(dict.fromkeys(own)))

    return look


def link_words(
    indonesian: str, english: str, look: Look, partners: Mapping[str, Sequence[str]] | None = None
) -> tuple[Link, ...]:
    """The links of a pair of sentences, in the order of the Indonesian one.

    ``partners``: keys of English words by root, as ``learn_partners`` gives them. No English word
    is in two links.
    """
    words = [(match[0], match.span()) for match in WORD.finditer(english)]
    keys = [_english(word) for word, _ in words]
    units: list[_Unit] = []
    found: list[_Candidate] = []
    for phrase, single in _units(indonesian, look):
        some = list(_candidates(len(units), phrase, words, keys, partners or {})) if phrase else []
        for unit in (phrase,) if phrase and some else single:
            found += some or _candidates(len(units), unit, words, keys, partners or {})
            units.append(unit)
    chosen = _choose(units, len(words), found)
    return tuple(
        Link(units[at].span, tuple(_joined([words[place][1] for place in chosen[at]])))
        for at in sorted(chosen)
    )


def _units(text: str, look: Look) -> Iterator[tuple[_Unit | None, tuple[_Unit, ...]]]:
    """The phrases of a text, and each with its words; None where a word stands by itself."""
    words = [(match[0], match.span()) for match in INDONESIAN_WORD.finditer(text)]
    at = 0
    while at < len(words):
        phrase, length = None, 1
        for more in range(min(_LONGEST_PHRASE, len(words) - at), 1, -1):
            said = " ".join(word for word, _ in words[at : at + more])
            span = words[at][1][0], words[at + more - 1][1][1]
            if text[slice(*span)] == said and (looked := look(said)):
                phrase, length = _Unit(said, span, at, more, looked, False), more
                break
        yield phrase, tuple(_single(words[one], one, look) for one in range(at, at + length))
        at += length


def _single(word: tuple[str, Span], place: int, look: Look) -> _Unit:
    text, span = word
    loose = text.lower() in matching_rules().loose_words
    return _Unit(text, span, place, 1, look(text), loose)


INDONESIAN_WORD = re.compile(r"[0-9](?:[0-9.,]*[0-9])?|[^\W\d_]+(?:['’-][^\W\d_]+)*")


# --- candidates ---------------------------------------------------------------------------------


def _candidates(
    at: int,
    unit: _Unit,
    words: Sequence[tuple[str, Span]],
    keys: Sequence[str],
    partners: Mapping[str, Sequence[str]],
) -> Iterator[_Candidate]:
    """The best of each place."""
    best: dict[tuple[int, ...], int] = {}

    def add(places: tuple[int, ...], score: int) -> None:
        best[places] = max(best.get(places, 0), score)

    digits = number(unit.text)
    for place, (word, _) in enumerate(words):
        if digits is not None:
            if keys[place] == digits:
                add((place,), EQUAL)
        elif equal(unit.text, word):
            add((place,), EQUAL)
        elif not unit.looked and similar(unit.text.lower(), word.lower()):
            add((place,), SIMILAR)
    for rank, gloss in enumerate(unit.looked.glosses if unit.looked else ()):
        score = max(GLOSS - LATER_GLOSS * rank, WORST_GLOSS)
        said = gloss_keys(gloss)
        for place in range(len(keys) if said else 0):
            if places := _stands(said, keys, place):
                add(places, score)
            elif len(said) == 1 and akin(said[0], keys[place]):
                add((place,), AKIN)
    if unit.words == 1:
        root = unit.looked.root if unit.looked else unit.text.lower()
        for rank, key in enumerate(partners.get(root, ())):
            for place, other in enumerate(keys):
                if other == key:
                    add((place,), LEARNT - LATER_LEARNT * rank)
    for places, score in best.items():
        yield _Candidate(at, places, score, all(is_empty(words[p][0]) for p in places))


def _english(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else english_key(word)


def _stands(said: tuple[str, ...], keys: Sequence[str], place: int) -> tuple[int, ...]:
    """Where the keys of a gloss stand from a place on, in order, a word or two between at most."""
    if keys[place] != said[0]:
        return ()
    found = [place]
    for key in said[1:]:
        for at in range(found[-1] + 1, min(found[-1] + 3, len(keys))):
            if keys[at] == key:
                found.append(at)
                break
        else:
            return ()
    return tuple(found)


# --- choosing -----------------------------------------------------------------------------------


def _choose(
    units: Sequence[_Unit], words: int, found: Sequence[_Candidate]
) -> dict[int, tuple[int, ...]]:
    """The places of each unit that has a partner."""
    chosen: dict[int, tuple[int, ...]] = {}
    taken: set[int] = set()
    full = [one for one in found if not (one.empty or units[one.unit].loose)]
    asked = Counter(place for one in full for place in one.places)
    options = Counter(one.unit for one in full)
    for one in full:
        alone = options[one.unit] == 1 and all(asked[place] == 1 for place in one.places)
        if alone and one.score >= SURE:
            chosen[one.unit] = one.places
            taken.update(one.places)
    for group in (full, [one for one in found if one not in full]):
        _choose_by_neighbours(units, words, group, chosen, taken)
    return chosen


def _choose_by_neighbours(
    units: Sequence[_Unit],
    words: int,
    group: Sequence[_Candidate],
    chosen: dict[int, tuple[int, ...]],
    taken: set[int],
) -> None:
    """Take the best candidate again and again, until none is good enough."""
    while True:
        rated: dict[int, list[tuple[int, _Candidate]]] = {}
        for one in group:
            if one.unit in chosen or taken.intersection(one.places):
                continue
            off = _off(units, words, one, chosen)
            weak = one.empty or units[one.unit].loose
            if off > (NEAR if weak else FAR) or (weak and not _beside(one, chosen)):
                continue
            rated.setdefault(one.unit, []).append((one.score - PLACE * off, one))
        best: tuple[int, _Candidate] | None = None
        for options in rated.values():
            options.sort(key=lambda rate: (-rate[0], rate[1].places))
            if len(options) > 1 and options[0][0] - options[1][0] < BETTER_BY:
                continue
            if options[0][0] >= ENOUGH and (best is None or options[0][0] > best[0]):
                best = options[0]
        if best is None:
            return
        chosen[best[1].unit] = best[1].places
        taken.update(best[1].places)


def _off(
    units: Sequence[_Unit],
    words: int,
    one: _Candidate,
    chosen: Mapping[int, tuple[int, ...]],
) -> int:
    """How many words a candidate stands from where the units matched beside it say."""
    here, place = units[one.unit].place, one.places[0]
    offs = []
    for way in (-1, 1):
        at = one.unit + way
        while 0 <= at < len(units) and at not in chosen:
            at += way
        if 0 <= at < len(units):
            offs.append(abs((place - chosen[at][0]) - (here - units[at].place)))
    if offs:
        return min(offs)
    total = units[-1].place + units[-1].words
    return abs(place * total - here * words) // max(total, 1)


def _beside(one: _Candidate, chosen: Mapping[int, tuple[int, ...]]) -> bool:
    """Whether the unit before or after is matched with a word as near in the English sentence."""
    for way in (-1, 1):
        places = chosen.get(one.unit + way, ())
        if any(1 <= (place - one.places[0]) * way <= NEAR for place in places):
            return True
    return False


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Words that stand beside one another as one range."""
    begin, end = spans[0]
    for one in spans[1:]:
        if one[0] > end + 1:
            yield begin, end
            begin = one[0]
        end = one[1]
    yield begin, end

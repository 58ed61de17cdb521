"""Runs: stretches of a text that stand in it a second time, in the same order.

A layout that prints a text twice repeats paragraph after paragraph; an author repeats one sentence
under another heading, for another person, in another mouth. So a repeat counts only as part of a
run, and a run only where its place or its length says that nobody wrote it:

- it follows at once on what it repeats (``A B A B``), or
- it begins where the text begins and holds most of the text so far, or
- it is longer than any passage that is written twice, and has no heading of its own.

A page that prints each paragraph once for every box around it repeats itself many times over; there
a paragraph alone is a copy, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

# Letters and digits below which a repeat is taken for a refrain, a heading or a table cell.
REPEAT_LENGTH = 48
# Units that one of the two copies may lack or have in another form, in a row: the steps to the
# next pair, nearest first.
_HOLES = 2
_STEPS = sorted(product(range(1, _HOLES + 2), repeat=2), key=lambda step: (sum(step), step))
# How much of a copy's letters must be repeats.
_SOLID = 0.7
# Where a copy of the whole text may begin, counted in units, and how much of the text it holds.
_BEGINS = 3
_WHOLE_SHARE = 0.6
_WHOLE_UNITS = 3
# A text that came as one or two lines: so many letters count as much as several paragraphs.
_WHOLE_LETTERS = 600
# A second text that is mostly a list or a table has so many lines and letters; verse has fewer.
_SECOND_UNITS = 6
_SECOND_LETTERS = 200
# A passage of this size is a copy wherever it stands: in the 2,009 texts measured, the longest one
# that an author repeats on purpose has two paragraphs and 600 letters.
_LONG_UNITS = 5
_LONG_LETTERS = 700
# No verse and no row of a table is so long.
_CAPTION_LENGTH = 150
# A page with so many times more letters in copies than in its text prints paragraphs in each other.
_NESTED = 3
# What has been kept more often than this is a refrain, not the beginning of a copy.
_PLACES = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or a sentence: its squashed text, and what kind of line it is.

    ``prose``: long enough for a repeat, ends like a sentence, is no item of a list.
    ``heading``: short, and does not end like a sentence.
    """

    key: str
    prose: bool
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run that follows at once on its original needs at least: ``prose`` units, letters.

    ``doubles``: a single line without a full stop that stands twice in a row counts too, outside
    verse and tables. ``shortened``: the repeat of a paragraph may be a part of it, such as a copy
    that lost a link or a headline glued to it.
    """

    prose: int = 1
    letters: int = REPEAT_LENGTH
    doubles: bool = True
    shortened: bool = False


@dataclass(slots=True)
class _Run:
    pairs: list[tuple[int, int]]  # (position among the kept units, index of the repeat)
    letters: int = 0
    prose: int = 0
    prose_letters: int = 0

    @property
    def end(self) -> int:
        return self.pairs[-1][1] + 1

    @property
    def has_holes(self) -> bool:
        (first, begin), (last, end) = self.pairs[0], self.pairs[-1]
        return len(self.pairs) < max(last - first, end - begin) + 1


@dataclass(slots=True)
class _Kept:
    """The units kept so far and where each text stands among them."""

    units: Sequence[Unit]
    indices: list[int] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    letters: int = 0

    def add(self, index: int) -> None:
        key = self.units[index].key
        if key:
            self.places.setdefault(key, []).append(len(self.indices))
        self.indices.append(index)
        self.letters += len(key)

    def key(self, position: int) -> str:
        return self.units[self.indices[position]].key


def find_copies(units: Sequence[Unit], limits: Limits) -> dict[int, int]:
    """Which units belong to a second copy: the index of each, and of the unit that it repeats."""
    kept = _Kept(units)
    copies: dict[int, int] = {}
    tried: set[tuple[int, int]] = set()
    index = 0
    while index < len(units):
        run = _best_run(kept, index, limits, tried)
        if run is None:
            kept.add(index)
            index += 1
            continue
        found = {repeat: kept.indices[position] for position, repeat in run.pairs}
        copies |= found
        for between in range(index, run.end):
            if between not in found:
                kept.add(between)
        index = run.end
    copied = sum(len(units[index].key) for index in copies)
    if copies and copied >= _NESTED * kept.letters:
        single = _single_copies(kept)
        copies = {index: single.get(first, first) for index, first in copies.items()} | single
    return copies


def _single_copies(kept: _Kept) -> dict[int, int]:
    """The kept units of prose that stand among the kept ones before, under no heading."""
    copies: dict[int, int] = {}
    first: dict[str, int] = {}
    above_is_heading = False
    for index in kept.indices:
        unit = kept.units[index]
        if unit.prose and unit.key in first and not above_is_heading:
            copies[index] = first[unit.key]
            continue
        first.setdefault(unit.key, index)
        above_is_heading = unit.heading
    return copies


def _best_run(kept: _Kept, index: int, limits: Limits, tried: set[tuple[int, int]]) -> _Run | None:
    key = kept.units[index].key
    places = kept.places.get(key, [])
    if limits.shortened and not places and len(key) >= REPEAT_LENGTH:
        nearby = range(max(0, len(kept.indices) - _HOLES - 1), len(kept.indices))
        places = [place for place in nearby if key in kept.key(place)]
    best: _Run | None = None
    for place in reversed(places if len(places) <= _PLACES else ()):
        if (place, index) in tried:
            continue  # the rest of a run that was not enough as a whole
        run = _follow(kept, place, index, limits)
        tried.update(run.pairs)
        if _is_copy(run, kept, limits) and (best is None or run.letters > best.letters):
            best = run
    return best


def _follow(kept: _Kept, place: int, index: int, limits: Limits) -> _Run:
    run = _Run([])
    pair: tuple[int, int] | None = (place, index)
    while pair is not None:
        run.pairs.append(pair)
        unit = kept.units[pair[1]]
        run.letters += len(unit.key)
        if unit.prose:
            run.prose += 1
            run.prose_letters += len(unit.key)
        pair = _next_pair(kept, *pair, limits.shortened)
    return run


def _next_pair(kept: _Kept, place: int, index: int, shortened: bool) -> tuple[int, int] | None:
    for one, other in _STEPS:
        if place + one < len(kept.indices) and index + other < len(kept.units):
            key, before = kept.units[index + other].key, kept.key(place + one)
            if key and key == before:
                return place + one, index + other
            if shortened and one == other == 1 and len(key) >= REPEAT_LENGTH and key in before:
                return place + one, index + other
    return None


def _is_copy(run: _Run, kept: _Kept, limits: Limits) -> bool:
    if limits.doubles and _is_second_text(run, kept):
        return True
    if 2 * run.prose_letters < run.letters or not _is_solid(run, kept):
        return limits.doubles and _is_double(run, kept)
    last = run.pairs[-1][0]
    if last == len(kept.indices) - 1:  # nothing stands between
        least = max(limits.prose, 2) if run.has_holes else limits.prose
        if run.prose >= least and run.letters >= limits.letters:
            return True
    if _have_headings(run, kept):
        return False
    return _is_whole(run, kept) or (run.prose >= _LONG_UNITS and run.letters >= _LONG_LETTERS)


def _is_second_text(run: _Run, kept: _Kept) -> bool:
    """Whether a run is the whole text again, line by line to its end: also if most is a list."""
    if run.pairs[0][0] != 0 or run.has_holes or run.end != len(kept.units):
        return False
    rest = kept.indices[run.pairs[-1][0] + 1 :]  # such as the title, between the two
    whole = len(rest) <= 1 and all(kept.units[index].heading for index in rest)
    return whole and len(run.pairs) >= _SECOND_UNITS and run.letters >= _SECOND_LETTERS


def _have_headings(run: _Run, kept: _Kept) -> bool:
    """Whether original and copy stand each under a heading of its own: two towns, two articles."""
    place, index = run.pairs[0]
    original = place > 0 and kept.units[kept.indices[place - 1]].heading
    return original and kept.units[index - 1].heading


def _is_whole(run: _Run, kept: _Kept) -> bool:
    """Whether a run is a copy of the whole text so far.

    What begins behind the first line must also end with the text: two lives that share most of
    their stations have a name in front of each.
    """
    first, last = run.pairs[0][0], run.pairs[-1][0]
    if first > 0 and any(kept.units[index].prose for index in kept.indices[last + 1 :]):
        return False
    large = run.prose >= _WHOLE_UNITS or run.letters >= _WHOLE_LETTERS
    return first < _BEGINS and large and run.letters >= _WHOLE_SHARE * kept.letters


def _is_solid(run: _Run, kept: _Kept) -> bool:
    begin = run.pairs[0][1]
    return run.letters >= _SOLID * sum(len(unit.key) for unit in kept.units[begin : run.end])


def _is_double(run: _Run, kept: _Kept) -> bool:
    """Whether a single line stands twice in a row: a caption, or the title of a video.

    Beside other lines without a full stop it may be a line of a song or a row of a table, if it is
    not too long for that.
    """
    place, index = run.pairs[0]
    if len(run.pairs) != 1 or place != len(kept.indices) - 1:
        return False
    length = len(kept.units[index].key)
    above = kept.indices[place - 1] if place else None
    below = index + 1 if index + 1 < len(kept.units) else None
    beside = [kept.units[i] for i in (above, below) if i is not None]
    in_prose = all(unit.prose for unit in beside)
    return length >= _CAPTION_LENGTH or (length >= REPEAT_LENGTH and in_prose)

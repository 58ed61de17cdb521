"""Candidates among which at least one article is new: what others are to each other is known.

What two articles are to each other depends on these two alone, so pairs of articles that have not
changed stay as they are. The shingles of the new ones are indexed, and those of all the others are
looked up in that index one after the other: no index of everything is made or kept.
"""

from __future__ import annotations  # Python 3.11 cannot subscript array

import itertools
import json
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from dwiwarta.dedupe.profile import Sketch


def overlaps_with(
    fresh: Collection[int], sets: Sequence[array[int]], min_containment: float
) -> Iterator[tuple[int, int, int]]:
    """As ``index.overlaps``, but only pairs of which one or both are ``fresh``."""
    chosen = frozenset(fresh)
    holders = _inverted({number: sets[number] for number in chosen})
    known = frozenset(holders)
    for i, one in enumerate(sets):
        named = (holders[value] for value in known.intersection(one))
        for j, shared in Counter(itertools.chain.from_iterable(named)).items():
            if i == j or (i in chosen and i > j):  # two fresh ones meet twice
                continue
            if shared >= max(1, math.ceil(min_containment * min(len(one), len(sets[j])))):
                yield min(i, j), max(i, j), shared


def same_keywords_with(
    fresh: Collection[int], sketches: Sequence[Sketch], least: int, days: int
) -> Iterator[tuple[int, int]]:
    """Pairs ``i`` < ``j``, at least one ``fresh``, within ``days`` and with ``least`` keywords."""
    chosen = frozenset(fresh)
    holders = _inverted({n: sketches[n].keywords for n in chosen if sketches[n].day is not None})
    window = timedelta(days=days)
    for i, one in enumerate(sketches):
        if one.day is None:
            continue
        named = (holders[word] for word in one.keywords if word in holders)
        for j, common in Counter(itertools.chain.from_iterable(named)).items():
            other = sketches[j].day
            if i == j or (i in chosen and i > j) or other is None:
                continue
            if common >= least and abs(one.day - other) <= window:
                yield min(i, j), max(i, j)


def _inverted(
    values_of: Mapping[int, Collection[int] | Collection[str]],
) -> dict[int | str, list[int]]:
    holders: dict[int | str, list[int]] = defaultdict(list)
    for number in sorted(values_of):
        for value in values_of[number]:
            holders[value].append(number)
    return dict(holders)


def dump_sketch(sketch: Sketch) -> bytes:
    """A sketch as bytes: one line of JSON, then the shingles."""
    day = sketch.day.isoformat() if sketch.day else None
    head = [sketch.shingles.typecode, day, *sketch.keywords]
    return json.dumps(head).encode() + b"\n" + sketch.shingles.tobytes()


def load_sketch(data: bytes) -> Sketch:
    """The sketch that ``dump_sketch`` made bytes of. Raises ``ValueError`` for any others."""
    line, _, body = data.partition(b"\n")
    typecode, day, *keywords = json.loads(line)
    shingles = array(typecode)
    shingles.frombytes(body)
    return Sketch(shingles, tuple(keywords), date.fromisoformat(day) if day else None)

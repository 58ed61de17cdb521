"""Copies of a text that a scraper left with its paragraphs run together on one line."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from dwiwarta.clean.draft import Draft
from dwiwarta.clean.runs import REPEAT_LENGTH
from dwiwarta.model import RemovalKind
from dwiwarta.text import squash

# A line of which other lines make up this share is a glued copy of them.
_COPY_SHARE = 0.7
# Copies are searched among this many lines at most: the search takes lines times length.
_MOST_LINES = 400
# What is left over beside the parts of a copy is text of its own if it is whole sentences.
_WHOLE = re.compile(r"^[\W\d]{0,8}[A-Z].*[.!?…][\"”'’)\]]{0,2}$")
# A mark in front of the first letter of a piece belongs to it, and one behind a space to the next.
_OPENING = frozenset("“‘\"'([")
_NEXT_OPENING = re.compile(r"(?:\s+[“‘\"'(\[]+|[“‘(\[]+)$")

_Span = tuple[int, int, int]  # start and end in the squashed line, index of the line found there


def drop_glued_copies(draft: Draft) -> None:
    """Drop lines that are other lines run together.

    The parts take the place of the first copy, in its order, with what only the copy holds. A line
    that would leave half a sentence over is no copy: it stays, and so do the others.
    """
    keys = [squash(line) for line in draft.lines]
    long = [i for i, key in enumerate(keys) if len(key) >= REPEAT_LENGTH]
    if len(long) > _MOST_LINES:
        return
    parts: dict[int, list[int | str]] = {}
    for index in sorted(long, key=lambda i: (-len(keys[i]), i)):
        spans = _outermost(
            (start, start + len(keys[other]), other)
            for other in long
            if len(keys[other]) < len(keys[index])
            if (start := keys[index].find(keys[other])) >= 0
        )
        if len(spans) < 2 or any(a[2] > b[2] for a, b in pairwise(spans)):
            continue
        covered = _union([(start, end) for start, end, _ in spans])
        share = sum(end - start for start, end in covered) / len(keys[index])
        left = _left_over(draft.lines[index], covered)
        if share >= _COPY_SHARE and all(_WHOLE.match(piece) for _, piece in left):
            placed: list[tuple[int, int | str]] = [(start, other) for start, _, other in spans]
            placed += left
            parts[index] = [part for _, part in sorted(placed, key=lambda item: item[0])]
    if not parts:
        return
    placed_lines: set[int] = set()
    out: list[str] = []
    for index in range(len(draft.lines)):
        _place(index, parts, draft, placed_lines, out)
    draft.lines[:] = out


def _outermost(spans: Iterable[_Span]) -> list[_Span]:
    """The parts that lie in no other part, by where they stand in the copy."""
    outer: list[_Span] = []
    reached = 0
    for start, end, index in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reached:
            outer.append((start, end, index))
            reached = end
    return outer


def _place(
    index: int, parts: dict[int, list[int | str]], draft: Draft, placed: set[int], out: list[str]
) -> None:
    if index in placed:
        return
    placed.add(index)
    if index not in parts:
        out.append(draft.lines[index])
        return
    draft.note(
        draft.lines[index], RemovalKind.REPEAT, "repeat: its parts stand as paragraphs of their own"
    )
    for part in parts[index]:
        if isinstance(part, str):
            out.append(part)
        else:
            _place(part, parts, draft, placed, out)


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _left_over(line: str, covered: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """What ``line`` holds outside the covered spans of its squashed form, with where it starts."""
    ends = _squashed_ends(line)
    out: list[tuple[int, str]] = []
    start = 0
    for left, right in [*covered, (ends[-1], ends[-1])]:
        begin = bisect_right(ends, start)
        while begin > 0 and line[begin - 1] in _OPENING:
            begin -= 1
        piece = _NEXT_OPENING.sub("", line[begin : bisect_right(ends, left)].strip(" ,;"))
        if left > start and squash(piece):
            out.append((start, piece))
        start = max(start, right)
    return out


def _squashed_ends(line: str) -> list[int]:
    """How many squashed characters each prefix of ``line`` gives; one entry a character."""
    ends, total = [], 0
    for character in line:
        total += len(squash(character))
        ends.append(total)
    return ends

"""Repeats inside an article: copies of the body, paragraphs and sentences that stand there already.

Everything is compared by letters and digits alone (``squash``), so a copy that lost its spaces is
found. Short lines are left alone: refrains, headings and table cells repeat rightfully.
"""

import re
from bisect import bisect_right
from collections import Counter

from dwiwarta.clean.draft import Draft
from dwiwarta.model import RemovalKind
from dwiwarta.text import squash

# Letters and digits below which a repeat is taken for a refrain, a heading or a table cell.
REPEAT_LENGTH = 48
# So many repeated paragraphs mean that the layout repeats, not the author.
_REPEATED_PAGE = 3
_SHORT_SENTENCE = 16
# A line of which other lines make up this share is a glued copy of them.
_COPY_SHARE = 0.7
# Copies are searched among this many lines at most: the search takes lines times length.
_MOST_LINES = 400

_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+")


def drop_repeats(draft: Draft) -> None:
    """Take out what stands in the article already, in whole lines and then in sentences."""
    _drop_same_lines(draft)
    _drop_glued_copies(draft)
    _drop_contained_lines(draft)
    _drop_same_sentences(draft)


def _drop_same_lines(draft: Draft) -> None:
    keys = [squash(line) for line in draft.lines]
    counts = Counter(key for key in keys if len(key) >= REPEAT_LENGTH)
    repeated_page = sum(count - 1 for count in counts.values()) >= _REPEATED_PAGE
    first: dict[str, int] = {}
    kept: list[str] = []
    for line, key in zip(draft.lines, keys, strict=True):
        # Where the layout repeats whole paragraphs, a short sentence is repeated by it too.
        is_sentence = len(key) >= _SHORT_SENTENCE and line[-1] in '.!?”"'
        if key in first and (len(key) >= REPEAT_LENGTH or (repeated_page and is_sentence)):
            draft.note(line, RemovalKind.REPEAT, f"repeat: paragraph {first[key]}")
            continue
        kept.append(line)
        first.setdefault(key, len(kept))
    draft.lines[:] = kept


def _drop_glued_copies(draft: Draft) -> None:
    """Drop lines that are other lines run together.

    The parts take the place of the first copy, in its order, with what only the copy holds.
    """
    keys = [squash(line) for line in draft.lines]
    long = [i for i, key in enumerate(keys) if len(key) >= REPEAT_LENGTH]
    if len(long) > _MOST_LINES:
        return
    parts: dict[int, list[int | str]] = {}
    for index in sorted(long, key=lambda i: (-len(keys[i]), i)):
        spans = sorted(
            (start, start + len(keys[other]), other)
            for other in long
            if len(keys[other]) < len(keys[index])
            if (start := keys[index].find(keys[other])) >= 0
        )
        covered = _union([(start, end) for start, end, _ in spans])
        share = sum(end - start for start, end in covered) / len(keys[index])
        if len(spans) >= 2 and share >= _COPY_SHARE:
            parts[index] = _in_order(spans, _left_over(draft.lines[index], covered))
    if not parts:
        return
    placed: set[int] = set()
    out: list[str] = []
    for index in range(len(draft.lines)):
        _place(index, parts, draft, placed, out)
    draft.lines[:] = out


def _in_order(spans: list[tuple[int, int, int]], left: list[tuple[int, str]]) -> list[int | str]:
    """Indices of the outermost parts and the texts left over, by where they stand in the copy."""
    outer: list[tuple[int, int | str]] = list(left)
    reached = 0
    for start, end, index in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reached:
            outer.append((start, index))
            reached = end
    return [part for _, part in sorted(outer, key=lambda item: item[0])]


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
        piece = line[bisect_right(ends, start) : bisect_right(ends, left)].strip(" .,;")
        if left - start >= REPEAT_LENGTH and piece:
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


def _drop_contained_lines(draft: Draft) -> None:
    """Drop lines that stand word for word inside a longer one: standfirsts and pull quotes."""
    keys = [squash(line) for line in draft.lines]
    long = [i for i, key in enumerate(keys) if len(key) >= REPEAT_LENGTH]
    if len(long) > _MOST_LINES:
        return
    kept: list[str] = []
    for index, line in enumerate(draft.lines):
        inside = [i for i in long if len(keys[i]) > len(keys[index]) and keys[index] in keys[i]]
        if index in long and inside:
            draft.note(line, RemovalKind.REPEAT, "repeat: part of a longer paragraph")
        else:
            kept.append(line)
    draft.lines[:] = kept


def _drop_same_sentences(draft: Draft) -> None:
    seen: dict[str, int] = {}
    out: list[str] = []
    for line in draft.lines:
        sentences = _SENTENCE_END.split(line)
        kept = []
        for sentence in sentences:
            key = squash(sentence)
            if len(key) >= REPEAT_LENGTH and key in seen:
                draft.note(sentence, RemovalKind.REPEAT, f"repeat: in paragraph {seen[key]}")
            else:
                kept.append(sentence)
                if len(key) >= REPEAT_LENGTH:
                    seen[key] = len(out) + 1
        if len(kept) == len(sentences):
            out.append(line)
        elif kept:
            out.append(" ".join(kept))
    draft.lines[:] = out

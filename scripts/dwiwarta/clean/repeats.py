"""Repeats inside an article: copies of the body that a layout printed, and nothing else.

Everything is compared by letters and digits alone (``squash``), so a copy that lost its spaces is
found. What goes is a run of paragraphs (``runs``), a copy with its paragraphs run together
(``gluedcopies``), a line beside the paragraph that holds it, and a standfirst. An isolated repeat
stays: the penalty of two sections of a law, the same answer from two witnesses. ``kept_repeats``
names those, so that an editor can judge.
"""

import re

from dwiwarta.clean.draft import Draft
from dwiwarta.clean.gluedcopies import drop_glued_copies
from dwiwarta.clean.paragraphs import whole_sentences
from dwiwarta.clean.runs import REPEAT_LENGTH, Limits, Unit, find_copies
from dwiwarta.model import Kept, RemovalKind
from dwiwarta.text import squash

_ENDS = re.compile(r"[.!?…][\"”'’)\]]{0,2}$|[\"”]$")
_ENDING = 4  # characters at the end of a text that tell
_LIST_ITEM = re.compile(r"^(?:[-*•·▪●–]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s")
_HEADING_LENGTH = 120
_QUICK_SENTENCE_END = re.compile(r"(?<=[.!?…”\"])\s+")
# A photograph's credit at the end of its caption.
_CREDITED = re.compile(r"\((?:(?:photo )?credit|kredit|foto|dok)\b[^()]{0,60}\)$", re.IGNORECASE)
# Where a copy has gone, what stood on its two sides may show to be one: rounds of search at most.
_ROUNDS = 8
# In running sentences an author repeats more easily than in whole paragraphs.
_SENTENCES = Limits(prose=2, letters=300, doubles=False)


def drop_repeats(draft: Draft) -> None:
    """Take out the copies of what stands in the article already."""
    _drop_same_captions(draft)
    _drop_copied_lines(draft, Limits())
    drop_glued_copies(draft)
    _drop_copied_lines(draft, Limits(shortened=True))
    _drop_lines_beside(draft)
    _drop_copied_sentences(draft)


def _unit(text: str) -> Unit:
    key = squash(text)
    ends = bool(_ENDS.search(text[-_ENDING:]))
    prose = len(key) >= REPEAT_LENGTH and ends and not _LIST_ITEM.match(text)
    return Unit(key, prose, heading=len(text) <= _HEADING_LENGTH and not ends)


def _drop_same_captions(draft: Draft) -> None:
    """Drop a caption with a credit that stands under an earlier picture already."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in draft.lines:
        key = squash(line)
        if _CREDITED.search(line) and key in seen:
            draft.note(line, RemovalKind.REPEAT, "repeat: caption")
        else:
            kept.append(line)
            seen.add(key)
    draft.lines[:] = kept


def _drop_copied_lines(draft: Draft, limits: Limits) -> None:
    for _ in range(_ROUNDS):
        copies = find_copies([_unit(line) for line in draft.lines], limits)
        if not copies:
            return
        kept: list[str] = []
        number: dict[int, int] = {}
        for index, line in enumerate(draft.lines):
            if index in copies:
                reason = f"repeat: paragraph {number[copies[index]]}"
                draft.note(line, RemovalKind.REPEAT, reason)
            else:
                kept.append(line)
                number[index] = len(kept)
        draft.lines[:] = kept


def _drop_lines_beside(draft: Draft) -> None:
    """Drop a line that stands word for word inside the paragraph right above or right below it."""
    keys = [squash(line) for line in draft.lines]
    for index in range(len(draft.lines) - 1, -1, -1):
        key = keys[index]
        beside = [keys[i] for i in (index - 1, index + 1) if 0 <= i < len(keys)]
        if len(key) >= REPEAT_LENGTH and any(key in other for other in beside if other != key):
            draft.drop(index, RemovalKind.REPEAT, "repeat: part of a longer paragraph")
            del keys[index]


def drop_standfirst(draft: Draft, start: int | None) -> None:
    """Drop lines above the text that it says again: a standfirst, the caption of a picture.

    ``start``: index of the line that opens with a dateline. Without one only a first line that
    does not end like a sentence is known to stand above the text.
    """
    if start is None:
        start = 1 if draft.lines and not _ENDS.search(draft.lines[0]) else 0
    body = [squash(line) for line in draft.lines[start:]]
    for index in range(start - 1, -1, -1):
        key = squash(draft.lines[index])
        if len(key) >= REPEAT_LENGTH and any(key in line for line in body):
            draft.drop(index, RemovalKind.REPEAT, "repeat: standfirst")


def _drop_copied_sentences(draft: Draft) -> None:
    """Drop long runs of sentences: copies of a text that divide it otherwise or not at all."""
    if not _repeated_sentences(draft.lines):
        return
    sentences = [
        (number, sentence)
        for number, line in enumerate(draft.lines)
        for sentence in whole_sentences(line)
    ]
    copies = find_copies([_unit(sentence) for _, sentence in sentences], _SENTENCES)
    if not copies:
        return
    left: list[list[str]] = [[] for _ in draft.lines]
    touched = {sentences[index][0] for index in copies}
    for index, (number, sentence) in enumerate(sentences):
        if index in copies:
            reason = f"repeat: in paragraph {sentences[copies[index]][0] + 1}"
            draft.note(sentence, RemovalKind.REPEAT, reason)
        else:
            left[number].append(sentence)
    draft.lines[:] = [
        " ".join(left[number]) if number in touched else line
        for number, line in enumerate(draft.lines)
        if left[number] or number not in touched
    ]


def _repeated_sentences(lines: list[str]) -> list[tuple[str, int]]:
    """Sentences that stand in an earlier place already, with the number of that paragraph."""
    seen: dict[str, int] = {}
    out: list[tuple[str, int]] = []
    for number, line in enumerate(lines, 1):
        whole = _long_key(line)
        pieces = [line] if whole in seen else _QUICK_SENTENCE_END.split(line)
        for piece in pieces:
            key = _long_key(piece)
            if key in seen:
                out.append((piece, seen[key]))
            elif key:
                seen[key] = number
        if whole:
            seen.setdefault(whole, number)
    return out


def _long_key(text: str) -> str:
    """The squashed text, "" if it is too short for a repeat."""
    if len(text) < REPEAT_LENGTH and text.isascii():
        return ""
    key = squash(text)
    return key if len(key) >= REPEAT_LENGTH else ""


def kept_repeats(paragraphs: list[str]) -> tuple[Kept, ...]:
    """What stands in an article twice and stays, as it may be meant."""
    return tuple(
        Kept(text, f"repeat: paragraph {number}")
        for text, number in _repeated_sentences(paragraphs)
    )

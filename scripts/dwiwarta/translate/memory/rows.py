"""Entries of the memory as rows of its index, and back."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from dwiwarta.model import Rejection, State, Translation
from dwiwarta.translate.memory.keys import SegmentKey, norm_key
from dwiwarta.translate.memory.po import MemoryEntry

Row = tuple[Any, ...]

# What ``entry_in`` takes.
COLUMNS = "source, title, text, state, engine, made, copied_from, obsolete, rejections, line"
_STATES = {state.value: state for state in State}


def row_of(entry: MemoryEntry) -> Row:
    """An entry as the index keeps it, without the number of its file."""
    translation = entry.translation
    rejections = [
        [r.engine, r.reason, r.made.isoformat() if r.made else ""] for r in entry.rejections
    ]
    human = translation is not None and translation.state.is_human and not entry.copied_from
    return (
        entry.key.source,
        int(entry.key.title),
        norm_key(entry.key),
        translation.text if translation else None,
        translation.state.value if translation else None,
        translation.engine if translation else None,
        translation.made.isoformat() if translation and translation.made else None,
        entry.copied_from,
        int(entry.obsolete),
        json.dumps(rejections) if rejections else "",
        entry.line,
        int(human),
    )


def entry_in(row: Iterable[Any]) -> MemoryEntry:
    """The entry that the ``COLUMNS`` of a row hold."""
    source, title, text, state, engine, made, copied_from, obsolete, rejections, line = row
    translation = None
    if text is not None:
        translation = Translation(text, _STATES[state], engine, _day(made))
    return MemoryEntry(
        key=SegmentKey(source, bool(title)),
        translation=translation,
        copied_from=copied_from,
        obsolete=bool(obsolete),
        rejections=tuple(
            Rejection(name, reason, _day(day)) for name, reason, day in json.loads(rejections)
        )
        if rejections
        else (),
        line=line,
    )


@lru_cache(maxsize=1000)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

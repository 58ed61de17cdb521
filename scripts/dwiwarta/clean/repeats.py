"""Repeats inside an article: whole paragraphs and single sentences that stand there already."""

import re

from dwiwarta.clean.draft import Draft
from dwiwarta.model import RemovalKind
from dwiwarta.text import squash

# Letters and digits below which a repeat is taken for a refrain, a heading or a table cell.
_REPEAT_LENGTH = 48


def drop_repeats(draft: Draft) -> None:
    """Take out every paragraph that is the same, letters and digits, as an earlier one."""
    first: dict[str, int] = {}
    kept: list[str] = []
    for line in draft.lines:
        key = squash(line)
        if len(key) >= _REPEAT_LENGTH and key in first:
            draft.note(line, RemovalKind.REPEAT, f"repeat: paragraph {first[key]}")
            continue
        kept.append(line)
        first.setdefault(key, len(kept))
    draft.lines[:] = kept

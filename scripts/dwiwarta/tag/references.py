"""Mentions put together: what names a country once, and what is said of several at once.

A *reference* is one naming of a country. ``Busan, Korea Selatan`` and ``Amerika Serikat (AS)`` are
two words each and one reference. An *enumeration* is a row of references that share what stands
before and after them: ``warga Thailand dan Malaysia``, ``Iran, Jepang, dan Qatar memastikan``.
"""

import re
from collections.abc import Iterator, Sequence

from dwiwarta.tag.mentions import Mention
from dwiwarta.tag.tokens import Segment

Reference = tuple[Mention, ...]
Enumeration = tuple[Reference, ...]

# Between the words of one reference: a comma, a bracket, a quotation mark.
_SAME = re.compile(r"[\s,(“‘\"']*")
# Between the references of an enumeration.
_ROW = re.compile(r"\)?\s*(?:\([^()]{0,20}\)\s*)?(?:[,;(]|,?\s*\b(?:dan|serta|hingga)\b)\s*")


def references(segments: Sequence[Segment], mentions: Sequence[Mention]) -> list[Reference]:
    """The mentions, which stand in the order of the text, as references."""
    out: list[list[Mention]] = []
    for mention in mentions:
        if (
            out
            and out[-1][-1].code == mention.code
            and _between(segments, out[-1][-1], mention, _SAME)
        ):
            out[-1].append(mention)
        else:
            out.append([mention])
    return [tuple(own) for own in out]


def enumerations(
    segments: Sequence[Segment], references: Sequence[Reference]
) -> Iterator[Enumeration]:
    """All references, each in its enumeration; most stand in one of their own."""
    row: list[Reference] = []
    for reference in references:
        if row and not _between(segments, row[-1][-1], reference[0], _ROW):
            yield tuple(row)
            row = []
        row.append(reference)
    if row:
        yield tuple(row)


def _between(
    segments: Sequence[Segment], one: Mention, other: Mention, gap: re.Pattern[str]
) -> bool:
    """Whether nothing but such a gap parts two mentions."""
    if one.segment != other.segment:
        return False
    segment = segments[one.segment]
    start, stop = segment.spans[one.stop - 1][1], segment.spans[other.start][0]
    return gap.fullmatch(segment.text, start, stop) is not None

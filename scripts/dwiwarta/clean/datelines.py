"""Datelines, ``SEOUL - `` or ``Jakarta (ANTARA) - ``: the place becomes a field."""

import re

from dwiwarta.clean.draft import Draft
from dwiwarta.model import RemovalKind

_CITY = r"[A-Z][\w.'’]{1,20}(?:[ /-][A-Z][\w.'’]{1,20}){0,3}"
_CAPS = r"[A-Z][A-Z.'’]{1,20}(?:[ /-][A-Z][A-Z.'’]{1,20}){0,3}"
_DASH = r"\s{0,3}(?:--|[-–—\x96\x97])\s{0,3}"
_SITE = r"(?:[A-Za-z][\w-]{1,30}(?:\.[A-Za-z]{2,4}){1,3}|[A-Z]{2,12}(?: [A-Z]{2,12}){0,2}|CNN Indonesia|VOA|IDM|BBC)"

# Tried in this order; each must be followed by the text itself.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?P<site>[A-Za-z][\w-]{{1,30}}(?:\.[A-Za-z]{{2,4}}){{1,2}}),\s{{0,3}}(?P<city>{_CITY}){_DASH}(?=\S)",
        rf"^(?P<city>{_CITY})(?:,\s{{0,2}}[A-Z][\w ]{{2,25}})?,\s{{0,3}}(?P<site>{_SITE}){_DASH}(?=\S)",
        rf"^(?P<city>{_CITY}) \((?P<site>[A-Z][\w./ ]{{1,25}})\){_DASH}(?=\S)",
        rf"^(?P<city>{_CITY}), \d{{1,2}} \w{{3,9}} \((?P<site>[A-Z][\w./ ]{{1,25}})\){_DASH}(?=\S)",
        rf"^(?P<site>KONTAN\.CO\.ID){_DASH}(?P<city>{_CAPS})\.\s{{0,3}}(?=\S)",
        rf"^(?P<site>[A-Za-z][\w-]{{1,30}}(?:\.[A-Za-z]{{2,4}}){{1,2}}){_DASH}(?=\S)",
        rf"^(?P<city>{_CAPS}){_DASH}(?=\S)",
        rf"^(?P<city>{_CITY})\s{{1,3}}(?:--|[-–—])\s{{1,3}}(?=[A-Z“\"‘'])",
    )
)
# A dateline opens a paragraph of running text; a short line "A - B" is a score or a heading.
_TEXT_LENGTH = 60


def take_dateline(draft: Draft) -> None:
    """Move the dateline of the first paragraph that has one into its field."""
    for index, line in enumerate(draft.lines[:6]):
        if len(line) < _TEXT_LENGTH:
            continue
        for shape in _SHAPES:
            if match := shape.match(line):
                groups = match.groupdict()
                if city := groups.get("city"):
                    draft.dateline = place_name(city)
                draft.note(match.group(0), RemovalKind.FIELD, "field: dateline")
                draft.lines[index] = line[match.end() :].strip()
                return
        return


def place_name(text: str) -> str:
    """A place in title case, as a reader expects it: ``TEL AVIV`` becomes ``Tel Aviv``."""
    return " ".join(
        "/".join(part.capitalize() if part.isupper() else part for part in word.split("/"))
        for word in text.split()
    )

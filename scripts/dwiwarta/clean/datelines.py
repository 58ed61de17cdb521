"""Datelines, ``SEOUL - `` or ``Jakarta (ANTARA) - ``: the place becomes a field."""

import re

from dwiwarta.clean.draft import Draft
from dwiwarta.clean.layout import DASHES
from dwiwarta.model import RemovalKind
from dwiwarta.text import squash

# Small or capital letters, not both: "JakartaWarga" is a place glued to the text.
_NAME = r"(?:[A-Z][a-zà-ÿ'’]{1,20}|[A-Z][A-Z.'’]{1,20})"
_CITY = rf"{_NAME}(?:[ /-]{_NAME}){{0,3}}"
_CAPS = r"[A-Z][A-Z.'’]{1,20}(?:[ /-][A-Z][A-Z.'’]{1,20}){0,3}"
_TOWN = rf"{_NAME}(?: {_NAME})?"
# A hyphen without a space on either side stands inside a word, unless a capital follows.
_DASH = r"(?:\s{1,3}(?:--|[-–—])\s{0,3}|(?:--|[–—])\s{0,3}|-\s{1,3}|-(?=[A-Z“\"]))"
_HOST = r"[A-Za-z][\w-]{1,30}(?:\.[A-Za-z]{2,4}){1,2}"
_SITE = rf"(?:{_HOST}|[A-Z]{{2,12}}(?: [A-Z]{{2,12}}){{0,2}}|CNN Indonesia)"
_TEXT = r"(?=\S)"

# Tried in this order; each must be followed by the text itself.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?P<site>{_HOST}),\s{{0,3}}(?P<city>{_CITY}){_DASH}{_TEXT}",
        rf"^(?P<city>{_CITY})(?:,\s{{0,2}}[A-Z][\w ]{{2,25}})?,\s{{0,3}}"
        rf"(?P<site>{_SITE}){_DASH}{_TEXT}",
        rf"^(?P<site>[A-Z]{{3,20}}\.CO\.ID){_DASH}(?P<city>{_CAPS})\.\s{{0,3}}{_TEXT}",
        rf"^(?P<site>{_HOST}){_DASH}{_TEXT}",
        rf"^(?P<city>{_CAPS})(?:\s{{1,3}}(?:--|[-–—])\s{{0,3}}|(?:--|[–—])\s{{0,3}}|-\s{{1,3}})"
        rf"{_TEXT}",
        rf"^(?P<city>{_TOWN})\s{{1,3}}(?:--|[-–—])\s{{1,3}}(?=[A-Z“\"‘'0-9])",
        rf"^(?P<site>{_HOST}), (?P<city>[A-Z][a-z]{{3,15}})\s{{0,3}}(?=[A-Z“\"][A-Za-z])",
    )
)
# With the agency's name in brackets a dateline is certain, even alone on its line.
_AGENCY = re.compile(
    rf"^(?P<city>{_CITY})(?:, [A-Z][\w ]{{1,25}})?(?:, \d{{1,2}} \w{{3,9}}(?: \d{{4}})?)? "
    rf"\((?P<site>[A-Z][\w./ ]{{1,25}})\)\s{{0,3}}(?:--|[-–—])\s{{0,3}}(?=\S|$)"
)
# The place alone on a line, its dash on the next.
_BARE = re.compile(rf"(?P<city>{_CITY})(?:,\s{{0,3}}(?P<site>{_SITE}))?|(?P<only>{_SITE})")
# Written in capitals in a place's name too: provinces and regencies, and the American capital.
_INITIALISMS = frozenset({"DC", "D.C", "D.C.", "DIY", "DKI", "NTB", "NTT", "OKI", "OKU", "AS"})
# Lines among which a dateline is looked for: alone on its line, and before the text.
_SEARCHED = 40
_FIRST_LINES = 12
# A line of text, of a length that no standfirst and no caption has.
_BODY = 260
# A dateline opens a paragraph of running text; a short line "A - B" is a score or a heading.
_TEXT_LENGTH = 40


def take_dateline(draft: Draft) -> int | None:
    """Move the dateline into its field, from every copy of the first paragraph.

    Returns the index of the line that it opened: there the text begins.
    """
    for index, line in enumerate(draft.lines[:_SEARCHED]):
        city, end = _dateline(draft.lines, index)
        if end == 0:
            if len(line) > _BODY and line[-1] in '.”"':
                return None  # the text has begun
            continue
        draft.dateline = place_name(city) if city else None
        mark = squash(line[:end])
        draft.note(line[:end], RemovalKind.FIELD, "field: dateline")
        draft.lines[index] = line[end:].strip()
        if index + 1 < len(draft.lines) and draft.lines[index + 1] in DASHES:
            draft.drop(index + 1, RemovalKind.FIELD, "field: dateline")
        _strip_copies(draft, index + 1, mark)
        draft.lines[:] = [kept for kept in draft.lines if kept]
        return index
    return None


def opens_with_dateline(line: str) -> bool:
    """Whether a line begins like an article's first paragraph."""
    return _dateline([line], 0)[1] > 0


def _dateline(lines: list[str], index: int) -> tuple[str | None, int]:
    """The place and the length of the dateline that a line begins with; length 0 if none."""
    line = lines[index]
    if match := _AGENCY.match(line):
        return match["city"], match.end()
    above_dash = index + 2 < len(lines) and lines[index + 1] in DASHES
    if above_dash and (match := _BARE.fullmatch(line)):
        return match["city"], len(line)
    if len(line) >= _TEXT_LENGTH and index < _FIRST_LINES:
        for shape in _SHAPES:
            if match := shape.match(line):
                return match.groupdict().get("city"), match.end()
    return None, 0


def _strip_copies(draft: Draft, start: int, mark: str) -> None:
    """Other copies of the first paragraph begin with the same dateline."""
    for index in range(start, len(draft.lines)):
        for shape in _SHAPES:
            match = shape.match(draft.lines[index])
            if match and squash(match.group(0)) == mark:
                draft.note(match.group(0), RemovalKind.FIELD, "field: dateline")
                draft.lines[index] = draft.lines[index][match.end() :].strip()
                break


def place_name(text: str) -> str:
    """A place in title case, as a reader expects it: ``TEL AVIV`` becomes ``Tel Aviv``."""
    return re.sub(r"[^\W\d_][\w.'’]*", _title_case, text)


def _title_case(match: re.Match[str]) -> str:
    word = match.group()
    return word.capitalize() if word.isupper() and word not in _INITIALISMS else word

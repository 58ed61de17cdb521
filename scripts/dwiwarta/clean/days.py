"""Lines that state a day: when an article was published, or what a part of its text is about."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from dwiwarta.clean.draft import Draft
from dwiwarta.clean.shortdays import is_unread_day, written_out
from dwiwarta.dates import parse_date
from dwiwarta.events import is_of_event, is_of_something
from dwiwarta.knowledge.calendar import MONTHS, WEEKDAYS, ZONE_PATTERN, alternatives
from dwiwarta.model import DateOrigin, Published, RemovalKind
from dwiwarta.text import squash

# How many lines may stand above the text: title, section, byline, date, caption, share buttons.
HEAD_LINES = 14
_DATE_LINE_LENGTH = 160
_YEAR = re.compile(r"(?:19|20)\d\d")

_CLOCK = re.compile(r"\d[:.]\d\d")
_LEAST_HEADS = 2
_LEAST_LISTED = 3  # days right below each other; of two, one may be that of a change
_MOST_DAYS = 31  # between the days of one report; more is a history, or a calendar
# Of two days in one line, the second may say when a page was changed.
_CHANGED = re.compile(r"(?i)update|perbarui|perbaharui|modif|edit|terbit|tayang|publi|post")
_NEAR_TITLE = 3  # lines below it in which a year of two digits counts
# What a date line may hold besides the date itself; all else makes it a sentence.
_DATE_PARTS = re.compile(
    rf"(?i)\b(?:{alternatives(WEEKDAYS)})\b"
    rf"|\b\d{{4}}-?\d\d-?\d\dT[\d:.]{{4,15}}(?:{ZONE_PATTERN})?"
    r"|\b\d{1,4}(?:st|nd|rd|th)?[-/.+ ](?:\d{1,2}|[a-z]{3,9})\.?[-/.+ ]\d{2,4}\b"
    rf"|\b(?:{alternatives(MONTHS)})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    rf"|\b\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?"
    rf"(?:\s*\(?(?:{ZONE_PATTERN})|(?![0-9A-Za-z]))"
    r"|\b(?:wib|wita|wit|utc|gmt|am|pm|pukul|jam|date|tanggal)\b"
    r"|\b(?:diperbarui|diterbitkan|tayang|dipublikasikan|rilis|terbit|dibaca)\b"
    r"|\b(?:diposting|diunggah|ditayangkan|dimuat|dirilis|diperbaharui|diupdate)\b(?: pada\b)?"
    r"|\b(?:published|posted|last|updated?|on|at)\b"
    r"|\b\d{1,2} (?:muhar+am|safar|rabi\S{1,4} \w{4,6}|jumad\w{1,4} \w{4,6}|rajab|s[yh]a['’]?ban"
    r"|ramad[ah]{1,2}n|s[yh]aw+al|d?zul\S{0,2} ?\w{4,7}) 1[34]\d\d(?: h\b\.?)?"
    r"|\b(?:kompas\.com|detik\w*|jurnalis|tempo\.co|reporter|editor|laporan|oleh)\b"
)
# Whose message it is, in a chat of Telegram that an article quotes.
_OF_MESSAGE = re.compile(r"[^\[\]\n]{1,60}, \[[^\[\]\n]{4,30}\d[.:]\d\d[^\[\]\n]{0,12}\]:?")
_BYLINE_IN_DATE = re.compile(
    r"(?i)\blaporan\s*:\s*(?P<after>[^|]{3,60})|^(?P<before>[^|,\d]{3,60}?)\s*[|,]"
)


def take_dates(draft: Draft) -> None:
    """Take the date lines out of the first lines; the first is the date, unless one is known.

    Days that head the parts of a text stay in it, and days of an event are none of publication.
    """
    heads = _heading_days(draft.lines[:HEAD_LINES])
    several = sum(map(_is_short, draft.lines[:HEAD_LINES])) > 1
    index = 0
    of_event = False  # a day among those that head the parts
    while index < min(len(draft.lines), HEAD_LINES):
        line = draft.lines[index]
        if len(line) > 400:
            break
        doubtful = _is_short(line) and (several or _is_in_text(draft.lines, index))
        # "Hari ini,", "9 November 2023,", "warga …": a sentence that was broken.
        inside = index > 0 and line[-1] == draft.lines[index - 1][-1] == ","
        doubtful = doubtful or _is_row(draft.lines, index)
        if not is_date_line(line) or doubtful or is_of_event(draft.lines, index):
            of_event = of_event or line in heads
            index += 1
            continue
        found = _date_in(line)
        if draft.published is None and not (line in heads and (of_event or _is_history(heads))):
            draft.published = found
        if draft.byline is None and (match := _BYLINE_IN_DATE.search(line)):
            name = (match["after"] or match["before"] or "").strip(" -–")
            # "Malang, 9 November 2023": a place, as in the head of a letter.
            is_place = match[0].endswith(",") and " " not in name
            if name and not is_place and not _DATE_PARTS.search(name):
                draft.byline = name
        if line in heads or inside:
            index += 1
        else:
            draft.drop(index, RemovalKind.FIELD, "field: date")


def _is_row(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a row of a table: lines beside it have as many cells.

    One of three or more cells; of two cells two, as a page may state two days below each other.
    """
    bars = lines[index].count("|")
    if not bars:
        return False
    first = last = index
    while first and lines[first - 1].count("|") == bars and index - first < 2:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].count("|") == bars and last - index < 2:
        last += 1
    return last - first + 1 >= (_LEAST_LISTED if bars == 1 else 2)


def _is_short(line: str) -> bool:
    """Whether a date line has a year of two digits; such numbers may be times of a race."""
    return _YEAR.search(line) is None and is_date_line(line)


def _is_in_text(lines: Sequence[str], index: int) -> bool:
    """Whether a line stands below more than a title and a byline."""
    return index > _NEAR_TITLE or any(line[-1] in ".:?!" for line in lines[1:index])


def _date_in(line: str) -> Published | None:
    """The date of a date line; some scrapers write ``+`` for the spaces of a form field."""
    line = written_out(line)
    return parse_date(
        line.replace("+", " ") if " " not in line and "T" not in line else line,
        DateOrigin.DATE_LINE,
    )


def is_date_line(line: str) -> bool:
    """Whether a line states a date and next to nothing else."""
    return len(line) <= _DATE_LINE_LENGTH and _is_date_line(line)


@lru_cache(maxsize=256)  # each line of a page's head is looked at several times
def _is_date_line(line: str) -> bool:
    if "(@" in line or is_of_something(line):  # "(@": whose post it is, on a social network
        return False
    if _OF_MESSAGE.fullmatch(line):
        return False
    line = written_out(line)
    if not _YEAR.search(line) or _date_in(line) is None:
        return False
    years = [int(year) for year in _YEAR.findall(line)]
    if max(years) - min(years) > 1 and not _CHANGED.search(line):
        return False  # the years of a life
    rest = _DATE_PARTS.sub(" ", line)
    rest = _BYLINE_IN_DATE.sub(" ", rest) if "|" in line else rest
    return len(squash(rest)) <= 12


def _heading_days(lines: Sequence[str]) -> frozenset[str]:
    """The lines among the first of a text that state a day each, in one form and in order.

    A page states when it was published, and perhaps when it was updated, with the hour or with a
    word beside the day, or one below the other.
    """
    found = [index for index, line in enumerate(lines) if is_date_line(line)]
    texts = [lines[index] for index in found]
    days = [one.day for one in map(_date_in, texts) if one]
    ordered = days == sorted(set(days)) or days == sorted(set(days), reverse=True)
    forms = {re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "0", text)) for text in texts}
    parted = all(below > above + 1 for above, below in pairwise(found))
    listed = parted or len(found) >= _LEAST_LISTED
    if len(found) < _LEAST_HEADS or len(forms) > 1 or not (ordered and listed):
        return frozenset()
    return frozenset() if any(map(_CLOCK.search, texts)) else frozenset(texts)


def _is_history(lines: frozenset[str]) -> bool:
    """Whether days lie further apart than those that one report is about."""
    days = [one.day for one in map(_date_in, lines) if one]
    return (max(days) - min(days)).days > _MOST_DAYS


def unread_day(paragraphs: Sequence[str]) -> str | None:
    """The line below the title that says when an article was published, if it cannot be read.

    Several such lines are the parts of a schedule.
    """
    first = paragraphs[0]
    if not is_unread_day(first) or any(map(is_unread_day, paragraphs[1:])):
        return None
    return None if is_of_event(paragraphs, 0) else first

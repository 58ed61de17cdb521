"""Title, date and byline lines: what stands above the running text, or beside it as metadata."""

import re
from datetime import date
from difflib import SequenceMatcher

from dwiwarta.clean.datelines import opens_with_dateline
from dwiwarta.clean.days import HEAD_LINES, is_date_line, take_dates
from dwiwarta.clean.draft import Draft
from dwiwarta.clean.fullpage import split_full_page
from dwiwarta.clean.headlines import looks_like_headline
from dwiwarta.clean.paragraphs import is_sentence
from dwiwarta.clean.shortdays import written_out
from dwiwarta.clean.titles import (
    SAME_TITLE,
    bare_line,
    goes_on,
    is_furniture,
    is_link_line,
    is_one_title,
    is_slogan,
    names_sections,
    shortened_title,
    stands_in_two_lines,
    title_from_sentence,
    title_from_slug,
    usable_line,
    usable_title,
    without_outlet,
)
from dwiwarta.dates import date_in_name, parse_date
from dwiwarta.events import is_field, is_of_event
from dwiwarta.knowledge.calendar import WEEKDAY_NAMES, alternatives
from dwiwarta.model import DateOrigin, Published, RawArticle, RemovalKind, TitleOrigin
from dwiwarta.text import squash

_LONG_TITLE = 400  # characters; longer is a paragraph, whatever stands below it
_SENTENCE_INSIDE = re.compile(r"[.!?][”\"]?\s+[\"“(]?[A-Z]")
# How many of them may be sections of the site, places of advertisements and a log-in form.
_FURNITURE_LINES = 12
# How like each other an old title and its correction are, 0 to 1: in any form.
_ALIKE = 0.6
_HEADLINE_WORDS = 4
_SENTENCE_ENDS = frozenset('.!?…”"')
_BYLINE = re.compile(r"(?i)(?:oleh|penulis|reporter|pewarta|laporan|editor|by)\b[^.!?]{2,80}$")
_LIST_ITEM = re.compile(r"^(?:[-*•·–]|\d{1,3}[.)])\s")
_NO_TITLE = "field: title (says nothing)"


def take_header(draft: Draft, raw: RawArticle, outlet_names: frozenset[str]) -> None:
    """Find title and date, above the text or in the metadata; what they used leaves the lines.

    Nothing an editor decided is looked for: overrides come first and stay. ``outlet_names``:
    squashed, see ``titles.without_outlet``.
    """
    draft.published = raw.overrides.published or raw.published
    dated = next((at for at, line in enumerate(draft.lines[:3]) if at and is_date_line(line)), 0)
    take_dates(draft)
    titles = {squash(raw.title or ""), squash(without_outlet(raw.title or "", outlet_names))}
    _take_title(draft, raw, dated=dated > 0)
    if draft.title_origin is TitleOrigin.OVERRIDE:
        titles.add(_drop_old_title(draft, raw, outlet_names, dated=dated))
    elif draft.title_origin is not None:
        draft.title = without_outlet(draft.title, outlet_names)
    split_full_page(draft)
    _drop_title_copies(draft, (titles | {squash(draft.title)}) - {""})


def _take_title(draft: Draft, raw: RawArticle, *, dated: bool) -> None:
    if raw.overrides.title:  # an editor's word, whatever it is
        draft.title, draft.title_origin = raw.overrides.title, TitleOrigin.OVERRIDE
    elif raw.title is not None and usable_title(raw.title):
        draft.title, draft.title_origin = shortened_title(raw.title), TitleOrigin.METADATA
    if raw.title is not None or len(draft.lines) < 2:
        return
    # A pasted text: its first line is the title if it can be one and text follows it.
    below_furniture = _drop_furniture(draft)
    at = int(is_link_line(draft.lines[0]))
    first = draft.lines[at]
    if not usable_line(first):
        draft.drop(at, RemovalKind.FIELD, _NO_TITLE)
        return
    title = bare_line(first)
    if at and (is_field(title) or not _can_follow_furniture(title)):
        return
    can_be = _can_follow_furniture(title) if below_furniture else _looks_like_title(title)
    can_be = can_be or (dated and _is_long_title(title))
    if draft.title_origin is None and can_be and len(draft.lines) > 1:
        draft.title, draft.title_origin = title, TitleOrigin.FIRST_LINE
        draft.drop(at, RemovalKind.FIELD, "field: title")


def _drop_old_title(
    draft: Draft, raw: RawArticle, outlet_names: frozenset[str], *, dated: int
) -> str:
    """Drop the title line that an editor's title replaces; its squashed form, "" if there is none.

    A first line is the old title if it is much like the new one or has a headline's form: it does
    not end like a sentence, and running text follows. A text may as well begin with its first
    paragraph, a heading of a few words or a line of verse; these stay. ``dated``: how many lines
    below it a date stands, 0 if none does.
    """
    if raw.title is not None or len(draft.lines) < 2:
        return ""
    line = bare_line(draft.lines[0])
    bare = without_outlet(line, outlet_names)
    if stands_in_two_lines(draft.title, bare, draft.lines[1]):
        draft.drop(1, RemovalKind.FIELD, "field: old title")
        draft.drop(0, RemovalKind.FIELD, "field: old title")
        return squash(bare)
    if not usable_line(line) or not _looks_like_title(line) or opens_with_dateline(line):
        return ""
    broken = len(draft.lines) > 2 and (
        goes_on(bare, draft.lines[1], dated=dated == 2)
        or (is_one_title(bare, draft.lines[1]) and is_sentence(draft.lines[2]))
    )
    line = f"{line} {draft.lines[1]}" if broken else line
    alike = SequenceMatcher(None, squash(bare), squash(draft.title)).ratio()
    below = next((one for one in draft.lines[1 + broken : 4] if not _BYLINE.match(one)), "")
    prose = len(below) > len(line) and below[-1] in _SENTENCE_ENDS
    is_headline = len(line.split()) >= _HEADLINE_WORDS and not _LIST_ITEM.match(line)
    if line[-1] in _SENTENCE_ENDS:
        quoted = line[-1] in '”"' and line[0] in '“"' and dated > 0
        question = quoted or (line[-1] in "?!" and (dated > 0 or looks_like_headline(line)))
        is_headline = is_headline and question
        enough = SAME_TITLE
    else:
        is_headline = is_headline and line[-1] not in ":,;"
        enough = _ALIKE
    if alike < enough and not (is_headline and (prose or dated)):
        return ""
    for _ in range(1 + broken):
        draft.drop(0, RemovalKind.FIELD, "field: old title")
    return squash(bare)


def _drop_furniture(draft: Draft) -> bool:
    """Drop what a scraper left above the title; whether there was any."""
    above = 0
    while above < min(len(draft.lines) - 1, _FURNITURE_LINES):
        line = draft.lines[above]
        if not is_furniture(line):
            # ``Dunia`` may be a title itself, unless one stands right below it.
            below = bare_line(draft.lines[above + 1])
            if is_slogan(line, draft.lines[above + 1]):
                above += 1
                continue
            if not (names_sections(line) and _can_follow_furniture(below)):
                break
        above += 1
    for _ in range(above):
        draft.drop(0, RemovalKind.FIELD, _NO_TITLE)
    return above > 0


def _can_follow_furniture(line: str) -> bool:
    """Whether a line that is not the first can be the title: no text could begin with it."""
    if not usable_line(line) or line[-1] in '.”"' or opens_with_dateline(line):
        return False
    return _looks_like_title(line)


def _looks_like_title(line: str) -> bool:
    """A title is short, is no date and does not run on like a paragraph."""
    if len(line) > 250 or is_date_line(line):
        return False
    opens = opens_with_dateline(line) or _DATELINE_DAY.match(line)
    runs_on = line[-1] in '.”"' and (len(line) > 140 or bool(opens))
    return not runs_on


def _is_long_title(line: str) -> bool:
    """Whether a line that stands above a date, and is too long for a title elsewhere, is one."""
    return len(line) <= _LONG_TITLE and line[-1] not in '.”"' and not _SENTENCE_INSIDE.search(line)


def _drop_title_copies(draft: Draft, titles: set[str]) -> None:
    """Pages print their title twice; the copy stands among the first lines."""
    for index in range(min(len(draft.lines) - 1, HEAD_LINES) - 1, -1, -1):
        if squash(draft.lines[index]) in titles:
            draft.drop(index, RemovalKind.REPEAT, "repeat: title")


def fall_back(draft: Draft, raw: RawArticle, paragraphs: list[str], today: date) -> None:
    """Give an article without title or date the best that can be reasoned, marked as such.

    A day that is later than ``today`` is no day of publication, wherever it is stated.
    """
    if draft.published and draft.published.day > today:
        draft.ahead, draft.published = draft.published, None
    if draft.title_origin is None:
        from_slug = title_from_slug(
            raw.source_url or "", raw.ref.path if not raw.ref.record else ""
        )
        if from_slug:
            draft.title, draft.title_origin = from_slug, TitleOrigin.SLUG
        else:
            telling = (one for one in paragraphs if not is_link_line(one))
            draft.title = title_from_sentence(next(telling, paragraphs[0]))
            draft.title_origin = TitleOrigin.FIRST_SENTENCE
    if draft.published is None:
        found = date_in_slug(raw)
        if found is None or found.day > today:
            found = _date_in_text(paragraphs)
            if found and found.day > today:
                # The nearer of the two: on that day the article comes out otherwise.
                if draft.ahead is None or found.day < draft.ahead.day:
                    draft.ahead = found
                found = None
        draft.published = found


def date_in_slug(raw: RawArticle) -> Published | None:
    """The day that the article's address or its file's name states, whatever day that is.

    The name of an export tells when it was made, not when its records were published.
    """
    for address in (raw.overrides.source_url, raw.source_url):
        spaced = re.sub(
            r"(?<!\d)((?:19|20)\d\d)[-_/]?(\d\d)[-_/]?(\d\d)(?!\d)", r"\1-\2-\3", address or ""
        )
        if found := parse_date(spaced.replace("_", " "), DateOrigin.SLUG):
            return found
    return None if raw.ref.record else date_in_name(raw.ref.path)


_BRACKETED = re.compile(
    rf"(?i)\b(?:{alternatives(WEEKDAY_NAMES['id'])}),? ?\(?"
    r"(?P<date>\d{1,2}(?:/\d{1,2}/|\s[a-z]{3,9}\s)(?:(?:19|20)\d\d|(?<=/)\d\d(?=\))))"
)


# "Muara, 9 November 2023 – Pemerintah …", as press releases begin.
_DATELINE_DAY = re.compile(
    rf"(?i)^(?-i:[A-Z])[^\d\n,]{{1,40}}(?:,\s[^\d\n,]{{2,40}})?,\s"
    rf"(?:\(?(?:{alternatives(WEEKDAY_NAMES['id'])}),?\s)?\(?"
    r"(?P<date>\d{1,2}(?:/\d{1,2}/(?:(?:19|20)\d\d|\d\d)|\s[a-z]{3,9}\s(?:19|20)\d\d))\)?"
    r"\s?(?:--|[-–—:])\s?(?-i:[A-Z“\"‘'(])"  # not "- 31 Januari 2024", the end of a span
)
# "… akan digelar pada Kamis (12/11/2023)": the day of what is to come.
_PLANNED = re.compile(
    r"(?i)\b(?:akan|bakal|hendak|dijadwalkan|direncanakan|rencananya|mendatang)\b[^.!?\"“”]{0,80}$"
)


def _date_in_text(paragraphs: list[str]) -> Published | None:
    """The day that the report names, ``Kamis (9/11/2023)``, in its first paragraphs.

    It tells when something happened; a day for which something is planned may be any later one.
    """
    for index, paragraph in enumerate(paragraphs[:4]):
        # Below a sentence, such a day heads a letter or a diary that is quoted.
        first = not any(map(is_sentence, paragraphs[:index]))
        match = (_DATELINE_DAY.match(paragraph) if first else None) or _BRACKETED.search(paragraph)
        if match is None or _PLANNED.search(paragraph[: match.start("date")]):
            continue
        several = is_date_line(paragraph) and sum(map(is_date_line, paragraphs)) > 1
        if several or (is_date_line(paragraph) and is_of_event(paragraphs, index)):
            continue
        if found := parse_date(written_out(match["date"]), DateOrigin.FIRST_SENTENCE):
            return found
    return None

"""A whole page on one line: title, byline, desk, date, caption, dateline and body run together.

Kota Ini Punya Taman Baru Budi Santoso - detikNews Kamis, 28 Apr 2016 11:49 WIB Ilustrasi
(Foto: Warga) Jakarta - Taman itu …

Kota Ini Punya Taman Baru Kamis, 28 April 2016 - 11:49 WIB JAKARTA - Taman itu …
"""

import re

from dwiwarta.clean.datelines import opens_with_dateline
from dwiwarta.clean.draft import Draft
from dwiwarta.dates import parse_date
from dwiwarta.knowledge.calendar import WEEKDAY_NAMES, alternatives
from dwiwarta.model import DateOrigin, RemovalKind, TitleOrigin

_WEEKDAY = alternatives(map(str.capitalize, WEEKDAY_NAMES["id"]))
_PAGE = re.compile(
    r"^(?P<head>\S.{15,250}?) - (?P<desk>[a-z]{3,12}[A-Z]?\w{0,14}) "
    rf"(?P<date>(?:{_WEEKDAY}), \d{{1,2}} \w{{3,9}} \d{{4}},? "
    r"\d\d:\d\d WI(?:B|TA|T)) "
)
# The same without a desk, pasted as one line: the date has a time, or a dateline stands behind it.
_BARE_PAGE = re.compile(
    rf"^(?P<head>\S.{{9,200}}?)[\s|–-]{{1,5}}(?P<date>(?:{_WEEKDAY}),? ?\(?"
    r"(?:\d{1,2} [A-Za-z]{3,9}\.? \d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{4})\)?"
    r"(?P<time>[\s,|–-]{1,5}(?:[Pp]ukul |[Jj]am )?\d{1,2}[:.]\d\d(?: (?:WIB|WITA|WIT)\b)?)?)"
    r"[\s|–-]{1,5}(?=[A-Z“\"‘'0-9])"
)
# Words behind which a date belongs to the sentence; with a capital they are a title's.
_OF_A_SENTENCE = re.compile(
    r"\b(?:pada|hari|sejak|hingga|sampai|dan|di|ke|dari|mulai|tanggal|yang|untuk|ini|itu|atau"
    r"|dengan|per|malam|pagi|siang|sore|kemarin)$|[,;:(]$|\. "
)
# A reporter between the date and a place in capitals.
_REPORTER = re.compile(
    r"(?P<name>(?:[A-Z][a-z.’']{1,20} ){2,3})(?=[A-Z]{3,}(?: [A-Z]{3,}){0,2}(?:,| ?[-–—]))"
)
_LEAST_TITLE_WORDS = 3
_LEAST_BODY = 200
# The caption between the date and the dateline; a page without a dateline keeps it. The place is
# one word, as the caption may end with a name; the first words are those of well-known places.
_CAPTION = re.compile(
    r"^(?P<caption>.{0,220}?)(?P<text>(?:(?:Kuala|Tel|New|Los|San|Las|Hong|Abu|Banda|Bandar|Tanjung"
    r"|Pangkal|Kota|Sao|Buenos|Den|Phnom|Cape|Jakarta|Tangerang) )?(?:[A-Z][a-z]{2,20}|[A-Z]{3,20})"
    r" - (?=[A-Z“\"‘'0-9]).*)$"
)
_NAME = re.compile(r"[A-Z][\w.'’]*")


def split_full_page(draft: Draft) -> None:
    """Take apart the first line that is a whole page."""
    if _split_bare_page(draft):
        return
    for index, line in enumerate(draft.lines[:3]):
        match = _PAGE.match(line)
        if match is None:
            continue
        body = line[match.end() :]
        title, byline = _title_and_byline(match["head"], body)
        if draft.title_origin is None:
            draft.title, draft.title_origin = title, TitleOrigin.FIRST_LINE
        draft.byline = draft.byline or byline
        if draft.published is None or not draft.published.has_time:
            found = parse_date(match["date"], DateOrigin.DATE_LINE)
            if found and draft.published in (None, *_same_day(draft, found.day)):
                draft.published = found
        draft.note(match.group(0), RemovalKind.FIELD, "field: title, byline and date on one line")
        if caption := _CAPTION.match(body):
            draft.note(caption["caption"], RemovalKind.BOILERPLATE, "boilerplate: caption")
            body = caption["text"]
        draft.lines[index] = body
        return


def _split_bare_page(draft: Draft) -> bool:
    """Take apart a first line that holds next to everything, title and date in front."""
    line = draft.lines[0] if draft.lines else ""
    if len(line) < sum(map(len, draft.lines)) / 2 or draft.title_origin is not None:
        return False
    match = _BARE_PAGE.match(line)
    if match is None or _OF_A_SENTENCE.search(match["head"]) or _PAGE.match(line):
        return False
    body = line[match.end() :]
    title = match["head"].rstrip(" -–|")
    certain = match["time"] or opens_with_dateline(body)
    if not certain or len(title.split()) < _LEAST_TITLE_WORDS or len(body) < _LEAST_BODY:
        return False
    draft.title, draft.title_origin = title, TitleOrigin.FIRST_LINE
    if draft.published is None:
        draft.published = parse_date(match["date"], DateOrigin.DATE_LINE)
    draft.note(match.group(0), RemovalKind.FIELD, "field: title and date on one line")
    if reporter := _REPORTER.match(body):
        draft.byline = draft.byline or reporter["name"].strip()
        draft.note(reporter["name"], RemovalKind.FIELD, "field: byline on one line with the text")
        body = body[reporter.end() :]
    draft.lines[0] = body
    return True


def _same_day(draft: Draft, day: object) -> tuple[object, ...]:
    """The date found so far, if it only lacks the time of day."""
    known = draft.published
    if known and known.origin is not DateOrigin.OVERRIDE and known.day == day:
        return (known,)
    return ()


def _title_and_byline(head: str, body: str) -> tuple[str, str | None]:
    """Part title and name: the name's words, three at most, stand nowhere in the text itself."""
    words = head.split()
    text = re.sub(r"Foto: [^.)]{0,60}", " ", body)
    start = len(words)
    while start > max(4, len(words) - 3):
        word = words[start - 1]
        if not _NAME.fullmatch(word) or re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            break
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:]) or None

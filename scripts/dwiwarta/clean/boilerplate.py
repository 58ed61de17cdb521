"""Apply the boilerplate patterns to the lines of a draft."""

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from dwiwarta.clean.draft import Draft
from dwiwarta.clean.headlines import CommonWords, headline_end, inside_name, looks_like_headline
from dwiwarta.clean.prefilter import Candidates
from dwiwarta.clean.rules import Pattern, Rules
from dwiwarta.clean.ruleschema import Action, FieldName, Where
from dwiwarta.model import RemovalKind
from dwiwarta.text import squash

# What counts as an article's first and last lines.
_HEAD = 10
_TAIL = 16
# A tail may be cut off only behind this share of the text, so that no pattern can eat an article.
_REST_FROM = 0.6
# A line of this length that ends like a sentence is text, whatever stands above it.
_PROSE = 70
# A line that begins with a read-also mark and is no longer than this is that mark's headline.
_OWN_LINE = 190
# So many headlines in a list at the end are other articles.
_LIST_HEADLINES = 3
_CONTENTS = re.compile(r"(?i:daftar isi)")
_CONTENTS_LINES = 40
_SENTENCE_ENDS = frozenset(".!?…”\"’')")
# The longest list of keywords behind the initials, in characters.
_TAGS = 600
# A mark alone on its line is no longer than this.
_MARK = 80
# Headlines in a row that a bare mark may take with it.
_ROW = 4
# How far a row of glued headlines, and a single one, are looked for, in characters.
_ROW_WIDTH = 800
_HEADLINE_WIDTH = 600
_HEADLINE_SEAM = re.compile(r"(?<=[a-z0-9)]{2})(?=[A-Z“\"][A-Za-z])|(?<=[?!])(?=[A-Z])")


def apply_patterns(
    draft: Draft,
    patterns: tuple[Pattern, ...],
    candidates: Candidates,
    words: frozenset[str] = frozenset(),
) -> None:
    """Take out what the patterns match, each with its name in the audit.

    ``candidates`` tells which patterns may match a line. ``words``: known words that are no names;
    they tell where a headline ends and a sentence begins.
    """
    common = CommonWords("\n".join(draft.lines), words)
    possible = list(map(candidates, draft.lines))
    in_any = reduce(or_, possible, 0)
    for pattern in patterns:
        if not in_any & pattern.bit:
            continue
        first = _first_match(draft, pattern, possible)
        if first is not None:
            _apply(draft, pattern, common, dict(zip(draft.lines, possible, strict=True)), first)
            possible = list(map(candidates, draft.lines))
            in_any = reduce(or_, possible, 0)


def _first_match(draft: Draft, pattern: Pattern, possible: Sequence[int]) -> int | None:
    """The first line that a pattern matches. ``possible``: for each line which may match it."""
    bit = pattern.bit
    for index in [index for index, bits in enumerate(possible) if bits & bit]:
        if _in_place(pattern, index, draft) and pattern.find(draft.lines[index]):
            return index
    return None


def is_mark(line: str, rules: Rules, candidates: Candidates) -> bool:
    """Whether a line is nothing but a mark: it never continues the line above."""
    if len(line) > _MARK:
        return False
    possible = candidates(line)
    return any(
        (match := pattern.find(line)) is not None and match.group(0).strip() == line
        for pattern in rules.marks
        if possible & pattern.bit
    )


def _apply(
    draft: Draft,
    pattern: Pattern,
    common: CommonWords,
    possible: Mapping[str, int],
    index: int,
) -> None:
    """Take out what one pattern matches, from the line ``index`` on.

    ``possible``: the patterns that may match a line. The rest of a line from which something was
    cut is not in there: to look at all of it after each cut would take quadratic time.
    """
    while index < len(draft.lines):
        line = draft.lines[index]
        tried = possible.get(line, pattern.bit) & pattern.bit and _in_place(pattern, index, draft)
        match = pattern.find(line) if tried else None
        if match is None:
            index += 1
            continue
        kind, reason = RemovalKind.BOILERPLATE, f"boilerplate: {pattern.name}"
        if pattern.field is not None:
            kind, reason = RemovalKind.FIELD, f"field: {pattern.field.value} ({pattern.name})"
            # Other groups are other places for the value: a pattern may use a name only once.
            value = next((group for group in match.groupdict().values() if group), "")
            _fill(draft, pattern.field, match["value"] or value)
        if pattern.action is Action.LINE:
            draft.drop(index, kind, reason)
        elif pattern.action is Action.REST:
            if not _cut_rest(draft, index, match.start(), reason):
                index += 1
        elif pattern.action is Action.HEADLINE:
            index = _cut_headline(draft, index, match, reason, common)
        else:
            index = _cut(draft, index, match.start(), match.end(), kind, reason)
            if pattern.field is FieldName.INITIALS:
                _drop_tags(draft, index)


def _in_place(pattern: Pattern, index: int, draft: Draft) -> bool:
    if pattern.where is Where.HEAD:
        return index < _HEAD
    if pattern.where is Where.TAIL:
        return index >= len(draft.lines) - _TAIL
    return True


def _cut(draft: Draft, index: int, start: int, end: int, kind: RemovalKind, reason: str) -> int:
    """Take a part out of a line; what stood before and after it become lines of their own.

    A pattern in the middle of a sentence would tear it: there the halves stay together. Returns
    the index of the line to look at next.
    """
    line = draft.lines[index]
    before, after = line[:start].rstrip(), line[end:].lstrip()
    draft.note(line[start:end], kind, reason)
    if before and after and before[-1] not in {*_SENTENCE_ENDS, ":"} and after[0].islower():
        draft.lines[index] = f"{before} {after}"
        return index
    parts = [part for part in (before, after) if part]
    draft.lines[index : index + 1] = parts
    return index + (1 if before else 0)


def _cut_headline(
    draft: Draft, index: int, match: re.Match[str], reason: str, common: CommonWords
) -> int:
    """Take out a mark and the headlines that belong to it."""
    line, kind = draft.lines[index], RemovalKind.BOILERPLATE
    after = line[match.end() : match.end() + _ROW_WIDTH]  # all that the rules look at
    if not after.strip():
        index = _cut(draft, index, match.start(), len(line), kind, reason)
        _drop_headlines(draft, index, match.group(0).rstrip().endswith(":"), reason)
        return index
    bare = not re.search(r"[:\-–|]\s*$", match.group(0))
    if bare:
        end = match.end() + _glued_headlines(after)
    elif match.start() == 0 and len(line) <= _OWN_LINE and line[-1] != "." and not _goes_on(after):
        end = len(line)
    else:
        lead = len(after) - len(after.lstrip())
        end = match.end() + lead + headline_end(after.lstrip()[:_HEADLINE_WIDTH], common)
        end += _glued_headlines(line[end : end + _ROW_WIDTH])
    return _cut(draft, index, match.start(), end, kind, reason)


def _goes_on(text: str) -> bool:
    """Whether a sentence of its own follows the headline on the same line."""
    parts = re.split(r"(?<=[?!])\s*(?=[A-Z“\"])|(?<=[a-z])(?=[“\"][A-Z])", text, maxsplit=1)
    return len(parts) == 2 and len(parts[1].split()) >= 6 and parts[1].rstrip()[-1] in '.”"'


def _drop_headlines(draft: Draft, index: int, announced: bool, reason: str) -> None:
    """Drop the headline lines under a mark that stands alone on its line.

    ``announced``: the mark ended in a colon, so a headline must follow; without one the next line
    is most often the article's own text, and only a long line in capital words is no text.
    """
    least = 3 if announced else 6
    for _ in range(1 if announced else _ROW):
        if index >= len(draft.lines) - 1:
            return
        line = draft.lines[index]
        if line.endswith(("?", "!")):
            least = min(least, 4)
        short = announced and len(line) <= 160 and not re.search(r"(?<!\.\.)\.$|[”\"]$", line)
        if not short and not looks_like_headline(line, least):
            return
        draft.drop(index, RemovalKind.BOILERPLATE, reason)


def _glued_headlines(text: str) -> int:
    """How much of ``text`` is headlines glued to each other: ``…Hari IniHarga Emas TurunKata``.

    A piece between two seams is a headline if all its words but the particles are capital ones.
    """
    end = 0
    for match in _HEADLINE_SEAM.finditer(text):
        piece = text[end : match.start()].strip()
        if inside_name(text, match.start()):
            continue
        # A question is a headline however short; "Jakarta Utara: Pasar Kota" is a table's row.
        if not looks_like_headline(piece, 4 if piece.endswith(("?", "!")) else 6):
            return end
        end = match.start()
    rest = text[end:].strip()
    return len(text) if looks_like_headline(rest, 4 if end else 6) else end


def _drop_tags(draft: Draft, index: int) -> None:
    """Drop the keywords that some pages print behind the initials: no sentence among them."""
    after = draft.lines[index:]
    if sum(map(len, after)) > _TAGS or any(re.search(r"[.!?”\"]$", line) for line in after):
        return
    while len(draft.lines) > index:
        draft.drop(index, RemovalKind.BOILERPLATE, "boilerplate: keywords behind the initials")


def _cut_rest(draft: Draft, index: int, start: int, reason: str) -> bool:
    """Cut everything from here on, if that is no more than the tail of a page."""
    before = sum(map(len, draft.lines[:index])) + start
    total = sum(map(len, draft.lines))
    prose = any(len(x) > _PROSE and x[-1] in _SENTENCE_ENDS for x in draft.lines[index + 1 :])
    if before < _REST_FROM * total or prose:
        return False
    head = draft.lines[index][:start].rstrip()
    draft.note(draft.lines[index][start:], RemovalKind.BOILERPLATE, reason)
    while len(draft.lines) > index + 1:
        draft.drop(index + 1, RemovalKind.BOILERPLATE, reason)
    draft.lines[index : index + 1] = [head] if head else []
    return True


def drop_contents_list(draft: Draft) -> None:
    """Drop a list of contents: the headings under its mark stand again further down."""
    heads = [i for i, line in enumerate(draft.lines[:_HEAD]) if _CONTENTS.fullmatch(line)]
    if not heads:
        return
    keys = [squash(line) for line in draft.lines]
    last = start = heads[0]
    for index in range(start + 1, min(start + _CONTENTS_LINES, len(keys))):
        if len(draft.lines[index]) > _OWN_LINE or draft.lines[index][-1] == ".":
            break
        if keys[index] in keys[index + 1 :]:
            last = index
    for _ in range(last - start):
        draft.drop(start + 1, RemovalKind.REPEAT, "repeat: list of contents")


def drop_headline_list(draft: Draft) -> None:
    """Drop a list of headlines with bullets that ends a page: other articles of the outlet."""
    start = len(draft.lines)
    while start > 0 and draft.lines[start - 1].startswith(("- ", "• ", "* ")):
        start -= 1
    items = [line[2:] for line in draft.lines[start:]]
    headlines = sum(looks_like_headline(item, 5) for item in items)
    if start == 0 or headlines < _LIST_HEADLINES or headlines < len(items) / 2:
        return
    if draft.lines[start - 1].endswith(":"):  # announced by the text, so it is the text's own
        return
    for _ in items:
        draft.drop(start, RemovalKind.BOILERPLATE, "boilerplate: list of headlines at the end")


def drop_double_headline(draft: Draft) -> None:
    """Drop a headline that ends a text of sentences and stands there twice: a video's title."""
    lines = draft.lines
    if len(lines) < 3 or lines[-1] != lines[-2] or lines[-3][-1] not in _SENTENCE_ENDS:
        return
    if looks_like_headline(lines[-1], 5):
        for _ in range(2):
            draft.drop(len(lines) - 1, RemovalKind.BOILERPLATE, "boilerplate: title of a video")


def drop_unmarked_headlines(draft: Draft, outlet: str) -> None:
    """Drop headlines that stand alone between two paragraphs without any mark."""
    for index in range(len(draft.lines) - 2, 0, -1):
        above, line, below = draft.lines[index - 1 : index + 2]
        if looks_like_headline(line, 6) and above[-1] in _SENTENCE_ENDS and len(below) > len(line):
            draft.drop(index, RemovalKind.BOILERPLATE, f"boilerplate: {outlet}/unmarked headline")


def _fill(draft: Draft, field: FieldName, value: str) -> None:
    if not value:
        return
    if field is FieldName.BYLINE and draft.byline is None:
        draft.byline = value.strip()
    if field is FieldName.INITIALS and draft.initials is None:
        draft.initials = value.strip()

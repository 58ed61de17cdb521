"""Exports of many articles: ``.jsonl`` and ``.csv`` with the columns of news-watch.

Columns: ``title``, ``publish_date``, ``author``, ``content``, ``category``, ``source``, ``link``;
others are ignored, and only ``content`` is needed. A record that cannot be used is reported with
its line and the rest goes on.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dwiwarta.dates import parse_field
from dwiwarta.errors import ArticleError
from dwiwarta.model import Overrides, RawArticle, SourceRef
from dwiwarta.problems import ProblemLog
from dwiwarta.read.decode import (
    NotTextError,
    check_format,
    decode_part,
    marked_encoding,
    tidy,
    tidy_line,
)
from dwiwarta.read.links import web_address
from dwiwarta.text import one_line, squash

COLUMNS = ("title", "publish_date", "author", "content", "category", "source", "link")

# How pandas and spreadsheet programs write an empty cell.
_EMPTY = frozenset(("", "nan", "none", "null", "n/a", "na", "nat", "-"))

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    fields: dict[str, str]


def read_jsonl(
    file: BinaryIO, name: str, max_bytes: int, overrides: Overrides, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """One JSON object a line; ``max_bytes`` is the largest line that is still an article."""
    records = _json_records(_lines(file, name, max_bytes, problems), name, problems)
    return _articles(records, name, overrides, problems)


def read_csv(
    file: BinaryIO, name: str, max_bytes: int, overrides: Overrides, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """A table whose first row names the columns.

    Raises ``ArticleError`` if there is no column ``content``.
    """
    lines = _lines(file, name, max_bytes, problems)
    return _articles(_csv_records(lines, name, problems), name, overrides, problems)


# --- lines --------------------------------------------------------------------------------------


def _lines(
    file: BinaryIO, name: str, max_bytes: int, problems: ProblemLog
) -> Iterator[tuple[int, str]]:
    """The file's lines with their numbers, each decoded, never more than one in memory.

    Lines are decoded one by one because exports are often files of several tools put together.
    """
    beginning = file.read(8)
    file.seek(0)
    try:
        check_format(beginning)
    except NotTextError as error:
        raise ArticleError(name, 1, str(error)) from error
    mark = marked_encoding(beginning)
    encoding = mark if mark and not mark.startswith("utf-8") else None
    end = "\n".encode(encoding) if encoding else b"\n"
    for number, line in enumerate(_split(file, end, max_bytes), start=1):
        if line is None:
            problems.warn(name, number, f"longer than {max_bytes / 1e6:g} MB: skipped")
            continue
        try:
            text = line.decode(encoding, errors="replace") if encoding else decode_part(line)
        except NotTextError as error:
            problems.warn(name, number, f"{error}: skipped")
            continue
        yield number, text.removeprefix("\ufeff")


def _split(file: BinaryIO, end: bytes, max_bytes: int) -> Iterator[bytes | None]:
    """Lines that end in ``end``; ``None`` for one that is longer than ``max_bytes``."""
    if len(end) == 1:
        while line := file.readline(max_bytes + 1):
            if len(line) > max_bytes:
                while line and not line.endswith(end):
                    line = file.readline(max_bytes)
                yield None
            else:
                yield line
        return
    # UTF-16 and UTF-32 have the byte of "\n" inside other characters too: cut at whole ones only.
    buffer = bytearray()
    too_long = False
    while unit := file.read(len(end)):
        buffer += unit
        if unit == end:
            yield None if too_long else bytes(buffer)
            buffer.clear()
            too_long = False
        elif len(buffer) > max_bytes:
            buffer.clear()
            too_long = True
    if buffer or too_long:
        yield None if too_long else bytes(buffer)


# --- records ------------------------------------------------------------------------------------


def _json_records(
    lines: Iterable[tuple[int, str]], name: str, problems: ProblemLog
) -> Iterator[_Record]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            reason = error.msg.removesuffix(" at")  # "Unterminated string starting at"
            problems.warn(name, number, f"broken JSON: {reason} at column {error.colno}")
            continue
        except (ValueError, RecursionError):
            problems.warn(name, number, "broken JSON: too deep or too large a number")
            continue
        if not isinstance(value, dict):
            problems.warn(name, number, "not a record: expected {…} with title, content, link")
            continue
        fields = {}
        for key in COLUMNS:
            item = value.get(key)
            if key == "content" and not isinstance(item, str):
                continue  # a number is no text
            if isinstance(item, str | int | float) and not isinstance(item, bool):
                fields[key] = str(item)
        yield _Record(number, fields)


def _csv_records(
    lines: Iterable[tuple[int, str]], name: str, problems: ProblemLog
) -> Iterator[_Record]:
    numbered = iter(lines)
    first = next(((number, line) for number, line in numbered if line.strip()), None)
    if first is None:
        return
    at = first[0]

    def texts() -> Iterator[str]:
        nonlocal at
        yield first[1]
        for at, line in numbered:  # noqa: B007 - the reader's caller looks at it
            yield line

    reader = csv.reader(texts(), delimiter=_delimiter(first[1]))
    header = [one_line(cell).casefold() for cell in next(reader)]
    if "content" not in header:
        raise ArticleError(
            name, first[0], "the first row must name the columns; `content` is missing"
        )
    while True:
        before = at
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.warn(name, before + 1, f"broken CSV: {error}")
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reason = f"{len(cells)} columns where the first row names {len(header)}: skipped"
            problems.warn(name, before + 1, reason)
            continue
        fields = {key: cell for key, cell in zip(header, cells, strict=True) if key in COLUMNS}
        yield _Record(before + 1, fields)


def _delimiter(header: str) -> str:
    """The one of the usual delimiters that the header row uses most."""
    return max(_DELIMITERS, key=header.count)


# --- articles -----------------------------------------------------------------------------------


def _articles(
    records: Iterable[_Record], name: str, overrides: Overrides, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """Records with the same id are versions of one article: the longest text is taken."""
    best: dict[str, RawArticle] = {}
    for record in records:
        fields = {key: _value(text) for key, text in record.fields.items()}
        content = tidy(fields.get("content") or "").strip()
        if not content:
            problems.warn(name, record.line, "no text in `content`: skipped")
            continue
        article = _article(fields, content, name, record.line, overrides)
        known = best.setdefault(article.ref.record, article)
        if known.text != article.text:
            problems.warn(
                name, record.line, f"same link as line {known.ref.line}: the longer text is used"
            )
            best[article.ref.record] = max(
                known, article, key=lambda one: (len(one.text), one.text)
            )
    return tuple(sorted(best.values(), key=lambda article: article.ref))


def _article(
    fields: dict[str, str | None], content: str, name: str, line: int, overrides: Overrides
) -> RawArticle:
    link = web_address(fields.get("link") or "")
    title = fields.get("title")
    return RawArticle(
        ref=SourceRef(name, _record_id(link, title or "", content), line),
        text=content,
        title=tidy_line(title),
        published=parse_field(fields.get("publish_date") or ""),
        author=tidy_line(fields.get("author")),
        source_name=tidy_line(fields.get("source")),
        source_url=link,
        category=tidy_line(fields.get("category")),
        text_line=line,
        overrides=overrides,
    )


def _value(text: str) -> str | None:
    return None if text.strip().casefold() in _EMPTY else text


def _record_id(link: str | None, title: str, content: str) -> str:
    """Twelve hex digits from the link, else from the title and the start of the text.

    Neither depends on the record's place in the export. 48 bits: among 100,000 records two
    would meet with a probability of 2 in 100,000.
    """
    basis = link or f"{squash(title)}\n{squash(content[:400])[:200]}"
    return hashlib.sha256(basis.encode()).hexdigest()[:12]

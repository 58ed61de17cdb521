"""Exports of many articles: JSON, tables, Excel's sheets and feeds, each record an article.

Fields: ``title``, ``publish_date``, ``author``, ``content``, ``category``, ``source``, ``link`` of
news-watch, and their names in other tools (``record.FIELDS``); others are ignored, and only
``content`` is needed. A record that cannot be used is reported with its line and the rest goes on.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import BinaryIO

from dwiwarta.addresses import web_address
from dwiwarta.dates import parse_field
from dwiwarta.model import RawArticle, Removal, RemovalKind, SourceRef
from dwiwarta.problems import ProblemLog
from dwiwarta.read.corrections import ExportDecisions
from dwiwarta.read.csvrecords import csv_records
from dwiwarta.read.decode import tidy, tidy_line
from dwiwarta.read.exportlines import read_lines
from dwiwarta.read.fieldtext import MarkupError, field_line, field_text, is_markdown
from dwiwarta.read.jsonrecords import json_records
from dwiwarta.read.record import Record
from dwiwarta.text import one_line, squash

# How content management systems call what only their editors see.
_UNPUBLISHED = frozenset(
    ("draft", "auto-draft", "pending", "private", "future", "trash", "inherit", "draf", "konsep")
)
_HEADLINE_WORDS = 4  # of a text without marks; fewer may head its first part
_SITE_BEHIND = re.compile(r"\s+[-–—|·]\s")
# What services say behind the beginning of a text: "… [+1234 chars]".
_CUT_OFF = re.compile(r"\[\+\d{1,7} char(?:s|acters)?\]\s*$")


def read_json(
    file: BinaryIO, name: str, max_bytes: int, decided: ExportDecisions, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """JSON objects: one a line, in an array, or in a table of pandas.

    ``max_bytes`` is the largest record that is still an article.
    """
    lines = read_lines(file, name, max_bytes, problems, in_pieces=True)
    return _articles(json_records(lines, name, max_bytes, problems), name, decided, problems)


def read_csv(
    file: BinaryIO, name: str, max_bytes: int, decided: ExportDecisions, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """A table whose first row names the columns.

    Raises ``ArticleError`` if that row cannot be read or names no column for the text.
    """
    lines = read_lines(file, name, max_bytes, problems)
    return _articles(csv_records(lines, name, max_bytes, problems), name, decided, problems)


def read_sheet(
    file: BinaryIO, name: str, max_bytes: int, decided: ExportDecisions, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """A workbook of Excel whose first row names the columns. Raises ``ArticleError`` as above."""
    # As they are met, as are the readers of other formats: few need the libraries behind these.
    from dwiwarta.read.sheets import sheet_records

    return _articles(sheet_records(file, name, max_bytes, problems), name, decided, problems)


def read_feed(
    file: BinaryIO, name: str, max_bytes: int, decided: ExportDecisions, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """RSS, Atom or an export of WordPress. Raises ``ArticleError`` for what is none of these."""
    from dwiwarta.read.feeds import feed_records

    return _articles(feed_records(file, name, max_bytes, problems), name, decided, problems)


def _articles(
    records: Iterable[Record], name: str, decided: ExportDecisions, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """Records with the same id are versions of one article: the longest text is taken."""
    best: dict[str, RawArticle] = {}
    numbers: dict[int, str] = {}
    for record in records:
        if reason := _not_meant(record):
            problems.warn(name, record.line, reason)
            continue
        try:
            content, left_out = _text_of(record)
        except MarkupError as error:
            problems.warn(name, record.line, f"broken HTML in `content`: {error}: skipped")
            continue
        if not content:
            problems.warn(name, record.line, "no text in `content`: skipped")
            continue
        article = _article(record, content, left_out, name, problems)
        numbers[len(numbers) + 1] = article.ref.record
        known = best.setdefault(article.ref.record, article)
        if known.text != article.text:
            problems.warn(
                name, record.line, f"same link as line {known.ref.line}: the longer text is used"
            )
            best[article.ref.record] = max(
                known, article, key=lambda one: (len(one.text), one.text)
            )
    articles = sorted(best.values(), key=lambda article: article.ref)
    return decided.apply(articles, numbers, problems)


def _not_meant(record: Record) -> str:
    """Why a record is none that anybody may read as a whole; "" if it is."""
    shown = repr(one_line(record.fields.get("title", ""))[:80])
    status = record.fields.get("status", "").strip().casefold()
    if status in _UNPUBLISHED:
        return f"not published there ({status}): {shown}: skipped"
    if _CUT_OFF.search(record.fields.get("content", "")):
        return f"only the beginning of the text is here: save the page itself: {shown}: skipped"
    return ""


def _text_of(record: Record) -> tuple[str, tuple[Removal, ...]]:
    """The text of a record, and what of it is not shown. Raises ``MarkupError``."""
    source = record.fields.get("content", "")
    if record.markdown or is_markdown(source):
        from dwiwarta.read.markdown import markdown_to_text

        text, left_out = markdown_to_text(tidy(source))
        return text.strip(), left_out
    struck: list[str] = []
    text = tidy(field_text(source, struck.append)).strip()
    lines = (tidy_line(piece) for piece in struck)
    return text, tuple(
        Removal(line, RemovalKind.PAGE, "page: struck out") for line in lines if line
    )


def _article(
    record: Record, content: str, left_out: tuple[Removal, ...], name: str, problems: ProblemLog
) -> RawArticle:
    lines = {
        key: tidy_line(field_line(text)) for key, text in record.fields.items() if key != "content"
    }
    link = web_address(record.fields.get("link", ""))
    if title := lines.get("title"):
        # What the page calls itself, with the site's name behind the headline that the text has.
        headline = content.partition("\n")[0].strip()
        long = record.markdown or len(headline.split()) >= _HEADLINE_WORDS
        if headline and long and _SITE_BEHIND.match(title.removeprefix(headline)):
            lines["title"] = headline
    date = lines.get("publish_date")
    published = parse_field(date) if date else None
    if date and published is None:
        problems.warn(name, record.line, "no date can be read in `publish_date`")
    # By the fields as the export has them, so that a record stays known when reading improves.
    title, text = record.fields.get("title", ""), tidy(record.fields["content"]).strip()
    return RawArticle(
        ref=SourceRef(name, _record_id(link, title, text), record.line),
        text=content,
        title=lines.get("title"),
        published=published,
        author=lines.get("author"),
        source_name=lines.get("source"),
        source_url=link,
        category=lines.get("category"),
        text_line=record.line,
        left_out=left_out,
    )


def _record_id(link: str | None, title: str, content: str) -> str:
    """Twelve hex digits from the link, else from the title and the start of the text.

    Neither depends on the record's place in the export. 48 bits: among 100,000 records two
    would meet with a probability of 2 in 100,000.
    """
    basis = link or f"{squash(title)}\n{squash(content[:400])[:200]}"
    return hashlib.sha256(basis.encode()).hexdigest()[:12]

"""A saved web page: text and metadata through trafilatura, which never opens the network here."""

import json
import logging
import re
from dataclasses import dataclass

import trafilatura
from lxml import html as lxml_html
from lxml.etree import LxmlError
from trafilatura.settings import Document

from dwiwarta.dates import parse_date
from dwiwarta.model import DateOrigin, Published
from dwiwarta.read.links import web_address

# They report every odd tag of a page; what the reader needs to know becomes our own problem line.
for _library in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*("(?:[^"\\]|\\.){4,60}")')
_TABLE_RULE = re.compile(r"\|(?:\s*-{3,}\s*\|)+")
_TABLE_ROW = re.compile(r"^\|\s*(.*?)\s*\|\s*$")
_DATE_FIELDS = (
    '//meta[@property="article:published_time"]/@content',
    '//*[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="pubdate" or @name="publishdate" or @name="dtk:publishdate"]/@content',
)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page says about itself; ``text`` has one block a line."""

    text: str
    title: str | None
    published: Published | None
    author: str | None
    source_name: str | None
    source_url: str | None
    category: str | None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's ``<meta>`` names in its first kilobytes, if any."""
    match = _DECLARED.search(data, 0, 4096)
    return match[1].decode("ascii") if match else None


def extract_page(markup: str) -> WebPage | None:
    """Text and metadata of a page, ``None`` if no article can be found in it."""
    try:
        document = trafilatura.bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            # No guessing of dates from numbers in the text.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        # trafilatura is written for ordinary pages and fails in many ways on others.
        return None
    if not isinstance(document, Document) or not (document.text or "").strip():
        return None
    return WebPage(
        text=_plain_tables(document.text or ""),
        title=document.title or None,
        published=_published(markup, document.date),
        author=document.author or None,
        source_name=_name(document.sitename),
        source_url=web_address(document.url or ""),
        category=next(iter(document.categories or ()), None),
    )


def _plain_tables(text: str) -> str:
    """Rows that trafilatura writes as Markdown (``| a | b |``, ``|---|---|``) as ``a | b``."""
    lines = (line for line in text.splitlines() if not _TABLE_RULE.fullmatch(line.strip()))
    return "\n".join(_TABLE_ROW.sub(r"\1", line) for line in lines)


def _name(sitename: str | None) -> str | None:
    """Some pages give the address of their Facebook page as their name."""
    return sitename if sitename and "://" not in sitename else None


def _published(markup: str, day: str | None) -> Published | None:
    """The page's own date field with its time; else the day that htmldate found, without one."""
    found = None
    for text in _date_fields(markup):
        found = parse_date(text, DateOrigin.METADATA)
        if found is not None:
            break
    if found is None and day:
        found = parse_date(day, DateOrigin.METADATA)
    return found


def _date_fields(markup: str) -> list[str]:
    fields: list[str] = []
    try:
        tree = lxml_html.fromstring(markup)
        for path in _DATE_FIELDS:
            values = tree.xpath(path)
            if isinstance(values, list):
                fields.extend(str(value) for value in values)
    except (LxmlError, ValueError):
        pass
    for match in _JSON_DATE.finditer(markup):
        try:
            fields.append(json.loads(match[1]))
        except ValueError:
            continue
    return fields

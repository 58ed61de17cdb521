"""A saved web page: text and metadata, with trafilatura, which never opens the network here."""

import logging
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement
from trafilatura.settings import Document

from dwiwarta.model import Published
from dwiwarta.read.htmltext import TextBlock, text_blocks
from dwiwarta.read.jsonld import read_linked
from dwiwarta.read.markup import MarkupError, is_hidden, is_struck, parse_markup
from dwiwarta.read.pageblocks import HEADINGS
from dwiwarta.read.pagebody import PageBody, find_body, left_for_data
from dwiwarta.read.pagedates import page_date
from dwiwarta.read.pagefields import (
    page_address,
    page_author,
    page_title,
    saved_address,
    site_name,
    title_tag,
)
from dwiwarta.read.pagestate import read_state, waits_for_scripts
from dwiwarta.text import squash

# They report every odd tag of a page; what the reader needs to know becomes our own problem line.
for _library in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")

# trafilatura's time grows with the square of these; the page of an article has some 2,000.
_MOST_ELEMENTS = 15_000
# More paragraphs than a book has.
_MOST_BLOCKS = 20_000
_NOTHING = "no article text was found in this web page"
_NOT_LOADED = (
    "this page holds no text, a script would fetch it: save it once it is shown, in a reader view "
    "say, or copy its text into a .txt file"
)
_LIST_TITLE = re.compile(
    r"(?:indeks|index|kategori|category|arsip|archives?|tags?|topik|kanal|rubrik|terpopuler"
    r"|berita (?:terbaru|terkini|terpopuler|hari ini))\b",
    re.IGNORECASE,
)
# A place, or one with the outlet's name, in an element of its own.
_DATELINE = re.compile(r"[A-Z][\w.,()/ ]{1,58} ?[-–—]")
_WRAPPED = 50  # characters of a line that ends because it is full
# Letters and digits; less is a stray word.
_LEAST = 15
# The text in a page's data counts where the page itself shows so much less.
_SHOWS_LESS = 0.5
# Characters of a page's text; with more nobody looks for another in its data, nor is it a mere
# frame for what scripts show.
_MAY_LACK = 3_000
_MOST_OF_FRAME = 600

# What servers show in place of an article, and how long that is at most, in characters.
_ERROR_WORDS = (
    r"access denied|forbidden|(?:page )?not found|service unavailable|bad gateway|too many requests"
    r"|unauthori[sz]ed|internal server error|gateway time-?out|akses ditolak"
    r"|(?:halaman|artikel|berita|laman) (?:ini )?tidak ditemukan"
)
_ERROR_TITLE = re.compile(
    rf"(?i)\W{{0,3}}(?:(?:error )?(?:40[0-9]|410|429|50[0-4])(?: error)?"
    rf"(?:\W{{0,3}}(?:{_ERROR_WORDS}))?"
    rf"|{_ERROR_WORDS}|just a moment|attention required\b.{{0,20}}"
    r"|are you (?:a )?(?:human|robot)\b.{0,20}|verify(?:ing)? (?:that )?you are human\b.{0,20}"
    r")\W{0,3}"
)
_MOST_OF_ERROR = 600


class NoArticleError(ValueError):
    """A page has no article; the message says in a few words what it has."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page says: ``text`` has an empty line between its blocks.

    ``left_out``: what the page shows beside the article, as (text, reason).
    """

    text: str
    title: str | None
    published: Published | None
    author: str | None
    source_name: str | None
    source_url: str | None
    category: str | None
    left_out: tuple[tuple[str, str], ...] = ()


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names in its first kilobytes, if any."""
    match = _DECLARED.search(data, 0, 4096) or _XML_DECLARED.match(data)
    return match[1].decode("ascii") if match else None


def extract_page(markup: str, saved_from: str | None = None) -> WebPage:
    """Text and metadata of a page; ``saved_from``: its address, if the file's form states it.

    Takes time in proportion to the length of ``markup``. Raises ``NoArticleError`` if no article
    can be found in it.
    """
    try:
        root = parse_markup(markup)
        if root is None:
            raise NoArticleError(_NOTHING)
        return _read(root, markup, saved_from or saved_address(markup))
    except MarkupError as error:
        raise NoArticleError(f"no real web page: {error}") from error


def _read(root: HtmlElement, markup: str, saved_from: str | None) -> WebPage:
    blocks = text_blocks(root)
    if len(blocks) > _MOST_BLOCKS:
        raise NoArticleError(f"{len(blocks):,} paragraphs: too many for one article")
    linked = read_linked(root)
    found = _trafilatura(root)
    said_titles = {squash(text) for text in (found.title, *title_tag(root)) if text}
    body = find_body(root, blocks, found.text or "", said_titles)
    text = "\n\n".join(_paragraphs(body.kept))
    if len(squash(text)) < _SHOWS_LESS * len(squash(linked.body)):
        text, body = linked.body, left_for_data(body)
    frame = _is_frame(root, text, body)
    state = read_state(markup, said_titles, alone=frame) if len(text) < _MAY_LACK else None
    if state and len(squash(text)) < _SHOWS_LESS * len(squash(state.body)):
        text, body = state.body, left_for_data(body)
        linked = linked.filled_up(state)
    elif frame:
        raise NoArticleError(_NOT_LOADED)
    title = page_title(root, linked, _headline(body), found.title)
    if body.beside_teasers == 0 or (body.beside_teasers == 1 and _LIST_TITLE.match(title or "")):
        raise NoArticleError("a list of links to articles, not an article: save their own pages")
    if len(squash(text)) < _LEAST:
        raise NoArticleError(_NOTHING)
    if len(text) < _MOST_OF_ERROR and _ERROR_TITLE.fullmatch(title or ""):
        raise NoArticleError(f"an error or a check of the browser ({title}): save the article")
    return WebPage(
        text=text,
        title=title,
        published=page_date(root, linked, body.above, found.date),
        author=page_author(root, linked, found.author),
        source_name=site_name(root, linked, found.sitename),
        source_url=page_address(root, linked, saved_from),
        category=next(iter(found.categories or ()), None),
        left_out=body.left_out,
    )


def _is_frame(root: HtmlElement, text: str, body: PageBody) -> bool:
    """Whether a page shows nothing but what stands around the text that a script would fetch."""
    if len(squash(text)) < _LEAST:
        return waits_for_scripts(root, ())
    shown = [block.element for block in body.kept]
    return bool(shown) and len(text) < _MOST_OF_FRAME and waits_for_scripts(root, shown)


def _paragraphs(blocks: Iterable[TextBlock]) -> Iterator[str]:
    """The text of blocks: lines that the page breaks are paragraphs, a dateline goes with its text.

    Lines that are broken in their sentences, as mail programs do, stay together; cleaning joins
    them.
    """
    dateline = ""
    for block in blocks:
        if block.element.tag not in ("li", "tr") and _DATELINE.fullmatch(block.text):
            dateline = f"{block.text} "
            continue
        lines = block.text.split("\n")
        if block.element.tag in HEADINGS:
            text = " ".join(lines)
        else:
            broken = sum(len(line) >= _WRAPPED and line[-1].isalnum() for line in lines[:-1])
            text = ("\n" if 2 * broken > len(lines) - 1 > 1 else "\n\n").join(lines)
        yield dateline + text
        dateline = ""
    if dateline:
        yield dateline.strip()


def _headline(body: PageBody) -> str | None:
    """The only headline of the first rank above or in the text."""
    headlines = [block.text for block in body.kept if block.element.tag == "h1"]
    return headlines[0] if len(headlines) == 1 else None


def _trafilatura(root: HtmlElement) -> Document:
    """What trafilatura finds in a page, an empty document if that is nothing."""
    tree = deepcopy(root)
    for element in list(_hidden(tree)):
        element.drop_tree()
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return Document()
    # It makes a cell of each column that one spans, in a row of one cell up to a hundred.
    etree.strip_attributes(tree, "colspan", "rowspan")
    try:
        # It is written for ordinary pages and fails in many ways on others.
        document = trafilatura.extract_metadata(
            tree,
            # No guessing of dates from numbers in the text.
            date_config={"extensive_search": False, "original_date": True},
        )
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True)
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return Document()
    if isinstance(found, Document):
        document.text = found.text
    return document


def _hidden(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost elements that are not shown, or struck out."""
    for part in tree:
        if part.tag == "head":
            continue
        walker = iterwalk(part, events=("start",))
        for _, element in walker:
            if element is part:
                continue
            if is_struck(element) or (
                is_hidden(element) and element.tag not in ("img", "br", "script")
            ):
                yield element
                walker.skip_subtree()

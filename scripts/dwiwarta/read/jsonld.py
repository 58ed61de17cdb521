"""What a page says of its article in JSON-LD, as schema.org describes it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from dwiwarta.read.htmltext import html_to_text
from dwiwarta.read.jsonvalues import objects_in
from dwiwarta.read.markup import MarkupError
from dwiwarta.text import unescaped

# Kinds of things whose text is an article (schema.org, "Article" and "CreativeWork").
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Reportage|NewsItem|Review)$")
_MOST_NODES = 2_000
# Some pages wrap the data in a comment or a CDATA section.
_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_DATE = re.compile(r'"datePublished"\s*:\s*("(?:[^"\\]|\\.){4,60}")')
_BODY_TAG = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|blockquote)\b[^>]{0,500}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linked:
    """The article of a page in its JSON-LD; each field is empty where nothing is said."""

    headline: str = ""
    body: str = ""
    dates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    url: str = ""

    def filled_up(self, other: "Linked") -> "Linked":
        """With what only ``other`` says, and its text."""
        return Linked(
            headline=self.headline or other.headline,
            body=other.body,
            dates=self.dates or other.dates,
            authors=self.authors or other.authors,
            publishers=self.publishers or other.publishers,
            url=self.url or other.url,
        )


def read_linked(root: HtmlElement) -> Linked:
    """The first article in a page's JSON-LD, with the dates that broken JSON still tells."""
    texts = [
        script.text or ""
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    nodes = [node for text in texts for node in _nodes(text)]
    article = next((node for node in nodes if _is_article(node)), {})
    pages = [node for node in nodes if node.get("@type") == "WebPage"]
    dates = [one.get("datePublished") for one in (article, *pages)]
    dates.append(article.get("dateCreated"))
    if not article:
        dates += [_literal(match[1]) for text in texts for match in _DATE.finditer(text)]
    return Linked(
        headline=_text(article.get("headline")) or _text(article.get("name")),
        body=_body(_text(article.get("articleBody"))),
        dates=tuple(str(date) for date in dates if isinstance(date, str | int)),
        authors=tuple(_names(article.get("author"))),
        publishers=tuple(_names(article.get("publisher"))),
        url=_text(article.get("url")) or _text(article.get("mainEntityOfPage")),
    )


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """All objects of a script, from the outside in."""
    try:
        value = json.loads(_WRAPPED.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return
    yield from objects_in(value, _MOST_NODES)


def _literal(text: str) -> str | None:
    """The text that a piece of JSON in quotation marks stands for."""
    try:
        value: str = json.loads(text, strict=False)
    except ValueError:  # an escape that is none
        return None
    return value


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("name")
    return unescaped(value).strip() if isinstance(value, str) else ""


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        names = one.get("name") if isinstance(one, dict) else one
        if isinstance(one, dict) and not names:
            names = f"{_text(one.get('givenName'))} {_text(one.get('familyName'))}"
        for name in names if isinstance(names, list) else [names]:
            if text := _text(name):
                yield text


def _body(text: str) -> str:
    """The paragraphs of an ``articleBody``, which may be HTML in text."""
    if not _BODY_TAG.search(text):
        return text
    try:
        return html_to_text(text, line_breaks=True)
    except MarkupError:
        return ""

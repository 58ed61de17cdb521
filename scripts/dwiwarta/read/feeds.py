"""Feeds with the full text of their articles: RSS, Atom, and WordPress' export (WXR).

Element by element, so that a file of any size is never held as a whole, and without a DTD: no
entity is resolved, none is fetched. RSS 2.0 (https://www.rssboard.org/rss-specification) with its
modules ``content`` and ``dc``, RSS 1.0, Atom (RFC 4287). WXR is RSS with elements ``wp:``.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from lxml import etree

from dwiwarta.addresses import web_address
from dwiwarta.errors import ArticleError
from dwiwarta.problems import ProblemLog
from dwiwarta.read.entities import EntityReader
from dwiwarta.read.fieldtext import MarkupError, field_text
from dwiwarta.read.misnamed import A_PAGE
from dwiwarta.read.record import Record, make_record
from dwiwarta.text import one_line, squash

_ROOTS = frozenset(("rss", "RDF", "feed"))
_NO_FEED = "no feed: neither RSS, nor Atom, nor an export of WordPress"
_OTHER_XML = {
    "html": A_PAGE,
    "urlset": "a list of addresses, without their texts: save the pages themselves",
    "sitemapindex": "a list of addresses, without their texts: save the pages themselves",
    "opml": "a list of feeds, without their texts: save what is in them",
    "xliff": "translations: import the file under a name that ends in .xlf",
    "tmx": "translations: import the file under a name that ends in .tmx",
}
_BROKEN_OFF = re.compile(r"Premature end of data in tag (\S+)|CData section not finished()")
_BROKEN = "broken"  # an attribute of ours
_ITEMS = frozenset(("item", "entry"))
_XHTML = "{http://www.w3.org/1999/xhtml}"
_EXCERPT = "wordpress.org/export/"  # in the name space of its elements

# What a feed calls a description is an article from here on, unless it says that it goes on.
_LEAST_DESCRIPTION = 500  # letters and digits
_GOES_ON = ("…", "...", "[…]", "[...]", "[&hellip;]")

# Where nothing but these stands in an item of WordPress, it is an article that anybody may read.
_POSTS = ("", "post")
_PUBLISHED = ("", "publish")


def feed_records(
    file: BinaryIO, name: str, max_bytes: int, problems: ProblemLog
) -> Iterator[Record]:
    """The items of a feed; ``max_bytes``: the largest that is still an article.

    Items without their text, drafts and what is no article are warned of. Raises ``ArticleError``
    for what is no feed.
    """
    reader = _Feed(name, max_bytes, problems)
    file = cast("BinaryIO", EntityReader(file))
    # What is not as XML should be is no reason to lose the items that are whole.
    events = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    root: etree._Element | None = None
    last: Record | None = None  # held back until it is known that the file goes on behind it
    try:
        for event, element in events:
            if root is None:
                root = element
                if _local(root) not in _ROOTS:
                    break
            elif event == "end" and (record := reader.take(element)):
                if last is not None:
                    yield last
                last = record
    except etree.XMLSyntaxError as error:
        if root is None:
            raise ArticleError(name, 1, f"{_NO_FEED}: {error.msg}") from error
        problems.warn(name, error.lineno or 1, f"broken XML: {error.msg}")
    if root is None or _local(root) not in _ROOTS:
        raise ArticleError(name, 1, _OTHER_XML.get("" if root is None else _local(root), _NO_FEED))
    faults = list(events.error_log)
    if last is not None and faults and _is_inside(faults[-1].message):
        problems.warn(name, last.line, f"the file breaks off: {_shown(last.fields)}: skipped")
    else:
        if last is not None:
            yield last
        if faults:
            reason = f"broken XML: {one_line(faults[0].message)}"
            problems.warn(name, faults[0].line, reason)


def _is_inside(message: str) -> bool:
    """Whether the parser says that the file ended inside an item."""
    found = _BROKEN_OFF.search(message)
    return found is not None and found[1].rpartition(":")[2] not in (*_ROOTS, "channel")


def _shown(fields: Mapping[str, str]) -> str:
    return repr(fields.get("title", "")[:80])


class _Feed:
    def __init__(self, name: str, max_bytes: int, problems: ProblemLog) -> None:
        self._name = name
        self._max = max_bytes
        self._problems = problems
        self._title = ""
        self._people: dict[str, str] = {}  # WordPress' name of an account → of the person

    def take(self, element: etree._Element) -> Record | None:
        """What the end of an element gives: an item, or something that holds for all of them."""
        kind, parent = _local(element), element.getparent()
        if kind in _ITEMS:
            # A tag that is never closed puts the items that follow into this one.
            around = [one for one in element.iterancestors() if _local(one) in _ITEMS]
            for outer in around:
                outer.set(_BROKEN, "")
            broken = bool(around) or element.get(_BROKEN) is not None
            record = self._record(element, broken=broken)
            _forget(element)
            return record
        if parent is None or _local(parent) not in ("channel", "feed"):
            return None
        if kind == "title":
            self._title = self._title or _text(element)
        elif kind == "author" and (login := _child(element, "author_login")):
            self._people[login] = _child(element, "author_display_name") or login
        return None

    def _record(self, item: etree._Element, *, broken: bool) -> Record | None:
        line = _line(item)
        title = one_line(_child(item, "title"))
        reason = "its XML is broken, so it may be a piece of several" if broken else ""
        if _child(item, "post_type") not in _POSTS:
            return None  # a picture, a menu, a page of the site: no article
        if _child(item, "status") not in _PUBLISHED or _child(item, "post_password"):
            reason = "not published there"
        text = "" if reason else self._body(item)
        if not reason and not text:
            reason = "only the beginning of the text is in the feed: save the page itself"
        if len(text) > self._max:
            reason = f"longer than {self._max / 1e6:g} MB"
        if reason:
            shown = title or _address(item)
            self._problems.warn(self._name, line, f"{reason}: {shown[:80]!r}: skipped")
            return None
        author = _author(item)
        values = {
            "title": title,
            "publishdate": _first(item, "pubDate", "published", "date", "issued", "post_date")
            or _child(item, "updated"),
            "author": self._people.get(author, author),
            "content": text,
            "category": _category(item),
            "source": one_line(self._title),
            "link": _address(item),
        }
        return make_record(line, values)

    def _body(self, item: etree._Element) -> str:
        """The full text; "" if the feed has a beginning of it only."""
        full = [
            _markup(one)
            for one in item
            if (_local(one) == "encoded" and not _is_excerpt(one)) or _local(one) == "content"
        ]
        text = max(full, key=len, default="")
        if text.strip():
            return text if not _goes_on(text) else ""
        text = max(
            (_markup(one) for one in item if _local(one) in ("description", "summary")),
            key=len,
            default="",
        )
        plain = _plain(text)
        return text if len(squash(plain)) >= _LEAST_DESCRIPTION and not _goes_on(text) else ""


def _goes_on(text: str) -> bool:
    return _plain(text).rstrip().endswith(_GOES_ON)


def _plain(text: str) -> str:
    try:
        return field_text(text)
    except MarkupError:
        return ""


def _forget(element: etree._Element) -> None:
    """Free an item that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        if _local(before) not in _ITEMS:
            break
        parent.remove(before)


def _line(element: etree._Element) -> int:
    found: object = element.sourceline  # its type is left open
    return found if isinstance(found, int) else 1


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _markup(element: etree._Element) -> str:
    """The text of an element; Atom's may hold elements of XHTML itself."""
    if not any(isinstance(one.tag, str) and one.tag.startswith(_XHTML) for one in element):
        return _text(element)
    inner = (etree.tostring(one, encoding="unicode", method="html") for one in element)
    return "".join([element.text or "", *inner])


def _child(item: etree._Element, name: str) -> str:
    """The text of the first child of that name that has any."""
    texts = (_text(one).strip() for one in item if _local(one) == name)
    return next((text for text in texts if text), "")


def _first(item: etree._Element, *names: str) -> str:
    return next((text for name in names if (text := _child(item, name))), "")


def _is_excerpt(element: etree._Element) -> bool:
    tag = element.tag
    return isinstance(tag, str) and _EXCERPT in tag and "excerpt" in tag


def _author(item: etree._Element) -> str:
    people = [one for one in item if _local(one) in ("creator", "author")]
    names = (_child(one, "name") or _text(one) for one in people)
    return ", ".join(dict.fromkeys(filter(None, map(one_line, names))))


def _category(item: etree._Element) -> str:
    """The first section; WordPress has its tags under the same name."""
    found = [one for one in item if _local(one) == "category"]
    sections = [one for one in found if one.get("domain") == "category"] or found
    texts = (one_line(one.get("label") or one.get("term") or _text(one)) for one in sections)
    return next(filter(None, texts), "")


def _address(item: etree._Element) -> str:
    links = [one for one in item if _local(one) == "link"]
    own = [one for one in links if one.get("rel", "alternate") == "alternate"]
    found = [one.get("href") or _text(one) for one in own]
    found += [
        _text(one)
        for one in item
        if _local(one) in ("guid", "id") and one.get("isPermaLink") != "false"
    ]
    return next((text.strip() for text in found if web_address(text)), "")

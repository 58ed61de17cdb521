"""HTML parsed within bounds, and which of its elements a reader of the page does not see."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml import html as lxml_html
from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement

from dwiwarta.text import word_set

# Bounds that no real page meets. The parser compares the attributes of a tag with each other, and
# reads nothing below its deepest level (2,048 in libxml2 2.14): that text would be lost unsaid.
MOST_ATTRIBUTES = 200
LONGEST_VALUE = 20_000
LONGEST_STYLE = 500
DEEPEST = 2_000

# How the HTML standard divides a tag (13.2.5.6 to 13.2.5.40). Every repeat takes all it can and
# gives nothing back, and an end of the text ends everything: no markup makes it start over.
_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)",
    re.DOTALL,
)
_SHORT = 2_000  # characters of attributes that cannot be too many or too long

# What is no markup between their tags: nothing there opens an element.
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed"})
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}
# What a component of the page shows, as SingleFile saves it; the parser passes over the end tag.
_SHADOW = re.compile(r"(?<![\w-])shadowroot(?:mode)?\s*=", re.IGNORECASE)
_DATA_SCRIPT = re.compile(r"application/(?:[\w.+-]+\+)?json", re.IGNORECASE)

_OF_HEAD = word_set("title base link meta script style noscript template")
# Elements whose content is never text of the page.
NOT_TEXT = word_set(
    """
    head title script style template noscript svg iframe object embed canvas audio video map
    select datalist textarea input progress meter link meta img picture source track area
    """
)

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|(?<!margin-)(?:left|top|text-indent)\s*:\s*-\d{3,}|margin-(?:left|top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01]"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)"
    r"|(?<![\w-])(?:right|bottom)\s*:\s*-\d{4,}"
    r"|(?:scale(?:3d)?\(\s*0(?:\.0+)?\s*[,)]|translate(?:x|y|3d)?\(\s*-\d{4,})",
    re.IGNORECASE,
)
# These a page may end once it is scrolled there, and then it shows the text.
_NOT_VISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_NOT_YET_SHOWN = re.compile(
    r"(?<![\w-])opacity\s*:\s*(?:0(?:\.0*)?|\.0+)%?\s*(?:;|!|$)"
    r"|(?<![\w-])color\s*:\s*transparent",
    re.IGNORECASE,
)
_MOVES = re.compile(r"animation|transition|transform|will-change|background-clip", re.IGNORECASE)
# What is faded in moves as well; a menu that opens has a transition of its ``visibility`` alone.
_MOVES_IN = re.compile(r"animation|transform|will-change|opacity", re.IGNORECASE)
# Attributes and classes by which the usual libraries find what they fade in: AOS, Webflow, GSAP,
# ScrollReveal, WOW, Framer, page builders of WordPress.
_FADES_IN = re.compile(
    r"(?:^|[\s_-])(?:aos|w-id|anim\w*|fade\w*|reveal\w*|scroll\w*|sr-id|wow|gsap\w*|framer\w*"
    r"|motion|appear\w*|slide\w*|elementor-invisible|lazy\w*|preload\w*|waypoint\w*|inview)"
    r"(?:$|[\s_-])"
)
_WHOLE_PARAGRAPHS = frozenset(("p", "div", "li", "h1", "h2", "h3", "table"))
_MOST_LOOKED_AT = 200  # elements in one that is hidden or struck out; more are an article
_TINY = re.compile(
    r"(?<![\w-])font-size\s*:\s*(?:0(?:\.0+)?(?:[a-z]+|%)?|1px)\s*(?:;|!|$)", re.IGNORECASE
)
_TINY_BOX = re.compile(
    r"(?=.*(?<![\w-])width\s*:\s*[01]px)(?=.*(?<![\w-])height\s*:\s*[01]px).*overflow\s*:\s*hidden",
    re.IGNORECASE | re.DOTALL,
)
_STRUCK_STYLE = re.compile(
    r"text-decoration(?:-line)?\s*:[^;]{0,60}\bline-through\b", re.IGNORECASE
)
_CLASS_ALONE = re.compile(r"\s*(?:span|p|li|td)?\.([\w-]{1,60})\s*")
# Names of the usual style sheets for text that only screen readers get: Bootstrap, Tailwind,
# WordPress, Foundation, Drupal, HTML5 Boilerplate, GOV.UK, Angular, jQuery UI; and SingleFile's
# for what the page did not show.
_READERS_ONLY = re.compile(
    r"(?:^|[\s_-])(?:sr-?_?only|visually-?_?hidden|hidden-?_?visually|screen-?_?readers?|show-for-sr"
    r"|element-invisible|assistive-text|a11y-hidden|sr-text|accessibility-text|hidden-accessible"
    r"|off-?screen|sf-hidden)(?:$|[\s_-])"
)
_SHOWN_AFTER_ALL = re.compile(r"(?:^|[\s:])not-sr-only(?:$|\s)")
# Fonts that draw a picture for the name of one: ``<i class="material-icons">share</i>``.
_ICON_FONTS = word_set(
    "material-icons material-icons-outlined material-symbols-outlined "
    "material-symbols-rounded glyphicon google-symbols"
)
# What MediaWiki shows around its text to who may edit it, or prints below.
_OF_WIKI = word_set("mw-editsection mw-jump-link mw-cite-backlink printfooter siteSub")
_BACK_LINKS = frozenset(("↩", "↩\ufe0e", "↩\ufe0f", "↑"))  # from a footnote to its place
_LONGEST_ICON = 10
_CLOSED_LAYER = re.compile(
    r"(?:^|[\s_-])(?:modal|popup|offcanvas|overlay|dropdown-menu)(?:$|[\s_-])"
)


class MarkupError(ValueError):
    """Markup that no real page has; the message says what is odd, in a few words."""


def parse_markup(markup: str) -> HtmlElement | None:
    """The tree of a page or of a piece of HTML, ``None`` where there is none.

    Takes time in proportion to the length of ``markup``. Scripts that hold no data and style
    sheets are emptied, attributes beyond the bounds left out. Raises ``MarkupError`` for
    elements that are nested more than ``DEEPEST`` levels deep.
    """
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    sheets: list[str] = []
    data = "".join(_bounded(markup, sheets)).encode("utf-8", errors="replace")
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except ParserError:  # no element and no text
        return None
    depth = 0
    for event, _ in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise MarkupError("its elements are nested too deeply")
    _empty_head(root)
    if struck := {name for sheet in sheets for name in _struck_classes(sheet)}:
        for element in root.iter("*"):
            if not struck.isdisjoint(class_names(element)):
                element.set("style", f"{element.get('style', '')};text-decoration:line-through")
    return root


def _struck_classes(sheet: str) -> Iterator[str]:
    """The classes that a style sheet strikes out by themselves, as Google's documents have them."""
    if "line-through" not in sheet:
        return
    for rule in sheet.split("}"):
        selectors, _, style = rule.partition("{")
        if _STRUCK_STYLE.search(style):
            names = map(_CLASS_ALONE.fullmatch, selectors.rpartition(";")[2].split(","))
            yield from (name[1].lower() for name in names if name)


def _empty_head(root: HtmlElement) -> None:
    """Move what is shown from the head to the body.

    Where no body is opened, the parser leaves elements in the head that are younger than it.
    """
    head = next(root.iterchildren("head"), None)
    if head is None:
        return
    shown = next((n for n, child in enumerate(head) if child.tag not in _OF_HEAD), None)
    if shown is None:
        return
    body = next(root.iterchildren("body"), None)
    if body is None:
        body = etree.SubElement(root, "body")
    body[:0] = head[shown:]


def _bounded(markup: str, sheets: list[str]) -> Iterator[str]:
    """``markup`` in pieces, without what ``parse_markup`` leaves out; ``sheets``: its styles."""
    at = 0
    while (tag := _TAG.search(markup, at)) is not None:
        yield markup[at : tag.start()]
        at = tag.end()
        name = (tag["name"] or "").lower()
        if not name:
            continue  # a comment
        attributes = tag["attributes"]
        shown = "div" if name == "template" and _SHADOW.search(attributes[:_SHORT]) else name
        yield f"<{shown}{attributes if len(attributes) <= _SHORT else _few(attributes)}"
        if name in _RAW_TEXT:
            end = _RAW_ENDS[name].search(markup, at)
            stop = end.start() if end else len(markup)
            if name == "style":
                sheets.append(markup[at:stop].partition(">")[2])
            data = name == "script" and _DATA_SCRIPT.search(attributes[:_SHORT])
            yield markup[at:stop] if data or name not in ("script", "style") else ">"
            at = stop
    yield markup[at:]


def _few(attributes: str) -> str:
    kept: list[str] = []
    for match in _ATTRIBUTES.finditer(attributes):
        if len(kept) == MOST_ATTRIBUTES:
            break
        if len(match[0]) <= LONGEST_VALUE:
            kept.append(match[0])
    return " " + " ".join(kept)


def class_names(element: HtmlElement) -> list[str]:
    """The names in ``class``, in lower case."""
    return str(element.get("class") or "").lower().split()


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page does not show an element: no text, hidden, or for screen readers only.

    What ``aria-hidden`` marks is seen by those who see; it is hidden where it draws an icon or
    is a layer that is closed.
    """
    if element.tag in NOT_TEXT or not isinstance(element.tag, str):
        return True
    if element.tag == "body":  # some pages hide it until they are ready
        return False
    if element.tag == "dialog" and element.get("open") is None:
        return True
    if not element.attrib:
        return False
    if element.tag == "a" and (element.text or "").strip() in _BACK_LINKS and not len(element):
        return True
    if element.get("hidden", "until-found").lower() != "until-found":
        return True
    if (style := element.get("style")) and _hides(style, element):
        return True
    names = class_names(element)
    said = " ".join(names)
    if _READERS_ONLY.search(said) and not _SHOWN_AFTER_ALL.search(said):
        return True
    if not _ICON_FONTS.isdisjoint(names) or not _OF_WIKI.isdisjoint(
        (*names, element.get("id") or "")
    ):
        return True
    if (element.get("aria-hidden") or "").lower() != "true":
        return False
    layer = element.get("role") == "dialog" or _CLOSED_LAYER.search(said)
    return bool(layer) or _is_icon(element)


def _hides(style: str, element: HtmlElement) -> bool:
    """Whether a style of its own hides an element: unseen, beyond the edge, too small to read."""
    if _HIDDEN_STYLE.search(style) or _TINY_BOX.match(style[:LONGEST_STYLE]):
        return True
    if _NOT_VISIBLE.search(style):
        return not (_MOVES_IN.search(style) or _fades_in(element))
    if _NOT_YET_SHOWN.search(style):
        return not (_MOVES.search(style) or _fades_in(element) or _holds_paragraphs(element, 2))
    # Around parts of a line it only takes the gaps away, and they have sizes of their own.
    return _TINY.search(style) is not None and not (
        any(child.attrib for child in islice(element.iterdescendants(), _MOST_LOOKED_AT))
        or _holds_paragraphs(element, 2)
    )


def _fades_in(element: HtmlElement) -> bool:
    names = (name for name in element.attrib if str(name).startswith("data-"))
    return _FADES_IN.search(" ".join((*class_names(element), *map(str, names)))) is not None


def _holds_paragraphs(element: HtmlElement, least: int = 1) -> bool:
    """Whether so many blocks of text stand in an element, or too much to look through."""
    blocks = 0
    for number, child in enumerate(element.iterdescendants()):
        blocks += child.tag in _WHOLE_PARAGRAPHS or (child.tag == "br" and least > 1)
        if blocks == least or number == _MOST_LOOKED_AT:
            return True
    return False


def is_struck(element: HtmlElement) -> bool:
    """Whether the page shows an element as text that does not hold any more: ``del``, ``s``.

    What is struck through around whole paragraphs was rather never closed; ``del`` may hold one.
    """
    if element.tag not in ("del", "s", "strike") and not (
        element.attrib and _STRUCK_STYLE.search(element.get("style") or "")
    ):
        return False
    return not _holds_paragraphs(element, 2 if element.tag == "del" else 1)


def _is_icon(element: HtmlElement) -> bool:
    """Whether a few signs without a letter or digit are all that an element holds."""
    text = ""
    for piece in element.itertext():
        text += piece.strip()
        if len(text) > _LONGEST_ICON or any(map(str.isalnum, piece)):
            return False
    return True

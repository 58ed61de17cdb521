"""HTML as plain text: the blocks that a page shows, each with the element that it came from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from dwiwarta.read.htmllists import ListMarks
from dwiwarta.read.htmltable import is_data_table, table_rows
from dwiwarta.read.markup import MarkupError, class_names, is_hidden, is_struck, parse_markup
from dwiwarta.text import word_set

__all__ = ["MarkupError", "TextBlock", "html_to_text", "text_blocks"]

# Elements that a browser sets below what stands before them (HTML standard, 15.3 "Flow content").
_BLOCKS = word_set(
    """
    html body address article aside blockquote button center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li
    listing main menu nav ol p plaintext pre search section summary table tbody
    tfoot thead tr td th caption ul xmp
    """
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
# Pieces of a line that style sheets set apart and that stand in the markup without a space.
_SET_APART = frozenset(("time", "label", "cite"))

# Stands at the end of such a piece until it is known what follows.
_EDGE = "\0"

_WHITE = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space is not of it
_SPACES = re.compile(r"[ \t\r\f]+")
_PARAGRAPH_END = re.compile(r"\n(?:[^\S\n]*\n)+")
_NOTHING = "\u200b\u2060\ufeff"  # fills lines that editors leave empty
_MOST_IN_LETTER = 20  # elements in that of a large first letter
_DROP_CAP = re.compile(r"drop-?cap|first-?letter|initial-?letter")
_DIGITS = re.compile(r"\s*([0-9]{1,4})\s*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class TextBlock:
    r"""A paragraph, heading, list item or row of a table, with the innermost block around it.

    ``text`` is not empty; ``\n`` in it is a line break of the page. ``linked``: how many of its
    characters stand in links. ``struck``: the page shows that this text, of the block before it,
    does not hold any more.
    """

    text: str
    element: HtmlElement
    linked: int = 0
    struck: bool = False


def html_to_text(
    markup: str, *, line_breaks: bool = False, struck: Callable[[str], None] | None = None
) -> str:
    """The text of a page or of a piece of HTML, an empty line between its blocks.

    List items begin with ``-`` or their number, cells are parted by ``|``. What the page would
    not show is left out. ``line_breaks``: line breaks outside paragraphs count, as in the raw
    content of WordPress, where an empty line parts paragraphs. ``struck`` is told what is struck
    out, which is no text then; without it, that stays.

    Takes time in proportion to the length of ``markup``; raises ``MarkupError`` for markup that
    no real page has.
    """
    root = parse_markup(markup)
    if root is None:
        return ""
    blocks = _Walk(root, line_breaks, apart=struck is not None).blocks
    for block in blocks:
        if block.struck and struck is not None:
            struck(block.text)
    return "\n\n".join(block.text for block in blocks if not block.struck)


def text_blocks(root: HtmlElement) -> list[TextBlock]:
    """The blocks of text below ``root`` that a page shows, in order; see ``html_to_text``.

    What is struck out is a block of its own, behind the one that it stood in.
    """
    return _Walk(root, apart=True).blocks


class _Walk:
    """One walk through a tree; text gathers in ``_line`` until the block around it ends."""

    def __init__(
        self, root: HtmlElement, line_breaks: bool = False, *, apart: bool = False
    ) -> None:
        self.blocks: list[TextBlock] = []
        self._apart = apart
        self._struck: list[TextBlock] = []  # in the line
        self._line: list[str] = []
        self._around = [root]  # the open blocks
        self._preformatted = 0
        self._links = 0  # open ones
        self._in_link: list[bool] = []  # of each piece of the line
        self._line_breaks = line_breaks
        self._dropped_cap = False
        self._marks = ListMarks()
        walker = iterwalk(root, events=("start", "end"))
        skipped: HtmlElement | None = None
        for event, element in walker:
            if event == "start":
                if element is not root and is_hidden(element):
                    skipped = element
                    walker.skip_subtree()
                elif element.tag == "table" and is_data_table(element):
                    self._table(element)
                    skipped = element
                    walker.skip_subtree()
                elif apart and element is not root and is_struck(element):
                    self._strike(element)
                    skipped = element
                    walker.skip_subtree()
                elif self._is_script_digits(element):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._open(element)
                continue
            if element is skipped:
                skipped = None
            else:
                self._close(element)
            if element is not root:
                self._text(element.tail)
        self._end_block()

    def _open(self, element: HtmlElement) -> None:
        if element.tag == "br":
            self._add("\n")
        elif _is_drop_cap(element):
            self._end_block()
            self._dropped_cap = True
        elif _is_block(element):
            self._end_block()
            self._around.append(element)
            self._marks.open(element)
            self._preformatted += element.tag in _PREFORMATTED
        elif element.tag in _SET_APART:
            self._set_apart()
        self._links += _is_link(element)
        self._text(element.text)

    def _close(self, element: HtmlElement) -> None:
        self._links -= _is_link(element)
        if self._around[-1] is element and len(self._around) > 1:
            self._end_block()
            self._around.pop()
            self._marks.close(element)
            self._preformatted -= element.tag in _PREFORMATTED
        elif element.tag in _SET_APART and self._line:
            # Only a letter or digit that follows at once would run into it.
            self._add(_EDGE)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._line and self._line[-1] == _EDGE:
            self._line[-1] = ""
            self._set_apart(text)
        if self._preformatted:
            self._add(text.expandtabs())
        elif self._line_breaks and self._in_the_open():
            self._add(_SPACES.sub(" ", text.replace("\r\n", "\n")))
        else:
            self._add(_WHITE.sub(" ", text))

    def _set_apart(self, follows: str | None = None) -> None:
        """A space between two words that only the style sheet keeps apart."""
        before = "".join(self._line[-2:])
        if before[-1:].isalnum() and (follows is None or follows[0].isalnum()):
            self._add(" ")

    def _in_the_open(self) -> bool:
        return self._around[-1].tag in ("html", "body", "div", "section", "article", "blockquote")

    def _is_script_digits(self, element: HtmlElement) -> bool:
        """Takes the digits of ``10<sup>6</sup>``, which beside others would make 106."""
        if element.tag not in ("sup", "sub") or len(element):
            return False
        digits = _DIGITS.fullmatch(element.text or "")
        before = "".join(self._line[-2:])[-1:]
        if digits is None or not before.isdigit():
            return False
        self._add(digits[1].translate(_RAISED if element.tag == "sup" else _LOWERED))
        return True

    def _strike(self, element: HtmlElement) -> None:
        if text := _SPACES.sub(" ", element.text_content().replace("\n", " ")).strip():
            self._struck.append(TextBlock(text, self._around[-1], struck=True))
        if _is_block(element):
            self._end_block()

    def _table(self, table: HtmlElement) -> None:
        self._end_block()
        for element, text in table_rows(table, self._cell_text):
            linked = sum(len(link.text_content().strip()) for link in element.iter("a"))
            self.blocks.append(TextBlock(text, element, linked))
            self.blocks += self._struck
            self._struck = []

    def _cell_text(self, cell: HtmlElement) -> str:
        blocks = _Walk(cell, apart=self._apart).blocks
        self._struck += (block for block in blocks if block.struck)
        return " ".join(block.text.replace("\n", " ") for block in blocks if not block.struck)

    def _add(self, piece: str) -> None:
        self._line.append(piece)
        self._in_link.append(self._links > 0)

    def _end_block(self) -> None:
        pieces = list(zip(self._line, self._in_link, strict=True))
        self._line, self._in_link = [], []
        text = "".join(text for text, _ in pieces)
        if self._dropped_cap:
            self._dropped_cap = False
            if len(text.strip()) in (1, 2):
                self._add(text.strip())
                return
        struck, self._struck = self._struck, []
        if not text or text.isspace():
            self.blocks += struck
            return
        links = "".join(("x" if linked else " ") * len(text) for text, linked in pieces)
        start = 0
        for end, after in [*(m.span() for m in _PARAGRAPH_END.finditer(text)), (len(text), 0)]:
            self._block(text[start:end], links[start:end])
            start = after
        self.blocks += struck

    def _block(self, text: str, links: str) -> None:
        shown = text.replace("\u00ad", "").replace(_EDGE, "")
        lines = (_SPACES.sub(" ", line).strip() for line in shown.split("\n"))
        if whole := "\n".join(line for line in lines if line.strip(_NOTHING)):
            # A space between words is of the link, one at its ends is not.
            linked = min(links.count("x"), len(whole))
            self.blocks.append(TextBlock(self._marks.take(whole), self._around[-1], linked))


def _is_block(element: HtmlElement) -> bool:
    if element.tag in _BLOCKS or element.tag.startswith("amp-"):
        return True
    return bool(element.attrib) and bool(_BLOCK_STYLE.search(element.get("style") or ""))


def _is_link(element: HtmlElement) -> bool:
    return element.tag == "a" and element.get("href") is not None


def _is_drop_cap(element: HtmlElement) -> bool:
    """Whether an element is the large first letter of a paragraph."""
    if not element.attrib or not _DROP_CAP.search(" ".join(class_names(element))):
        return False
    if next(islice(element.iter(), _MOST_IN_LETTER, None), None) is not None:
        return False
    letters = 0
    for piece in element.itertext():
        letters += len(piece.strip())
        if letters > 2:
            return False
    return letters > 0

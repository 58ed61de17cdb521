"""Tables: whether one holds data or only the layout of a page, and its rows as lines."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from dwiwarta.read.markup import is_hidden

# A longer cell holds running text, so the table is there for the layout.
_LONGEST_CELL = 400
_PARTS = frozenset(("thead", "tbody", "tfoot", "tr", "colgroup", "col"))
_CELLS = frozenset(("td", "th"))
_LAYOUT_ROLES = frozenset(("presentation", "none"))
# Elements that stand in a table only where it lays out a page.
_PAGE_PARTS = frozenset(
    ("table", "article", "main", "section", "nav", "aside", "header", "footer", "form", "h1")
)
# Without headings of columns, these stand in a cell only of a layout; so do several blocks in a
# table of one row.
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_BLOCKS = frozenset(("p", "div", "li", "br", "center"))
_BETWEEN_CELLS = " | "
# "Editor | : Budi": a colon in a column of its own.
_COLON_CELL = re.compile(r" \| :\s?(?:\| )?")
# A cell over several rows is said again in each, within bounds.
_WIDEST = 100
_MOST_REPEATED = 100_000  # characters of a table


@dataclass(slots=True)
class _Reaching:
    """A cell that reaches into ``rows`` more rows."""

    text: str
    rows: int
    wide: int


def is_data_table(table: HtmlElement) -> bool:
    """Whether a table has rows to read across, with all its text in cells."""
    if (table.get("role") or "").lower() in _LAYOUT_ROLES:
        return False
    columns = rows = 0
    headed = titled = False
    for element in table.iterdescendants():
        if element.tag in _PAGE_PARTS:
            return False
        if element.tag == "tr":
            rows += 1
            columns = max(columns, sum(1 for cell in element if cell.tag in _CELLS))
        headed = headed or element.tag in ("th", "caption")
        titled = titled or element.tag in _HEADINGS
        if element.tag in _PARTS and _has_text_of_its_own(element):
            return False
    if columns < 2 or _has_text_of_its_own(table):
        return False
    if headed:
        return True
    if titled or (rows == 1 and any(map(_has_blocks, table.iter("td")))):
        return False
    return all(_length(cell) <= _LONGEST_CELL for cell in table.iter("td"))


def table_rows(
    table: HtmlElement, text_of: Callable[[HtmlElement], str]
) -> Iterator[tuple[HtmlElement, str]]:
    """Caption and rows of a data table, as (element, line); ``text_of`` reads a cell."""
    above: dict[int, _Reaching] = {}
    repeated = 0
    walker = iterwalk(table, events=("start",))
    for _, element in walker:
        if element is not table and is_hidden(element):
            walker.skip_subtree()
            continue
        if element.tag == "caption" and (text := text_of(element)):
            yield element, text
        if element.tag != "tr":
            continue
        cells: list[str] = []
        column = 0
        for cell in (child for child in element if child.tag in _CELLS):
            column = _say_again(above, column, cells)
            text = "" if is_hidden(cell) else text_of(cell)
            cells.append(text)
            wide, more_rows = _span(cell, "colspan"), _span(cell, "rowspan") - 1
            repeated += len(text) * more_rows
            if more_rows and column < _WIDEST and repeated <= _MOST_REPEATED:
                above[column] = _Reaching(text, more_rows, wide)
            column += wide
        _say_again(above, column, cells)
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            line = _BETWEEN_CELLS.join(cells).lstrip()
            yield element, _COLON_CELL.sub(": ", line)


def _say_again(above: dict[int, _Reaching], column: int, cells: list[str]) -> int:
    """Add the cells that reach down from rows above into ``column``; the next free column."""
    while (cell := above.get(column)) is not None:
        cell.rows -= 1
        if not cell.rows:
            del above[column]
        cells.append(cell.text)
        column += cell.wide
    return column


def _span(cell: HtmlElement, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return min(max(int(text), 1), 1000) if re.fullmatch(r"\d{1,5}", text) else 1


def _has_text_of_its_own(element: HtmlElement) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    strange = any(
        child.tag not in _PARTS | _CELLS | {"caption", "script", "style", "template"}
        for child in element
        if isinstance(child.tag, str)
    )
    return strange or any(text and not text.isspace() for text in texts)


def _has_blocks(cell: HtmlElement) -> bool:
    return sum(1 for element in cell.iter(*_BLOCKS) if element is not cell) > 2


def _length(cell: HtmlElement) -> int:
    return sum(len(text) for text in cell.itertext())

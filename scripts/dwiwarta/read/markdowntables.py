"""Rows of a Markdown table that have more cells than its head.

GitHub's rule is to show none of these cells. People write notes behind a row, or a head of one cell
for all columns; here the cells are shown.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_CELLS = frozenset(("th_open", "td_open"))
# What stands in front of a row: the mark of a quotation, the indentation of a list.
_MARGIN = re.compile(r"[\s>]*")


def keep_long_rows(parser: MarkdownIt) -> None:
    """Let a parser of tables show each cell of a row, whatever its head has."""
    parser.core.ruler.after("block", "long_rows", _add_cells)


def _add_cells(state: StateCore) -> None:
    if not any(token.type == "table_open" for token in state.tokens):
        return
    lines = state.src.split("\n")
    out: list[Token] = []
    row: list[int] | None = None
    shown = 0
    for token in state.tokens:
        if token.type == "tr_open":
            row, shown = token.map, 0
        elif token.type in _CELLS:
            shown += 1
        elif token.type == "tr_close" and row is not None:
            for cell in _cells(lines[row[0]])[shown:]:
                out += _cell(cell, row)
        out.append(token)
    state.tokens = out


def _cells(line: str) -> list[str]:
    """The cells of a row, as ``markdown_it`` finds them."""
    cells = escapedSplit(_MARGIN.sub("", line.rstrip(), count=1))
    if cells and not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [cell.strip() for cell in cells]


def _cell(content: str, row: list[int]) -> tuple[Token, Token, Token]:
    inline = Token("inline", "", 0, map=row, content=content, children=[])
    return Token("td_open", "td", 1, block=True), inline, Token("td_close", "td", -1, block=True)

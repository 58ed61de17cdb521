"""Cells in pasted text: between tabs, which may be a list's or an indentation, or between bars."""

import re

from dwiwarta.clean.draft import PasteAudit

# Rows that follow each other make a table; a longer line is running text.
_LONGEST_ROW = 400
_LONGEST_CELL = 80  # where there are only two
_BETWEEN_CELLS = " | "  # as in the tables of saved pages
# A list's number or mark, which a word processor parts from the item by a tab.
_ITEM = re.compile(
    r"^\s*(?P<mark>\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|[-–—*•·●○◦▪■□➢➔→✓✔❖»])\t+\s*"
)
# Letters of the fonts Symbol, Wingdings and Courier New that a paste shows instead of a bullet.
_LETTER_BULLET = re.compile(r"[ \t]*[o§Øüv·¨](?:\t+[ \t]*| {2,}\t?)(?=[^\s\d])")
# A rule below the head of a table in Markdown, around one of a database: "|---|---|", "+---+---+".
_OF_RULE = frozenset("|+:=- \t")


def mark_cells(lines: list[str], audit: PasteAudit) -> list[str]:
    """The lines with `` | `` between cells, and ordinary bullets instead of letters."""
    lines = _without_rules(lines, audit)
    bullets = [_is_letter_bullet(line) for line in lines]
    out = [_ITEM.sub(r"\g<mark> ", line, count=1) if "\t" in line else line for line in lines]
    if any("\t" in line.strip() for line in out):
        rows = [_is_row(line) for line in out]
        tables = [
            is_row and (_cells(line) > 2 or (_is_short(line) and _beside(rows, lines, index)))
            for index, (line, is_row) in enumerate(zip(out, rows, strict=True))
        ]
        out = [
            _BETWEEN_CELLS.join(cell.strip() for cell in line.strip("\n").split("\t")).strip(" ")
            if in_table
            else line
            for line, in_table in zip(out, tables, strict=True)
        ]
    for index in (number for number, is_bullet in enumerate(bullets) if is_bullet):
        audit.note(lines[index].strip()[:1], "lines: a letter that stood for a bullet")
        out[index] = _LETTER_BULLET.sub("• ", lines[index], count=1)
    return out


def _without_rules(lines: list[str], audit: PasteAudit) -> list[str]:
    """Without the rules of tables, and their rows without the bars around them."""
    rules = [_is_rule(line) for line in lines]
    if not any(rules):
        return lines
    ruled = list(rules)  # lines of a table that has a rule
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for at in order:
            beside = at - 1 if order.step > 0 else at + 1
            ruled[at] = ruled[at] or (ruled[beside] and "|" in lines[at])
    out: list[str] = []
    for at, line in enumerate(lines):
        near = range(max(0, at - 1), min(at + 2, len(lines)))
        if rules[at] and any("|" in lines[one] and not rules[one] for one in near):
            audit.note(line, "lines: a rule of a table")
        elif ruled[at] and not rules[at]:
            out.append(_BETWEEN_CELLS.join(cell.strip() for cell in line.strip(" |").split("|")))
        else:
            out.append(line)
    return out


def _is_rule(line: str) -> bool:
    return "-" in line and ("|" in line or "+" in line) and _OF_RULE.issuperset(line)


def _is_letter_bullet(line: str) -> bool:
    return bool(_LETTER_BULLET.match(line)) and line.strip().count("\t") <= 1


def _is_row(line: str) -> bool:
    """Whether tabs part cells; where most of these are empty they only move text to the right."""
    cells = line.strip().split("\t")
    full = sum(bool(cell.strip()) for cell in cells)
    return full > 1 and full >= len(cells) / 2 and len(line) <= _LONGEST_ROW


def _is_short(line: str) -> bool:
    return max(map(len, line.split("\t"))) <= _LONGEST_CELL


def _cells(line: str) -> int:
    return line.strip().count("\t") + 1


def _beside(rows: list[bool], lines: list[str], index: int) -> bool:
    """Whether another row stands right above or below, an empty line aside."""
    for step in (-1, 1):
        near = index + step
        if 0 <= near < len(lines) and not lines[near].strip():
            near += step
        if 0 <= near < len(lines) and rows[near]:
            return True
    return False

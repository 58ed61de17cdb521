"""Excel's sheets (``.xlsx``): the first that has a column for the text, row by row."""

import re
import warnings
import zipfile
from collections.abc import Container, Iterator
from datetime import date, datetime
from typing import BinaryIO

import openpyxl

from dwiwarta.errors import ArticleError, first_line
from dwiwarta.problems import ProblemLog
from dwiwarta.read.record import (
    NAMES,
    Record,
    beyond,
    column_name,
    has_letters,
    has_text_column,
    make_record,
    shown_names,
)

_MOST_COLUMNS = 200
_MOST_EMPTY_ROWS = 1000  # a sheet goes on below what is in it: to row 1,048,576 if it says so
_HEAD_ROWS = 10  # above the names of the columns
_CHUNK = 1 << 20
# How Excel writes a character that XML has no place for; openpyxl leaves it so.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RETURN = 0x0D
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_MOST_OF_TAG = 20  # bytes of such a beginning, which a chunk may cut
# A sheet of text is packed to a third or a tenth; beyond this it was made to fill a memory.
_MOST_PACKED = 100
_ALWAYS_FINE = 20_000_000  # bytes unpacked
_LARGEST = 500_000_000  # its texts are held as a whole


def sheet_records(
    file: BinaryIO, name: str, max_bytes: int, problems: ProblemLog
) -> Iterator[Record]:
    """The records of a workbook whose first row names the columns.

    ``max_bytes``: the largest record that is still an article. Raises ``ArticleError`` for what is
    no workbook, or one without such a row.
    """
    try:
        with_formulas = _look_over(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that matter to Excel alone
            yield from _records(file, name, max_bytes, problems, with_formulas=with_formulas)
    except (ArticleError, MemoryError):
        raise
    # It takes what is in the file for granted and fails in many ways where it is not so.
    except Exception as error:
        raise ArticleError(name, 1, f"no workbook of Excel: {first_line(error)}") from error


def _look_over(file: BinaryIO) -> bool:
    """Whether a sheet may hold formulas.

    Raises ``ValueError`` for a file that is far larger unpacked than packed.

    What it says of its parts may be false, so they are unpacked, in pieces that are not kept.
    """
    file.seek(0, 2)
    most = min(_LARGEST, max(_ALWAYS_FINE, _MOST_PACKED * file.tell()))
    file.seek(0)
    formulas = False
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            with archive.open(part) as unpacked:
                end = b""
                while data := unpacked.read(_CHUNK):
                    formulas = formulas or _FORMULA.search(end + data) is not None
                    end = data[-_MOST_OF_TAG:]
                    most -= len(data)
                    if most < 0:
                        raise ValueError("far larger unpacked than any sheet of text")
    file.seek(0)
    return formulas


def _records(
    file: BinaryIO, name: str, max_bytes: int, problems: ProblemLog, *, with_formulas: bool
) -> Iterator[Record]:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    met: list[str] = []
    sheets = iter(book.worksheets)
    for sheet in sheets:
        rows = _rows(sheet)
        columns = _columns(rows, met)
        if not columns:
            continue
        filled: set[tuple[int, int]] = set()
        for line, cells, struck_out in rows:
            struck = {columns[at] for at in struck_out if at < len(columns)} & NAMES
            if has_text_column(struck):
                problems.warn(name, line, "its text is struck out: skipped")
                continue
            if struck:
                problems.warn(name, line, f"struck out, not used: {shown_names(sorted(struck))}")
            filled.update(
                (line, number) for number, cell in enumerate(cells) if with_formulas and cell
            )
            values: dict[str, str] = {}
            for column, cell in zip(columns, cells, strict=False):
                if column in NAMES and column not in struck:
                    values.setdefault(column, cell)
            if max(map(len, values.values()), default=0) > max_bytes:
                problems.warn(name, line, f"longer than {max_bytes / 1e6:g} MB: skipped")
            else:
                unnamed = [cell for cell in cells[len(columns) :] if has_letters(cell)]
                if unnamed:
                    problems.warn(name, line, beyond(unnamed))
                yield make_record(line, values)
        if with_formulas:
            _name_formulas(file, sheet.title, columns, filled, name, problems)
        _name_unread(sheets, name, problems)
        return
    raise ArticleError(
        name, 1, f"the first row must name the columns, one of them `content`: {shown_names(met)}"
    )


def _columns(rows: Iterator[tuple[int, list[str], list[int]]], met: list[str]) -> list[str]:
    """The names of the columns, one of them of the text; none if no row has such names.

    ``met``: gets the first row that was met instead, if it is empty.
    """
    for _, row in zip(range(_HEAD_ROWS), rows, strict=False):
        columns = [column_name(cell) for cell in row[1]]
        while columns and not columns[-1]:
            columns.pop()
        if has_text_column(columns):
            return columns
        if not met:
            met += columns
    return []


def _name_formulas(
    file: BinaryIO,
    title: str,
    columns: list[str],
    filled: Container[tuple[int, int]],
    name: str,
    problems: ProblemLog,
) -> None:
    """Warn of each row with formulas that were stored without their results.

    Programs that write workbooks leave these to Excel, which stores them for all formulas; so where
    one has its result, the others are empty by what they say. ``filled``: line and column of cells
    that are not empty.
    """
    book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    lost: dict[int, list[str]] = {}
    for line, row in enumerate(book[title].iter_rows(max_col=_MOST_COLUMNS), 1):
        for number, cell in enumerate(row):
            if cell.data_type != "f":
                continue
            if (line, number) in filled:
                return
            if number < len(columns) and columns[number] in NAMES:
                lost.setdefault(line, []).append(columns[number])
    for line, names in lost.items():
        reason = (
            f"formulas stored without their results ({shown_names(names)}): open the file in Excel "
            "or LibreOffice and save it"
        )
        problems.warn(name, line, f"{reason}: skipped" if has_text_column(names) else reason)


def _name_unread(sheets: Iterator[object], name: str, problems: ProblemLog) -> None:
    """Warn of each sheet that would have been read, had it been the first."""
    for sheet in sheets:
        title = sheet.title  # type: ignore[attr-defined]
        rows = _rows(sheet)
        try:
            if _columns(rows, []) and any(rows):
                reason = f"only one sheet is read; save {title!r} as a file of its own: skipped"
                problems.warn(name, 1, reason)
        # What is wrong there, and in whatever way, costs the sheet that was read nothing.
        except Exception as error:
            problems.warn(name, 1, f"the sheet {title!r}: {first_line(error)}: skipped")


def _rows(sheet: object) -> Iterator[tuple[int, list[str], list[int]]]:
    """The rows that are not empty, with their numbers and which of their cells are struck out."""
    empty = 0
    iterate = sheet.iter_rows  # type: ignore[attr-defined]
    for number, row in enumerate(iterate(max_col=_MOST_COLUMNS), 1):
        cells = [_text(cell.value) for cell in row]
        if any(cells):
            empty = 0
            styled = (at for at, cell in enumerate(row) if cells[at] and cell.has_style)
            yield number, cells, [at for at in styled if row[at].font.strike]
        elif (empty := empty + 1) > _MOST_EMPTY_ROWS:
            return


def _text(value: object) -> str:
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return "\n" if code == _RETURN else "" if 0xD800 <= code <= 0xDFFF else chr(code)

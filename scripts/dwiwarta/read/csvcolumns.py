"""The first row of a table: the delimiter, and what the columns are called."""

from dwiwarta.errors import ArticleError
from dwiwarta.read.csvrows import DELIMITERS, Row, Rows
from dwiwarta.read.exportlines import Line
from dwiwarta.read.misnamed import A_JSON_FILE, A_PAGE
from dwiwarta.read.record import NAMES, column_name, has_text_column, shown_names

_MOST_COLUMNS = 1000
_MOST_ABOVE = 10  # lines above the names of the columns


def read_columns(rows: Rows, name: str) -> list[str]:
    """The names of the columns, as ``record.FIELDS`` has them; ``rows`` go on below them.

    Raises ``ArticleError`` if they cannot be read or name no column for the text.
    """
    while (first := rows.line(0)) is not None and not first.text.strip():
        rows.drop(1)
    if first is None:
        return []
    declared = first.text.strip().strip('"')
    if declared.casefold().startswith("sep=") and len(declared) <= 5:
        rows.drop(1)  # Excel's own line
        rows.set_delimiter(declared[4:] or "\t")
        if (first := rows.line(0)) is None:
            return []
    else:
        rows.set_delimiter(max(DELIMITERS, key=first.text.count))
    row = rows.row(0)
    columns = _names(row)
    if row.fault or not has_text_column(columns):
        below = _below_heading(rows)
        if below is None:
            raise ArticleError(name, first.number, _refusal(first, row))
        row, columns = below, _names(below)
    if len(columns) > _MOST_COLUMNS:
        raise ArticleError(name, first.number, "too many columns for a table of articles")
    rows.drop(row.lines)
    return columns


def _names(row: Row) -> list[str]:
    names = [column_name(cell) for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    return names


def _below_heading(rows: Rows) -> Row | None:
    """Go to the names of the columns where a heading stands above them in a few lines."""
    for at in range(1, _MOST_ABOVE):
        line = rows.line(at)
        if line is None:
            break
        delimiter = max(DELIMITERS, key=line.text.count)
        names = {column_name(cell.strip(' "')) for cell in line.text.split(delimiter)}
        if has_text_column(names) and len(names & NAMES) > 1:
            rows.drop(at)
            rows.set_delimiter(delimiter)
            row = rows.row(0)
            return row if not row.fault and has_text_column(_names(row)) else None
    return None


def _refusal(first: Line, row: Row) -> str:
    beginning = first.text.lstrip()[:20].casefold()
    if beginning.startswith(("{", "[")):
        return A_JSON_FILE
    if beginning.startswith(("<!doctype", "<html")):
        return A_PAGE
    if row.fault:
        return f"the first row, of column names: {row.fault}"
    return (
        "the first row must name the columns, and `content` that of the text; "
        f"it names {shown_names(row.cells)}"
    )

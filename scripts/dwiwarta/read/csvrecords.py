"""Tables: ``.csv`` as Excel, LibreOffice, pandas and scrapers write them, and as people break them.

A row that is as it should be is taken as it is. Any other is looked at with what follows it: a
quotation mark that is never closed would swallow the records after it, a line break in a cell
without quotation marks parts a record in two. Nothing that may be a piece of a record is published
as one: it is reported with its line, and the rest goes on.
"""

from collections.abc import Iterator

from dwiwarta.addresses import web_address
from dwiwarta.dates import parse_field
from dwiwarta.problems import ProblemLog
from dwiwarta.read.csvcolumns import read_columns
from dwiwarta.read.csvrows import Row, Rows
from dwiwarta.read.exportlines import Line
from dwiwarta.read.record import FIELDS, NAMES, Record, beyond, make_record

_MOST_JOINED = 500  # lines that may be one record with line breaks and no quotation marks
# Lines that are looked at for such records in vain. In a table that is none, each row would look at
# so many; an export has some thousands.
_MOST_IN_VAIN = 50_000


def csv_records(
    lines: Iterator[Line], name: str, max_bytes: int, problems: ProblemLog
) -> Iterator[Record]:
    """The records of a table whose first row names the columns.

    Raises ``ArticleError`` if that row cannot be read or names no column for the text.
    """
    table = _Table(lines, name, max_bytes, problems)
    yield from table.records()


class _Table:
    def __init__(
        self, lines: Iterator[Line], name: str, max_bytes: int, problems: ProblemLog
    ) -> None:
        self._rows = Rows(lines, max_bytes)
        self._name = name
        self._max = max_bytes
        self._problems = problems
        self._columns: list[str] = []
        self._whole_records = self._parted_records = 0  # of one line, of several
        self._in_vain = 0

    def records(self) -> Iterator[Record]:
        self._columns = read_columns(self._rows, self._name)
        while (first := self._rows.line(0)) is not None:
            if not first.text.strip().strip(self._rows.delimiter):
                self._rows.drop(1)
                continue
            yield from self._next(first)

    def _next(self, first: Line) -> Iterator[Record]:
        row = self._rows.row(0)
        if not row.fault and len(row.cells) == len(self._columns):
            if row.lines == 1 or not self._swallows(row):
                self._rows.drop(row.lines)
                self._whole_records += row.lines == 1
                self._parted_records += row.lines > 1
                yield self._record(first, self._with_loose_lines(row.cells))
                return
            row = Row([], row.lines, "a quotation mark is never closed")
        if row.fault:
            yield from self._recover(first, row)
        else:
            yield from self._uneven(first, row)

    def _record(self, first: Line, cells: list[str]) -> Record:
        values: dict[str, str] = {}
        for column, cell in zip(self._columns, cells, strict=False):
            if column in NAMES:
                values[column] = values.get(column) or cell  # a name may stand twice
        return make_record(first.number, values)

    def _with_loose_lines(self, cells: list[str]) -> list[str]:
        """The cells with the paragraphs that stand on lines of their own below the last one."""
        if len(cells) == 1 or self._columns[-1] not in FIELDS["content"]:
            return cells
        at = 0
        while (line := self._rows.line(at)) is not None and at < _MOST_JOINED:
            if self._rows.delimiter in line.text or '"' in line.text:
                break
            at += 1
        loose = self._rows.text(at)
        self._rows.drop(at)
        return [*cells[:-1], f"{cells[-1]}\n{loose}"]

    def _swallows(self, row: Row) -> bool:
        """Whether a line inside of a row is plainly a record of its own."""
        needed = len(self._columns) - 1
        return needed > 0 and any(
            (line := self._rows.line(at)) is not None
            and line.text.count(self._rows.delimiter) >= needed
            and not (inner := self._rows.row(at)).fault
            and len(inner.cells) == len(self._columns)
            and self._proof(inner.cells) > 0
            for at in range(1, row.lines)
        )

    def _recover(self, first: Line, row: Row) -> Iterator[Record]:
        """A row with a fault: where the next good one begins, and what may be saved of this."""
        escaped = self._rows.row(0, escaped=True)
        if not escaped.fault and len(escaped.cells) == len(self._columns):
            self._rows.drop(escaped.lines)
            yield self._record(first, escaped.cells)
            return
        end = 1
        while (line := self._rows.line(end)) is not None:
            if line.text.strip() and (self._begins_record(end) or self._begins_broken(line.text)):
                break
            end += 1
        block = self._rows.text(end).rstrip("\r\n")
        self._rows.drop(end)
        cells: list[str] = []
        balanced = block.count('"') % 2 == 0
        if len(block) <= self._max:
            cells = self._rows.tolerant_cells(block, len(self._columns))
            proof = self._proof(cells) if len(cells) == len(self._columns) else -1
            if proof <= 0 and not (balanced and proof == 0 and end == 1):
                cells = self._from_both_ends(block)
        if not cells:
            to = f" up to line {first.number + end - 1}" if end > 1 else ""
            self._warn(first, f"broken CSV: {row.fault}: skipped{to}")
            return
        if not balanced:
            self._warn(first, f"{row.fault}: look at this record's text")
        yield self._record(first, cells)

    def _begins_record(self, at: int) -> bool:
        """Whether a record begins so many lines ahead: its cells fit, or are like all others."""
        row = self._rows.row(at)
        if row.fault or len(row.cells) != len(self._columns):
            return False
        proof = self._proof(row.cells)
        if proof or len(row.cells) == 1:
            return proof > 0
        line = self._rows.line(at)
        if line and (line.text.startswith('"') or f'{self._rows.delimiter}"' in line.text):
            return True
        if self._parted_records or not self._whole_records:
            return False
        after = self._rows.line(at + 1)
        return after is None or len(self._rows.row(at + 1).cells) == len(self._columns)

    def _begins_broken(self, line: str) -> bool:
        """Whether a line is a record in which a quotation mark is opened and never closed."""
        opened = line.startswith('"') or f'{self._rows.delimiter}"' in line
        return opened and line.count('"') % 2 == 1 and bool(self._from_both_ends(line.rstrip()))

    def _from_both_ends(self, block: str) -> list[str]:
        """The cells of a block whose text has no end: those before and after it are known."""
        at = next(n for n, column in enumerate(self._columns) if column in FIELDS["content"])
        parts = block.split(self._rows.delimiter, at)
        if len(parts) <= at:
            return []
        after = len(self._columns) - 1 - at
        text = parts.pop()
        # What stands behind the text stands at the end of a line: of the last, and of no other.
        for line in text.splitlines()[:-1]:
            ends = line.rsplit(self._rows.delimiter, after)[1:]
            if len(ends) == after and self._proof([*[""] * (at + 1), *ends]) > 0:
                return []
        tail = text.rsplit(self._rows.delimiter, after)
        cells = [cell.strip().strip('"') for cell in (*parts, *tail)]
        return cells if len(cells) == len(self._columns) and self._proof(cells) > 0 else []

    def _uneven(self, first: Line, row: Row) -> Iterator[Record]:
        """A row with too few or too many cells."""
        cells = row.cells
        extra = len(cells) - len(self._columns)
        if extra > 0 and not any(cell.strip() for cell in cells[len(self._columns) :]):
            self._rows.drop(row.lines)
            yield self._record(first, cells)
            return
        if extra < 0:
            joined = self._joined(row)
            if joined is not None:
                self._rows.drop(joined.lines)
                yield self._record(first, joined.cells)
                return
            # Excel leaves out the delimiters of empty last cells.
            padded = cells + [""] * -extra
            if self._proof(padded) >= 0 and self._record(first, padded).fields.get("content"):
                self._rows.drop(row.lines)
                yield self._record(first, padded)
                return
        # Delimiters in a text without quotation marks: what stands around it is known.
        joined_text = self._from_both_ends(self._rows.text(1).rstrip()) if row.lines == 1 else []
        self._rows.drop(row.lines)
        reason = f"{len(cells)} columns where the first row names {len(self._columns)}"
        if extra > 0 and joined_text:
            self._warn(first, f"{reason}: look at this record's text")
            yield self._record(first, joined_text)
        elif extra > 0 and self._proof(cells) > 0:
            self._warn(first, beyond(cells[len(self._columns) :]))
            yield self._record(first, cells)
        else:
            self._warn(first, f"{reason}: skipped")

    def _joined(self, row: Row) -> Row | None:
        """A record that line breaks in a cell without quotation marks have parted."""
        cells, used = list(row.cells), row.lines
        running_on = self._columns[0] not in FIELDS["content"]
        vain = self._in_vain
        while len(cells) < len(self._columns) and used < _MOST_JOINED:
            self._in_vain += 1
            if self._in_vain > _MOST_IN_VAIN:
                return None
            following = self._rows.line(used)
            if following is None or self._begins_record(used):
                return None
            if not following.text.strip():
                cells = [*cells[:-1], f"{cells[-1]}\n"]
                used += 1
                continue
            more = self._rows.row(used)
            if more.fault or len(cells) + len(more.cells) - 1 > len(self._columns):
                return None
            padded = more.cells + [""] * (len(self._columns) - len(more.cells))
            if len(more.cells) > 1 and self._proof(padded) > 0:
                return None
            running_on = running_on and len(more.cells[0]) == max(map(len, more.cells))
            cells = [*cells[:-1], f"{cells[-1]}\n{more.cells[0]}", *more.cells[1:]]
            used += more.lines
        if len(cells) != len(self._columns) or self._proof(cells) < (not running_on):
            return None
        self._in_vain = vain
        return Row(cells, used)

    def _proof(self, cells: list[str]) -> int:
        """Whether cells stand under their columns: 1 a date or address does, -1 one does not."""
        proof = 0
        for column, cell in zip(self._columns, cells, strict=False):
            text = cell.strip()
            if column in FIELDS["link"] and text:
                proof = 1 if web_address(text) else -1
            elif column in FIELDS["publish_date"] and text:
                proof = 1 if len(text) < 80 and parse_field(text) else -1
            elif column in FIELDS["content"] and text and web_address(text):
                proof = -1
            if proof < 0:
                return -1
        return proof

    def _warn(self, first: Line, reason: str) -> None:
        self._problems.warn(self._name, first.number, reason)

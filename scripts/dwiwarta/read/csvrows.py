"""The rows of a table, read ahead: the csv module from any line, and broken rows cell by cell."""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from dwiwarta.read.exportlines import Line

# The csv module's own limit is 128 KB a cell; the length of a row is checked here.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

DELIMITERS = ",;\t|"
_MOST_QUOTED = 50  # cells of a broken row that are looked at one by one
_KEPT = 500  # lines behind the present one before they are let go


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at some line: ``cells`` of ``lines`` lines, or the ``fault`` with them."""

    cells: list[str]
    lines: int
    fault: str = ""


class Rows:
    """Lines of a table with a view ahead; ``at`` counts lines from the present one."""

    def __init__(self, lines: Iterator[Line], max_bytes: int) -> None:
        self._source = lines
        self._max = max_bytes
        self._ahead: list[Line] = []
        self._present = 0
        self.set_delimiter(",")

    def set_delimiter(self, delimiter: str) -> None:
        """Take another sign between cells."""
        self.delimiter = delimiter
        mark = re.escape(delimiter)
        self._cell = re.compile(
            rf'{mark}(?:"((?:[^"]|"(?!\s*(?:{mark}|\Z)))*+)(")\s*(?={mark}|\Z)|([^{mark}]*+))'
        )

    def line(self, at: int) -> Line | None:
        """A line, ``None`` past the last."""
        while len(self._ahead) - self._present <= at:
            line = next(self._source, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[self._present + at]

    def text(self, count: int) -> str:
        """The next lines, which have been looked at, as they are."""
        return "".join(line.text for line in self._ahead[self._present : self._present + count])

    def drop(self, count: int) -> None:
        """Go on behind the next lines."""
        self._present = min(self._present + count, len(self._ahead))
        if self._present > _KEPT:
            del self._ahead[: self._present]
            self._present = 0

    def row(self, at: int, *, escaped: bool = False) -> Row:
        r"""The row that begins at a line. ``escaped``: ``\"`` stands for a quotation mark."""
        used = size = 0

        def texts() -> Iterator[str]:
            nonlocal used, size
            while (line := self.line(at + used)) is not None and size <= self._max:
                used += 1
                size += len(line.text)
                yield line.text.replace('\\"', '""') if escaped else line.text

        try:
            cells = next(
                csv.reader(texts(), delimiter=self.delimiter, strict=True, skipinitialspace=True),
                [],
            )
        except csv.Error as error:
            fault = str(error)
            if size > self._max:
                fault = f"longer than {self._max / 1e6:g} MB, or a quotation mark is never closed"
            elif "unexpected end" in fault:
                fault = "a quotation mark is never closed"
            elif "expected after" in fault:
                fault = "a quotation mark inside a cell is not doubled, or one is never closed"
            return Row([], max(used, 1), fault)
        if size > self._max:
            return Row([], used, f"longer than {self._max / 1e6:g} MB")
        return Row(cells, max(used, 1))

    def tolerant_cells(self, block: str, columns: int) -> list[str]:
        """The cells of a block in which only a mark before a delimiter closes a cell."""
        if block.count(f'{self.delimiter}"') > min(columns, _MOST_QUOTED):
            return []
        cells = [
            quoted.replace('""', '"') if closed else open_
            for quoted, closed, open_ in self._cell.findall(self.delimiter + block)
        ]
        return [cell.removeprefix('"') if cell.count('"') % 2 else cell for cell in cells]

"""JSON as tools export it: one object a line, an array, objects one after another, pandas' tables.

Objects are cut out of the file by their braces, so that neither an array of thousands of articles
has to be held nor a broken object spoils the next. Two signs end an object that is broken: a line
end inside a string, and a line that begins with ``{`` where no object may begin.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dwiwarta.problems import ProblemLog
from dwiwarta.read.exportlines import Line
from dwiwarta.read.jsonvalues import VALUES, document_text, value_text
from dwiwarta.read.record import (
    FIELDS,
    Record,
    column_name,
    has_text_column,
    make_record,
    shown_names,
)

# An object with the records of a whole file in it, such as pandas writes, is held as a whole.
_LARGEST_OBJECT = 50_000_000
_DEEPEST = 200
_MOST_LEVELS = 3  # objects around the records

_SIGN = re.compile(r'["{}\[\]:,]|[^\s"{}\[\]:,]+')
_IN_STRING = re.compile(r'(?:[^"\\\r\n]|\\.)*+')
_BETWEEN = re.compile(r"[\s,\[\]]*")


@dataclass(slots=True)
class _Object:
    """An object that is being cut out. ``open_``: its brackets; ``last``: the last sign."""

    line: int
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    open_: list[str] = field(default_factory=list)
    last: str = ""
    in_string: bool = False
    escaped: bool = False  # a piece ended in a backslash

    def take(self, text: str, start: int) -> int:
        """Go on at ``start``; where the object ends, or the end of ``text``."""
        at = start
        while at < len(text):
            if self.in_string:
                at = self._string(text, at)
                continue
            sign = _SIGN.search(text, at)
            if sign is None:
                return len(text)
            at, kind = sign.end(), sign[0][0]
            if kind == '"':
                self.in_string = True
            elif kind in "{[":
                self.open_.append(kind)
            elif kind in "}]" and self.open_:
                self.open_.pop()
                if not self.open_:
                    return at
            self.last = kind
        return at

    def _string(self, text: str, at: int) -> int:
        if self.escaped:
            self.escaped = False
            at += 1
        match = _IN_STRING.match(text, at)
        at = match.end() if match else at
        if text[at : at + 1] == "\\":  # the last sign of a piece
            self.escaped = True
            return at + 1
        if at < len(text):
            self.in_string = text[at] != '"'
            return at + 1 if not self.in_string else len(text)  # a line end in a string
        return at

    def ends_before(self, line: str) -> bool:
        """Whether a line begins an object where inside of this one none may begin."""
        if not line.lstrip(" \t,[]").startswith("{"):
            return False
        may_hold = self.last in ":[" or (self.last == "," and self.open_[-1:] == ["["])
        return not may_hold or len(self.open_) > _DEEPEST


def json_records(
    lines: Iterator[Line], name: str, max_bytes: int, problems: ProblemLog
) -> Iterator[Record]:
    """The records of a file. ``max_bytes``: the largest record that is still an article."""
    return _Reader(name, max_bytes, problems).records(lines)


class _Reader:
    def __init__(self, name: str, max_bytes: int, problems: ProblemLog) -> None:
        self._name = name
        self._max = max_bytes
        self._problems = problems
        self._object: _Object | None = None
        self._broken = False  # between a broken object and the next line that begins one

    def records(self, lines: Iterator[Line]) -> Iterator[Record]:
        begins = True
        for line in lines:
            yield from self._line(line, begins)
            begins = line.whole
        if self._object is not None:
            yield from self._finish(self._object)

    def _line(self, line: Line, begins: bool) -> Iterator[Record]:
        text, at = line.text, 0
        if begins and self._object is not None and self._object.ends_before(text):
            broken, self._object = self._object, None
            yield from self._finish(broken)
        if self._object is None and begins and (value := _whole(text)) is not None:
            self._broken = False
            yield from self._found(line.number, value, len(text))
            return
        while at < len(text):
            if self._object is None:
                between = _BETWEEN.match(text, at)
                at = between.end() if between else at
                if between and between[0].count("[") > _MOST_LEVELS:
                    self._no_object(line, text[between.start() :])
                    return
                if at == len(text):
                    return
                if text[at] != "{":
                    self._no_object(line, text[at:])
                    return
                self._broken = False
                self._object = _Object(line.number)
            current = self._object
            end = current.take(text, at)
            current.size += end - at
            if current.size <= max(self._max, _LARGEST_OBJECT):
                current.pieces.append(text[at:end])
            at = end
            if not current.open_:
                self._object = None
                yield from self._finish(current)
        if self._object is not None and self._object.in_string and line.whole:
            broken, self._object = self._object, None
            self._broken = True
            yield from self._finish(broken)

    def _no_object(self, line: Line, rest: str) -> None:
        """Report what stands where an object should begin; the rest of a broken one is known."""
        if self._broken:
            return
        self._broken = not line.whole
        try:
            json.loads(rest.strip().rstrip(",]"))
        except json.JSONDecodeError as error:
            self._warn(line.number, f"broken JSON: {error.msg}")
        except (ValueError, RecursionError):
            self._warn(line.number, "broken JSON: too deep or too large a number")
        else:
            self._not_a_record(line.number)

    def _finish(self, found: _Object) -> Iterator[Record]:
        """Read an object that has been cut out, or what stands before a sign that it is broken."""
        if found.size > max(self._max, _LARGEST_OBJECT):
            self._warn(found.line, f"longer than {self._max / 1e6:g} MB: skipped")
            return
        text = "".join(found.pieces).rstrip()
        try:
            value = json.loads(text)
        except json.JSONDecodeError as error:
            reason = error.msg.removesuffix(" at")  # "Unterminated string starting at"
            place = f"column {error.colno}"
            if error.lineno > 1:
                place += f" of line {found.line + error.lineno - 1}"
            self._warn(found.line, f"broken JSON: {reason} at {place}")
            # A truncated line may have taken whole ones with it.
            for number, line in enumerate(text.splitlines()[1:], start=found.line + 1):
                if (value := _whole(line)) is not None and isinstance(value, dict):
                    yield from self._found(number, value, len(line))
        except (ValueError, RecursionError):
            self._warn(found.line, "broken JSON: too deep or too large a number")
        else:
            yield from self._found(found.line, value, found.size)

    def _found(self, line: int, value: object, size: int) -> Iterator[Record]:
        items = list(_records_in(value))
        if not items:
            self._not_a_record(line)
        elif isinstance(value, list):
            others = sum(not isinstance(item, dict | list) for item in value)
            if others:
                self._warn(line, f"{others} of {len(value)} in the list are no records: skipped")
        for item in items:
            if not has_text_column({column_name(key) for key in item}):
                self._warn(line, f"no text in `content`: it has {shown_names(item)}: skipped")
                continue
            fields = {column_name(key): value_text(key, value) for key, value in item.items()}
            about = item.get("metadata")  # Firecrawl's, Crawl4AI's
            if isinstance(about, dict):
                more = {column_name(key): value_text(key, value) for key, value in about.items()}
                fields = {**{key: text for key, text in more.items() if text}, **fields}
            if max(map(len, fields.values()), default=0) > self._max:
                self._warn(line, f"longer than {self._max / 1e6:g} MB: skipped")
            else:
                yield make_record(line, fields)

    def _not_a_record(self, line: int) -> None:
        self._warn(line, "not a record: expected {…} with title, content, link")

    def _warn(self, line: int, reason: str) -> None:
        self._problems.warn(self._name, line, reason)


def _whole(line: str) -> object:
    """The object or array that a line is, with or without a comma behind it."""
    text = line.strip().removesuffix(",")
    if not text or text[0] not in "{[" or text[-1] not in "}]":
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if value != [] else None


def _records_in(value: object, level: int = 0) -> Iterator[dict[str, object]]:
    """The objects with a text in them: itself, or those that it holds one after another."""
    if isinstance(value, list):
        for item in value:
            yield from _records_in(item, level)
    elif isinstance(value, dict) and level <= _MOST_LEVELS:
        named = {column_name(key): item for key, item in value.items()}
        texts = [item for key, item in named.items() if has_text_column((key,))]
        if whole := [item for item in texts if isinstance(item, dict) and _is_record(item)]:
            yield from whole
        elif any(isinstance(item, dict) and not _is_value(item) for item in texts):
            yield from _columns(named)  # pandas' own orientation
        elif has_text_column(named):
            yield value
        elif isinstance(named.get("columns"), list) and isinstance(named.get("data"), list):
            names = [str(column) for column in value["columns"]]
            for row in value["data"]:
                if isinstance(row, list):
                    yield dict(zip(names, row, strict=False))
        else:
            inside = [
                found
                for item in value.values()
                if isinstance(item, dict | list)
                for found in _records_in(item, level + 1)
            ]
            # An object without a text is a record that lacks one, unless it holds records.
            yield from inside or ([value] if level == 0 else [])


def _columns(named: dict[str, object]) -> Iterator[dict[str, object]]:
    columns = {key: item for key, item in named.items() if isinstance(item, dict)}
    rows = dict.fromkeys(row for column in columns.values() for row in column)
    for row in rows:
        yield {key: column.get(row) for key, column in columns.items()}


def _is_record(item: dict[str, object]) -> bool:
    """Whether an object under the name of the text is a whole record: ``{"content": {…}}``."""
    texts = {column_name(key) for key, value in item.items() if isinstance(value, str)}
    return has_text_column(texts) and not texts.isdisjoint(FIELDS["title"])


def _is_value(item: dict[str, object]) -> bool:
    """Whether an object holds one value, or a document, unlike a column of a table."""
    return any(isinstance(item.get(key), str) for key in VALUES) or bool(document_text(item))

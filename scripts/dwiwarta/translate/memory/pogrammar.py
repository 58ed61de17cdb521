"""The grammar of PO files: which lines may follow which, by the rules of gettext's own reader.

The parser that we use takes files that miss a line without a word: the English of an entry whose
``msgid`` was deleted becomes the header, that of one whose ``msgstr`` is gone moves to its
neighbour. Here the lines are read on their own, and what does not fit is named with its line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polib

from dwiwarta.translate.memory.pocomment import QUOTED

_LINE = re.compile(
    rf"""\s*(?:
        (?P<old>\#~(?!\|)\s*(?=[m"]))?
        (?:(?P<word>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?
        (?P<text>{QUOTED})\s*
        | (?P<note>\#(?!~(?!\|)\s*[m"]).*)
        |
    )""",
    re.VERBOSE,
)
_FIELDS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n)*")
_MISSING = {
    "msgctxt": "this msgctxt has no msgid below it",
    "msgid": "this msgid has no msgstr below it",
    "msgid_plural": "this msgid_plural has no msgstr[0] below it",
}


class PoFaultError(ValueError):
    """A line that does not fit; ``line`` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(slots=True)
class Block:
    """One entry as it is written, the header included.

    ``line``: where it begins. ``pieces``: the strings after each keyword, in the order of the file;
    ``lines``: those of the keywords.
    """

    line: int
    obsolete: bool
    pieces: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def text(self, word: str) -> str:
        """What stands after a keyword, "" if the entry has none of it."""
        return "".join(self.pieces.get(word, ()))

    @property
    def msgid_line(self) -> int:
        """Where its ``msgid`` stands, where a person will want to go."""
        return self.lines.get("msgid", self.line)

    @property
    def plural(self) -> dict[int, str]:
        """The plural forms by their number."""
        return {
            int(word[7:-1]): "".join(parts)
            for word, parts in self.pieces.items()
            if word.startswith("msgstr[")
        }


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands in a file: its entries, and the comments that belong to none of them.

    ``blocks``: the header, then the entries. ``header_notes``: comments above the header.
    ``remarks``: comments below the last entry.
    """

    blocks: tuple[Block, ...]
    header_notes: tuple[str, ...]
    remarks: tuple[str, ...]


def read_layout(lines: Sequence[str]) -> Layout:
    """Check the lines of a PO file against the grammar. Raises ``PoFaultError``.

    Rejected are also a file with entries but no header, a second empty ``msgid`` and a header that
    holds something else than fields: signs of a line that was lost or moved.
    """
    reader = _Reader()
    for number, line in enumerate(lines, 1):
        reader.take(number, line)
    reader.end()
    blocks = tuple(reader.blocks)
    _check_header(blocks)
    return Layout(blocks, tuple(reader.header_notes), tuple(text for _, text in reader.notes))


class _Reader:
    """Takes the lines one by one; ``blocks`` are the entries so far."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.header_notes: list[str] = []
        self.notes: list[tuple[int, str]] = []  # comments since the last entry
        self._open: list[str] | None = None  # the strings that a line without a keyword goes on
        self._word = ""  # the last keyword; "" before the first

    def take(self, number: int, line: str) -> None:
        found = _LINE.fullmatch(line)
        if found is None:
            raise PoFaultError(number, repr(line.strip()[:60]))
        if found["text"]:
            obsolete = found["old"] is not None
            if found["word"]:
                self._keyword(number, found["word"], obsolete)
            elif self._open is None:
                raise PoFaultError(number, "this text has no msgid or msgstr above it")
            if obsolete is not self.blocks[-1].obsolete:
                raise PoFaultError(number, "either all lines of an entry begin with #~, or none")
            assert self._open is not None
            self._open.append(polib.unescape(found["text"][1:-1]))
        elif found["note"]:
            self._close_entry()
            self._open, self._word = None, ""
            self.notes.append((number, found["note"].rstrip()))

    def end(self) -> None:
        """After the last line."""
        self._close_entry()
        if not self.blocks:
            self.header_notes, self.notes = [text for _, text in self.notes], []
        for number, text in self.notes:
            # The parser takes these for the beginning of an entry.
            if text[1:2] in {"|", "~", ":", ",", "."}:
                raise PoFaultError(number, "this comment has no entry below it")

    def _keyword(self, number: int, word: str, obsolete: bool) -> None:
        if word in ("msgctxt", "msgid") and self._word != "msgctxt":
            self._close_entry()
            self._begin(number, obsolete)
        elif word == "msgctxt":
            self._close_entry()
        elif word == "msgid_plural" and self._word != "msgid":
            raise PoFaultError(number, "this msgid_plural has no msgid above it")
        elif word == "msgstr" and self._word != "msgid":
            self._reject_context_alone()
            raise PoFaultError(number, "this msgstr has no msgid above it")
        elif word.startswith("msgstr[") and word != self._next_form():
            raise PoFaultError(number, f"this {word} does not go on from the line above it")
        self._word = word
        block = self.blocks[-1]
        block.lines[word] = number
        self._open = block.pieces[word] = []

    def _begin(self, number: int, obsolete: bool) -> None:
        texts = [text for _, text in self.notes]
        if not self.blocks:
            self.header_notes = texts
        self.notes = []
        self.blocks.append(Block(number, obsolete))

    def _next_form(self) -> str:
        if self._word == "msgid_plural":
            return "msgstr[0]"
        if self._word.startswith("msgstr["):
            return f"msgstr[{int(self._word[7:-1]) + 1}]"
        return ""

    def _close_entry(self) -> None:
        """Raises ``PoFaultError`` if the last entry is not complete."""
        if self._word in _MISSING:
            raise PoFaultError(self.blocks[-1].lines[self._word], _MISSING[self._word])

    def _reject_context_alone(self) -> None:
        if self._word == "msgctxt":
            self._close_entry()


def _check_header(blocks: Sequence[Block]) -> None:
    if not blocks:
        return
    header, *rest = blocks
    is_header = not header.obsolete and set(header.pieces) == {"msgid", "msgstr"}
    if not is_header or header.text("msgid"):
        raise PoFaultError(
            header.line,
            "the header is missing; put the lines 'msgid \"\"' and 'msgstr \"\"' back at the top, "
            "with a blank line after them",
        )
    for block in rest:
        if not block.text("msgid"):
            raise PoFaultError(block.msgid_line, "this msgid is empty; only the header's may be")
    first, *more = header.pieces["msgstr"]
    # A line of English above the fields: an entry's msgstr changed places with the header's.
    if (more and first and not first.endswith("\n")) or not _FIELDS.fullmatch(
        header.text("msgstr")
    ):
        raise PoFaultError(
            header.lines["msgstr"],
            r'the header holds something else than fields such as "Language: en\n"',
        )

"""PO files on disk: read strictly, written in one fixed way.

polib accepts some broken files (an unclosed quote loses the last letter, a line that is missing
moves a text to another entry, the same entry twice); those are rejected here with their line,
before anything in them is lost.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import polib

from dwiwarta.errors import MemoryStoreError
from dwiwarta.files import read_plain
from dwiwarta.translate.memory.pogrammar import Block, Layout, PoFaultError, read_layout
from dwiwarta.translate.memory.poplain import read_plain_form

_MSGID_LINE = re.compile(r"\s*(?:#~\s*)?msgid\s")
_POLIB_LINE = re.compile(r"\(line (\d+)\)(?:: (.+))?")


class _File(polib.POFile):
    """With the comments below the last entry, which the parser drops."""

    remarks: tuple[str, ...] = ()


EMPTY = "empty; if nobody is writing it, delete it to start anew"


def read_file(path: Path) -> polib.POFile:
    """Parse a PO file. Raises ``MemoryStoreError`` as ``path:line: reason`` if it is broken.

    A file of comments alone is read as one whose header has no fields.
    """
    try:
        data = read_plain(path, follow=False)
    except OSError as error:
        raise MemoryStoreError(f"{path}:1: cannot be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_number = 1 + data[: error.start].count(b"\n")
        raise MemoryStoreError(f"{path}:{line_number}: not UTF-8") from None
    plain = _File(pofile=str(path), encoding="utf-8", wrapwidth=-1)
    if read_plain_form(text, plain):
        return plain
    if not text.strip():
        # Were it taken for an empty memory, what an editor is just about to write would be lost.
        raise MemoryStoreError(f"{path}:1: {EMPTY}")
    try:
        layout = read_layout(re.split(r"\r\n|\n|\r", text))
    except PoFaultError as error:
        raise MemoryStoreError(f"{path}:{error.line}: not valid PO: {error.reason}") from None
    try:
        # By path, not by content: polib would break lines of content at U+2028 and U+0085 too.
        file = polib.pofile(str(path), encoding="utf-8", wrapwidth=-1, klass=_File)
    except (OSError, ValueError) as error:
        found = _POLIB_LINE.search(str(error))
        place, reason = (found[1], found[2]) if found else ("1", None)
        raise MemoryStoreError(
            f"{path}:{place}: not valid PO: {reason or 'a line out of place'}"
        ) from None
    assert isinstance(file, _File)
    _reject_misread(path, file, layout.blocks[1:])
    _keep_comments(file, layout)
    for entry, block in zip(file, layout.blocks[1:], strict=True):
        entry.linenum = block.msgid_line
    _reject_doubles(path, file)
    return file


_Said = tuple[bool, str, str, str, str, dict[int, str]]


def _reject_misread(path: Path, file: Iterable[polib.POEntry], blocks: Sequence[Block]) -> None:
    """Whatever the parser may get wrong: a text that it did not read would be lost on writing."""
    for entry, block in itertools.zip_longest(file, blocks):
        if entry is None or block is None or _read_as(entry) != _written_as(block):
            line = block.msgid_line if block else entry.linenum
            raise MemoryStoreError(f"{path}:{line}: not valid PO: this entry cannot be understood")


def _read_as(entry: polib.POEntry) -> _Said:
    forms = {int(number): form for number, form in entry.msgstr_plural.items()}
    context = entry.msgctxt or ""
    return bool(entry.obsolete), context, entry.msgid, entry.msgid_plural, entry.msgstr, forms


def _written_as(block: Block) -> _Said:
    words = ("msgctxt", "msgid", "msgid_plural", "msgstr")
    context, source, plural, english = (block.text(word) for word in words)
    return block.obsolete, context, source, plural, english, block.plural


def _keep_comments(file: _File, layout: Layout) -> None:
    """The parser keeps only some of the comments above the header, and none at the end."""
    file.remarks = layout.remarks
    # Flags are kept elsewhere; of "#." and the like it would write the dot as text.
    notes = [note for note in layout.header_notes if not note.startswith("#,")]
    file.header = "\n".join(re.sub(r"#[.:|~]?\s?", "", note, count=1) for note in notes)


def _number(entries: list[polib.POEntry], lines: list[str]) -> None:
    """Note on each entry the line of its ``msgid`` in a file that we wrote."""
    numbers = [number for number, line in enumerate(lines, 1) if _MSGID_LINE.match(line)]
    del numbers[0]  # the header's
    for entry, number in zip(entries, numbers, strict=True):
        entry.linenum = number


def _reject_doubles(path: Path, file: polib.POFile) -> None:
    seen: dict[tuple[str, str], int] = {}
    for entry in file:
        if entry.obsolete:
            continue
        key = (entry.msgctxt or "", entry.msgid)
        line = int(entry.linenum or 1)
        if key in seen:
            raise MemoryStoreError(
                f"{path}:{line}: the same msgid stands on line {seen[key]}; keep one of the two"
            )
        seen[key] = line


def render(file: polib.POFile) -> bytes:
    """The file as bytes: obsolete entries last, no line wrapped, one newline at the end."""
    text = str(file).rstrip("\n") + "\n"
    if not file.header:
        text = text.removeprefix("#\n")
    if isinstance(file, _File) and file.remarks:
        text += "\n" + "\n".join(file.remarks) + "\n"
    entries = [*(e for e in file if not e.obsolete), *(e for e in file if e.obsolete)]
    _number(entries, text.split("\n"))
    return text.encode("utf-8")

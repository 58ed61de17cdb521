"""PO files on disk: read strictly, written in one fixed way.

polib accepts some broken files (an unclosed quote loses the last letter, the same entry twice, a
missing header); those are refused here with their line, before anything in them is lost.
"""

import re
from pathlib import Path

import polib

from dwiwarta.errors import MemoryStoreError
from dwiwarta.translate.po import QUOTED

_PO_LINE = re.compile(
    rf"\s*(?:\#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?{QUOTED}\s*|)"
)
_OBSOLETE_LINE = re.compile(r"\s*#~(?!\|)\s*(?=[m\"])")
_ENTRY_LINE = re.compile(r'\s*(?:#~(?!\|)\s*)?(?:msg|")')
_HEADER_LINE = re.compile(r'\s*msgid\s+""\s*')
_MSGID_LINE = re.compile(r"\s*(?:#~\s*)?msgid\s")
_POLIB_LINE = re.compile(r"\(line (\d+)\)(?:: (.+))?")


def read_file(path: Path) -> polib.POFile:
    """Parse a PO file. Raises ``MemoryStoreError`` as ``path:line: reason`` if it is broken."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_number = 1 + path.read_bytes()[: error.start].count(b"\n")
        raise MemoryStoreError(f"{path}:{line_number}: not UTF-8") from None
    except OSError as error:
        raise MemoryStoreError(f"{path}:1: cannot be read: {error.strerror}") from None
    if not text.strip():
        # Were it taken for an empty memory, what an editor is just about to write would be lost.
        raise MemoryStoreError(f"{path}:1: empty; if nobody is writing it, delete it to start anew")
    lines: list[str] = re.split(r"\r\n|\n|\r", text)
    for number, line in enumerate(lines, 1):
        if not _PO_LINE.fullmatch(line) or (
            (mark := _OBSOLETE_LINE.match(line)) and not _PO_LINE.fullmatch(line[mark.end() :])
        ):
            raise MemoryStoreError(f"{path}:{number}: not valid PO: {line.strip()[:60]!r}")
    try:
        # By path, not by content: polib would break lines of content at U+2028 and U+0085 too.
        file: polib.POFile = polib.pofile(str(path), encoding="utf-8", wrapwidth=-1)
    except (OSError, ValueError) as error:
        found = _POLIB_LINE.search(str(error))
        place, reason = (found[1], found[2]) if found else ("1", None)
        raise MemoryStoreError(
            f"{path}:{place}: not valid PO: {reason or 'a line out of place'}"
        ) from None
    _refuse_without_header(path, lines)
    _number(list(file), lines)
    _refuse_doubles(path, file)
    return file


def _number(entries: list[polib.POEntry], lines: list[str]) -> None:
    """Note on each entry the line of its ``msgid``, where a person will want to go."""
    numbers = [number for number, line in enumerate(lines, 1) if _MSGID_LINE.match(line)]
    if len(numbers) == len(entries) + 1:
        del numbers[0]  # the header's
    if len(numbers) == len(entries):
        for entry, number in zip(entries, numbers, strict=True):
            entry.linenum = number


def _refuse_without_header(path: Path, lines: list[str]) -> None:
    """Else the parser takes the first entry's comments for the header's, and its state is lost.

    A header is a first entry whose ``msgid`` is empty and not continued on the next line.
    """
    numbers = [number for number, line in enumerate(lines, 1) if _ENTRY_LINE.match(line)][:2]
    first = [lines[number - 1] for number in numbers]
    is_header = len(first) == 2 and first[1].lstrip().startswith("msgstr")
    if first and not (is_header and _HEADER_LINE.fullmatch(first[0])):
        raise MemoryStoreError(
            f"{path}:{numbers[0]}: the header is missing; put the lines 'msgid \"\"' and "
            "'msgstr \"\"' back at the top, with a blank line after them"
        )


def _refuse_doubles(path: Path, file: polib.POFile) -> None:
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
    entries = [*(e for e in file if not e.obsolete), *(e for e in file if e.obsolete)]
    _number(entries, text.split("\n"))
    return text.encode("utf-8")

r"""Both columns of an article as one file to read and edit, for people who know no PO.

::

    # (how to use it)

    === paragraph 3 · machine, firefox 1.0 [5b6c… 0f34…]
    # doubtful: a number is missing: 15
    | Harga beras naik 15 persen.
    The price of rice rose.

Below the Indonesian (``|``) stands the English; it may be broken into lines anywhere. The digests
tell what was changed, and what it was made of, even should the file be found weeks later. What
would not survive a text editor is spelled ``\u{a}``; a backslash ``\\``, and before a sign that
means something at the start of a line there is one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dwiwarta.text import printable
from dwiwarta.translate.corrections import Correction, Line, base_of
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.pocomment import digest

WIDTH = 96  # characters a line, so that every editor shows it without scrolling
_HEADER = re.compile(r"=== (title|paragraph \d+) .*\[([0-9a-f]{12}) ([0-9a-f]{12}|-)\]")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|([\\|=#]))")
_LAST_CODE = 0x10FFFF
_HOW_TO = """\
# {about}
#
# Change the English; leave the lines that begin with | (the Indonesian) and with === as they are.
# English may be broken into lines anywhere. Where there is none yet, write it below the Indonesian.
# Save and close to take it back. Close without a change, or empty the file: nothing is changed.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be taken back, and in which line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class EditFile:
    """What a file says: the texts that were changed, or why it cannot be taken."""

    corrections: tuple[Correction, ...] = ()
    faults: tuple[Fault, ...] = ()
    empty: bool = False


@dataclass(slots=True)
class _Block:
    """One text of the file; ``number`` of the line that begins it."""

    number: int
    title: bool
    source_digest: str
    base: str
    source: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)


def render(lines: Iterable[Line], about: str, mine: Sequence[tuple[Correction, str]] = ()) -> str:
    """The file to edit. ``about``: what it is of.

    ``mine``: what a person wrote and what could not be taken, each with the English that somebody
    else wrote meanwhile: it stands there to be seen, and saving the file again settles it.
    """
    waiting = {correction.key: (correction.english, theirs) for correction, theirs in mine}
    parts = [_HOW_TO.format(about=printable(about))]
    for line in lines:
        english, theirs = waiting.get(line.key, (line.english, ""))
        base = base_of(theirs or line.english)
        who = line.translation
        state = f"{who.state.value}, {who.engine}" if who else "not translated yet"
        head = f"=== {line.place} · {printable(state)} [{digest(line.key.source)} {base}]"
        notes = [
            *([f"# doubtful: {printable(line.doubt)}"] if line.doubt else ()),
            *([f"# of an earlier wording: {printable(line.earlier)}"] if line.earlier else ()),
            *([f"# somebody else wrote meanwhile: {printable(theirs)}"] if theirs else ()),
        ]
        source = [f"| {row}" for row in _rows(line.key.source)]
        parts.append("\n".join([head, *notes, *source, *map(_guarded, _rows(english))]) + "\n")
    return "\n".join(parts)


def parse(data: bytes) -> EditFile:
    """What a person made of the file. Nothing is taken of one with a fault."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return EditFile(faults=(Fault(1 + data[: error.start].count(b"\n"), "not UTF-8"),))
    if not text.strip():
        return EditFile(empty=True)
    blocks, faults = _blocks(re.split(r"\r\n|\n|\r", text))
    corrections: dict[SegmentKey, Correction] = {}
    seen: dict[SegmentKey, int] = {}
    for block in blocks:
        source = _joined(block.source)
        key = SegmentKey(source, block.title)
        english = _joined(block.english)
        if digest(source) != block.source_digest:
            reason = "the Indonesian was changed: put it back (to change it, change the article)"
            faults.append(Fault(block.number + 1, reason))
        elif key in seen:
            faults.append(Fault(block.number, f"this text stands on line {seen[key]} already"))
        elif not english.strip() and block.base != "-":
            reason = (
                "the English is gone: write it again, or remove these lines to leave it as it is"
            )
            faults.append(Fault(block.number, reason))
        elif base_of(english) != block.base and english.strip():
            corrections[key] = Correction(key, english, block.base)
        seen.setdefault(key, block.number)
    if not blocks and not faults:
        faults.append(Fault(1, "there is no line that begins with === any more"))
    if faults:
        return EditFile(faults=tuple(sorted(faults, key=lambda one: one.line)))
    return EditFile(tuple(corrections.values()))


def _blocks(rows: Sequence[str]) -> tuple[list[_Block], list[Fault]]:
    blocks: list[_Block] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, 1):
        block = blocks[-1] if blocks else None
        if row.startswith("==="):
            found = _HEADER.fullmatch(row.rstrip(" \t"))
            if found is None:
                faults.append(Fault(number, "a line that begins with === was changed: put it back"))
            else:
                blocks.append(_Block(number, found[1] == "title", found[2], found[3]))
        elif block is None:
            if row.strip() and not row.startswith("#"):
                faults.append(Fault(number, "this text stands above the first line with ==="))
        elif row.startswith("|"):
            if any(part.strip() for part in block.english):
                reason = "a line in the English begins with |, as the Indonesian does: write \\|"
                faults.append(Fault(number, reason))
            else:
                block.source.append(row[1:])
        elif block.source:
            block.english.append(row)
        elif row.strip() and not row.startswith("#"):
            faults.append(Fault(number, "the Indonesian is missing above this line: put it back"))
    return blocks, faults


def _rows(text: str) -> list[str]:
    """A text in lines of ``WIDTH`` at most, broken only where joining them gives it back."""
    rows: list[str] = []
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", _spelled(text)):
        if rows and len(rows[-1]) + 1 + len(word) <= WIDTH:
            rows[-1] = f"{rows[-1]} {word}"
        elif word:
            rows.append(word)
    return rows


def _spelled(text: str) -> str:
    """As a person can see it, and as it comes back from any text editor."""
    body = text.strip(" ")
    if not body:
        return "\\u{20}" * len(text)
    start = len(text) - len(text.lstrip(" "))
    end = len(text) - start - len(body)
    shown = "".join(
        "\\\\" if char == "\\" else char if printable(char) == char else f"\\u{{{ord(char):x}}}"
        for char in body
    )
    return "\\u{20}" * start + shown + "\\u{20}" * end


def _guarded(row: str) -> str:
    """A line of English that cannot be taken for one of ours."""
    return f"\\{row}" if row.startswith(("|", "=", "#")) else row


def _joined(rows: Iterable[str]) -> str:
    """The text of some lines; empty ones at both ends and between count as breaks."""
    text = " ".join(part for row in rows if (part := row.strip(" \t")))
    return _ESCAPE.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    if found[2]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if code <= _LAST_CODE else found[0]

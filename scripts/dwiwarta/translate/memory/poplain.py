"""PO files in the plain form in which we write them, read at once.

``pofile`` reads each line twice, by its own grammar and by polib, so that nothing in a file that
people and other tools have worked on is lost. Nearly all files are as we wrote them: one string a
line, one comment sign, nothing obsolete. What such a file says needs no parser; whatever differs
in the least is left to ``pofile``, and a test holds the two together.
"""

import re
from collections.abc import Sequence

import polib

_STRING = r'"({least}[^"\\\n]*(?:\\[\\ntrvbf"][^"\\\n]*)*)"'
_FILLED = _STRING.format(least='(?!")')
_ANY = _STRING.format(least="")
_HEADER = re.compile(
    r'((?:\# [^\n]+\n)*)msgid ""\nmsgstr ""((?:\n"[A-Za-z][A-Za-z0-9-]*:[^"\\\n]*\\n")+)'
)
_ENTRY = re.compile(
    r"((?:\# [^\n]+\n)*)(?:\#, ([a-z-]+(?:, [a-z-]+)*)\n)?"
    rf"(?:msgctxt {_FILLED}\n)?msgid {_FILLED}\nmsgstr {_ANY}"
)


def read_plain_form(text: str, file: polib.POFile) -> bool:
    """Put into an empty ``file`` what ``text`` says, or leave it and say False."""
    head, *blocks = text.removesuffix("\n").split("\n\n")
    found = _HEADER.fullmatch(head)
    if found is None or "\r" in text or not text.endswith("\n"):
        return False
    notes = _comments(found[1])
    fields = found[2].replace('\n"', "").replace('\\n"', "\n")
    entries = _entries(blocks, head.count("\n") + 3)
    if notes is None or entries is None or not fields.replace("\n", "").isprintable():
        return False
    if len({(entry.msgctxt or "", entry.msgid) for entry in entries}) < len(entries):
        return False  # an entry stands there twice
    file.header = "\n".join(notes)
    file.metadata_is_fuzzy = []  # type: ignore[assignment]  # polib, too, puts flags there
    for line in fields.splitlines():
        name, _, value = line.partition(":")
        file.metadata[name] = value.strip()
    file.extend(entries)
    return True


def _entries(blocks: Sequence[str], line: int) -> list[polib.POEntry] | None:
    """The blocks as entries, None if one is not plain. ``line``: where the first block begins."""
    entries = []
    for block in blocks:
        found = _ENTRY.fullmatch(block)
        notes = _comments(found[1]) if found else None
        if found is None or notes is None:
            return None
        _, flags, context, source, english = found.groups()
        entries.append(
            polib.POEntry(
                tcomment="\n".join(notes),
                flags=flags.split(", ") if flags else [],
                msgctxt=_unescaped(context) if context else None,
                msgid=_unescaped(source),
                msgstr=_unescaped(english),
                obsolete=0,
                occurrences=[],
                msgstr_plural={},
                linenum=line + block.count("\n") - 1,
            )
        )
        line += block.count("\n") + 2
    return entries


def _comments(lines: str) -> list[str] | None:
    """Without their sign; None if somebody may have meant something by white space or signs."""
    notes = [line[2:] for line in lines.split("\n")[:-1]]
    plain = all(note == note.strip() and note.isprintable() and note[0] != "#" for note in notes)
    return notes if plain else None


def _unescaped(text: str) -> str:
    found: str = polib.unescape(text) if "\\" in text else text
    return found

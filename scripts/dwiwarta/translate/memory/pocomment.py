"""Our lines in the comments of a PO entry: fields by name, told in ``po``.

What somebody typed or a merge left there is read as far as it can be, and holds nothing that steers
a terminal or breaks a text file.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import polib

from dwiwarta.model import Rejection, State
from dwiwarta.text import INVISIBLE

_OWN, _REJECTED, _EARLIER = "dwiwarta:", "dwiwarta-rejected:", "dwiwarta-earlier:"
# A string of PO and of JSON: in double quotes, with backslashes before special characters.
QUOTED = r'"[^"\\]*(?:\\.[^"\\]*)*"'
# A name begins only after white space and is short: time linear in the length of any line.
_FIELD = re.compile(rf'(?<!\S)([a-z]{{1,20}})=({QUOTED}|[^\s"]+)(?:\s+|$)')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]+")


def own_fields(entry: polib.POEntry) -> dict[str, str]:
    """What our line says of the English; of several, as after a merge, the last."""
    own = [line for line in entry.tcomment.split("\n") if line.startswith(_OWN)]
    return dict(_fields(own[-1].removeprefix(_OWN))) if own else {}


def write_own(entry: polib.POEntry, fields: Sequence[str] = (), *, settled: bool = False) -> None:
    """Put our line, of these fields, in place of the one before; no line without fields.

    ``settled``: rejected answers and earlier wordings are of no interest any more. What others
    wrote stays.
    """
    ours = (_OWN, _REJECTED, _EARLIER) if settled else (_OWN,)
    kept = [line for line in entry.tcomment.split("\n") if line and not line.startswith(ours)]
    entry.tcomment = "\n".join([*kept, f"{_OWN} {' '.join(fields)}"] if fields else kept)


def rejections_in(entry: polib.POEntry) -> tuple[Rejection, ...]:
    """The answers of engines that were rejected."""
    if _REJECTED not in entry.tcomment:
        return ()
    found = []
    for line in entry.tcomment.split("\n"):
        if line.startswith(_REJECTED):
            said = _fields(line.removeprefix(_REJECTED))
            if "engine" in said:
                made = day_in(said.get("made"))
                found.append(Rejection(said["engine"], said.get("reason", ""), made))
    return tuple(found)


def write_rejection(entry: polib.POEntry, rejection: Rejection) -> None:
    """Note that the gate rejected an engine's answer, in place of what it said before."""
    lines = [line for line in entry.tcomment.split("\n") if line]
    same = f"{_REJECTED} engine={quoted(rejection.engine)} "
    made = f"made={rejection.made.isoformat()} " if rejection.made else ""
    line = f"{same}{made}reason={quoted(rejection.reason)}"
    entry.tcomment = "\n".join([*(old for old in lines if not old.startswith(same)), line])


def write_earlier(entry: polib.POEntry, earlier: polib.POEntry) -> None:
    """Show the person who edits ``entry`` what an editor wrote for an earlier wording."""
    entry.previous_msgid = earlier.msgid
    lines = [line for line in entry.tcomment.split("\n") if line and not line.startswith(_EARLIER)]
    entry.tcomment = "\n".join([*lines, f"{_EARLIER} {quoted(earlier.msgstr)}"])


def digest(text: str, state: State | None = None) -> str:
    """Short digest by which an edited ``msgstr`` is told from the stored one: 48 bits of SHA-256.

    With a ``state``, a changed state is told too. Chance, not malice, is the opponent: a person who
    wants to can write any ``state`` by hand.
    """
    said = text if state is None else f"{state.value}\0{text}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def whole(text: str) -> str:
    """``text`` without halves of characters, which no file takes."""
    return _SURROGATE.sub("", text)


def quoted(value: str) -> str:
    """A value as a field holds it."""
    return json.dumps(whole(value), ensure_ascii=False)


@lru_cache(maxsize=1_000)  # a file's entries are gone through more than once
def _fields(text: str) -> Mapping[str, str]:
    """``key=value`` pairs; a value with spaces is a JSON string. What does not parse is dropped.

    JSON can spell what no text file, terminal or page takes: values hold no control characters and
    no halves of characters.
    """
    found = {}
    for key, value in _FIELD.findall(text.strip()):
        if value.startswith('"'):
            try:
                value = str(json.loads(value))
            except ValueError:
                continue
        found[key] = plain(value)
    return found


def plain(text: str) -> str:
    """``text`` without control characters, halves of characters and what nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub("", _CONTROL.sub(" ", whole(text)))


def day_in(text: str | None) -> date | None:
    """The day of a field ``made``, if it is one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

"""What a memory file says to articles of others, and which articles may hear it.

An article whose own memory lacks a text takes what another file says of it. So when a file has
changed, those articles have to be looked at again that hold a text of which it now says something
else, and those that hold copies out of it.
"""

import sqlite3
from collections.abc import Iterable

from dwiwarta.fingerprint import digest_of

_SAID = (
    "SELECT norm, text, state, engine, made, copied_from FROM entry"
    " WHERE file = (SELECT id FROM file WHERE path = ?) AND text IS NOT NULL ORDER BY rowid"
)
_FILES = "SELECT path, copied_from FROM entry JOIN file ON file.id = entry.file"


def meanings(db: sqlite3.Connection, paths: Iterable[str]) -> dict[str, dict[str, str]]:
    """For each of the memory files what others learn from it.

    By normal form a digest of what the file says of texts of that form; what has no English says
    nothing. ``db``: the index.
    """
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        said: dict[str, list[str]] = {}
        for norm, *rest in db.execute(_SAID, (path,)):
            said.setdefault(norm.hex(), []).append(repr(rest))
        found[path] = {norm: digest_of(*lines)[:16] for norm, lines in said.items()}
    return found


def listeners(db: sqlite3.Connection, norms: Iterable[str], originals: Iterable[str]) -> set[str]:
    """The files with texts of one of these normal forms, or with copies of ``originals``."""
    found: set[str] = set()
    for norm in norms:
        rows = db.execute(f"{_FILES} WHERE norm = ?", (bytes.fromhex(norm),))
        found.update(path for path, _ in rows)
    if wanted := set(originals):
        rows = db.execute(f"{_FILES} WHERE copied_from <> ''")
        found.update(path for path, original in rows if original in wanted)
    return found

"""The address of an article's page, in the header of its memory file.

So the page stays where it is when the title or the date is corrected, in every clone of the
project; and what it was called before leads there. The header's fields, other tools keep them::

    X-Dwiwarta-Address: 2023-11-09-rapat-di-kupang
    X-Dwiwarta-Former-Addresses: 2023-11-09-rapat 2023-11-08-rapat-di-kupang
"""

import sqlite3

import polib

from dwiwarta.slugs import NOT_KEPT, KeptAddress, is_slug

ADDRESS = "X-Dwiwarta-Address"
FORMER = "X-Dwiwarta-Former-Addresses"


def kept_in(file: polib.POFile) -> KeptAddress:
    """What a file keeps; what cannot be an address is none."""
    current = str(file.metadata.get(ADDRESS, "")).strip()
    former = str(file.metadata.get(FORMER, "")).split()
    return KeptAddress(current if is_slug(current) else "", tuple(filter(is_slug, former)))


def keep_in(file: polib.POFile, kept: KeptAddress) -> bool:
    """Write what is kept into a file's header; says whether that changes anything.

    Where nothing is known of the address, what stands there stays.
    """
    if kept in (NOT_KEPT, kept_in(file)):
        return False
    for field, value in ((ADDRESS, kept.current), (FORMER, " ".join(kept.former))):
        if value:
            file.metadata[field] = value
        else:
            file.metadata.pop(field, None)
    return True


def note(db: sqlite3.Connection, path: str, kept: KeptAddress) -> None:
    """Store in the index what a file keeps."""
    row = (path, kept.current, " ".join(kept.former))
    known = db.execute("SELECT * FROM address WHERE path = ?", (path,)).fetchone()
    if row != (known or (path, "", "")):
        db.execute("INSERT OR REPLACE INTO address VALUES (?, ?, ?)", row)


def kept_addresses(db: sqlite3.Connection) -> tuple[dict[str, KeptAddress], dict[str, str]]:
    """What the files in the index keep; and the titles in those that keep no address."""
    rows = db.execute(
        "SELECT path, current, former FROM address JOIN file USING (path)"
        " WHERE current <> '' OR former <> ''"
    )
    kept = {path: KeptAddress(now, tuple(former.split())) for path, now, former in rows}
    titles = db.execute(
        "SELECT path, source FROM entry JOIN file ON file.id = entry.file"
        " WHERE title AND NOT obsolete AND path NOT IN"
        " (SELECT path FROM address WHERE current <> '') ORDER BY entry.rowid DESC"
    )
    return kept, dict(titles)

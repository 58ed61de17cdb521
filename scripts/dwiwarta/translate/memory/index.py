"""A derived index of all memory files, so that a build need not parse those that did not change.

polib reads about 23,000 entries a second on one core; a large memory would cost seconds on every
build. The index is a SQLite database in a file in ``.cache`` that may be deleted at any time. The
PO files are the truth: each is read in every run and parsed again unless it has the very bytes that
were indexed. Of the index no byte is believed either unless the digest behind it fits.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from dwiwarta.files import read_plain, remove_leftovers, write_atomic
from dwiwarta.fingerprint import Tree
from dwiwarta.model import Translation
from dwiwarta.slugs import KeptAddress
from dwiwarta.translate.memory import held
from dwiwarta.translate.memory.address import kept_addresses, note
from dwiwarta.translate.memory.influence import listeners, meanings
from dwiwarta.translate.memory.keys import SegmentKey, norm_key
from dwiwarta.translate.memory.po import MemoryEntry
from dwiwarta.translate.memory.pofolder import digest_of, known_files, read_files
from dwiwarta.translate.memory.rows import COLUMNS, Row, entry_in, row_of

SCHEMA = 9  # raise it when the tables or the meaning of an entry change

_TABLES = """
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT UNIQUE, digest BLOB);
CREATE TABLE entry (
  file INTEGER, source TEXT, title INTEGER, norm BLOB, text TEXT, state TEXT, engine TEXT,
  made TEXT, copied_from TEXT, obsolete INTEGER, rejections TEXT, line INTEGER, human INTEGER
);
CREATE TABLE address (path TEXT PRIMARY KEY, current TEXT, former TEXT);
CREATE INDEX by_file ON entry (file);
CREATE INDEX by_norm ON entry (norm);
CREATE INDEX by_human ON entry (norm) WHERE human;
"""

# The order of preference between entries of other articles, best first.
_BEST_FIRST = """
  CASE state WHEN 'approved' THEN 0 WHEN 'edited' THEN 1 WHEN 'machine' THEN 2 ELSE 3 END,
  made DESC, path, line
"""

_DIGEST_BYTES = 16

# Stands with the digest behind the database, where SQLite takes no notice of it.
# Parsing a file takes about as long as writing the index of a hundred.
_WORTH_WRITING = 100
_MARK = b"dwiwarta memory index, BLAKE2b: "


class Index:
    """The entries of all memory files below a folder, by file and by normal form."""

    def __init__(self, root: Path, cache: Path | None, *, read_only: bool = False) -> None:
        """``cache``: the file; None or one that cannot be used: made anew from the memory files.

        ``read_only``: the file is not written. It is replaced as a whole, so that nobody waits for
        anybody.
        """
        self._root = root
        self._cache = None if read_only else cache
        if self._cache is not None:
            with contextlib.suppress(OSError):
                remove_leftovers(self._cache)
        left = held.take(self._cache) if self._cache else None
        self._db = left.db if left else _opened(cache)
        self._kept = left.kept if left else self._db.total_changes
        self._replaced: set[str] = left.replaced if left else set()  # since then
        self._human: set[bytes] | None = None

    def close(self) -> None:
        """Keep what was learned for the next build."""
        self.keep()
        if self._cache is None:
            self._db.close()
        else:
            held.hold(self._cache, held.Left(self._db, self._kept, self._replaced))

    def refresh(
        self,
        read: Callable[[Sequence[str]], Iterable[Sequence[Row] | None]],
        *,
        tidy: bool = False,
        tree: Tree | None = None,
    ) -> None:
        """Bring the index up to date with the disk. ``read``: the rows of each; None: it is broken.

        ``tree``: of the folder as it was looked at; it spares the reading of each file.

        ``tidy``: also remove what a killed build left half-written; only under the lock. What was
        learned is kept by ``keep``, once nothing is left to be done about it.
        """
        known: dict[str, bytes | None] = dict(self._db.execute("SELECT path, digest FROM file"))
        found = known_files(tree, tidy=tidy) if tree else read_files(self._root, tidy=tidy)
        looked = [(path, digest, known.pop(path, None)) for path, digest in sorted(found)]
        changed = [(path, new) for path, new, old in looked if new is None or new != old]
        for (path, digest), rows in zip(changed, read([p for p, _ in changed]), strict=True):
            # What was saved since it was looked at is read again next time.
            self._put(path, digest if not tree or tree.is_as_seen(path) else None, rows)
        for path in known:
            self.forget(path)

    def keep(self) -> None:
        """Write what was learned so far to the file, so that a kill does not take it.

        What cannot be written is learned again next time, and so is what is less work than
        writing: a few files among thousands.
        """
        self._db.commit()
        if self._cache is None or self._db.total_changes == self._kept:
            return
        (files,) = self._db.execute("SELECT count(*) FROM file").fetchone()
        if len(self._replaced) * _WORTH_WRITING < files:
            return
        self._kept, self._replaced = self._db.total_changes, set()
        data = self._db.serialize()
        with contextlib.suppress(OSError):
            write_atomic(
                self._cache,
                data + _MARK + digest_of(data),
                below=self._cache.parent.parent,
                durable=False,
            )

    def replace(self, path: str, digest: bytes | None, entries: Iterable[MemoryEntry]) -> None:
        """Store what a file says that has this digest; without one it is parsed again next time."""
        self._put(path, digest, list(map(row_of, entries)))

    def _put(self, path: str, digest: bytes | None, of_file: Sequence[Row] | None) -> None:
        self.forget(path)
        if of_file is None:
            return
        number = self._db.execute(
            "INSERT INTO file (path, digest) VALUES (?, ?)", (path, digest)
        ).lastrowid
        rows = [(number, *row) for row in of_file]
        self._db.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 13)})", rows)  # noqa: S608
        if self._human is not None:
            self._human.update(row[3] for row in rows if row[-1])

    def entries(self, path: str) -> list[MemoryEntry]:
        """All entries of one memory file, in its order; empty if there is none."""
        return [
            entry_in(row)
            for row in self._db.execute(
                f"SELECT {COLUMNS} FROM entry WHERE file = (SELECT id FROM file WHERE path = ?)"  # noqa: S608
                " ORDER BY rowid",
                (path,),
            )
        ]

    def paths(self) -> list[str]:
        """All readable memory files, sorted."""
        return [path for (path,) in self._db.execute("SELECT path FROM file ORDER BY path")]

    def elsewhere(self, key: SegmentKey, path: str, human: bool) -> tuple[str, Translation] | None:
        """The best translation of the same text in another file than ``path``, with that file.

        Approved before edited before machine before draft; then the latest; then the first by
        file name. ``human``: only what a person wrote or checked, and no copies. Never a copy of
        what ``path`` held itself: whoever gives up a text there does not want it back. Of a copy,
        the file that it comes from is named.
        """
        if human and not self._human_norms():
            return None
        norm = norm_key(key)
        if human and norm not in self._human_norms():
            return None
        where = "AND human" if human else ""
        found = self._db.execute(
            f"SELECT path, {COLUMNS} FROM entry JOIN file ON file.id = entry.file"  # noqa: S608
            f" WHERE norm = ? {where} AND text IS NOT NULL AND path <> ? AND copied_from <> ?"
            f" ORDER BY {_BEST_FIRST} LIMIT 1",
            (norm, path, path),
        ).fetchone()
        if found is None:
            return None
        best = entry_in(found[1:])
        assert best.translation is not None
        return best.copied_from or found[0], best.translation

    def holds(self, path: str) -> bool:
        """Whether there is such a memory file, and it can be read."""
        found = self._db.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone()
        return found is not None

    def digests(self, paths: Collection[str] | None = None) -> dict[str, str]:
        """The digest of each memory file as it was read or written; "" if it is to be read again.

        ``paths``: of these alone.
        """
        query = "SELECT path, digest FROM file"
        rows: Iterable[tuple[str, bytes | None]] = ()
        if paths is None:
            rows = self._db.execute(query)
        else:
            found = (self._db.execute(f"{query} WHERE path = ?", (path,)) for path in paths)
            rows = (row for cursor in found for row in cursor)
        return {path: digest.hex() if digest else "" for path, digest in rows}

    def note_address(self, path: str, kept: KeptAddress) -> None:
        """Store what a memory file keeps of the address of its article's page."""
        note(self._db, path, kept)

    def move_address(self, old: str, new: str) -> None:
        """Take what is kept in a file to its new name."""
        self._db.execute("UPDATE OR REPLACE address SET path = ? WHERE path = ?", (new, old))

    def addresses(self) -> tuple[dict[str, KeptAddress], dict[str, str]]:
        """What the files keep of addresses; and the titles in those that keep none. By file."""
        return kept_addresses(self._db)

    def meanings(self, paths: Iterable[str]) -> dict[str, dict[str, str]]:
        """What others learn from each of the files: see ``influence``."""
        return meanings(self._db, paths)

    def listeners(self, norms: Iterable[str], originals: Iterable[str]) -> set[str]:
        """The files with texts of these normal forms, or copies of ``originals``."""
        return listeners(self._db, norms, originals)

    def _human_norms(self) -> set[bytes]:
        if self._human is None:
            self._human = {norm for (norm,) in self._db.execute(
                "SELECT norm FROM entry WHERE human"
            )}  # fmt: skip
        return self._human

    def forget(self, path: str) -> None:
        """A memory file is not there any more."""
        self._replaced.add(path)
        self._db.execute(
            "DELETE FROM entry WHERE file = (SELECT id FROM file WHERE path = ?)", (path,)
        )
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))


def _opened(cache: Path | None) -> sqlite3.Connection:
    """The database of the file in RAM, or an empty one where the file is not as it was written."""
    data = b""
    if cache is not None:
        with contextlib.suppress(OSError):
            data = read_plain(cache, follow=False)
    content, mark, digest = _parted(data)
    if mark == _MARK and digest == digest_of(content):
        db = sqlite3.connect(":memory:")
        try:
            db.deserialize(content)
            if db.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
                return db
        except sqlite3.Error:
            pass  # of another version of SQLite
        db.close()
    db = sqlite3.connect(":memory:")
    db.executescript(f"{_TABLES} PRAGMA user_version = {SCHEMA};")
    return db


def _parted(data: bytes) -> tuple[memoryview, bytes, bytes]:
    """The database, the mark and the digest; nonsense if the file is not what ``keep`` wrote."""
    end = len(data) - _DIGEST_BYTES
    start = end - len(_MARK)
    return memoryview(data)[: max(start, 0)], data[max(start, 0) : end], data[end:]

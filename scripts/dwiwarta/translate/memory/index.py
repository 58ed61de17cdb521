"""A derived index of all memory files, so that a build need not parse those that did not change.

polib reads about 23,000 entries a second on one core; a large memory would cost seconds on every
build. The index is a SQLite file in ``.cache``: it may be deleted at any time, and a memory file
whose size or time stamp differs from the indexed one is parsed again. The PO files are the truth.
"""

import contextlib
import hashlib
import json
import os
import re
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dwiwarta.model import State, Translation
from dwiwarta.text import is_utf8
from dwiwarta.translate.memory.po import MemoryEntry, Refusal, SegmentKey

SCHEMA = 5  # raise it when the tables or the meaning of an entry change

_TABLES = """
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT UNIQUE, size INTEGER, mtime INTEGER);
CREATE TABLE entry (
  file INTEGER, source TEXT, title INTEGER, norm BLOB, text TEXT, state TEXT, engine TEXT,
  made TEXT, copied_from TEXT, obsolete INTEGER, refusals TEXT, line INTEGER, human INTEGER
);
CREATE INDEX by_file ON entry (file);
CREATE INDEX by_norm ON entry (norm);
CREATE INDEX by_human ON entry (norm) WHERE human;
"""
_COLUMNS = "source, title, text, state, engine, made, copied_from, obsolete, refusals, line"

# What ``files.write_atomic`` calls the file that it writes beside a memory file.
_LEFTOVER = re.compile(r"\.(?:.{0,47}\.po|.{50})\.[a-z0-9_]{8}\.tmp", re.DOTALL)

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
# The order of preference between entries of other articles, best first.
_BEST_FIRST = """
  CASE state WHEN 'approved' THEN 0 WHEN 'edited' THEN 1 WHEN 'machine' THEN 2 ELSE 3 END,
  made DESC, path, line
"""
# A reader copies so many pages at a time, and gives up when a writer keeps it waiting so long: then
# it reads the memory files themselves.
_READ_PAGES = 2_000
_READ_SECONDS = 5.0

# A file that changed so short a time ago may change again without a new time stamp: there are file
# systems that count in steps of two seconds.
_RACY_NANOSECONDS = 2_000_000_000


def normal_form(text: str) -> str:
    """Text without what does not change its meaning: layout, case, kinds of quotes and dashes.

    Punctuation stays, as ``1,5`` is not ``15`` and commas change sentences.
    """
    if not text.isascii():
        # Not NFKC, for which 10⁵ is 105.
        text = unicodedata.normalize("NFC", text).translate(_SAME)
    elif "`" in text:
        text = text.replace("`", "'")
    return " ".join(text.split()).casefold()


def norm_key(key: SegmentKey) -> bytes:
    """Digest of a segment's normal form; titles match only titles, as they have their own style."""
    kind = b"title:" if key.title else b"text:"
    data = normal_form(key.source).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(kind + data, digest_size=12).digest()


class Index:
    """The entries of all memory files below a folder, by file and by normal form."""

    def __init__(self, root: Path, cache: Path | None, *, read_only: bool = False) -> None:
        """``cache``: the SQLite file; None or one that cannot be used: kept in RAM only.

        ``read_only``: the file is read but not changed, as another build may be using it.
        """
        self._root = root
        self._db = _copy_in_ram(cache) if read_only else _open(cache)
        self._human: set[bytes] | None = None

    def close(self) -> None:
        """Keep what was learned for the next build."""
        with contextlib.suppress(sqlite3.Error):
            self._db.commit()
        self._db.close()

    def refresh(
        self, parse: Callable[[str], Sequence[MemoryEntry] | None], *, tidy: bool = False
    ) -> None:
        """Bring the index up to date with the disk. ``parse`` returns None for a broken file.

        ``tidy``: also remove what a killed build left half-written; only under the lock.
        """
        known = {path: (size, mtime) for path, size, mtime in self._db.execute(
            "SELECT path, size, mtime FROM file"
        )}  # fmt: skip
        for path, stamp in sorted(_po_files(self._root, tidy)):
            if known.pop(path, None) != stamp:
                self.replace(path, stamp, parse(path))
        for path in known:
            self._forget(path)
        self.keep()

    def keep(self) -> None:
        """Let what was learned so far stay after a kill, and others read the file."""
        self._db.commit()

    def replace(
        self, path: str, stamp: tuple[int, int] | None, entries: Sequence[MemoryEntry] | None
    ) -> None:
        """Store what a file holds now. Without a ``stamp`` it is parsed again on the next build."""
        self._forget(path)
        if entries is None:
            return
        racy = stamp is not None and abs(time.time_ns() - stamp[1]) < _RACY_NANOSECONDS
        size, mtime = stamp if stamp is not None and not racy else (-1, -1)
        number = self._db.execute(
            "INSERT INTO file (path, size, mtime) VALUES (?, ?, ?)", (path, size, mtime)
        ).lastrowid
        rows = [_row(number, entry) for entry in entries]
        self._db.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 13)})", rows)  # noqa: S608
        if self._human is not None:
            self._human.update(row[3] for row in rows if row[-1])

    def entries(self, path: str) -> list[MemoryEntry]:
        """All entries of one memory file, in its order; empty if there is none."""
        return [
            _entry(row)
            for row in self._db.execute(
                f"SELECT {_COLUMNS} FROM entry WHERE file = (SELECT id FROM file WHERE path = ?)"  # noqa: S608
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
            f"SELECT path, {_COLUMNS} FROM entry JOIN file ON file.id = entry.file"  # noqa: S608
            f" WHERE norm = ? {where} AND text IS NOT NULL AND path <> ? AND copied_from <> ?"
            f" ORDER BY {_BEST_FIRST} LIMIT 1",
            (norm, path, path),
        ).fetchone()
        if found is None:
            return None
        best = _entry(found[1:])
        assert best.translation is not None
        return best.copied_from or found[0], best.translation

    def holds(self, path: str) -> bool:
        """Whether there is such a memory file, and it can be read."""
        found = self._db.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone()
        return found is not None

    def go_on_in_ram(self) -> None:
        """Leave the file on disk, which has gone or cannot be written any more; nothing is kept."""
        with contextlib.suppress(sqlite3.Error):
            self._db.close()
        self._db = _prepared(None)
        self._human = None

    def _human_norms(self) -> set[bytes]:
        if self._human is None:
            self._human = {norm for (norm,) in self._db.execute(
                "SELECT norm FROM entry WHERE human"
            )}  # fmt: skip
        return self._human

    def _forget(self, path: str) -> None:
        self._db.execute(
            "DELETE FROM entry WHERE file = (SELECT id FROM file WHERE path = ?)", (path,)
        )
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))


def stamp_of(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _po_files(root: Path, tidy: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    """Path relative to ``root`` and stamp of every memory file; hidden names are skipped."""
    folders = [(root, "")]
    while folders:
        folder, prefix = folders.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as items:
            for item in items:
                if item.name.startswith(".") or not is_utf8(item.name):
                    if tidy and _LEFTOVER.fullmatch(item.name):
                        Path(item.path).unlink(missing_ok=True)
                    continue
                if item.is_dir(follow_symlinks=False):
                    folders.append((Path(item.path), f"{prefix}{item.name}/"))
                elif item.name.endswith(".po") and item.is_file():
                    status = item.stat()
                    yield prefix + item.name, (status.st_size, status.st_mtime_ns)


def _open(cache: Path | None) -> sqlite3.Connection:
    if cache is not None:
        for _ in range(2):
            try:
                return _prepared(cache)
            except (sqlite3.Error, OSError):
                # Derived data: broken, or of another version in a way SQLite cannot read.
                with contextlib.suppress(OSError):
                    cache.unlink()
    return _prepared(None)


def _copy_in_ram(cache: Path | None) -> sqlite3.Connection:
    if cache is not None and cache.exists():
        copy = sqlite3.connect(":memory:")
        try:
            with contextlib.closing(sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)) as db:
                end = time.monotonic() + _READ_SECONDS

                def in_time(_status: int, _left: int, _all: int) -> None:
                    # The backup waits for a writer without end, and without noticing Ctrl-C.
                    if time.monotonic() > end:
                        raise sqlite3.OperationalError("busy")

                db.backup(copy, pages=_READ_PAGES, progress=in_time)
            if copy.execute("PRAGMA user_version").fetchone() == (SCHEMA,) and _is_sound(copy):
                return copy
        except sqlite3.Error:
            pass
        copy.close()
    return _prepared(None)


def _prepared(cache: Path | None) -> sqlite3.Connection:
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(str(cache) if cache else ":memory:")
    try:
        # The index may be lost with the power: no need to wait for the disk. Then it is damaged.
        db.execute("PRAGMA synchronous = OFF")
        if not _is_sound(db):
            raise sqlite3.DatabaseError("damaged")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA:
            tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                db.execute(f'DROP TABLE "{table}"')
            db.executescript(f"{_TABLES} PRAGMA user_version = {SCHEMA};")
        db.execute("SELECT count(*) FROM file").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _is_sound(db: sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _row(number: int | None, entry: MemoryEntry) -> tuple[Any, ...]:
    translation = entry.translation
    refusals = [[r.engine, r.reason, r.made.isoformat() if r.made else ""] for r in entry.refusals]
    human = translation is not None and translation.state.is_human and not entry.copied_from
    return (
        number,
        entry.key.source,
        int(entry.key.title),
        norm_key(entry.key),
        translation.text if translation else None,
        translation.state.value if translation else None,
        translation.engine if translation else None,
        translation.made.isoformat() if translation and translation.made else None,
        entry.copied_from,
        int(entry.obsolete),
        json.dumps(refusals) if refusals else "",
        entry.line,
        int(human),
    )


def _entry(row: Iterable[object]) -> MemoryEntry:
    source, title, text, state, engine, made, copied_from, obsolete, refusals, line = row
    translation = None
    if text is not None:
        day = date.fromisoformat(str(made)) if made else None
        translation = Translation(str(text), State(state), str(engine), day)
    return MemoryEntry(
        key=SegmentKey(str(source), bool(title)),
        translation=translation,
        copied_from=str(copied_from),
        obsolete=bool(obsolete),
        refusals=tuple(
            Refusal(name, reason, date.fromisoformat(day) if day else None)
            for name, reason, day in (json.loads(str(refusals)) if refusals else ())
        ),
        line=int(str(line)),
    )

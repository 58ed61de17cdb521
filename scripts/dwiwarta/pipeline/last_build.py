"""The last build: if all that it read and wrote is as it left it, the next has nothing to do.

Its record stands in ``.cache/last-build.json``: a digest of every file that it read or wrote, of
the code and of what was asked for, beside what it said. Builds that may come out another way next
time leave no record: those that left something to ask engines for, or met what cannot be known by
its stat.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dwiwarta.dates import latest_day
from dwiwarta.files import is_leftover, read_plain, write_atomic
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.pipeline.code import site_code
from dwiwarta.pipeline.summary import BuildSummary
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project
from dwiwarta.text import is_utf8
from dwiwarta.trees import open_tree, save_tree

RECORD_NAME = "last-build.json"
_CONFIGURATION = ("mkdocs.yml", "dwiwarta.yml")
# What MkDocs reads beside the project's own files cannot be seen here.
_READS_MORE = (b"INHERIT", b"!ENV", b"hooks:")
_DIGEST_CHARS = len(digest_of())


@dataclass(frozen=True, slots=True)
class Days:
    """The days that articles state: the last that had come, and the first that was ahead."""

    come: date | None = None
    ahead: date | None = None

    def hold_on(self, today: date) -> bool:
        """Whether the same days have come."""
        came = self.come is None or self.come <= today
        return came and (self.ahead is None or today < self.ahead)

    @classmethod
    def of(cls, stated: Iterable[date], today: date) -> "Days":
        """The days that an article states, on a day."""
        days = sorted(stated)
        come = [day for day in days if day <= today]
        return cls(come[-1] if come else None, next((day for day in days if day > today), None))

    @classmethod
    def together(cls, all_days: Iterable["Days"]) -> "Days":
        """Those of several articles."""
        found = tuple(all_days)
        come = max((days.come for days in found if days.come), default=None)
        return cls(come, min((days.ahead for days in found if days.ahead), default=None))


@dataclass(frozen=True, slots=True)
class Folders:
    """The files of a project as a build found them, and as it has written them since.

    They are looked at once: what others save while a build runs is news to the next one.
    """

    articles: Tree
    docs: Tree
    site: Tree

    @classmethod
    def of(cls, project: Project) -> "Folders":
        """As they are now. Raises ``OSError``."""
        places = (project.articles_dir, project.docs_dir, project.site_dir)
        return cls(*(open_tree(place, project.cache_dir) for place in places))

    def __iter__(self) -> Iterator[Tree]:
        return iter((self.articles, self.docs, self.site))


@dataclass(frozen=True, slots=True)
class _Record:
    state: str
    summary: BuildSummary
    warnings: tuple[tuple[str, int, str], ...]
    notes: tuple[tuple[str, str], ...]
    days: Days


_RECORD = TypeAdapter(_Record)


class LastBuild:
    """The record of a project's last build, for builds with the same options."""

    def __init__(self, project: Project, engines: Sequence[str] | None, *, with_site: bool) -> None:
        self._project = project
        self._with_site = with_site
        self._options = repr((project, engines, with_site, os.environ.get("SOURCE_DATE_EPOCH")))
        self._path = project.cache_dir / RECORD_NAME
        # As ``recall`` found them; None, or nothing, where they are not what they should be.
        self.folders: Folders | None = None
        self._frame: tuple[bytes | str, ...] = ()

    @property
    def may_be_there(self) -> bool:
        """Whether ``.cache/`` is a folder with nothing odd in it."""
        folder = self._project.cache_dir
        return folder.is_dir() and not folder.is_symlink() and not _is_untidy(folder)

    def recall(self, problems: ProblemLog) -> BuildSummary | None:
        """What the last build said, if another would do and say the same; under its lock."""
        self._look()
        record = self._read()
        if record is None or not record.days.hold_on(latest_day()):
            return None
        if record.state != self._state():
            return None
        self._save_trees()
        for warned in record.warnings:
            problems.warn(*warned)
        for told in record.notes:
            problems.note(*told)
        return record.summary

    def record(self, summary: BuildSummary, problems: ProblemLog, days: Days) -> None:
        """Remember a build that is done. What cannot be remembered is done again.

        What it read is remembered as it was found by ``recall``, and what it wrote as written.
        """
        state = self._state()
        warnings = tuple((p.path, p.line, p.reason) for p in problems.all)
        told = [path for path, _, _ in warnings] + [path for path, _ in problems.notes]
        # A name that is not UTF-8 cannot stand in JSON.
        if state is None or problems.unread or not all(map(is_utf8, told)):
            self.forget()
            return
        data = _RECORD.dump_json(_Record(state, summary, warnings, problems.notes, days))
        with suppress(OSError):
            write_atomic(
                self._path,
                digest_of(data).encode() + data,
                below=self._path.parent.parent,
                durable=False,
            )

    def forget(self) -> None:
        """Nothing is known of the last build."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> _Record | None:
        try:
            data = read_plain(self._path, follow=False)
            digest, data = data[:_DIGEST_CHARS], data[_DIGEST_CHARS:]
            return _RECORD.validate_json(data) if digest == digest_of(data).encode() else None
        except (OSError, ValidationError):
            return None

    def _look(self) -> None:
        project = self._project
        try:
            if project.site_dir.is_symlink() or not self.may_be_there:
                return
            self.folders = Folders.of(project)
            theme = Tree(project.theme_dir)
            theme.refresh()
            files = [self._configuration(name) for name in _CONFIGURATION]
            if not theme.odd and not _leftovers(theme) and None not in files:
                self._frame = (*(file for file in files if file is not None), _contents(theme))
        except OSError:
            return

    def _state(self) -> str | None:
        """The digest of all that a build reads and writes, None where that cannot be known."""
        folders = self.folders
        if folders is None or not self._frame or any(t.odd or _leftovers(t) for t in folders):
            return None
        made = [tree.digest() for tree in folders][: 3 if self._with_site else 2]
        return digest_of(site_code(), self._options, *self._frame, *made)

    def _save_trees(self) -> None:
        """So that the next build need not read what this one has read."""
        with suppress(OSError):  # then it reads it
            for tree in self.folders or ():
                save_tree(tree, self._project.cache_dir)

    def _configuration(self, name: str) -> bytes | None:
        """The contents of a settings file, b"" if there is none; None if it names further files."""
        try:
            data = read_plain(self._project.root / name)
        except FileNotFoundError:
            return b""
        return None if any(word in data for word in _READS_MORE) else data


def articles_inputs(tree: Tree) -> str:
    """The digest of the files in ``articles/`` that people write, the memory aside."""
    return digest_of(
        *(f"{p}\0{tree.contents(p)}" for p in sorted(tree.files) if not p.endswith(".po"))
    )


def _contents(theme: Tree) -> str:
    """The digest of the theme, without what a build writes there once it has looked."""
    paths = sorted(path for path in theme.files if path != "partials/bundles.html")
    return digest_of(*(f"{path}\0{theme.contents(path)}" for path in paths))


def _is_untidy(folder: Path) -> bool:
    """Whether below it is what is no ordinary file, or what a killed build left half written."""
    for here, folders, names in os.walk(folder):
        if any(is_leftover(name) for name in names):
            return True
        if any(Path(here, name).is_symlink() for name in folders):
            return True
        try:
            if not all(stat.S_ISREG(Path(here, name).lstat().st_mode) for name in names):
                return True
        except OSError:  # it has just gone: somebody else is at work
            return True
    return False


def _leftovers(tree: Tree) -> bool:
    """Whether a killed build left something half written, which the next one removes."""
    hidden = (path for path in tree.files if path.endswith(".tmp"))
    return any(is_leftover(path.rpartition("/")[2]) for path in hidden)

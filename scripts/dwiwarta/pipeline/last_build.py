"""The last build: if all that it read and wrote is as it left it, the next has nothing to do.

Its record stands in ``.cache/last-build.json``: a digest of every file that it read or wrote, of
the code and of what was asked for, beside what it said. Builds that may come out another way next
time leave no record: those that left something to ask engines for, or met what cannot be known by
its stat.
"""

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dwiwarta.dates import latest_day
from dwiwarta.files import is_leftover, read_plain, write_atomic
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.kinds import is_generated
from dwiwarta.pipeline.code import all_code
from dwiwarta.pipeline.summary import BuildSummary
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project
from dwiwarta.trees import keep_tree, open_tree

RECORD_NAME = "last-build.json"
_CONFIGURATION = ("mkdocs.yml", "dwiwarta.yml")
# What MkDocs reads beside the project's own files cannot be seen here.
_READS_MORE = (b"INHERIT", b"!ENV", b"hooks:")
_DIGEST_CHARS = len(digest_of())


@dataclass(frozen=True, slots=True)
class Days:
    """The days in names of articles: the last that had come, and the first that was ahead."""

    come: date | None = None
    ahead: date | None = None

    def hold_on(self, today: date) -> bool:
        """Whether the same days have come."""
        came = self.come is None or self.come <= today
        return came and (self.ahead is None or today < self.ahead)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a build was made of that another may find changed: the days, and the digest of all of
    ``articles/`` when its memory had been read and written.
    """

    days: Days
    articles: str


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
        self._inputs: str | None = None

    @property
    def may_be_there(self) -> bool:
        """Whether ``.cache/`` is a folder with nothing odd in it."""
        folder = self._project.cache_dir
        return folder.is_dir() and not folder.is_symlink() and not _is_untidy(folder)

    def recall(self, problems: ProblemLog) -> BuildSummary | None:
        """What the last build said, if another would do and say the same; under its lock."""
        state, trees, self._inputs = self._look()
        record = self._read()
        if record is None or record.state != state or not record.days.hold_on(latest_day()):
            return None
        self._keep(trees)
        for warned in record.warnings:
            problems.warn(*warned)
        for told in record.notes:
            problems.note(*told)
        return record.summary

    def record(self, summary: BuildSummary, problems: ProblemLog, basis: Basis) -> None:
        """Remember a build that is done. What cannot be remembered is done again.

        What anybody has saved since ``recall`` may not be in the pages: then the next build looks.
        """
        state, trees, inputs = self._look()
        changed = inputs != self._inputs
        if state is None or changed or problems.unread or trees[0].digest() != basis.articles:
            self.forget()
            return
        self._keep(trees)
        warnings = tuple((p.path, p.line, p.reason) for p in problems.all)
        data = _RECORD.dump_json(_Record(state, summary, warnings, problems.notes, basis.days))
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

    def _look(self) -> tuple[str | None, Sequence[Tree], str | None]:
        """The digest of all that a build reads and writes, None where that cannot be known.

        And the project's folders as they were found, ``articles/`` first; and the digest of what
        people write and builds only read.
        """
        project = self._project
        folders = [project.articles_dir, project.docs_dir, project.site_dir]
        try:
            if project.site_dir.is_symlink() or not self.may_be_there:
                return None, (), None
            trees = [open_tree(folder, project.cache_dir) for folder in folders]
            theme = Tree(project.root / "overrides")
            theme.refresh()
            files = [self._configuration(name) for name in _CONFIGURATION]
        except OSError:
            return None, (), None
        contents = [file for file in files if file is not None]
        if len(contents) < len(files):
            return None, (), None
        written = [
            articles_inputs(trees[0]),
            _digest(trees[1], lambda path: not is_generated(path)),
        ]
        inputs = digest_of(*contents, theme.digest(), *written)
        if any(tree.odd or _leftovers(tree) for tree in (*trees, theme)):
            return None, (), inputs
        made = trees if self._with_site else trees[:-1]
        digests = [tree.digest() for tree in (*made, theme)]
        return digest_of(all_code(), self._options, *contents, *digests), trees, inputs

    def _keep(self, trees: Sequence[Tree]) -> None:
        """So that the next build need not read what this one has read."""
        with suppress(OSError):  # then it reads it
            for tree in trees:
                if tree.looked_anew:
                    keep_tree(tree, self._project.cache_dir)

    def _configuration(self, name: str) -> bytes | None:
        """The contents of a settings file, b"" if there is none; None if it names further files."""
        try:
            data = read_plain(self._project.root / name)
        except FileNotFoundError:
            return b""
        return None if any(word in data for word in _READS_MORE) else data


def articles_inputs(tree: Tree) -> str:
    """The digest of the files in ``articles/`` that people write, the memory aside."""
    return _digest(tree, lambda path: not path.endswith(".po"))


def _digest(tree: Tree, counts: Callable[[str], bool]) -> str:
    return digest_of(
        *(f"{path}\0{tree.contents(path)}" for path in sorted(tree.files) if counts(path))
    )


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
    return any(is_leftover(path.rpartition("/")[2]) for path in tree.files)

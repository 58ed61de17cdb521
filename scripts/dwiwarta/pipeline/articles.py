"""The articles of a project, prepared: from the cache where nothing has changed, else made now."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from dwiwarta.cache import Cache
from dwiwarta.dates import latest_day
from dwiwarta.dedupe import Group
from dwiwarta.errors import SiteError
from dwiwarta.files import is_leftover, refuse_link
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.lock import hold_lock
from dwiwarta.model import Article, Overrides, SourceRef, Story, Tags
from dwiwarta.pipeline.code import article_code
from dwiwarta.pipeline.last_build import Days
from dwiwarta.pipeline.prepare import (
    FILE_NOTE,
    SUMMARY,
    WHOLE,
    FileNote,
    FileResult,
    Prepared,
    prepare_file,
)
from dwiwarta.pipeline.summary import Count, not_counted
from dwiwarta.pipeline.table import DamagedError, Table
from dwiwarta.pipeline.workers import Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.read import (
    ARTICLE_ENDINGS,
    EXPORT_ENDINGS,
    SIDECAR_ENDINGS,
    FolderDefaults,
    article_names,
    is_stray,
)
from dwiwarta.settings import InputSettings, Project

_SIDECARS = SIDECAR_ENDINGS
_WRITTEN = (*ARTICLE_ENDINGS, *EXPORT_ENDINGS, *SIDECAR_ENDINGS)
_LOCK = "articles.lock"
_WAIT_SECONDS = 60.0  # a file is written in less than one
_WHAT = "articles/"


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to prepare, as a worker process is told of it."""

    path: Path
    name: str
    settings: InputSettings
    code: str
    known: Mapping[str, str]
    today: date
    defaults: Overrides

    def run(self) -> FileResult:
        return prepare_file(
            self.path, self.name, self.settings, self.code, self.known, self.today, self.defaults
        )


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as an earlier build made it. ``wholes``: its articles with their tags, as JSON."""

    note: FileNote
    articles: tuple[Prepared, ...]
    wholes: tuple[bytes, ...]


@contextmanager
def hold_articles(project: Project, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """The lock of whoever writes articles into ``articles/``. Raises ``SiteError``."""
    lock = project.cache_dir / _LOCK
    with hold_lock(lock, _WAIT_SECONDS, what=_WHAT, error=SiteError, on_wait=on_wait):
        yield


def remove_half_written(project: Project, tree: Tree) -> None:
    """Remove from ``articles/`` what a killed ``import`` or ``new`` left half written there.

    Nothing while one of them is at work. ``tree``: of the folder.
    """
    hidden = (path for path in tree.files if path.endswith(".tmp"))
    left = [path for path in hidden if _is_half_written(path.rpartition("/")[2])]
    if not left:
        return
    lock = project.cache_dir / _LOCK
    with suppress(SiteError, OSError), hold_lock(lock, 0, what=_WHAT, error=SiteError):
        for path in left:
            refuse_link(project.articles_dir / path, project.articles_dir)
            tree.remove(path)


def _is_half_written(name: str) -> bool:
    return any(is_leftover(name, ending) for ending in _WRITTEN)


class Articles:
    """The prepared articles. ``by_ref``: their summaries; the whole is loaded when asked for."""

    def __init__(self, project: Project, cache: Cache, tree: Tree, workers: Workers) -> None:
        self._workers = workers
        self._root = project.articles_dir
        self._settings = project.settings.input
        self._tree = tree
        self._cache = cache
        self._code = digest_of(article_code(), self._settings.model_dump_json())
        self._files = Table(cache, "file", FILE_NOTE)
        self._summaries = Table(cache, "article", SUMMARY)
        self._wholes = Table(cache, "whole", WHOLE)
        self.by_ref: dict[SourceRef, Prepared] = {}
        self.files = 0
        self._last = "", "", b""  # name, key and bytes: who has just translated it asks again

    def prepare(self, problems: ProblemLog, count: Count = not_counted) -> None:
        """Bring all articles up to date. What there is to say of them goes to ``problems``.

        Raises ``UnreadableError`` if the folder cannot be read.
        """
        today = latest_day()
        files = self._files.load()
        summaries = self._summaries.load()
        found: dict[str, Prepared] = {}
        notes: dict[str, FileNote] = {}
        jobs: list[_Job] = []
        keys: dict[str, str | None] = {}
        defaults = FolderDefaults(self._root, problems)
        for name in self._candidates(problems):
            below = defaults.of(name)
            keys[name] = key = self._key(name, below)
            known_key, note = files.get(name, ("", None))
            known = _known(note, summaries, today) if note else {}
            if note and key == known_key and len(known) == len(note.articles):
                notes[name] = note
                found.update(known)
            else:
                jobs.append(
                    _Job(self._root / name, name, self._settings, self._code,
                         {ref: one.key for ref, one in known.items()}, today, below)
                )  # fmt: skip
        self.files = len(keys)
        results = self._workers.do(job.run for job in jobs)
        for done, (job, result) in enumerate(zip(jobs, results, strict=True), 1):
            count(done, len(jobs), "files")
            notes[job.name] = result.note
            self._keep(job, result, keys[job.name])
            if result.unread:
                problems.leave_unread(job.name)
            for one in result.fresh:
                found[one.name] = SUMMARY.validate_json(one.summary)
            fresh = {one.name for one in result.fresh}
            for ref, _ in result.note.articles:
                if ref not in fresh:
                    found[ref] = summaries[ref][1]
        self._forget(notes, found)
        self.by_ref = {one.ref: one for one in sorted(found.values(), key=lambda one: one.ref)}
        self._tell(notes.values(), problems)

    def kept(self, name: str, defaults: Overrides) -> KeptFile | None:
        """A file as it was made before; None where it might come out otherwise now."""
        key = self._key(name, defaults)
        note = self._files.get(name, key) if key else None
        if note is None:
            return None
        today = latest_day()
        found = [self._summaries.get(*one) for one in note.articles]
        wholes = [self._wholes.get_json(*one) for one in note.articles]
        articles = tuple(one for one in found if one and one.holds_on(today))
        kept = KeptFile(note, articles, tuple(data for data in wholes if data is not None))
        return kept if len(articles) == len(kept.wholes) == len(found) else None

    @property
    def days(self) -> Days:
        """The days that articles state: the last that has come, the first ahead."""
        return Days.together(one.days for one in self.by_ref.values())

    def whole(self, ref: SourceRef) -> tuple[Article, Tags]:
        """An article with its tags. Raises ``DamagedError``."""
        try:
            return WHOLE.validate_json(self.stored(ref))
        except ValidationError as error:
            raise DamagedError(f"no article {ref.key}") from error

    def stored(self, ref: SourceRef) -> bytes:
        """As ``whole``, as it lies in the cache. Raises ``DamagedError``."""
        name, key = ref.key, self.by_ref[ref].key
        if self._last[:2] != (name, key):
            data = self._wholes.get_json(name, key)
            if data is None:
                raise DamagedError(f"no article {name}")
            self._last = name, key, data
        return self._last[2]

    def article(self, ref: SourceRef) -> Article:
        """An article. Raises ``DamagedError``."""
        return self.whole(ref)[0]

    def story(self, group: Group) -> Story:
        """An article that gets a page, with its copies. Raises ``DamagedError``."""
        return Story(
            article=self.article(group.ref),
            copies=tuple(map(self.article, group.copies)),
            related=group.related,
            later=group.later,
            decided=group.decided,
        )

    def _candidates(self, problems: ProblemLog) -> Iterator[str]:
        for name in article_names(self._root, problems):
            if is_stray(name.rpartition("/")[2]):
                problems.note(name, "no article, left alone")
            else:
                yield name

    def _key(self, name: str, defaults: Overrides) -> str | None:
        """The digest of all that decides what a file gives; None where that is not known."""
        parts = [name, *(name + ending for ending in _SIDECARS)]
        contents = [self._tree.contents(part) or "" for part in parts]
        if not contents[0] or any(part in self._tree.odd for part in parts):
            return None
        made_of = [self._code, *contents, repr(defaults) if defaults.places else ""]
        return digest_of(" ".join(made_of))

    def _keep(self, job: _Job, result: FileResult, key: str | None) -> None:
        for one in result.fresh:
            self._summaries.put_json(one.name, one.key, one.summary)
            self._wholes.put_json(one.name, one.key, one.whole)
            self._cache.put("sketch", {one.name: (one.key, one.sketch)})
        # A file that was changed while it was read may be another one than was looked at.
        if key is not None and not result.unread and self._tree.is_as_seen(job.name):
            self._files.put(job.name, key, result.note)

    def _forget(self, notes: Mapping[str, FileNote], found: Mapping[str, Prepared]) -> None:
        self._files.keep_only(notes.keys())
        self._summaries.keep_only(found.keys())
        self._wholes.keep_only(found.keys())
        self._cache.keep_only("sketch", found.keys())

    def _tell(self, notes: Iterable[FileNote], problems: ProblemLog) -> None:
        for note in notes:
            for warned in note.warnings:
                problems.warn(*warned)
            for told in note.notes:
                problems.note(*told)
        # What is said of a folder or an export is said once.
        for warned in {warned: None for one in self.by_ref.values() for warned in one.warnings}:
            problems.warn(*warned)
        drops = [(ref.path, one.drops) for ref, one in self.by_ref.items() if one.drops]
        if not drops:
            return
        from dwiwarta.clean import without_use  # see ``prepare``

        for path, start in without_use(drops):
            problems.warn(path, 1, f"drop: no paragraph begins with {start!r}")


def _known(
    note: FileNote, summaries: Mapping[str, tuple[str, Prepared]], today: date
) -> dict[str, Prepared]:
    """Those articles of a file that would come out the same today."""
    found = {}
    for name, key in note.articles:
        stored, summary = summaries.get(name, ("", None))
        if summary is not None and stored == key and summary.holds_on(today):
            found[name] = summary
    return found

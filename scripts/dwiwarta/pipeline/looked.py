"""Files that somebody names, as articles: by what the last build kept, else made now.

For commands that look at articles and write nothing: ``inspect`` and ``compare``. What is kept
counts only where a build would take it, so the answer is the same with it and without.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from dwiwarta import trees
from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.clean import Rules, days_ahead, drops_of, load_rules, without_use
from dwiwarta.dedupe import find_pairs
from dwiwarta.errors import ArticleError, SiteError
from dwiwarta.model import Article, Overrides, Pair, SourceRef, Tags
from dwiwarta.pipeline.articles import Articles, KeptFile
from dwiwarta.pipeline.near_duplicates import known_pairs
from dwiwarta.pipeline.prepare import WHOLE, Warned
from dwiwarta.pipeline.run import hold_unused
from dwiwarta.pipeline.stages import TABLES
from dwiwarta.pipeline.whole import clean_each
from dwiwarta.pipeline.workers import Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.read import (
    DEFAULTS_NAMES,
    EXPORT_ENDINGS,
    FolderDefaults,
    GivenFile,
    given_files,
    read_file,
    sidecar_of,
)
from dwiwarta.settings import Project, load_settings


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An article; ``tags`` where the last build kept them."""

    article: Article
    tags: Tags | None


@dataclass(slots=True)
class _File:
    """What a file holds, and what there is to tell of it."""

    articles: list[LookedAt]
    warnings: list[Warned]
    notes: list[tuple[str, str]]


class Looked:
    """The articles of some files, each named as ``GivenFile.shown`` says.

    ``as_built``: only those that a build takes; else with those that their editors leave out.
    """

    def __init__(
        self, project: Project, files: Sequence[GivenFile], *, as_built: bool = False
    ) -> None:
        self._as_built = as_built
        self._input = project.settings.input
        self._root = project.articles_dir.resolve()
        self._files = files
        self._rules: Rules | None = None
        self._kept: dict[Path, KeptFile] = {}
        self._compared: tuple[Mapping[str, str], tuple[Pair, ...]] = {}, ()
        # By the name that is shown: the name below ``articles/``, and of what it was made.
        self._known: dict[SourceRef, tuple[str, str]] = {}
        if (project.cache_dir / CACHE_NAME).is_file() and not project.cache_dir.is_symlink():
            with suppress(SiteError, OSError), hold_unused(project):
                self._take_kept(project)

    def __len__(self) -> int:
        """How many files."""
        return len(self._files)

    def files(self, problems: ProblemLog) -> Iterator[list[LookedAt]]:
        """What each file holds; what cannot be used is told."""
        drops: list[tuple[str, tuple[tuple[str, bool], ...]]] = []
        defaults: dict[Path, FolderDefaults] = {}
        told = set[Warned]()
        for file in self._files:
            if file.top not in defaults:
                defaults[file.top] = FolderDefaults(file.top, problems.inside(file.top.name))
            over = defaults[file.top].of(file.below)
            found = self._of_kept(file) or self._made(file, over)
            for path, line, reason in found.warnings:
                warned = _shown_name(path, file), line, reason
                if warned not in told:
                    problems.warn(*warned)
                    told.add(warned)
            for path, text in found.notes:
                problems.note(_shown_name(path, file), text)
            drops += [(one.article.ref.path, drops_of(one.article)) for one in found.articles]
            yield found.articles
        for path, start in without_use(drops):
            problems.warn(path, 1, f"drop: no paragraph begins with {start!r}")

    def pairs(self, articles: Sequence[Article]) -> tuple[Pair, ...]:
        """What some of these articles are to each other, as ``find_pairs`` says."""
        keys, pairs = self._compared
        shown: dict[str, SourceRef] = {}
        for article in articles:
            name, key = self._known.get(article.ref, ("", ""))
            if name in shown or not name or keys.get(name) != key:
                return find_pairs(articles)
            shown[name] = article.ref
        found = []
        for pair in pairs:
            if pair.a.key in shown and pair.b.key in shown:
                a, b = sorted((shown[pair.a.key], shown[pair.b.key]))
                found.append(replace(pair, a=a, b=b))
        return tuple(sorted(found, key=lambda pair: (pair.a, pair.b)))

    def _take_kept(self, project: Project) -> None:
        with Cache(project.cache_dir / CACHE_NAME, TABLES) as cache, Workers() as workers:
            tree = trees.open_tree(project.articles_dir, project.cache_dir)
            articles = Articles(project, cache, tree, workers)
            defaults = FolderDefaults(project.articles_dir, ProblemLog())
            for file in self._files:
                if file.top != self._root:
                    continue
                if kept := articles.kept(file.below, defaults.of(file.below)):
                    self._kept[file.path] = kept
            self._compared = known_pairs(cache)

    def _of_kept(self, file: GivenFile) -> _File | None:
        """A file as the last build kept it; None where that does not tell all of it."""
        kept = self._kept.get(file.path)
        if not kept or not (self._as_built or _is_all(kept, file)):
            return None
        found = _File([], list(kept.note.warnings), list(kept.note.notes))
        for summary, whole in zip(kept.articles, kept.wholes, strict=True):
            try:
                article, tags = WHOLE.validate_json(whole)
            except ValueError:  # damaged
                return None
            one = LookedAt(_shown(article, file), tags)
            found.articles.append(one)
            found.warnings += summary.warnings
            self._known[one.article.ref] = summary.ref.key, summary.key
        return found

    def _made(self, file: GivenFile, defaults: Overrides) -> _File:
        rules = self._rules = self._rules or load_rules()  # a third of a second
        log = ProblemLog()
        articles: list[Article] = []
        try:
            raws = read_file(file.path, file.name, self._input, log, defaults)
        except ArticleError as error:
            log.add(error)
            raws = ()
        for raw in raws:
            if self._as_built and (raw.overrides.skip or (raw.sample and not self._input.samples)):
                continue
            made = tuple(clean_each([raw], rules, log))
            for ref, reason in days_ahead([raw], made):
                log.warn(ref.path, ref.line, reason)
            articles += made
        return _File(
            [LookedAt(_shown(article, file), None) for article in articles],
            [(one.path, one.line, one.reason) for one in log.all],
            list(log.notes),
        )


def look_at(
    root: Path, paths: Sequence[Path], problems: ProblemLog, *, as_built: bool = False
) -> Looked:
    """The articles in ``paths``, by settings and rules of the project at ``root``, which may be
    none. ``as_built``: only those that a build takes; all files in folders are told that cannot
    be used, and the articles of a single folder are named by their path below it. Raises
    ``SettingsError``.
    """
    root = root.resolve()
    project = Project(root, load_settings(root), site_name="")
    files = list(given_files(paths, problems, project.articles_dir, all_kinds=as_built))
    if as_built and len(paths) == 1 and paths[0].is_dir():
        files = [replace(file, shown=file.path.relative_to(paths[0]).as_posix()) for file in files]
    return Looked(project, files, as_built=as_built)


def _is_all(kept: KeptFile, file: GivenFile) -> bool:
    """Whether nothing of a file is left out by its editor: of that nothing is kept."""
    in_part = file.path.suffix.casefold() in EXPORT_ENDINGS and sidecar_of(file.path)
    return bool(kept.articles) and not in_part


def _shown(article: Article, file: GivenFile) -> Article:
    """An article by the names that the person who asked gave."""
    over = article.overrides
    places = tuple((key, _shown_name(path, file), line) for key, path, line in over.places)
    decisions = tuple(replace(one, file=_shown_name(one.file, file)) for one in over.decisions)
    return replace(
        article,
        ref=replace(article.ref, path=_shown_name(article.ref.path, file)),
        overrides=replace(over, places=places, decisions=decisions),
    )


def _shown_name(path: str, file: GivenFile) -> str:
    """The name of an article's file, of its sidecar or of a folder's defaults."""
    if path.rpartition("/")[2] in DEFAULTS_NAMES:
        return f"{file.top.name}/{path}"
    return f"{file.shown}{path.removeprefix(file.name)}" if path.startswith(file.name) else path

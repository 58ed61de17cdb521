"""What is done to each article by itself: read, clean, tag, and what comparing it will take.

``prepare_file`` depends on one file, its sidecar and the defaults of its folder alone, so it can
run in any process, and what it gives can be kept for as long as these, our code and our knowledge
stay the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from dwiwarta.dedupe import Profiler, dump_sketch, load_profiler
from dwiwarta.errors import ArticleError
from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.model import (
    Article,
    Decision,
    Overrides,
    Published,
    RawArticle,
    RemovalKind,
    SourceRef,
    Tags,
)
from dwiwarta.pipeline.last_build import Days
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import InputSettings
from dwiwarta.slugs import readable_slug

if TYPE_CHECKING:
    from dwiwarta.clean import Rules
    from dwiwarta.tag import Tagger

Warned = tuple[str, int, str]  # path, line, reason


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every build has to know of each article, small enough to be held for all of them.

    ``key``: digest of the record that it was made of, and of the code. ``length``: characters of
    its paragraphs. ``slug``: its readable name, which others may have too. ``drops``: what its
    editor named under ``drop``, and whether something was dropped for it. ``days``: those that it
    and its name state. ``address``: where it was published.
    ``decisions``: what its editor decided about it and others. ``chosen``: the last part of its
    page's address if an editor chose it, with file and line.
    """

    ref: SourceRef
    key: str
    published: Published | None
    length: int
    slug: str
    paragraphs: int
    removed: int
    repeats: int
    about: tuple[str, ...]
    topics: tuple[str, ...]
    drops: tuple[tuple[str, bool], ...]
    days: Days
    warnings: tuple[Warned, ...]
    address: str | None = None
    decisions: tuple[Decision, ...] = ()
    title: str = ""
    chosen: tuple[str, str, int] | None = None

    def holds_on(self, today: date) -> bool:
        """Whether it would come out the same on that day."""
        return self.days.hold_on(today)


@dataclass(frozen=True, slots=True)
class FileNote:
    """What is remembered of a file: its articles, as name and key, and what was told of it."""

    articles: tuple[tuple[str, str], ...]
    warnings: tuple[Warned, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One article as it is stored: its summary, the whole (article and tags), and its sketch."""

    name: str
    key: str
    summary: bytes
    whole: bytes
    sketch: bytes


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file. ``fresh``: its articles, without those that were known already.

    ``unread``: why it could not be read at all, though it may hold articles.
    """

    note: FileNote
    fresh: tuple[Result, ...]
    unread: bool


SUMMARY = TypeAdapter(Prepared)
FILE_NOTE = TypeAdapter(FileNote)
WHOLE: TypeAdapter[tuple[Article, Tags]] = TypeAdapter(tuple[Article, Tags])
_RAW = TypeAdapter(RawArticle)


def prepare_file(
    path: Path,
    name: str,
    settings: InputSettings,
    code: str,
    known: Mapping[str, str],
    today: date,
    defaults: Overrides,
) -> FileResult:
    """Read a file and prepare its articles; ``name`` and ``defaults`` as for ``read_file``.

    ``known``: keys of its articles that were prepared before, by name. Raises nothing for a file
    or an article that cannot be used: these are among the warnings.
    """
    problems = ProblemLog()
    try:
        raws = read_file(path, name, settings, problems, defaults)
    except ArticleError as error:
        problems.add(error)
        raws = ()
    articles: list[tuple[str, str]] = []
    fresh: list[Result] = []
    for raw in raws:
        if raw.overrides.skip or (raw.sample and not settings.samples):
            continue
        key = digest_of(code, _RAW.dump_json(raw))
        if known.get(raw.ref.key) == key:
            articles.append((raw.ref.key, key))
            continue
        try:
            fresh.append(_prepare(raw, key, today))
        except ArticleError as error:
            problems.add(error)
        else:
            articles.append((raw.ref.key, key))
    note = FileNote(
        tuple(articles),
        tuple((p.path, p.line, p.reason) for p in problems.all),
        problems.notes,
    )
    return FileResult(note, tuple(fresh), problems.unread)


def _prepare(raw: RawArticle, key: str, today: date) -> Result:
    # Imported here, as a build in which no article has changed needs none of it.
    from dwiwarta.clean import clean_article, days_ahead, drops_of, stated_days, unknown_outlets

    rules, tagger, profiler = _tools()
    article = clean_article(raw, rules, today)
    tags = tagger.tag(article)
    summary = Prepared(
        ref=article.ref,
        key=key,
        published=article.published,
        length=sum(map(len, article.paragraphs)),
        slug=readable_slug(article.title, article.published),
        paragraphs=len(article.paragraphs),
        removed=len(article.removed),
        repeats=sum(removal.kind is RemovalKind.REPEAT for removal in article.removed),
        about=tags.about,
        topics=tuple(topic.id for topic in tags.topics),
        drops=drops_of(article),
        days=Days.of(stated_days(raw, article), today),
        warnings=(
            *((ref.path, ref.line, reason) for ref, reason in days_ahead([raw], [article], today)),
            *unknown_outlets(raw, rules),
        ),
        address=article.source_url,
        decisions=article.overrides.decisions,
        title=article.title,
        chosen=chosen_slug(article),
    )
    return Result(
        article.ref.key,
        key,
        SUMMARY.dump_json(summary),
        WHOLE.dump_json((article, tags)),
        dump_sketch(profiler.sketch(article)),
    )


def chosen_slug(article: Article) -> tuple[str, str, int] | None:
    """The last part of an article's address if an editor chose it, with file and line."""
    overrides = article.overrides
    places = (place for place in overrides.places if place[0] == "slug")
    return next(((overrides.slug or "", file, line) for _, file, line in places), None)


@remembered
def _tools() -> tuple["Rules", "Tagger", Profiler]:
    """What is read and compiled once a process."""
    from dwiwarta.clean import load_rules
    from dwiwarta.tag import load_tagger

    return load_rules(), load_tagger(), load_profiler()

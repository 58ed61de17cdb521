"""The build, readable from top to bottom: everything is gathered before anything is rendered."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dwiwarta.clean import load_rules
from dwiwarta.dedupe import find_pairs, group_stories
from dwiwarta.errors import SiteError
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.lock import hold_lock
from dwiwarta.model import Entry, RemovalKind, Story, Tags, TranslatedText
from dwiwarta.pipeline.whole import clean_all
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.read import read_folder
from dwiwarta.render import render_pages
from dwiwarta.search import index_entries
from dwiwarta.settings import Project
from dwiwarta.site import (
    SiteCount,
    check_places,
    lock_pages,
    make_site,
    write_docs,
    written_pages,
)
from dwiwarta.slugs import unique_slugs
from dwiwarta.tag import load_tagger
from dwiwarta.translate import (
    TranslationCount,
    TranslationLog,
    make_chain,
    memory_path,
    open_memory,
    translate_stories,
)

BUILD_LOCK = "build.lock"
BUILD_WAIT_SECONDS = 600.0  # of ten minutes a build takes one, unless it asks slow engines
PAGES_STAY = "No page was removed, as articles could not be read that may still be there."

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, in the numbers that its last lines show.

    ``notes``: why engines were not used or were given up, a line each.
    """

    articles: int
    paragraphs: int
    removed: int
    repeats: int
    merged: int
    linked: int
    translation: TranslationCount
    notes: tuple[str, ...]
    countries: int
    topics: int
    pages_written: int
    pages_unchanged: int
    pages_removed: int
    site_rendered: bool
    seconds: float


def build(
    project: Project,
    problems: ProblemLog,
    progress: Progress,
    *,
    engines: Sequence[str] | None = None,
    with_site: bool = True,
    on_wait: Progress | None = None,
) -> BuildSummary:
    """Turn ``articles/`` into ``docs/`` and, unless told otherwise, into ``site/``.

    ``engines`` replaces the configured chain (an empty one: the memory alone). Unusable articles
    and other warnings go to ``problems``. One build runs at a time: ``on_wait`` is told of the one
    that is waited for, ``progress`` if there is no ``on_wait``. Raises ``DwiwartaError`` when
    nothing sensible can be built; then no page has been touched.
    """
    tell = on_wait or progress
    check_places(project)
    lock = project.cache_dir / BUILD_LOCK
    with hold_lock(lock, BUILD_WAIT_SECONDS, what="this project", error=SiteError, on_wait=tell):
        return _build(project, problems, progress, tell, engines, with_site)


def _build(
    project: Project,
    problems: ProblemLog,
    progress: Progress,
    on_wait: Progress,
    engines: Sequence[str] | None,
    with_site: bool,
) -> BuildSummary:
    """The build itself, by whoever holds the lock."""
    started = time.monotonic()
    settings = project.settings
    of_articles = problems.inside(project.articles_dir.relative_to(project.root).as_posix())

    progress("Reading articles")
    raw = read_folder(project.articles_dir, settings.input, of_articles)
    if not raw and problems.unread:
        raise SiteError(
            "\n".join([*problems.lines(), "No article could be read: nothing is changed"])
        )

    progress(f"Cleaning articles: {len(raw)}")
    articles = clean_all(raw, load_rules(), of_articles)

    progress("Looking for near-duplicates")
    stories = group_stories(articles, find_pairs(articles), settings.dedupe)

    shown = [story.article for story in stories]
    progress(f"Translating paragraphs: {sum(len(a.paragraphs) for a in shown)}")
    translation = settings.translation
    if engines is not None:
        translation = translation.model_copy(update={"engines": tuple(engines)})
    log = TranslationLog()
    glossary = load_glossary()
    with open_memory(
        project.articles_dir, project.cache_dir, of_articles, on_wait=on_wait
    ) as memory:
        # No name holds the chain: its engines, and a local model's process, end here.
        texts = translate_stories(stories, memory, make_chain(translation, glossary), log)

    progress("Tagging countries and topics")
    tagger = load_tagger()
    tags = [tagger.tag(article) for article in shown]

    entries = make_entries(project, stories, texts, tags)

    progress("Rendering pages")
    used = glossary.consistency(segment for entry in entries for segment in entry.text.segments)
    quality = measure_quality(entries, used)
    written_by_hand = written_pages(project)
    pages = render_pages(entries, project, glossary.explanations, quality, written_by_hand)
    # A preview's MkDocs holds the same lock while it reads: it never meets half of a change.
    with lock_pages(project.cache_dir, on_wait=on_wait):
        written = write_docs(pages, project, keep_others=problems.unread)
        index_entries(entries, project)
        site = make_site(project, problems) if with_site else SiteCount(0, 0)

    stay = PAGES_STAY if problems.unread else ""
    return BuildSummary(
        articles=len(stories),
        paragraphs=sum(len(a.paragraphs) for a in shown),
        removed=sum(len(a.removed) for a in articles),
        repeats=sum(r.kind is RemovalKind.REPEAT for a in articles for r in a.removed),
        merged=sum(len(story.copies) for story in stories),
        linked=sum(len(story.related) for story in stories) // 2,
        translation=log.count,
        notes=tuple(note for note in (*log.notes, stay, site.note) if note),
        countries=len({code for t in tags for code in t.about}),
        topics=len({topic.id for t in tags for topic in t.topics}),
        pages_written=written.written,
        pages_unchanged=written.unchanged,
        pages_removed=written.removed,
        site_rendered=site.changed,
        seconds=time.monotonic() - started,
    )


def make_entries(
    project: Project,
    stories: Sequence[Story],
    texts: Sequence[TranslatedText],
    tags: Sequence[Tags],
) -> tuple[Entry, ...]:
    """Put together what the stages found about each article that gets a page."""
    slugs = unique_slugs([story.article for story in stories])
    folder = project.articles_dir.relative_to(project.root)
    return tuple(
        Entry(
            slug=slugs[story.article.ref],
            story=story,
            text=text,
            tags=tag,
            memory_path=(folder / memory_path(story.article.ref)).as_posix(),
            related=tuple(slugs[ref] for ref in story.related),
            later=slugs[story.later] if story.later else None,
        )
        for story, text, tag in zip(stories, texts, tags, strict=True)
    )

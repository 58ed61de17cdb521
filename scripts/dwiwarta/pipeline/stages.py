"""The build, readable from top to bottom: everything is gathered before anything is rendered."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.errors import SiteError
from dwiwarta.fingerprint import Tree
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.lock import hold_lock
from dwiwarta.pipeline.articles import Articles, DamagedError
from dwiwarta.pipeline.near_duplicates import find_groups
from dwiwarta.pipeline.pages import Pages
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import add_up
from dwiwarta.render import plan_pages
from dwiwarta.search import write_index
from dwiwarta.settings import Project
from dwiwarta.site import (
    SiteCount,
    check_places,
    lock_pages,
    make_site,
    open_tree,
    write_docs,
    written_pages,
)
from dwiwarta.translate import TranslationCount, TranslationLog, make_chain, open_memory

TABLES = ("article", "file", "memory", "page", "pairs", "part", "sketch", "text", "tree", "whole")
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
        path = project.cache_dir / CACHE_NAME
        for attempt in range(2):
            # A second time, should the cache turn out to be damaged: into a log of its own, so
            # that nothing is told twice.
            log = problems.fork()
            with contextlib.suppress(DamagedError), Cache(path, TABLES) as cache:
                summary = _build(project, cache, log, progress, tell, engines, with_site)
                problems.join(log)
                return summary
            path.unlink(missing_ok=True)
            assert attempt == 0, "a new cache cannot lack anything"
    raise AssertionError("a new cache cannot lack anything")


def _build(
    project: Project,
    cache: Cache,
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
    tree = Tree(project.articles_dir, cache.get("tree", "articles", "") or b"")
    tree.refresh()

    progress("Reading and cleaning articles")
    articles = Articles(project, cache, tree)
    articles.prepare(of_articles)
    if not articles.by_ref and problems.unread:
        raise SiteError(
            "\n".join([*problems.lines(), "No article could be read: nothing is changed"])
        )

    progress(f"Looking for near-duplicates among {len(articles.by_ref)}")
    groups = find_groups(articles, cache, settings.dedupe)
    cache.save()

    shown = [articles.by_ref[group.ref] for group in groups]
    progress(f"Translating paragraphs: {sum(one.paragraphs for one in shown)}")
    translation = settings.translation
    if engines is not None:
        translation = translation.model_copy(update={"engines": tuple(engines)})
    log = TranslationLog()
    glossary = load_glossary()
    pages = Pages(project, cache, articles, groups, glossary)
    with open_memory(
        project.articles_dir, project.cache_dir, of_articles, tree=tree, on_wait=on_wait
    ) as memory:
        # No name holds the chain: its engines, and a local model's process, end here.
        pages.translate(memory, make_chain(translation, glossary), log)
    tree.refresh()
    cache.put("tree", {"articles": ("", tree.dump())})
    cache.save()

    progress("Rendering pages")
    figures = [(note.summary.slug, note.figures) for note in pages.notes.values()]
    used = glossary.together(use for _, one in figures for use in one.terms)
    summaries = [note.summary for note in pages.notes.values()]
    planned = plan_pages(summaries, pages, project, add_up(figures, used), written_pages(project))
    # One at a time: whoever else writes or reads all of docs/ and site/ waits.
    with lock_pages(project.cache_dir, on_wait=on_wait):
        docs = open_tree(project, project.docs_dir)
        written = write_docs(planned, project, keep_others=problems.unread, docs=docs)
        write_index(pages.search_parts(), project)
        site = make_site(project, problems, docs) if with_site else SiteCount(0, 0)

    cache.save()
    cache.pack()

    stay = PAGES_STAY if problems.unread else ""
    everything = articles.by_ref.values()
    return BuildSummary(
        articles=len(groups),
        paragraphs=sum(one.paragraphs for one in shown),
        removed=sum(one.removed for one in everything),
        repeats=sum(one.repeats for one in everything),
        merged=sum(len(group.copies) for group in groups),
        linked=sum(len(group.related) for group in groups) // 2,
        translation=log.count,
        notes=tuple(note for note in (*log.notes, stay, site.note) if note),
        countries=len({code for one in shown for code in one.about}),
        topics=len({topic for one in shown for topic in one.topics}),
        pages_written=written.written,
        pages_unchanged=written.unchanged,
        pages_removed=written.removed,
        site_rendered=site.changed,
        seconds=time.monotonic() - started,
    )

"""The build, readable from top to bottom: everything is gathered before anything is rendered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from dwiwarta import trees
from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.errors import SiteError
from dwiwarta.fingerprint import Tree
from dwiwarta.knowledge.overlays import laid
from dwiwarta.pipeline.articles import Articles, remove_half_written
from dwiwarta.pipeline.code import KNOWN, knowledge_kept
from dwiwarta.pipeline.drafts import Drafts
from dwiwarta.pipeline.last_build import Days, Folders, articles_inputs
from dwiwarta.pipeline.near_duplicates import Comparison, find_groups
from dwiwarta.pipeline.notes import glossary
from dwiwarta.pipeline.pages import Pages
from dwiwarta.pipeline.renamed import Renamed
from dwiwarta.pipeline.summary import BuildSummary, Count
from dwiwarta.pipeline.table import with_cache
from dwiwarta.pipeline.workers import Pool, Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import add_up
from dwiwarta.render import can_draw, lexicon_pages, partner_page, plan_pages
from dwiwarta.search import search_words, stale_shards, write_index
from dwiwarta.settings import Project
from dwiwarta.site import (
    SiteCount,
    check_places,
    lock_pages,
    make_site,
    write_docs,
    written_pages,
)
from dwiwarta.translate import Provide, TranslationLog, check_gate_rules, make_chain, open_memory
from dwiwarta.words import check_own_words

TABLES = (
    *("address", "article", "card", "file", KNOWN, "memory", "page", "pairs", "part"),
    *("sidecar", "sketch", "text", "unmatched", "whole", "words"),
)
NO_FEEDS = "No feeds are written, as mkdocs.yml does not say where the site is (site_url)."
NO_CARDS = (
    "No social cards are drawn, as resvg-py is not installed; their number is site.social_cards."
)
FEW_FOLDERS = 10  # that are looked at by themselves
PAGES_STAY = "No page was removed, as articles could not be read that may still be there."

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller of a build wants of it, and wants to be told; see ``build``."""

    engines: Sequence[str] | None
    provide: Provide | None
    count: Count
    on_site: Callable[[], None]


def run_stages(
    project: Project,
    problems: ProblemLog,
    progress: Progress,
    on_wait: Progress,
    asked: Asked,
    folders: Folders | None,
    *,
    with_site: bool,
    scheduler: str | None = None,
) -> tuple[BuildSummary, Days | None]:
    """Build, by whoever holds the lock; see ``build``.

    ``folders``: what was found; None where it is not known yet. Beside the summary are the days in
    names of articles: as long as these stand to today as they do, the next build would come out the
    same; None if it may come out another way in any case.
    """
    _check_own_rules()
    check_places(project, folders.docs if folders else None, folders.site if folders else None)
    folders = folders or Folders.of(project)

    def once(cache: Cache) -> tuple[BuildSummary, Days | None]:
        renamed, done = Renamed(), None
        with (
            Workers(_pool(scheduler, folders.articles)) as workers,
            Drafts(project.cache_dir) as drafts,
            knowledge_kept(cache),
        ):
            make = partial(_build, project, cache, workers, drafts, folders, renamed, asked)
            while done is None:  # again with the sidecars that were found meanwhile
                log = problems.fork()  # of its own, so that nothing is told twice
                done = make(log, progress, on_wait, with_site)
        problems.join(log)
        return done

    return with_cache(project.cache_dir / CACHE_NAME, TABLES, once)


def _check_own_rules() -> None:
    """Raise ``SettingsError`` for a fault of the site that would show when pages are written."""
    own = laid().texts
    if "gate.yml" in own:
        check_gate_rules()
    if own.keys() & {"alignment.yml", "lexicon.yml", "newspaper.yml"}:
        check_own_words()
    if "search.yml" in own:
        search_words()


def _pool(scheduler: str | None, articles: Tree) -> Pool | None:
    if scheduler is None:
        return None
    from dwiwarta.pipeline.cluster import DaskPool  # a second, and only where it is installed

    return DaskPool(scheduler, articles)


def _build(
    project: Project,
    cache: Cache,
    workers: Workers,
    drafts: Drafts,
    folders: Folders,
    renamed: Renamed,
    asked: Asked,
    problems: ProblemLog,
    progress: Progress,
    on_wait: Progress,
    with_site: bool,
) -> tuple[BuildSummary, Days | None] | None:
    """The stages from top to bottom; None where they have to begin again.

    ``renamed``: what was moved so far in this build.
    """
    settings = project.settings
    of_articles = problems.inside(project.articles_dir.relative_to(project.root).as_posix())
    tree, docs = folders.articles, folders.docs
    remove_half_written(project, tree)
    renamed.take_same(tree, cache, of_articles)
    read = articles_inputs(tree)

    progress("Reading and cleaning articles")
    articles = Articles(project, cache, tree, workers)
    articles.prepare(of_articles, asked.count)
    if not articles.by_ref and problems.unread:
        raise SiteError(
            "\n".join([*problems.lines(), "No article could be read: nothing is changed"])
        )

    progress(f"Looking for near-duplicates among {len(articles.by_ref)}")
    comparison = Comparison(articles, cache, workers.begin)
    cache.save()

    terms = glossary()
    log = TranslationLog()
    # Opened while articles are compared, as both take long where all is new.
    with open_memory(
        project.articles_dir,
        project.cache_dir,
        of_articles,
        tree=tree,
        on_wait=on_wait,
        do=workers.do,
    ) as memory:
        groups = find_groups(articles, comparison, settings.dedupe, of_articles, asked.count)
        cache.save()

        shown = [articles.by_ref[group.ref] for group in groups]
        progress(f"Translating paragraphs: {sum(one.paragraphs for one in shown)}")
        translation = settings.translation
        if asked.engines is not None:
            translation = translation.model_copy(update={"engines": tuple(asked.engines)})
        pages = Pages(project, cache, articles, groups, workers, drafts)
        # What could not be read may be what a memory file belongs to.
        refs = [group.ref for group in groups]
        if not problems.unread and renamed.take_memory(
            memory, refs, pages.story, lambda: tree, of_articles
        ):
            return None
        renamed.tell(of_articles)
        pages.settle_addresses(memory, of_articles, renamed.memory)
        # No name holds the chain: its engines, and a local model's process, end here.
        pages.translate(
            memory, make_chain(translation, terms, provide=asked.provide), log, asked.count
        )
        if unlike := memory.unlike(tree):  # it has written something
            places = {path[: path.rfind("/") + 1] for path in unlike}
            for place in places if len(places) <= FEW_FOLDERS else ("",):
                tree.refresh(place)
        held = not memory.unlike(tree)
        # Nobody has changed anything since it was read; what was adopted is told once.
        steady = held and articles_inputs(tree) == read and not renamed
    cache.save()

    progress("Rendering pages")
    figures = [(note.summary.slug, note.figures) for note in pages.notes.values()]
    used = terms.together(use for _, one in figures for use in one.terms)
    summaries = [note.summary for note in pages.notes.values()]
    quality, written_by_hand = add_up(figures, used), written_pages(project)
    planned = plan_pages(summaries, pages, project, quality, written_by_hand, pages.moved)
    # One at a time: whoever else writes or reads all of docs/ and site/ waits.
    with lock_pages(project.cache_dir, on_wait=on_wait):
        try:
            pages.shards.begin(lambda: stale_shards(pages.search_parts(), project, docs))
            written = write_docs(
                planned,
                project,
                beside=(*lexicon_pages(project), partner_page(summaries, pages)),
                keep_others=problems.unread,
                docs=docs,
                render=partial(pages.render, count=asked.count),
            )
            index = write_index(pages.search_parts(), project, pages.shards.make, docs)
            cache.keep_only("words", index.shards)
            site = SiteCount(0, 0)
            if with_site:
                site = make_site(project, problems, docs, folders.site, asked.on_site)
        finally:  # for the next build: who waits for a page need not wait for this
            for one in (tree, docs):
                trees.save_tree(one, project.cache_dir)

    cache.save()
    cache.pack()

    stay = PAGES_STAY if problems.unread else ""
    no_feeds = "" if project.site_url or not settings.site.feeds else NO_FEEDS
    wanted = project.site_url and settings.site.social_cards
    no_cards = NO_CARDS if wanted and not can_draw() else ""
    everything = articles.by_ref.values()
    summary = BuildSummary(
        articles=len(groups),
        paragraphs=sum(one.paragraphs for one in shown),
        removed=sum(one.removed for one in everything),
        repeats=sum(one.repeats for one in everything),
        merged=sum(len(group.copies) for group in groups),
        linked=sum(len(group.related) for group in groups) // 2,
        translation=log.count,
        notes=tuple(note for note in (*log.notes, stay, no_feeds, no_cards, site.note) if note),
        countries=len({code for one in shown for code in one.about}),
        topics=len({topic for one in shown for topic in one.topics}),
        pages_written=written.written,
        pages_unchanged=written.unchanged,
        pages_removed=written.removed,
        site_rendered=site.changed,
        seconds=0.0,
    )
    return summary, articles.days if steady and pages.settled else None

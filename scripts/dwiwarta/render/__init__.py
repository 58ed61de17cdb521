"""Stage 6: everything known about the articles → plain pages for MkDocs.

Nothing is read or written here: the same entries and settings give the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import speaking
from dwiwarta.knowledge.glossary import Explain
from dwiwarta.model import Entry, Page, Summary
from dwiwarta.quality import Quality
from dwiwarta.render.archive import newest_first
from dwiwarta.render.article import ArticlePage, article_pages, draft_article, show_article
from dwiwarta.render.books import book_pages
from dwiwarta.render.digests import shared_digest
from dwiwarta.render.feeds import feed_of, feed_pages, plan_feeds
from dwiwarta.render.home import home_page
from dwiwarta.render.indexes import index_page
from dwiwarta.render.lexicon import lexicon_pages
from dwiwarta.render.lists import ARCHIVE, archive_pages, tag_pages
from dwiwarta.render.mine import mine_page, my_words_page, recent_page
from dwiwarta.render.moved import moved_articles, moved_pages
from dwiwarta.render.near import Neighbours, finish_article
from dwiwarta.render.offline import offline_pages
from dwiwarta.render.partners import partner_page, partner_sample
from dwiwarta.render.quality_page import quality_page
from dwiwarta.render.sitemap import Listed, sitemap_pages
from dwiwarta.render.social import can_draw, plan_cards, social_pages
from dwiwarta.render.stories import by_article, story_pages, told_stories
from dwiwarta.render.summary import EntryLibrary, Library, explanations, summarise
from dwiwarta.render.tags import by_country, by_topic
from dwiwarta.render.told import Told, tell
from dwiwarta.render.unmatched import Unmatched, unmatched_of
from dwiwarta.render.views import Card, card
from dwiwarta.settings import Project

__all__ = [
    "ArticlePage",
    "Card",
    "EntryLibrary",
    "Library",
    "Neighbours",
    "Unmatched",
    "can_draw",
    "card",
    "draft_article",
    "explanations",
    "finish_article",
    "lexicon_pages",
    "partner_page",
    "partner_sample",
    "plan_pages",
    "render_pages",
    "show_article",
    "summarise",
    "unmatched_of",
]

# Articles kept at hand while feeds and e-books are made, which share many: some 20 KB each.
TOLD = 100
NOTHING_MOVED: Mapping[str, str] = MappingProxyType({})


def plan_pages(
    summaries: Sequence[Summary],
    library: Library,
    project: Project,
    quality: Quality | None = None,
    written: Sequence[str] = (),
    moved: Mapping[str, str] = NOTHING_MOVED,
) -> tuple[Page, ...]:
    """All generated pages, by path below ``docs/``. The order of ``summaries`` does not matter.

    ``library`` is asked for an article only while a page that shows it is rendered. ``quality``:
    the figures of the quality page; without them there is none. ``written``: folders of the pages
    written by hand that search engines may list, for the sitemap. ``moved``: slugs under which
    articles were known before, with those of today.
    """
    language = project.settings.site.language
    with speaking(language):
        return _planned(summaries, library, project, quality, written, moved)


def _spoken(page: Page, language: str) -> Page:
    """The page, rendered in ``language`` whenever that is done; those of articles know theirs."""
    if isinstance(page.render, ArticlePage):
        return page

    def render() -> bytes:
        with speaking(language):
            return page.render()

    return replace(page, render=render)


def _planned(
    summaries: Sequence[Summary],
    library: Library,
    project: Project,
    quality: Quality | None,
    written: Sequence[str],
    moved: Mapping[str, str],
) -> tuple[Page, ...]:
    pages = list(_pages(newest_first(summaries), library, project, quality))
    listed = [Listed(folder) for folder in written]
    if project.settings.site.index_by_search_engines:
        ours = [one for one in pages if one.path.endswith(".md")]
        listed += [Listed(one.path.removesuffix("index.md"), one.day) for one in ours]
    pages += sitemap_pages(listed, project)
    pages += moved_articles(moved, project)
    language = project.settings.site.language
    return tuple(_spoken(page, language) for page in sorted(pages, key=lambda one: one.path))


def render_pages(
    entries: Sequence[Entry],
    project: Project,
    explain: Explain | None = None,
    quality: Quality | None = None,
    written: Sequence[str] = (),
) -> tuple[Page, ...]:
    """As ``plan_pages`` for entries that are all at hand.

    ``explain`` finds terms of the Indonesian that readers are told the meaning of.
    """
    library = EntryLibrary(entries, explain)
    with speaking(project.settings.site.language):
        return plan_pages(library.summaries(), library, project, quality, written)


def _pages(
    ordered: Sequence[Summary], library: Library, project: Project, quality: Quality | None
) -> Iterator[Page]:
    shared = shared_digest(project)
    size = project.settings.site.page_size
    countries, topics = by_country(ordered), by_topic(ordered)
    feeds = plan_feeds(ordered, countries, topics, project)
    feed_of_base = {feed.base: feed for feed in feeds}
    stories = told_stories(ordered)
    story_of = by_article(stories)
    links = {slug: story.link for slug, story in story_of.items()}
    yield home_page(ordered, countries, topics, links, library, project, shared)
    yield from archive_pages(ordered, library, project, shared)
    yield from moved_pages("", ARCHIVE, len(ordered), size)
    yield index_page("Country", countries, project, shared)
    yield index_page("Topic", topics, project, shared)
    for tagged in (*countries, *topics):
        feed = feed_of_base.get(feed_of(tagged))
        yield from tag_pages(tagged, feed, story_of, library, project, shared)
        number = len(tagged.about) + len(tagged.mentioned)
        yield from moved_pages(tagged.url, tagged.url, number, size)
    carded = plan_cards(ordered, stories, project)
    yield from story_pages(stories, library, project, shared, carded)
    yield from article_pages(ordered, links, library, project, shared, carded)
    yield from social_pages(carded, ordered, stories, library, project, shared)

    @lru_cache(TOLD)
    def told(slug: str) -> Told:
        return tell(library.entry(slug))

    yield mine_page(project, shared)
    yield my_words_page(project, shared)
    yield recent_page(ordered)
    yield from feed_pages(feeds, told, project, shared)
    yield from book_pages(ordered, stories, library, told, project, shared)
    if project.settings.site.offline:
        yield from offline_pages(ordered, library, project, shared)
    if quality is not None:
        yield quality_page(quality, project, digest_of("quality", shared, repr(quality)))

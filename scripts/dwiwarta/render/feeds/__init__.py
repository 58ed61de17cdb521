"""Feeds of the newest articles: of everything, and of each country, topic and source.

Static files beside the pages, with the full text in both languages. Each depends on the articles in
it alone, so that a new one changes only the feeds that it is in.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page
from dwiwarta.render.feeds.atom import atom
from dwiwarta.render.feeds.items import Item, make_item
from dwiwarta.render.feeds.jsonfeed import json_feed
from dwiwarta.render.feeds.listing import listing_page
from dwiwarta.render.feeds.opml import opml
from dwiwarta.render.feeds.plan import (
    ATOM,
    ATOM_TYPE,
    EVERYTHING,
    JSON,
    JSON_TYPE,
    OPML,
    Feed,
    feed_of,
    plan_feeds,
)
from dwiwarta.render.head import address
from dwiwarta.render.told import Told
from dwiwarta.render.views import article_url
from dwiwarta.settings import Project

__all__ = [
    "ATOM",
    "ATOM_TYPE",
    "EVERYTHING",
    "JSON",
    "JSON_TYPE",
    "Feed",
    "feed_of",
    "feed_pages",
    "plan_feeds",
]

Write = Callable[[Feed, Sequence[Item], Project], bytes]
REMEMBERED = 100  # items, of some 10 KB each: both files of a feed, and what is in several
WRITERS: tuple[tuple[str, Write], ...] = ((ATOM, atom), (JSON, json_feed))


def feed_pages(
    feeds: Sequence[Feed], told: Callable[[str], Told], project: Project, shared: str
) -> Iterator[Page]:
    """The files of all feeds, the list of them for feed readers, and that for people.

    ``told``: what is told of an article, by its slug.
    """
    if not feeds:
        return

    @lru_cache(REMEMBERED)
    def item(slug: str) -> Item:
        return make_item(told(slug), address(project, article_url(slug)) or "")

    for feed in feeds:
        items = (f"{one.slug} {one.page}" for one in feed.items)
        digest = digest_of("feed", shared, _named(feed), *items)
        for ending, write in WRITERS:

            def render(feed: Feed = feed, write: Write = write) -> bytes:
                return write(feed, [item(one.slug) for one in feed.items], project)

            yield Page(f"{feed.base}{ending}", digest_of(digest, ending), render)
    yield Page(OPML, digest_of("opml", shared, *map(_named, feeds)), lambda: opml(feeds, project))
    yield listing_page(feeds, project, digest_of("feeds", shared, *map(_named, feeds)))


def _named(feed: Feed) -> str:
    return repr(
        (feed.base, feed.kind, feed.name, feed.beside, feed.title, feed.subtitle, feed.page)
    )

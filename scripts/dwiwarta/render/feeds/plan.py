"""Which feeds there are, what stands in each, and the names by which readers of feeds know them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from slugify import slugify

from dwiwarta.interface import gettext
from dwiwarta.model import Summary
from dwiwarta.render.head import FeedLink
from dwiwarta.render.tags import Tagged, in_brackets, title
from dwiwarta.settings import Project

FOLDER = "feed/"
OPML = f"{FOLDER}feeds.opml"
EVERYTHING = f"{FOLDER}all"
ATOM, JSON = ".xml", ".json"
ATOM_TYPE, JSON_TYPE = "application/atom+xml", "application/feed+json"
# Articles. Of everything, what a busy site publishes in a day; programs ask more often than that. A
# file of so many is 100 to 300 KB, and with 10,000 articles there are some 300 files.
NEWEST, NEWEST_OF_PART = 30, 10
# Articles below which a country, topic or source has no feed: it is in the news too seldom to be
# followed, and most of the world's countries are. Each feed is two files with full texts.
ENOUGH = 5
# A tag: address names who made it and a day on which the name was theirs (RFC 4151). All have the
# year in which Dwiwarta began to write feeds: ids must not change when a date is corrected.
SINCE = "2026"


@dataclass(frozen=True, slots=True)
class Feed:
    """``base``: of its files below ``docs/``, without ending. ``items``: newest first, all dated.

    ``name``, ``beside``: plain text, in the language of the interface and, where that differs, in
    the other one; ``page``: folder of the page with the same articles, "" for the home page.
    """

    base: str
    kind: str
    name: str
    beside: str
    title: str
    subtitle: str
    page: str
    items: tuple[Summary, ...]


def plan_feeds(
    ordered: Sequence[Summary],
    countries: Sequence[Tagged],
    topics: Sequence[Tagged],
    project: Project,
) -> tuple[Feed, ...]:
    """All feeds; ``ordered``: newest first. None without ``site_url``, as feeds are read elsewhere
    and hold whole addresses, and where the settings want none.
    """
    if not project.site_url or not project.settings.site.feeds:
        return ()
    dated = [one for one in ordered if one.order]
    feeds = [
        Feed(
            EVERYTHING,
            "All",
            gettext("All articles"),
            "",
            project.site_name,
            gettext("The newest articles, in Indonesian and English."),
            "",
            tuple(dated[:NEWEST]),
        )
    ]
    for tagged in (*countries, *topics):
        items = [one for one in tagged.about if one.order]
        if len(items) >= ENOUGH:
            feeds.append(
                Feed(
                    feed_of(tagged),
                    tagged.kind,
                    tagged.chip.name,
                    tagged.chip.beside,
                    f"{title(tagged.chip)} · {project.site_name}",
                    gettext(
                        "Articles about %(name)s, in Indonesian and English.",
                        name=in_brackets(tagged.chip),
                    ),
                    tagged.url,
                    tuple(items[:NEWEST_OF_PART]),
                )
            )
    return (*feeds, *_of_sources(dated, project))


def feed_of(tagged: Tagged) -> str:
    """The ``base`` of the feed of a country or topic, if it has one."""
    return f"{FOLDER}{tagged.url.rstrip('/')}"


def links(feed: Feed | None) -> tuple[FeedLink, ...]:
    """By which the page with the same articles makes a feed known."""
    return tuple(
        FeedLink(feed.base + ending, kind, feed.title)
        for ending, kind in ((ATOM, ATOM_TYPE), (JSON, JSON_TYPE))
        if feed
    )


def _of_sources(dated: Sequence[Summary], project: Project) -> list[Feed]:
    """One for each source, whichever way its name is written, by name."""
    found: Mapping[str, list[Summary]] = defaultdict(list)
    for one in dated:
        if slug := slugify(one.source, max_length=80):
            found[slug].append(one)
    feeds = []
    for slug, items in found.items():
        if len(items) >= ENOUGH:
            names = Counter(one.source for one in items)
            name = max(sorted(names), key=lambda one: names[one])
            feeds.append(
                Feed(
                    f"{FOLDER}source/{slug}",
                    "Source",
                    name,
                    "",
                    f"{name} · {project.site_name}",
                    gettext("Articles of %(name)s, in Indonesian and English.", name=name),
                    "",
                    tuple(items[:NEWEST_OF_PART]),
                )
            )
    return sorted(feeds, key=lambda one: (one.name.casefold(), one.base))


def tag_uri(project: Project, specific: str) -> str:
    """The id of a feed or an article, by the address that it keeps; ``specific`` is ASCII.

    The site's own address is in it until the settings say what ids begin with: of a site that
    moves, readers would get every article once more. Of a site without an address it is a UUID
    (RFC 4122, by the site's name): no two sites may have the same ids (RFC 4287, 4.2.6).
    """
    begin = project.settings.site.feed_ids
    parts = urlsplit(project.site_url or "")
    if not begin and not parts.hostname:
        return uuid5(NAMESPACE_URL, f"{project.site_name}/{specific}").urn
    begin = begin or f"tag:{quote(parts.hostname or '')},{SINCE}:{quote(parts.path.lstrip('/'))}"
    return f"{begin}{specific}"

"""Stage 6: everything known about the articles → plain pages for MkDocs.

Nothing is read or written here: the same entries and settings give the same bytes.
"""

from collections.abc import Iterator, Sequence

from dwiwarta.knowledge.glossary import Explain
from dwiwarta.model import Entry, Page
from dwiwarta.quality import Quality
from dwiwarta.render.article import Neighbours, article_body, article_head
from dwiwarta.render.lists import by_country, by_topic, home_pages, index_page, tag_pages
from dwiwarta.render.page import make_page
from dwiwarta.render.pagination import newest_first
from dwiwarta.render.quality_page import quality_page
from dwiwarta.render.views import article_url, card
from dwiwarta.settings import Project

__all__ = ["render_pages"]


def render_pages(
    entries: Sequence[Entry],
    project: Project,
    explain: Explain | None = None,
    quality: Quality | None = None,
) -> tuple[Page, ...]:
    """All generated pages, by path below ``docs/``. The order of ``entries`` does not matter.

    ``explain`` finds terms of the Indonesian that readers are told the meaning of. ``quality``:
    the figures of the quality page; without them there is none.
    """
    pages = list(_pages(newest_first(entries), project, explain))
    if quality is not None:
        pages.append(quality_page(quality, project))
    return tuple(sorted(pages, key=lambda page: page.path))


def _pages(ordered: Sequence[Entry], project: Project, explain: Explain | None) -> Iterator[Page]:
    cards = [card(entry) for entry in ordered]
    countries = by_country(ordered, cards)
    topics = by_topic(ordered, cards)
    yield from home_pages(cards, countries, topics, project)
    yield index_page("Country", countries, project)
    yield index_page("Topic", topics, project)
    for country in countries:
        yield from tag_pages(country, "Country", project)
    for topic in topics:
        yield from tag_pages(topic, "Topic", project)
    by_slug = {entry.slug: one for entry, one in zip(ordered, cards, strict=True)}
    for at, entry in enumerate(ordered):
        near = Neighbours(
            newer=cards[at - 1] if at else None,
            older=cards[at + 1] if at + 1 < len(cards) else None,
            related=tuple(by_slug[slug] for slug in entry.related if slug in by_slug),
            later=by_slug.get(entry.later) if entry.later else None,
        )
        body = article_body(entry, near, project, explain)
        yield make_page(article_url(entry), article_head(entry, project), body)

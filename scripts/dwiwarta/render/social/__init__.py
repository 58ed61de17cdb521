"""Social cards: pictures that networks show beside a link to an article or a story.

Only the newest articles have one, and the stories that they belong to: a card is drawn in some 50
ms and takes 30 to 80 KB. It depends on what lists show of its article, and on nothing else.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import gettext, ngettext, spoken
from dwiwarta.knowledge.taxonomy import country_name, topic_name
from dwiwarta.model import Page, Summary
from dwiwarta.render.head import card_path, wants_cards
from dwiwarta.render.social.drawing import COLOURS, Shown, draw, png
from dwiwarta.render.stories import Told as Story
from dwiwarta.render.summary import Library
from dwiwarta.render.views import Card, article_url
from dwiwarta.settings import Project

__all__ = ["can_draw", "plan_cards", "social_pages"]


def can_draw() -> bool:
    """Whether the library that draws is there: not every machine can have it."""
    return _library() != ""


def plan_cards(
    ordered: Sequence[Summary], stories: Sequence[Story], project: Project
) -> frozenset[str]:
    """The folders of all pages that have a card; ``ordered``: newest first."""
    if not wants_cards(project) or not can_draw():
        return frozenset()
    newest = {one.slug for one in ordered[: project.settings.site.social_cards]}
    of_stories = (
        story.url for story in stories if any(one.slug in newest for one in story.tellings)
    )
    return frozenset((*map(article_url, newest), *of_stories))


def social_pages(
    carded: Collection[str],
    ordered: Sequence[Summary],
    stories: Sequence[Story],
    library: Library,
    project: Project,
    shared: str,
) -> Iterator[Page]:
    """The cards of the pages in the folders ``carded``."""
    drawn_by = digest_of("social", shared, _library()) if carded else ""
    for one in ordered:
        if (url := article_url(one.slug)) in carded:

            def render(slug: str = one.slug) -> bytes:
                return _drawn(_of_article(library.card(slug), project), project)

            yield Page(card_path(url), digest_of(drawn_by, url, one.card), render)
    for story in stories:
        if story.url in carded:

            def render_story(story: Story = story) -> bytes:
                headed = library.card(story.newest.slug)
                return _drawn(_of_story(story, headed, project), project)

            told = (repr(story.countries), str(len(story.tellings)), str(len(story.sources)))
            digest = digest_of(drawn_by, story.url, story.newest.card, *told)
            yield Page(card_path(story.url), digest, render_story)


def _drawn(shown: Shown, project: Project) -> bytes:
    site = project.settings.site
    own = (site.colours.indonesian, site.colours.english)
    colours = (own[0] or COLOURS[0], own[1] or COLOURS[1])
    return png(draw(shown, colours, mark=not site.logo))


def _of_article(shown: Card, project: Project) -> Shown:
    origin = (shown.source, shown.short)
    kind = gettext("Sample") if shown.sample else ""
    return _shown(shown, shown.countries, kind, origin, project)


def _of_story(story: Story, shown: Card, project: Project) -> Shown:
    parts = [ngettext("%(num)s report", "%(num)s reports", len(story.tellings))]
    if story.sources:
        parts.append(ngettext("%(num)s source", "%(num)s sources", len(story.sources)))
    return _shown(shown, story.countries, gettext("Story"), parts, project)


def _shown(
    shown: Card, countries: Sequence[str], kind: str, origin: Sequence[str], project: Project
) -> Shown:
    english = shown.title_en if shown.title_en not in (None, shown.title_id) else ""
    names = (country_name(code, spoken()) for code in countries)
    return Shown(
        site=project.site_name,
        kind=kind,
        indonesian=shown.title_id,
        english=english or "",
        made=shown.made if english else "",
        topic=topic_name(shown.topics[0], spoken()) if shown.topics else "",
        countries=tuple(names),
        origin=tuple(origin),
    )


@cache
def _library() -> str:
    """The version of what draws, "" where it is not installed or does not start."""
    try:
        import resvg_py
    except ImportError:
        return ""
    return f"{resvg_py.__version__} {resvg_py.__resvg_version__}"

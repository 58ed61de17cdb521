"""The page that lists all feeds for readers."""

from collections.abc import Sequence

from dwiwarta.interface import N_, gettext
from dwiwarta.model import Page
from dwiwarta.render.feeds.plan import ATOM, FOLDER, JSON, OPML, Feed
from dwiwarta.render.head import Head
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.tags import title_of
from dwiwarta.settings import Project

_SECTIONS = (("Country", N_("Countries")), ("Topic", N_("Topics")), ("Source", N_("Sources")))


def listing_page(feeds: Sequence[Feed], project: Project, digest: str) -> Page:
    """``feed/index.md``."""

    def render() -> bytes:
        head = Head(
            title=title_of(N_("Feeds")),
            description=gettext("The newest articles in a feed reader, in Indonesian and English."),
            layout="index",
            index=project.settings.site.index_by_search_engines,
        )
        sections = [(name, [one for one in feeds if one.kind == kind]) for kind, name in _SECTIONS]
        body = render_template(
            "feeds.html.j2",
            root="../",
            everything=feeds[0].base.removeprefix(FOLDER),
            sections=[(name, some) for name, some in sections if some],
            folder=FOLDER,
            opml=OPML.removeprefix(FOLDER),
            atom=ATOM,
            json=JSON,
        )
        return page_bytes(FOLDER, head, body, project)

    return Page(f"{FOLDER}index.md", digest, render)

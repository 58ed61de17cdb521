"""The page that lists all feeds for readers."""

from collections.abc import Sequence

from dwiwarta.interface import N_
from dwiwarta.model import Page
from dwiwarta.render.feeds.plan import ATOM, FOLDER, JSON, OPML, Feed
from dwiwarta.render.overview import overview_page
from dwiwarta.settings import Project

_SECTIONS = (("Country", N_("Countries")), ("Topic", N_("Topics")), ("Source", N_("Sources")))


def listing_page(feeds: Sequence[Feed], project: Project, digest: str) -> Page:
    """``feed/index.md``."""

    def values() -> dict[str, object]:
        sections = [(name, [one for one in feeds if one.kind == kind]) for kind, name in _SECTIONS]
        return {
            "everything": feeds[0].base.removeprefix(FOLDER),
            "sections": [(name, some) for name, some in sections if some],
            "folder": FOLDER,
            "opml": OPML.removeprefix(FOLDER),
            "atom": ATOM,
            "json": JSON,
        }

    description = N_("The newest articles in a feed reader, in Indonesian and English.")
    return overview_page(FOLDER, N_("Feeds"), description, "feeds.html.j2", values, project, digest)

"""All feeds in one file that feed readers take in (OPML 2.0, http://opml.org/spec2.opml)."""

from collections.abc import Sequence

from markupsafe import Markup

from dwiwarta.interface import gettext
from dwiwarta.render.feeds.plan import ATOM, Feed
from dwiwarta.render.head import address
from dwiwarta.render.xml import document, element
from dwiwarta.settings import Project


def opml(feeds: Sequence[Feed], project: Project) -> bytes:
    """The list in a folder with the site's name, so that it lies apart from a reader's others."""
    outlines = [
        element(
            "outline",
            type="rss",  # what the standard calls feeds of any kind
            text=one.title,
            title=one.title,
            description=one.subtitle,
            xmlUrl=address(project, one.base + ATOM) or "",
            htmlUrl=address(project, one.page) or "",
        )
        for one in feeds
    ]
    head = element("title", gettext("Feeds of %(site)s", site=project.site_name))
    inside = element("outline", Markup("\n").join(["", *outlines, ""]), text=project.site_name)
    return document("opml", [element("head", head), element("body", inside)], version="2.0")

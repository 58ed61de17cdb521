"""Atom feeds (RFC 4287)."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from dwiwarta.interface import spoken
from dwiwarta.render.feeds.items import Item
from dwiwarta.render.feeds.plan import ATOM, ATOM_TYPE, Feed, tag_uri
from dwiwarta.render.head import address
from dwiwarta.render.views import article_url
from dwiwarta.render.xml import document, element
from dwiwarta.settings import Project

ATOM_XMLNS = "http://www.w3.org/2005/Atom"
XHTML_XMLNS = "http://www.w3.org/1999/xhtml"
GENERATOR = "Dwiwarta"
NEVER = "1970-01-01T00:00:00+00:00"  # when a feed of nothing was updated


def atom(feed: Feed, items: Sequence[Item], project: Project) -> bytes:
    """The file of a feed."""
    parts = [
        element("id", tag_uri(project, feed.base)),
        element("title", feed.title),
        element("subtitle", feed.subtitle),
        element("updated", last(items)),
        element("link", rel="self", type=ATOM_TYPE, href=address(project, feed.base + ATOM) or ""),
        element("link", rel="alternate", type="text/html", href=address(project, feed.page) or ""),
        element("author", element("name", project.site_name)),
        element("generator", GENERATOR),
        *(_entry(item, project) for item in items),
    ]
    return document("feed", parts, xmlns=ATOM_XMLNS, xml_lang=spoken())


def last(items: Sequence[Item]) -> str:
    """When the newest appeared: a feed is as old as what is in it, not as the build."""
    return max((one.when for one in items), key=datetime.fromisoformat, default=NEVER)


def _entry(item: Item, project: Project) -> Markup:
    page = address(project, article_url(item.slug)) or ""
    text = element("div", Markup(item.content), xmlns=XHTML_XMLNS)  # noqa: S704 (a template's)
    parts = [
        element("id", tag_uri(project, article_url(item.slug).rstrip("/"))),
        element("title", item.title, xml_lang=item.title_lang),
        element("updated", item.when),
        element("published", item.when),
        element("link", rel="alternate", type="text/html", href=page),
        element("link", rel="via", href=item.source, title=item.publisher) if item.source else "",
        element("author", element("name", item.author)) if item.author else "",
        *(element("category", term=tag) for tag in item.tags),
        element("summary", item.summary, xml_lang=item.summary_lang) if item.summary else "",
        element("content", text, type="xhtml"),
    ]
    return element("entry", Markup("\n").join(["", *filter(None, parts), ""]))

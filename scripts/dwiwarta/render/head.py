"""What stands in the ``<head>`` of a page for itself: title, description, addresses.

The theme prints it as it is; what is the same on every page is the theme's own
(``overrides/main.html``). Pages written by hand get theirs from ``overrides/partials/head.html``,
which says the same in the theme's words.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

from markupsafe import Markup

from dwiwarta.render.markup import html
from dwiwarta.settings import Project


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of what the page lists. ``path``: below the site's root; ``kind``: its media type."""

    path: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Head:
    """Plain text, not HTML. ``layout``: one of ``LAYOUTS``; ``index``: whether search engines may
    list the page; ``canonical``: the original's address if not ours; ``published``: ISO 8601.
    """

    title: str
    description: str
    layout: str
    index: bool
    canonical: str | None = None
    published: str | None = None
    feeds: tuple[FeedLink, ...] = ()


def address(project: Project, folder: str) -> str | None:
    """Where a page is published, as MkDocs works it out; None where ``site_url`` is not set."""
    return urljoin(project.site_url, folder) if project.site_url else None


def head_html(head: Head, folder: str, project: Project) -> str:
    """The elements, a line each, everything escaped. ``folder``: of the page, "" or "…/"."""
    own = address(project, folder)
    title = head.title if head.layout == "home" else f"{head.title} · {project.site_name}"
    lines = [
        Markup("<title>{}</title>").format(html(title)),
        # One element for both: those who know Open Graph read properties, the others names.
        Markup('<meta name="description" property="og:description" content="{}">').format(
            html(head.description)
        ),
    ]
    if not head.index:
        lines.append(Markup('<meta name="robots" content="noindex">'))
    if canonical := head.canonical or own:
        lines.append(Markup('<link rel="canonical" href="{}">').format(html(canonical)))
    kind = "article" if head.layout == "article" else "website"
    lines += [
        Markup('<meta property="og:title" content="{}">').format(html(head.title)),
        Markup('<meta property="og:type" content="{}">').format(kind),
    ]
    if own and canonical != own:  # which stands for it where there is no other
        lines.append(Markup('<meta property="og:url" content="{}">').format(html(own)))
    # Two words: what says "alternate" alone, Material takes for this page in another language, and
    # asks for a sitemap beside it.
    lines += [
        Markup('<link rel="alternate feed" type="{}" title="{}" href="{}">').format(
            one.kind, html(one.title), html(address(project, one.path) or one.path)
        )
        for one in head.feeds
    ]
    if head.published:
        meta = Markup('<meta property="article:published_time" content="{}">')
        lines.append(meta.format(html(head.published)))
    return "\n".join(lines)

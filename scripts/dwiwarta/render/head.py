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

CARDS = "social/"
# Pixels, as networks ask for it (https://developers.facebook.com/docs/sharing/webmasters/images).
CARD_SIZE = (1200, 630)
# Around what is said of a card that may come to nothing. Text cannot hold it: it is escaped.
_CARD_MARK = "<!--dw-card-->"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of what the page lists. ``path``: below the site's root; ``kind``: its media type."""

    path: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Head:
    """Plain text, not HTML. ``layout``: one of ``LAYOUTS``; ``index``: whether search engines may
    list the page; ``canonical``: the original's address if not ours; ``published``: ISO 8601;
    ``card``: what its social card says, None if it has none. Of articles it is known later which
    have one (``settle_card``).
    """

    title: str
    description: str
    layout: str
    index: bool
    canonical: str | None = None
    published: str | None = None
    feeds: tuple[FeedLink, ...] = ()
    card: str | None = None


def address(project: Project, folder: str) -> str | None:
    """Where a page is published, as MkDocs works it out; None where ``site_url`` is not set."""
    return urljoin(project.site_url, folder) if project.site_url else None


def wants_cards(project: Project) -> bool:
    """Whether pages may have social cards, which are known by their whole address."""
    return bool(project.site_url) and project.settings.site.social_cards > 0


def card_path(folder: str) -> str:
    """The social card of the page in ``folder``, below the site's root."""
    return f"{CARDS}{folder.rstrip('/')}.png"


def settle_card(page: str, *, has_card: bool) -> str:
    """The page of an article with what its head says of a card, or without it."""
    parts = page.split(_CARD_MARK)
    return "".join(parts if has_card else (parts[0], *parts[2:]))


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
    found = "\n".join(lines)
    if head.card is None:
        return found
    card = "\n".join(["", *_card_lines(head.card, card_path(folder), project)])
    return found + (_CARD_MARK.join(("", card, "")) if head.layout == "article" else card)


def _card_lines(alt: str, path: str, project: Project) -> list[Markup]:
    """For Open Graph (https://ogp.me/) and what else reads it, but for Twitter's own size."""
    facts = {
        "og:image": address(project, path) or "",
        "og:image:type": "image/png",
        "og:image:width": str(CARD_SIZE[0]),
        "og:image:height": str(CARD_SIZE[1]),
        "og:image:alt": alt,
    }
    meta = Markup('<meta property="{}" content="{}">')
    large = Markup('<meta name="twitter:card" content="summary_large_image">')
    return [*(meta.format(name, html(value)) for name, value in facts.items()), large]

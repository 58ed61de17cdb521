"""What the page of an article shows of other articles: it is put in once all of them are known."""

from dataclasses import dataclass

from markupsafe import Markup

from dwiwarta.render.head import settle_card
from dwiwarta.render.page import render_template
from dwiwarta.render.stories import StoryLink
from dwiwarta.render.views import Card

# A line of a draft where something is shown of others. Text cannot hold it: it is escaped.
GAP = Markup("<!--dw-gap-->")
ROOT = "../../"  # from article/<slug>/ to the site's root


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles before and after in the order of the lists, and those of the same story.

    ``later``: the newest version of this one, if it was updated since. ``story``: the page of all.
    ``card``: whether the page has a social card, as the newest have.
    """

    newer: Card | None = None
    older: Card | None = None
    related: tuple[Card, ...] = ()
    later: Card | None = None
    story: StoryLink | None = None
    card: bool = False


def finish_article(draft: bytes, near: Neighbours) -> bytes:
    """The page of an article of which ``article.draft_article`` made the rest."""
    page = settle_card(draft.decode(), has_card=near.card)
    return fill_gaps(page, near).encode()


def fill_gaps(draft: str, near: Neighbours) -> str:
    """As ``finish_article``, of text."""
    fragments = render_template("near.html.j2", root=ROOT, near=near, gap=GAP).split(GAP)
    parts = draft.split(f"{GAP}\n")
    out = parts[:1]
    for fragment, part in zip(fragments, parts[1:], strict=True):
        if text := fragment.strip("\n"):
            out += text, "\n"
        out.append(part)
    return "".join(out)

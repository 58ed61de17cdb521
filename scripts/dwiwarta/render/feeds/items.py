"""An article as feeds tell it: both titles, both texts in pairs, and who made the English."""

from dataclasses import dataclass

from dwiwarta.interface import spoken
from dwiwarta.knowledge.taxonomy import country_name, topic_name
from dwiwarta.render.page import render_template
from dwiwarta.render.told import Told, both_titles, moment
from dwiwarta.render.views import card
from dwiwarta.render.xml import plain

# BCP 47 for a text in several languages (https://www.iana.org/assignments/language-subtag-registry)
BOTH = "mul"


@dataclass(frozen=True, slots=True)
class Item:
    """Plain text but for ``content``, which is HTML and well-formed XML at once.

    ``when``: RFC 3339. ``title_lang``, ``summary_lang``: BCP 47. ``author``: whoever is named,
    else the publisher; "" where neither is known. ``source``: address of the original or None.
    """

    slug: str
    when: str
    title: str
    title_lang: str
    summary: str
    summary_lang: str
    content: str
    author: str
    source: str | None
    publisher: str
    tags: tuple[str, ...]


def make_item(told: Told, url: str) -> Item:
    """An article that has a date. ``url``: of its page."""
    entry, article = told.entry, told.entry.article
    assert article.published is not None
    shown = card(entry)
    titles = both_titles(shown.title_en, shown.title_id)
    topics = [topic_name(topic.id, spoken()) for topic in entry.tags.topics]
    names = [*topics, *(country_name(code, spoken()) for code in entry.tags.about)]
    summary = f"{shown.excerpt} ({shown.made})" if shown.made else shown.excerpt
    return Item(
        slug=entry.slug,
        when=moment(article.published).isoformat(timespec="seconds"),
        title=" · ".join(titles) or entry.slug,
        title_lang=BOTH if len(titles) > 1 else "id",
        summary=plain(summary),
        summary_lang=shown.excerpt_lang,
        content=plain(render_template("feed_item.html.j2", told=told, url=url)),
        author=plain(article.byline or "") or plain(told.source.name),
        source=told.source.url,
        publisher=plain(told.source.name),
        tags=tuple(dict.fromkeys(map(plain, names))),
    )

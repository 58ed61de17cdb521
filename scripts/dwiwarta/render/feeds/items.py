"""An article as feeds tell it: both titles, both texts in pairs, and who made the English."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime, time

from dwiwarta.interface import gettext, spoken
from dwiwarta.knowledge.taxonomy import country_name, topic_name
from dwiwarta.model import Entry, Published
from dwiwarta.render.dates import date_label
from dwiwarta.render.feeds.xml import plain
from dwiwarta.render.note import translation_note
from dwiwarta.render.page import render_template
from dwiwarta.render.views import card, coverage, publication, side

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


def make_item(entry: Entry, url: str) -> Item:
    """An article that has a date. ``url``: of its page."""
    article = entry.article
    assert article.published is not None
    shown, published = card(entry), publication(article)
    first, second = shown.title_en, shown.title_id
    if spoken() == "id":
        first, second = second, first
    titles = [text for one in (first, second) if one and (text := plain(one))]
    topics = [topic_name(topic.id, spoken()) for topic in entry.tags.topics]
    names = [*topics, *(country_name(code, spoken()) for code in entry.tags.about)]
    summary = f"{shown.excerpt} ({shown.made})" if shown.made else shown.excerpt
    return Item(
        slug=entry.slug,
        when=moment(article.published).isoformat(timespec="seconds"),
        title=" · ".join(dict.fromkeys(titles)) or entry.slug,
        title_lang=BOTH if len(set(titles)) > 1 else "id",
        summary=plain(summary),
        summary_lang=shown.excerpt_lang,
        content=_content(entry, url),
        author=plain(article.byline or "") or plain(published.name),
        source=published.url,
        publisher=plain(published.name),
        tags=tuple(dict.fromkeys(map(plain, names))),
    )


def moment(published: Published) -> datetime:
    """When an article appeared, with a zone.

    Feeds have no way to tell a day alone. Noon in Greenwich is that day from Alaska to Fiji.
    """
    when = published.when
    if not isinstance(when, datetime):
        return datetime.combine(when, time(12), UTC)
    if (offset := when.utcoffset()) is None:
        return when.replace(tzinfo=UTC)
    if offset.total_seconds() % 60 and MINYEAR < when.year < MAXYEAR:  # RFC 3339 knows no such zone
        return when.astimezone(UTC)
    return when


def _content(entry: Entry, url: str) -> str:
    article, state = entry.article, coverage(entry)
    # Sentences cannot be matched in a feed reader: no marks around them.
    pairs = [side(replace(segment, sentences=())) for segment in entry.text.paragraphs]
    told = [pair for pair in pairs if pair.state != "same"]
    text = render_template(
        "feed_item.html.j2",
        url=url,
        note=translation_note(entry),
        paragraphs=pairs,
        mixed=len({(one.state, one.label) for one in told}) > 1,
        alone=all(one.state == "missing" for one in told) and state in ("partial", "missing"),
        sample=article.sample,
        source=publication(article),
        date=date_label(article.published),
        dateline=article.dateline or "",
        read=gettext("Read it side by side"),
    )
    return plain(text)

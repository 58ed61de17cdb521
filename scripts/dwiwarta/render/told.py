"""An article as it is read away from the site, in feed readers and e-books: all of it in words."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime, time

from dwiwarta.interface import gettext, spoken
from dwiwarta.model import Entry, Published
from dwiwarta.render.dates import DateLabel, date_label
from dwiwarta.render.note import Note, translation_note
from dwiwarta.render.views import Publication, Side, coverage, publication, side
from dwiwarta.render.xml import plain


@dataclass(frozen=True, slots=True)
class Told:
    """``mixed``: who made the English is said below each paragraph. ``alone``: nobody has made any,
    which the note says once.
    """

    entry: Entry
    title: Side
    paragraphs: tuple[Side, ...]
    note: Note
    mixed: bool
    alone: bool
    source: Publication
    date: DateLabel | None


def tell(entry: Entry) -> Told:
    """What is told of an article, in the language that is spoken."""
    state = coverage(entry)
    # Sentences are not matched away from the site: no marks around them.
    segments = [replace(segment, sentences=()) for segment in entry.text.segments]
    title, *paragraphs = (
        side(one, of="" if n else gettext("Title")) for n, one in enumerate(segments)
    )
    told = [one for one in paragraphs if one.state != "same"]
    return Told(
        entry=entry,
        title=title,
        paragraphs=tuple(paragraphs),
        note=translation_note(entry),
        mixed=len({(one.state, one.label) for one in told}) > 1,
        alone=all(one.state == "missing" for one in told) and state in ("partial", "missing"),
        source=publication(entry.article),
        date=date_label(entry.article.published),
    )


def both_titles(english: str | None, indonesian: str) -> list[str]:
    """The titles of an article as plain text, that in the language of the interface first."""
    titles = [english or "", indonesian] if spoken() == "en" else [indonesian, english or ""]
    return list(dict.fromkeys(text for one in titles if (text := plain(one))))


def moment(published: Published) -> datetime:
    """When an article appeared, with a zone.

    Feeds and e-books cannot tell a day alone. Noon in Greenwich is that day from Alaska to Fiji.
    """
    when = published.when
    if not isinstance(when, datetime):
        return datetime.combine(when, time(12), UTC)
    if (offset := when.utcoffset()) is None:
        return when.replace(tzinfo=UTC)
    if offset.total_seconds() % 60 and MINYEAR < when.year < MAXYEAR:  # RFC 3339 knows no such zone
        return when.astimezone(UTC)
    return when

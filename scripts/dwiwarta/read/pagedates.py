"""When a page says that its article was published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from dwiwarta.dates import parse_date, parse_field
from dwiwarta.events import is_of_event, is_of_something
from dwiwarta.model import DateOrigin, Published
from dwiwarta.read.htmltext import TextBlock
from dwiwarta.read.jsonld import Linked
from dwiwarta.text import one_line, squash

# Names under which news sites state when an article was published, best first, squashed: of the
# Open Graph protocol, schema.org, Dublin Core, Parse.ly, Sailthru, Cxense, Google Scholar, and of
# the content systems of Kompas, detik and others.
_DATE_NAMES = re.findall(
    r"\w+",
    """
    articlepublishedtime articlepublished ogpublishedtime ogarticlepublishedtime datepublished
    parselypubdate sailthrudate cxenseparserecspublishtime contentpublisheddate dtkpublishdate
    pubdate publishdate publisheddate publishedtime publishtime publicationdate publishedat
    originalpublicationdate articledateoriginal articlecreated articlecreatetime displaydate
    dcdateissued dctermsissued dcdatecreated dctermscreated dcdate dctermsdate dcdatepublished
    citationpublicationdate citationdate datecreated createdate releasedate rbpubdate btpubdate
    dateissued date
    """,
)

# When it was changed, which is the day on which it was published or a later one.
_CHANGED_NAMES = ("articlemodifiedtime", "ogupdatedtime", "datemodified", "lastmodified")
_LONGEST_LINE = 160  # characters of a date with the names around it


def page_date(
    root: HtmlElement, linked: Linked, above: Sequence[TextBlock], guessed: str | None
) -> Published | None:
    """When the article was published, to the minute if anything on the page says so.

    The page's own fields first. ``above``: lines that stand above the text; one of them counts
    where the fields give no time. ``guessed``: the day that htmldate found, in the address say.
    """
    lines = [block.text for block in above]
    shown = _best(
        parse_date(line, DateOrigin.DATE_LINE)
        for index, line in enumerate(lines)
        if len(line) < _LONGEST_LINE and not (is_of_something(line) or is_of_event(lines, index))
    )
    fields = list(_date_fields(root, linked)) or list(_times(above))
    stated = _best(map(parse_field, fields))
    if stated is None:
        return shown or _guess(guessed, _best(map(parse_field, _named(root, _CHANGED_NAMES))))
    if shown is None or not shown.has_time:
        return stated
    if not stated.has_time:
        return shown if shown.day == stated.day else stated
    # Some sites write the local time and "Z" behind it; the page shows which it is.
    said = [parse_date(field, DateOrigin.METADATA) for field in fields]
    return shown if any(_is_utc(one) and _clock(one) == _clock(shown) for one in said) else stated


def _guess(guessed: str | None, changed: Published | None) -> Published | None:
    """The day that htmldate found, or that of the last change where it took it from there."""
    guess = parse_date(guessed, DateOrigin.METADATA) if guessed else None
    if changed is None or (guess and guess.day < changed.day - timedelta(days=1)):
        return guess
    return Published(changed.day, changed.origin)


def _times(blocks: Sequence[TextBlock]) -> Iterator[str]:
    """What ``<time>`` says more exactly than its text."""
    for block in blocks:
        for element in block.element.iter("time"):
            if one_line(element.text_content()) in block.text:
                yield element.get("datetime") or ""


def _is_utc(published: Published | None) -> bool:
    when = published.when if published else None
    return isinstance(when, datetime) and not when.utcoffset()


def _clock(published: Published | None) -> str:
    return published.iso[:16] if published else ""


def _best(dates: Iterable[Published | None]) -> Published | None:
    """The first with a time of day, else the first."""
    first = None
    for published in dates:
        if published is not None and published.has_time:
            return published
        first = first or published
    return first


def _date_fields(root: HtmlElement, linked: Linked) -> Iterator[str]:
    yield from _named(root, _DATE_NAMES)
    yield from linked.dates
    for element in root.iter("time", "abbr"):
        classes = (element.get("class") or "").lower()
        if element.get("pubdate") is not None or re.search(r"publish|entry-date|posted", classes):
            yield element.get("datetime") or element.get("title") or ""


def _named(root: HtmlElement, names: Sequence[str]) -> Iterator[str]:
    """The values of a page's fields in the order of ``names``; of two alike the first counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta", "time", "span", "div", "p", "abbr", "link"):
        if not element.attrib:
            continue
        name = element.get("itemprop") or (
            element.tag == "meta" and (element.get("property") or element.get("name"))
        )
        if not name or (key := squash(name)) not in names:
            continue
        value = element.get("content") or element.get("datetime") or element.text_content()
        found.setdefault(key, one_line(value[:100]))
    yield from (found[name] for name in names if name in found)

"""The page of a story: all its tellings in the order of time, and what each of them adds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import gettext, spoken
from dwiwarta.model import Entry, Page, Summary
from dwiwarta.render.dates import short_date
from dwiwarta.render.head import Head
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.summary import Library
from dwiwarta.render.tellings import additions
from dwiwarta.render.told import both_titles
from dwiwarta.render.views import Card, side
from dwiwarta.settings import Project

ROOT = "../../"  # from story/<slug>/ to the site's root
# Paragraphs of a telling that are shown in full; its own page has the rest.
_SHOWN_FIRST = 2
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A story as articles and lists lead to it. ``url``: relative to the site's root.

    ``since``: the day of its first telling, ISO 8601, "" if not known.
    """

    url: str
    tellings: int
    sources: int
    since: str

    @property
    def first_day(self) -> str:
        """``since`` for readers."""
        return short_date(date.fromisoformat(self.since)) if self.since else ""


@dataclass(frozen=True, slots=True)
class Told:
    """All tellings of one story, the earliest first, those without a date last."""

    tellings: tuple[Summary, ...]

    @property
    def url(self) -> str:
        """Folder of its page, relative to the site's root; named after its first telling."""
        return f"story/{self.tellings[0].slug}/"

    @property
    def link(self) -> StoryLink:
        """What leads to its page."""
        return StoryLink(self.url, len(self.tellings), len(self.sources), self.tellings[0].day)

    @property
    def newest(self) -> Summary:
        """The latest that has a date, which the page is headed by; the last if none has."""
        return next((one for one in reversed(self.tellings) if one.order), self.tellings[-1])

    @property
    def sources(self) -> tuple[str, ...]:
        """The publishers, each once, in the order in which they told it."""
        return tuple(dict.fromkeys(one.source for one in self.tellings if one.source))

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of all countries that any telling is about, the most frequent first."""
        every = [code for one in self.tellings for code in one.about]
        return tuple(sorted(dict.fromkeys(every), key=lambda code: -every.count(code)))


def told_stories(summaries: Sequence[Summary]) -> tuple[Told, ...]:
    """The stories with more than one page, by address. Who is linked by a chain is of one story."""
    by_slug = {one.slug: one for one in summaries if one.related}
    seen: set[str] = set()
    found = []
    for slug in by_slug:
        if slug in seen:
            continue
        group, waiting = [], [slug]
        seen.add(slug)
        while waiting:
            at = by_slug[waiting.pop()]
            group.append(at)
            new = [one for one in at.related if one in by_slug and one not in seen]
            seen.update(new)
            waiting += new
        if len(group) > 1:
            group.sort(key=lambda one: (not one.order, one.order, one.slug))
            found.append(Told(tuple(group)))
    return tuple(sorted(found, key=lambda one: one.url))


def book_of(story: Told) -> str | None:
    """Its e-book below the site's root, without ending; None where no telling has a date, which a
    book has to have.
    """
    return f"book/story/{story.tellings[0].slug}" if story.newest.order else None


def by_article(stories: Sequence[Told]) -> Mapping[str, Told]:
    """The story of each article that is part of one, by slug."""
    return {one.slug: story for story in stories for one in story.tellings}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a telling that adds something, with its English."""

    source: Markup
    english: Markup | None
    lang: str
    state: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story. ``more``: paragraphs that add something and are not shown here."""

    card: Card
    first: bool
    new: int  # sentences
    passages: tuple[Passage, ...]
    more: int
    updated_by: Card | None


def story_pages(
    stories: Sequence[Told],
    library: Library,
    project: Project,
    shared: str,
    carded: Collection[str] = (),
) -> Iterator[Page]:
    """A page for each story. ``carded``: folders of the pages that have a social card."""
    for story in stories:
        yield _page(story, library, project, shared, card=story.url in carded)


def _page(story: Told, library: Library, project: Project, shared: str, *, card: bool) -> Page:
    def render() -> bytes:
        newest = library.card(story.newest.slug)
        title = newest.title_id if spoken() == "id" or newest.title_en is None else newest.title_en
        titles = " · ".join(both_titles(newest.title_en, newest.title_id))
        head = Head(
            title=f"{gettext('Story')}: {title}",
            description=gettext("All that was reported of one story, and what each report adds."),
            layout="story",
            index=project.settings.site.index_by_search_engines,
            card=f"{gettext('Story')}: {titles}" if card else None,
        )
        body = render_template(
            "story.html.j2",
            root=ROOT,
            story=story,
            newest=newest,
            tellings=_tellings(story, library),
            span=_span(story, library),
            book=book_of(story) if project.settings.site.books else None,
        )
        return page_bytes(story.url, head, body, project)

    parts = [f"{one.page} {one.card} {one.later or ''}" for one in story.tellings]
    digest = digest_of("story", shared, story.url, str(card), *parts)
    return Page(f"{story.url}index.md", digest, render, story.newest.day)


def _span(story: Told, library: Library) -> tuple[Card, Card] | None:
    """The first and the last telling with a date, None where there is but one day."""
    dated = [one for one in story.tellings if one.day]
    if not dated or dated[0].day == dated[-1].day:
        return None
    return library.card(dated[0].slug), library.card(dated[-1].slug)


def _tellings(story: Told, library: Library) -> list[Telling]:
    entries = [library.entry(one.slug) for one in story.tellings]
    found = []
    for at, (entry, added) in enumerate(zip(entries, additions(entries), strict=True)):
        shown = added[: _SHOWN if at else _SHOWN_FIRST]
        later = entry.later if entry.later != entry.slug else None
        found.append(
            Telling(
                card=library.card(entry.slug),
                first=at == 0,
                new=sum(one.sentences for one in added),
                passages=tuple(_passage(entry, one.number, one.source) for one in shown),
                more=len(added) - len(shown),
                updated_by=library.card(later) if later else None,
            )
        )
    return found


def _passage(entry: Entry, number: int, source: Markup) -> Passage:
    shown = side(entry.text.paragraphs[number - 1])
    return Passage(source, shown.english, shown.lang, shown.state)

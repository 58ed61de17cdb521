"""The article page: everything that belongs to one article and nothing that belongs to the site.

``article_head`` and ``article_body`` are all that differs between two article pages, so that
pages can also be stamped from a shell that the theme rendered once.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import NN_, gettext, ngettext, speaking, spoken
from dwiwarta.knowledge.glossary import Explanation
from dwiwarta.model import DecisionKind, Entry, Page, RemovalKind, Summary
from dwiwarta.render.dates import date_label
from dwiwarta.render.head import Head, wants_cards
from dwiwarta.render.jsonld import article_json
from dwiwarta.render.markup import excerpt, lead_of, literal, url_path
from dwiwarta.render.near import GAP, ROOT, Neighbours, fill_gaps, finish_article
from dwiwarta.render.note import common_state, said_once, translation_note
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.stories import StoryLink
from dwiwarta.render.summary import Library, words_of
from dwiwarta.render.told import both_titles
from dwiwarta.render.views import (
    Side,
    article_url,
    body_chip,
    country_chip,
    coverage,
    publication,
    side,
    topic_chip,
)
from dwiwarta.settings import Project
from dwiwarta.words.level import readability
from dwiwarta.words.vocabulary import coded

# Characters. Headlines keep below 120 almost always; beyond 300 it is no headline any more.
LONG_TITLE = 120
VERY_LONG_TITLE = 300


def article_pages(
    ordered: Sequence[Summary],
    stories: Mapping[str, StoryLink],
    library: Library,
    project: Project,
    shared: str,
    carded: Collection[str] = (),
) -> Iterator[Page]:
    """A page for each of ``ordered``, which comes newest first. ``stories``: what leads to the
    story of an article, by slug; ``carded``: folders of the pages that have a social card.
    """
    by_slug = {one.slug: one for one in ordered}
    for at, one in enumerate(ordered):
        newer = ordered[at - 1] if at else None
        older = ordered[at + 1] if at + 1 < len(ordered) else None
        related = [by_slug[slug] for slug in one.related if slug in by_slug]
        later = by_slug.get(one.later) if one.later else None
        story = stories.get(one.slug)
        card = article_url(one.slug) in carded
        yield _page(one, newer, older, related, later, story, card, library, project, shared)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """How the page of an article is rendered: which one it is, and those that it leads to."""

    slug: str
    newer: str | None
    older: str | None
    related: tuple[str, ...]
    later: str | None
    story: StoryLink | None
    card: bool
    library: Library
    project: Project

    def __call__(self) -> bytes:
        """The page."""
        with speaking(self.project.settings.site.language):
            explained = self.library.explanations(self.slug)
            return show_article(self.library.entry(self.slug), self.near(), explained, self.project)

    def near(self) -> Neighbours:
        """What the page shows of other articles."""
        card = self.library.card
        return Neighbours(
            newer=card(self.newer) if self.newer else None,
            older=card(self.older) if self.older else None,
            related=tuple(map(card, self.related)),
            later=card(self.later) if self.later else None,
            story=self.story,
            card=self.card,
        )


def _page(
    one: Summary,
    newer: Summary | None,
    older: Summary | None,
    related: Sequence[Summary],
    later: Summary | None,
    story: StoryLink | None,
    card: bool,
    library: Library,
    project: Project,
    shared: str,
) -> Page:
    beside = [other.card if other else "" for other in (newer, older, later, *related)]
    of_story = repr(story) if story else ""
    digest = digest_of("article", shared, one.slug, one.page, of_story, str(card), *beside)
    render = ArticlePage(
        one.slug,
        newer.slug if newer else None,
        older.slug if older else None,
        tuple(other.slug for other in related),
        later.slug if later else None,
        story,
        card,
        library,
        project,
    )
    return Page(f"{article_url(one.slug)}index.md", digest, render, one.day)


def show_article(
    entry: Entry, near: Neighbours, terms: Sequence[Sequence[Explanation]], project: Project
) -> bytes:
    """The page of an article, with the ``terms`` to explain by paragraph."""
    return finish_article(draft_article(entry, terms, project), near)


def draft_article(entry: Entry, terms: Sequence[Sequence[Explanation]], project: Project) -> bytes:
    """``show_article`` but for what it shows of others: all that depends on this one alone."""
    head, body = article_head(entry, project), _body(entry, project, terms)
    return page_bytes(article_url(entry.slug), head, body, project)


def article_head(entry: Entry, project: Project) -> Head:
    """What goes into the ``<head>`` of an article's page."""
    article = entry.article
    index = project.settings.site.index_by_search_engines
    translation = entry.text.title.translation
    title = literal(translation.text if translation else article.title)
    titles = both_titles(translation.text if translation else None, entry.text.title.source)
    first = lead_of(entry.text.paragraphs)
    lead = first.source if first else ""
    if spoken() == "id":
        title = literal(article.title)
    elif first and first.translation:
        lead = first.translation.text
    return Head(
        title=title,
        description=excerpt(lead),
        layout="article",
        index=index,
        # Only a page that asks not to be indexed names another site as the original: a canonical
        # link to it would take our own page out of the index again.
        canonical=None if index else publication(article).url,
        published=article.published.iso if article.published else None,
        card=" · ".join(titles) or entry.slug if wants_cards(project) else None,
    )


def article_body(
    entry: Entry, near: Neighbours, project: Project, terms: Sequence[Sequence[Explanation]]
) -> str:
    """The HTML of an article, complete without JavaScript; ``terms`` to explain by paragraph."""
    return fill_gaps(_body(entry, project, terms), near)


def _body(entry: Entry, project: Project, terms: Sequence[Sequence[Explanation]]) -> str:
    """The HTML with gaps where other articles are shown."""
    article, tags = entry.article, entry.tags
    segments = entry.text.paragraphs
    state = coverage(entry)
    title = side(entry.text.title, of=gettext("Title"))
    paragraphs = [side(*pair) for pair in zip(segments, terms, strict=True)]
    rare, roots = words_of(entry)
    line_link = _line_link(entry, project)
    # Where all paragraphs are alike, the note says it once for all of them.
    mixed = len({(one.state, one.label) for one in paragraphs if one.state != "same"}) > 1
    return render_template(
        "article.html.j2",
        root=ROOT,
        title=title,
        title_class=_title_class(entry),
        title_label=_title_label(entry, title, mixed=mixed),
        paragraphs=said_once(paragraphs) if mixed else paragraphs,
        mixed=mixed,
        common="" if mixed else common_state(paragraphs),
        alone=all(one.state == "missing" for one in paragraphs if one.state != "same")
        and state in ("partial", "missing"),
        state=state,
        note=translation_note(entry),
        date=date_label(article.published),
        dateline=literal(article.dateline or ""),
        byline=literal(article.byline or ""),
        initials=literal(article.initials or ""),
        source=publication(article),
        read=readability(article.paragraphs),
        sample=article.sample,
        topics=[topic_chip(t.id, t.evidence) for t in tags.topics],
        about=[country_chip(c.code, c.evidence) for c in tags.countries if c.about],
        mentioned=[country_chip(c.code, c.evidence) for c in tags.countries if not c.about],
        bodies=[body_chip(b.code, b.evidence) for b in tags.bodies],
        rare=rare,
        vocabulary=coded(roots),
        copies=[publication(copy) for copy in entry.story.copies],
        removed=_removed(entry),
        decided=_decided(entry),
        gap=GAP,
        help_page="id/help/" if spoken() == "id" else "help/",
        correct=_correct(entry, project, line_link),
        line_link=line_link,
        lines=[segment.line for segment in segments],
        json=article_json(entry),
    )


def _correct(entry: Entry, project: Project, line_link: str | None) -> str | None:
    """Where the English is corrected: at the first text that no person has written or checked."""
    if not project.edit_base:
        return None
    segments = [segment for segment in entry.text.segments if segment.line]
    open_ones = (s for s in segments if not (s.translation and s.translation.state.is_human))
    first = next(open_ones, segments[0] if segments else None)
    if first and line_link:
        return line_link.replace("{line}", str(first.line))
    return f"{project.edit_base}{url_path(entry.memory_path)}"


def _line_link(entry: Entry, project: Project) -> str | None:
    """Where a ``{line}`` of the memory file is edited; None where the code host takes no line."""
    if not (project.edit_base and project.settings.site.line_link):
        return None
    return f"{project.edit_base}{url_path(entry.memory_path)}{project.settings.site.line_link}"


def _title_class(entry: Entry) -> str:
    """A long title is set smaller: some "titles" are a whole paragraph that lost its headline."""
    translation = entry.text.title.translation
    length = max(len(entry.text.title.source), len(translation.text) if translation else 0)
    if length > VERY_LONG_TITLE:
        return "dw-title--very-long"
    return "dw-title--long" if length > LONG_TITLE else ""


def _title_label(entry: Entry, title: Side, *, mixed: bool) -> Markup:
    """Who made the English title, where the note does not say it of all the article."""
    if title.english is None:
        return title.earlier.label if title.earlier else Markup()
    own = entry.text.title.translation
    below = [s.translation for s in entry.text.paragraphs if s.translatable]
    alike = own and all(t and (t.state, t.engine) == (own.state, own.engine) for t in below)
    return Markup() if alike and not mixed else title.label


def _removed(entry: Entry) -> tuple[str, ...]:
    """What cleaning took out of the text, counted by kind; moved fields are not counted."""
    counts = Counter(removal.kind for removal in entry.article.removed)
    wording = {
        RemovalKind.REPEAT: NN_("%(num)s repeated passage", "%(num)s repeated passages"),
        RemovalKind.BOILERPLATE: NN_(
            "%(num)s line that belongs to the web page, not to the article",
            "%(num)s lines that belong to the web page, not to the article",
        ),
        RemovalKind.EDITOR: NN_(
            "%(num)s passage dropped by an editor", "%(num)s passages dropped by an editor"
        ),
    }
    return tuple(
        ngettext(one, many, counts[kind]) for kind, (one, many) in wording.items() if counts[kind]
    )


def _decided(entry: Entry) -> tuple[str, ...]:
    """What editors decided about this article and others, counted by kind."""
    counts = Counter(kind for kind, _ in entry.story.decided)
    wording = {
        DecisionKind.SAME_AS: NN_(
            "%(num)s article shown on this page", "%(num)s articles shown on this page"
        ),
        DecisionKind.NOT_SAME_AS: NN_(
            "%(num)s article kept on its own page", "%(num)s articles kept on other pages"
        ),
        DecisionKind.STORY: NN_(
            "%(num)s article linked as the same story", "%(num)s articles linked as one story"
        ),
        DecisionKind.NOT_STORY: NN_("%(num)s article kept apart", "%(num)s articles kept apart"),
    }
    return tuple(
        ngettext(one, many, counts[kind]) for kind, (one, many) in wording.items() if counts[kind]
    )

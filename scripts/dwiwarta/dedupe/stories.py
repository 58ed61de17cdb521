"""From pairs to pages: copies merged under the article that is kept, relatives linked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from dwiwarta.model import Article, Pair, Published, Relation, SourceRef, Story
from dwiwarta.settings import DedupeSettings

# Partners of each article, with the pair that says why.
_Partners = Mapping[SourceRef, Mapping[SourceRef, Pair]]


class Member(Protocol):
    """What grouping has to know of an article. ``length``: characters of its paragraphs."""

    @property
    def ref(self) -> SourceRef:
        """Where it came from."""

    @property
    def published(self) -> Published | None:
        """When it appeared."""

    @property
    def length(self) -> int:
        """How much text it has."""


@dataclass(frozen=True, slots=True)
class Group:
    """A ``Story`` by references: its article, copies, related stories and newest version."""

    ref: SourceRef
    copies: tuple[SourceRef, ...] = ()
    related: tuple[SourceRef, ...] = ()
    later: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class _Whole:
    """An article at hand as a member."""

    ref: SourceRef
    published: Published | None
    length: int


def group_stories(
    articles: Sequence[Article], pairs: Sequence[Pair], settings: DedupeSettings
) -> tuple[Story, ...]:
    """``group_articles`` with the articles themselves."""
    by_ref = {article.ref: article for article in articles}
    members = [
        _Whole(ref, article.published, sum(map(len, article.paragraphs)))
        for ref, article in by_ref.items()
    ]
    return tuple(
        Story(
            article=by_ref[group.ref],
            copies=tuple(by_ref[ref] for ref in group.copies),
            related=group.related,
            later=group.later,
        )
        for group in group_articles(members, pairs, settings)
    )


def group_articles(
    articles: Sequence[Member], pairs: Sequence[Pair], settings: DedupeSettings
) -> tuple[Group, ...]:
    """One group per page, by the kept article's reference.

    Kept is the longest copy, among equally long ones the latest, then the first by reference.
    A copy is a copy of the kept article, or a copy of such a copy that also tells the kept
    article's story: so a short excerpt cannot glue two different long articles together. It goes
    with the one that it is most like.
    """
    partners = _partners(pairs)
    page_of: dict[SourceRef, SourceRef] = {}
    copies: dict[SourceRef, list[SourceRef]] = defaultdict(list)
    pages: list[Member] = []
    for article in sorted(articles, key=_worst_first, reverse=True):
        page = article.ref
        if settings.merge:
            page = _page_for(article.ref, partners.get(article.ref, {}), page_of)
        page_of[article.ref] = page
        if page == article.ref:
            pages.append(article)
        else:
            copies[page].append(article.ref)
    related = _related(pairs, page_of) if settings.link else {}
    later = _later(pairs, page_of, pages) if settings.link else {}
    return tuple(
        Group(
            ref=page.ref,
            copies=tuple(sorted(copies[page.ref])),
            related=related.get(page.ref, ()),
            later=later.get(page.ref),
        )
        for page in sorted(pages, key=lambda one: one.ref)
    )


def _worst_first(article: Member) -> tuple[int, datetime, tuple[int, ...]]:
    """Length, then date; equal ones so that the smallest reference comes last."""
    when = article.published.when if article.published else date.min
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    backwards = tuple(-ord(character) for character in article.ref.key)
    return article.length, when, (*backwards, 1)


def _partners(pairs: Sequence[Pair]) -> _Partners:
    partners: dict[SourceRef, dict[SourceRef, Pair]] = defaultdict(dict)
    for pair in pairs:
        partners[pair.a][pair.b] = pair
        partners[pair.b][pair.a] = pair
    return partners


def _page_for(
    own: SourceRef, partners: Mapping[SourceRef, Pair], page_of: Mapping[SourceRef, SourceRef]
) -> SourceRef:
    """The page that an article belongs on, its own if it is no copy.

    ``page_of`` holds all articles that are longer, so a copy's page is known before the copy.
    """
    copied = [ref for ref in sorted(partners) if _is_copy(partners[ref]) and ref in page_of]
    pages = [ref for ref in copied if page_of[ref] == ref]
    pages = pages or [page_of[ref] for ref in copied if page_of[ref] in partners]
    if not pages:
        return own
    # max takes the first of equals, which is the smallest reference.
    return max(pages, key=lambda ref: (partners[ref].containment, partners[ref].jaccard))


def _later(
    pairs: Sequence[Pair], page_of: Mapping[SourceRef, SourceRef], pages: Sequence[Member]
) -> dict[SourceRef, SourceRef]:
    """For each page that was updated since the page with the newest version."""
    articles = {page.ref: page for page in pages}
    newest: dict[SourceRef, Member] = {}
    for pair in pairs:
        if not pair.update or pair.a not in page_of or pair.b not in page_of:
            continue
        one, other = articles[page_of[pair.a]], articles[page_of[pair.b]]
        for earlier, later in ((one, other), (other, one)):
            known = newest.get(earlier.ref)
            if _is_earlier(earlier, later) and (known is None or _is_earlier(known, later)):
                newest[earlier.ref] = later
    return {ref: article.ref for ref, article in newest.items()}


def _is_earlier(one: Member, other: Member) -> bool:
    """Whether it is known to have appeared before: of two on one day only by the hour."""
    if one.published is None or other.published is None:
        return False
    first, second = one.published, other.published
    if first.day != second.day:
        return first.day < second.day
    if isinstance(first.when, datetime) and isinstance(second.when, datetime):
        return first.when < second.when
    return False


def _is_copy(pair: Pair) -> bool:
    return pair.relation is Relation.SAME_ARTICLE


def _related(
    pairs: Sequence[Pair], page_of: Mapping[SourceRef, SourceRef]
) -> dict[SourceRef, tuple[SourceRef, ...]]:
    """For each page the other pages that tell its story, those most like it first.

    A pair of copies relates their pages; so does a pair of one article that was not merged.
    """
    best: dict[SourceRef, dict[SourceRef, float]] = defaultdict(dict)
    for pair in pairs:
        if pair.a not in page_of or pair.b not in page_of:
            continue
        one, other = page_of[pair.a], page_of[pair.b]
        if one != other:
            for page, relative in ((one, other), (other, one)):
                best[page][relative] = max(pair.containment, best[page].get(relative, 0.0))
    return {
        page: tuple(sorted(relatives, key=lambda ref: (-relatives[ref], ref)))
        for page, relatives in best.items()
    }

"""From pairs to pages: copies merged under the article that is kept, relatives linked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from dwiwarta.dedupe.decisions import NOTHING_DECIDED, Decisions, resolve
from dwiwarta.model import (
    Article,
    Decision,
    DecisionKind,
    Pair,
    Published,
    Relation,
    SourceRef,
    Story,
)
from dwiwarta.problems import ProblemLog
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
    """A ``Story`` by references: its article, copies, related stories and newest version.

    ``decided``: what editors decided about it or its copies and others, with the other one.
    """

    ref: SourceRef
    copies: tuple[SourceRef, ...] = ()
    related: tuple[SourceRef, ...] = ()
    later: SourceRef | None = None
    decided: tuple[tuple[DecisionKind, SourceRef], ...] = ()


@dataclass(frozen=True, slots=True)
class _Whole:
    """An article at hand as a member."""

    ref: SourceRef
    published: Published | None
    length: int
    address: str | None
    decisions: tuple[Decision, ...]


def group_stories(
    articles: Sequence[Article],
    pairs: Sequence[Pair],
    settings: DedupeSettings,
    problems: ProblemLog | None = None,
) -> tuple[Story, ...]:
    """``group_articles`` with the articles themselves, and with what their editors decided.

    What they decided and cannot be followed goes to ``problems``.
    """
    by_ref = {article.ref: article for article in articles}
    members = _members(by_ref.values())
    decisions = resolve(members, ProblemLog() if problems is None else problems)
    return tuple(
        Story(
            article=by_ref[group.ref],
            copies=tuple(by_ref[ref] for ref in group.copies),
            related=group.related,
            later=group.later,
            decided=group.decided,
        )
        for group in group_articles(members, pairs, settings, decisions)
    )


def decide_pairs(
    articles: Iterable[Article], pairs: Sequence[Pair], problems: ProblemLog
) -> tuple[Pair, ...]:
    """The pairs as they are by measures and by what editors decided."""
    return resolve(_members(articles), problems).applied(pairs)


def _members(articles: Iterable[Article]) -> list[_Whole]:
    return [
        _Whole(
            article.ref,
            article.published,
            sum(map(len, article.paragraphs)),
            article.source_url,
            article.overrides.decisions,
        )
        for article in articles
    ]


def group_articles(
    articles: Sequence[Member],
    pairs: Sequence[Pair],
    settings: DedupeSettings,
    decisions: Decisions = NOTHING_DECIDED,
) -> tuple[Group, ...]:
    """One group per page, by the kept article's reference.

    Kept is the longest copy, among equally long ones the latest, then the first by reference.
    A copy is a copy of the kept article, or a copy of such a copy that also tells the kept
    article's story: so a short excerpt cannot glue two different long articles together. It goes
    with the one that it is most like. ``decisions`` go before what was measured and also before
    ``settings``: those joined by hand are on one page, those parted never.
    """
    pairs = decisions.applied(pairs)
    partners = _partners(pairs)
    page_of: dict[SourceRef, SourceRef] = {}
    copies: dict[SourceRef, list[SourceRef]] = defaultdict(list)
    pages: list[Member] = []
    by_ref = sorted(articles, key=lambda one: one.ref.key)
    for article in sorted(by_ref, key=_length_and_time, reverse=True):
        together = decisions.with_joined(article.ref)
        page = next((page_of[ref] for ref in sorted(together) if ref in page_of), None)
        if page is None and settings.merge:
            apart = {page_of.get(ref) for ref in decisions.apart_from(article.ref)}
            page = _page_for(article.ref, partners.get(article.ref, {}), page_of, apart)
        page = page or article.ref
        page_of[article.ref] = page
        if page == article.ref:
            pages.append(article)
        else:
            copies[page].append(article.ref)
    linking = _linking(pairs, page_of, settings, decisions)
    related, later = _related(linking, page_of), _later(linking, page_of, pages)
    return tuple(
        Group(
            ref=page.ref,
            copies=tuple(sorted(copies[page.ref])),
            related=related.get(page.ref, ()),
            later=later.get(page.ref),
            decided=decisions.about((page.ref, *copies[page.ref])),
        )
        for page in sorted(pages, key=lambda one: one.ref)
    )


def _linking(
    pairs: Sequence[Pair],
    page_of: Mapping[SourceRef, SourceRef],
    settings: DedupeSettings,
    decisions: Decisions,
) -> list[Pair]:
    """The pairs for which two pages are linked."""
    by_hand = decisions.pairs(DecisionKind.STORY)
    parted = {
        frozenset((page_of[a], page_of[b])) for a, b in decisions.pairs(DecisionKind.NOT_STORY)
    }
    return [
        pair
        for pair in pairs
        if (pair.a, pair.b) in by_hand
        or (settings.link and frozenset(map(page_of.get, (pair.a, pair.b))) not in parted)
    ]


def _length_and_time(article: Member) -> tuple[int, datetime]:
    when = article.published.when if article.published else date.min
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    return article.length, when


def _partners(pairs: Sequence[Pair]) -> _Partners:
    partners: dict[SourceRef, dict[SourceRef, Pair]] = defaultdict(dict)
    for pair in pairs:
        partners[pair.a][pair.b] = pair
        partners[pair.b][pair.a] = pair
    return partners


def _page_for(
    own: SourceRef,
    partners: Mapping[SourceRef, Pair],
    page_of: Mapping[SourceRef, SourceRef],
    apart: Collection[SourceRef | None],
) -> SourceRef:
    """The page that an article belongs on, its own if it is no copy.

    ``page_of`` holds all articles that are longer, so a copy's page is known before the copy.
    ``apart``: pages that it may not be on.
    """
    copied = [ref for ref in sorted(partners) if _is_copy(partners[ref]) and ref in page_of]
    pages = [ref for ref in copied if page_of[ref] == ref and ref not in apart]
    pages = pages or [
        page_of[ref] for ref in copied if page_of[ref] in partners and page_of[ref] not in apart
    ]
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

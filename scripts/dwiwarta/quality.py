"""How good the English of the site is, in figures: what the site's quality page shows.

Only what is stored in the memory counts, not what happened in this run, so that the same inputs
give the same page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.knowledge.term_use import TermUse
from dwiwarta.model import Entry, Segment, State

UNKNOWN = ""  # name of the group whose source or date is not known

# A reason names its kind before a colon: ``a number is missing: 15``. Words in quotes and figures
# are particular to one answer wherever they stand.
_PARTICULAR = re.compile(r"\"[^\"]*\"|\d[\d.,/:-]*")
# Where the kind says too little to stand alone.
_KINDS = {
    "glossary": "a term of the glossary was lost or wrong",
    "the answer says … … times in a row": "the answer repeats its own words",
    "the answer says twice": "the answer repeats its own words",
}
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """The segments (titles and paragraphs) of a group of articles, by who stands behind them.

    Segments without a letter are not among them, as nobody translates those.

    ``name``: the source, the month ("2023-11") or "" where it is not known.
    """

    name: str
    articles: int
    approved: int = 0
    edited: int = 0
    machine: int = 0
    draft: int = 0
    missing: int = 0

    @property
    def segments(self) -> int:
        """All of them, translated or not."""
        return self.approved + self.edited + self.machine + self.draft + self.missing

    @property
    def translated(self) -> float:
        """Share of segments with any English, 0 to 1; 1 where there is nothing to translate."""
        return 1 - self.missing / self.segments if self.segments else 1.0

    @property
    def by_people(self) -> int:
        """Segments that a person has checked or edited."""
        return self.approved + self.edited

    @property
    def by_programs(self) -> int:
        """Segments whose English no person has seen: of engines, and rough drafts."""
        return self.machine + self.draft


@dataclass(frozen=True, slots=True)
class Example:
    """A whole reason, and one segment it was given for: its page and paragraph, 0 for the title."""

    reason: str
    slug: str
    place: int


@dataclass(frozen=True, slots=True)
class Rejections:
    """Answers of one engine that the gate rejected for reasons of one kind.

    ``kind``: what such reasons have in common, ``a number is missing``; ``examples``: at most a
    few, the most frequent reason first.
    """

    engine: str
    kind: str
    answers: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """All figures of the quality page. ``engines``: (engine with model version, segments)."""

    total: Coverage
    by_source: tuple[Coverage, ...]
    by_month: tuple[Coverage, ...]
    engines: tuple[tuple[str, int], ...]
    rejections: tuple[Rejections, ...]
    terms: tuple[TermUse, ...]
    stale: int

    @property
    def rejected(self) -> int:
        """Answers that were rejected, of all engines for all reasons."""
        return sum(one.answers for one in self.rejections)

    @property
    def faulty(self) -> tuple[TermUse, ...]:
        """Terms that are not always rendered as agreed, the most often wrong first."""
        faulty = (term for term in self.terms if term.faults)
        return tuple(sorted(faulty, key=lambda t: (-t.faults, t.term.casefold(), t.term)))

    @property
    def agreement(self) -> float:
        """Share of glossary uses with a right rendering, 0 to 1; 1 where no term occurs."""
        uses = sum(term.segments for term in self.terms)
        return 1 - sum(term.faults for term in self.terms) / uses if uses else 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What one article adds to the figures. ``month``: "2023-11"; both names "" if not known.

    ``rejections``: engine, reason and place of each; ``terms``: what the glossary says of it.
    """

    source: str
    month: str
    coverage: Coverage
    engines: tuple[tuple[str, int], ...]
    rejections: tuple[tuple[str, str, int], ...]
    stale: int
    terms: tuple[TermUse, ...] = ()


def measure_quality(entries: Iterable[Entry], terms: Iterable[TermUse]) -> Quality:
    """The figures over all pages of the site; ``terms``: what the glossary says of them."""
    return add_up([(entry.slug, figures_of(entry)) for entry in entries], terms)


def figures_of(entry: Entry, terms: Iterable[TermUse] = ()) -> Figures:
    """The figures of one article; ``terms``: what the glossary says of it."""
    segments = [segment for segment in entry.text.segments if segment.translatable]
    published = entry.article.published
    return Figures(
        source=entry.article.source_name or UNKNOWN,
        month=published.day.strftime("%Y-%m") if published else UNKNOWN,
        coverage=_coverage(segments),
        engines=_engines(segments),
        rejections=tuple(
            (rejected.engine, rejected.reason, place)
            for place, segment in enumerate(entry.text.segments)
            for rejected in segment.rejections
        ),
        stale=sum(segment.stale is not None for segment in segments),
        terms=tuple(terms),
    )


def add_up(articles: Sequence[tuple[str, Figures]], terms: Iterable[TermUse]) -> Quality:
    """The figures over all pages from those of each article, with its slug.

    Examples are of the first articles given.
    """
    figures = [one for _, one in articles]
    engines: Counter[str] = Counter()
    for one in figures:
        engines.update(dict(one.engines))
    return Quality(
        total=_total("", figures),
        by_source=_by_source(figures),
        by_month=_by_month(figures),
        engines=tuple(sorted(engines.items(), key=lambda item: (-item[1], item[0]))),
        rejections=_rejections(articles),
        terms=tuple(terms),
        stale=sum(one.stale for one in figures),
    )


def _by_source(figures: Iterable[Figures]) -> tuple[Coverage, ...]:
    """By name, small and capital letters alike; what has no source last."""
    groups = _grouped(figures, lambda one: one.source)
    names = sorted(groups, key=lambda name: (name == UNKNOWN, name.casefold(), name))
    return tuple(_total(name, groups[name]) for name in names)


def _by_month(figures: Iterable[Figures]) -> tuple[Coverage, ...]:
    """Newest first; what has no date last."""
    groups = _grouped(figures, lambda one: one.month)
    names = sorted(groups, key=lambda name: (name != UNKNOWN, name), reverse=True)
    return tuple(_total(name, groups[name]) for name in names)


def _grouped(
    figures: Iterable[Figures], name_of: Callable[[Figures], str]
) -> Mapping[str, Sequence[Figures]]:
    groups: dict[str, list[Figures]] = defaultdict(list)
    for one in figures:
        groups[name_of(one)].append(one)
    return groups


def _total(name: str, figures: Sequence[Figures]) -> Coverage:
    parts = [one.coverage for one in figures]
    return Coverage(
        name,
        articles=len(parts),
        approved=sum(part.approved for part in parts),
        edited=sum(part.edited for part in parts),
        machine=sum(part.machine for part in parts),
        draft=sum(part.draft for part in parts),
        missing=sum(part.missing for part in parts),
    )


def _coverage(segments: Sequence[Segment]) -> Coverage:
    states = Counter(
        segment.translation.state if segment.translation else None for segment in segments
    )
    return Coverage(
        "",
        articles=1,
        approved=states[State.APPROVED],
        edited=states[State.EDITED],
        machine=states[State.MACHINE],
        draft=states[State.DRAFT],
        missing=states[None],
    )


def _engines(segments: Iterable[Segment]) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        segment.translation.engine
        for segment in segments
        if segment.translation and not segment.translation.state.is_human
    )
    return tuple(sorted(counts.items()))


def _rejections(articles: Iterable[tuple[str, Figures]]) -> tuple[Rejections, ...]:
    """By engine and kind of reason, the most frequent first."""
    found: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for slug, figures in articles:
        for engine, reason, place in figures.rejections:
            found[engine, kind_of(reason)].append(Example(reason, slug, place))
    grouped = (
        Rejections(engine, kind, len(examples), _examples(examples))
        for (engine, kind), examples in found.items()
    )
    return tuple(sorted(grouped, key=lambda one: (-one.answers, one.engine, one.kind)))


def kind_of(reason: str) -> str:
    """What a reason has in common with others like it: ``a number is missing: 15`` without 15."""
    kind = _PARTICULAR.sub("…", reason).partition(": ")[0].strip()
    return _KINDS.get(kind, kind)


def _examples(found: Sequence[Example]) -> tuple[Example, ...]:
    """The first place of each of the most frequent reasons."""
    counts = Counter(example.reason for example in found)
    first = {example.reason: example for example in reversed(found)}
    ranked = sorted(counts, key=lambda reason: (-counts[reason], reason))
    return tuple(first[reason] for reason in ranked[:_EXAMPLES])

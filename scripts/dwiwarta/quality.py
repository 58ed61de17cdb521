"""How good the English of the site is, in figures: what the site's quality page shows.

Only what is stored in the memory counts, not what happened in this run, so that the same inputs
give the same page.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dwiwarta.model import Entry, Segment, State

UNKNOWN = ""  # name of the group whose source or date is not known


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


@dataclass(frozen=True, slots=True)
class Refusals:
    """Answers of one engine that the gate turned down for one reason."""

    engine: str
    reason: str
    segments: int


@dataclass(frozen=True, slots=True)
class TermAgreement:
    """How one glossary term is rendered over the whole site.

    ``renderings``: (English, segments), most used first. ``lost``: segments without a right
    rendering, ``wrong``: with a forbidden one.
    """

    term: str
    segments: int
    renderings: tuple[tuple[str, int], ...]
    lost: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Quality:
    """All figures of the quality page. ``engines``: (engine with model version, segments)."""

    total: Coverage
    by_source: tuple[Coverage, ...]
    by_month: tuple[Coverage, ...]
    engines: tuple[tuple[str, int], ...]
    refusals: tuple[Refusals, ...]
    terms: tuple[TermAgreement, ...]
    stale: int

    @property
    def agreement(self) -> float:
        """Share of glossary uses with a right rendering, 0 to 1; 1 where no term occurs."""
        uses = sum(term.segments for term in self.terms)
        return 1 - sum(term.lost + term.wrong for term in self.terms) / uses if uses else 1.0


def measure_quality(entries: Sequence[Entry], terms: Iterable[TermAgreement]) -> Quality:
    """The figures over all pages of the site; ``terms``: what the glossary says of them."""
    segments = [segment for entry in entries for segment in _counted(entry)]
    return Quality(
        total=_coverage("", entries),
        by_source=_grouped(entries, lambda entry: entry.article.source_name or UNKNOWN),
        by_month=_grouped(entries, _month)[::-1],
        engines=_engines(segments),
        refusals=_refusals(segments),
        terms=tuple(terms),
        stale=sum(segment.stale is not None for segment in segments),
    )


def _counted(entry: Entry) -> list[Segment]:
    """What there is to translate: ``***`` and ``2023`` read the same in English."""
    return [segment for segment in entry.text.segments if segment.translatable]


def _month(entry: Entry) -> str:
    published = entry.article.published
    return published.day.strftime("%Y-%m") if published else UNKNOWN


def _grouped(entries: Iterable[Entry], name_of: Callable[[Entry], str]) -> tuple[Coverage, ...]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[name_of(entry)].append(entry)
    return tuple(_coverage(name, groups[name]) for name in sorted(groups))


def _coverage(name: str, entries: Sequence[Entry]) -> Coverage:
    states = Counter(
        segment.translation.state if segment.translation else None
        for entry in entries
        for segment in _counted(entry)
    )
    return Coverage(
        name,
        len(entries),
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
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _refusals(segments: Iterable[Segment]) -> tuple[Refusals, ...]:
    counts = Counter(
        (refused.engine, refused.reason) for segment in segments for refused in segment.refused
    )
    return tuple(
        Refusals(engine, reason, number)
        for (engine, reason), number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )

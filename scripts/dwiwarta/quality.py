"""How good the English of the site is, in figures: what the site's quality page shows.

Only what is stored in the memory counts, not what happened in this run, so that the same inputs
give the same page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.knowledge.glossary import TermUse
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


def measure_quality(entries: Sequence[Entry], terms: Iterable[TermUse]) -> Quality:
    """The figures over all pages of the site; ``terms``: what the glossary says of them."""
    segments = [segment for entry in entries for segment in _counted(entry)]
    return Quality(
        total=_coverage("", entries),
        by_source=_by_source(entries),
        by_month=_by_month(entries),
        engines=_engines(segments),
        rejections=_rejections(entries),
        terms=tuple(terms),
        stale=sum(segment.stale is not None for segment in segments),
    )


def _counted(entry: Entry) -> list[Segment]:
    """What there is to translate: ``***`` and ``2023`` read the same in English."""
    return [segment for segment in entry.text.segments if segment.translatable]


def _month(entry: Entry) -> str:
    published = entry.article.published
    return published.day.strftime("%Y-%m") if published else UNKNOWN


def _by_source(entries: Iterable[Entry]) -> tuple[Coverage, ...]:
    """By name, small and capital letters alike; what has no source last."""
    groups = _grouped(entries, lambda entry: entry.article.source_name or UNKNOWN)
    names = sorted(groups, key=lambda name: (name == UNKNOWN, name.casefold(), name))
    return tuple(_coverage(name, groups[name]) for name in names)


def _by_month(entries: Iterable[Entry]) -> tuple[Coverage, ...]:
    """Newest first; what has no date last."""
    groups = _grouped(entries, _month)
    names = sorted(groups, key=lambda name: (name != UNKNOWN, name), reverse=True)
    return tuple(_coverage(name, groups[name]) for name in names)


def _grouped(
    entries: Iterable[Entry], name_of: Callable[[Entry], str]
) -> Mapping[str, Sequence[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[name_of(entry)].append(entry)
    return groups


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


def _rejections(entries: Iterable[Entry]) -> tuple[Rejections, ...]:
    """By engine and kind of reason, the most frequent first."""
    found: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for entry in entries:
        for place, segment in enumerate(entry.text.segments):
            for rejected in segment.rejections:
                kind = rejected.engine, kind_of(rejected.reason)
                found[kind].append(Example(rejected.reason, entry.slug, place))
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

"""What editors decide about two articles: joined or parted by hand, whatever was measured.

A decision stands with either of the two and names the other one, by its file or by the address at
which it was published. It holds until it is taken away; what names no article, and what contradicts
another decision, is warned of, and the measures decide.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import PurePosixPath
from typing import Protocol

from dwiwarta.addresses import web_address
from dwiwarta.model import Decision, DecisionKind, Pair, Relation, SourceRef
from dwiwarta.problems import ProblemLog
from dwiwarta.text import one_line

Two = tuple[SourceRef, SourceRef]  # in order
About = tuple[DecisionKind, SourceRef]  # what was decided, and the other article

_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_PARTING = (DecisionKind.NOT_SAME_AS, DecisionKind.NOT_STORY)
_EXCLUDES = {
    DecisionKind.SAME_AS: _PARTING,
    DecisionKind.STORY: (DecisionKind.NOT_STORY,),
}


class Decided(Protocol):
    """What has to be known of an article. ``address``: where it was published."""

    @property
    def ref(self) -> SourceRef:
        """Where it came from."""

    @property
    def address(self) -> str | None:
        """Where it was published."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What its editor decided about it and others."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions that can be followed: by kind, and by article, each time with the other one.

    ``joined``: for an article all that go on one page with it by hand, itself among them.
    """

    by_kind: Mapping[DecisionKind, frozenset[Two]] = field(default_factory=dict)
    by_ref: Mapping[SourceRef, tuple[About, ...]] = field(default_factory=dict)
    joined: Mapping[SourceRef, frozenset[SourceRef]] = field(default_factory=dict)

    def pairs(self, kind: DecisionKind) -> frozenset[Two]:
        """The articles of which this was decided."""
        return self.by_kind.get(kind, frozenset())

    def with_joined(self, ref: SourceRef) -> frozenset[SourceRef]:
        """An article and those that go on one page with it by hand."""
        return self.joined.get(ref, frozenset((ref,)))

    def apart_from(self, ref: SourceRef) -> frozenset[SourceRef]:
        """All that may not be on one page with an article, nor with those joined with it."""
        return frozenset(
            one
            for own in self.with_joined(ref)
            for kind, other in self.by_ref.get(own, ())
            if kind in _PARTING
            for one in self.with_joined(other)
        )

    def applied(self, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
        """The pairs as they are by measures and by hand, by reference."""
        if not self.by_kind:
            return tuple(pairs)
        found = {(pair.a, pair.b): pair for pair in pairs}
        for one in self.pairs(DecisionKind.NOT_STORY):
            found.pop(one, None)
        for one in self.pairs(DecisionKind.STORY):
            found.setdefault(one, Pair(*one, Relation.SAME_STORY, 0.0, 0.0))
        for one in self.pairs(DecisionKind.NOT_SAME_AS) & found.keys():
            found[one] = replace(found[one], relation=Relation.SAME_STORY)
        for one in self.pairs(DecisionKind.SAME_AS):
            pair = found.get(one, Pair(*one, Relation.SAME_ARTICLE, 0.0, 0.0))
            found[one] = replace(pair, relation=Relation.SAME_ARTICLE, update=False)
        return tuple(found[one] for one in sorted(found))

    def about(self, refs: Iterable[SourceRef]) -> tuple[About, ...]:
        """What was decided about any of some articles, each once."""
        found = {about for ref in refs for about in self.by_ref.get(ref, ())}
        return tuple(sorted(found, key=lambda about: (about[0].value, about[1])))


NOTHING_DECIDED = Decisions()


def two(a: SourceRef, b: SourceRef) -> Two:
    """Two articles in order."""
    return (a, b) if a < b else (b, a)


def resolve(articles: Sequence[Decided], problems: ProblemLog) -> Decisions:
    """Find the articles that decisions name. What cannot be followed goes to ``problems``."""
    deciding = [one for one in articles if one.decisions]
    if not deciding:
        return NOTHING_DECIDED
    names = _Names(articles)
    said: dict[Two, list[Decision]] = defaultdict(list)
    for one in deciding:
        for decision in one.decisions:
            try:
                for other in names.find(decision.target, one.ref):
                    said[two(one.ref, other)].append(decision)
            except ValueError as error:
                _warn(decision, str(error), problems)
    for decisions in said.values():
        _drop_contradictions(decisions, problems)
    joined = _drop_impossible(said, problems)
    by_kind: dict[DecisionKind, set[Two]] = defaultdict(set)
    by_ref: dict[SourceRef, set[About]] = defaultdict(set)
    for (a, b), decisions in said.items():
        for kind in {one.kind for one in decisions}:
            by_kind[kind].add((a, b))
            by_ref[a].add((kind, b))
            by_ref[b].add((kind, a))
    return Decisions(
        {kind: frozenset(pairs) for kind, pairs in by_kind.items()},
        {ref: tuple(found) for ref, found in by_ref.items()},
        joined,
    )


def _drop_contradictions(decisions: list[Decision], problems: ProblemLog) -> None:
    """Of two that exclude each other neither counts."""
    gone = set[Decision]()
    for yes in decisions:
        for no in decisions:
            if no.kind in _EXCLUDES.get(yes.kind, ()):
                gone |= {yes, no}
                at = f"{yes.file}:{yes.line} says {yes.kind.value}"
                _warn(no, f"{at}: neither counts", problems)
    decisions[:] = [one for one in decisions if one not in gone]


def _drop_impossible(
    said: Mapping[Two, list[Decision]], problems: ProblemLog
) -> dict[SourceRef, frozenset[SourceRef]]:
    """Who is joined with whom; what would part those that others join does not count."""
    joined: dict[SourceRef, frozenset[SourceRef]] = {}
    for (a, b), decisions in sorted(said.items(), key=lambda item: item[0]):
        if any(one.kind is DecisionKind.SAME_AS for one in decisions):
            group = joined.get(a, frozenset((a,))) | joined.get(b, frozenset((b,)))
            joined.update(dict.fromkeys(group, group))
    for group in sorted(set(joined.values()), key=sorted):
        for pair in combinations(sorted(group), 2):
            decisions = said.get(pair, [])
            for decision in list(decisions):
                if decision.kind in _PARTING:
                    _warn(decision, "other decisions put the two on one page; ignored", problems)
                    decisions.remove(decision)
    return joined


def _warn(decision: Decision, reason: str, problems: ProblemLog) -> None:
    target = decision.target if len(decision.target) <= 80 else f"{decision.target[:79]}…"
    problems.warn(decision.file, decision.line, f"{decision.kind.value}: {target!r}: {reason}")


class _Names:
    """The articles by all names that an editor may give them."""

    def __init__(self, articles: Iterable[Decided]) -> None:
        self._by_key: dict[str, SourceRef] = {}
        self._by_path: dict[str, list[SourceRef]] = defaultdict(list)
        self._by_file: dict[str, list[SourceRef]] = defaultdict(list)
        self._by_address: dict[str, list[SourceRef]] = defaultdict(list)
        for one in articles:
            self._by_key[one.ref.key] = one.ref
            self._by_path[one.ref.path].append(one.ref)
            self._by_file[one.ref.path.rpartition("/")[2]].append(one.ref)
            if one.address:
                self._by_address[_plain(one.address)].append(one.ref)

    def find(self, target: str, own: SourceRef) -> tuple[SourceRef, ...]:
        """The articles that are meant, one unless it is an address of several.

        Raises ``ValueError`` if there is none, if it is the article itself, or if several may be.
        """
        if address := web_address(target):
            found = self._by_address.get(_plain(address), [])
        else:
            found = self._files(one_line(target), own)
        others = tuple(sorted(ref for ref in found if ref != own))
        if found and not others:
            raise ValueError("that is the article itself")
        if not others:
            raise ValueError("there is no such article")
        if len(others) > 1 and not address:
            raise ValueError(f"{len(others)} articles have that name: write the folder, or #id")
        return others

    def _files(self, target: str, own: SourceRef) -> list[SourceRef]:
        """From the articles folder, beside the article, or anywhere if there is only one."""
        path, _, record = target.partition("#")
        whole = str(PurePosixPath(path)).removeprefix("articles/")
        beside = str(PurePosixPath(own.path).parent / path)
        for place in (whole, beside):
            if record and (ref := self._by_key.get(f"{place}#{record}")):
                return [ref]
            if not record and place in self._by_path:
                return self._by_path[place]
        ends = self._by_file.get(whole.rpartition("/")[2], [])
        return [
            ref
            for ref in ends
            if f"/{ref.path}".endswith(f"/{whole}") and (not record or ref.record == record)
        ]


def _plain(address: str) -> str:
    return _SCHEME.sub("", address).rstrip("/")

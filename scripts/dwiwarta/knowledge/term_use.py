"""How the glossary's terms are rendered, over one text or over many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermUse:
    """How one term was rendered over many segments; part of the consistency report.

    ``right``: the renderings that the glossary asks for, best first. ``renderings``: those used,
    (English, segments), most used first. ``lost``: segments without a right rendering,
    ``wrong``: with a forbidden one.
    """

    term: str
    segments: int
    renderings: tuple[tuple[str, int], ...]
    lost: int
    wrong: int
    right: tuple[str, ...] = ()

    @property
    def faults(self) -> int:
        """Segments in which the term is not rendered as agreed."""
        return self.lost + self.wrong


def add_uses(uses: Iterable[TermUse], places: Mapping[str, int]) -> tuple[TermUse, ...]:
    """The uses of each term together, by its place in the glossary."""
    by_term: dict[str, list[TermUse]] = defaultdict(list)
    for use in uses:
        by_term[use.term].append(use)
    return tuple(
        _sum(by_term[term]) for term in sorted(by_term.keys() & places, key=places.__getitem__)
    )


def _sum(uses: list[TermUse]) -> TermUse:
    right = uses[0].right
    renderings: dict[str, int] = defaultdict(int)
    for use in uses:
        for rendering, segments in use.renderings:
            renderings[rendering] += segments
    return TermUse(
        term=uses[0].term,
        segments=sum(use.segments for use in uses),
        # Ties in the glossary's order, so that the report does not depend on the input's.
        renderings=tuple(
            sorted(renderings.items(), key=lambda item: (-item[1], right.index(item[0])))
        ),
        lost=sum(use.lost for use in uses),
        wrong=sum(use.wrong for use in uses),
        right=right,
    )

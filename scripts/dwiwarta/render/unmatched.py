"""The words of one article that no gloss matches with English ones, for ``partners``."""

from collections.abc import Callable, Iterable

from dwiwarta.knowledge.overlays import remembered
from dwiwarta.model import Entry
from dwiwarta.render.markup import literal
from dwiwarta.words import load_meanings
from dwiwarta.words.alignment import looking_up
from dwiwarta.words.partners import Unmatched, leaving_over

__all__ = ["Unmatched", "unmatched_of"]


def unmatched_of(entry: Entry) -> tuple[Unmatched, ...]:
    """What glosses leave over of the sentences of an article."""
    return _left_over()(
        (literal(left), literal(right))
        for segment in entry.text.segments
        if segment.translation
        for left, right in segment.sentences
    )


@remembered
def _left_over() -> Callable[[Iterable[tuple[str, str]]], tuple[Unmatched, ...]]:
    return leaving_over(looking_up(load_meanings()))

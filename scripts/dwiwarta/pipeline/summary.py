"""What a build did, in the numbers that its last lines show."""

from collections.abc import Callable
from dataclasses import dataclass

from dwiwarta.translate import TranslationCount

# Told of the step under way how much of it is done, of how much, and of what.
Count = Callable[[int, int, str], None]


def not_counted(_done: int, _all: int, _unit: str) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, in the numbers that its last lines show.

    ``notes``: why engines were not used or were given up, a line each.
    """

    articles: int
    paragraphs: int
    removed: int
    repeats: int
    merged: int
    linked: int
    translation: TranslationCount
    notes: tuple[str, ...]
    countries: int
    topics: int
    pages_written: int
    pages_unchanged: int
    pages_removed: int
    site_rendered: bool
    seconds: float

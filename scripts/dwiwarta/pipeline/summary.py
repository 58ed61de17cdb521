"""What a build did, in the numbers that its last lines show."""

from dataclasses import dataclass

from dwiwarta.translate import TranslationCount


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

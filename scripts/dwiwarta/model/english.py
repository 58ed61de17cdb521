"""The English of an article, and who or what stands behind it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from dwiwarta.text import has_letters

SOURCE_LANGUAGE = "id"
TARGET_LANGUAGE = "en"

# BCP 47: English, "x" for private use, machine-made from Indonesian. The form that Google
# documents for published machine translation; CSS and axe read it as English.
MACHINE_ENGLISH = "en-x-mtfrom-id"
UNNAMED_EDITOR = "editor"  # stands for a person who left no name


class State(Enum):
    """Who stands behind a translation."""

    DRAFT = "draft"  # rough local model, replaced when a better engine answers
    MACHINE = "machine"
    EDITED = "edited"  # a person changed it
    APPROVED = "approved"  # a person checked it

    @property
    def is_human(self) -> bool:
        """Whether a person wrote or checked it: such entries are never overwritten."""
        return self in (State.EDITED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Translation:
    """One English text with where it came from. ``made`` is the day it was made or edited."""

    text: str
    state: State
    engine: str  # "google", "firefox 2024-…", or the editor's name for human states
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An engine's answer that the gate rejected: never shown, reported to editors.

    Of the same model version it is not asked for again. ``made``: the day, if it is known.
    """

    engine: str
    reason: str
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """An Indonesian paragraph (or title) and its English, if there is any.

    ``sentences``: aligned (Indonesian, English) sentence pairs; empty when the counts differ, so
    that only the whole paragraph can be matched. ``stale``: the edited translation of an earlier
    wording of this paragraph, kept for the editor, when the source text has changed.
    ``rejections``: answers of engines that were not fit to be shown. ``line``: where it stands in
    the article's memory file, 0 if it does not.
    """

    source: str
    translation: Translation | None = None
    sentences: tuple[tuple[str, str], ...] = ()
    stale: Translation | None = None
    rejections: tuple[Rejection, ...] = ()
    line: int = 0

    @property
    def translatable(self) -> bool:
        """Whether it holds a word. If not it is shown as it is, and nobody has translated it."""
        return has_letters(self.source)


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """The English side of an article: its title and one segment a paragraph, in order."""

    title: Segment
    paragraphs: tuple[Segment, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Title and paragraphs together."""
        return (self.title, *self.paragraphs)

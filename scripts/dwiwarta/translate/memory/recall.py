"""What the memory answers about an article's segments."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dwiwarta.model import Article, Rejection, Story, Translation
from dwiwarta.text import has_letters
from dwiwarta.translate.memory.po import MemoryEntry, SegmentKey
from dwiwarta.translate.memory.stale import match_earlier

if TYPE_CHECKING:  # the store answers with what is defined here
    from dwiwarta.translate.memory.store import Memory


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the memory knows about one segment.

    ``copied_from``: memory file of another article that holds the same text, "" for the own.
    ``carried``: it stands in the own file under a spelling of this text that only looks different.
    ``stale``: an editor's English of an earlier wording of this segment, if there is none of this
    one. ``rejections``: answers that the gate rejected before. ``line``: where the segment stands
    in the article's memory file, 0 if it does not.
    """

    key: SegmentKey
    translation: Translation | None = None
    copied_from: str = ""
    stale: Translation | None = None
    rejections: tuple[Rejection, ...] = ()
    line: int = 0
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Recollection:
    """What the memory knows about an article.

    ``in_step``: the article's file holds exactly these segments as active entries.
    """

    segments: tuple[Recalled, ...]
    in_step: bool

    @property
    def by_key(self) -> dict[SegmentKey, Recalled]:
        """The segments by their text, in their order."""
        return {item.key: item for item in self.segments}


def segment_keys(article: Article) -> tuple[SegmentKey, ...]:
    """Title and paragraphs of an article as the memory knows them."""
    return (
        SegmentKey(article.title, title=True),
        *(SegmentKey(paragraph) for paragraph in article.paragraphs),
    )


def recall_story(memory: "Memory", story: Story) -> Recollection:
    """What the memory knows of the segments that hold words, each once; with its copies' edits."""
    keys = dict.fromkeys(key for key in segment_keys(story.article) if has_letters(key.source))
    return memory.recall(story.article.ref, tuple(keys), [copy.ref for copy in story.copies])


def orphans_of(entries: Iterable[MemoryEntry], wanted: Collection[SegmentKey]) -> list[MemoryEntry]:
    """Of a file's entries, what a person did with text that the article does not hold."""
    return sorted(
        (
            entry
            for entry in entries
            if entry.translation and entry.translation.state.is_human and entry.key not in wanted
        ),
        key=lambda entry: entry.line,
    )


def with_stale(found: Sequence[Recalled], orphans: Sequence[MemoryEntry]) -> list[Recalled]:
    """Offer edits whose text left the article to the segments that took its place."""
    open_keys = [
        item.key for item in found if not (item.translation and item.translation.state.is_human)
    ]
    stale = match_earlier(open_keys, orphans)
    return [
        replace(item, stale=stale[item.key].translation) if item.key in stale else item
        for item in found
    ]

"""What the memory answers about an article's segments."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dwiwarta.model import Rejection, SourceRef, Story, Translation
from dwiwarta.text import has_letters
from dwiwarta.translate.memory.index import Index
from dwiwarta.translate.memory.keys import SegmentKey, norm_key, segment_keys
from dwiwarta.translate.memory.merge import by_key
from dwiwarta.translate.memory.po import MemoryEntry
from dwiwarta.translate.memory.stale import match_earlier


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


class Recalls(Protocol):
    """What can be asked for an article's segments: ``store.Memory``."""

    def recall(
        self, ref: SourceRef, keys: Sequence[SegmentKey], copies: Sequence[SourceRef] = ()
    ) -> Recollection:
        """What is known of them, in their order; see ``recall_from``."""


def recall_story(memory: Recalls, story: Story) -> Recollection:
    """What the memory knows of the segments that hold words, each once; with its copies' edits."""
    keys = dict.fromkeys(key for key in segment_keys(story.article) if has_letters(key.source))
    return memory.recall(story.article.ref, tuple(keys), [copy.ref for copy in story.copies])


def recall_from(
    index: Index, path: str, keys: Sequence[SegmentKey], copies: Sequence[str] = ()
) -> Recollection:
    """What is known about each segment of the article with that memory file, in the order given.

    First what a person wrote or checked in the article's own file, then what a person did with
    the same text elsewhere, then the own file's machine text, then machine text elsewhere.
    What a person did with a slightly different wording is offered beside it: of this article
    before it was changed, and of ``copies``, the files of other articles that tell the same.
    """
    entries = index.entries(path)
    own = by_key(entries)
    wanted = set(keys)
    orphans = _orphans_of(own.values(), wanted)
    same_text = {norm_key(entry.key): entry for entry in reversed(orphans)}
    found = [
        _recall_one(
            index, path, key, own.get(key), same_text.get(norm_key(key)) if orphans else None
        )
        for key in keys
    ]
    carried = {norm_key(item.key) for item in found if item.carried}
    orphans = [entry for entry in orphans if norm_key(entry.key) not in carried]
    for copy in copies:
        seen = wanted.union(entry.key for entry in orphans)
        orphans += _orphans_of(index.entries(copy), seen)
    if orphans:
        found = _with_stale(found, orphans)
    counting = [entry.key for entry in own.values() if not entry.obsolete]
    active = [entry.key for entry in entries if not entry.obsolete]
    in_step = counting == active == list(dict.fromkeys(keys))
    return Recollection(tuple(found), in_step)


def _recall_one(
    index: Index, path: str, key: SegmentKey, own: MemoryEntry | None, same_text: MemoryEntry | None
) -> Recalled:
    """``same_text``: what a person did in this file with another spelling of the same text."""
    rejections, line = (own.rejections, own.line) if own else ((), 0)
    translation = own.translation if own else None
    # A copy whose original is gone is the last witness.
    is_own_work = own is not None and not (own.copied_from and index.holds(own.copied_from))
    if translation and translation.state.is_human and is_own_work:
        return Recalled(key, translation, rejections=rejections, line=line)
    if same_text is not None:
        return Recalled(key, same_text.translation, rejections=rejections, line=line, carried=True)
    elsewhere = index.elsewhere(key, path, human=True)
    if elsewhere is None and translation is None:
        elsewhere = index.elsewhere(key, path, human=False)
    if elsewhere is None or elsewhere[1] == translation:
        return Recalled(key, translation, rejections=rejections, line=line)
    return Recalled(key, elsewhere[1], elsewhere[0], rejections=rejections, line=line)


def _orphans_of(
    entries: Iterable[MemoryEntry], wanted: Collection[SegmentKey]
) -> list[MemoryEntry]:
    """Of a file's entries, what a person did with text that the article does not hold."""
    return sorted(
        (
            entry
            for entry in entries
            if entry.translation and entry.translation.state.is_human and entry.key not in wanted
        ),
        key=lambda entry: entry.line,
    )


def _with_stale(found: Sequence[Recalled], orphans: Sequence[MemoryEntry]) -> list[Recalled]:
    """Offer edits whose text left the article to the segments that took its place."""
    open_keys = [
        item.key for item in found if not (item.translation and item.translation.state.is_human)
    ]
    stale = match_earlier(open_keys, orphans)
    return [
        replace(item, stale=stale[item.key].translation) if item.key in stale else item
        for item in found
    ]

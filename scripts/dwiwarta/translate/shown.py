"""What the memory knows of a story, and the text that its page shows."""

from collections.abc import Mapping

from dwiwarta.model import (
    Article,
    RefusedAnswer,
    Segment,
    State,
    Story,
    TranslatedText,
    Translation,
)
from dwiwarta.text import has_letters
from dwiwarta.translate.align import align_sentences
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.memory.po import SegmentKey
from dwiwarta.translate.memory.recall import Recalled, Recollection

UNCHANGED = "unchanged"  # "engine" of segments without letters, which are shown as they are


def segment_keys(article: Article) -> tuple[SegmentKey, ...]:
    """Title and paragraphs of an article as the memory knows them."""
    return (
        SegmentKey(article.title, title=True),
        *(SegmentKey(paragraph) for paragraph in article.paragraphs),
    )


def recall_story(memory: Memory, story: Story) -> Recollection:
    """What the memory knows of the segments that hold words, each once; with its copies' edits."""
    keys = dict.fromkeys(key for key in segment_keys(story.article) if has_letters(key.source))
    return memory.recall(story.article.ref, tuple(keys), [copy.ref for copy in story.copies])


def shown_text(article: Article, known: Mapping[SegmentKey, Recalled]) -> TranslatedText:
    """An article with the English that is known of it, beside what was turned down."""
    title, *paragraphs = (_segment(key, known.get(key)) for key in segment_keys(article))
    return TranslatedText(title, tuple(paragraphs))


def _segment(key: SegmentKey, item: Recalled | None) -> Segment:
    if item is None:
        return Segment(key.source, Translation(key.source, State.MACHINE, UNCHANGED))
    translation = item.translation
    pairs = align_sentences(key.source, translation.text) if translation else ()
    refused = tuple(RefusedAnswer(r.engine, r.reason) for r in item.refusals)
    return Segment(key.source, translation, pairs, item.stale, refused)

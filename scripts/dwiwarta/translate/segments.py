"""The segments that a page shows: the text of an article with the English known of it."""

from collections.abc import Mapping

from dwiwarta.model import Article, Segment, State, TranslatedText, Translation
from dwiwarta.translate.align import align_sentences
from dwiwarta.translate.memory.keys import SegmentKey, segment_keys
from dwiwarta.translate.memory.recall import Recalled

UNCHANGED = "unchanged"  # "engine" of segments without letters, which are shown as they are


def shown_text(article: Article, known: Mapping[SegmentKey, Recalled]) -> TranslatedText:
    """An article with the English that is known of it, beside what was rejected."""
    title, *paragraphs = (_segment(key, known.get(key)) for key in segment_keys(article))
    return TranslatedText(title, tuple(paragraphs))


def _segment(key: SegmentKey, item: Recalled | None) -> Segment:
    if item is None:
        return Segment(key.source, Translation(key.source, State.MACHINE, UNCHANGED))
    translation = item.translation
    pairs = align_sentences(key.source, translation.text) if translation else ()
    return Segment(key.source, translation, pairs, item.stale, item.rejections, item.line)

"""Sentence pairs inside a paragraph pair, for lighting up the partner of a sentence."""

from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.sentences import split_sentences


def align_sentences(source: str, target: str) -> tuple[tuple[str, str], ...]:
    """(Indonesian, English) sentences in order; empty when the counts differ.

    Engines keep the order of sentences and mostly their number. Where they join or split one, any
    pairing would be a guess, and the reader is shown the whole paragraph instead.
    """
    if not source or not target:
        return ()
    left = split_sentences(source, SOURCE_LANGUAGE)
    right = split_sentences(target, TARGET_LANGUAGE)
    if len(left) != len(right):
        return ()
    return tuple(zip(left, right, strict=True))

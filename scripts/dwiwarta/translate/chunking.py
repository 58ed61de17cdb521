"""Cutting paragraphs that are too long for an engine, at sentences, and joining the answers."""

from dwiwarta.model import SOURCE_LANGUAGE
from dwiwarta.sentences import split_sentences


def cut(text: str, max_chars: int) -> tuple[str, ...]:
    """The text in pieces of at most ``max_chars`` characters: whole sentences as far as they fit.

    A longer sentence is cut after a semicolon or comma, else between words. Empty if there is a
    single word longer than that: such a text is no prose and better left to another engine.
    """
    if len(text) <= max_chars:
        return (text,)
    parts: list[str] = []
    for sentence in split_sentences(text, SOURCE_LANGUAGE):
        parts.extend(_clauses(sentence, max_chars))
    if any(len(part) > max_chars for part in parts):
        return ()
    return _packed(parts, max_chars)


def _clauses(sentence: str, max_chars: int) -> list[str]:
    if len(sentence) <= max_chars:
        return [sentence]
    for mark in ("; ", ", ", " "):
        pieces = sentence.split(mark)
        parts = [piece + mark.strip() for piece in pieces[:-1]] + pieces[-1:]
        if all(len(part) <= max_chars for part in parts):
            return list(_packed(parts, max_chars))
    return [sentence]


def _packed(parts: list[str], max_chars: int) -> tuple[str, ...]:
    """Neighbours joined by a space for as long as they fit."""
    packed: list[str] = []
    for part in parts:
        if packed and len(packed[-1]) + 1 + len(part) <= max_chars:
            packed[-1] += f" {part}"
        else:
            packed.append(part)
    return tuple(packed)

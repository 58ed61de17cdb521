"""Sentence segmentation: sentencex (Wikimedia), with the abbreviations that it lacks joined again.

Measured on samples with ``Jl.``, ``Tbk.``, ``Prof.``, ``Rp 1.234,5`` and glued ``BMKG.Sementara``:
sentencex splits the glued sentence and keeps the numbers; it breaks after the abbreviations below.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from dwiwarta.abbreviations import goes_on

# What may end a sentence and mostly does not, and initials, beside the abbreviations of all stages.
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:H|dkk|dll|dsb|dst|s\.d|d\.a|[A-Z])\.\s*$")

# sentencex looks for the partner of each quotation mark to the end of the text, and goes through it
# for each end of a sentence that a letter or sign follows at once ("!-", "。A"): in time that grows
# with the square. A paragraph of 50,000 words has about a thousand of them.
_OPENING = re.compile(r"[“‘`'«„]|[!?](?=\S)|[^\x00-\x7f\w\s](?=\S)")
_MOST_OPENING = 1000
_CHUNK = 5000  # characters
_NEAR = 40  # characters before the end of a sentence in which an abbreviation is looked for
_PLAIN_END = re.compile(r"(?<=[.!?])\s+")


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of one paragraph, stripped; ``language`` is "id" or "en"."""
    if _has_many_openings(text):
        return [one for chunk in _chunks(text) for one in _sentences(chunk, language)]
    return _sentences(text, language)


def _has_many_openings(text: str) -> bool:
    return len(text) > _MOST_OPENING and len(_OPENING.findall(text)) > _MOST_OPENING


def _chunks(text: str) -> Iterator[str]:
    """A text of more such marks than any article has, in parts that end with a sentence.

    What is still too long without an end of a sentence is taken for one.
    """
    chunk = ""
    for part in _PLAIN_END.split(text):
        if chunk and len(chunk) + len(part) > _CHUNK:
            yield chunk
            chunk = ""
        chunk = f"{chunk} {part}" if chunk else part
    yield chunk


def _sentences(text: str, language: str) -> list[str]:
    if _has_many_openings(text):
        return [text.strip()]
    found = [piece for piece in sentencex.segment(language, text) if not piece.isspace() and piece]
    # Most paragraphs hold no abbreviation that ends a piece.
    if not any(_goes_on(piece, after) for piece, after in pairwise(found)):
        return [piece.strip() for piece in found]
    sentences: list[list[str]] = []
    end = ""  # of the last sentence
    for piece in found:
        if sentences and _goes_on(end, piece):
            sentences[-1].append(piece)
            end += piece
        else:
            sentences.append([piece])
            end = piece
        end = end[max(0, len(end.rstrip()) - _NEAR) :]
    return ["".join(pieces).strip() for pieces in sentences]


def _goes_on(piece: str, after: str) -> bool:
    """Whether two pieces are of one sentence."""
    end = piece.rstrip()[-_NEAR:]
    return bool(
        _ABBREVIATION.search(end)
        or (end.endswith(".") and goes_on(end + after[:_NEAR].lstrip(), len(end) - 1, len(end)))
    )

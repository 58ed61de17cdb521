"""Paragraphs out of bodies that came as one line."""

from dwiwarta.addresses import address_spans, is_inside
from dwiwarta.sentences import split_sentences

# Outlets set two to three sentences a paragraph; a paragraph longer than this came from a body
# without paragraph marks and is divided. Counted in characters.
_LONG = 600
_TARGET = 260
SENTENCE = 60  # characters of a line that is no title, no name and no item of a list


def divide(paragraph: str) -> list[str]:
    """Divide an over-long paragraph after every two or three sentences."""
    if len(paragraph) <= _LONG:
        return [paragraph]
    out: list[str] = []
    for sentence in whole_sentences(paragraph):
        if out and len(out[-1]) < _TARGET and len(out[-1]) + len(sentence) <= _LONG:
            out[-1] += " " + sentence
        else:
            out.append(sentence)
    return out


def is_sentence(line: str) -> bool:
    """Whether a line is of running text: as long as a sentence, and ended like one."""
    return len(line) >= SENTENCE and line[-1] in '.!?”"'


def whole_sentences(text: str) -> list[str]:
    """The sentences of a text; none ends inside an address or the name of a file."""
    sentences = split_sentences(text, "id")
    spans = address_spans(text)
    if not spans:
        return sentences
    out: list[str] = []
    at = 0
    for sentence in sentences:
        start = text.find(sentence, at)
        if out and start >= 0 and is_inside(spans, start):
            out[-1] += sentence  # no white space stands inside an address
        else:
            out.append(sentence)
        at = max(start, at) + len(sentence) if start >= 0 else at
    return out

"""Paragraphs out of bodies that came as one line."""

from dwiwarta.sentences import split_sentences

# Outlets set two to three sentences a paragraph; a paragraph longer than this came from a body
# without paragraph marks and is divided. Counted in characters.
_LONG = 600
_TARGET = 260


def divide(paragraph: str) -> list[str]:
    """Divide an over-long paragraph after every two or three sentences."""
    if len(paragraph) <= _LONG:
        return [paragraph]
    out: list[str] = []
    for sentence in split_sentences(paragraph, "id"):
        if out and len(out[-1]) < _TARGET and len(out[-1]) + len(sentence) <= _LONG:
            out[-1] += " " + sentence
        else:
            out.append(sentence)
    return out

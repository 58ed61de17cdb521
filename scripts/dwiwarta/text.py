"""Small operations on text that several stages need."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def one_line(text: str) -> str:
    """Every run of white space, line breaks and no-break spaces included, as one space."""
    return _SPACE.sub(" ", text).strip()


def squash(text: str) -> str:
    """Only letters and digits, case-folded: two texts that differ in layout squash alike."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def words(text: str) -> list[str]:
    """The words of a text in order, case kept; ``anak-anak`` and ``1.234,5`` pieces as written."""
    return _WORD.findall(text)


def word_set(text: str) -> frozenset[str]:
    """The words between white space: a readable way to write a set of them down."""
    return frozenset(text.split())


def has_letters(text: str) -> bool:
    """Whether there is anything to translate; ``***`` and ``2023`` read the same in English."""
    return any(char.isalpha() for char in text)


def is_utf8(text: str) -> bool:
    """False for a file name with bytes that are no text: it cannot be an article's name."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

"""Small operations on text that several stages need."""

import re
import unicodedata

# Characters that nobody sees. Bidirectional controls can make a line read as something that it does
# not say; the direction of ordinary Arabic or Hebrew words comes from their letters, not from
# these. Joiners are not among them: they belong inside Arabic and Indic words and inside emoji.
INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, tab and line feed aside
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"  # soft hyphen, fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, marks, embeddings, isolates
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000e0001"
    "]"
)

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def one_line(text: str) -> str:
    """Every run of white space, line breaks and no-break spaces included, as one space."""
    return _SPACE.sub(" ", text).strip()


def squash(text: str) -> str:
    """Only letters and digits, case-folded: two texts that differ in layout squash alike."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def without_accents(text: str) -> str:
    """``São Tomé`` as ``Sao Tome``; letters that are no accented ones, as in ``Ørsted``, stay."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


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

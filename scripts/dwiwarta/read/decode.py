"""From bytes to text: the encoding found, mojibake repaired, what readers cannot see removed."""

import codecs
import logging
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from dwiwarta.text import INVISIBLE, one_line

# How files begin that people rename or drop by mistake, and what to call them.
_OTHER_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich-text (RTF) document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)

# UTF-32 before UTF-16: its mark begins with the same two bytes.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# It would tell of every file that is no UTF-8; what an editor needs to know we say ourselves.
logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL)

# The single-byte encodings in which Indonesian text is met: Windows, and old Macs.
_LEGACY = ["cp1252", "mac_roman"]

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")

_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# Joiners belong inside Arabic and Indic words and inside emoji, where both neighbours are such;
# between Latin letters they only hide. Tag characters spell the flag after U+1F3F4.
_JOINER = re.compile(r"[\u200c\u200d]")
_STRAY_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]+)|[\U000e0020-\U000e007f]+")
_JOINABLE = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]"
)


# Word writes the signs of its fonts Symbol and Wingdings as U+F020 to U+F0FF, with nothing to say
# which font it was; these are the ones met in texts. Any other at the start of a line is a bullet.
_SYMBOLS = str.maketrans(
    {
        "\uf02d": "−",
        "\uf04a": "☺",
        "\uf04c": "☹",
        "\uf06c": "●",
        "\uf06d": "❍",
        "\uf06e": "■",
        "\uf06f": "□",
        "\uf071": "❑",
        "\uf074": "⧫",
        "\uf075": "◆",
        "\uf076": "❖",
        "\uf09f": "•",
        "\uf0a3": "≤",
        "\uf0a7": "▪",
        "\uf0a8": "◻",
        "\uf0ae": "→",
        "\uf0b0": "°",
        "\uf0b1": "±",
        "\uf0b3": "≥",
        "\uf0b4": "×",
        "\uf0b7": "•",
        "\uf0b8": "÷",
        "\uf0d8": "➢",
        "\uf0df": "←",
        "\uf0e0": "→",
        "\uf0e8": "➔",
        "\uf0f0": "⇨",
        "\uf0fb": "✗",
        "\uf0fc": "✓",
        "\uf0fd": "☒",
        "\uf0fe": "☑",
    }
)
_SYMBOL_BULLET = re.compile(r"^([ \t]*)[\uf020-\uf0ff](?=\s)", re.MULTILINE)
_SYMBOL = re.compile(r"[\uf020-\uf0ff]")
# A word that was broken at the end of a line: the hyphen is seen there.
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])\u00ad(?=\n[ \t]*[^\W\d_])")


class NotTextError(ValueError):
    """The bytes are not text; the message says in a few words what they seem to be."""


def decode(data: bytes) -> str:
    """The text of a file. Raises ``NotTextError`` for what is no text at all."""
    check_format(data)
    return decode_part(data)


def check_format(beginning: bytes) -> None:
    """Raises ``NotTextError`` if a file that begins so is one of the usual other formats."""
    for magic, name in _OTHER_FORMATS:
        if beginning.startswith(magic):
            raise NotTextError(f"this is {name}, not text: save its text as a .txt file")


def decode_part(data: bytes) -> str:
    """The text of some bytes: by byte order mark, as UTF-8, or as the likeliest of the others.

    Raises ``NotTextError`` for binary data.
    """
    encoding = marked_encoding(data)
    if encoding is None:
        text = _decode_unmarked(data)
    else:
        text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    controls = len(_CONTROLS.findall(text))
    # An escape sequence or two come with text pasted from a terminal; more is a binary file.
    if controls > 8 and controls > len(text) / 50:
        raise NotTextError("this is binary data, not text")
    return text


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of ``data`` names."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _decode_unmarked(data: bytes) -> str:
    # Scrapers leave a zero byte now and then; text in which every other byte is one is UTF-16.
    if data.count(0) > len(data) / 5:
        return _decode_wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _decode_wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    if len(data) % 2 == 0 and max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half:
        return data.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
    raise NotTextError("this is binary data, not text")


def _decode_legacy(data: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    # A few broken bytes in text that otherwise is UTF-8 (cut in the middle, say): still UTF-8.
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    good = sum(1 for character in text if ord(character) > 127) - broken
    if broken <= good / 10:
        return text
    # Imported here: hardly any file needs it.
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY).best()
    if best is not None:
        return str(best)
    return data.decode("cp1252", errors="replace")


def tidy(text: str) -> str:
    r"""Mojibake repaired, NFC, ``\n`` line ends, ordinary spaces, nothing invisible.

    The number of lines before a given line stays what an editor shows, so line numbers hold.
    """
    text = _BREAKS.sub("\n", _SURROGATE.sub("\ufffd", text))
    if not text.isascii() or "\x1b" in text:
        text = _repairer()(text)
        text = _STRAY_TAGS.sub(lambda match: match[1] or "", text)
        text = _SPACES.sub(" ", text)
        text = _BROKEN_WORD.sub("-", text)
        if _SYMBOL.search(text):
            text = _SYMBOL_BULLET.sub(r"\1•", text.translate(_SYMBOLS))
    text = INVISIBLE.sub("", text)
    text = _JOINER.sub(_joiner, text)
    return unicodedata.normalize("NFC", text)


@cache
def _repairer() -> Callable[[str], str]:
    """Repairs mojibake, with ftfy; loaded once a text needs it."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,  # "&lt;b&gt;" in an article about HTML stays as it was written
        uncurl_quotes=False,  # the source's quotation marks are the source's
        fix_latin_ligatures=True,
        fix_character_width=True,
        fix_line_breaks=True,
        normalization="NFC",
        explain=False,
    )
    return lambda text: ftfy.fix_text(text, config)


def _joiner(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    around = text[at - 1 : at], text[at + 1 : at + 2]
    return match[0] if all(c and _JOINABLE.match(c) for c in around) else ""


def tidy_line(text: str | None) -> str | None:
    """A field of one line, tidied; None where nothing is left."""
    return one_line(tidy(text)) or None if text else None

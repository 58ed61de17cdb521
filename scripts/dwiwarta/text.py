"""Small operations on text that several stages need."""

import html
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

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# GitHub's runner finds this kind of command anywhere in a line, the other one (``::``) where a line
# begins, behind spaces too.
_COMMAND, _COMMAND_SPELLED = "##[", r"#\x23["
_BEGINNING, _END = 1_000, 200  # characters of a line that is too long
_NOT_WORD = re.compile(r"[\W_]+")
# The number of a character, longer than that of the last one. Python reads none of more than 4,300
# digits, HTML any of them; zeros say nothing, and there is no character of more digits than these.
_LONG_NUMBER = re.compile(r"&#(?P<x>[xX])?(?P<digits>(?(x)[0-9a-fA-F]{7,}|[0-9]{8,}));?")
_MOST_DIGITS = 7
# Nearly all text is ASCII but for these, none of which is a letter or digit in any normal form.
_TYPOGRAPHIC = "“”’‘–—…\u00a0•"
# What ``re.IGNORECASE`` takes for an ASCII letter and ``lower`` leaves as it is or makes two of.
_LIKE_ASCII = (("i̇", "i"), ("ı", "i"), ("ſ", "s"))
_ASCII_LOWER = bytes(range(256)).lower()
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
# Words of letters, in any script and in a text without other letters than those of ASCII: there the
# second finds the same in a third of the time.
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASCII_LETTERS = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_NEITHER = re.compile(rf"[^\x00-\x7f{_TYPOGRAPHIC}]")


def one_line(text: str) -> str:
    """Every run of white space, line breaks and no-break spaces included, as one space."""
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """A text of HTML with its entities as the characters that they stand for."""
    return html.unescape(_LONG_NUMBER.sub(_short_number, text))


def _short_number(match: re.Match[str]) -> str:
    digits = match["digits"].lstrip("0") or "0"
    return "\ufffd" if len(digits) > _MOST_DIGITS else f"&#{match['x'] or ''}{digits};"


def squash(text: str) -> str:
    """Only letters and digits, case-folded: two texts that differ in layout squash alike."""
    plain = text
    if not text.isascii():
        for char in _TYPOGRAPHIC:
            plain = plain.replace(char, " ")
        if not plain.isascii():
            return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return plain.encode("ascii").translate(_ASCII_LOWER, _ASCII_SIGNS).decode("ascii")


def regex_folded(text: str) -> str:
    """In small letters, so that what a pattern matches that ignores case is alike in both texts."""
    small = text.lower()
    if not small.isascii():
        for found, plain in _LIKE_ASCII:
            small = small.replace(found, plain)
    return small


def without_accents(text: str) -> str:
    """``São Tomé`` as ``Sao Tome``; letters that are no accented ones, as in ``Ørsted``, stay."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def words(text: str) -> list[str]:
    """The words of a text in order, case kept; ``anak-anak`` and ``1.234,5`` pieces as written."""
    return _WORD.findall(text)


def letters_pattern(text: str) -> re.Pattern[str]:
    """What finds the words of letters in ``text``, with the hyphens and apostrophes inside them."""
    return _ASCII_LETTERS if is_ascii_but_signs(text) else _LETTERS


def is_ascii_but_signs(text: str) -> bool:
    """Whether it has no letters and digits but those of ASCII, as nearly all news."""
    return _NEITHER.search(text) is None


def word_set(text: str) -> frozenset[str]:
    """The words between white space: a readable way to write a set of them down."""
    return frozenset(text.split())


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 page``, ``2 pages``; ``plural`` where an "s" is not enough."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def breaks_lines(text: str) -> bool:
    """Whether it holds a control character or another end of a line: it is no name of a thing."""
    return _CONTROL.search(text) is not None


def printable(text: str) -> str:
    """One line for a terminal or a log: whatever would steer it, break the line, hide, or be taken
    for a command wherever it stands, is spelled out.
    """
    if not text.isprintable():
        text = "".join(char if _is_shown(char) else _spelled(char) for char in text)
    return text.replace(_COMMAND, _COMMAND_SPELLED)


def json_for_logs(text: str) -> str:
    """JSON that holds the same, without what a CI takes for a command."""
    return text.replace(_COMMAND, _COMMAND_SPELLED.replace("\\x", "\\u00"))


def _is_shown(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) == "Zs"


def printable_path(path: str) -> str:
    """A path for a terminal or a log; none begins a line with what a CI takes for a command."""
    shown = printable(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def printable_lines(text: str) -> str:
    """Several lines for a terminal or a log, each as ``printable_path`` shows one, not too long."""
    return "\n".join(printable_path(readable(line)) for line in text.split("\n"))


def readable(line: str) -> str:
    """A line without the middle if it is longer than anybody reads: a value of any length may
    stand in it, with the reason behind.
    """
    if len(line) <= _BEGINNING + _END:
        return line
    return f"{line[:_BEGINNING]} … {line[-_END:]}"


def _spelled(char: str) -> str:
    if "\udc80" <= char <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")


def has_letters(text: str) -> bool:
    """Whether there is anything to translate; ``***`` and ``2023`` read the same in English."""
    return text[:1].isalpha() or any(map(str.isalpha, text))


def is_utf8(text: str) -> bool:
    """False for a file name with bytes that are no text: it cannot be an article's name."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

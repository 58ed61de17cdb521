"""What an answer holds that no translation adds: markup, addresses, deceptive characters.

A translation has the letters of its language and the signs of its original. Tags, Markdown,
addresses of web pages, letters of other scripts and characters that nobody sees come from a
service, a damaged transfer or somebody who wants to deceive; what stands in the original may stand
in the answer.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from ftfy.badness import is_bad

from dwiwarta.text import squash, unescaped, words

_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,200}>|<!--")
_ENTITY = re.compile(r"&(?:#0*\d{1,7}|#x0*[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\*\*[^*\s][^*]{0,300}\*\*|__[^_\s][^_]{0,300}__|\[[^\[\]]{1,200}\]\(|```|^#{1,6}\s"
)
_MARKDOWN_SIGN = re.compile(r"[*_`\[#]")
# Endings of addresses that news and advertisements name; others may be two glued sentences.
_DOMAIN = re.compile(
    r"((?:[\w-]+\.)*[\w-]{2,})\.(?:com|net|org|info|biz|io|co|id|edu|gov|tv|ly|app|dev|xyz|site|online"
    r"|example|link|click|top|shop|club)"
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}"
)
# Greek letters that are symbols and look like no other letter: "4πr²".
_SYMBOLS = frozenset("βγδεζηθλμξπστφχψωΓΔΘΛΞΠΣΦΨΩ")
# Control characters that are white space; the chain rejects the others as well.
_WHITE = frozenset("\t\n\r\x0b")
# Nothing to be seen. Between two words it is harmless (it stands in a line of FLORES by people);
# inside a word it hides the word from search.
_NOTHING = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
_INSIDE_WORD = re.compile(f"\\w[{_NOTHING[:-1]}]+\\w")


def added_markup(source: str, answer: str) -> str | None:
    """What markup ``answer`` has that ``source`` has not, as a reason, or ``None``.

    An entity is allowed where the very same one stands in the original: engines are given plain
    text, so an original with ``&amp;`` shows these five characters to its readers too.
    """
    if "<" in answer and (found := _more(_TAG, source, answer)):
        return f"the answer has HTML in it: {found!r}"
    if "&" in answer:
        missing = Counter(_ENTITY.findall(answer)) - Counter(_ENTITY.findall(source))
        for entity in missing:
            if unescaped(entity) != entity:
                return f"the answer has an HTML entity in it: {entity!r}"
    if _MARKDOWN_SIGN.search(answer) and (found := _more(_MARKDOWN, source, answer)):
        return f"the answer has Markdown in it: {found[:40]!r}"
    return None


def _more(pattern: re.Pattern[str], source: str, answer: str) -> str | None:
    """The first find in ``answer`` if there are more than in ``source``."""
    found = [match[0] for match in pattern.finditer(answer)]
    return found[0] if len(found) > len(pattern.findall(source)) else None


def added_address(source: str, answer: str, tokens: list[str]) -> str | None:
    """An address that ``answer``, whose words are ``tokens``, has and ``source`` has not."""
    if "://" in answer and "://" not in source:
        return "the answer has a web address in it that the original has not"
    for token in tokens:
        # "Detikcom" may become "detik.com": the name must be there, not the ending.
        if (
            "." in token
            and (domain := _DOMAIN.fullmatch(token))
            and squash(domain[1].removeprefix("www.")) not in squash(source)
        ):
            return f"the answer has an address in it that the original has not: {token}"
    return None


def broken_characters(source: str, answer: str) -> str | None:
    """Characters of ``answer`` that are broken, hidden or of a script that ``source`` lacks."""
    if answer.isascii() and answer.isprintable():
        return None
    new = sorted(set(answer) - set(source))
    for char in new:
        kind = unicodedata.category(char)
        if char == "\ufffd" or (kind == "Cc" and char not in _WHITE):
            return f"the answer has broken characters in it: {char!r}"
        # Cf: reversed writing, nothing between letters, invisible tags; Co, Cn: no character.
        if kind in ("Cf", "Co", "Cn", "Cs") and (
            char not in _NOTHING or _INSIDE_WORD.search(answer) is not None
        ):
            return f"the answer has hidden characters in it: U+{ord(char):04X}"
    # "cafÃ©": UTF-8 taken for another charset on its way.
    if is_bad(answer) and not is_bad(source):
        return "the answer has broken characters in it: it was read in a wrong charset"
    if _MARKS.search(answer) and not _MARKS.search(source):
        return "the answer has broken characters in it: accents piled up"
    return _other_script(source, answer)


def _other_script(source: str, answer: str) -> str | None:
    scripts = {_script(char) for char in set(answer)} - {""}
    if not scripts:
        return None
    plain = unicodedata.normalize("NFKC", source)
    strange = scripts - {_script(char) for char in set(source + plain)}
    for word in words(answer):
        mine = {_script(char) for char in word} - {""}
        if not mine or (mine == {"GREEK"} and len(word) == 1):
            continue
        if mine & strange:
            return f"the answer has letters in it that the original has not: {word!r}"
        # "Gоvernor" with a Cyrillic letter looks like the word and is none.
        if any(char.isascii() and char.isalpha() for char in word) and word not in plain:
            return f"the answer mixes scripts in a word: {word!r}"
    return None


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script of a letter, by its name in Unicode; "" for Latin, and for what is no letter."""
    if char.isascii() or not char.isalpha() or char in _SYMBOLS:
        return ""
    script = unicodedata.name(char, "UNKNOWN").partition(" ")[0]
    # ʻokina and ʿain are modifiers, ª and º ordinals, µ is the micro sign.
    latin = ("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO")
    return "" if script in latin else script

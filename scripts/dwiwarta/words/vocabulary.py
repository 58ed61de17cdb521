"""The roots of an article, in so few letters that every page can carry them.

So a reader who keeps words is told how many are new without that anything of the lexicon is
fetched but the list of its roots (``docs/assets/words/known.js``).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.function_words import load_function_words
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.text import letters_pattern
from dwiwarta.words.affixes import load_affixes
from dwiwarta.words.analyser import FUNCTION, load_analyser
from dwiwarta.words.level import frequent_roots
from dwiwarta.words.meanings import load_meanings

# Digits for places in the list of roots: what an attribute and a JSON text take as it is.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~!*+:;,/()@$^=|?#%[]"
_MARK = 4  # hexadecimal digits
_KEPT = 100_000  # words
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NEXT = re.compile(r" ([A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*)")
_SENTENCE_END = re.compile(r"[.!?:][\"”’)]*\s+[\"“‘(]*$")  # before a word that begins the next one


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """The roots of an article, those that stand in it most often first, then those of most news.

    Without function words, names, and what the lexicon lacks.
    """
    root_of, names = _root_of(), _names()
    roots = []
    for text in texts:
        first = _LETTER_OR_DIGIT.search(text)
        opening = first.start() if first else 0
        for match in letters_pattern(text).finditer(text):
            word = match[0]
            if not word.islower():
                start, end = match.span()
                if word in names or not (start <= opening or _begins(text, start)):
                    continue
                after = _NEXT.match(text, end)
                if after and not load_meanings().of(after[1]).senses:
                    continue  # *Budi Santoso*
            if root := root_of(word):
                roots.append(root)
    counts = Counter(roots)
    frequent = frequent_roots()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] not in frequent))
    return tuple(root for root, _ in ordered)


def roots_mark() -> str:
    """Stands for the list of all roots: places in one list mean nothing in another."""
    return _roots()[0]


def coded(roots: Iterable[str]) -> str:
    """The mark of the list of all roots, and the place of each of these in it."""
    mark, places, width = _roots()
    return mark + "".join(_number(places[root], width) for root in roots)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence ends right before ``start``."""
    end = max(text.rfind(sign, 0, start) for sign in ".!?:")  # none comes after the last
    return end >= 0 and _SENTENCE_END.match(text, end, start) is not None


def _number(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


@remembered
def _root_of() -> Callable[[str], str]:
    """The root that counts of a word, "" where there is none."""
    known, function = load_analyser(), load_function_words()
    endings = {name for group in load_affixes().endings for name in group}

    @lru_cache(_KEPT)
    def root_of(word: str) -> str:
        if word.lower() in function or not (found := known.read(word)):
            return ""
        if found.root in function and all(piece.affix in endings for piece in found.pieces):
            return ""  # tidaklah
        entry = known.lexicon.entries.get(found.root)
        return found.root if entry and entry.pos not in FUNCTION else ""

    return root_of


@remembered
def _roots() -> tuple[str, dict[str, int], int]:
    """The mark, the place of each root, and how many digits a place takes."""
    roots = list(load_analyser().lexicon.entries)
    width = 1
    while len(DIGITS) ** width < len(roots):
        width += 1
    return digest_of(*roots)[:_MARK], {root: at for at, root in enumerate(roots)}, width


@remembered
def _names() -> frozenset[str]:
    """Forms of the glossary with a capital."""
    forms = (form for term in load_glossary().terms for form in term.source)
    return frozenset(form for form in forms if form != form.lower())

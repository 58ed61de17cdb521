"""The roots of an article, in so few letters that every page can carry them.

So a reader who keeps words is told how many are new without that anything of the lexicon is
fetched but the list of its roots (``docs/assets/words/known.js``).
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import filterfalse

from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.function_words import load_function_words
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.text import letters_pattern
from dwiwarta.words.affixes import load_affixes
from dwiwarta.words.analyser import FUNCTION, load_analyser
from dwiwarta.words.byword import ByWord
from dwiwarta.words.level import frequent_roots
from dwiwarta.words.meanings import load_meanings

# Digits for places in the list of roots: what an attribute and a JSON text take as it is.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~!*+:;,/()@$^=|?#%[]"
_MARK = 4  # hexadecimal digits
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NEXT = re.compile(r" ([A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*)")
_SENTENCE_END = re.compile(r"[.!?:][\"”’)]*\s+[\"“‘(]*$")  # before a word that begins the next one


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """The roots of an article, those that stand in it most often first, then those of most news.

    Without function words, names, and what the lexicon lacks.
    """
    root_of = _root_of().__getitem__
    roots = []
    for text in texts:
        words = letters_pattern(text).findall(text)
        end = 0
        for word, root in zip(words, map(root_of, words), strict=True):
            if not word.islower():
                # Found right behind the last such word, as it has a capital and none between has.
                start = text.index(word, end)
                end = start + len(word)
                if not root or not _is_common(text, start, end):
                    continue
            if root:
                roots.append(root)
    counts = Counter(roots)
    frequent = frequent_roots().__contains__
    ordered = [*filter(frequent, counts), *filterfalse(frequent, counts)]
    ordered.sort(key=counts.__getitem__, reverse=True)  # those that are equal stay as they are
    return tuple(ordered)


def _is_common(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital is no name: it begins a sentence, and no name follows it."""
    first = _LETTER_OR_DIGIT.search(text)
    if not ((first and start <= first.start()) or _begins(text, start)):
        return False
    after = _NEXT.match(text, end)
    return not after or bool(load_meanings().of(after[1]).senses)  # *Budi Santoso*


def roots_mark() -> str:
    """Stands for the list of all roots: places in one list mean nothing in another."""
    return _roots()[0]


def coded(roots: Iterable[str]) -> str:
    """The mark of the list of all roots, and the place of each of these in it."""
    mark, numbers = _roots()
    return mark + "".join(map(numbers.__getitem__, roots))


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
def _root_of() -> ByWord:
    """The root that counts of a word, "" where there is none, as of names of the glossary."""
    known, function = load_analyser(), load_function_words()
    endings = {name for group in load_affixes().endings for name in group}
    names = _names()

    def root_of(word: str) -> str:
        if word in names or word.lower() in function or not (found := known.read(word)):
            return ""
        if found.root in function and all(piece.affix in endings for piece in found.pieces):
            return ""  # tidaklah
        entry = known.lexicon.entries.get(found.root)
        return found.root if entry and entry.pos not in FUNCTION else ""

    return ByWord(root_of)


@remembered
def _roots() -> tuple[str, ByWord]:
    """The mark, and the number of each root: its place, all in as many digits."""
    roots = list(load_analyser().lexicon.entries)
    width = 1
    while len(DIGITS) ** width < len(roots):
        width += 1
    places = {root: at for at, root in enumerate(roots)}
    return digest_of(*roots)[:_MARK], ByWord(lambda root: _number(places[root], width))


@remembered
def _names() -> frozenset[str]:
    """Forms of the glossary with a capital."""
    forms = (form for term in load_glossary().terms for form in term.source)
    return frozenset(form for form in forms if form != form.lower())

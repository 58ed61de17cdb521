"""The words of a text as the search knows them, and what all forms of a word have in common.

``docs/assets/search/words.js`` does the same with what a reader types, by the same rules
(``rules()``); ``tests/browser/test_search_words.py`` holds the two together.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from dwiwarta.knowledge.calendar import MONTHS
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.search.schema import search_words

SHORTEST_ROOT = 3
_SHORTEST_UNKNOWN = 4  # letters that -nya leaves of a word that is not in the list of roots
_UNKNOWN_ENDING = "nya"
_MOST_PREFIXES = 2
LONGEST_FORM = 60  # letters; what is longer is no word
# A number with its separators, a run of letters and digits, or one symbol, as in emoji.
_SYMBOLS = "\u2600-\u27bf\U0001f000-\U0001faff"
_ACRONYM = re.compile(r"(?=.*[^\W\d_])[^\W_]{2,4}")
_NUMBER = re.compile("[0-9][0-9.,]*")
_WORD = re.compile(rf"[^\W_]+|[{_SYMBOLS}]")  # all that ``_token`` finds where there is no digit
_FROM_DIGIT = re.compile(r"[0-9]\S*")
_NO_ASCII = re.compile(r"[^\x00-\x7f]")
_QUOTES = re.compile("[‘’“”–—…]")  # what most texts have beside ASCII; no part of a word
_BETWEEN_WORDS = bytes(code if chr(code).isalnum() else 0x20 for code in range(0x80)).ljust(256)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")
_THOUSANDS_AND_PART = re.compile(
    r"([1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+(?=,)|(?:,[0-9]{3})+(?=\.)))[.,]([0-9]+)"
)
_PART = re.compile(r"([0-9]+)[.,]([0-9]+)")


@remembered
def _token() -> re.Pattern[str]:
    currencies = "|".join(search_words().currencies.split()) or "(?!)"
    return re.compile(
        rf"(?<![^\W_])(?:{currencies})(?=[0-9])"
        rf"|[0-9]+(?:[.,][0-9]+)*(?![^\W_])|[^\W_]+|[{_SYMBOLS}]",
        re.IGNORECASE,
    )


def without_marks(text: str) -> str:
    """``Élan`` as ``Elan``; what has no letter of its own, as in ``Ørsted``, stays."""
    if text.isascii():
        return text
    return _NO_ASCII.sub(_without_mark, unicodedata.normalize("NFD", text))


def _without_mark(match: re.Match[str]) -> str:
    return "" if unicodedata.category(match[0]).startswith("M") else match[0]


def forms_of(text: str) -> Iterator[str]:
    """The words of a text in order, in small letters without accents, ``1.234,5`` as ``1234.5``.

    A word of two to four capitals in a text that is not all in capitals keeps them: ``AS``.
    """
    plain = without_marks(text)
    loud = plain.isupper()
    for word in _token().findall(plain):
        yield from forms_of_word(word.lower() if loud else word)


def distinct_words(texts: Iterable[str]) -> Collection[str]:
    """The words of some texts, each once, as ``forms_of_word`` takes them, in a settled order."""
    loud: list[str] = []
    quiet: list[str] = []
    for text in texts:
        plain = without_marks(text if text.isascii() else _QUOTES.sub(" ", text))
        (loud if plain.isupper() else quiet).append(plain)
    # No word goes over the end of a line.
    words = dict.fromkeys(_words("\n".join(quiet)))
    words.update(dict.fromkeys(map(str.lower, _words("\n".join(loud)))))
    return words


def _words(plain: str) -> list[str]:
    """What ``_token`` finds, in another order: that pattern only looks at what holds a digit."""
    rest, numbers, end = [], [], 0
    for match in _FROM_DIGIT.finditer(plain):
        start = match.start()
        while start > end and plain[start - 1].isalnum():
            start -= 1
        rest.append(plain[end:start])
        end = match.end()
        numbers.append(plain[start:end])
    rest.append(plain[end:])
    words = " ".join(rest)
    if words.isascii():
        found = words.encode().translate(_BETWEEN_WORDS).decode().split()
    else:
        found = _WORD.findall(words)
    return found + _token().findall(" ".join(numbers)) if numbers else found


def forms_of_word(word: str) -> tuple[str, ...]:
    """The forms of one word; of a text that is all in capitals it comes in small letters."""
    if _NUMBER.fullmatch(word):
        return numbers(word)
    if len(word) <= 4 and word.isupper() and _ACRONYM.fullmatch(word):
        return (word,)
    return (word.lower(),) if len(word) <= LONGEST_FORM else ()


def numbers(text: str) -> tuple[str, ...]:
    """A number in either language's notation as a plain one; ``9.11.2023`` is three.

    ``600.000`` and ``600,000`` are both ``600000``, ``4,2`` and ``4.2`` both ``4.2``: three digits
    behind a point or comma are thousands, unless a zero stands before it.
    """
    if _THOUSANDS.fullmatch(text):
        return (re.sub("[.,]", "", text),)
    if match := _THOUSANDS_AND_PART.fullmatch(text):
        return (f"{re.sub('[.,]', '', match[1])}.{match[2]}",)
    if match := _PART.fullmatch(text):
        return (f"{match[1]}.{match[2]}",)
    return tuple(re.split("[.,]", text))


@remembered
def passed_over() -> frozenset[str]:
    """Words that say too little to be told that a title has them."""
    return frozenset(search_words().passed_over.split())


# --- forms of one word --------------------------------------------------------------------------


def stem(form: str, language: str) -> str:
    """What the forms of a word have in common, by the grammar of ``language`` ("id" or "en")."""
    word = form.lower()
    if word[0] in "0123456789":
        return word
    word = _spelled(word)
    if len(word) > 2:
        word = _spelled(_indonesian(word) if language == "id" else _english(word))
    return word


@remembered
def _spellings() -> Mapping[str, str]:
    groups = [line.split() for line in search_words().spellings]
    return {word: group[0] for group in groups for word in group}


def _spelled(word: str) -> str:
    known = _spellings()
    if word in known:
        return known[word]
    for old, new in search_words().letters.items():
        word = word.replace(old, new)
    return known.get(word, word)


@remembered
def _english_steps() -> tuple[tuple[tuple[str, ...], tuple[tuple[str, str, int], ...]], ...]:
    """The endings of each step, to pass over those that a word has none of; and its rules."""
    return tuple(
        (tuple(ending for ending, _, _ in step), tuple(step)) for step in search_words().english
    )


def _english(word: str) -> str:
    for endings, step in _english_steps():
        if not word.endswith(endings):
            continue
        for ending, instead, least in step:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: len(word) - len(ending)] + instead
                break
    return word


@remembered
def _roots() -> frozenset[str]:
    return frozenset(search_words().indonesian.roots.split())


@remembered
def _indonesian_prefixes() -> tuple[str, ...]:
    return tuple(prefix for prefix, _, _ in search_words().indonesian.prefixes)


def _indonesian(word: str) -> str:
    roots = _roots()
    if word in roots:
        return word
    ends = {word}
    for endings in search_words().indonesian.endings:
        if not any(end.endswith(endings) for end in ends):
            continue
        ends |= {
            end[: len(end) - len(ending)]
            for end in ends
            for ending in endings
            if end.endswith(ending) and len(end) - len(ending) >= SHORTEST_ROOT
        }
    cores = ends
    found = cores & roots
    for _ in range(_MOST_PREFIXES):
        cores = {core for end in cores for core in _without_prefix(end)}
        found |= cores & roots
    if found:
        return min(found, key=lambda core: (-len(core), core))
    rest = word.removesuffix(_UNKNOWN_ENDING)
    return rest if len(rest) >= _SHORTEST_UNKNOWN else word


def _without_prefix(word: str) -> Iterator[str]:
    if not word.startswith(_indonesian_prefixes()):
        return
    for prefix, following, swallowed in search_words().indonesian.prefixes:
        if not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        if rest and (not following or rest[0] in following):
            core = swallowed + rest
            if len(core) >= SHORTEST_ROOT:
                yield core


def rules() -> dict[str, Any]:
    """All of it for ``words.js``, ready for JSON, and the names of months."""
    return {**search_words().model_dump(mode="json"), "months": dict(MONTHS)}

"""Does an answer speak of the same things as its original?

An engine that answers a batch may hand back another paragraph's translation: good English, right
length, and wrong. Names stay the same in both languages, many other words are cognates
(``presiden``, ``konferensi``), and a short list of frequent words covers part of the rest. Where
enough of these could be found again and almost none was, the answer is about something else.
"""

import re
from pathlib import Path

from pydantic import Field

from dwiwarta.settings import KNOWLEDGE_DIR
from dwiwarta.text import words
from dwiwarta.yamlfile import Strict, load_yaml


class FrequentWords(Strict):
    """The schema of ``frequent_words.yml``: Indonesian words and how their English begins."""

    english: dict[str, tuple[str, ...]] = Field(min_length=1)
    not_names: tuple[str, ...] = Field((), description="capitalised, but translated")


def load_frequent_words(path: Path = KNOWLEDGE_DIR / "frequent_words.yml") -> FrequentWords:
    """Read the list. Raises ``SettingsError`` with ``file:line: reason`` for each fault."""
    return load_yaml(path, FrequentWords)


def looks_unrelated(source: str, answer: str, frequent: FrequentWords) -> str | None:
    """Why ``answer`` seems to belong to another original, or ``None``.

    The line is drawn where it rejects 0.0 to 0.3 % of human translations (FLORES, NTREX) and
    finds 33 to 62 % of translations moved by one line; numbers and length find others.
    """
    found, sought = clues(source, answer, frequent)
    if _enough(found, sought):
        return None
    return f"the answer seems to belong to other text: {found} of {sought} words found again"


def clues(source: str, answer: str, frequent: FrequentWords) -> tuple[int, int]:
    """(found, sought): words of ``source`` that have a partner in ``answer``, of those that should.

    Each different word counts once. Cognates are found but never sought, as most words have none,
    and looked for only where the rest does not decide.
    """
    english = {word.lower() for word in words(answer)}
    begun = {word[:end] for word in english for end in range(1, len(word) + 1)}
    found = sought = 0
    unmatched: list[str] = []  # names and possible cognates
    seen: set[str] = set()
    tokens = words(source)
    # In a headline capitals do not tell names.
    headline = sum(token[0].isupper() for token in tokens) > 0.6 * len(tokens)
    for place, word in enumerate(tokens):
        low = word.lower()
        if low in seen or len(low) < 3:
            continue
        seen.add(low)
        stems = frequent.english.get(low)
        if stems is not None:
            sought += 1
            found += any(stem in begun for stem in stems)
        elif _is_name(word, place, headline) and low not in frequent.not_names:
            sought += 1
            if low in english:
                found += 1
            elif len(low) >= 4:
                unmatched.append(low)
        elif len(low) >= 5:
            unmatched.append(low)
    if unmatched and not _enough(found, sought):
        heads = {_skeleton(word)[:4] for word in english if len(word) >= 4}
        found += sum(_skeleton(low)[:4] in heads for low in unmatched)
    return found, sought


def _enough(found: int, sought: int) -> bool:
    return sought < 3 or found > 0.35 * sought - 1


# In a headline every word has a capital; these forms are verbs and nouns, hardly ever names.
_INFLECTED = re.compile(r"(?:me|pe|ber|ter|di|ke|se).*|.*(?:an|kan|nya)", re.IGNORECASE)


def _is_name(word: str, place: int, headline: bool) -> bool:
    if not word[0].isupper() or not place:
        return False  # the first word of a sentence has a capital anyway
    return not headline or not _INFLECTED.fullmatch(word)


# The same sound, spelt alike: "komisi" and "commission" both begin "komis".
_SPELLINGS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("sh", "s"), ("sy", "s"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("z", "s"), ("v", "f"), ("y", "i"), ("j", "i"), ("ou", "u"), ("oe", "u"),
)  # fmt: skip


def _skeleton(word: str) -> str:
    for spelling, sound in _SPELLINGS:
        word = word.replace(spelling, sound)
    return re.sub(r"(.)\1", r"\1", word)

"""Does an answer speak of the same things as its original?

An engine that answers a batch may hand back another paragraph's translation: good English, right
length, and wrong. Names stay the same in both languages, many other words are cognates
(``presiden``, ``konferensi``), and a short list of frequent words covers part of the rest. Where
enough of these could be found again and almost none was, the answer is about something else. Where
the answers of a whole article are at hand, two that were exchanged are found by the same clues.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.text import squash, words
from dwiwarta.yamlfile import Strict, load_yaml

# Beginnings of words are compared up to here; no rendering needs more to be told from others.
_LONGEST_STEM = 16

Stem = Annotated[str, Field(min_length=1, max_length=_LONGEST_STEM)]


class FrequentWords(Strict):
    """The schema of ``frequent_words.yml``: Indonesian words and how their English begins."""

    english: dict[str, tuple[Stem, ...]] = Field(min_length=1)
    not_names: frozenset[str] = Field(frozenset(), description="capitalised, but translated")


def load_frequent_words(path: Path = KNOWLEDGE_DIR / "frequent_words.yml") -> FrequentWords:
    """Read the list. Raises ``SettingsError`` with ``file:line: reason`` for each fault."""
    return load_yaml(path, FrequentWords)


def looks_unrelated(source: str, answer: str, frequent: FrequentWords) -> str | None:
    """Why ``answer`` seems to belong to another original, or ``None``.

    The line is drawn where it rejects 0.0 to 0.2 % of translations by people, Google and Firefox
    (FLORES, NTREX; twice as many from 0.40 on) and finds 31 to 38 % of lines and 54 to 68 % of
    paragraphs that were moved by one place; numbers and length find others.
    """
    found, sought = clues(source, answer, frequent)
    if _enough(found, sought):
        return None
    return f"the answer seems to belong to other text: {found} of {sought} words found again"


@dataclass(frozen=True, slots=True)
class Sought:
    """What an answer to an original should hold: names, and the beginnings of frequent words.

    ``stems``: for each frequent word, how its renderings begin. ``names``: in small letters.
    ``others``: words that may have a cognate, in small letters.
    """

    stems: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    others: tuple[str, ...]


class Offered:
    """The words of an answer, in the forms in which they are looked for."""

    def __init__(self, answer: str) -> None:
        """Of the words of ``answer``; each part of "twelfth-graders" counts too."""
        self.words = set(words(answer.lower()))
        if "-" in answer:
            self.words |= {part for word in self.words if "-" in word for part in word.split("-")}
        self._beginnings = {
            word[:end] for word in self.words for end in range(1, min(len(word), _LONGEST_STEM) + 1)
        }

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(_skeleton(word)[:4] for word in self.words if len(word) >= 4)

    def known(self, sought: Sought) -> int:
        """How many of the frequent words and of the names stand here as they are."""
        beginnings = self._beginnings
        return sum(not beginnings.isdisjoint(stems) for stems in sought.stems) + sum(
            name in self.words for name in sought.names
        )

    def cognates(self, sought: Sought) -> int:
        """How many of the other words, and of the names in another spelling, sound like one here.

        ``presiden`` and "president", ``Sumatera`` and "Sumatra".
        """
        return sum(_skeleton(low)[:4] in self._heads for low in sought.others) + sum(
            len(low) >= 4 and low not in self.words and _skeleton(low)[:4] in self._heads
            for low in sought.names
        )


def clues(source: str, answer: str, frequent: FrequentWords) -> tuple[int, int]:
    """(found, sought): words of ``source`` that have a partner in ``answer``, of those that should.

    Each different word counts once. Cognates are found but never sought, as most words have none,
    and looked for only where the rest does not decide.
    """
    wanted, offered = seek(source, frequent), Offered(answer)
    found, sought = offered.known(wanted), len(wanted.stems) + len(wanted.names)
    if not _enough(found, sought):
        found += offered.cognates(wanted)
    return found, sought


def seek(source: str, frequent: FrequentWords) -> Sought:
    """What an answer to ``source`` should hold."""
    stems: list[tuple[str, ...]] = []
    names: list[str] = []
    others: list[str] = []
    seen: set[str] = set()
    tokens = words(source)
    # In a headline capitals do not tell names.
    headline = sum(token[0].isupper() for token in tokens) > 0.6 * len(tokens)
    for place, word in enumerate(tokens):
        low = word.lower()
        if low in seen or len(low) < 3:
            continue
        seen.add(low)
        if low in frequent.english:
            stems.append(frequent.english[low])
        elif _is_name(word, place, headline) and low not in frequent.not_names:
            names.append(low)
        elif len(low) >= 5:
            others.append(low)
    return Sought(tuple(stems), tuple(names), tuple(others))


def _enough(found: int, sought: int) -> bool:
    return sought < 3 or found > 0.37 * sought - 1


# In a headline every word has a capital; these forms are verbs and nouns, hardly ever names.
_INFLECTED = re.compile(r"(?:me|pe|ber|ter|di|ke|se).*|.*(?:an|kan|nya)", re.IGNORECASE)


_ROMAN = re.compile(r"[IVX]+")


def _is_name(word: str, place: int, headline: bool) -> bool:
    if not word[0].isupper() or not place or _ROMAN.fullmatch(word):
        return False  # the first word of a sentence has a capital anyway
    return not headline or not _INFLECTED.fullmatch(word)


# The same sound, spelt alike: "komisi" and "commission" both begin "komis".
_SPELLINGS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("sh", "s"), ("sy", "s"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("z", "s"), ("v", "f"), ("y", "i"), ("j", "i"), ("ou", "u"), ("oe", "u"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def _skeleton(word: str) -> str:
    for spelling, sound in _SPELLINGS:
        word = word.replace(spelling, sound)
    return re.sub(r"(.)\1", r"\1", word)


# Paragraphs further apart are not compared: batches are smaller, and the work stays in proportion.
_REACH = 16


def exchanged(
    sources: Sequence[str], answers: Sequence[str], frequent: FrequentWords
) -> frozenset[int]:
    """Indices of answers that probably belong to other paragraphs of the same article.

    ``answers[i]`` is held to be the English of ``sources[i]``, and each may have passed the gate
    alone. Suspect are two answers that fit better when exchanged, counted in words found again
    (neighbours: by one word, others: by two), and one answer given to sources that are not alike.
    Give it all answers of an article, those that the gate rejected too and "" for none: what was
    moved by one place is then seen by its neighbours.

    Measured in articles of 16 lines (benchmarks/gate.py). Of swaps of neighbours that
    ``check_answer`` accepts it finds 290 of 295 (FLORES), 130 of 146 (NTREX), 86 of 92 (Guntara,
    news) and 569 of 583 (Google, Firefox); of answers moved by one place and accepted 1,052 of
    1,083 in the first 800 lines of each. Of right translations it suspects none of these 7,584
    lines by people and 3,984 by Google and Firefox.
    Takes 2 ms for 16 paragraphs.
    """
    wanted = [seek(source, frequent) for source in sources]
    offered = [Offered(answer) for answer in answers]
    suspects: set[int] = set()
    straight = [_fit(one, other) for one, other in zip(wanted, offered, strict=True)]
    for i in range(len(sources)):
        for j in range(i + 1, min(i + _REACH, len(sources))):
            crossed = _fit(wanted[i], offered[j]) + _fit(wanted[j], offered[i])
            if crossed - straight[i] - straight[j] > (0 if j == i + 1 else 1):
                suspects |= {i, j}
    return frozenset(suspects | _same_answers(sources, answers))


def _fit(wanted: Sought, offered: Offered) -> int:
    return offered.known(wanted) + offered.cognates(wanted)


def _same_answers(sources: Sequence[str], answers: Sequence[str]) -> set[int]:
    """Answers of three words and more that stand for different originals."""
    suspects: set[int] = set()
    given: dict[str, list[int]] = {}
    for i, answer in enumerate(answers):
        if len(words(answer)) >= 3:
            given.setdefault(squash(answer), []).append(i)
    for indices in given.values():
        spoken = {i: set(words(sources[i].lower())) for i in indices}
        for i in indices:
            # A title and a first sentence may say the same in nearly the same words.
            if any(2 * len(spoken[i] & spoken[j]) < len(spoken[i] | spoken[j]) for j in indices):
                suspects.add(i)
    return suspects

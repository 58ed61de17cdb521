"""What a person corrects of one article: found by its words, stored as edited, never in the dark.

A correction says which English it was made of. Where somebody else has written another English in
the meantime, it is a conflict: told, and settled by people.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

import polib

from dwiwarta.knowledge.glossary import Glossary
from dwiwarta.model import Article, State, Story, Translation
from dwiwarta.text import words
from dwiwarta.translate.gate import GateRules, check_answer
from dwiwarta.translate.memory import Memory, memory_path
from dwiwarta.translate.memory.keys import SegmentKey, segment_keys
from dwiwarta.translate.memory.merge import Addition, add_all, by_key, entries_of
from dwiwarta.translate.memory.pocomment import digest
from dwiwarta.translate.memory.recall import recall_story

_QUOTES = (("'", "‘’‚‛`´′"), ('"', "“”„‟″«»"), ("-", "‐‑‒–—―−"))
_ANY_OF = {char: f"[{re.escape(one + others)}]" for one, others in _QUOTES for char in one + others}

SHARED = 3  # characters in one go that make a line worth showing where no word is the same


@dataclass(frozen=True, slots=True)
class Line:
    """The title or a paragraph as it is shown. ``place``: in words, ``title``, ``paragraph 3``.

    ``translation`` is None where there is no English; ``doubt``: what speaks against it.
    """

    key: SegmentKey
    place: str
    translation: Translation | None = None
    earlier: str = ""  # an editor's English of an earlier wording
    doubt: str = ""

    @property
    def english(self) -> str:
        """Its English, "" if there is none."""
        return self.translation.text if self.translation else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """New English of a segment. ``base``: ``base_of`` the English that it was made of."""

    key: SegmentKey
    english: str
    base: str


class Fate(Enum):
    """What became of a correction."""

    STORED = "stored"
    UNCHANGED = "unchanged"  # the memory holds that very text as a person's already
    CONFLICT = "conflict"  # a person wrote another English meanwhile: left alone
    FAILED = "not stored"  # the memory file is broken or cannot be written


@dataclass(frozen=True, slots=True)
class Corrected:
    """The fate of a correction. ``held``: what the memory holds instead, for conflicts."""

    correction: Correction
    fate: Fate
    held: str = ""


def base_of(english: str) -> str:
    """What tells an English text from any other; ``-`` for none."""
    return digest(english) if english else "-"


def lines_of(
    memory: Memory, story: Story, glossary: Glossary, rules: GateRules
) -> tuple[Line, ...]:
    """The title and the paragraphs of an article that hold words, each text once."""
    places = _places(story.article)
    return tuple(
        Line(
            item.key,
            places[item.key],
            item.translation,
            item.stale.text if item.stale else "",
            doubts(item.key.source, item.translation.text, glossary, rules)
            if item.translation and not item.translation.state.is_human
            else "",
        )
        for item in recall_story(memory, story).segments
    )


def _places(article: Article) -> Mapping[SegmentKey, str]:
    places: dict[SegmentKey, str] = {}
    for number, key in enumerate(segment_keys(article)):
        places.setdefault(key, f"paragraph {number}" if number else "title")
    return places


def doubts(source: str, english: str, glossary: Glossary, rules: GateRules) -> str:
    """What the gate and the glossary have against an English text, "" if nothing."""
    found = check_answer(source, english, glossary, rules)
    return "; ".join([*([found] if found else ()), *map(str, glossary.violations(source, english))])


def pattern_of(wrong: str) -> re.Pattern[str]:
    """Finds words as a person types them: whole words, any white space, quotes and dashes alike."""
    parts = [
        "".join(_ANY_OF.get(char) or re.escape(char) for char in word) for word in wrong.split()
    ]
    start = r"(?<!\w)" if re.match(r"\w", wrong.strip()) else ""
    end = r"(?!\w)" if re.search(r"\w$", wrong.strip()) else ""
    return re.compile(start + r"\s+".join(parts) + end)


def nearest(lines: Sequence[Line], wrong: str, most: int = 3) -> list[Line]:
    """The lines that share most with words that stand in none of them, the best first."""
    wanted = {word.casefold() for word in words(wrong)}

    def score(line: Line) -> tuple[int, int]:
        text = line.english.casefold()
        shared = len(wanted & {word.casefold() for word in words(line.english)})
        match = SequenceMatcher(None, text, wrong.casefold(), autojunk=False).find_longest_match()
        return shared, match.size

    scored = [(score(line), -number, line) for number, line in enumerate(lines) if line.english]
    best = sorted(scored, key=lambda one: one[:2], reverse=True)[:most]
    return [line for (shared, size), _, line in best if shared or size >= SHARED]


def store_corrections(
    memory: Memory, story: Story, corrections: Sequence[Correction], editor: str
) -> list[Corrected]:
    """Store them as edited by ``editor`` today, all in one write; says what became of each.

    The memory file is read at the last moment, and what a person wrote there since is kept.
    """
    path = str(memory_path(story.article.ref))
    done: list[Corrected] = []

    def apply(file: polib.POFile) -> None:
        done.clear()  # it may be called again, should the file change under our hands
        held = by_key(entries_of(file))
        additions = {}
        for one in corrections:
            entry = held.get(one.key)
            now = entry.translation if entry and not entry.copied_from else None
            is_human = now is not None and now.state.is_human
            if now is not None and is_human and now.text == one.english:
                done.append(Corrected(one, Fate.UNCHANGED))
            elif now is not None and is_human and base_of(now.text) != one.base:
                done.append(Corrected(one, Fate.CONFLICT, now.text))
            else:
                done.append(Corrected(one, Fate.STORED))
                made = Translation(one.english, State.EDITED, editor, memory.today)
                additions[one.key] = Addition(made)
        add_all(file, additions)

    if not memory.change(path, apply):
        return [Corrected(one, Fate.FAILED) for one in corrections]
    memory.bring_index_up_to_date()
    return done

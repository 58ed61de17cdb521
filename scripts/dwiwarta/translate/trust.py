"""Distrust: what shows later that earlier answers are wrong, and what is withdrawn for it.

The gate judges an answer alone. Beside other answers two things show that no single one does: an
engine mixes up its answers to the paragraphs of an article (``ArticleAnswers``), or a service gives
the same answer to everything (``CannedAnswers``). What was stored by then is withdrawn, in this
article and in earlier ones of the run (``StoredAnswers``). What a person wrote or changed meanwhile
stays, as only the very text that the engine gave is taken out again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.model import Rejection, SourceRef, Translation
from dwiwarta.text import squash, words
from dwiwarta.translate.log import RejectedAnswer, TranslationLog
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.merge import Addition

MISPLACED = "the answer seems to belong to another paragraph"
CANNED = "the same answer as to another text"

# Of texts of one article and all answers to them (None: there is none), the places of answers that
# seem to belong to other texts.
FindMisplaced = Callable[[Sequence[str], Sequence[str | None]], Collection[int]]

# Earlier answers that new ones are compared with: they come in the order of the article, and what
# was mixed up with the new ones is near.
NEIGHBOURS = 4

# Short answers may well be alike: "He said so." Notices are sentences.
LEAST_WORDS = 4

# Texts that share this many of their words (Jaccard index) may have the same English.
ALIKE = 0.5


class ArticleAnswers:
    """What one engine said of one article; an engine that mixes up answers is found by comparing.

    ``accepted``: the indices of the texts whose answers count.
    """

    def __init__(self, find_misplaced: FindMisplaced) -> None:
        """Nothing is said yet."""
        self.accepted: set[int] = set()
        self._find_misplaced = find_misplaced
        self._said: dict[int, tuple[str, str]] = {}

    def hear(self, index: int, source: str, answer: str) -> None:
        """Note an answer, good or not: a bad one tells what became of the others too."""
        self._said[index] = source, answer

    def accept(self, index: int) -> None:
        """The answer passed the gate."""
        self.accepted.add(index)

    def withdraw(self, new: int) -> list[int]:
        """Accepted answers that count no more, after so many ``new`` ones; in their order."""
        order = sorted(self._said)[-new - NEIGHBOURS :]
        sources, answers = zip(*(self._said[i] for i in order), strict=True) if order else ((), ())
        places = self._find_misplaced(sources, answers)
        wrong = self.accepted & {order[place] for place in places}
        self.accepted -= wrong
        return sorted(wrong)


class CannedAnswers:
    """What each engine said in this run, and to what.

    A notice in good English ("The service is resting.") passes every check of a single answer where
    the original is short. Given twice, to two texts that have little in common, it shows itself.
    """

    def __init__(self) -> None:
        """Nothing is said yet."""
        self._said: dict[tuple[str, str], str] = {}

    def is_one(self, engine: str, source: str, answer: str) -> bool:
        """Whether ``engine`` gave this answer to a quite different text before; remembers it."""
        if len(words(answer)) < LEAST_WORDS:
            return False
        earlier = self._said.setdefault((engine, squash(answer)), source)
        return earlier != source and _similarity(earlier, source) < ALIKE


def _similarity(one: str, other: str) -> float:
    a, b = ({word.casefold() for word in words(text)} for text in (one, other))
    return len(a & b) / len(a | b) if a | b else 1.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer was stored, and the machine's text that it replaced."""

    ref: SourceRef
    key: SegmentKey
    made: Translation
    before: Translation | None


class StoredAnswers:
    """Where each answer of this run was stored, so that it can be withdrawn.

    ``affected``: the articles whose turn was over when one of theirs was.
    """

    def __init__(self, memory: Memory, log: TranslationLog) -> None:
        """Nothing is stored yet."""
        self.affected: set[SourceRef] = set()
        self._memory = memory
        self._log = log
        self._stored: dict[tuple[str, str], list[_Place]] = {}

    def note(
        self,
        ref: SourceRef,
        fresh: Mapping[SegmentKey, Translation],
        before: Mapping[SegmentKey, Translation | None],
    ) -> None:
        """The answers that an article was given, and what stood there until then."""
        for key, made in fresh.items():
            places = self._stored.setdefault((made.engine, squash(made.text)), [])
            places.append(_Place(ref, key, made, before.get(key)))

    def withdraw(self, engine: str, answer: str, reason: str) -> None:
        """Remove an answer from earlier articles, now that it proved to be the same for all."""
        for place in self._stored.pop((engine, squash(answer)), ()):
            rejection = Rejection(engine, reason, self._memory.today)
            addition = withdrawal(rejection, place.made, place.before)
            self._memory.amend(place.ref, place.key, addition)
            self._log.rejected.append(RejectedAnswer(place.ref, place.key.source, engine, reason))
            self._log.tally("translated", -1)
            for what in ("from_memory",) if place.before else ("pending", "pending_rejected"):
                self._log.tally(what)
            self.affected.add(place.ref)


def withdrawal(
    rejection: Rejection, made: Translation | None, before: Translation | None = None
) -> Addition:
    """What to store of an answer that is rejected after ``made``, another or the same, was stored.

    ``before``: the machine's text that ``made`` replaced, which comes back when its successor goes.
    """
    return Addition(before if made else None, rejections=(rejection,), withdrawn=made)

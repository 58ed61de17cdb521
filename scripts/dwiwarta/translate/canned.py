"""Noticing a service that gives the same answer to everything.

A notice in good English ("The service is resting.") passes every check of a single answer where the
original is short. Given twice, to two texts that have little in common, it shows what it is.
"""

from dwiwarta.text import squash, words

# Short answers may well be alike: "He said so." Notices are sentences.
LEAST_WORDS = 4

# Texts that share this many of their words (Jaccard index) may have the same English.
ALIKE = 0.5


class CannedAnswers:
    """What each engine said in this run, and to what."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], str] = {}

    def is_one(self, engine: str, source: str, answer: str) -> bool:
        """Whether ``engine`` gave this answer to a quite different text before; remembers it."""
        if len(words(answer)) < LEAST_WORDS:
            return False
        earlier = self._said.setdefault((engine, squash(answer)), source)
        return earlier != source and _likeness(earlier, source) < ALIKE


def _likeness(one: str, other: str) -> float:
    a, b = ({word.casefold() for word in words(text)} for text in (one, other))
    return len(a & b) / len(a | b) if a | b else 1.0

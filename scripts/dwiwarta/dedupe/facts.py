"""What tells two days' issues of one template apart: the numbers, dates and weekdays in a text.

A schedule, a price or a forecast that is printed anew each day keeps its words and changes its
facts; a republished copy keeps both.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from dwiwarta.dedupe.shingles import word_list
from dwiwarta.knowledge.calendar import (
    MONTH_NAMES,
    MONTHS,
    SHORT_MONTH_NAMES,
    WEEKDAY_NAMES,
    alternatives,
)
from dwiwarta.model import Article

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")

# The names that Indonesian texts use; in an English name, "may" is often another word.
_CALENDAR = frozenset(
    name for table in (MONTH_NAMES, SHORT_MONTH_NAMES, WEEKDAY_NAMES) for name in table["id"]
)
# "6 September 2023", "(6/9/2023)", "(6/9)": the same day in three writings.
_DAY_NAMED = re.compile(rf"\b(\d\d?)[\s-]({alternatives(MONTHS)})\b", re.IGNORECASE)
_DAY_NUMBERED = re.compile(r"\((\d\d?)/(\d\d?)(?:/\d{2,4})?\)")


@dataclass(frozen=True, slots=True)
class Facts:
    """``numbers``: numbers and calendar words of the text. ``days``: (month, day) it names.

    ``title_words``: the title without facts. ``title_facts``: only its facts, in order.
    ``title_names``: those of its words that the text always begins with a capital letter.
    """

    numbers: frozenset[str]
    days: frozenset[tuple[int, int]]
    title_words: frozenset[str]
    title_facts: tuple[str, ...]
    title_names: frozenset[str]


def facts_of(article: Article, words: Collection[str]) -> Facts:
    """Collect the facts of an article. ``words``: those of its title and paragraphs."""
    text = "\n".join((article.title, *article.paragraphs))
    of_title = word_list(article.title)
    written = set(_WORD.findall("\n".join(article.paragraphs)))
    capitals = [word for word in written if word[0].isupper()]
    capitalised = set("\n".join(capitals).casefold().split("\n"))
    return Facts(
        numbers=frozenset(_NUMBER.findall(text)) | _CALENDAR.intersection(words),
        days=_days(text),
        title_words=frozenset(word for word in of_title if not _is_fact(word)),
        title_facts=tuple(word for word in of_title if _is_fact(word)),
        title_names=frozenset(
            word
            for word in of_title
            if word in capitalised and word not in written and not _is_fact(word)
        ),
    )


def is_calendar_word(word: str) -> bool:
    """Whether a case-folded word is a month or a day of the week."""
    return word in _CALENDAR


def _is_fact(word: str) -> bool:
    return is_calendar_word(word) or any(character.isdigit() for character in word)


def _days(text: str) -> frozenset[tuple[int, int]]:
    named = {(MONTHS[name.casefold()], int(day)) for day, name in _DAY_NAMED.findall(text)}
    numbered = {(int(month), int(day)) for day, month in _DAY_NUMBERED.findall(text)}
    return frozenset((month, day) for month, day in named | numbered if month <= 12 and day <= 31)

"""Do the numbers and dates of a translation agree with its original?

A number is compared by what it may mean, not by its spelling: Indonesian ``1.234,5`` is English
``1,234.5``, ``Rp 2 miliar`` is "2 billion", ``15.04 WIB`` is "3:04 p.m.", ``9/11/2023`` is
9 November. Every number written in digits must be found on the other side, in digits or in words;
numbers in words may come and go ("satu", "both"), unless one was plainly swapped for another.
"""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from dwiwarta.translate.gate.quantities.conversions import without_conversions
from dwiwarta.translate.gate.quantities.find import quantities
from dwiwarta.translate.gate.quantities.quantity import ALL, Quantity, Reading
from dwiwarta.translate.gate.quantities.trends import other_trend
from dwiwarta.translate.gate.quantities.units import other_company, unit_of

# English for 100 percent.
_WHOLLY = re.compile(
    r"\b(?:all|every|wholly|entire(?:ly)?|full(?:y)?|whole|complete(?:ly)?|total(?:ly)?)\b",
    re.IGNORECASE,
)

# More numbers than that make no paragraph but a table; comparing each with each would take long.
_MOST_NUMBERS = 200

_KINDS = (("n", "number"), ("s", "number"), ("m", "month"), ("w", "day of the week"))


def disagreement(source: str, answer: str) -> str | None:
    """Why the numbers of ``answer`` (English) differ from ``source`` (Indonesian), or ``None``."""
    there = quantities(source, "id")
    here = quantities(answer, "en")
    said, meant = _readings(there), _readings(here)
    lost = [q for q in there if q.exact and not q.agrees(meant)]
    new = [q for q in here if q.exact and not q.agrees(said)]
    if any(q.agrees(ALL) for q in lost) and _WHOLLY.search(answer):
        lost = [q for q in lost if not q.agrees(ALL)]
    table = max(len(there), len(here)) > _MOST_NUMBERS
    if (lost or new) and not table:
        lost, new = without_conversions(source, answer, there, here, lost, new, unit_of)
    if lost and new and not table:
        lost, new = _without_roundings(lost, new)
    if lost and new:
        kept = {q.text.strip() for q in lost} & {q.text.strip() for q in new}
        if kept:
            # 10.000 is ten thousand in Indonesian, and ten in English.
            copied = [q for q in lost if q.text.strip() in kept]
            return f"a number is still written the Indonesian way: {_listed(copied)}"
        return f"a number differs: {_listed(lost)} in the original, {_listed(new)} in the answer"
    if lost:
        return f"a number is missing: {_listed(lost)}"
    if new:
        return f"a number is not in the original: {_listed(new)}"
    if copied := [q for q in here if q.exact and _indonesian_spelling(q, source)]:
        return f"a number is still written the Indonesian way: {_listed(copied)}"
    if table:
        return None
    return (
        _differing_words(there, here, said, meant)
        or _other_half_of_day(there, here)
        or other_company(source, answer, there, here)
        or other_trend(source, answer, there, here)
    )


def _differing_words(
    there: Sequence[Quantity],
    here: Sequence[Quantity],
    said: frozenset[Reading],
    meant: frozenset[Reading],
) -> str | None:
    """Numbers in words, vague amounts, months and days: one lost and another one new."""
    for kind, name in _KINDS:
        lost = [q for q in there if _plain(q, kind) and not q.agrees(meant)]
        new = [q for q in here if _plain(q, kind) and not q.agrees(said)]
        if any(q.text.lower() != "dua" for q in lost):
            new = [q for q in new if q.text.lower() != "one"]  # "one of them", "no one"
        if lost and new:
            return (
                f"a {name} differs: {_listed(lost)} in the original, {_listed(new)} in the answer"
            )
    return None


def _readings(found: Iterable[Quantity]) -> frozenset[Reading]:
    return frozenset().union(*(q.readings for q in found))


def _listed(found: list[Quantity]) -> str:
    return ", ".join(dict.fromkeys(q.text.strip() for q in found[:4]))


# The words for one and two that stand for nothing else, unlike "both", "pair", "a".
_CARDINALS = frozenset({"satu", "dua", "one", "two"})


def _plain(q: Quantity, kind: str) -> bool:
    """A number in words, a month or a day that no idiom turns into another."""
    return (
        not q.exact
        and len(q.text) > 1
        and all(
            k == kind and (k != "n" or v >= 3 or q.text.lower() in _CARDINALS)
            for k, v in q.readings
            if k != "f"
        )
    )


_ROUNDED = re.compile(r"(\d+(?:\.(\d+))?)[\s-]?[a-z]+")


def _without_roundings(
    lost: list[Quantity], new: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Both lists without "1.1 million" for 1.101.000: rounded in its last digit, by 1 % at most."""
    for q in list(new):
        written = _ROUNDED.fullmatch(q.text.strip())
        if q.scale < 1000 or written is None:
            continue
        rounded = Fraction(written[1]) * q.scale
        step = Fraction(q.scale, 10 ** len(written[2] or ""))
        for other in lost:
            if any(
                kind == "n"
                and 2 * abs(value - rounded) <= step
                and abs(value - rounded) <= value / 100
                for kind, value in other.readings
            ):
                lost = [one for one in lost if one is not other]
                new = [one for one in new if one is not q]
                break
    return lost, new


# 5,25 and 1.234,5 and 1.234.567 say nothing in English; 12,345 would say thousands.
_COMMA = re.compile(
    r"(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})(?!\d|,\d)"
)


def _indonesian_spelling(q: Quantity, source: str) -> bool:
    """Whether the original's spelling was kept; a chemical's "1,2-" is the same in both."""
    written = _COMMA.match(q.text)
    if written is None or written[0] not in source:
        return False
    return re.search(rf"{re.escape(written[0])}-[a-z]", source) is None


def _other_half_of_day(there: Sequence[Quantity], here: Sequence[Quantity]) -> str | None:
    """15.04 that became 3:04 a.m.: both say which half of the day they mean, and not the same."""
    for q in here:
        if not (mine := _of_kind(q, "h")):
            continue
        same = [p for p in there if not _of_kind(p, "t").isdisjoint(_of_kind(q, "t"))]
        if same and all((theirs := _of_kind(p, "h")) and theirs.isdisjoint(mine) for p in same):
            return f"a time is in the wrong half of the day: {_listed(same)} in the original"
    return None


def _of_kind(q: Quantity, kind: str) -> frozenset[Fraction]:
    return frozenset(value for k, value in q.readings if k == kind)

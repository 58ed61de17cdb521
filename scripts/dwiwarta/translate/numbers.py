"""Do the numbers and dates of a translation agree with its original?

A number is compared by what it may mean, not by its spelling: Indonesian ``1.234,5`` is English
``1,234.5``, ``Rp 2 miliar`` is "2 billion", ``15.04 WIB`` is "3:04 p.m.", ``9/11/2023`` is
9 November. Every number written in digits must be found on the other side, in digits or in words;
numbers in words may come and go ("satu", "both"), unless one was plainly swapped for another.
"""

from collections.abc import Iterable

from dwiwarta.translate.mentions import Quantity, Reading
from dwiwarta.translate.quantities import quantities

_KINDS = (("n", "number"), ("s", "number"), ("m", "month"), ("w", "day of the week"))


def disagreement(source: str, answer: str) -> str | None:
    """Why the numbers of ``answer`` (English) differ from ``source`` (Indonesian), or ``None``."""
    there = quantities(source, "id")
    here = quantities(answer, "en")
    said, meant = _readings(there), _readings(here)
    lost = [q for q in there if q.exact and not q.agrees(meant)]
    new = [q for q in here if q.exact and not q.agrees(said)]
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
    for kind, name in _KINDS:
        lost = [q for q in there if _plain(q, kind) and not q.agrees(meant)]
        new = [q for q in here if _plain(q, kind) and not q.agrees(said)]
        if lost and new:
            return (
                f"a {name} differs: {_listed(lost)} in the original, {_listed(new)} in the answer"
            )
    return None


def _readings(found: Iterable[Quantity]) -> frozenset[Reading]:
    return frozenset().union(*(q.readings for q in found))


def _listed(found: list[Quantity]) -> str:
    return ", ".join(dict.fromkeys(q.text.strip() for q in found[:4]))


def _plain(q: Quantity, kind: str) -> bool:
    """A number above two in words, a month or a day: no idiom turns it into another."""
    return not q.exact and all(k == kind and (k != "n" or v >= 3) for k, v in q.readings)

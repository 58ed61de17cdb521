"""Who does it to whom: "Rahmat mengalahkan Agus" may not become "Agus beat Rahmat".

Judged are deeds of the list in ``gate.yml`` between two names that stand right beside them. The
answer has to have the same names around the same deed, each on the other side, and nowhere as the
original has them.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from dwiwarta.translate.gate.countries import CountryRules
from dwiwarta.translate.gate.patterns import PatternPair, any_of

_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,5}"
_NEAR = 90  # characters on a side of the deed in which a name is looked for
_MOST_DEEDS = 20  # of a kind in a text
_BEFORE = re.compile(rf"({_NAME})\s(?:\w+\s)?$")
_AFTER = re.compile(rf"\s({_NAME})")
_PASSIVE = re.compile(r"\b(?:been|being|be|was|were|is|are|get|gets|got|by)\s(?:\w+ly\s)?$")


def other_parts(
    source: str, answer: str, deeds: tuple[PatternPair, ...], countries: CountryRules
) -> str | None:
    """Why two names changed their parts in ``answer``, or ``None``.

    ``deeds``: what two do not do alike, as it stands between names in either language.
    """
    if not _word(any_of(tuple(deed.original for deed in deeds))).search(source):
        return None
    for deed in deeds:
        there = [
            (_english(doer, countries), _english(other, countries), verb)
            for doer, verb, other in _sides(deed.original, source)
        ]
        if not there:
            continue
        here = [(_words_of(a), _words_of(b)) for a, _, b in _sides(deed.answer, answer)]
        # "Andi memuji Budi, Budi pun memuji Andi": one of the two is as the original has it.
        unlike = [
            (a, b) for a, b in here if not any(_fits(x, a) and _fits(y, b) for x, y, _ in there)
        ]
        for doer, other, verb in there:
            if doer & other:
                continue
            turned = [_fits(doer, b) and _fits(other, a) for a, b in unlike]
            if any(turned) and not any(doer & a or other & b for a, b in here):
                names = " and ".join(sorted({min(doer), min(other)}))
                return f"the answer says the contrary: {verb} became {names} in turn"
    return None


def _fits(name: set[str], found: set[str]) -> bool:
    return not name.isdisjoint(found)


def _sides(pattern: str, text: str) -> Iterator[tuple[str, str, str]]:
    """(name, deed, name) wherever a deed stands between two names."""
    for match in islice(_word(pattern).finditer(text), _MOST_DEEDS):
        start, end = match.span()
        before = _BEFORE.search(text, max(0, start - _NEAR), start)
        after = _AFTER.match(text, end, end + _NEAR)
        if before and after and not _PASSIVE.search(text, max(0, start - 20), start):
            yield before[1], match[0], after[1]


def _english(name: str, countries: CountryRules) -> set[str]:
    """The words of an Indonesian name as English has them, countries by their English names."""
    found = _words_of(name)
    for code in countries.in_indonesian.found_in(name):
        found |= {word for english, its in countries.in_english.codes.items() if its == code
                  for word in english.split()}  # fmt: skip
    return found


def _words_of(name: str) -> set[str]:
    return {word.rstrip(".,'’-") for word in name.split()}


@cache
def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")

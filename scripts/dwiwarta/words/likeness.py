"""Words that are written alike in both languages: numbers, names, loans."""

import re
from collections import Counter
from functools import lru_cache

_LEAST_CAPITALS = 2  # letters of an acronym
_SHARED = 5  # letters that akin words begin with
_PAIRS = (
    *(("tion", "si"), ("sion", "si"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("sch", "sk")),
    *(("c", "k"), ("q", "k"), ("x", "ks"), ("y", "i"), ("z", "s"), ("v", "f"), ("oe", "u")),
)


def number(text: str) -> str | None:
    """A number as English writes it, without signs between thousands."""
    return text.replace(".", "").replace(",", ".") if text[0].isdigit() else None


def equal(one: str, other: str) -> bool:
    """Whether it is the same name, acronym or long word in both."""
    other = re.sub("['’]s$", "", other)
    if one == other:
        return len(one) > _LEAST_CAPITALS if one.islower() else len(one) >= _LEAST_CAPITALS
    return one.lower() == other.lower() and len(one) > _SHARED - 1


def akin(one: str, other: str) -> bool:
    """Whether keys of English words begin alike: *economy* and *economic*."""
    shorter, longer = sorted((one, other), key=len)
    shared = len(shorter)
    for at, (a, b) in enumerate(zip(shorter, longer, strict=False)):
        if a != b:
            shared = at
            break
    return shared >= _SHARED and shared * 10 >= len(longer) * 6 and shared >= len(shorter) - 2


@lru_cache(100_000)
def _plainer(word: str) -> str:
    for there, here in _PAIRS:
        word = word.replace(there, here)
    return re.sub(r"(.)\1", r"\1", word)


@lru_cache(100_000)
def similar(one: str, other: str) -> bool:
    """Whether words are written nearly alike, as names and loans are."""
    if min(len(one), len(other)) < _SHARED - 1 or (one[0] != other[0] and one[0] not in "kfs"):
        return False
    a, b = _bigrams(_plainer(one)), _bigrams(_plainer(other))
    return 2 * (a & b).total() * 10 >= (a.total() + b.total()) * 7


@lru_cache(100_000)
def _bigrams(word: str) -> Counter[str]:
    return Counter(word[at : at + 2] for at in range(len(word) - 1))

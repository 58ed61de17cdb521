"""A Bloom filter of the words that a browser may find in ``lexicon/``.

It says of a word that it is none of these, or that it may be one: of other words about one in ten
passes. So a browser knows with 5 bits a word which small files to fetch, instead of 17 for a list.
Bloom (1970), "Space/time trade-offs in hash coding with allowable errors"; the positions come from
two hashes (Kirsch and Mitzenmacher, 2006). ``docs/assets/words/sieve.js`` asks it.
"""

import base64
from collections.abc import Collection, Iterator

BITS = 5  # a word
TURNS = 3  # bits that each word sets: nearest to BITS * ln 2
_OFFSET, _PRIME = 0x811C9DC5, 0x01000193  # FNV-1a, 32 bits


def sieve_of(words: Collection[str]) -> str:
    """The filter in base64. Words are in small letters or not; each is hashed as it is."""
    data = bytearray((len(words) * BITS + 7) // 8)
    for word in words:
        for at in _places(word, len(data) * 8):
            data[at >> 3] |= 1 << (at & 7)
    return base64.b64encode(data).decode()


def may_be_in(sieve: str, word: str) -> bool:
    """Whether a word may be one of those that the filter was made of."""
    data = base64.b64decode(sieve)
    return all(data[at >> 3] >> (at & 7) & 1 for at in _places(word, len(data) * 8))


def _places(word: str, size: int) -> Iterator[int]:
    one, other = _hash(word, _OFFSET), _hash(word, _PRIME) | 1
    for turn in range(TURNS):
        yield (one + turn * other) % 2**32 % size


def _hash(word: str, start: int) -> int:
    """FNV-1a over the units of UTF-16, as strings have them in browsers."""
    found = start
    data = word.encode("utf-16-le", "surrogatepass")
    for low, high in zip(data[::2], data[1::2], strict=True):
        found = (found ^ (low | high << 8)) * _PRIME % 2**32
    return found

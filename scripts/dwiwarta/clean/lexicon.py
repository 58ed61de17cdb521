"""What is known about words: which there are, how often they stand, which stand beside each other.

Two files of ``knowledge/``: ``words.yml`` is edited by people, ``word_counts.yml`` was counted by
``training/learn_word_counts.py`` in articles and texts with an open licence.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from string import ascii_lowercase

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.text import word_set
from dwiwarta.yamlfile import Strict, load_yaml

# Affixes of Indonesian (and the prefixes of borrowed words), to know a word by its root. Nasal
# prefixes hide the first letter of the root: "menulis" is "tulis".
_PREFIXES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        word_set(
            """
            di ter ber be per se ke me mem men meng meny menge pe pem pen peng peny penge memper
            diper keber keter seper sepe antar pasca pra multi sub non anti semi mega super infra
            inter intra maha tuna serba dwi tri eka panca pro re trans eks mikro makro nano bio geo
            hidro elektro tele auto kontra radio audio agro para aero hipo hiper poli mono foto
            termo sosio psiko neuro kardio ekso endo meta orto
            """
        ),
        ("",),
    ),
    "mem": ("", "p"),
    "pem": ("", "p"),
    "men": ("", "t"),
    "pen": ("", "t"),
    "meng": ("", "k"),
    "peng": ("", "k"),
    "meny": ("s",),
    "peny": ("s",),
}
_SUFFIXES = word_set(
    """
    nya ku mu lah kah pun kan i an annya kannya kanlah inya anku anmu ilah lahnya wan man isme
    isasi is isasinya
    """
)
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_SUFFIX_LENGTHS = sorted({len(suffix) for suffix in _SUFFIXES})
_SHORTEST_ROOT = 4

# Tokens, and the answers about them, that are kept: the same ones come again and again.
_REMEMBERED_WHOLE, _REMEMBERED_MISSPELT = 200_000, 2_000

# Words of two letters that may stand as pieces; all others are rather syllables.
_TWO_LETTERS = frozenset({"di", "ke"})
# No pieces though they look like words: clitics belong to the word before, prefixes to the next.
NO_PIECES = word_set(
    """
    nya kan pun lah kah ku mu an antar pasca pra multi sub non anti semi mega super infra inter
    intra maha manca purna tuna serba dwi tri eka panca per ber ter men mem pen pem peng meng se
    memper diper pro re trans eks mikro makro nano bio geo hidro elektro tele auto si sang
    tak is isasi able ability ship ness less ally ware
    """
)


class WordLists(Strict):
    """``words.yml``: lists of words between spaces."""

    words: str
    names: str
    keep: str


class WordCounts(Strict):
    """``word_counts.yml``: words under ``k`` are one of 2 ** k words of Indonesian news.

    ``english``: those among the words that English has more often. ``whole``: words that are known
    to be whole although they could be parted. ``pairs``: under ``k``, words that stand beside each
    other 2 ** k times as often as chance would have it.
    """

    words: dict[int, str]
    names: dict[int, str]
    english: str
    whole: str
    pairs: dict[int, str]


class Lexicon:
    """The words and names that glued tokens are parted into.

    ``words``: those of ``words.yml``, which are no names. ``bits``: the information of a word or
    name in bits, the less the commoner. ``pair_bits``: how many of these the word before saves.
    """

    def __init__(self, lists: WordLists, counts: WordCounts) -> None:
        self.words = frozenset(lists.words.split())
        self.keep = frozenset(lists.keep.split())
        self.names = frozenset(lists.names.split())
        self.english = frozenset(counts.english.split())
        self.bits: dict[str, int] = {}
        for listed in (counts.words, counts.names):
            for bits, group in listed.items():
                self.bits.update(dict.fromkeys(group.split(), bits))
        rarest = max(self.bits.values(), default=20)
        for word in self.words | self.names:
            self.bits.setdefault(word, rarest - 1)
        for word in self.keep:
            self.bits.setdefault(word, rarest - 4)
        self.pair_bits = _pairs(counts.pairs)
        self.whole = frozenset(counts.whole.split())
        self.seen_whole: set[str] = set()
        self.is_misspelt = lru_cache(maxsize=_REMEMBERED_MISSPELT)(self._is_misspelt)

    def remember_whole(self, token: str) -> None:
        """Note in ``seen_whole`` that a token has no pieces; it changes nothing but the speed."""
        if len(self.seen_whole) >= _REMEMBERED_WHOLE:
            self.seen_whole.clear()
        self.seen_whole.add(token)

    def is_piece(self, word: str) -> bool:
        """Whether a word in small letters may be a piece of a glued token."""
        if word not in self.bits or word in NO_PIECES:
            return False
        return len(word) > 2 or word in _TWO_LETTERS

    def knows(self, token: str) -> bool:
        """Whether a token is a word, at the start of a sentence too, or a name, or can be one."""
        small = token.lower()
        if token in self.bits or small in self.bits or small in self.whole or token in self.whole:
            return True
        return (token.islower() or token[1:].islower()) and self._has_known_root(small)

    def _is_misspelt(self, token: str) -> bool:
        """Whether a token is a known word but for a letter left out, doubled or exchanged."""
        cuts = range(len(token) + 1)
        left_out = (
            token[:cut] + letter + token[cut:] for cut in cuts for letter in ascii_lowercase
        )
        too_many = (token[:cut] + token[cut + 1 :] for cut in cuts)
        exchanged = (
            token[:cut] + token[cut + 1] + token[cut] + token[cut + 2 :]
            for cut in range(len(token) - 1)
        )
        return any(map(self.knows, chain(too_many, exchanged, left_out)))

    def _has_known_root(self, word: str) -> bool:
        """Whether a word is built from a known Indonesian root, once or with two affixes."""
        if self._is_root(word) or self._has_root_before_suffix(word):
            return True
        for length in range(2, _LONGEST_PREFIX + 1):
            for first in _PREFIXES.get(word[:length], ()):
                stem = first + word[length:]
                if self._is_root(stem) or self._has_root_before_suffix(stem):
                    return True
        return False

    def _has_root_before_suffix(self, stem: str) -> bool:
        for length in _SUFFIX_LENGTHS:
            if stem[-length:] in _SUFFIXES and self._is_root(stem[:-length]):
                return True
        return False

    def _is_root(self, word: str) -> bool:
        return len(word) >= _SHORTEST_ROOT and word in self.bits and word not in self.english


def _pairs(listed: Mapping[int, str]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for bits, group in listed.items():
        for row in filter(None, map(str.strip, group.split(";"))):
            first, *seconds = row.split()
            found.update({(first, second): bits for second in seconds})
    return found


def load_lexicon(folder: Path = KNOWLEDGE_DIR) -> Lexicon:
    """Read the lists. Raises ``SettingsError``."""
    lists = load_yaml(folder / "words.yml", WordLists)
    return Lexicon(lists, load_yaml(folder / "learned" / "word_counts.yml", WordCounts))

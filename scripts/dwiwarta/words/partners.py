"""English partners of Indonesian roots that the lexicon does not name, learnt from pairs of texts.

Of each pair of sentences only those words count that the glosses leave over on both sides. A root
and an English word that are left over together far more often than by chance are partners; how far
is said by Dunning's likelihood ratio (*Accurate Methods for the Statistics of Surprise and
Coincidence*, 1993). What is left over of an article is kept with it; the order of articles is none.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dwiwarta.words.alignment import INDONESIAN_WORD, Look
from dwiwarta.words.english import WORD, english_key, gloss_keys, is_empty, matching_rules

MOST_PARTNERS = 3  # of a root
LEAST_TOGETHER = 3  # sentences
LEAST_SHARE = 0.25  # of the sentences with the root left over
LEAST_OF_KEY = 0.03  # of those with the English word: *said* is left over beside anything
SURPRISE = 15.0  # of Dunning's ratio; 10.8 is one chance in a thousand, and there are many words
_SHORTEST = 3  # letters
_KEPT = 100_000  # words


@dataclass(frozen=True, slots=True)
class Unmatched:
    """The roots and the English words of a pair of sentences that glosses do not explain."""

    roots: tuple[str, ...]
    keys: tuple[str, ...]


def unmatched(pairs: Iterable[tuple[str, str]], look: Look) -> tuple[Unmatched, ...]:
    """What glosses leave over of pairs of sentences, Indonesian and English."""
    return leaving_over(look)(pairs)


def leaving_over(look: Look) -> Callable[[Iterable[tuple[str, str]]], tuple[Unmatched, ...]]:
    """``unmatched`` for many texts: what was found out of a word is remembered."""
    rules = matching_rules()

    @lru_cache(_KEPT)
    def key_of(word: str) -> str:
        """The key of an English word that may be left over, else ""."""
        counts = word.islower() and not is_empty(word) and len(word) >= _SHORTEST
        return english_key(word) if counts else ""

    @lru_cache(_KEPT)
    def said_of(word: str) -> tuple[str, frozenset[str]] | None:
        """The root of an Indonesian word, and the keys of its glosses; None for one to leave."""
        if not word.islower() or word in rules.loose_words:
            return None
        looked = look(word)
        if looked is None:
            return word, frozenset()
        return looked.root, frozenset(key for one in looked.glosses for key in gloss_keys(one))

    def left_over(indonesian: str, english: str) -> Unmatched:
        words = set(WORD.findall(english))
        names = {word.lower() for word in words}
        keys = {key for key in map(key_of, words) if key}
        left: set[str] = set()
        explained: set[str] = set()
        said = INDONESIAN_WORD.findall(indonesian)
        said[:1] = map(str.lower, said[:1])  # a sentence begins with a capital
        for word in said:
            if word in names or (known := said_of(word)) is None:
                continue
            if keys.isdisjoint(known[1]):
                left.add(known[0])
            else:
                explained |= known[1]
        return Unmatched(tuple(sorted(left)), tuple(sorted(keys - explained)))

    def all_left_over(pairs: Iterable[tuple[str, str]]) -> tuple[Unmatched, ...]:
        return tuple(left_over(*pair) for pair in pairs)

    return all_left_over


def learn_partners(sentences: Iterable[Unmatched]) -> dict[str, tuple[str, ...]]:
    """The partners of roots, the surest first. The order of the ``sentences`` does not matter."""
    every = tuple(sentences)
    roots = Counter(root for one in every for root in one.roots)
    keys = Counter(key for one in every for key in one.keys)
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for one in every:  # most words are too rare to be learnt from
        some = [key for key in one.keys if keys[key] >= LEAST_TOGETHER]
        for root in one.roots:
            if roots[root] >= LEAST_TOGETHER:
                together[root].update(some)
    found = {}
    for root, beside in sorted(together.items()):
        rated = []
        for key, both in beside.items():
            if both < LEAST_TOGETHER or both < LEAST_SHARE * roots[root]:
                continue
            if both < LEAST_OF_KEY * keys[key]:
                continue
            ratio = likelihood_ratio(both, roots[root], keys[key], len(every))
            if ratio >= SURPRISE:
                rated.append((-ratio, key))
        if rated:
            found[root] = tuple(key for _, key in sorted(rated)[:MOST_PARTNERS])
    return found


def likelihood_ratio(both: int, one: int, other: int, total: int) -> float:
    """Dunning's -2 log λ for two events of ``total``; 0 if they meet no more often than by chance.

    >>> round(likelihood_ratio(10, 10, 10, 1000), 1)
    112.0
    >>> likelihood_ratio(1, 10, 100, 1000)
    0.0
    """
    if both * total <= one * other:
        return 0.0
    cells = (both, one - both, other - both, total - one - other + both)
    expected = (
        one * other / total,
        one * (total - other) / total,
        (total - one) * other / total,
        (total - one) * (total - other) / total,
    )
    return 2 * sum(n * math.log(n / e) for n, e in zip(cells, expected, strict=True) if n > 0)


def partners_file(partners: Mapping[str, tuple[str, ...]]) -> bytes:
    """The script that hands the table, and the rules of matching, to ``align.js``."""
    rules = matching_rules()
    values = {
        "partners": {root: " ".join(keys) for root, keys in sorted(partners.items())},
        "bases": dict(sorted(rules.bases.items())),
        "empty": " ".join(sorted(rules.empty_words)),
        "loose": " ".join(sorted(rules.loose_words)),
    }
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return f'dwLexicon("partners",{said});\n'.encode()

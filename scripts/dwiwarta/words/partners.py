"""English partners of Indonesian roots that the lexicon does not name, learnt from pairs of texts.

Of each pair of sentences only those words count that the glosses leave over on both sides. A root
and an English word that are left over together far more often than by chance are partners; how far
is said by Dunning's likelihood ratio (*Accurate Methods for the Statistics of Surprise and
Coincidence*, 1993). What is left over of an article is kept with it; the order of articles is none.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dwiwarta.words.alignment import INDONESIAN_WORD, Look
from dwiwarta.words.english import WORD, english_key, gloss_keys, is_empty, matching_rules

MOST_PARTNERS = 3  # of a root
LEAST_TOGETHER = 3  # sentences
LEAST_SHARE = 0.25  # of the sentences with the root left over
LEAST_OF_KEY = 0.03  # of those with the English word: *said* is left over beside anything
SURPRISE = 15.0  # of Dunning's ratio; 10.8 is one chance in a thousand, and there are many words
_SHORTEST = 3  # letters


@dataclass(frozen=True, slots=True)
class Unmatched:
    """The roots and the English words of a pair of sentences that glosses do not explain."""

    roots: tuple[str, ...]
    keys: tuple[str, ...]


def unmatched(pairs: Iterable[tuple[str, str]], look: Look) -> tuple[Unmatched, ...]:
    """What glosses leave over of pairs of sentences, Indonesian and English."""
    found = []
    for indonesian, english in pairs:
        roots, keys = _unmatched(indonesian, english, look)
        found.append(Unmatched(tuple(sorted(roots)), tuple(sorted(keys))))
    return tuple(found)


def _unmatched(indonesian: str, english: str, look: Look) -> tuple[set[str], set[str]]:
    rules = matching_rules()
    words = {match[0] for match in WORD.finditer(english)}
    names = {word.lower() for word in words}
    keys = {
        english_key(word)
        for word in words
        if word.islower() and not is_empty(word) and len(word) >= _SHORTEST
    }
    left, explained = set(), set()
    for number, match in enumerate(INDONESIAN_WORD.finditer(indonesian)):
        word = match[0] if number else match[0].lower()  # a sentence begins with a capital
        if not word.islower() or word in rules.loose_words or word in names:
            continue
        looked = look(word)
        said = {key for gloss in looked.glosses for key in gloss_keys(gloss)} if looked else set()
        if shared := said & keys:
            explained |= shared
        else:
            left.add(looked.root if looked else word)
    return left, keys - explained


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

"""The rarer words of an article with what they mean, for readers whose browser runs no scripts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, filterfalse

from dwiwarta.knowledge.overlays import forget_with_overlays
from dwiwarta.knowledge.word_shares import load_word_shares
from dwiwarta.words.meanings import Meanings

MOST = 6  # words: each takes some 40 bytes of every page
# In halvings: words in more than one of 128 articles are none that a reader has to be told.
_RARE, _RAREST = 7, 9
_SHORTEST = 4  # letters
_KEPT = 50_000  # words
_ALIKE = 3  # letters of a word that its English begins with, too (*logistik*)
_WORD = re.compile(r"(?<![\w'’-])[a-z]+(?:-[a-z]+)*(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Rare:
    """A word as it is written in the article, and its first gloss."""

    word: str
    gloss: str


def rare_words(texts: Iterable[str], known: Meanings) -> tuple[Rare, ...]:
    """The rarest words of an article that the lexicon explains, in their order in it.

    Names, and words that anybody who reads English knows, are none of them; of several with the
    same root the first counts.
    """
    shares = load_word_shares()
    words = dict.fromkeys(chain.from_iterable(map(_WORD.findall, texts)))
    rare = sorted(
        (-shares.get(word, _RAREST), place, word)
        for place, word in enumerate(filterfalse(_common().__contains__, words))
        if len(word) >= _SHORTEST
    )
    found: dict[str, tuple[int, Rare]] = {}
    for _, place, word in rare:
        root, gloss = _explained(word, known)
        if not gloss or root in found:
            continue
        found[root] = place, Rare(word, gloss)
        if len(found) == MOST:
            break
    return tuple(one for _, one in sorted(found.values(), key=lambda item: item[0]))


@cache
def _common() -> frozenset[str]:
    return frozenset(word for word, share in load_word_shares().items() if share < _RARE)


@lru_cache(_KEPT)
def _explained(word: str, known: Meanings) -> tuple[str, str]:
    """The root and the first gloss of a word; "" for one that need not or cannot be explained."""
    if not known.analyser.readings(word):  # in the glossary alone, or unknown
        return "", ""
    meaning = known.of(word)
    if meaning.kind != "word" or not meaning.senses:
        return "", ""
    sense = meaning.senses[0]
    gloss = sense.glosses[0]
    return ("", "") if gloss[:_ALIKE].lower() == word[:_ALIKE] else (sense.root, gloss)


forget_with_overlays(_explained.cache_clear)

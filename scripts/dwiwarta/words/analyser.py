"""Taking an Indonesian word apart: its root, and the affixes around it.

All ways to read a word are looked for by the rules of ``affixes.yml``; those count that end in a
root that is known, and the lexicon decides between them: a root as it stands comes before
derivations, one that an entry lists before those that only the rules give, and of these the
simplest. What it gives for a form is kept, as the same words come again and again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dwiwarta.knowledge.overlays import remembered
from dwiwarta.words.affixes import Affixes, Shape, load_affixes
from dwiwarta.words.lexicon import Lexicon, load_lexicon

# What readings cost: the cheapest is the one that is meant. Found by trying on half of the words
# of ``benchmarks/lemmas.py``.
_LAYER, _INNER_LAYER, _RARE, _SELDOM = 10.0, 8.0, 20.0, 3.0
_SHARED = 1.0  # a letter that root and prefix share, or that gives way
_LISTED, _IRREGULAR, _JOINED = 2.0, 2.5, 5.0
_ENDING, _BEGINNING, _DOUBLED = 3.0, 14.0, 3.0
_FUNCTION_WORD, _SHORT, _VERY_SHORT, _LETTER = 12.0, 3.0, 12.0, 0.5
FUNCTION = frozenset({"prep", "conj", "part", "pron", "interj", "abbr", "name"})

_MOST_LAYERS = 3
_SHORTEST = 2  # letters of a root inside affixes
_LONG_BEGUN = 5  # letters of a word whose beginning may be said twice, more than these
_KEPT = 200_000  # forms whose readings are kept
_LONGEST = 60  # letters; what is longer is no word
_VOWELS = re.compile("[aeiou]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*(?:-[^\W\d_]+(?:'[^\W\d_]+)*)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """What was put to a root. ``affix``: its name in ``affixes.yml``, ``form``: as written here.

    ``hides``: the first letter of the root, where it gave way.
    """

    affix: str
    form: str
    hides: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: pieces from the root outwards.

    ``stems``: what is left from step to step as the pieces are taken off, the root aside: entries
    may list some of them (*pekerjaan* in *pekerjaannya*). ``cost``: the less the likelier.
    """

    root: str
    pieces: tuple[Piece, ...] = ()
    stems: tuple[str, ...] = ()
    cost: float = 0.0


class Analyser:
    """Reads words by a lexicon and the affixes that there are."""

    def __init__(self, lexicon: Lexicon, affixes: Affixes) -> None:
        self.lexicon = lexicon
        self.affixes = affixes
        self._by_begin = _by_begin(affixes)
        self._inside = {name: frozenset(one.around) for name, one in affixes.affixes.items()}
        self._top = frozenset(n for n, one in affixes.affixes.items() if not one.only_inside)
        self._endings = [[(name, name.strip("-")) for name in group] for group in affixes.endings]
        self._beginnings = [(name, name.strip("-")) for name in affixes.beginnings]
        self.readings = lru_cache(_KEPT)(self._readings)
        # Asked for each word of each article.
        self.first_root = lru_cache(_KEPT)(self._first_root)

    def read(self, word: str) -> Reading | None:
        """The likeliest reading of a word; None if no known root is in it."""
        found = self.readings(word)
        return found[0] if found else None

    def _first_root(self, word: str) -> str:
        """The root of the likeliest reading, of a phrase its first word. Where none is known, a
        word in small letters itself, else "".
        """
        if found := self.read(word):
            return found.root.partition(" ")[0]
        return word if word.islower() else ""

    def _readings(self, word: str) -> tuple[Reading, ...]:
        """All readings of a word, the likeliest first, one for each root."""
        plain = word.lower().replace("’", "'")
        if len(plain) > _LONGEST or not _WORD.fullmatch(plain):
            return ()
        found = [*self._whole(plain), *(self._twice(plain) if "-" in plain else ())]
        best: dict[str, Reading] = {}
        for one in sorted(found, key=lambda one: (one.cost, len(one.pieces), one.root)):
            kept = best.setdefault(one.root, one)
            if not kept.pieces and one.pieces and kept.stems:  # listed, and of parts after all
                best[one.root] = replace(kept, pieces=one.pieces)
        return tuple(best.values())

    # --- one word ------------------------------------------------------------------------------

    def _whole(self, word: str) -> Iterator[Reading]:
        for stem, pieces, cost in self._cores(word):
            for one in self._stems(stem, self._top, 0):
                yield replace(one, pieces=(*one.pieces, *pieces), cost=one.cost + cost)
            # dedaunan, jejaring: the first letter once more, with an e
            if len(stem) > _LONG_BEGUN and stem[1] == "e" and stem[0] == stem[2]:
                begun = Piece("begun", f"{stem[:2]}-")
                for one in self._stems(stem[2:], self._top, 0):
                    whole = (begun, *one.pieces, *pieces)
                    yield Reading(one.root, whole, (stem, *one.stems), one.cost + cost + _RARE)

    def _cores(self, word: str) -> Iterator[tuple[str, tuple[Piece, ...], float]]:
        """A word without what may stand around any word."""
        cores: list[tuple[str, tuple[Piece, ...], float]] = [(word, (), 0.0)]
        for group in self._endings:
            for core, pieces, cost in tuple(cores):
                for name, end in group:
                    if core.endswith(end) and len(core) - len(end) >= _SHORTEST:
                        piece = Piece(name, name)
                        cores.append((core[: -len(end)], (piece, *pieces), cost + _ENDING))
        for core, pieces, cost in tuple(cores):
            for name, begin in self._beginnings:
                if core.startswith(begin) and len(core) - len(begin) >= _SHORTEST + 1:
                    piece = Piece(name, name)
                    cores.append((core[len(begin) :], (piece, *pieces), cost + _BEGINNING))
        return iter(cores)

    def _stems(self, stem: str, allowed: frozenset[str], depth: int) -> list[Reading]:
        found = [Reading(stem)] if stem in self.lexicon else []
        if phrase := self.lexicon.joined.get(stem):
            found.append(Reading(phrase, cost=_JOINED))
        made = list(self._made(stem, allowed, depth)) if depth < _MOST_LAYERS else []
        listed = self.lexicon.forms.get(stem, ())
        twice = list(self._twice(stem)) if listed and "-" in stem else []
        for root in listed:
            ways = [one for one in (*made, *twice) if one.root == root]
            # menandatangani, which tanda lists: of tanda tangan
            ways = ways or [one for one in made if root in one.root.split()]
            way = min(ways, key=lambda one: one.cost, default=None)
            if way is None:
                found.append(Reading(root, (), (stem,), _IRREGULAR))
            else:
                stems = way.stems if stem in way.stems else (stem, *way.stems)
                found.append(replace(way, stems=stems, cost=_LISTED + way.cost / 100))
        known = {one.root for one in found if one.stems}
        return found + [one for one in made if one.root not in known]

    def _made(self, stem: str, allowed: frozenset[str], depth: int) -> Iterator[Reading]:
        """The readings of a stem whose outermost affix is one of ``allowed``."""
        for begin in self._begins(stem):
            for shape in self._by_begin[begin]:
                if shape.affix not in allowed or not stem.endswith(shape.end):
                    continue
                middle = stem[len(begin) : len(stem) - len(shape.end)]
                if not _fits(shape, middle):
                    continue
                core = shape.hides + middle
                affix = self.affixes.affixes[shape.affix]
                cost = _LAYER + (_INNER_LAYER if depth else 0)
                cost += (_RARE if affix.rare else 0) + (_SELDOM if shape.seldom else 0)
                cost += _SHARED if shape.hides or shape.before == "r" else 0
                piece = Piece(shape.affix, shape.form, shape.hides)
                for one in self._stems(core, self._inside[shape.affix], depth + 1):
                    more = cost if one.pieces else cost + self._of_root(one.root)
                    yield Reading(
                        one.root, (*one.pieces, piece), (stem, *one.stems), one.cost + more
                    )

    def _begins(self, stem: str) -> Iterator[str]:
        for length in range(min(len(stem), 6) + 1):
            if stem[:length] in self._by_begin:
                yield stem[:length]

    def _of_root(self, root: str) -> float:
        """What it costs that affixes stand around just this root."""
        entry = self.lexicon.entries.get(root)
        cost = _FUNCTION_WORD if entry is not None and entry.pos in FUNCTION else 0.0
        cost += _VERY_SHORT if len(root) <= _SHORTEST else _SHORT if len(root) == 3 else 0
        return cost - _LETTER * len(root)

    # --- words said twice ------------------------------------------------------------------------

    def _twice(self, word: str) -> Iterator[Reading]:
        first, _, second = word.partition("-")
        if "-" in second:
            return
        # buah-buahan, sebagus-bagusnya, menggeleng-gelengkan: the first with the second's ending
        for cut in range(min(len(first), len(second)), _SHORTEST - 1, -1):
            if first.endswith(second[:cut]):
                found = list(self._said_twice(first + second[cut:], f"{first}-{second[:cut]}"))
                yield from found
                if found:
                    return
        # tolong-menolong, terus-menerus; sayur-mayur
        for one in self.readings(first):
            for other in self.readings(second):
                if other.root == one.root and other.pieces:
                    pieces = (*one.pieces, Piece("word", word), *other.pieces)
                    cost = _DOUBLED + one.cost + other.cost / 2
                    yield Reading(one.root, pieces, (word, *other.stems), cost)
            if _sounds_like(first, second) and second not in self.lexicon:
                pieces = (*one.pieces, Piece("changed", word))
                stems = (word, *one.stems)
                yield Reading(one.root, pieces, stems, _DOUBLED + _LISTED + one.cost)

    def _said_twice(self, merged: str, twice: str) -> Iterator[Reading]:
        """The readings of a word from which what is said twice was left out once."""
        for one in self._whole(merged):
            form = f"{one.root}-{one.root}" if twice.endswith(f"-{one.root}") else twice
            pieces = (Piece("word", form), *one.pieces)
            yield Reading(one.root, pieces, one.stems, _DOUBLED + one.cost)


def _by_begin(affixes: Affixes) -> Mapping[str, list[Shape]]:
    found: dict[str, list[Shape]] = defaultdict(list)
    for shapes in affixes.shapes.values():
        for shape in shapes:
            found[shape.begin].append(shape)
    return dict(found)


def _fits(shape: Shape, middle: str) -> bool:
    if len(middle) + len(shape.hides) < _SHORTEST:
        return False
    if shape.before and middle[0] not in shape.before:
        return False
    return not shape.short or len(_VOWELS.findall(middle)) == 1


def _sounds_like(first: str, second: str) -> bool:
    """Whether the second is the first with other vowels, or with another beginning."""
    if first == second or abs(len(first) - len(second)) > 2:
        return False
    if _VOWELS.sub("", first) == _VOWELS.sub("", second) and len(first) == len(second):
        return True
    return len(first) > 3 and first[1:] == second[-len(first) + 1 :]


@remembered
def load_analyser() -> Analyser:
    """The analyser over the program's lexicon and the site's own. Raises ``SettingsError``."""
    return Analyser(load_lexicon(), load_affixes())

"""What a word means: its readings with the glosses of the lexicon, and names by the glossary."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from dwiwarta.knowledge.glossary import Glossary, load_glossary
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.words.analyser import Analyser, Piece, Reading, load_analyser
from dwiwarta.words.english import passive
from dwiwarta.words.lexicon import MOST_SENSES, Homonym

Kind = Literal["word", "name", "unknown"]

MOST_TARGETS = 4  # of the glossary's renderings of a name that browsers are given

# Forms that mean the same as another but for what the affix itself says: entries list the active
# one (*mengatakan*), texts have its passive (*dikatakan*) and its bare stem (*katakan*), too.
_ACTIVE = {
    **dict.fromkeys(("di-", "nge-"), "me-"),
    **dict.fromkeys(("di-…-kan", "-kan"), "me-…-kan"),
    **dict.fromkeys(("di-…-i", "-i"), "me-…-i"),
    **dict.fromkeys(("diper-", "per-"), "memper-"),
    **dict.fromkeys(("diper-…-kan", "per-…-kan"), "memper-…-kan"),
    **dict.fromkeys(("diper-…-i", "per-…-i"), "memper-…-i"),
}


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: a root, the pieces around it, and what that is in English.

    ``of``: the form that the glosses are of, if that is not the root itself. ``explained``: what a
    name or an institution is, as the glossary says.
    """

    root: str
    pieces: tuple[Piece, ...]
    glosses: tuple[str, ...]
    of: str = ""
    pos: str = ""
    register: str = ""
    note: str = ""
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that is known of a word; ``senses``: the likeliest first, none for an unknown one."""

    word: str
    kind: Kind
    senses: tuple[Sense, ...] = ()


class Meanings:
    """Looks words up: in the glossary as they are written, then by the analyser."""

    def __init__(self, analyser: Analyser, glossary: Glossary) -> None:
        self.analyser = analyser
        self._lexicon = analyser.lexicon
        self._terms = {form: term for term in glossary.terms for form in term.source}
        self._actives = lru_cache(None)(self._find_actives)

    def of(self, word: str) -> Meaning:
        """What a word means, capitals and all: ``AS`` is a country, ``as`` an axle."""
        if word != word.lower() and (term := self._terms.get(word)):
            sense = Sense(term.name, (), term.target[:1], explained=term.expansion or "")
            return Meaning(word, "name", (sense,))
        senses = [s for one in self.analyser.readings(word) for s in self._senses(one)]
        if senses:
            return Meaning(word, "name" if senses[0].pos == "name" else "word", tuple(senses))
        if term := self._terms.get(word.lower()):
            return Meaning(word, "word", (Sense(term.name, (), term.target[:MOST_SENSES]),))
        return Meaning(word, "name" if word != word.lower() else "unknown")

    def phrase(self, text: str) -> tuple[str, ...]:
        """The glosses of words that mean something together, or are a name; none if they do not."""
        if text != text.lower() and (term := self._terms.get(text)):
            return term.target[:MOST_TARGETS]
        small = text.lower()
        if small in self._lexicon.phrases:
            return self._lexicon.glosses(small)
        term = self._terms.get(small)
        return term.target[:MOST_TARGETS] if term else ()

    def _senses(self, one: Reading) -> list[Sense]:
        entry = self._lexicon.entries.get(one.root)
        if entry is None:
            return self._of_phrase(one)
        form, is_passive = self._listed(one)
        glosses = entry.forms[form] if form else entry.senses
        if is_passive:
            glosses = tuple(map(passive, glosses))
        found = [_sense(one, glosses, entry, form)]
        if not one.pieces:
            found += [_sense(one, other.senses, other) for other in entry.other]
        return found

    def _of_phrase(self, one: Reading) -> list[Sense]:
        """Of words that affixes stand around together; an entry of one of them may list that."""
        for stem in one.stems:
            for root in self._lexicon.forms.get(stem, ()):
                if root in one.root.split():
                    return [Sense(one.root, one.pieces, self._lexicon.glosses(root, stem), of=stem)]
        glosses = self._lexicon.glosses(one.root)
        return [Sense(one.root, one.pieces, glosses)] if glosses else []

    def _listed(self, one: Reading) -> tuple[str, bool]:
        """The outermost form of a reading that the root's entry lists, or lists as active.

        And whether the reading is the passive of that.
        """
        entry = self._lexicon.entries[one.root]
        affixes = tuple(piece.affix for piece in one.pieces)
        for off, stem in enumerate(one.stems):
            if stem in entry.forms:
                return stem, False
            inner = affixes[: len(one.stems) - off]
            if inner and inner[-1] in _ACTIVE:
                active = (*inner[:-1], _ACTIVE[inner[-1]])
                if form := self._actives(one.root).get(active):
                    return form, inner[-1].startswith("di")
        return "", False

    def _find_actives(self, root: str) -> Mapping[tuple[str, ...], str]:
        """The forms that an entry lists, by their affixes."""
        found: dict[tuple[str, ...], str] = {}
        for form in self._lexicon.entries[root].forms:
            for reading in self.analyser.readings(form):
                if reading.root == root:
                    found.setdefault(tuple(piece.affix for piece in reading.pieces), form)
        return found


def _sense(one: Reading, glosses: tuple[str, ...], said: Homonym, form: str = "") -> Sense:
    pieces = one.pieces
    if "-" in form:  # *mata-mata* is a spy, not several eyes
        pieces = tuple(replace(p, affix="set") if p.affix == "word" else p for p in pieces)
    return Sense(
        root=one.root,
        pieces=pieces,
        glosses=glosses,
        of=form,
        pos="" if form else said.pos,
        register=said.register_ or "",
        note=said.note or "",
    )


@remembered
def load_meanings() -> Meanings:
    """The lexicon and the glossary, the site's own over them. Raises ``SettingsError``."""
    return Meanings(load_analyser(), load_glossary())

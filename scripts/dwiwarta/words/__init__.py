"""Indonesian words by their roots: the lexicon, the affixes, and the analyser that reads by them.

``lexicon`` is what the files of ``knowledge/lexicon/`` say, ``affixes`` what ``affixes.yml`` does,
``analyser`` takes a word apart and lets the lexicon decide between readings, ``meanings`` says
what a word means.
"""

from dwiwarta.words.affixes import Affixes, load_affixes
from dwiwarta.words.analyser import Analyser, Piece, Reading, load_analyser
from dwiwarta.words.lexicon import (
    Entry,
    Homonym,
    Lexicon,
    load_lexicon,
)
from dwiwarta.words.meanings import Meaning, Meanings, Sense, load_meanings
from dwiwarta.words.own import check_own_words, own_file_of

__all__ = [
    "Affixes",
    "Analyser",
    "Entry",
    "Homonym",
    "Lexicon",
    "Meaning",
    "Meanings",
    "Piece",
    "Reading",
    "Sense",
    "check_own_words",
    "load_affixes",
    "load_analyser",
    "load_lexicon",
    "load_meanings",
    "own_file_of",
]

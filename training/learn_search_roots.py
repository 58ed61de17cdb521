#!/usr/bin/env python3
"""Choose the roots by which the search cuts off affixes, so that it agrees with the analyser.

    python training/learn_search_roots.py FOLDER [--letters 8000]

A reader's browser gets these roots with the rules, so there may be few of them; the analyser reads
by the whole lexicon. Counts the words of the articles in FOLDER, lets the analyser name the root of
each, and takes those roots that bring most words to it, as many as fit into so many letters. Prints
the list for ``roots`` in ``knowledge/search.yml``, and how much agrees.
"""

import argparse
import math
import sys
import textwrap
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from lexicon import words_of_folders

from dwiwarta.search import words as search
from dwiwarta.search.schema import search_words
from dwiwarta.words import load_analyser

_ROUNDS = 12
_AT_ONCE = 25  # roots taken before it is looked again which words are still wrong
_LITTLE = ("prep", "conj", "part", "pron", "interj")  # nobody looks for these
Words = Mapping[str, tuple[str, int]]


def main() -> int:
    """Print the list, and the shares on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, metavar="FOLDER", nargs="+")
    parser.add_argument("--letters", type=int, default=8000, help="spaces included (8000)")
    parser.add_argument("--kept", type=Path, help="as for benchmarks/lexicon.py")
    options = parser.parse_args()
    counts, _ = words_of_folders(options.folders, options.kept)
    known = load_analyser()
    words: dict[str, tuple[str, int]] = {}
    for word, count in counts.items():
        found = known.read(word)
        entry = found and known.lexicon.entries.get(found.root)
        if word.isalpha() and found and entry and (word != found.root or entry.pos not in _LITTLE):
            words[word] = (found.root, count)
    before = set(search_words().indonesian.roots.split())
    print(f"before: {len(before)} roots, {agreeing(before, words)[0]:.4f}", file=sys.stderr)
    roots = chosen(before, words, options.letters)
    print(f"now: {len(roots)} roots, {agreeing(roots, words)[0]:.4f}", file=sys.stderr)
    print(textwrap.fill(" ".join(sorted(roots)), 100, initial_indent=" " * 4,
                        subsequent_indent=" " * 4))  # fmt: skip
    return 0


def agreeing(roots: set[str], words: Words) -> tuple[float, dict[str, str]]:
    """The share of running words whose stem is their root, and the stems of all others."""
    search._roots = lambda: frozenset(roots)
    right = total = 0
    wrong = {}
    for word, (root, count) in words.items():
        found = search.stem(word, "id")
        total += count
        if found == search._spelled(root):
            right += count
        else:
            wrong[word] = found
    return right / total, wrong


def chosen(roots: set[str], words: Words, letters: int) -> set[str]:
    """The roots of today that help, and those that help most of all others."""
    for _ in range(_ROUNDS):
        _, wrong = agreeing(roots, words)
        helped: dict[str, float] = defaultdict(float)
        misled: dict[str, float] = defaultdict(float)
        gain: dict[str, float] = defaultdict(float)
        for word, (root, count) in words.items():
            if word not in wrong:
                helped[root] += _weight(count) if root != word else 0
            else:
                gain[root] += _weight(count)
                misled[wrong[word]] += _weight(count)
        known = {root for root, _ in words.values()}
        roots = {r for r in roots if helped[r] >= misled[r] and (r in known or helped[r])}
        room = letters - sum(len(root) + 1 for root in roots)
        for root, _ in sorted(gain.items(), key=lambda one: (-one[1], one[0]))[:_AT_ONCE]:
            if len(root) + 1 <= room:
                roots.add(root)
                room -= len(root) + 1
    return roots


def _weight(count: int) -> float:
    """What a word counts for: people look for rare words, too."""
    return math.log2(1 + count)


if __name__ == "__main__":
    sys.exit(main())

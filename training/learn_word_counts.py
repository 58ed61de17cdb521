#!/usr/bin/env python3
"""Count words and pairs of words: the table that glued words are parted with.

    python scripts/build.py inspect --jsonl FOLDER > inspect.jsonl
    python training/learn_word_counts.py inspect.jsonl [--pairs FILE.tsv …] [--outlets A,B,…] \
        > scripts/dwiwarta/knowledge/learned/word_counts.yml

``--pairs``: texts with an open licence, a line ``Indonesian TAB English``; they tell which words
exist and which are English. ``--outlets``: count in these only (folders of FOLDER), to try the
table on the others.

Only words, and how many bits they and their pairs take, leave the texts. A word counts if several
outlets have it, as a scraper's glued words stay within one. Words that are known to be whole but
would be parted are looked for in the end, with the code that parts them, and listed as ``whole``.
"""

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.clean.lexicon import Lexicon, WordCounts, WordLists
from dwiwarta.clean.split_words import part_glued
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.yamlfile import load_yaml

_WORD = re.compile(r"(?<![\w@#./'’_-])[A-Za-z]{2,}(?![\w@/'’_-]|\.\w)")
_EDGES = ".,;:!?()[]{}“”\"'‘’…–—-*/"
_SENTENCE_ENDS = '.!?:"”'

# A word is a piece from so many on in so many outlets, or fewer if the open texts have it too.
_COUNT, _OUTLETS = 3, 2
_OPEN_COUNT, _OPEN_ONLY = 5, 20
_SHORT_COUNT = 30  # for words of three letters, as syllables look alike
_NAME_COUNT = 3
_ENGLISH_RATIO = 0.4
_PAIR_COUNT, _PAIR_BITS = 3, 3
_WHOLE_COUNT = 3  # in open texts

_HEADER = """\
# How common words of Indonesian news are, in bits (-log2 of their share), to part glued words with:
# counted by `training/learn_word_counts.py`, not edited by hand. `english`: words that English
# has more often. `whole`: words that would be parted without this line. `pairs`: words that stand
# beside each other (rows "first second second"), by how many bits more often than by chance.
"""


@dataclass
class Counts:
    """What the texts hold."""

    total: int = 0
    small: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    capital: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)


def main() -> None:
    """Print the table as YAML."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--outlets")
    options = parser.parse_args()
    outlets = set(options.outlets.split(",")) if options.outlets else None
    counts = count(options.articles, outlets)
    indonesian, english = count_open(options.pairs)
    sys.stdout.write(table(counts, indonesian, english))


def count(path: Path, outlets: set[str] | None) -> Counts:
    """Words and pairs of the articles of some outlets, or of all."""
    counts = Counts()
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        outlet = record["file"].rsplit("/", 2)[-2]
        if outlets is None or outlet in outlets:
            for paragraph in record["paragraphs"]:
                count_paragraph(paragraph, outlet, counts)
    return counts


def count_paragraph(paragraph: str, outlet: str, counts: Counts) -> None:
    """Add the words of one paragraph; names are counted inside sentences only."""
    before, opens = "", True
    for token in paragraph.split():
        word = token.strip(_EDGES)
        parts = [word] if word.isalpha() else re.findall(r"^[A-Za-z]+(?=-)|(?<=-)[A-Za-z]+$", word)
        for part in parts:
            counts.total += 1
            if part.islower():
                counts.small[part][outlet] += 1
            elif not opens:
                counts.capital[part][outlet] += 1
        if before and word.isalpha() and token[0].isalpha():
            counts.pairs[before, word] += 1
        before = word if word.isalpha() and token[-1].isalpha() else ""
        opens = token[-1] in _SENTENCE_ENDS


def count_open(paths: Iterable[Path]) -> tuple[Counter[str], Counter[str]]:
    """Words of the Indonesian and of the English side of open texts, in small letters."""
    sides: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            for side, text in zip(sides, line.split("\t"), strict=False):
                side.update(
                    w.lower() for w in _WORD.findall(text) if w.islower() or w[1:].islower()
                )
    return sides


def table(counts: Counts, indonesian: Counter[str], english: Counter[str]) -> str:
    """The table as YAML."""
    words, foreign = choose_words(counts, indonesian, english)
    names = choose_names(counts)
    bits = {
        word: round(math.log2(counts.total / number)) for word, number in (words | names).items()
    }
    pairs = choose_pairs(counts, words | names)
    parts = [
        _HEADER,
        "words:\n",
        *grouped({w: bits[w] for w in words}),
        "names:\n",
        *grouped({w: bits[w] for w in names}),
    ]
    parts += ["english: >-\n", *rows(sorted(foreign)), "pairs:\n"]
    by_bits: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (first, second), saved in sorted(pairs.items()):
        by_bits[saved][first].append(second)
    for saved, group in sorted(by_bits.items()):
        parts.append(f"  {saved}: >-\n")
        parts += rows(
            word
            for first, seconds in group.items()
            for word in (first, *seconds[:-1], seconds[-1] + ";")
        )
    known = {w for w, c in counts.small.items() if len(c) > _OUTLETS and c.total() >= _WHOLE_COUNT}
    known |= {w for w, c in counts.capital.items() if w[1:].islower() and len(c) >= _OUTLETS}
    known |= {w for side in (indonesian, english) for w, n in side.items() if n >= _WHOLE_COUNT}
    whole = find_whole("".join(parts), known)
    return "".join([*parts, "whole: >-\n", *rows(sorted(whole))])


def choose_words(
    counts: Counts, indonesian: Counter[str], english: Counter[str]
) -> tuple[dict[str, float], set[str]]:
    """Words in small letters that may be pieces, with their numbers, and the English among them."""
    words: dict[str, float] = {}
    for word, per_outlet in counts.small.items():
        number, open_number = per_outlet.total(), max(indonesian[word], english[word])
        enough = number >= _COUNT and len(per_outlet) >= _OUTLETS
        if enough or (number > 1 and open_number >= _OPEN_COUNT):
            words[word] = number
    for word, number in indonesian.items():
        if number >= _OPEN_ONLY and english[word] < number / 4:
            words.setdefault(word, 1.5)
    foreign = set()
    share = max(1, english.total()), max(1, counts.total), max(1, indonesian.total())
    for word, number in english.items():
        here = counts.small[word].total() / share[1] + indonesian[word] / share[2]
        if number >= _WHOLE_COUNT and number / share[0] > here * _ENGLISH_RATIO:
            foreign.add(word)
            if number >= _OPEN_ONLY and len(word) > 3:
                words.setdefault(word, 1)
    kept = {
        word: number
        for word, number in words.items()
        if len(word) > 3 or (len(word) == 3 and number >= _SHORT_COUNT) or word in ("di", "ke")
    }
    return kept, foreign & kept.keys()


def choose_names(counts: Counts) -> dict[str, float]:
    """Names and abbreviations."""
    return {
        word: per_outlet.total()
        for word, per_outlet in counts.capital.items()
        if (word[1:].islower() or word.isupper())
        and len(word) > (1 if word.isupper() else 2)
        and per_outlet.total() >= (2 if word.isupper() else _NAME_COUNT)
        and len(per_outlet) >= _OUTLETS
    }


def choose_pairs(counts: Counts, known: dict[str, float]) -> dict[tuple[str, str], int]:
    """Pairs of known words, with the bits by which they are commoner than by chance."""
    found = {}
    for (first, second), number in counts.pairs.items():
        if number >= _PAIR_COUNT and first in known and second in known:
            saved = math.log2(number * counts.total / known[first] / known[second])
            if saved >= _PAIR_BITS:
                found[first, second] = round(saved)
    return found


def find_whole(yaml_text: str, known: Iterable[str]) -> set[str]:
    """Known words that would be parted in an article that has glued words."""
    import yaml

    lists = load_yaml(KNOWLEDGE_DIR / "words.yml", WordLists)
    lexicon = Lexicon(lists, WordCounts.model_validate(yaml.safe_load(yaml_text) | {"whole": ""}))
    whole = set()
    for word in known:
        for form in {word, word.capitalize()} if word.islower() else {word}:
            # "kataEko" shows that the article has glued words.
            if part_glued([f"kataEko {form} ."], lexicon) != [f"kata Eko {form} ."]:
                whole.add(word)
    return whole


def grouped(bits: dict[str, int]) -> Iterator[str]:
    """Words by their bits, as YAML."""
    groups: dict[int, list[str]] = defaultdict(list)
    for word, number in bits.items():
        groups[number].append(word)
    for number, group in sorted(groups.items()):
        yield f"  {number}: >-\n"
        yield from rows(sorted(group))


def rows(words: Iterable[str]) -> Iterator[str]:
    """Words in lines of a folded block."""
    row = "   "
    for word in words:
        if len(row) + len(word) > 98:
            yield row + "\n"
            row = "   "
        row += f" {word}"
    yield row + "\n"


if __name__ == "__main__":
    main()

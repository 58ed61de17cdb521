#!/usr/bin/env python3
"""Find the most frequent roots, and the limits between the three levels of articles.

    python scripts/build.py inspect --jsonl FOLDER > inspect.jsonl
    python training/learn_frequent_roots.py inspect.jsonl \
        > scripts/dwiwarta/knowledge/learned/frequent_roots.yml

Only roots leave the texts, in the order of the alphabet. The limits go to the other stream, to be
put into ``words/level.py``, with how the articles of each folder are split by them.
"""

import json
import statistics
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.words.level import LEAST_WORDS, Measures, measure

MOST, FEW = 1000, 300
_HEADER = f"""\
# The {MOST:,} roots that stand most often in Indonesian news, names aside: how many words of an
# article are others says how hard it is to read. Those in `most` are the {FEW} commonest of all.
# Found by `training/learn_frequent_roots.py`.
roots: >-
"""


def main() -> None:
    """Count, print the roots, and tell of the limits."""
    texts: list[tuple[str, list[str]]] = []
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        one = json.loads(line)
        texts.append((Path(one["file"]).parent.name, one["paragraphs"]))
    measured = [(folder, measure(paragraphs)) for folder, paragraphs in texts]
    counts = Counter(root for _, one in measured for root in one.roots)
    ordered = sorted(counts.items(), key=lambda count: (-count[1], count[0]))
    frequent = frozenset(root for root, _ in ordered[:MOST])
    few = (root for root, _ in ordered[:FEW])
    print(f"{_HEADER}{_filled(frequent)}\nmost: >-\n{_filled(few)}")
    _tell(measured, frequent)


def _filled(roots: Iterable[str]) -> str:
    return textwrap.fill(
        " ".join(sorted(roots)), 98, initial_indent="  ", subsequent_indent="  ",
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


def _tell(measured: list[tuple[str, Measures]], frequent: frozenset[str]) -> None:
    points = [
        (folder, one.points(frequent)) for folder, one in measured if one.words >= LEAST_WORDS
    ]
    limits = statistics.quantiles([point for _, point in points], n=3)
    print("limits", *(f"{limit:.1f}" for limit in limits), file=sys.stderr)
    by_folder: dict[str, Counter[int]] = defaultdict(Counter)
    for folder, point in points:
        by_folder[folder][sum(point >= limit for limit in limits)] += 1
    for folder, steps in sorted(by_folder.items()):
        shares = "  ".join(f"{steps[step] / steps.total():.2f}" for step in range(3))
        print(f"{folder:<16}{steps.total():>6}  {shares}", file=sys.stderr)


if __name__ == "__main__":
    main()

"""How often the right English word is lit: ``python benchmarks/alignment.py DIR [--learn FILE…]``.

``DIR`` holds public test sets: ``NAME.id`` and ``NAME.en``, line n of one being line n of the
other. ``alignment_gold.tsv``, made by hand, names sentences as ``NAME:line`` (from 0) and says for
each Indonesian word, by its number, which English ones stand for it; words that are not named have
no partner. A link is right if all that is lit is among these.

``--learn``: pairs to learn partners from as the build does from a site's memory, ``FILE.id`` and
``FILE.en``. ``--misses`` lists what is wrong.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.words import load_meanings
from dwiwarta.words.alignment import INDONESIAN_WORD, Look, link_words, looking_up
from dwiwarta.words.english import WORD
from dwiwarta.words.partners import learn_partners, unmatched

GOLD = Path(__file__).with_name("alignment_gold.tsv")


def main() -> int:
    """Measure, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--learn", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    look = looking_up(load_meanings())
    pairs = [pair for one in options.learn for pair in _pairs(one)]
    partners = learn_partners(unmatched(pairs, look))
    print(f"partners learnt      {len(partners):>6}  (from {len(pairs):,} pairs)")
    _report(options.folder, look, partners, misses=options.misses)
    return 0


def _pairs(stem: Path) -> Iterator[tuple[str, str]]:
    sides = [stem.with_name(f"{stem.name}.{end}").read_text("utf-8") for end in ("id", "en")]
    return zip(*(side.split("\n") for side in sides), strict=True)


def gold() -> Iterator[tuple[str, int, dict[int, set[int]]]]:
    """Test set, line, and for each Indonesian word the English ones that stand for it."""
    for row in GOLD.read_text("utf-8").splitlines():
        place, _, said = row.partition("\t")
        name, _, line = place.partition(":")
        marks = [mark.split(":") for mark in said.split() if ":" in mark]
        yield name, int(line), {int(a): set(map(int, b.split(","))) for a, b in marks}


def _report(folder: Path, look: Look, partners: Mapping[str, tuple[str, ...]], *, misses: bool
            ) -> None:  # fmt: skip
    words = lit = right = partnered = lit_partnered = 0
    for name, line, expected in gold():
        source, target = list(_pairs(folder / name))[line]
        spans = [match.span() for match in INDONESIAN_WORD.finditer(source)]
        english = [match.span() for match in WORD.finditer(target)]
        links = link_words(source, target, look, partners)
        words += len(spans)
        partnered += len(expected)
        for link in links:
            inside = [at for at, (a, b) in enumerate(spans) if link.id[0] <= a and b <= link.id[1]]
            shown = {
                at
                for at, (a, b) in enumerate(english)
                if any(c <= a and b <= d for c, d in link.en)
            }
            wanted = {place for at in inside for place in expected.get(at, ())}
            lit += len(inside)
            lit_partnered += sum(at in expected for at in inside)
            if shown <= wanted:
                right += len(inside)
            elif misses:
                beside = " … ".join(target[a:b] for a, b in link.en)
                print(f"{name}:{line}: {source[slice(*link.id)]}: {beside}")
    print(f"words                {words:>6}  (with a partner: {partnered})")
    print(f"lit                  {lit:>6}  {lit / words:.3f} of all")
    print(f"  of those partnered {lit_partnered:>6}  {lit_partnered / partnered:.3f}")
    print(f"right of those lit   {right:>6}  {right / max(lit, 1):.3f}")


if __name__ == "__main__":
    sys.exit(main())

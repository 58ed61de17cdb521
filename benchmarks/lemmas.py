"""How often the analyser finds the root: ``python benchmarks/lemmas.py FILE [--peers] [--misses]``.

``FILE`` has a line a word: the word, its lemmas between commas (all that were seen, the commonest
first), and how often it stood there; the first line is a heading. An affixed word is one whose
commonest lemma is another word, a bare one is its own; a word is right if its root is one of the
lemmas. Hyphens and spaces do not count (*tanda-tangan*). The words are parted in two by a hash:
what was written to make the figures better looked at one half, "seen", alone.

``--peers``: the same of Snowball, simplemma and PySastrawi, as far as they are installed.
"""

import argparse
import hashlib
import importlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.words import load_analyser

Rooter = Callable[[str], str]


def main() -> int:
    """Measure, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--peers", action="store_true", help="measure the others, too")
    parser.add_argument("--misses", action="store_true", help="list what is wrong of the seen half")
    options = parser.parse_args()
    rows = list(_rows(options.file))
    print(f"{'':<12}{'affixed':>18}{'bare':>18}{'words a second':>18}")
    print(f"{'':<12}{'seen':>9}{'other':>9}{'seen':>9}{'other':>9}")
    for name, rooter in [("ours", _ours()), *(_peers() if options.peers else ())]:
        _report(name, rooter, rows)
    if options.misses:
        for word, lemmas in rows:
            root = _ours()(word)
            if _half(word) == "seen" and _plain(root) not in lemmas:
                print(f"{word}: {root}, not {', '.join(lemmas)}")
    return 0


def _rows(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in path.read_text("utf-8").splitlines()[1:]:
        word, lemmas, _ = line.split("\t")
        yield word, tuple(map(_plain, lemmas.split(",")))


def _plain(text: str) -> str:
    return text.replace("-", "").replace(" ", "")


def _half(word: str) -> str:
    return "other" if hashlib.sha256(word.encode()).digest()[0] & 1 else "seen"


def _report(name: str, rooter: Rooter, rows: list[tuple[str, tuple[str, ...]]]) -> None:
    words: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    begun = time.process_time()
    roots = {word: rooter(word) for word, _ in rows}
    seconds = time.process_time() - begun
    for word, lemmas in rows:
        key = ("bare" if _plain(word) == lemmas[0] else "affixed", _half(word))
        words[key] += 1
        right[key] += _plain(roots[word]) in lemmas
    shares = (
        right[kind, half] / max(words[kind, half], 1)
        for kind in ("affixed", "bare")
        for half in ("seen", "other")
    )
    print(f"{name:<12}" + "".join(f"{share:>9.3f}" for share in shares), end="")
    print(f"{len(rows) / max(seconds, 1e-9):>18,.0f}")


def _ours() -> Rooter:
    known = load_analyser()

    def root(word: str) -> str:
        found = known.read(word)
        return found.root if found else word

    return root


def _peers() -> Iterator[tuple[str, Rooter]]:
    for name, module, make in (
        ("Snowball", "snowballstemmer", lambda m: m.stemmer("indonesian").stemWord),
        ("simplemma", "simplemma", lambda m: lambda word: m.lemmatize(word, lang="id")),
        (
            "PySastrawi",
            "Sastrawi.Stemmer.StemmerFactory",
            lambda m: m.StemmerFactory().create_stemmer().stem,
        ),
    ):
        try:
            found: Any = importlib.import_module(module)
        except ModuleNotFoundError:
            print(f"{name:<12}is not installed")
            continue
        yield name, make(found)


if __name__ == "__main__":
    sys.exit(main())

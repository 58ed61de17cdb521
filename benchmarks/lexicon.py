"""How much of real text the lexicon explains: ``python benchmarks/lexicon.py DIR… [--top N]``.

Counts the running words of folders of articles, as the project cleans them, names aside: how many
lead to a root with a gloss, for all of them and for each part of speech. Then the commonest words
that do not, for whoever writes entries. ``DIR`` is read like ``articles/``.

A word counts as a name if it is written with a capital although no sentence begins there, or if
the texts have it so more often than in small letters.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.commands.compare import read_articles
from dwiwarta.pipeline.looked import look_at
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.words import Meanings, load_meanings

_WORD = re.compile(r"(?<![\w@#./&'’-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/&]|\.\w)")
_BEGINS = re.compile(r"(?:^|[.!?:;“\"(–—-]\s*|[.!?][\"”’]\s+)$")


def main() -> int:
    """Count, and print what is found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, metavar="DIR", nargs="+")
    parser.add_argument("--top", type=int, default=40, help="words without entry to list (40)")
    parser.add_argument("--kept", type=Path, help="read the words of DIR once, keep them here")
    options = parser.parse_args()
    small, names = words_of_folders(options.folders, options.kept)
    meanings = load_meanings()
    _report(meanings, small, names, options.top)
    return 0


def words_of_folders(folders: Sequence[Path], kept: Path | None) -> tuple[Counter[str], int]:
    """The words of all articles, as ``running_words`` counts them; ``kept``: a file to keep it."""
    if kept is not None and kept.exists():
        found = json.loads(kept.read_text("utf-8"))
        return Counter(found["words"]), found["names"]
    texts = [
        text
        for article in read_articles(look_at(PROJECT_ROOT, folders, ProblemLog()), ProblemLog())
        for text in article.paragraphs
    ]
    words, names = running_words(texts)
    if kept is not None:
        kept.write_text(json.dumps({"words": words, "names": names}), "utf-8")
    return words, names


def running_words(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """The words of some texts in small letters with their counts, and how many names stand there.

    Words with a capital at the beginning of a sentence count as the same in small letters do.
    """
    small: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for text in texts:
        for match in _WORD.finditer(text):
            word = match[0].replace("’", "'")
            if word.islower():
                small[word] += 1
            elif _BEGINS.search(text, max(0, match.start() - 4), match.start()):
                first[word] += 1
            else:
                inside[word.lower()] += 1
    named = {word for word, count in inside.items() if count > small[word]}
    names = sum(inside.values())
    for word, count in first.items():
        if word.isupper() or word.lower() in named or word.lower() not in small:
            names += count
        else:
            small[word.lower()] += count
    return small, names


def _report(meanings: Meanings, words: Counter[str], names: int, top: int) -> None:
    explained: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    begun = time.process_time()
    for word, count in words.items():
        whole, lacking = _looked_up(meanings, word)
        explained[whole] += count
        missing.update(dict.fromkeys(lacking, count))
    seconds = time.process_time() - begun
    total = words.total()
    print(f"entries                  {len(meanings.analyser.lexicon):>9,}")
    print(f"running words, no names  {total:>9,}  ({len(words):,} forms; names: {names:,})")
    share = 1 - explained[""] / max(total, 1)
    print(f"lead to a gloss          {share:>9.2%}")
    for how, count in explained.most_common():
        print(f"  {how or 'nothing':<22} {count / max(total, 1):>9.2%}")
    rate = total / max(seconds, 1e-9)
    print(f"looked up                {rate:>9,.0f} words a second, each form once")
    print(f"\ncommonest words without entry (of {len(missing):,})")
    for word, count in missing.most_common(top):
        print(f"{count:>7} {word}")


def _looked_up(meanings: Meanings, word: str) -> tuple[str, list[str]]:
    """How a word leads to a gloss ("" for not at all), and which words lack an entry."""
    found = meanings.of(word)
    if found.senses:
        sense = found.senses[0]
        return ("form with its own gloss" if sense.of else "root and pieces" if sense.pieces
                else "root"), []  # fmt: skip
    parts = [part for part in word.split("-") if not meanings.of(part).senses]
    if "-" in word and not parts:
        return "both halves", []
    return "", parts


if __name__ == "__main__":
    sys.exit(main())

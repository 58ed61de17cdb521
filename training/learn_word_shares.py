"""Count in how many articles each word stands: the table behind ``dwiwarta.dedupe.similarity``.

    python training/learn_word_shares.py FOLDER > scripts/dwiwarta/knowledge/learned/word_shares.yml

Only words and the rounded logarithm of their share leave the folder, no text.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.dedupe.shingles import article_words
from dwiwarta.dedupe.similarity import is_counted
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.settings import InputSettings

# Rarer words are names and misprints of single articles; they all weigh the same.
_MIN_ARTICLES = 8

_HEADER = """\
# How common words are in Indonesian news, in halvings: words under k stand in about 0.5 ** k of
# all articles. Counted by `training/learn_word_shares.py`; only words of three
# Latin letters or more.
"""


def word_table(articles: Iterable[Article]) -> str:
    """The table as YAML, words sorted, lines wrapped."""
    total = 0
    counts: Counter[str] = Counter()
    for article in articles:
        total += 1
        counts.update(set(filter(is_counted, article_words(article))))
    rows: dict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= _MIN_ARTICLES:
            rows[round(math.log2(total / count))].append(word)
    lines = [_HEADER + f"articles: {total}", "halvings:"]
    for halvings, found in sorted(rows.items()):
        lines.append(f"  {halvings}: >-")
        line = "   "
        for word in sorted(found):
            if len(line) + len(word) > 98:
                lines.append(line)
                line = "   "
            line += f" {word}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def main(folder: Path) -> None:
    """Print the table of a folder of articles."""
    rules = load_rules()
    articles = []
    for raw in read_folder(folder, InputSettings(), ProblemLog()):
        try:
            articles.append(clean_article(raw, rules))
        except ArticleError:
            continue
    sys.stdout.write(word_table(articles))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

#!/usr/bin/env python3
"""Scores the tagger as it stands on articles that no fit has seen: ``country_unseen.tsv``.

    .venv/bin/python training/score_countries.py --data DIR --news news.tsv.gz

The articles of the table are of two kinds: files of DIR, and lines of the news file (Indonesian TAB
English, a sentence each), from the first to the last as ``news:11202-11210`` says. The errors of
half A were looked at, those of half B were not. These labels stay out of ``fit_countries.py``.
"""

import argparse
import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fit_countries import Count, rows

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.knowledge.taxonomy import HOME
from dwiwarta.model import Article
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import InputSettings
from dwiwarta.tag import load_tagger

LABELS = Path(__file__).with_name("country_unseen.tsv")
OF_NEWS = "news:"


class Texts:
    """The articles that the table names."""

    def __init__(self, data: Path, news: Path) -> None:
        with gzip.open(news, "rt", encoding="utf-8") as file:
            self._lines = [line.partition("\t")[0].strip() for line in file]
        self._data = data
        self._rules = load_rules()

    def article(self, name: str) -> Article:
        """A file of the folder, or sentences of the news file, a paragraph each."""
        if not name.startswith(OF_NEWS):
            return self._read(self._data / name, name)
        first, last = map(int, name.removeprefix(OF_NEWS).split("-"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "news.txt"
            path.write_text("\n\n".join(self._lines[first - 1 : last]) + "\n", encoding="utf-8")
            return self._read(path, path.name)

    def _read(self, path: Path, name: str) -> Article:
        (raw,) = read_file(path, name, InputSettings(), ProblemLog())
        return clean_article(raw, self._rules)


def judged(texts: Texts) -> Iterator[tuple[str, Count, Count]]:
    """For each part of the table: foreign countries, and Indonesia beside others."""
    tagger = load_tagger()
    parts: dict[str, tuple[Count, Count]] = {}
    for row in rows(LABELS):
        of_news = row["file"].startswith(OF_NEWS)
        part = f"{'news' if of_news else 'articles'}, half {row['half']}"
        abroad, home = parts.setdefault(part, (Count(), Count()))
        gold = set(filter(None, row["about"].split(",")))
        tags = tagger.tag(texts.article(row["file"]))
        abroad.add(gold - {HOME}, set(tags.about) - {HOME})
        if any(tag.code != HOME for tag in tags.countries) and row["domestic"] != "1":
            home.add(gold & {HOME}, {HOME}.intersection(tags.about))
    for part in sorted(parts):
        yield part, *parts[part]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with the articles")
    parser.add_argument("--news", type=Path, required=True, help="file with the sentences")
    options = parser.parse_args()
    for part, abroad, home in judged(Texts(options.data, options.news)):
        counts = f"{abroad.hit} right, {abroad.false} false, {abroad.missed} missed"
        print(f"{part}: {abroad}, {counts}")
        print(f"  Indonesia: {home.hit} right, {home.false} false, {home.missed} missed")


if __name__ == "__main__":
    main()

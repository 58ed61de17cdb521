#!/usr/bin/env python3
"""Fits what makes an article *about* a country, on articles annotated by hand.

    .venv/bin/python benchmarks/fit_countries.py --data DIR            # cross-validate, then write
    .venv/bin/python benchmarks/fit_countries.py --data DIR --dry-run  # cross-validate only

DIR holds ``international.tsv`` (file, countries_about, countries_mentioned) and the article files
that it names. The model is the one of ``dwiwarta/tag/about.py``: a logistic regression over the
features of one country in one article, fitted with an L2 penalty; the values of the kinds of words
are chosen from a small grid. Annotated near-duplicates and articles on one event
(those that share most of their gold countries and a date or a headline) stay in one fold.

Writes ``country_score.yml``. Needs NumPy, which the development tools bring along;
the product does not.
"""

import argparse
import csv
import itertools
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import KNOWLEDGE_DIR, InputSettings
from dwiwarta.tag import names
from dwiwarta.tag.about import features
from dwiwarta.tag.home import HOME
from dwiwarta.tag.mentions import Mention, MentionFinder
from dwiwarta.tag.schema import CountryRules, Kind
from dwiwarta.tag.tokens import segments_of
from dwiwarta.yamlfile import load_yaml

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

FEATURES = ("title", "lead", "mass", "share", "spread", "early", "others")
L2 = 0.004
FOLDS, ROUNDS, SEED = 10, 3, 7
LEAST = 0.5  # even odds; lower would suit these articles, not the many that barely go abroad
MENTIONED_FROM = 0.4  # one leader's name is the least that makes a mention
GRID: dict[Kind, tuple[float, ...]] = {
    "name": (1.0,),
    "metonym": (0.8,),
    "place": (0.4, 0.6),
    "person": (0.2, 0.4),
    "history": (0.3,),
}


HEADER = """\
# How a country's words become "about", "mentioned" or nothing; the sums are told in tag/about.py.
# Written by benchmarks/fit_countries.py from {size} articles annotated by hand; micro F1 of
# "about", cross-validated: {crossed:.3f}. May be edited; the next run overwrites it.
#   kinds           what one occurrence of a word of this kind is worth beside a name's 1
#   mentioned_from  the least sum of these for a tag at all
#   about_from      the least score (0 to 1) for "about"
#   weights         log-odds for one unit of each feature
"""


@dataclass(frozen=True)
class Annotated:
    """An article's mentions and its gold countries."""

    file: str
    group: str
    mentions: tuple[Mention, ...]
    paragraphs: int
    about: frozenset[str]


@dataclass(frozen=True)
class Case:
    """One country in one article: its features and whether the article is about it."""

    values: tuple[float, ...]
    about: bool


def read(data: Path) -> list[Annotated]:
    rules, problems = load_rules(), ProblemLog()
    finder = MentionFinder(
        names.countries(), load_yaml(KNOWLEDGE_DIR / "country_rules.yml", CountryRules)
    )
    out = []
    with (data / "international.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            (raw,) = read_file(data / row["file"], row["file"], InputSettings(), problems)
            article = clean_article(raw, rules)
            about = frozenset(c for c in row["countries_about"].split(",") if c)
            cluster = "seed-event cluster" in row["note"] or "THE SEED" in row["note"]
            out.append(
                Annotated(
                    row["file"],
                    "seed event" if cluster else row["file"],
                    tuple(finder.find(segments_of(article))),
                    len(article.paragraphs),
                    about,
                )
            )
    return out


def cases(article: Annotated, kinds: dict[Kind, float]) -> dict[str, Case]:
    """The countries of an article. Indonesia only where the annotators named it: they left open
    whether it is a subject of everything that its newspapers print.
    """
    found = features(article.mentions, article.paragraphs, kinds)
    return {
        code: Case(tuple(values.values()[name] for name in FEATURES), code in article.about)
        for code, values in found.items()
        if code != HOME or HOME in article.about
    }


def fit(data: Sequence[Case], steps: int = 12) -> Array:
    """Weights with the bias first: logistic regression with an L2 penalty by Newton's method."""
    x = np.array([(1.0, *case.values) for case in data])
    y = np.array([float(case.about) for case in data])
    penalty = np.diag([0.0] + [L2 * len(data)] * len(FEATURES))
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + penalty @ weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def logistic(weights: Array, case: Case) -> float:
    total = float(weights[0] + weights[1:] @ np.array(case.values))
    return 1 / (1 + math.exp(-total))


def f1(pairs: Sequence[tuple[frozenset[str], set[str]]]) -> float:
    """Micro F1 of gold and found countries."""
    hit = sum(len(gold & found) for gold, found in pairs)
    wrong = sum(len(gold ^ found) for gold, found in pairs)
    return 2 * hit / (2 * hit + wrong)


def chosen(article: Annotated, kinds: dict[Kind, float], weights: Array) -> set[str]:
    return {c for c, case in cases(article, kinds).items() if logistic(weights, case) >= LEAST}


def cross_validated(articles: Sequence[Annotated], kinds: dict[Kind, float]) -> float:
    """F1 of articles that the weights never saw: the mean over several partings into folds."""
    results = []
    for turn in range(ROUNDS):
        groups = sorted({a.group for a in articles})
        random.Random(SEED + turn).shuffle(groups)
        fitted = []
        for fold in range(FOLDS):
            held = set(groups[fold::FOLDS])
            train = [c for a in articles if a.group not in held for c in cases(a, kinds).values()]
            weights = fit(train)
            fitted += [(article, weights) for article in articles if article.group in held]
        results.append(f1([(a.about, chosen(a, kinds, w)) for a, w in fitted]))
    return sum(results) / len(results)


def write(path: Path, weights: Array, kinds: dict[Kind, float], crossed: float, size: int) -> None:
    """``country_score.yml`` with how it was made."""
    lines = [HEADER.format(size=size, crossed=crossed).rstrip(), "kinds:"]
    lines += [f"  {kind}: {value}" for kind, value in kinds.items()]
    lines += [f"mentioned_from: {MENTIONED_FROM}", f"about_from: {LEAST}", "weights:"]
    named = zip(("bias", *FEATURES), weights, strict=True)
    lines += [f"  {name}: {round(float(weight), 2)}" for name, weight in named]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the annotated articles"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    articles = read(options.data)
    best: tuple[float, dict[Kind, float]] = (0.0, {})
    for values in itertools.product(*GRID.values()):
        kinds = dict(zip(GRID, values, strict=True))
        figure = cross_validated(articles, kinds)
        print(f"{figure:.3f}  {kinds}")
        if figure > best[0]:
            best = (figure, kinds)
    crossed, kinds = best
    weights = fit([c for a in articles for c in cases(a, kinds).values()])
    own = f1([(a.about, chosen(a, kinds, weights)) for a in articles])
    print(f"about_f1: cross-validated {crossed:.3f}, on itself {own:.3f}")
    print({n: round(float(w), 2) for n, w in zip(("bias", *FEATURES), weights, strict=True)})
    if not options.dry_run:
        write(KNOWLEDGE_DIR / "country_score.yml", weights, kinds, crossed, len(articles))


if __name__ == "__main__":
    main()

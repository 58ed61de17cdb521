#!/usr/bin/env python3
"""Fits what makes an article *about* a country, on articles annotated by hand.

    .venv/bin/python training/fit_countries.py --data DIR            # cross-validate, then write
    .venv/bin/python training/fit_countries.py --data DIR --dry-run  # cross-validate only
    .venv/bin/python training/fit_countries.py --data DIR --held detik,kompas   # fit on the rest

DIR holds the article files that ``country_labels.tsv`` beside this script names, and
``international.tsv`` (file, countries_about, countries_mentioned, note) with further ones. The
models are those of ``dwiwarta/tag/about.py`` and ``tag/home.py``: logistic regressions with an L2
penalty, one over the features of one foreign country in one article, one over those of Indonesia
in an article that names others. Values of the kinds of words and the penalty come from a grid.

The cross-validation is nested: each outlet is held out once, the grid is searched by
cross-validation over the other outlets alone, and the held one is judged by what was fitted there.
Articles on the event of the first article stay together. An article whose annotators called it
domestic is none about Indonesia among others.

Writes ``country_score.yml``. Needs NumPy, which the development tools bring along;
the product does not.
"""

import argparse
import csv
import itertools
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.knowledge import KNOWLEDGE_DIR, LEARNED_DIR
from dwiwarta.knowledge.entries import Kind
from dwiwarta.knowledge.taxonomy import HOME, countries
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import InputSettings
from dwiwarta.tag.about import features
from dwiwarta.tag.home import home_features
from dwiwarta.tag.mentions import MentionFinder
from dwiwarta.tag.roles import RoleReader, Roles
from dwiwarta.tag.schema import AboutWeights, CountryRoles, CountryRules, HomeWeights
from dwiwarta.tag.tokens import segments_of
from dwiwarta.yamlfile import load_yaml

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Kinds = dict[Kind, float]

LABELS = Path(__file__).with_name("country_labels.tsv")
FEATURES = tuple(name for name in AboutWeights.model_fields if name != "bias")
HOME_FEATURES = tuple(name for name in HomeWeights.model_fields if name != "bias")
L2_HOME = 0.02
# Too rare to learn: by the rules for annotators every side of a round-up is a subject and so is an
# athlete's country, so that their log-odds are set and the other weights fitted beside them.
SET = {"roundup": 3.5, "brief": 1.0, "athletes": 2.5}
INNER_FOLDS = 5
# Even odds; nested, F1 is the same from 0.35 to 0.55.
ABOUT_FROM = 0.5
HOME_FROM = 0.45  # precision and recall are level there
MENTIONED_FROM = 0.4  # one leader's name is the least that makes a mention
# Places and clubs are held: with 0.4 beside it the choice is unsteady (nested F1 0.905 in place of
# 0.907), and with 0.4 the country of a race counts as a subject.
GRID: dict[Kind, tuple[float, ...]] = {
    "name": (1.0,),
    "metonym": (0.8,),
    "place": (0.6,),
    "club": (0.6,),
    "person": (0.4, 0.6),
    "history": (0.3,),
    "venue": (0.2,),
}
PENALTIES = (0.003, 0.004)

HEADER = """\
# How a country's words become "about", "mentioned" or nothing; the sums are told in tag/about.py
# and tag/home.py. Written by training/fit_countries.py from {size} articles annotated by hand.
# Micro F1 of "about", Indonesia aside: {nested} on outlets that the fit never saw (nested
# cross-validation), {own} on its own articles. May be edited; the next run overwrites it.
#   kinds           what one occurrence of a word of this kind is worth beside a name's 1
#   mentioned_from  the least sum of these for a tag at all
#   about_from      the least score (0 to 1) for "about"
#   home_from       the same for Indonesia among other countries
#   weights         log-odds for one unit of each feature
#   home            the same for Indonesia in an article that names other countries
"""


@dataclass(frozen=True)
class Annotated:
    """An article's roles and its gold countries. ``home``: about Indonesia among others."""

    file: str
    group: str
    roles: Roles
    paragraphs: int
    about: frozenset[str]
    home: bool


class Choice(NamedTuple):
    """What the grid offers: the values of the kinds, by number, and the penalty."""

    kinds: int
    l2: float


class Model(NamedTuple):
    """What was fitted; both arrays with the bias first."""

    choice: Choice
    weights: Array
    home: Array


class Count:
    """Gold and found countries compared."""

    def __init__(self) -> None:
        self.hit = self.false = self.missed = 0

    def add(self, gold: Iterable[str], found: Iterable[str]) -> None:
        gold, found = set(gold), set(found)
        self.hit += len(gold & found)
        self.false += len(found - gold)
        self.missed += len(gold - found)

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(1, 2 * self.hit + self.false + self.missed)

    def __str__(self) -> str:
        precision = self.hit / max(1, self.hit + self.false)
        recall = self.hit / max(1, self.hit + self.missed)
        return f"F1 {self.f1:.3f} (precision {precision:.3f}, recall {recall:.3f})"


class Articles:
    """The annotated articles with their features for every choice of kinds, worked out once."""

    def __init__(self, articles: Sequence[Annotated]) -> None:
        self.all = articles
        self.kinds: list[Kinds] = [
            dict(zip(GRID, values, strict=True)) for values in itertools.product(*GRID.values())
        ]
        self._features = [
            {a.file: self._foreign(a, kinds) for a in articles} for kinds in self.kinds
        ]

    @staticmethod
    def _foreign(article: Annotated, kinds: Kinds) -> dict[str, Array]:
        found = features(article.roles, article.paragraphs, kinds)
        return {
            code: np.array([1.0, *(values.values()[name] for name in FEATURES)])
            for code, values in found.items()
            if code != HOME and values.mass >= MENTIONED_FROM
        }

    def foreign(self, article: Annotated, kinds: int) -> dict[str, Array]:
        """The features of the foreign countries of an article."""
        return self._features[kinds][article.file]

    def fit(self, articles: Sequence[Annotated], choice: Choice) -> Model:
        """Both models."""
        rows, gold = [], []
        for article in articles:
            for code, values in self.foreign(article, choice.kinds).items():
                rows.append(values)
                gold.append(code in article.about)
        known = np.array([SET.get(name, 0.0) for name in ("bias", *FEATURES)])
        weights = known + fit(np.array(rows), gold, choice.l2, known)
        rows, gold = [], []
        for article in articles:
            at_home = self._home(article, choice.kinds, weights)
            if at_home is not None:
                rows.append(at_home)
                gold.append(article.home)
        return Model(choice, weights, fit(np.array(rows), gold, L2_HOME))

    def _home(self, article: Annotated, kinds: int, weights: Array) -> Array | None:
        """The features of Indonesia, if the article names it and another country."""
        foreign = self.foreign(article, kinds).values()
        if not foreign or all(m.code != HOME for m in article.roles.mentions):
            return None
        found = home_features(article.roles, max(logistic(weights, values) for values in foreign))
        return np.array([1.0, *(getattr(found, name) for name in HOME_FEATURES)])

    def judge(self, pairs: Iterable[tuple[Annotated, Model]]) -> tuple[Count, Count]:
        """Foreign countries, and Indonesia where the article names another country."""
        abroad, home = Count(), Count()
        for article, model in pairs:
            found = self.foreign(article, model.choice.kinds)
            about = {
                c for c, values in found.items() if logistic(model.weights, values) >= ABOUT_FROM
            }
            abroad.add(article.about - {HOME}, about)
            values = self._home(article, model.choice.kinds, model.weights)
            if values is not None:
                is_home = logistic(model.home, values) >= HOME_FROM
                home.add({HOME} if article.home else (), {HOME} if is_home else ())
            elif article.home and found:
                home.add({HOME}, ())
        return abroad, home

    def choose(self, articles: Sequence[Annotated]) -> Choice:
        """The best of the grid by cross-validation over the outlets of these articles alone."""
        groups = sorted({article.group for article in articles})
        folds = [set(groups[start::INNER_FOLDS]) for start in range(INNER_FOLDS)]

        def crossed(choice: Choice) -> float:
            pairs: list[tuple[Annotated, Model]] = []
            for fold in folds:
                model = self.fit([a for a in articles if a.group not in fold], choice)
                pairs += [(a, model) for a in articles if a.group in fold]
            return self.judge(pairs)[0].f1

        grid = [Choice(n, l2) for n in range(len(self.kinds)) for l2 in PENALTIES]
        return max(grid, key=crossed)

    def nested(self, articles: Sequence[Annotated]) -> list[tuple[Annotated, Model]]:
        """Every article with a model that never saw its outlet."""
        pairs = []
        for group in sorted({article.group for article in articles}):
            rest = [article for article in articles if article.group != group]
            model = self.fit(rest, self.choose(rest))
            pairs += [(article, model) for article in articles if article.group == group]
        return pairs


def fit(
    x: Array, gold: Sequence[bool], l2: float, known: Array | None = None, steps: int = 15
) -> Array:
    """Weights with the bias first: logistic regression with an L2 penalty by Newton's method.

    Beside ``known`` weights only the others are fitted; theirs come out as 0.
    """
    offset = np.zeros(len(x)) if known is None else x @ known
    if known is not None:
        x = x * (known == 0)
    y = np.array(gold, dtype=float)
    penalty = np.diag([0.0] + [l2 * len(y)] * (x.shape[1] - 1))
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-offset - x @ weights))
        slope = x.T @ (p - y) + penalty @ weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def logistic(weights: Array, values: Array) -> float:
    return float(1 / (1 + np.exp(-weights @ values)))


def read(data: Path) -> list[Annotated]:
    """Both sets of labels, with what the tagger reads from the articles."""
    rules, problems = load_rules(), ProblemLog()
    words = load_yaml(KNOWLEDGE_DIR / "country_rules.yml", CountryRules)
    finder = MentionFinder(countries(), words)
    roles = RoleReader(
        load_yaml(KNOWLEDGE_DIR / "country_roles.yml", CountryRoles),
        (*words.offices, *words.people),
    )

    def annotated(file: str, about: str, *, event: bool, domestic: bool) -> Annotated:
        (raw,) = read_file(data / file, file, InputSettings(), problems)
        segments = segments_of(clean_article(raw, rules))
        codes = frozenset(about.replace(",", " ").split())
        group = "first event" if event else file.partition("/")[0]
        found = roles.read(segments, finder.find(segments))
        home = HOME in codes and not domestic
        return Annotated(file, group, found, len(segments) - 1, codes, home)

    out = []
    for row in rows(data / "international.tsv"):
        event = "seed-event cluster" in row["note"] or "THE SEED" in row["note"]
        out.append(annotated(row["file"], row["countries_about"], event=event, domestic=False))
    for row in rows(LABELS):
        event = "1794774" in row["file"]
        domestic = row["domestic"] == "1"
        out.append(annotated(row["file"], row["about"], event=event, domestic=domestic))
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t"))


def write(path: Path, model: Model, kinds: Kinds, figures: dict[str, str]) -> None:
    """``country_score.yml`` with how it was made."""
    lines = [HEADER.format(**figures).rstrip(), "kinds:"]
    lines += [f"  {kind}: {value}" for kind, value in kinds.items()]
    lines += [f"mentioned_from: {MENTIONED_FROM}", f"about_from: {ABOUT_FROM}"]
    lines += [f"home_from: {HOME_FROM}"]
    for title, names, weights in (
        ("weights", FEATURES, model.weights),
        ("home", HOME_FEATURES, model.home),
    ):
        lines.append(f"{title}:")
        named = zip(("bias", *names), weights, strict=True)
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
    parser.add_argument("--held", help="outlets to leave out of everything and to judge at the end")
    options = parser.parse_args()
    everything = Articles(read(options.data))
    held = set(options.held.split(",")) if options.held else set()
    articles = [article for article in everything.all if article.group not in held]
    nested = everything.nested(articles)
    model = everything.fit(articles, everything.choose(articles))
    own = [(article, model) for article in articles]
    parts = {"nested": nested, "on its own articles": own}
    labelled = {row["file"] for row in rows(LABELS)}
    parts["nested, country_labels.tsv"] = [p for p in nested if p[0].file in labelled]
    parts["nested, international.tsv"] = [p for p in nested if p[0].file not in labelled]
    if held:
        last = [(a, model) for a in everything.all if a.group in held]
        parts["held"] = last
        parts["held, country_labels.tsv"] = [p for p in last if p[0].file in labelled]
    for name, pairs in parts.items():
        abroad, home = everything.judge(pairs)
        print(f"{name}, {len(pairs)} articles: {abroad}; Indonesia {home}")
    kinds = everything.kinds[model.choice.kinds]
    print(kinds, f"L2 {model.choice.l2}")
    for names, weights in ((FEATURES, model.weights), (HOME_FEATURES, model.home)):
        print(dict(zip(("bias", *names), (round(float(w), 2) for w in weights), strict=True)))
    if not options.dry_run and not held:
        figures = {
            "size": str(len(articles)),
            "nested": f"{everything.judge(nested)[0].f1:.3f}",
            "own": f"{everything.judge(own)[0].f1:.3f}",
        }
        write(LEARNED_DIR / "country_score.yml", model, kinds, figures)


if __name__ == "__main__":
    main()

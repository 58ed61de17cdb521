#!/usr/bin/env python3
"""Learns the topic terms' weights from labelled articles and writes them as YAML.

    .venv/bin/python training/fit_topics.py --data DIR            # cross-validate, then write
    .venv/bin/python training/fit_topics.py --data DIR --dry-run  # cross-validate only

DIR holds ``labelled.tsv`` (file, iptc_mapped, label_origin), ``international.tsv`` (file, topic,
topic_secondary) and the article files that they name. ``topic_labels.tsv`` beside this script adds
labels given by hand to files of DIR. Needs NumPy, which the development tools bring along; the
product does not.

The model is the one of ``dwiwarta/tag/topics.py``, a softmax over weighted terms. It starts from
the weights that editors wrote (``topic_terms.yml``) and learns what to add to them:

1. every word and pair of words that stands in enough articles of enough outlets is a candidate,
   unless it is a name, a number, a date or an outlet; an L1 penalty picks few of them;
2. with the terms picked, the features are counted as the product counts them and the weights are
   fitted again, pulled towards the editors' own by an L2 penalty.

Articles that are near-duplicates stay in one fold of the cross-validation.
"""

import argparse
import csv
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.errors import ArticleError
from dwiwarta.knowledge import KNOWLEDGE_DIR, LEARNED_DIR, taxonomy
from dwiwarta.model import Article
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import InputSettings
from dwiwarta.tag.schema import TopicTerms
from dwiwarta.tag.tokens import Segment, segments_of, words_of
from dwiwarta.tag.topics import TermMatcher, count_terms, normalised, term_weights
from dwiwarta.yamlfile import load_yaml

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

# How labelled.tsv and international.tsv write the topics.
LABELS = {
    "arts/culture": "01", "crime/law/justice": "02", "disaster/accident": "03",
    "economy/business/finance": "04", "education": "05", "environment": "06", "health": "07",
    "human interest": "08", "labour": "09", "lifestyle/leisure": "10", "politics": "11",
    "religion": "12", "science/technology": "13", "society": "14", "sport": "15",
    "conflict/war/peace": "16", "weather": "17",
}  # fmt: skip
IDS = [f"medtop:{number}000000" for number in sorted(LABELS.values())]
TOPIC_OF = {label: f"medtop:{number}000000" for label, number in LABELS.items()}

# How much a label is worth: sections are about 12 % off, those found by a search word more;
# labels given by a reader of the article are worth most.
WORTH = {"publisher-or-dataset-section": 1.0, "url-section": 1.0, "search-keyword": 0.7}
BY_HAND_WORTH = 2.0
SECTION_NOISE = 0.1  # of a section's label, spread over the other topics
SECOND_SHARE = 0.3  # of a hand label, for the second topic

TITLE_COUNTS = 3.0
SCALE = 2.0
MIN_ARTICLES, MIN_OUTLETS, MAX_SHARE = 5, 3, 0.3
CANDIDATES_PER_TOPIC, TERMS_PER_TOPIC = 200, 100
L1, L2, L2_BIAS = 0.001, 0.0015, 0.01
LEAST_Z = 2.0  # association from which a term may gain, or lose, for a topic
DOUBTED, TRUSTED = 0.05, 0.4  # scores by the words of editors alone; see contradicted()
SMALLEST = 0.1  # learned weights below are dropped
SEED, FOLDS = 11, 5

# Words of the trade and of the calendar, which tell the outlet or the day and not the topic, and
# words that only hold sentences together.
NO_TERMS = frozenset(Path(__file__).with_name("topic_stop_words.txt").read_text("utf-8").split())


@dataclass(frozen=True)
class Labelled:
    """An article with its topics as shares that add up to 1."""

    file: str
    outlet: str
    segments: tuple[Segment, ...]
    target: dict[str, float]
    worth: float
    group: int
    section: str | None  # the publisher's, for the scores; None for hand labels
    international: frozenset[str] = frozenset()  # acceptable first topics

    @cached_property
    def grams(self) -> dict[str, float]:
        """How often every word and pair of words stands in the article, the title's count more."""
        counts: dict[str, float] = defaultdict(float)
        for segment in self.segments:
            for gram in grams(segment):
                counts[gram] += TITLE_COUNTS if segment.where == "title" else 1.0
        return dict(counts)


def read_labels(data: Path) -> list[Labelled]:
    """All labelled articles, cleaned as the product cleans them."""
    targets: dict[str, tuple[dict[str, float], float, str | None, frozenset[str]]] = {}
    for row in rows(data / "labelled.tsv"):
        topic = TOPIC_OF.get(row["iptc_mapped"])
        if topic:
            noise = {other: SECTION_NOISE / (len(IDS) - 1) for other in IDS if other != topic}
            target = {**noise, topic: 1 - SECTION_NOISE}
            targets[row["file"]] = (target, WORTH[row["label_origin"]], topic, frozenset())
    for row in rows(Path(__file__).with_name("topic_labels.tsv")):
        target = by_hand(row["topic"], row["second"])
        targets.setdefault(row["file"], (target, BY_HAND_WORTH, None, frozenset()))
    for row in rows(data / "international.tsv"):
        first, second = TOPIC_OF[row["topic"]], TOPIC_OF.get(row["topic_secondary"], "")
        section = targets.get(row["file"], (None, None, None))[2]
        good = frozenset({first, second} - {""})
        targets[row["file"]] = (by_hand(first, second), BY_HAND_WORTH, section, good)
    articles = dict(read_articles(data, sorted(targets)))
    groups = near_duplicates(articles)
    return [
        Labelled(
            file,
            file.split("/")[-2],
            segments_of(article),
            target,
            worth,
            groups[file],
            section,
            good,
        )
        for file, (target, worth, section, good) in sorted(targets.items())
        if (article := articles.get(file)) is not None
    ]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def by_hand(first: str, second: str) -> dict[str, float]:
    return {first: 1 - SECOND_SHARE, second: SECOND_SHARE} if second else {first: 1.0}


def read_articles(data: Path, files: Iterable[str]) -> Iterable[tuple[str, Article]]:
    rules, problems = load_rules(), ProblemLog()
    for name in files:
        try:
            for raw in read_file(data / name, name, InputSettings(), problems):
                yield name, clean_article(raw, rules)
        except ArticleError as error:
            print(error, file=sys.stderr)


def near_duplicates(articles: dict[str, Article]) -> dict[str, int]:
    """A group number for every file: the same for articles that share many 8-word runs."""
    seen: dict[tuple[str, ...], str] = {}
    shared: Counter[tuple[str, str]] = Counter()
    for name, article in sorted(articles.items()):
        words = words_of(" ".join(article.paragraphs).casefold())
        for shingle in {tuple(words[i : i + 8]) for i in range(len(words) - 7)}:
            first = seen.setdefault(shingle, name)
            if first != name:
                shared[first, name] += 1
    parent = {name: name for name in articles}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for (a, b), count in sorted(shared.items()):
        if count >= 10:
            parent[root(b)] = root(a)
    numbers = {name: number for number, name in enumerate(sorted({root(n) for n in articles}))}
    return {name: numbers[root(name)] for name in articles}


# --- candidates ---------------------------------------------------------------------------------


def grams(segment: Segment) -> list[str]:
    """The words and the pairs of words of a segment, folded."""
    words = segment.folded
    pairs = [f"{a} {b}" for index, (a, b) in enumerate(pairwise(words)) if segment.joined(index)]
    return [*words, *pairs]


def is_plain(words: Sequence[str]) -> bool:
    return all(len(w) > 1 and not any(c.isdigit() for c in w) and w not in NO_TERMS for w in words)


def name_words(examples: Sequence[Labelled]) -> set[str]:
    """Words that stand in capitals inside sentences: names, which editors add by hand if at all.

    Acronyms are no names here: KPK and IHSG say what a story is about for years.
    """
    capital: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for example in examples:
        for segment in example.segments[1:]:
            for index, word in enumerate(segment.words):
                if index == 0 or not segment.joined(index - 1):
                    continue
                seen[word.casefold()] += 1
                capital[word.casefold()] += word[0].isupper() and not word.isupper()
    return {word for word, count in seen.items() if capital[word] / count > 0.6}


def candidates(examples: Sequence[Labelled]) -> list[str]:
    """Words and pairs worth a weight: spread over articles and outlets, and no names."""
    articles: Counter[str] = Counter()
    outlets: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for gram in example.grams:
            articles[gram] += 1
            outlets[gram].add(example.outlet)
    countries = {
        word.casefold()
        for entry in taxonomy.countries().countries.values()
        for texts in entry.by_kind().values()
        for text in texts
        for word in words_of(text)
    }
    banned = name_words(examples) | countries
    common = {g for g, n in articles.items() if " " not in g and n > MAX_SHARE * len(examples)}
    out = []
    for gram, count in sorted(articles.items()):
        words = gram.split()
        if count < MIN_ARTICLES or len(outlets[gram]) < MIN_OUTLETS or not is_plain(words):
            continue
        if any(word in banned for word in words) or words[0] in common or words[-1] in common:
            continue
        out.append(gram)
    return out


# --- the model ----------------------------------------------------------------------------------


def fit(
    x: Any, y: Any, worth: Any, start: Any, *, l1: float, l2: float, steps: int = 200
) -> tuple[Array, Array]:
    """What to add to ``start`` (terms × topics), and the biases: softmax by proximal gradient.

    A weight may only grow for a topic that the term goes with, and only fall below 0 for one that
    it stays away from: else the fit would mend an editor's too strong "allah" for religion by
    giving it to the arts, and nobody could read the lists.
    """
    z_scores = association(x > 0, y)
    lower = np.where(z_scores < -LEAST_Z, -np.inf, np.minimum(-start, 0)).astype(np.float32)
    upper = np.where(z_scores > LEAST_Z, np.inf, np.maximum(-start, 0)).astype(np.float32)
    delta, bias = np.zeros(start.shape, np.float32), np.zeros(y.shape[1], np.float32)
    total = worth.sum()
    # The softmax's curvature is at most 1/2; rows of x have length 1 (times SCALE) or less.
    rate = 1.0 / (0.5 * (SCALE**2) * 1.2)
    x, start, y, worth = (a.astype(np.float32) for a in (x, start, y, worth))  # twice as fast
    base = x @ start
    ahead, ahead_bias, t = delta, bias, 1.0
    for _ in range(steps):
        z = base + x @ ahead + ahead_bias
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        error = (p - y) * (worth / total)[:, None]
        step = ahead - rate * (x.T @ error + l2 * ahead)
        new = np.sign(step) * np.maximum(np.abs(step) - rate * l1, 0)
        new = np.clip(new, lower, upper)
        new_bias = ahead_bias - rate * (error.sum(axis=0) + L2_BIAS * ahead_bias)
        t_new = (1 + math.sqrt(1 + 4 * t * t)) / 2
        ahead = new + (t - 1) / t_new * (new - delta)
        ahead_bias = new_bias + (t - 1) / t_new * (new_bias - bias)
        delta, bias, t = new, new_bias, t_new
    return delta.astype(float), bias.astype(float)


def matrix(rows: Sequence[dict[str, float]], terms: Sequence[str]) -> Array:
    column = {term: index for index, term in enumerate(terms)}
    out = np.zeros((len(rows), len(terms)))
    for index, row in enumerate(rows):
        for term, value in row.items():
            if term in column:
                out[index, column[term]] = value * SCALE
    return out


def overlapping(example: Labelled, wanted: frozenset[str], hand: TermMatcher) -> dict[str, float]:
    """Counts for picking terms: pairs and their words both count."""
    counts = {gram: count for gram, count in example.grams.items() if gram in wanted}
    counts.update(count_terms(example.segments, hand, TITLE_COUNTS)[0])
    return normalised(counts)


@dataclass(frozen=True)
class Fitted:
    """Learned weights (topic → term → weight) and biases."""

    learned: dict[str, dict[str, float]]
    bias: dict[str, float]


def contradicted(examples: Sequence[Labelled], terms: TopicTerms) -> set[str]:
    """Files whose section the editors' own words speak against, loudly for another topic.

    Publishers file hijab fashion under religion and eye diseases under disability: what was learned
    from that would fill the topics' pages with it. Such articles are not learned from; they still
    count in every score.
    """
    ranked = predict(examples, terms, Fitted({}, dict.fromkeys(IDS, 0.0)))
    return {
        example.file
        for example, topics in zip(examples, ranked, strict=True)
        if example.section
        and not example.international
        and dict(topics)[example.section] < DOUBTED
        and topics[0][1] > TRUSTED
    }


def learn(examples: Sequence[Labelled], terms: TopicTerms) -> Fitted:
    """Both steps on ``examples``, without those whose label the editors' words contradict."""
    doubtful = contradicted(examples, terms)
    examples = [example for example in examples if example.file not in doubtful]
    hand = term_weights(terms, {})
    y = np.array([[e.target.get(topic, 0.0) for topic in IDS] for e in examples])
    # Topics that newspapers write about less are not worth less; very rare ones not much more.
    size = y.sum(axis=0)
    per_topic = 1 / np.maximum(size, 40.0) ** 0.5
    worth = np.array([e.worth for e in examples]) * (y @ per_topic)

    grams_kept = candidates(examples)
    grams_kept = strongest(examples, grams_kept, y)
    wanted = frozenset(grams_kept) - set(hand)
    vocabulary = sorted(wanted | set(hand))
    hand_matcher = TermMatcher(sorted(hand))
    x = matrix([overlapping(e, wanted, hand_matcher) for e in examples], vocabulary)
    delta, _ = fit(x, y, worth, start_of(hand, vocabulary), l1=L1, l2=0.0)
    kept = set(hand)
    for column in range(len(IDS)):
        order = np.argsort(-np.abs(delta[:, column]), kind="stable")[:TERMS_PER_TOPIC]
        kept |= {vocabulary[i] for i in order if abs(delta[i, column]) > SMALLEST / 2}

    final = sorted(kept)
    matcher = TermMatcher(final)
    counted = [normalised(count_terms(e.segments, matcher, TITLE_COUNTS)[0]) for e in examples]
    x = matrix(counted, final)
    delta, bias = fit(x, y, worth, start_of(hand, final), l1=L1 / 4, l2=L2)
    learned: dict[str, dict[str, float]] = {}
    for column, topic in enumerate(IDS):
        order = np.argsort(-np.abs(delta[:, column]), kind="stable")[: 2 * TERMS_PER_TOPIC]
        weights = {final[i]: round(float(delta[i, column]), 2) for i in order}
        learned[topic] = {t: w for t, w in weights.items() if abs(w) >= SMALLEST}
    return Fitted(learned, {t: round(float(b), 2) for t, b in zip(IDS, bias, strict=True)})


def strongest(examples: Sequence[Labelled], terms: Sequence[str], y: Array) -> list[str]:
    """The candidates whose presence goes with a topic the most."""
    present = np.zeros((len(examples), len(terms)))
    column = {term: index for index, term in enumerate(terms)}
    for index, example in enumerate(examples):
        for gram in example.grams:
            if gram in column:
                present[index, column[gram]] = 1
    z = association(present, y)
    kept: set[str] = set()
    for topic in range(y.shape[1]):
        kept |= {terms[i] for i in np.argsort(-z[:, topic], kind="stable")[:CANDIDATES_PER_TOPIC]}
    return sorted(kept)


def association(present: Any, y: Any) -> Array:
    """How much a term goes with a topic: the log-odds ratio of being there, over its error."""
    inside = present.T.astype(float) @ y + 0.5
    outside = present.sum(axis=0)[:, None] - inside + 1.5
    size = y.sum(axis=0)
    odds = np.log(inside / (size + 1)) - np.log(outside / (len(y) - size + 1))
    return np.asarray(odds / np.sqrt(1 / inside + 1 / outside))


def start_of(hand: dict[str, dict[str, float]], terms: Sequence[str]) -> Array:
    start = np.zeros((len(terms), len(IDS)))
    for index, term in enumerate(terms):
        for topic, weight in hand.get(term, {}).items():
            start[index, IDS.index(topic)] = weight
    return start


# --- scores -------------------------------------------------------------------------------------


def predict(
    examples: Sequence[Labelled], terms: TopicTerms, fitted: Fitted
) -> list[list[tuple[str, float]]]:
    """Topics with their scores, best first, as the product computes them."""
    weights = term_weights(terms, fitted.learned)
    matcher = TermMatcher(sorted(weights))
    out = []
    for example in examples:
        values = normalised(count_terms(example.segments, matcher, TITLE_COUNTS)[0])
        sums = dict(fitted.bias)
        for term, value in values.items():
            for topic, weight in weights[term].items():
                sums[topic] += SCALE * weight * value
        top = max(sums.values())
        odds = {topic: math.exp(value - top) for topic, value in sums.items()}
        total = sum(odds.values())
        out.append(sorted(((t, o / total) for t, o in odds.items()), key=lambda p: (-p[1], p[0])))
    return out


def scores(
    examples: Sequence[Labelled], ranked: Sequence[list[tuple[str, float]]], least: float
) -> str:
    """top1 and hit3 (mean over the sections with 20 articles or more) and the international set."""
    per: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    good = total = listed = 0
    for example, topics in zip(examples, ranked, strict=True):
        shown = [t for i, (t, p) in enumerate(topics[:3]) if i == 0 or p >= least]
        listed += len(shown)
        if example.section:
            count = per[example.section]
            count[0] += 1
            count[1] += shown[0] == example.section
            count[2] += example.section in shown
        if example.international:
            total += 1
            good += shown[0] in example.international
    big = [c for c in per.values() if c[0] >= 20]
    top1, hit3 = (sum(c[i] / c[0] for c in big) / len(big) for i in (1, 2))
    return (
        f"top1 {top1:.3f}, hit3 {hit3:.3f}, international {good / max(1, total):.3f}, "
        f"{listed / len(examples):.2f} topics an article"
    )


def cross_validate(
    examples: Sequence[Labelled], terms: TopicTerms, folds: int
) -> list[list[tuple[str, float]]]:
    """Predictions for every article by a model that never saw it or its near-duplicates."""
    groups = sorted({e.group for e in examples})
    order = np.random.default_rng(SEED).permutation(len(groups))
    fold_of = {groups[g]: i % folds for i, g in enumerate(order)}
    out: dict[str, list[tuple[str, float]]] = {}
    for fold in range(folds):
        train = [e for e in examples if fold_of[e.group] != fold]
        test = [e for e in examples if fold_of[e.group] == fold]
        for example, topics in zip(test, predict(test, terms, learn(train, terms)), strict=True):
            out[example.file] = topics
    return [out[e.file] for e in examples]


def write(path: Path, fitted: Fitted, header: str) -> None:
    """The learned weights as YAML, sorted so that a change shows as a small difference."""
    lines = [*header.splitlines(), f"title_counts: {TITLE_COUNTS}", f"scale: {SCALE}", "bias:"]
    lines += [f"  {topic}: {fitted.bias[topic]}" for topic in IDS]
    lines.append("learned:")
    for topic in IDS:
        lines.append(f"  {topic}:  # {taxonomy.topic_name(topic, 'en')}")
        ordered = sorted(fitted.learned[topic].items(), key=lambda item: (-item[1], item[0]))
        lines += [f"    {quoted(term)}: {weight}" for term, weight in ordered]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(term: str) -> str:
    """The term as a YAML key that is read as a string."""
    plain = re.fullmatch(r"[a-z][a-z ]+", term) and term not in {"no", "on", "off", "yes"}
    return term if plain else "'" + term.replace("'", "''") + "'"


HEADER = """\
# Weights that training/fit_topics.py learned from articles whose section is known. They are added
# to what editors wrote in topic_terms.yml, and may be edited too; the next run of the script
# overwrites them. The numbers above the lists: see dwiwarta/tag/topics.py.
# {scores}"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the labelled articles"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--least", type=float, default=0.05, help="least score of a second topic")
    options = parser.parse_args()
    terms = load_yaml(KNOWLEDGE_DIR / "topic_terms.yml", TopicTerms)
    examples = read_labels(options.data)
    print(f"{len(examples)} articles, {len({e.group for e in examples})} groups")
    nothing = Fitted({}, dict.fromkeys(IDS, 0.0))
    print("by hand only    ", scores(examples, predict(examples, terms, nothing), options.least))
    crossed = scores(examples, cross_validate(examples, terms, FOLDS), options.least)
    print("cross-validated ", crossed)
    fitted = learn(examples, terms)
    own = scores(examples, predict(examples, terms, fitted), options.least)
    print("on itself       ", own)
    print("terms learned   ", {t[7:9]: len(fitted.learned[t]) for t in IDS})
    if not options.dry_run:
        header = HEADER.format(scores=f"Cross-validated: {crossed}.")
        write(LEARNED_DIR / "topic_weights.yml", fitted, header)


if __name__ == "__main__":
    main()

"""The labelled set and its figures: what the gate test checks and what the floors hold.

The texts are ours, written in the layouts and with the traps that real pages show. Each entry holds
clean paragraphs and a layout around them, so that whatever the layout adds is what must go. The
texts pass through the stages as an editor's file would: written to disk, read, cleaned, tagged.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.dedupe import find_pairs
from dwiwarta.model import Article, Relation
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.sentences import split_sentences
from dwiwarta.settings import InputSettings
from dwiwarta.tag import load_tagger
from dwiwarta.text import squash
from dwiwarta.words import load_analyser
from dwiwarta.yamlfile import Strict, load_yaml

HERE = Path(__file__).parent
TEXT_FILES = ("layouts.yml", "countries.yml", "topics.yml")
PAIR_FILE = "pairs.yml"
WORDS_FILE = HERE.parent / "cases" / "word_roots.yml"
FLOORS_FILE = HERE / "floors.yml"

# Figures of which less is better; of all others more is better.
LOWER_IS_BETTER = frozenset({"residue", "lost", "repeated", "merged_wrong", "linked_wrong"})

# A refrain or a table row may stand twice; a sentence of this many characters may not (the length
# that the published measure of repetition in these texts uses is 60; ours are shorter texts).
_LONG = 40


class Text(Strict):
    """One article: ``raw`` is a layout in which {title}, {1}, {2} … stand for the clean text."""

    id: str
    shape: str
    title: str | None
    raw: str
    damage: tuple[tuple[str, str], ...] = ()
    one_line: bool = False
    paragraphs: tuple[str, ...]
    about: tuple[str, ...] | None = None
    mentioned: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def scraped(self) -> str:
        """The text as a scraper delivered it."""

        def fill(found: re.Match[str]) -> str:
            name = found[1]
            return (self.title or "") if name == "title" else self.paragraphs[int(name) - 1]

        raw = re.sub(r"\{(title|\d+)\}", fill, self.raw)
        for clean, damaged in self.damage:
            if clean not in raw:
                raise ValueError(f"{self.id}: {clean!r} is not in the text")
            raw = raw.replace(clean, damaged)
        return raw


class Side(Strict):
    """One text of a pair."""

    title: str
    date: str
    paragraphs: tuple[str, ...]


class LabelledPair(Strict):
    """Two texts and how they relate."""

    id: str
    relation: Literal["same-article", "same-story", "none"]
    a: Side
    b: Side


class Texts(RootModel[tuple[Text, ...]]):
    """A data file of texts."""


class Pairs(RootModel[tuple[LabelledPair, ...]]):
    """The data file of pairs."""


class WordRoots(Strict):
    """The data file of words: what is made of a root, and words that are roots."""

    affixed: dict[str, tuple[str, ...]]
    bare: str


class Floors(Strict):
    """The figures that may not get worse, and the set that they were measured on."""

    set_digest: str
    figures: dict[str, float] = Field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """The figures, and for each the entries that cost something, in words."""

    figures: dict[str, float]
    misses: tuple[str, ...]


def set_digest() -> str:
    """A digest of the data files: floors measured on another set say nothing about this one."""
    digest = hashlib.sha256()
    for name in (*TEXT_FILES, PAIR_FILE):
        digest.update((HERE / name).read_bytes())
    digest.update(WORDS_FILE.read_bytes())
    return digest.hexdigest()


def load_floors() -> Floors:
    """The stored floors."""
    return load_yaml(FLOORS_FILE, Floors)


def texts() -> tuple[Text, ...]:
    """All labelled texts."""
    return tuple(text for name in TEXT_FILES for text in load_yaml(HERE / name, Texts).root)


def pairs() -> tuple[LabelledPair, ...]:
    """All labelled pairs."""
    return load_yaml(HERE / PAIR_FILE, Pairs).root


def is_worse(name: str, value: float, floor: float) -> bool:
    """Whether a figure lies on the wrong side of its floor (rounding aside)."""
    return value > floor + 1e-9 if name in LOWER_IS_BETTER else value < floor - 1e-9


def measure(folder: Path) -> Score:
    """Run the stages over the whole set; ``folder`` is for the files that they read."""
    figures: dict[str, float] = {}
    misses: list[str] = []
    gold = texts()
    articles = [_article(folder, text.id, text.scraped()) for text in gold]
    for part in (
        _cleaning(gold, articles),
        _tagging(gold, articles),
        _pairing(folder),
        _rooting(),
    ):
        figures |= part.figures
        misses.extend(part.misses)
    return Score({name: round(value, 4) for name, value in figures.items()}, tuple(misses))


def _article(folder: Path, name: str, raw: str) -> Article:
    path = folder / f"{name}.txt"
    path.write_text(raw, encoding="utf-8")
    (article,) = read_file(path, path.name, InputSettings(), ProblemLog())
    return clean_article(article, load_rules())


def _cleaning(gold: Sequence[Text], articles: Sequence[Article]) -> Score:
    """Residue, lost, repeated, exact paragraphs, titles."""
    misses: list[str] = []
    residue = lost = sentences = repeated = exact = countable = titles = 0
    for text, article in zip(gold, articles, strict=True):
        clean, got = squash(" ".join(text.paragraphs)), squash(" ".join(article.paragraphs))
        left = [s for s in _sentences(article.paragraphs) if squash(s) not in clean]
        residue += bool(left)
        misses += [f"residue {text.id}: {s!r}" for s in left]
        for sentence in _sentences(text.paragraphs):
            sentences += 1
            if squash(sentence) not in got:
                lost += 1
                misses.append(f"lost {text.id}: {sentence!r}")
        twice = _twice(article.paragraphs) - _twice(text.paragraphs)
        repeated += bool(twice)
        misses += [f"repeated {text.id}: {s!r}" for s in sorted(twice)]
        if not text.one_line:
            countable += 1
            exact += article.paragraphs == text.paragraphs
            if article.paragraphs != text.paragraphs:
                misses.append(f"paragraphs {text.id}: {list(article.paragraphs)}")
        titles += text.title is None or article.title == text.title
        if text.title is not None and article.title != text.title:
            misses.append(f"title {text.id}: {article.title!r}")
    return Score(
        {
            "residue": residue / len(gold),
            "lost": lost / sentences,
            "repeated": repeated / len(gold),
            "paragraphs_exact": exact / countable,
            "title": titles / len(gold),
        },
        tuple(misses),
    )


def _tagging(gold: Sequence[Text], articles: Sequence[Article]) -> Score:
    """Countries (micro F1 of "about"; recall of all named) and the first topic."""
    misses: list[str] = []
    tagger = load_tagger()
    hits = extra = missed = found = named = right = judged = 0
    for text, article in zip(gold, articles, strict=True):
        tags = tagger.tag(article)
        if text.about is not None:
            want, got = set(text.about), set(tags.about)
            if "ID" not in want:
                got.discard("ID")  # nearly every text names it; only its presence in gold counts
            hits, extra, missed = (
                hits + len(want & got),
                extra + len(got - want),
                missed + len(want - got),
            )
            if want != got:
                misses.append(f"about {text.id}: want {sorted(want)} got {sorted(got)}")
            every = want | set(text.mentioned)
            seen = every & (set(tags.about) | set(tags.mentioned))
            found, named = found + len(seen), named + len(every)
            if seen != every:
                misses.append(f"mentioned {text.id}: not seen {sorted(every - seen)}")
        if text.topics:
            judged += 1
            first = tags.topics[0].id if tags.topics else "none"
            right += first in text.topics
            if first not in text.topics:
                misses.append(f"topic {text.id}: want {text.topics} got {first}")
    return Score(
        {
            "country_about_f1": 2 * hits / (2 * hits + extra + missed),
            "country_mention_recall": found / named,
            "topic_top1": right / judged,
        },
        tuple(misses),
    )


def _pairing(folder: Path) -> Score:
    """Merged and linked pairs. Every text is compared with every other, as in a build."""
    misses: list[str] = []
    gold = pairs()
    articles: list[Article] = []
    for pair in gold:
        for side, text in (("a", pair.a), ("b", pair.b)):
            raw = "\n".join((text.title, text.date, *text.paragraphs, ""))
            articles.append(_article(folder, f"pair-{pair.id}-{side}", raw))
    relations = {
        frozenset((pair.a.path, pair.b.path)): pair.relation for pair in find_pairs(articles)
    }
    count: Counter[str] = Counter()
    for i, pair in enumerate(gold):
        names = frozenset(articles[2 * i + k].ref.path for k in (0, 1))
        got = relations.pop(names, None)
        count[f"all {pair.relation}"] += 1
        if pair.relation == "same-article":
            ok = got is Relation.SAME_ARTICLE
        elif pair.relation == "same-story":
            ok = got is not None
        else:
            ok = got is None
            count["merged wrong"] += got is Relation.SAME_ARTICLE
            count["linked wrong"] += got is Relation.SAME_STORY
        count[f"right {pair.relation}"] += ok
        if not ok:
            misses.append(f"pair {pair.id}: want {pair.relation} got {got}")
    # What is left pairs texts of different entries, which have nothing to do with each other.
    count["merged wrong"] += sum(r is Relation.SAME_ARTICLE for r in relations.values())
    count["linked wrong"] += sum(r is Relation.SAME_STORY for r in relations.values())
    misses += [f"pair {sorted(names)}: want none got {r}" for names, r in relations.items()]
    return Score(
        {
            "merged_recall": count["right same-article"] / count["all same-article"],
            "merged_wrong": count["merged wrong"],
            "linked_recall": count["right same-story"] / count["all same-story"],
            "linked_wrong": count["linked wrong"],
        },
        tuple(misses),
    )


def _sentences(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from split_sentences(paragraph, "id")


def _twice(paragraphs: Iterable[str]) -> set[str]:
    seen = Counter(squash(s) for s in _sentences(paragraphs) if len(s) >= _LONG)
    return {sentence for sentence, n in seen.items() if n > 1}


def _rooting() -> Score:
    """How many affixed words are led to their root, and how many bare ones are left whole."""
    gold = load_yaml(WORDS_FILE, WordRoots)
    affixed = [(word, root) for root, words in gold.affixed.items() for word in words]
    bare = [(word, word) for word in gold.bare.split()]
    figures, misses = {}, []
    for name, words in (("words_affixed", affixed), ("words_bare", bare)):
        wrong = []
        for word, root in words:
            found = load_analyser().read(word)
            if (found.root if found else word) != root:
                wrong.append(f"{name}: {word}: {found.root if found else None}, not {root}")
        figures[name] = 1 - len(wrong) / len(words)
        misses += wrong
    return Score(figures, tuple(misses))

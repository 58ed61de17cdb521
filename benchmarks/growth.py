#!/usr/bin/env python3
"""Does time grow with the length of a text, or with its square?

    python benchmarks/growth.py

Hostile or broken texts, each at a size and at four times that size, through the functions that
once took minutes for them. Printed is how much longer the larger one takes: about 4 is linear
work, 16 would be quadratic. The best of three runs counts, as other work on the machine only adds.
"""

import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.errors import ArticleError
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import Article, RawArticle, SourceRef, TitleOrigin
from dwiwarta.read.htmltext import html_to_text
from dwiwarta.sentences import split_sentences
from dwiwarta.tag import load_tagger
from dwiwarta.translate.gate import check_answer

SIZE = 25_000  # characters; the larger one is as long as four long articles
RUNS = 3

GLOSSARY = load_glossary()
RULES = load_rules()
TAGGER = load_tagger()


def split(text: str) -> object:
    """Sentences of a paragraph."""
    return split_sentences(text, "id")


def explain(text: str) -> object:
    """Terms to explain in a paragraph."""
    return GLOSSARY.explanations([text])


def judge(text: str) -> object:
    """An answer that is as long as its original, and not the same."""
    return check_answer(text, text.replace("a", "e"), GLOSSARY)


def clean(text: str) -> object:
    """An article of one line."""
    with contextlib.suppress(ArticleError):  # nothing may be left
        return clean_article(RawArticle(SourceRef("x.txt"), text), RULES)
    return None


def tag(text: str) -> object:
    """An article of one paragraph."""
    return TAGGER.tag(Article(SourceRef("x"), "", TitleOrigin.METADATA, (text,)))


def markup(text: str) -> object:
    """A page's text."""
    return html_to_text(text)


HOSTILE_LINES = ("Baca juga: ", "kata.Kata ", "(a/b) ", "KataKata", "www.a", "-(", "a,”A")
CASES: tuple[tuple[str, Callable[[str], object], str], ...] = (
    *((f"sentences, {mark}", split, mark) for mark in "“`'«("),
    ("sentences, abbreviations", split, "Jl. "),
    ("explanations, one term", explain, "Amerika Serikat dan "),
    *((f"cleaning, {text}", clean, text) for text in HOSTILE_LINES),
    ("tags, countries", tag, "AS Inggris di Doha, Qatar. "),
    ("gate, quotation marks", judge, "“"),
    ("gate, one word", judge, "kata "),
    ("gate, numbers", judge, "1,5 "),
    ("page, unclosed paragraphs", markup, "<p>x"),
    ("page, emphasis", markup, "<b>x</b>"),
    ("page, attributes", markup, "<p {}>x</p>"),
)


def grown(pattern: str, size: int) -> str:
    """The pattern again and again; in a tag, attributes of different names."""
    if "{}" in pattern:
        return pattern.format(" ".join(f"a{n}=1" for n in range(size // 6)))
    return pattern * (size // len(pattern))


def seconds(call: Callable[[str], object], text: str) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        call(text)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print a line for each kind of text."""
    print(f"{'text':28} {SIZE:>10,} {4 * SIZE:>10,}  times")
    for name, call, pattern in CASES:
        small, large = (seconds(call, grown(pattern, size)) for size in (SIZE, 4 * SIZE))
        print(f"{name:28} {small:10.4f} {large:10.4f}  {large / max(small, 1e-6):5.1f}")


if __name__ == "__main__":
    main()

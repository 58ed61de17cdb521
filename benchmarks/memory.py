"""What the translation memory and the chain cost: ``python benchmarks/memory.py``.

Makes a memory of N paragraphs (default 100,000, in articles of 10) in a temporary folder, and
prints the seconds to open it and recall every paragraph: cold (without the index in ``.cache/``)
and warm. Then the share that chain and memory add to a bare engine: the same new paragraphs through
an engine that takes ``--engine-ms`` each (default 30, a small local model on one core), alone and
behind the chain, side by side, with the memory warm.
"""

import argparse
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.model import Article, SourceRef, State, Story, TitleOrigin, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.chain import Chain
from dwiwarta.translate.engines.base import Request
from dwiwarta.translate.engines.fake import FakeEngine, Script
from dwiwarta.translate.gate import check_answer
from dwiwarta.translate.glossary import load_glossary
from dwiwarta.translate.memory import memory_path, open_memory
from dwiwarta.translate.po import new_entry, new_file, write_translation
from dwiwarta.translate.pofile import render
from dwiwarta.translate.work import segment_keys, translate_stories

DAY = date(2026, 1, 1)
PER_ARTICLE = 10


def source_text(number: int) -> str:
    """A paragraph that no other number gives."""
    return (
        f"Warga desa nomor {number} membuka pasar baru pada hari Senin. Pasar itu menjual kopi, "
        "beras, dan ikan kepada pengunjung dari kota yang datang setiap pagi dengan perahu."
    )


def english_text(number: int) -> str:
    """Its English, such that the gate lets it pass."""
    return (
        f"Residents of village number {number} opened a new market on Monday. The market sells "
        "coffee, rice and fish to visitors from the city who come every morning by boat."
    )


def article(first: int) -> Article:
    """The article whose paragraphs begin with this number."""
    texts = tuple(source_text(first + n) for n in range(PER_ARTICLE))
    ref = SourceRef(f"{first // 1000}/{first}.txt")
    return Article(ref, f"Pasar desa {first} dibuka", TitleOrigin.FIRST_LINE, texts)


def make_memory(folder: Path, paragraphs: int) -> list[Article]:
    """PO files of machine English for that many paragraphs; returns their articles."""
    articles = [article(first) for first in range(0, paragraphs, PER_ARTICLE)]
    for first, one in zip(range(0, paragraphs, PER_ARTICLE), articles, strict=True):
        path = folder / memory_path(one.ref)
        file = new_file(one.ref.path, DAY)
        title, *keys = segment_keys(one)
        texts = [f"Market of village {first} opened"]
        texts += [english_text(first + n) for n in range(PER_ARTICLE)]
        for key, text in zip((title, *keys), texts, strict=True):
            entry = new_entry(key)
            write_translation(entry, Translation(text, State.MACHINE, "fake 1", DAY), "")
            file.append(entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(file))
    return articles


def load(root: Path, articles: list[Article]) -> tuple[float, float]:
    """Seconds to open the memory, and to recall every segment of every article."""
    started = time.perf_counter()
    with open_memory(root / "articles", root / "cache", ProblemLog()) as memory:
        opened = time.perf_counter()
        for one in articles:
            found = memory.recall(one.ref, segment_keys(one)).segments
            assert all(item.translation for item in found)
        return opened - started, time.perf_counter() - opened


def overhead(root: Path, count: int, engine_ms: float, batch: int) -> tuple[float, float]:
    """Seconds for ``count`` new paragraphs: the bare engine, and the chain around it."""
    english = {source_text(n): english_text(n) for n in range(10**6, 10**6 + count)}
    titles = {}

    def answer(text: str) -> str:
        time.sleep(engine_ms / 1000)
        return english.get(text) or titles[text]

    fresh = [article(first) for first in range(10**6, 10**6 + count, PER_ARTICLE)]
    for one in fresh:
        first = one.ref.path.split("/")[1].removesuffix(".txt")
        titles[one.title] = f"Market of village {first} opened"
    engine = FakeEngine(Script(batch=batch), answer=answer)
    texts = [text for one in fresh for text in (one.title, *one.paragraphs)]
    started = time.perf_counter()
    for start in range(0, len(texts), batch):
        engine.translate(Request(tuple(texts[start : start + batch])))
    bare = time.perf_counter() - started
    glossary = load_glossary()
    chain = Chain(
        [engine],
        TranslationSettings(),
        gate=lambda source, text: check_answer(source, text, glossary),
    )
    with open_memory(root / "articles", root / "cache", ProblemLog()) as memory:
        started = time.perf_counter()
        got = translate_stories([Story(one) for one in fresh], memory, chain)
        chained = time.perf_counter() - started
    assert all(segment.translation for text in got for segment in text.segments)
    return bare, chained


def main() -> int:
    """Make the memory, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=300, help="new paragraphs for the overhead")
    parser.add_argument("--engine-ms", type=float, default=30.0)
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp())
    try:
        articles = make_memory(root / "articles", options.paragraphs)
        print(f"{options.paragraphs:,} paragraphs in {len(articles):,} PO files")
        for name in ("cold, index made", "warm"):
            opened, recalled = load(root, articles)
            print(f"{name:18} open {opened:6.2f} s, recall everything {recalled:6.2f} s")
        for batch in (1, 16):
            bare, chained = overhead(root, options.new, options.engine_ms, batch)
            added = (chained / bare - 1) * 100
            print(
                f"engine of {options.engine_ms:g} ms a segment, batch {batch}: "
                f"bare {bare:.2f} s, behind the chain {chained:.2f} s, added {added:.1f} %"
            )
            for one in range(10**6, 10**6 + options.new, PER_ARTICLE):
                path = root / "articles" / memory_path(article(one).ref)
                path.unlink()  # so that the next round finds nothing known
    finally:
        shutil.rmtree(root)
    return 0


if __name__ == "__main__":
    sys.exit(main())

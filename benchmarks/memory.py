"""What the translation memory and the chain cost: ``python benchmarks/memory.py``.

Makes a memory of N paragraphs (default 100,000, in articles of 10) in a temporary folder, and
prints the seconds to open it and recall every paragraph: cold (without the index in ``.cache/``)
and warm. Then the share that chain and memory add to a bare engine: the same new paragraphs through
the engine alone and behind the chain, side by side, with the memory warm. The engine is Firefox's,
with a model of the shape of Firefox's own (17 MB) whose weights are nothing: it computes as long as
that one, for sentences of 20 words, and says nonsense, which is then replaced by right English.
With ``--engine-ms`` it is one that sleeps so long for each text.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import Article, SourceRef, State, Story, TitleOrigin, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate import make_chain
from dwiwarta.translate.engines.base import Request
from dwiwarta.translate.engines.fake import FakeEngine, Script
from dwiwarta.translate.memory import memory_path, open_memory
from dwiwarta.translate.memory.keys import segment_keys
from dwiwarta.translate.memory.po import new_entry, new_file, write_translation
from dwiwarta.translate.memory.pofile import render
from dwiwarta.translate.models.translator import build_translator
from dwiwarta.translate.stories import translate_stories
from tinymodel import Shape, made_model

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


def work_of(engine_ms: float | None) -> Callable[[str], object]:
    """What takes the engine's time for one text."""
    if engine_ms is not None:
        return lambda _text: time.sleep(engine_ms / 1000)
    shape = Shape(width=256, inner=1536, heads=8, encoders=6, decoders=2, rows=32_000, listed=1_000)
    translator = build_translator(made_model(shape, [f"▁word{n}" for n in range(20)]))
    return lambda text: translator.translate(text, 60)


def overhead(
    root: Path, count: int, work: Callable[[str], object], batch: int
) -> tuple[float, float]:
    """Seconds for ``count`` new paragraphs: the bare engine, and the chain around it."""
    english = {source_text(n): english_text(n) for n in range(10**6, 10**6 + count)}
    titles = {}

    def answer(text: str) -> str:
        work(text)
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
    chain = make_chain(TranslationSettings(), load_glossary(), [engine])
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
    parser.add_argument("--engine-ms", type=float, help="an engine that sleeps, not Firefox's")
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp())
    try:
        articles = make_memory(root / "articles", options.paragraphs)
        print(f"{options.paragraphs:,} paragraphs in {len(articles):,} PO files")
        for name in ("cold, index made", "warm"):
            time.sleep(2.5)  # a file so young is read again: it may change in the same tick
            opened, recalled = load(root, articles)
            print(f"{name:18} open {opened:6.2f} s, recall everything {recalled:6.2f} s")
        work = work_of(options.engine_ms)
        for batch in (1, 16):
            bare, chained = overhead(root, options.new, work, batch)
            each = bare / (options.new + options.new // PER_ARTICLE) * 1000
            print(
                f"{batch:2} texts a call: bare {bare:.2f} s ({each:.1f} ms each), "
                f"behind the chain {chained:.2f} s, added {(chained / bare - 1) * 100:.1f} %"
            )
            for one in range(10**6, 10**6 + options.new, PER_ARTICLE):
                path = root / "articles" / memory_path(article(one).ref)
                path.unlink()  # so that the next round finds nothing known
    finally:
        shutil.rmtree(root)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What searching costs: ``python benchmarks/search.py --articles 1000``.

Indexes made-up articles in two languages (12 paragraphs of 35 words, frequencies as in a natural
language) and asks them from a cold browser. Prints the seconds and the memory of the index build,
also where one article is new, the size of what is published, and per query the bytes, requests and
milliseconds from the key press to the first results, and what their snippets add. Bytes are counted
as a server sends them that compresses nothing.

Every figure belongs to the machine it was taken on, and to what else that machine was doing.
"""

import argparse
import functools
import hashlib
import http.server
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from playwright.sync_api import Browser, sync_playwright

from dwiwarta.model import (
    Article,
    CountryTag,
    DateOrigin,
    Entry,
    Published,
    Segment,
    SourceRef,
    State,
    Story,
    Tags,
    TitleOrigin,
    TopicTag,
    TranslatedText,
    Translation,
)
from dwiwarta.search import PartRef, SearchPart, make_part, write_index
from dwiwarta.settings import PROJECT_ROOT, Project, Settings
from provision_browser import launch

PARAGRAPHS, WORDS = 12, 35
RUNS = 5
VOCABULARY = 20_000
PLANTED = {  # word → share of the articles that have it
    "id": {"meluncurkan": 0.03, "peluncuran": 0.03, "pemerintah": 0.17},
    "en": {"launched": 0.03, "government": 0.17},
}
QUERIES = ("peluncuran", "launched", "government", "pemerintah peluncuran", "qqqqzz")
COUNTRIES = [
    "ID",
    "US",
    "CN",
    "JP",
    "RU",
    "AU",
    "SG",
    "MY",
    "IN",
    "SA",
    "TR",
    "EG",
    "DE",
    "FR",
    "GB",
    "BR",
]
TOPICS = ("01", "02", "03", "04", "05", "11", "15", "16")
SHELL = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>'
    '<link rel="icon" href="data:,"><div class="dw-search-page" data-dw-search-page></div>'
    '<script src="../assets/device.js" defer></script>'
    '<script src="../assets/search.js" defer></script></html>'
)


# --- articles -------------------------------------------------------------------------------


class Writer:
    """Writes texts in a made-up language whose word frequencies follow Zipf's law."""

    def __init__(self, language: str, rng: random.Random) -> None:
        self._rng = rng
        syllables = [a + b for a in "bcdghjklmnprst" for b in "aeiou"]
        words = {
            "".join(rng.choices(syllables, k=rng.randint(2, 4))) + rng.choice(["", "n", "s", "k"])
            for _ in range(VOCABULARY * 2)
        }
        self._words = sorted(words)[:VOCABULARY]
        rng.shuffle(self._words)
        self._weights = [1 / rank for rank in range(1, len(self._words) + 1)]
        self._planted = PLANTED[language]

    def article(self) -> list[str]:
        """A title and paragraphs."""
        texts = [self._sentence(8)] + [self._sentence(WORDS) for _ in range(PARAGRAPHS)]
        for word, share in self._planted.items():
            if self._rng.random() < share:
                texts[self._rng.randrange(1, len(texts))] += f" {word.title()} {word}."
        return texts

    def _sentence(self, length: int) -> str:
        return " ".join(self._rng.choices(self._words, self._weights, k=length)).capitalize() + "."


def make_entries(count: int) -> list[Entry]:
    """``count`` articles, always the same ones."""
    rng = random.Random(20240601)
    indonesian, english = Writer("id", rng), Writer("en", rng)
    entries = []
    for n in range(count):
        sources, targets = indonesian.article(), english.article()
        segments = [
            Segment(source, Translation(target, State.MACHINE, "made up"))
            for source, target in zip(sources, targets, strict=True)
        ]
        day = date(2020, 1, 1) + timedelta(days=n % 1500)
        article = Article(
            ref=SourceRef(f"{n}.txt"),
            title=sources[0],
            title_origin=TitleOrigin.FIRST_LINE,
            paragraphs=tuple(sources[1:]),
            published=Published(day, DateOrigin.METADATA),
            source_name=f"Outlet {n % 12}",
        )
        tags = Tags(
            countries=tuple(
                CountryTag(code, about=True, score=1) for code in rng.sample(COUNTRIES, 2)
            ),
            topics=(TopicTag(f"medtop:{rng.choice(TOPICS)}000000", 1),),
        )
        text = TranslatedText(segments[0], tuple(segments[1:]))
        entries.append(Entry(f"article-{n:06}", Story(article), text, tags, f"articles/{n}.po"))
    return entries


# --- serving and asking ---------------------------------------------------------------------


class Counter(http.server.SimpleHTTPRequestHandler):
    """Serves files, counts what it sends, and compresses what a web server would."""

    sent = requests = 0
    pages_sent = pages = 0  # of those the articles' pages

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        Counter.sent += len(data)
        Counter.requests += 1
        if self.path.startswith("/article/"):
            Counter.pages_sent += len(data)
            Counter.pages += 1

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(Counter, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def ask(browser: Browser, address: str, query: str) -> tuple[list[tuple[int, int]], float, str]:
    """Bytes and requests until the results and until their snippets, milliseconds, the outcome."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + "search/", wait_until="networkidle")
        Counter.sent = Counter.requests = Counter.pages_sent = Counter.pages = 0
        page.locator("input[type=search]").fill(query)
        milliseconds = page.evaluate(
            """query => new Promise(resolve => {
              const started = performance.now();
              const look = () => {
                const list = document.querySelector(".dw-results");
                const status = document.querySelector(".dw-search__status").textContent;
                if (list.children.length || status.startsWith("Nothing"))
                  resolve(performance.now() - started);
                else requestAnimationFrame(look);
              };
              look();
            })""",
            query,
        )
        # The pages of the results are asked for at once; they are what comes behind.
        pages = page.locator(".dw-result").count()
        fetched = [(Counter.sent - Counter.pages_sent, Counter.requests - Counter.pages)]
        page.wait_for_function(
            "n => !n || document.querySelector('.dw-results').dataset.snippets === 'there'",
            arg=pages,
        )
        fetched.append((Counter.sent, Counter.requests))
        outcome = page.locator(".dw-search__status").inner_text()
        return fetched, milliseconds, outcome


# --- the run --------------------------------------------------------------------------------


def size(folder: Path) -> tuple[int, int]:
    """Files and bytes in a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def references(entries: Sequence[Entry], folder: Path) -> list[PartRef]:
    """The parts, kept on the disk as a build's cache keeps them."""
    folder.mkdir(parents=True)
    refs = []
    for entry in entries:
        part = make_part(entry)
        data = part.to_bytes()
        path = folder / part.slug
        path.write_bytes(data)
        refs.append(PartRef(part.slug, part.day, hashlib.sha256(data).hexdigest(), Load(path)))
    return refs


class Load:
    """Reads a part when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> SearchPart:
        return SearchPart.from_bytes(self._path.read_bytes())


def timed(what: str, work: Callable[[], object]) -> None:
    """Run and print the seconds of the processor and what came of it."""
    started = time.process_time()
    result = work()
    print(f"{what}: {time.process_time() - started:.2f} s CPU, {result}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    entries = make_entries(count)
    with tempfile.TemporaryDirectory() as name:
        project = Project(Path(name), Settings(), "Benchmark")
        started = time.process_time()
        refs = references(entries, Path(name) / "parts")
        print(f"{count} articles in two languages")
        print(f"their parts: {time.process_time() - started:.2f} s CPU")
        timed("index, first", lambda: write_index(refs[:-1], project))
        timed("one more article", lambda: write_index(refs, project))
        timed("nothing changed", lambda: write_index(refs, project))
        # Bytes on macOS, kibibytes on Linux.
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        print(f"peak memory, the articles included: {peak / 1e6:.0f} MB")
        files, total = size(project.docs_dir / "search")
        print(f"published: {files} files, {total / 1e6:.1f} MB")
        write_pages(entries, project.docs_dir)
        with serve(project.docs_dir) as address, sync_playwright() as playwright:
            browser, _ = launch(playwright)
            print("cold browser, from typing to the first results (the delay of 120 ms included):")
            for query in QUERIES:
                runs = [ask(browser, address, query) for _ in range(RUNS)]
                (sent, requests), (all_sent, all_requests) = runs[0][0]
                times = sorted(run[1] for run in runs)
                print(
                    f"  {query}: {sent / 1000:.0f} kB in {requests} requests, "
                    f"{times[RUNS // 2]:.0f} ms ({times[0]:.0f} to {times[-1]:.0f}), with snippets "
                    f"{all_sent / 1000:.0f} kB in {all_requests}: {runs[0][2]}"
                )
            browser.close()


def write_pages(entries: Sequence[Entry], docs: Path) -> None:
    """The search page and the articles' pages, as small as they can be."""
    shutil.copytree(PROJECT_ROOT / "docs/assets/search", docs / "assets/search")
    for name in ("device.js", "search.js"):
        shutil.copy(PROJECT_ROOT / "docs/assets" / name, docs / "assets")
    (docs / "search" / "index.html").write_text(SHELL, encoding="utf-8")
    for entry in entries:
        pairs = "".join(
            f'<div id="p{n}"><p lang="id">{segment.source}</p>'
            f'<p lang="en">{segment.translation.text if segment.translation else ""}</p></div>'
            for n, segment in enumerate(entry.text.paragraphs, 1)
        )
        page = docs / "article" / entry.slug / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<!doctype html><article>{pairs}</article>", encoding="utf-8")


if __name__ == "__main__":
    main()

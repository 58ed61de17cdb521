#!/usr/bin/env python3
"""How long the preview takes from a saved article to the page that is loaded again.

    python benchmarks/preview.py PROJECT [RUNS]

PROJECT is a project folder whose articles may be changed: a copy. The preview is started on it; a
client waits as the script in an open page does (MkDocs' live reload), then asks for the article's
page. An article in the middle of all gets one more word RUNS times; the time ends when its page
holds that word. Printed are seconds, median, least and most, and whether the preview's output has
a traceback in it. Engines are not asked.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from incremental import ENVIRONMENT, SCRIPT, changed_article

RUNS = 7
START_SECONDS = 1800.0
CALM_SECONDS = 2.5  # between two saves: see dwiwarta.fingerprint
_EPOCH = re.compile(r"livereload\((\d+), *(\d+)\)")
_ADDRESS = re.compile(r"Preview on (http://\S+)")


def fetched(url: str) -> str:
    """A page as a browser gets it."""
    with urllib.request.urlopen(url, timeout=START_SECONDS) as answer:
        text: bytes = answer.read()
    return text.decode()


def page_of(root: Path, article: Path) -> str:
    """The address of an article's page, by a word that stands in no other."""
    word = article.read_text("utf-8").splitlines()[0].split()[-1]
    for page in (root / "site" / "article").glob("*/index.html"):
        if page.parent.name.endswith(f"-{word}"):
            return f"article/{page.parent.name}/"
    raise SystemExit(f"no page of {article}")


def address_of(server: "subprocess.Popen[bytes]", said: Path) -> str:
    """Where the preview listens, as it says itself once its first build is done."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if match := _ADDRESS.search(said.read_text("utf-8", "replace")):
            return match[1]
        time.sleep(0.2)
    raise SystemExit("the preview did not start")


def seconds_until_seen(url: str, page: str, article: Path, word: str) -> float:
    """From the save to the page that holds ``word``, waiting as an open page does."""
    match = _EPOCH.search(fetched(url + page))
    assert match, "no live reload in the page"
    epoch, request = match.groups()
    article.write_text(article.read_text("utf-8").rstrip("\n") + f" {word}.\n", "utf-8")
    started = time.perf_counter()
    while True:
        now = fetched(f"{url}livereload/{epoch}/{request}")
        if now != epoch:
            epoch = now
            if word in fetched(url + page):
                return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    root = Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    # Any port that is free: one that we chose might be taken before the first build is done.
    command = [sys.executable, str(SCRIPT), "serve", "--root", str(root), "--port", "0"]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said.txt")
        with said.open("wb") as output:
            server = subprocess.Popen(
                [*command, "--engines", "none"], stdout=output, stderr=output, env=ENVIRONMENT
            )
        try:
            url = address_of(server, said)
            article = changed_article(root)
            page, times = page_of(root, article), []
            for run in range(runs):
                time.sleep(CALM_SECONDS)
                word = f"tambahan{run}x{int(time.time())}"
                times.append(seconds_until_seen(url, page, article, word))
        finally:
            server.terminate()  # as Ctrl+C, which a shell's "&" has its children ignore
            server.wait(60)
        broken = "Traceback" in said.read_text("utf-8", "replace")
    print(f"{statistics.median(times):.2f} s  ({min(times):.2f} to {max(times):.2f})")
    print("tracebacks:", "YES" if broken else "none")


if __name__ == "__main__":
    main()

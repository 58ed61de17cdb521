#!/usr/bin/env python3
"""What a build costs when nothing, or one article, has changed, and when there is a new one.

    python benchmarks/incremental.py PROJECT [RUNS]

PROJECT is a project folder whose articles may be changed: a copy. It is built once from nothing;
then, RUNS times each, with nothing changed, with one more word in one article, and with a new
article of the newest day, of paragraphs that other articles have, without any English. Printed are
seconds of the clock and of the processors (median, least and most), the peak memory of any process
of the build, the most files that were written below site/ for one article (below docs/ it is as
many), how large site/ is, and whether what came out is, byte for byte, what a build from nothing
gives. Engines are not asked.
"""

import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "build.py"
RUNS = 5
OUTPUTS = ("docs", "site")
# As for a person: our modules are compiled once, not by every build.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
# Since when files count as old without a second look: see dwiwarta.fingerprint.
SETTLED_SECONDS = 2.5
PARAGRAPHS, LONG = 12, 80  # of a new article; characters of what is no heading


def build(project: Path) -> tuple[float, float]:
    """Seconds of a build: of the clock, and of the processors."""
    command = [sys.executable, str(SCRIPT), "build", "--root", str(project)]
    spent, started = cpu_seconds(), time.perf_counter()
    subprocess.run([*command, "--engines", "none", "--quiet"], check=True, env=ENVIRONMENT)
    return time.perf_counter() - started, cpu_seconds() - spent


def cpu_seconds() -> float:
    """Of all builds so far, with the processes that they started."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def outputs(project: Path) -> dict[str, bytes]:
    """All files that builds make."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for name in OUTPUTS
        for path in (project / name).rglob("*")
        if path.is_file()
    }


def stamps(project: Path) -> dict[Path, int]:
    """When each of them was written."""
    return {
        path: path.stat().st_mtime_ns
        for name in OUTPUTS
        for path in (project / name).rglob("*")
        if path.is_file()
    }


def changed_article(project: Path) -> Path:
    """The article in the middle of all."""
    found = sorted(path for path in (project / "articles").rglob("*.txt") if path.stat().st_size)
    return found[len(found) // 2]


def newest_day(project: Path) -> date:
    """Of all articles that were built."""
    about = json.loads((project / "docs" / "search" / "about.json").read_text("utf-8"))
    return date.fromisoformat(about["shards"][-1][2])


def new_article(project: Path, seed: int) -> Path:
    """A new article beside the last one by name, of the newest day that the site has."""
    chance = random.Random(seed)
    middle = changed_article(project)  # its folder holds plain texts: title, line of the date, text
    found = sorted(path for path in middle.parents[1].rglob("*.txt") if path.stat().st_size)
    last = found[-1].read_text("utf-8").splitlines()
    title = last[0].split()
    chance.shuffle(title)
    body = []
    for path in chance.sample(found, min(PARAGRAPHS, len(found))):
        texts = [line for line in path.read_text("utf-8").splitlines()[2:] if len(line) > LONG]
        body += chance.sample(texts, min(1, len(texts)))
    made = found[-1].with_name(f"{found[-1].stem}-{seed}.txt")
    line = f"{newest_day(project):%d/%m/%Y}, 06:30 WIB"
    made.write_text("\n".join([" ".join(title), line, *body]) + "\n", "utf-8")
    return made


def shown(name: str, builds: Sequence[tuple[float, float]]) -> str:
    """A line of the table."""
    told = []
    for seconds in zip(*builds, strict=True):
        middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
        told.append(f"{middle:8.2f} s  ({least:.2f} to {most:.2f})")
    return f"{name:24} {told[0]}; processors {told[1]}"


def written(project: Path, before: dict[Path, int]) -> int:
    """How many files below site/ are others than before."""
    site = project / "site"
    return sum(
        path.is_relative_to(site) and before.get(path) != at for path, at in stamps(project).items()
    )


def main() -> None:
    """Measure and print."""
    project = Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    for name in (".cache", "site"):
        shutil.rmtree(project / name, ignore_errors=True)
    print(shown("from nothing", [build(project)]))
    build(project)
    time.sleep(SETTLED_SECONDS)
    build(project)
    print(shown("nothing changed", [build(project) for _ in range(runs)]))
    article = changed_article(project)

    def change(run: int) -> None:
        text = article.read_text("utf-8").rstrip("\n")
        article.write_text(f"{text} Tambahan {run}.\n", "utf-8")

    def add(run: int) -> None:
        new_article(project, run)

    for name, act in (("one article changed", change), ("one new article", add)):
        times, files = [], []
        for run in range(runs):
            before = stamps(project)
            act(run)
            times.append(build(project))
            files.append(written(project, before))
            time.sleep(SETTLED_SECONDS)
            build(project)
        print(shown(name, times))
        print(f"{'files written for it':24} {max(files):8}")
    sizes = [path.stat().st_size for path in (project / "site").rglob("*") if path.is_file()]
    print(f"{'site/':24} {sum(sizes) / 1e6:8.1f} MB in {len(sizes):,} files")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory':24} {peak:8.0f} MB")
    made = outputs(project)
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / project.name
        shutil.copytree(project, other, ignore=shutil.ignore_patterns(".cache", "site"))
        build(other)
        same = outputs(other) == made
    print(f"{'as from nothing':24} {'yes' if same else 'NO':>8}")


if __name__ == "__main__":
    main()

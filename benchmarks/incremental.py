#!/usr/bin/env python3
"""What a build costs when nothing, or one article, has changed.

    python benchmarks/incremental.py PROJECT [RUNS]

PROJECT is a project folder whose articles may be changed: a copy. It is built once from nothing;
then, RUNS times each, with nothing changed, and with one more word in one article. Printed are the
wall-clock seconds (median, least and most), the peak memory of any process of the build, the files
that were written below docs/ and site/ for one article, and whether what came out is, byte for
byte, what a build from nothing gives. Engines are not asked.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "build.py"
RUNS = 5
OUTPUTS = ("docs", "site")
# As for a person: our modules are compiled once, not by every build.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
# Since when files count as old without a second look: see dwiwarta.fingerprint.
SETTLED_SECONDS = 2.5


def build(project: Path) -> float:
    """Seconds of a build."""
    command = [sys.executable, str(SCRIPT), "build", "--root", str(project)]
    started = time.perf_counter()
    subprocess.run([*command, "--engines", "none", "--quiet"], check=True, env=ENVIRONMENT)
    return time.perf_counter() - started


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


def shown(name: str, seconds: Sequence[float]) -> str:
    """A line of the table."""
    middle = statistics.median(seconds)
    return f"{name:24} {middle:8.2f} s  ({min(seconds):.2f} to {max(seconds):.2f})"


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
    article, times, written = changed_article(project), [], []
    for run in range(runs):
        before = stamps(project)
        article.write_text(article.read_text("utf-8").rstrip("\n") + f" Tambahan {run}.\n", "utf-8")
        times.append(build(project))
        after = stamps(project)
        written.append(sum(before.get(path) != at for path, at in after.items()))
        build(project)
    print(shown("one article changed", times))
    print(f"{'files written for it':24} {max(written):8}")
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

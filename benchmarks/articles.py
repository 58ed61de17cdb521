#!/usr/bin/env python3
"""Measure the pipeline on a folder of labelled articles, with the scorer that came with them.

    python benchmarks/articles.py --data FOLDER --scorer score_articles.py [--show N]

Runs `inspect` and `compare` on FOLDER in processes of their own, states their time and peak memory,
prints the scorer's table, and adds what the table lacks: residue and lost sentences per outlet
(the first folder of a file's path), and why each lost sentence left: as a dateline that is a field
now, as something else that the audit names, or without an explanation, which would be a fault.
"""

import argparse
import collections
import importlib.util
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Outlet:
    """What happened to the articles of one outlet."""

    articles: int = 0
    residue: int = 0
    sentences: int = 0
    dateline: int = 0  # lost only in that its dateline became a field
    audited: int = 0  # in the audit log, with a reason
    unexplained: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Sentences that the scorer counts as lost."""
        return self.dateline + self.audited + len(self.unexplained)


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of labelled articles")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer, a Python file")
    parser.add_argument("--show", type=int, default=0, help="print N misses of each kind")
    parser.add_argument("--no-compare", action="store_true", help="leave near-duplicates out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inspected, compared = Path(folder, "inspect.jsonl"), Path(folder, "compare.jsonl")
        run(["inspect", "--jsonl", str(options.data)], inspected)
        arguments = [str(options.data), str(inspected)]
        if not options.no_compare:
            run(["compare", "--jsonl", str(options.data)], compared)
            arguments.append(str(compared))
        subprocess.run(
            [sys.executable, str(options.scorer), *arguments, "--show", str(options.show)],
            check=True,
        )
        per_outlet(inspected, options.data, load_scorer(options.scorer), options.show)


def run(arguments: list[str], output: Path) -> None:
    """Run a command of ours with its output in a file; print its time and memory."""
    began = time.monotonic()
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "build.py"), *arguments],
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    seconds = time.monotonic() - began
    # Kilobytes on Linux, bytes on macOS; the largest child so far.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    megabytes = peak / (2**20 if sys.platform == "darwin" else 2**10)
    print(
        f"{arguments[0]:24} exit {process.returncode}, {seconds:.1f} s, {megabytes:.0f} MB at most"
    )
    if process.stderr:
        print(process.stderr[-2000:])


def load_scorer(path: Path) -> Any:
    """The scorer as a module, for its idea of a sentence and of a mark."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def per_outlet(inspected: Path, data: Path, scorer: Any, show: int) -> None:
    """Print residue and lost sentences per outlet."""
    records = []
    with inspected.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            path = Path(record["file"])
            if path.suffix == ".txt" and path.exists():
                records.append((path, path.read_text("utf-8", errors="replace"), record))
    opens: collections.Counter[str] = collections.Counter()
    for _, raw, _ in records:
        opens.update({scorer.squash(s)[:40] for s in scorer.sentences(raw)})
    outlets: dict[str, Outlet] = collections.defaultdict(Outlet)
    for path, raw, record in records:
        name = path.relative_to(data).parts[0] if path.is_relative_to(data) else "other"
        judge(outlets[name], name, raw, record, opens, scorer)
    print(f"\n{'outlet':14} articles residue  sentences lost  dateline audited unexplained")
    total = Outlet()
    for name, outlet in sorted(outlets.items()):
        print_row(name, outlet)
        for key in ("articles", "residue", "sentences", "dateline", "audited"):
            setattr(total, key, getattr(total, key) + getattr(outlet, key))
        total.unexplained += outlet.unexplained
    print_row("all", total)
    for miss in total.unexplained[:show]:
        print(f"  unexplained: {miss}")


def judge(
    outlet: Outlet,
    name: str,
    raw: str,
    record: dict[str, Any],
    opens: collections.Counter[str],
    scorer: Any,
) -> None:
    """Count one article; which sentences count and which are lost is the scorer's own rule."""
    text = "\n".join(record["paragraphs"])
    flat = scorer.squash(text + (record.get("title") or ""))
    removed = [(r["reason"], scorer.squash(r["text"])) for r in record["removed"]]
    datelines = [key for reason, key in removed if "dateline" in reason and key]
    audited = "".join(key for _, key in removed)
    outlet.articles += 1
    outlet.residue += bool(scorer.MARK.search(text))
    lines = [line.strip() for line in raw.splitlines() if line.strip()]
    heads = {
        below
        for above, below in itertools.pairwise(lines)
        if scorer.BARE.match(above) and not below.endswith((".", "!", "?", "”", '"'))
    }
    for sentence in scorer.sentences(raw):
        key = scorer.squash(sentence)
        if scorer.MARK.search(sentence) or opens[key[:40]] >= 3 or sentence.strip() in heads:
            continue
        outlet.sentences += 1
        if not key or key in flat or key[10:50] in flat:
            continue
        rest = next((key[len(d) :] for d in datelines if key.startswith(d)), None)
        if rest is not None and rest in flat:
            outlet.dateline += 1
        elif explained(key, flat, audited, removed):
            outlet.audited += 1
        else:
            outlet.unexplained.append(f"{name}: {sentence.strip()[:200]}")


def explained(key: str, flat: str, audited: str, removed: list[tuple[str, str]]) -> bool:
    """Whether every piece of a sentence is in the article or in the audit."""
    if key in audited:
        return True
    for _, part in sorted(removed, key=lambda item: -len(item[1])):
        if len(part) >= 3 and part in key:
            key = key.replace(part, " ")
    return all(len(piece) < 4 or piece in flat or piece in audited for piece in key.split())


def print_row(name: str, outlet: Outlet) -> None:
    """One line of the table."""
    print(
        f"{name:14} {outlet.articles:8} {outlet.residue / max(1, outlet.articles):7.3f}"
        f" {outlet.sentences:10} {outlet.lost / max(1, outlet.sentences):.4f}"
        f" {outlet.dateline:9} {outlet.audited:7} {len(outlet.unexplained):11}"
    )


if __name__ == "__main__":
    main()

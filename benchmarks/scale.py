#!/usr/bin/env python3
"""How time and memory of a build grow with the number of articles, as a table and a plot.

    python benchmarks/scale.py [--plot FILE.svg] [--from TABLE.csv] PROJECT…

Each PROJECT is a project folder, a copy, whose articles may be changed. It is built from nothing,
then with nothing changed, then with one more word in one article. Printed is a table as CSV: the
number of articles, seconds of the clock and of the processors, and the peak memory of the largest
process in MB. ``--from``: rows measured before, of a table that this printed. The plot has both
axes in powers of ten: what grows in proportion is a line as steep as the dotted one. Engines are
not asked.
"""

import argparse
import csv
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from math import log10
from pathlib import Path

from incremental import ENVIRONMENT, SCRIPT, SETTLED_SECONDS, changed_article

WIDTH, HEIGHT, MARGIN = 640, 400, 56
LEAST, MOST = 100, 100_000  # articles
LOW, HIGH = 0.1, 10_000.0  # seconds, and megabytes


@dataclass(frozen=True, slots=True)
class Row:
    """What the builds of one project took."""

    articles: int
    cold_seconds: float
    cold_cpu_seconds: float
    cold_peak_mb: float
    nothing_seconds: float
    nothing_cpu_seconds: float
    one_seconds: float
    one_cpu_seconds: float
    one_peak_mb: float


CURVES = (
    ("cold_cpu_seconds", "from nothing, seconds of the processors", "#b3261e"),
    ("one_cpu_seconds", "one article changed, the same", "#7a5900"),
    ("nothing_cpu_seconds", "nothing changed, the same", "#386a20"),
    ("cold_peak_mb", "from nothing, MB of the largest process", "#1a5fb4"),
)


def build(project: Path) -> tuple[float, float, float]:
    """Seconds of the clock and of the processors, and the peak of the largest process in MB."""
    command = [sys.executable, str(SCRIPT), "build", "--root", str(project)]
    started = time.perf_counter()
    process = subprocess.Popen([*command, "--engines", "none", "--quiet"], env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build of {project} failed")
    return (
        time.perf_counter() - started,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
    )


def measured(project: Path) -> Row:
    """Build a project in all three ways."""
    for name in (".cache", "site"):
        shutil.rmtree(project / name, ignore_errors=True)
    cold = build(project)
    time.sleep(SETTLED_SECONDS)
    build(project)
    nothing = build(project)
    article = changed_article(project)
    article.write_text(article.read_text("utf-8").rstrip("\n") + " Tambahan.\n", "utf-8")
    one = build(project)
    count = sum(path.stat().st_size > 0 for path in (project / "articles").rglob("*.txt"))
    values = (*cold, *nothing[:2], *one)
    return Row(count, *(round(value, 2) for value in values))


def table(rows: Sequence[Row]) -> str:
    """The rows as CSV."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([field.name for field in fields(Row)])
    lines.writerows(astuple(row) for row in rows)
    return text.getvalue()


def read_table(path: Path) -> list[Row]:
    """The rows of a table that was printed before."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Row(int(row.pop("articles")), **{name: float(value) for name, value in row.items()})
            for row in csv.DictReader(lines)
        ]


def across(articles: float) -> float:
    """Where a number of articles stands from the left."""
    return MARGIN + (WIDTH - 2 * MARGIN) * log10(articles / LEAST) / log10(MOST / LEAST)


def up(value: float) -> float:
    """Where seconds or megabytes stand from the top."""
    share = log10(max(value, LOW) / LOW) / log10(HIGH / LOW)
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share


def plot(rows: Sequence[Row]) -> str:
    """The rows as an SVG that needs no script and no style sheet."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        "<title>Time and memory of a build by number of articles</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    left, right = MARGIN, WIDTH - MARGIN
    for power in range(-1, 5):
        y = up(10.0**power)
        parts.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:g}</text>')
    for power in range(2, 6):
        x = across(10**power)
        parts.append(f'<path d="M{x:.1f} {MARGIN}V{HEIGHT - MARGIN}" stroke="#ddd"/>')
        under = f'x="{x:.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle"'
        parts.append(f"<text {under}>{10**power:,}</text>")
    steep = f"M{across(LEAST):.1f} {up(1):.1f}L{across(MOST):.1f} {up(1000):.1f}"
    parts.append(f'<path d="{steep}" stroke="#666" stroke-dasharray="2 4"/>')
    for number, (name, label, colour) in enumerate(CURVES):
        points = [(across(row.articles), up(getattr(row, name))) for row in rows]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        y = 16 + 13 * number
        parts.append(f'<text x="{left}" y="{y}" fill="{colour}">{label}</text>')
    parts.append(f'<text x="{right}" y="16" text-anchor="end">dotted: in proportion</text>')
    parts.append(f'<text x="{right}" y="{HEIGHT - 12}" text-anchor="end">articles</text></svg>')
    return "\n".join(parts) + "\n"


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--from", dest="table", type=Path)
    args = parser.parse_args()
    rows = read_table(args.table) if args.table else []
    rows += [measured(project.resolve()) for project in args.projects]
    rows.sort(key=lambda row: row.articles)
    sys.stdout.write(table(rows))
    if args.plot:
        args.plot.write_text(plot(rows), "utf-8")


if __name__ == "__main__":
    main()

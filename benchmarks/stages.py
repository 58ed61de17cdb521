#!/usr/bin/env python3
"""Where the time of a cold build goes, stage by stage, in one process and without a cache.

    python benchmarks/stages.py PROJECT [--beside CHECKOUT] [--runs N] [--profile FOLDER]

PROJECT is a project folder with articles, best with a full memory. Printed is each stage's CPU for
one article and its share of the whole, the best of N runs, each in a process of its own. With
CHECKOUT, another state of this project, its runs alternate with ours: the last two columns are its
milliseconds and how many times as fast we are, and the results of both are compared, article by
article. ``--profile`` keeps a profile of each stage (for ``python -m pstats``).
"""

import argparse
import cProfile
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


class Clock:
    """CPU of this process by stage, and a digest of what each stage made."""

    def __init__(self, profiles: Path | None) -> None:
        self.seconds: dict[str, float] = {}
        self.digests: dict[str, list[str]] = {}
        self._profiles = profiles

    def stage(self, name: str, run: Callable[[], T]) -> T:
        """Run a stage."""
        profile = cProfile.Profile() if self._profiles else None
        start = time.process_time()
        result = profile.runcall(run) if profile else run()
        self.seconds[name] = time.process_time() - start
        if profile and self._profiles:
            profile.dump_stats(self._profiles / f"{name}.prof")
        return result

    def note(self, name: str, values: Iterable[object]) -> None:
        """What a stage made, to be compared."""
        self.digests[name] = [
            hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            for value in values
        ]


def measure(folder: Path, profiles: Path | None) -> dict[str, Any]:
    """Run the stages of the code on the path over a project."""
    began = time.process_time()
    from dwiwarta.clean import clean_article, load_rules
    from dwiwarta.dedupe import find_pairs, group_stories
    from dwiwarta.errors import ArticleError
    from dwiwarta.knowledge.glossary import load_glossary
    from dwiwarta.pipeline import whole
    from dwiwarta.problems import ProblemLog
    from dwiwarta.read import read_folder
    from dwiwarta.render import render_pages
    from dwiwarta.settings import load_project
    from dwiwarta.tag import load_tagger
    from dwiwarta.translate import TranslationLog, make_chain, open_memory, translate_stories

    clock = Clock(profiles)
    clock.seconds["imports"] = time.process_time() - began
    project, problems = load_project(folder), ProblemLog()
    rules, tagger, glossary = clock.stage(
        "knowledge", lambda: (load_rules(), load_tagger(), load_glossary())
    )
    raw = clock.stage(
        "read", lambda: read_folder(project.articles_dir, project.settings.input, problems)
    )

    def clean() -> list[Any]:
        out = []
        for one in raw:
            try:
                out.append(clean_article(one, rules))
            except ArticleError as error:
                problems.add(error)
        return out

    articles = clock.stage("clean", clean)
    pairs = clock.stage("near-duplicates", lambda: find_pairs(articles))
    stories = group_stories(articles, pairs, project.settings.dedupe)

    slugs: list[Any] = []  # none in checkouts where pages had no kept address

    def translate() -> Any:
        asked = project.settings.translation.model_copy(update={"engines": ()})
        with (
            tempfile.TemporaryDirectory() as cache,
            open_memory(
                project.articles_dir, Path(cache), problems, on_wait=lambda _: None
            ) as memory,
        ):
            if hasattr(whole, "page_addresses"):
                slugs.append(whole.page_addresses(stories, memory).slugs)
            return translate_stories(stories, memory, make_chain(asked, glossary), TranslationLog())

    texts = clock.stage("memory and sentences", translate)
    tags = clock.stage("tag", lambda: [tagger.tag(story.article) for story in stories])
    entries = whole.make_entries(project, stories, texts, tags, *slugs)
    clock.stage(
        "glossary report",
        lambda: glossary.consistency(s for entry in entries for s in entry.text.segments),
    )
    planned = clock.stage(
        "plan pages", lambda: render_pages(entries, project, glossary.explanations)
    )
    pages = clock.stage("render", lambda: [(page.path, page.render()) for page in planned])
    for name, values in (
        ("clean", articles),
        ("near-duplicates", pairs),
        ("memory and sentences", texts),
        ("tag", tags),
        ("render", pages),
    ):
        clock.note(name, values)
    return {"articles": len(articles), "seconds": clock.seconds, "digests": clock.digests}


def run(checkout: Path, folder: Path, profiles: Path | None = None) -> dict[str, Any]:
    """Measure a checkout in a process of its own."""
    arguments = [sys.executable, __file__, str(folder), "--measure"]
    if profiles:
        arguments += ["--profile", str(profiles)]
    # Without a seed for text, so that sets come in the same order on both sides.
    path = {"PYTHONPATH": str(checkout / "scripts"), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        arguments, env={**os.environ, **path}, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout))


def best(runs: list[dict[str, Any]]) -> dict[str, float]:
    """The fewest seconds of each stage: other work on the machine only adds."""
    return {name: min(one["seconds"][name] for one in runs) for name in runs[0]["seconds"]}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--beside", type=Path, help="another checkout of this project")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--profile", type=Path, help="folder for profiles, one a stage")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.project.resolve()
    if options.measure:
        print(json.dumps(measure(folder, options.profile)))
        return
    ours, theirs = [], []
    for _ in range(options.runs):
        ours.append(run(ROOT, folder))
        if options.beside:
            theirs.append(run(options.beside.resolve(), folder))
    if options.profile:
        options.profile.mkdir(parents=True, exist_ok=True)
        run(ROOT, folder, options.profile)
    show(ours, theirs)


def show(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    """The table, and whether both made the same."""
    articles, seconds = ours[0]["articles"], best(ours)
    other = best(theirs) if theirs else {}
    print(f"{'stage':22} {'ms/article':>10} {'share':>6} {'beside':>10} {'times':>6}")
    for name in (*seconds, "all"):
        spent = seconds.get(name, sum(seconds.values()))
        line = f"{name:22} {1000 * spent / articles:10.3f} {spent / sum(seconds.values()):6.1%}"
        if other:
            before = other.get(name, sum(other.values()))
            line += f" {1000 * before / articles:10.3f} {before / max(spent, 1e-9):6.1f}"
        print(line)
    if theirs:
        for name, digests in ours[0]["digests"].items():
            same = digests == theirs[0]["digests"][name]
            print(f"{name}: {'the same' if same else 'DIFFERENT'} ({len(digests)})")


if __name__ == "__main__":
    main()

"""``build.py build``: everything from ``articles/`` to ``site/``."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from dwiwarta.commands.offer import ModelOffer, fetch_option, rows_of_waiting
from dwiwarta.commands.output import Steps, json_option, print_json, say
from dwiwarta.commands.shared import (
    as_rows,
    engine_names,
    engines_option,
    place_files,
    report,
    root_option,
    rows_for_editors,
    warn,
    warnings_json,
)
from dwiwarta.pipeline import BuildSummary
from dwiwarta.pipeline import build as build_site
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import PROJECT_ROOT, load_project
from dwiwarta.starter import is_checkout, shown_command
from dwiwarta.text import counted


@click.command()
@root_option
@engines_option
@click.option("--strict", is_flag=True, help="Exit with 1 if there was any warning.")
@click.option(
    "--require-complete", is_flag=True, help="Exit with 1 if a paragraph has no English yet."
)
@click.option("--docs-only", is_flag=True, help="Write docs/ but do not run MkDocs.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Ask the workers of this Dask cluster: tcp://host:8786."
)
@fetch_option
@json_option
@click.pass_context
def build(
    ctx: click.Context,
    root: Path,
    engines: str | None,
    strict: bool,
    require_complete: bool,
    docs_only: bool,
    scheduler: str | None,
    fetch_mode: str | None,
    as_json: bool,
) -> None:
    """Build articles/ into site/. Needs no network, no key and no engine.

    What the translation memory lacks is asked of the configured engines, if any answers; the rest
    is shown as "not translated yet" and counted. A bad article is reported and left out. On a
    terminal you are asked once whether to fetch Firefox's model, if it is needed.
    """
    project = load_project(root.resolve())
    place_files(project.root)
    problems = ProblemLog()

    names = engine_names(engines)
    steps = Steps(shown=not as_json)
    summary = build_site(
        project,
        problems,
        steps,
        engines=names,
        with_site=not docs_only,
        on_wait=warn,
        scheduler=scheduler,
        count=steps.count,
        provide=ModelOffer(project.settings.translation, fetch_mode, steps.pause),
    )
    steps.close()
    report(problems, summary.notes)
    where = project.docs_dir if docs_only else project.site_dir / "index.html"
    if as_json:
        print_json(as_record(summary, problems, where))
    else:
        waiting = rows_of_waiting(summary.translation, project.settings.translation, names)
        say(describe(summary, problems.count, waiting))
        at = "" if project.root == PROJECT_ROOT else f" --root {root}"
        shown_serve = "make serve" if is_checkout(project.root) else shown_command(f"serve{at}")
        say(f"Look at {where}, or preview with: {shown_serve}")
    if strict and problems.count:
        warnings = counted(problems.count, "warning")
        warn(f"Failed: {warnings}, and --strict was given.")
        ctx.exit(1)
    if require_complete and summary.translation.pending:
        missing = counted(summary.translation.pending, "paragraph or title", "paragraphs or titles")
        warn(f"Failed: {missing} without English.")
        ctx.exit(1)


def as_record(summary: BuildSummary, problems: ProblemLog, where: Path) -> dict[str, object]:
    """What ``build --json`` prints; ``translation`` counts titles and paragraphs."""
    record = asdict(summary)
    pages = {name: record.pop(f"pages_{name}") for name in ("written", "unchanged", "removed")}
    return {
        **{key: value for key, value in record.items() if key not in ("notes", "site_rendered")},
        "pages": pages,
        "output": str(where),
        "notes": list(summary.notes),
        "warnings": warnings_json(problems),
    }


def describe(summary: BuildSummary, warnings: int, waiting: Sequence[tuple[str, str]] = ()) -> str:
    """The closing lines of a build; ``waiting``: those about what has no English yet."""
    translation = summary.translation
    rows = [
        ("Articles", f"{summary.articles} with {counted(summary.paragraphs, 'paragraph')}"),
        (
            "Removed",
            f"{counted(summary.removed, 'piece')} of text, "
            f"{counted(summary.repeats, 'repeat')} among them",
        ),
        ("Near-duplicates", f"{summary.merged} merged, {counted(summary.linked, 'pair')} linked"),
        (
            "Translated",
            f"{translation.translated} now, {translation.from_memory} from memory, "
            f"{translation.pending} pending (titles and paragraphs)",
        ),
        *waiting,
        *rows_for_editors(translation),
        (
            "Tags",
            f"{counted(summary.countries, 'country', 'countries')}, "
            f"{counted(summary.topics, 'topic')}",
        ),
        (
            "Pages",
            f"{summary.pages_written} written, {summary.pages_unchanged} unchanged, "
            f"{summary.pages_removed} removed",
        ),
        ("Warnings", str(warnings)),
        ("Time", f"{summary.seconds:.1f} s"),
    ]
    return as_rows(rows)

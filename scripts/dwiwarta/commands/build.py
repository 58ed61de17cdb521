"""``build.py build``: everything from ``articles/`` to ``site/``."""

from pathlib import Path

import click

from dwiwarta.pipeline import BuildSummary
from dwiwarta.pipeline import build as build_site
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import PROJECT_ROOT, load_project
from dwiwarta.translate import TranslationCount
from dwiwarta.translate.engines.registry import FACTORIES

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT_ROOT,
    show_default="this project",
    help="The project folder: articles/, docs/, mkdocs.yml, dwiwarta.yml.",
)
engines_option = click.option(
    "--engines",
    metavar="NAME,…",
    help="Ask these engines, in this order, instead of the configured ones; `none`: memory only.",
)


def engine_names(option: str | None) -> tuple[str, ...] | None:
    """The value of ``--engines`` as names; None: as configured. An unknown name is wrong usage."""
    if option is None:
        return None
    names = [name.strip() for name in option.split(",")]
    if "none" in names and len(names) > 1:
        raise click.BadParameter(
            "none stands alone: the memory, and no engine", param_hint="'--engines'"
        )
    names = [name for name in names if name and name != "none"]
    for name in names:
        if name not in FACTORIES:
            raise click.BadParameter(
                f"no engine {name!r}; there are {', '.join(FACTORIES)}, and none",
                param_hint="'--engines'",
            )
    return tuple(names)


@click.command()
@root_option
@engines_option
@click.option("--strict", is_flag=True, help="Exit with 1 if there was any warning.")
@click.option(
    "--require-complete", is_flag=True, help="Exit with 1 if a paragraph has no English yet."
)
@click.option("--docs-only", is_flag=True, help="Write docs/ but do not run MkDocs.")
@click.option("--quiet", "-q", is_flag=True, help="Print warnings only.")
@click.pass_context
def build(
    ctx: click.Context,
    root: Path,
    engines: str | None,
    strict: bool,
    require_complete: bool,
    docs_only: bool,
    quiet: bool,
) -> None:
    """Build articles/ into site/. Needs no network, no key and no engine.

    What the translation memory lacks is asked of the configured engines, if any answers; the rest
    is shown as "not translated yet" and counted. A bad article is reported and left out.
    """
    project = load_project(root.resolve())
    problems = ProblemLog()

    def progress(step: str) -> None:
        if not quiet:
            click.echo(f"  {step} …")

    summary = build_site(
        project,
        problems,
        progress,
        engines=engine_names(engines),
        with_site=not docs_only,
        on_wait=lambda text: click.echo(text, err=True),
    )
    for line in (*summary.notes, *problems.lines()):
        click.echo(line, err=True)
    if not quiet:
        click.echo(describe(summary, problems.count))
        where = project.docs_dir if docs_only else project.site_dir / "index.html"
        click.echo(f"Look at {where}, or preview with: make serve")
    if strict and problems.count:
        warnings = counted(problems.count, "warning")
        click.echo(f"Failed: {warnings}, and --strict was given.", err=True)
        ctx.exit(1)
    if require_complete and summary.translation.pending:
        missing = counted(summary.translation.pending, "paragraph or title", "paragraphs or titles")
        click.echo(f"Failed: {missing} without English.", err=True)
        ctx.exit(1)


def what_was_rejected(count: TranslationCount) -> str:
    """How many have no English because answers were rejected."""
    return f"answers to {count.pending_rejected} of the pending, which did not pass the checks"


def describe(summary: BuildSummary, warnings: int) -> str:
    """The closing lines of a build."""
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
        *(
            [("Rejected", f"{what_was_rejected(translation)}: build.py review")]
            if translation.pending_rejected
            else []
        ),
        *(
            [
                (
                    "Stale",
                    f"{counted(translation.stale, 'edit')} of an earlier wording: build.py review",
                )
            ]
            if translation.stale
            else []
        ),
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
    return "\n".join(f"{name:>15}  {value}" for name, value in rows)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 page``, ``2 pages``; ``plural`` where an "s" is not enough."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"

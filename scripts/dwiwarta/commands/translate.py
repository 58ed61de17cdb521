"""``build.py translate``: fill the translation memory without building the site."""

import sys
import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from dwiwarta.clean import load_rules
from dwiwarta.commands.build import (
    counted,
    engine_names,
    engines_option,
    root_option,
    what_was_rejected,
)
from dwiwarta.dedupe import find_pairs, group_stories
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import Story, Translation
from dwiwarta.pipeline import clean_all
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.settings import ENGINES, Project, load_project
from dwiwarta.text import printable
from dwiwarta.translate import Chain, make_chain, open_memory
from dwiwarta.translate.log import TranslationCount, TranslationLog
from dwiwarta.translate.stories import (
    Options,
    Redo,
    plan_translation,
    translate_stories,
)

NOBODY = "no engine is ready"
MAX_SHOWN = 20  # rejected answers listed; `build.py review` shows all that are still open


@click.command()
@root_option
@engines_option
@click.option("--limit", type=click.IntRange(min=0), help="Send at most so many segments.")
@click.option(
    "--redo-outdated",
    is_flag=True,
    help="Also redo machine translations by another model version of the engines asked.",
)
@click.option(
    "--redo-before",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Also redo machine translations made before that day.",
)
@click.option(
    "--redo-engine",
    type=click.Choice(ENGINES),
    metavar="NAME",
    help="Also redo machine translations made by that engine.",
)
@click.option(
    "--retry",
    is_flag=True,
    help="Also ask engines again for what their answers were rejected for.",
)
@click.option("--dry-run", is_flag=True, help="Only say how much would be sent.")
@click.pass_context
def translate(
    ctx: click.Context,
    root: Path,
    engines: str | None,
    limit: int | None,
    redo_outdated: bool,
    redo_before: datetime | None,
    redo_engine: str | None,
    retry: bool,
    dry_run: bool,
) -> None:
    """Translate what the memory lacks, and save every answer at once.

    What a person edited or approved is never sent nor changed, whatever the options. Rough drafts
    are redone whenever a better engine is asked. Stop with Ctrl-C at any time: the next run goes
    on from there.
    """
    project = load_project(root.resolve())
    settings = project.settings.translation
    names = engine_names(engines)
    if names is not None:
        settings = settings.model_copy(update={"engines": names})
    problems = articles_log(project)
    stories = shown_stories(project, problems)
    chain = make_chain(settings, load_glossary())
    redo = _redo(chain, redo_outdated, redo_before.date() if redo_before else None, redo_engine)
    with open_memory(
        project.articles_dir,
        project.cache_dir,
        problems,
        read_only=dry_run,
        on_wait=lambda text: click.echo(text, err=True),
    ) as memory:
        plan = plan_translation(stories, memory, chain, Options(redo, retry, limit))
        click.echo(
            f"To translate: {counted(plan.segments, 'segment')} of "
            f"{counted(plan.articles, 'article')}, {counted(plan.characters, 'character')}"
        )
        if plan.waiting or dry_run:
            ready = [version for run in chain.runs if (version := run.version())]
        if plan.waiting:
            why = "answers to them were rejected; --retry asks again" if ready else NOBODY
            click.echo(f"Not sent: {counted(plan.waiting, 'segment')} without English ({why})")
        if dry_run:
            click.echo(f"Engines: {', '.join(ready) or 'none can be asked'}")
            _say(chain.notes, problems)
            return
        log = TranslationLog()
        with click.progressbar(
            length=len(stories),
            label="Translating",
            # In a log a bar would leave its bare label.
            hidden=not plan.segments or not sys.stdout.isatty(),
        ) as bar:
            options = Options(redo, retry, limit, progress=lambda: bar.update(1))
            translate_stories(stories, memory, chain, log, options)
    _say(log.notes, problems)
    for answer in log.rejected[:MAX_SHOWN]:
        where = project_path(project, answer.ref.key)
        start = textwrap.shorten(answer.source, 40, placeholder="…")
        why = printable(f"{answer.reason} · {start}")
        click.echo(f"NoAnswer: {where}: {answer.engine}: {why}", err=True)
    if len(log.rejected) > MAX_SHOWN:
        click.echo(f"… and {len(log.rejected) - MAX_SHOWN} more rejected answers", err=True)
    click.echo(_describe(log.count))
    if names and log.count.pending and not any(run.version() for run in chain.runs):
        click.echo("Failed: none of the engines named could be asked to the end.", err=True)
        ctx.exit(1)


def _describe(count: TranslationCount) -> str:
    """The closing lines of a run, in the shape of a build's."""
    rows = [
        (
            "Translated",
            f"{count.translated:,} now, {count.from_memory:,} from memory, "
            f"{count.pending:,} pending (titles and paragraphs)",
        )
    ]
    if count.rejected:
        rows.append(("NoAnswer", f"{counted(count.rejected, 'answer')} of engines"))
    if count.pending_rejected:
        rows.append(("Rejected", f"{what_was_rejected(count)}: build.py review"))
    if count.stale:
        edits = counted(count.stale, "edit")
        rows.append(("Stale", f"{edits} of an earlier wording: build.py review"))
    return "\n".join(f"{name:>15}  {value}" for name, value in rows)


def project_path(project: Project, name: str) -> str:
    """A file below ``articles/`` as a person in the project's folder can open it."""
    return f"{project.articles_dir.relative_to(project.root).as_posix()}/{name}"


def articles_log(project: Project) -> ProblemLog:
    """A log of warnings about files below ``articles/``, as a build names them."""
    return ProblemLog().inside(project.articles_dir.relative_to(project.root).as_posix())


def shown_stories(project: Project, problems: ProblemLog) -> tuple[Story, ...]:
    """What gets a page: articles read, cleaned, and copies merged away."""
    raw = read_folder(project.articles_dir, project.settings.input, problems)
    articles = clean_all(raw, load_rules(), problems)
    return group_stories(articles, find_pairs(articles), project.settings.dedupe)


def _redo(chain: Chain, outdated: bool, before: date | None, engine: str | None) -> Redo | None:
    """Whether a machine translation is to be made again; None if no option asks for it."""
    if not (outdated or before or engine):
        return None
    versions = {run.name: run.version() for run in chain.runs} if outdated else {}

    def redo(translation: Translation) -> bool:
        name = translation.engine.partition(" ")[0]
        current = versions.get(name)
        return (
            (current is not None and translation.engine != current)
            or (before is not None and translation.made is not None and translation.made < before)
            or (engine is not None and name == engine)
        )

    return redo


def _say(notes: Sequence[str], problems: ProblemLog) -> None:
    for line in (*notes, *problems.lines()):
        click.echo(line, err=True)

"""``build.py translate``: fill the translation memory without building the site."""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from dwiwarta.commands.offer import ModelOffer, fetch_option, rows_of_waiting
from dwiwarta.commands.output import bar, say
from dwiwarta.commands.shared import (
    articles_log,
    as_rows,
    engine_names,
    engines_option,
    project_path,
    report,
    root_option,
    rows_for_editors,
    warn,
)
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import Translation
from dwiwarta.pipeline.renamed import Renamed
from dwiwarta.pipeline.stories import kept_stories
from dwiwarta.pipeline.whole import read_stories
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import ENGINES, load_project
from dwiwarta.text import counted, printable
from dwiwarta.translate import Chain, make_chain, open_memory
from dwiwarta.translate.log import TranslationCount, TranslationLog
from dwiwarta.translate.stories import (
    Options,
    Redo,
    plan_translation,
    translate_stories,
)
from dwiwarta.trees import open_tree

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
@fetch_option
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
    fetch_mode: str | None,
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
    with bar("Reading articles", "files") as show:
        stories = kept_stories(project, problems, warn, lambda done, all_, _: show(done, all_))
    provide = None if dry_run else ModelOffer(settings, fetch_mode)
    chain = make_chain(settings, load_glossary(), provide=provide)
    redo = _redo(chain, redo_outdated, redo_before.date() if redo_before else None, redo_engine)
    with open_memory(
        project.articles_dir,
        project.cache_dir,
        problems,
        read_only=dry_run,
        on_wait=warn,
    ) as memory:
        if not dry_run and not problems.unread:
            by_ref = {story.article.ref: story for story in stories}
            renamed = Renamed()
            if renamed.take_memory(
                memory,
                by_ref,
                by_ref.__getitem__,
                lambda: open_tree(project.articles_dir, project.cache_dir),
                problems,
            ):
                # With what their sidecars say; what is wrong was told above.
                stories = read_stories(project, ProblemLog())
            renamed.tell(problems)
        plan = plan_translation(stories, memory, chain, Options(redo, retry, limit))
        tell = click.echo if dry_run else say
        tell(
            f"To translate: {counted(plan.segments, 'segment')} of "
            f"{counted(plan.articles, 'article')}, {counted(plan.characters, 'character')}"
        )
        if plan.waiting or dry_run:
            ready = [version for run in chain.runs if (version := run.version())]
        if plan.waiting:
            why = "answers to them were rejected; --retry asks again" if ready else NOBODY
            tell(f"Not sent: {counted(plan.waiting, 'segment')} without English ({why})")
        if dry_run:
            click.echo(f"Engines: {', '.join(ready) or 'none can be asked'}")
            report(problems, chain.notes)
            return
        log = TranslationLog()
        with bar("Translating", "paragraphs") as show:
            asked = 0

            def progress(now: int, _seen: int) -> None:
                nonlocal asked
                asked += now
                show(asked, max(asked, plan.segments))

            options = Options(redo, retry, limit, progress)
            translate_stories(stories, memory, chain, log, options)
    report(problems, log.notes)
    for answer in log.rejected[:MAX_SHOWN]:
        where = project_path(project, answer.ref.key)
        start = textwrap.shorten(answer.source, 40, placeholder="…")
        why = printable(f"{answer.reason} · {start}")
        warn(f"NoAnswer: {where}: {answer.engine}: {why}")
    if len(log.rejected) > MAX_SHOWN:
        warn(f"… and {len(log.rejected) - MAX_SHOWN} more rejected answers")
    say(_describe(log.count, rows_of_waiting(log.count, project.settings.translation, names)))
    if names and log.count.pending and not any(run.version() for run in chain.runs):
        warn("Failed: none of the engines named could be asked to the end.")
        ctx.exit(1)


def _describe(count: TranslationCount, waiting: Sequence[tuple[str, str]]) -> str:
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
    return as_rows([*rows, *waiting, *rows_for_editors(count)])


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

"""``build.py export`` and ``build.py import``: the memory as XLIFF or TMX for CAT tools."""

from collections import Counter
from pathlib import Path

import click

from dwiwarta.commands.build import root_option
from dwiwarta.commands.review import memory_name
from dwiwarta.commands.translate import articles_log, project_path
from dwiwarta.files import write_atomic
from dwiwarta.model import State
from dwiwarta.settings import load_project
from dwiwarta.translate import open_memory
from dwiwarta.translate.catfiles import FORMATS, read_units, write_units
from dwiwarta.translate.exchange import Fate, export_units, import_units
from dwiwarta.translate.po import PERSON

_ENDINGS = {".xlf": "xliff", ".xliff": "xliff", ".tmx": "tmx"}
_STATES: dict[str, State | None] = {"pending": None, **{state.value: state for state in State}}


@click.command(name="export")
@root_option
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "file_format",
    type=click.Choice(list(FORMATS)),
    help="Default: by the ending of OUTPUT: .xlf, .xliff or .tmx.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(list(_STATES)),
    help="Only segments in this state; may be given several times.",
)
def export_memory(
    root: Path,
    output: Path,
    articles: tuple[Path, ...],
    file_format: str | None,
    states: tuple[str, ...],
) -> None:
    """Write the memory to OUTPUT, all of it or only that of ARTICLES (files or folders).

    XLIFF also holds what is not translated yet; TMX only pairs. Needs translate-toolkit:
    pip install 'translate-toolkit>=3.15,<4'
    """
    kind = file_format or _ENDINGS.get(output.suffix.lower())
    if kind is None:
        raise click.BadParameter(
            f"{output}: name it {', '.join(_ENDINGS)}, or say --format", param_hint="OUTPUT"
        )
    project = load_project(root.resolve())
    problems = articles_log(project)
    chosen = frozenset(_STATES[name] for name in states) if states else None
    starts = {path: _starts(memory_name(project, path)) for path in articles}
    with open_memory(project.articles_dir, project.cache_dir, problems, read_only=True) as memory:
        for path, start in starts.items():
            if not any(name.startswith(start) for name in memory.index.paths()):
                raise click.BadParameter(
                    f"{path}: no article of this project with a memory file", param_hint="ARTICLES"
                )
        units = export_units(memory, [one for start in starts.values() for one in start], chosen)
    write_atomic(output, write_units(units, kind))
    for line in problems.lines():
        click.echo(line, err=True)
    segments = "1 segment" if len(units) == 1 else f"{len(units)} segments"
    click.echo(f"{output}: {segments} as {kind.upper()}")


def _starts(name: str) -> tuple[str, ...]:
    """How the memory files of an article, an export or a folder begin."""
    if not name:
        return ("",)
    if not name.endswith(".po"):
        return (f"{name}/",)
    return (name, f"{name.removesuffix('.po')}.d/")


@click.command(name="import")
@root_option
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--by", "editor", default=PERSON, show_default=True, help="Who translated.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Where somebody else edited the memory since the export, let the file win.",
)
@click.pass_context
def import_memory(
    ctx: click.Context, root: Path, files: tuple[Path, ...], editor: str, overwrite: bool
) -> None:
    """Take edits and approvals from XLIFF 1.x or TMX FILES into the memory.

    What was not changed in the tool changes nothing here. Where the memory holds a person's text
    that is newer than the export, both are shown, the memory stays as it is, and the exit code
    is 1.
    """
    project = load_project(root.resolve())
    problems = articles_log(project)
    units = [unit for file in files for unit in read_units(file)]
    with open_memory(project.articles_dir, project.cache_dir, problems) as memory:
        results = import_units(memory, units, editor, overwrite=overwrite)
    for line in problems.lines():
        click.echo(line, err=True)
    for one in results:
        if one.fate is Fate.CONFLICT:
            click.echo(f"Conflict: {project_path(project, one.path)}: {one.source}", err=True)
            click.echo(f"    memory: {one.held}\n      file: {one.target}", err=True)
    count = Counter(one.fate for one in results)
    click.echo(", ".join(f"{count[fate]} {fate.value}" for fate in Fate if count[fate]) or "Empty.")
    if count[Fate.CONFLICT] or count[Fate.FAILED]:
        ctx.exit(1)

"""The memory as XLIFF or TMX for CAT tools: ``export``, and that part of ``import``."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from dwiwarta.commands.output import say
from dwiwarta.commands.shared import (
    GivenPath,
    articles_log,
    memory_files,
    project_path,
    report,
    root_option,
    warn,
)
from dwiwarta.errors import MemoryStoreError
from dwiwarta.files import write_atomic
from dwiwarta.model import State
from dwiwarta.settings import Project, load_project
from dwiwarta.text import counted, printable, printable_path
from dwiwarta.translate import open_memory
from dwiwarta.translate.exchange import (
    Fate,
    Imported,
    export_units,
    import_units,
    not_imported,
)
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.xliff_tmx import FORMATS, UNIT_ID, read_units, write_units

_ENDINGS = {".xlf": "xliff", ".xliff": "xliff", ".tmx": "tmx"}
# What Trados, memoQ and Phrase call their XLIFF.
_THEIR_ENDINGS = frozenset((".sdlxliff", ".mqxliff", ".mxliff"))
# What is shown in full, as nobody else has it.
_TOLD = {
    Fate.CONFLICT: "Conflict",
    Fate.EARLIER: "Earlier wording",
    Fate.UNKNOWN: "Unknown",
    Fate.FAILED: "Not stored",
}
_NOT_TAKEN = (Fate.CONFLICT, Fate.UNKNOWN, Fate.FAILED)
_STATES: dict[str, State | None] = {"pending": None, **{state.value: state for state in State}}


@click.command(name="export")
@root_option
@click.argument("output", type=GivenPath(dir_okay=False, path_type=Path))
@click.argument("articles", nargs=-1, type=GivenPath(path_type=Path))
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
@click.option("--force", is_flag=True, help="Replace OUTPUT whatever it is.")
@click.pass_context
def export_memory(
    ctx: click.Context,
    root: Path,
    output: Path,
    articles: tuple[Path, ...],
    file_format: str | None,
    states: tuple[str, ...],
    force: bool,
) -> None:
    """Write the memory to OUTPUT, all of it or only that of ARTICLES (files or folders).

    XLIFF also holds what is not translated yet; TMX only pairs. An earlier export of the same
    kind is replaced, unless somebody worked in it and it was not imported. Needs translate-toolkit:
    .venv/bin/python -m pip install 'translate-toolkit>=3.15,<4'
    """
    kind = file_format or _ENDINGS.get(output.suffix.lower())
    if kind is None:
        raise click.BadParameter(
            f"{output}: name it {', '.join(_ENDINGS)}, or say --format", param_hint="OUTPUT"
        )
    project = load_project(root.resolve())
    _check_output(project, output, kind, force)
    problems = articles_log(project)
    chosen = frozenset(_STATES[name] for name in states) if states else None
    with open_memory(project.articles_dir, project.cache_dir, problems, read_only=True) as memory:
        files = memory_files(project, memory, articles, "ARTICLES")
        if not force and output.exists():
            _check_earlier(output, kind, memory)
        readable = [name for name in files if name not in memory.broken]
        units = export_units(memory, readable, chosen) if readable or not files else []
    report(problems)
    if files and not readable:
        ctx.exit(1)
    pairs = [unit for unit in units if unit.entry.translation]
    left_out = len(units) - len(pairs) if kind == "tmx" else 0
    if left_out:
        units = pairs
    data = write_units(units, kind)
    try:
        write_atomic(output, data)
    except OSError as error:
        raise MemoryStoreError(f"{output}: cannot be written: {error.strerror}") from error
    note = f" ({left_out} without English left out: TMX holds pairs)" if left_out else ""
    say(f"{printable_path(str(output))}: {counted(len(units), 'segment')} as {kind.upper()}{note}")


def _check_output(project: Project, output: Path, kind: str, force: bool) -> None:
    """Raises ``click.BadParameter`` where the export would take the place of something else."""
    full = output.resolve()
    if full.is_relative_to(project.articles_dir.resolve()):
        reason = "an export does not belong among the articles; write it somewhere else"
    elif output.is_symlink():
        reason = "is a link, and nothing is written through one; name the file itself"
    elif not full.parent.is_dir():
        reason = f"there is no folder {output.parent}"
    elif full.exists() and not force and _ENDINGS.get(output.suffix.lower()) != kind:
        reason = f"exists and does not look like {kind.upper()}; --force replaces it"
    elif full.exists() and not force and not full.is_file():  # to read a pipe would wait forever
        reason = "exists and is not a file; --force replaces it"
    else:
        return
    raise click.BadParameter(f"{output}: {reason}", param_hint="OUTPUT")


def _check_earlier(output: Path, kind: str, memory: Memory) -> None:
    """Raises ``click.BadParameter`` where nobody else has what ``output`` holds.

    Only an export of ours may be replaced, by its content, and only if it holds no work that the
    memory lacks.
    """
    empty = write_units([], kind)  # says so where the toolkit is missing
    try:
        units = read_units(output)
        # Without a unit there is no id to know our own by.
        ours = all(UNIT_ID.fullmatch(one.id) for one in units) and (
            bool(units) or output.read_bytes() == empty
        )
    except (MemoryStoreError, OSError):
        ours = False
    if not ours:
        reason = "is not an export of ours"
    elif lacking := not_imported(memory, units):
        reason = f"holds {counted(lacking, 'translation')} not yet imported"
    else:
        return
    raise click.BadParameter(
        f"{output}: exists and {reason}; --force replaces it", param_hint="OUTPUT"
    )


def is_translation(file: Path) -> bool:
    """Whether a file has the name of an exchange file."""
    ending = file.suffix.lower()
    return ending in _ENDINGS or ending in _THEIR_ENDINGS


@dataclass(frozen=True, slots=True)
class Translations:
    """What became of the translations of exchange files."""

    results: tuple[Imported, ...] = ()

    @property
    def all_taken(self) -> bool:
        """Whether each of them that says something new could be stored."""
        return not any(one.fate in _NOT_TAKEN for one in self.results)

    def as_record(self, project: Project) -> dict[str, object]:
        """As ``import --json`` shows it."""
        told = [one for one in self.results if one.fate in _TOLD]
        return {
            "counts": {fate.value: sum(one.fate is fate for one in self.results) for fate in Fate},
            "told": [
                {
                    "fate": one.fate.value,
                    "file": project_path(project, one.path) if one.path else None,
                    "source": one.source,
                    "english": one.target,
                    "held": one.held,
                }
                for one in told
            ],
        }


def import_translations(
    project: Project, files: Sequence[Path], editor: str, *, overwrite: bool
) -> Translations:
    """Take edits and approvals from exchange files into the memory.

    What was not changed in the tool changes nothing here. Where the memory holds a person's text
    that is newer than the export, both are shown and the memory stays as it is. What cannot be
    stored, or belongs to no text of this project, is shown as well.
    """
    problems = articles_log(project)
    units = [unit for file in files for unit in read_units(file)]
    with open_memory(project.articles_dir, project.cache_dir, problems) as memory:
        results = import_units(memory, units, editor, overwrite=overwrite)
    report(problems)
    for one in results:
        if one.fate in _TOLD:
            where = f"{project_path(project, one.path)}: " if one.path else ""
            warn(f"{_TOLD[one.fate]}: {where}{printable(one.source)}")
            if one.fate is Fate.CONFLICT:
                warn(f"    memory: {printable(one.held)}")
            warn(f"      file: {printable(one.target)}")
    count = Counter(one.fate for one in results)
    say(", ".join(f"{count[fate]} {fate.value}" for fate in Fate if count[fate]) or "Empty.")
    return Translations(tuple(results))

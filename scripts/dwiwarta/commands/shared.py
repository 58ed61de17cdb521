"""What several commands take, look up and say: options, places of a project, closing lines."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from dwiwarta.commands.output import is_quiet
from dwiwarta.problems import ProblemLog
from dwiwarta.program_files import place_program_files
from dwiwarta.settings import PROJECT_ROOT, Project
from dwiwarta.starter import IN_CHECKOUT, shown_command
from dwiwarta.text import counted
from dwiwarta.translate import Memory, TranslationCount
from dwiwarta.translate.engines.registry import FACTORIES

# --- what a person gives ------------------------------------------------------------------------


class GivenPath(click.Path):
    """A path that is not there yet, perhaps; "", as of a variable that is not set, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Wrong usage if it is empty, which would else be this folder."""
        if not value:
            self.fail("it is empty; for this folder, write .", param, ctx)
        return super().convert(value, param, ctx)


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT_ROOT,
    show_default="this project" if IN_CHECKOUT else "the folder you are in",
    help="The project folder: articles/, docs/, mkdocs.yml, dwiwarta.yml.",
)
engines_option = click.option(
    "--engines",
    metavar="NAME,…",
    help="Ask these engines, in this order, instead of the configured ones; `none`: memory only.",
)
paths_argument = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
jsonl_option = click.option(
    "--jsonl", is_flag=True, help="One JSON object a line instead of text to read."
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


# --- files of a project -------------------------------------------------------------------------


def project_path(project: Project, name: str) -> str:
    """A file below ``articles/`` as a person in the project's folder can open it."""
    return f"{project.articles_dir.relative_to(project.root).as_posix()}/{name}"


def place_files(root: Path) -> None:
    """Bring the program's files in a project up to date, and say so where that changes any.

    Raises ``SiteError``.
    """
    placed = place_program_files(root)
    if placed and (placed.written or placed.removed) and not is_quiet():
        click.echo(
            f"Theme and manuals of this version: {len(placed.written)} written, "
            f"{len(placed.removed)} removed.",
            err=True,
        )


def articles_log(project: Project) -> ProblemLog:
    """A log of warnings about files below ``articles/``, as a build names them."""
    return ProblemLog().inside(project.articles_dir.relative_to(project.root).as_posix())


def memory_files(
    project: Project, memory: Memory, given: Sequence[Path], param_hint: str
) -> tuple[str, ...]:
    """The memory files that a person means by articles, exports, folders or PO files.

    Their paths below ``articles/``, each once; broken ones are among them. An export stands for
    the files of all its records. Raises ``click.BadParameter`` for what has no memory file.
    """
    names = sorted({*memory.index.paths(), *memory.broken})
    found: dict[str, None] = {}
    for file in given:
        name = memory_name(project, file)
        chosen = [one for one in names if one == name or one.startswith(_folders_of(name))]
        if not chosen:
            raise click.BadParameter(
                f"{file}: no article of this project with a memory file", param_hint=param_hint
            )
        found.update(dict.fromkeys(chosen))
    return tuple(found)


def memory_name(project: Project, file: Path) -> str:
    """A file as a person names it, as the memory knows it: below ``articles/``, ending in .po.

    Looked for from here, from the project's folder and from ``articles/``. "" stands for the whole
    of ``articles/``; a folder's name has no ending.
    """
    base = project.articles_dir.resolve()
    places = [folder / file for folder in (Path(), project.root, base)]
    # Of os.path, as a long title may be given, too, which no file system takes as a name.
    found = (place for place in places if os.path.exists(place))  # noqa: PTH110
    full = next(found, base / file).resolve()
    name = full.relative_to(base).as_posix() if full.is_relative_to(base) else file.as_posix()
    if full == base:
        return ""
    is_folder = os.path.isdir(full)  # noqa: PTH112
    return name if name.endswith(".po") or is_folder else f"{name}.po"


def _folders_of(name: str) -> tuple[str, ...]:
    """How the memory files below a folder, or those of an export's records, begin."""
    if not name:
        return ("",)
    return (f"{name.removesuffix('.po')}.d/",) if name.endswith(".po") else (f"{name}/",)


# --- what a person is told ----------------------------------------------------------------------


def warn(text: str) -> None:
    """A line on standard error: warnings, notes, and whom a command waits for."""
    click.echo(text, err=True)


def report(problems: ProblemLog, notes: Iterable[str] = ()) -> None:
    """Notes, then everything that went wrong, on standard error."""
    for line in (*notes, *problems.lines()):
        warn(line)


def warnings_json(problems: ProblemLog) -> list[dict[str, object]]:
    """What went wrong, as every ``--json`` shows it."""
    return [{"file": one.path, "line": one.line, "reason": one.reason} for one in problems.all]


def as_rows(rows: Iterable[tuple[str, str]]) -> str:
    """The closing lines of a command: a name and what there is to say of it."""
    return "\n".join(f"{name:>15}  {value}" for name, value in rows)


def rows_for_editors(count: TranslationCount) -> list[tuple[str, str]]:
    """The closing lines about English that waits for an editor; none where none does."""
    rows, review = [], shown_command("review")
    if count.pending_rejected:
        answers = f"answers to {count.pending_rejected} of the pending"
        rows.append(("Rejected", f"{answers}, which did not pass the checks: {review}"))
    if count.stale:
        edits = counted(count.stale, "edit")
        rows.append(("Stale", f"{edits} of an earlier wording: {review}"))
    return rows

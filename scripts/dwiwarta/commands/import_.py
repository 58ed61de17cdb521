"""``dwiwarta import``: articles from files and folders, and translations from other tools."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from dwiwarta.commands.arrivals import arrivals
from dwiwarta.commands.exchange import Translations, import_translations, is_translation
from dwiwarta.commands.intake import Fate, Intake, Outcome, outcome_record
from dwiwarta.commands.output import json_option, print_json, say, say_no_more
from dwiwarta.commands.shared import GivenPath, project_path, root_option, warn
from dwiwarta.problems import ProblemLog
from dwiwarta.read import article_files, is_stray, sidecar_of
from dwiwarta.settings import Project, load_project
from dwiwarta.text import printable, printable_path
from dwiwarta.translate.memory.po import PERSON


@click.command(name="import")
@root_option
@click.argument("files", nargs=-1, type=GivenPath(path_type=Path))
@click.option(
    "--watch",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Take the pages that a browser saves there, until Ctrl+C.",
)
@click.option(
    "--move", is_flag=True, help="Remove each file when all that it says is in articles/."
)
@click.option("--by", "editor", default=PERSON, show_default=True, help="Who translated.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Where somebody else edited the memory since the export, let the file win.",
)
@json_option
@click.pass_context
def import_(
    ctx: click.Context,
    root: Path,
    files: tuple[Path, ...],
    watch: Path | None,
    move: bool,
    editor: str,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Take articles from FILES and folders: saved pages, texts, exports and feeds.

    Also edits and approvals of translations, from XLIFF 1.x or TMX. A line says what became of
    each. Nothing is written over, and what is there already (by its address or its text) is not
    taken again. If anything was refused the exit code is 1.
    """
    if not files and watch is None:
        raise click.UsageError("Name files or folders, or --watch a folder.", ctx)
    project = load_project(root.resolve())
    if as_json:
        say_no_more()
    translations = Translations()
    if units := [file for file in files if is_translation(file)]:
        translations = import_translations(project, units, editor, overwrite=overwrite)
    desk = _Desk(project, move=move)
    for file in files:
        if file not in units:
            desk.take_all(file)
    if watch is not None:
        if watch.resolve().is_relative_to(project.articles_dir.resolve()):
            raise click.BadParameter("what is saved there is an article already: build")
        pages = arrivals(watch)
        say(f"Waiting for pages that are saved in {watch}. Stop with Ctrl+C.")
        try:
            for page in pages:
                desk.take(page, str(page))
        except KeyboardInterrupt:
            say("Stopped.")
    count = Counter(outcome.fate for outcome in desk.outcomes)
    if as_json:
        print_json(_as_record(project, desk.outcomes, translations))
    elif len(units) < len(files) or watch is not None:
        said = [f"{count[fate]} {fate.value}" for fate in Fate if count[fate]]
        say(", ".join(said) or "Nothing found.")
    if count[Fate.REFUSED] or not translations.all_taken:
        ctx.exit(1)


def _as_record(
    project: Project, outcomes: Sequence[Outcome], translations: Translations
) -> dict[str, object]:
    """What ``import --json`` prints."""
    return {
        "counts": {fate.value: sum(one.fate is fate for one in outcomes) for fate in Fate},
        "articles": [outcome_record(project, one) for one in outcomes],
        "translations": translations.as_record(project),
    }


class _Desk:
    """Takes files and says what became of each. ``outcomes``: of all so far."""

    def __init__(self, project: Project, *, move: bool) -> None:
        self.outcomes: list[Outcome] = []
        self._project = project
        self._move = move
        self._intake = Intake(project, warn)

    def take_all(self, path: Path) -> None:
        """A file, or all files of a folder that may hold articles."""
        full, root = path.resolve(), self._project.root.resolve()
        if full.is_relative_to(self._project.articles_dir.resolve()):
            self._refuse(str(path), "lies in articles/ already: build")
        elif root.is_relative_to(full):
            self._refuse(str(path), "the project itself lies in it: name what is to be imported")
        elif not os.path.lexists(path):
            self._refuse(str(path), "there is no such file or folder")
        elif not path.is_dir():
            self.take(path, str(path))
        else:
            problems = ProblemLog()
            for file in article_files(path, problems, f"{path.as_posix()}/"):
                if not is_stray(file.name):
                    self.take(file, str(file))
            for fault in problems.all:
                self._refuse(fault.path, fault.reason)

    def take(self, path: Path, shown: str) -> None:
        """One file; what it is refused for is a line, and the next one can be taken."""
        gone = True
        try:
            for outcome in self._intake.take(path, shown):
                gone = gone and outcome.is_kept
                self._tell(outcome)
            if self._move and gone:
                beside = sidecar_of(path)
                path.unlink()
                if beside:  # its decisions are in articles/, too
                    beside.unlink()
        except OSError as error:
            self._refuse(shown, f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))

    def _refuse(self, name: str, reason: str) -> None:
        self._tell(Outcome(Fate.REFUSED, name, reason=reason))

    def _tell(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        name = printable_path(outcome.name)
        place = project_path(self._project, outcome.place)
        if outcome.fate is Fate.REFUSED:
            warn(f"{name}: refused: {printable(outcome.reason)}")
            return
        notes = "".join(f"; {printable(reason)}" for reason in outcome.warnings)
        if outcome.fate is Fate.KNOWN:
            where = f" as {place}" if outcome.place else ""
            say(f"{name}: already there{where} ({outcome.reason})")
            return
        assert outcome.article is not None
        if outcome.article.published is None:
            notes = f"; no date found, add date: …{notes}"
        say(f"{name}: imported as {place}{notes}")

"""``build.py edit``: both columns of an article in the person's own editor."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click

from dwiwarta.commands.correcting import (
    article_argument,
    as_record,
    editor_option,
    find_article,
    memory_file,
    no_build_option,
    rebuild,
    report_of,
    tell,
)
from dwiwarta.commands.output import json_option, print_json, say, say_no_more
from dwiwarta.commands.shared import articles_log, project_path, root_option, warn
from dwiwarta.errors import MemoryStoreError
from dwiwarta.files import read_plain, refuse_link, write_atomic
from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.lock import hold_lock
from dwiwarta.model import Story
from dwiwarta.pipeline.find import Found
from dwiwarta.problems import Problem
from dwiwarta.settings import Project, load_project
from dwiwarta.starter import shown_command
from dwiwarta.text import counted, printable_path
from dwiwarta.translate import memory_path, open_memory
from dwiwarta.translate.corrections import (
    Corrected,
    Correction,
    Fate,
    Line,
    lines_of,
    store_corrections,
)
from dwiwarta.translate.editfile import EditFile, parse, render
from dwiwarta.translate.gate import load_gate_rules

AT_ONCE_SECONDS = 2.0  # an editor that is done sooner, without a change, may still be open
MOST_NAME_BYTES = 249  # file systems take 255, and we add six
_VARIABLES = ("VISUAL", "EDITOR")
_FALLBACKS = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")


@click.command()
@root_option
@article_argument
@editor_option
@no_build_option
@json_option
@click.pass_context
def edit(
    ctx: click.Context, root: Path, article: str, editor: str, no_build: bool, as_json: bool
) -> None:
    """Open both columns of ARTICLE in $VISUAL or $EDITOR, and take back what you changed.

    ARTICLE is its file, its address or a part of its title that no other has. Only English that you
    changed is stored, as your edit. If anything is wrong with the file it is kept, and the same
    command goes on with it.
    """
    _check_editor()
    project = load_project(root.resolve())
    if as_json:
        say_no_more()
    found = find_article(project, article)
    path = _place(project, found.story)
    lock = project.cache_dir / f"edit-{digest_of(str(path))[:16]}.lock"
    what = f"{printable_path(found.story.article.ref.key)}, open in an editor"
    with hold_lock(lock, 0, what=what, error=MemoryStoreError):
        desk = _Desk(project, found, path, editor)
        good, stored = desk.work()
    written = 0 if no_build else rebuild(project, found, stored)
    if as_json:
        print_json(desk.as_record(written))
    ctx.exit(0 if good else 1)


def _place(project: Project, story: Story) -> Path:
    """The file to edit: hidden beside the article's memory, so that no build takes it for one."""
    memory = project.articles_dir / memory_path(story.article.ref)
    name = memory.name.removesuffix(".po")
    if len(name.encode()) > MOST_NAME_BYTES:
        name = digest_of(name)[:16]
    return memory.with_name(f".{name}.edit")


class _Desk:
    """One article's file, from being written to being taken back."""

    def __init__(self, project: Project, found: Found, path: Path, editor: str) -> None:
        self._project = project
        self._found = found
        self._story = found.story
        self._results: list[Corrected] = []
        self._lines: tuple[Line, ...] = ()
        self._warned: list[Problem] = []
        self._path = path
        self._editor = editor
        self._where = memory_file(project, found)
        below = path.relative_to(project.articles_dir).as_posix()
        self._shown = printable_path(project_path(project, below))
        self._glossary, self._rules = load_glossary(), load_gate_rules()

    def as_record(self, pages_written: int) -> dict[str, object]:
        """What ``edit --json`` prints."""
        kept = self._shown if self._path.exists() else None
        return as_record(
            self._where, self._results, self._lines, self._warned, pages_written, kept=kept
        )

    def work(self) -> tuple[bool, int]:
        """Whether all is well, and how many texts were stored."""
        problems = articles_log(self._project)
        with open_memory(
            self._project.articles_dir, self._project.cache_dir, problems, read_only=True
        ) as memory:
            usable = memory.usable(self._story.article.ref)
            lines = self._lines = lines_of(memory, self._story, self._glossary, self._rules)
        if not usable:
            self._warned = report_of(problems, self._project, self._found)
            return False, 0
        before = self._begin(lines)
        while True:
            started = time.monotonic()
            if not self._open():
                return self._give_up(before)
            if self._read() == before and time.monotonic() - started < AT_ONCE_SECONDS:
                self._wait()
            data = self._read()
            said = parse(data)
            if said.empty or not (said.corrections or said.faults):
                self._path.unlink(missing_ok=True)
                say("Nothing was changed.")
                return True, 0
            if not said.faults:
                return self._take(said, lines)
            for fault in said.faults:
                warn(f"{self._shown}:{fault.line}: {fault.reason}")
            if not (sys.stdin.isatty() and click.confirm("Open it again?", default=True)):
                warn(
                    f"Nothing was taken. Your file is kept: {self._shown}; `edit` goes on with it."
                )
                return False, 0

    def _begin(self, lines: tuple[Line, ...]) -> bytes:
        """Write the file, or go on with what an earlier edit left; says what is in it."""
        refuse_link(self._path, self._project.articles_dir)
        if self._path.exists():
            left = self._read()
            said = parse(left)
            if said.corrections or said.faults:
                warn(f"Going on with what was left of an earlier edit: {self._shown}")
                return left
        self._write(lines)
        return self._read()

    def _write(
        self, lines: tuple[Line, ...], mine: tuple[tuple[Correction, str], ...] = ()
    ) -> None:
        text = render(lines, f"English of {self._where.removesuffix('.po')}", mine)
        data = text.encode("utf-8", "replace")
        write_atomic(self._path, data, below=self._project.articles_dir)

    def _read(self) -> bytes:
        """What is in the file; nothing if a person removed it."""
        try:
            return read_plain(self._path, follow=False)
        except FileNotFoundError:
            return b""

    def _open(self) -> bool:
        """Have it edited; False if the editor failed, or there is none."""
        try:
            command = _editor_command()
        except ValueError as error:
            warn(f"EDITOR or VISUAL: cannot be understood: {error}")
            return False
        if not command:
            warn("No editor was found: set EDITOR to its command, such as nano.")
            return False
        try:
            # The person's own setting, and no shell: file names are anybody's.
            code = subprocess.run([*command, str(self._path)], check=False).returncode  # noqa: S603
        except OSError as error:
            warn(f"{printable_path(command[0])}: cannot be run: {error.strerror or error}")
            return False
        if code:
            warn(f"{printable_path(command[0])} ended with exit code {code}: nothing was taken.")
        return code == 0

    def _wait(self) -> None:
        """Some editors hand the file to a window of theirs and end at once."""
        if sys.stdin.isatty():
            click.prompt(
                "The editor came back at once. If it is still open, save there, then press Enter",
                default="", show_default=False, prompt_suffix=" ",
            )  # fmt: skip

    def _give_up(self, before: bytes) -> tuple[bool, int]:
        said = parse(before)
        # What an earlier edit left is a person's work, with faults too.
        if self._read() in (b"", before) and not (said.corrections or said.faults):
            self._path.unlink(missing_ok=True)
        else:
            warn(f"Your file is kept: {self._shown}; `edit` goes on with it.")
        return False, 0

    def _take(self, said: EditFile, lines: tuple[Line, ...]) -> tuple[bool, int]:
        problems = articles_log(self._project)
        with open_memory(
            self._project.articles_dir, self._project.cache_dir, problems, on_wait=warn
        ) as memory:
            results = store_corrections(memory, self._story, said.corrections, self._editor)
            now = lines_of(memory, self._story, self._glossary, self._rules)
        self._warned = report_of(problems, self._project, self._found)
        self._results = results
        good = tell(results, lines, self._where, self._glossary, self._rules)
        stored = sum(one.fate is Fate.STORED for one in results)
        if good:
            self._path.unlink(missing_ok=True)
        else:
            self._keep(results, now)
        say(f"{self._where}: {counted(stored, 'text')} stored as edited by {self._by}.")
        return good, stored

    @property
    def _by(self) -> str:
        return printable_path(self._editor)

    def _keep(self, results: list[Corrected], now: tuple[Line, ...]) -> None:
        """What could not be taken stays in the file, beside what somebody else wrote."""
        there = {line.key for line in now}
        left = [one for one in results if one.fate in (Fate.CONFLICT, Fate.FAILED)]
        if all(one.fate is Fate.CONFLICT and one.correction.key in there for one in left):
            self._write(now, tuple((one.correction, one.held) for one in left))
        warn(f"Your file is kept: {self._shown}; `edit` goes on with it.")


def _check_editor() -> None:
    """Raise ``click.UsageError`` where an editor of ours would wait for a terminal that is none."""
    if os.name == "nt" or any(os.environ.get(name, "").strip() for name in _VARIABLES):
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fix = shown_command("fix ARTICLE 'wrong words' 'right words'")
        raise click.UsageError(
            "There is no terminal to edit in: set EDITOR to the command of an editor with a window "
            f"of its own, or correct single words with {fix}"
        )


def _editor_command() -> list[str]:
    """The person's editor and its options; empty if there is none. Raises ``ValueError``."""
    for name in _VARIABLES:
        if value := os.environ.get(name, "").strip():
            return shlex.split(value, posix=os.name != "nt")
    return [found] if (found := next(filter(None, map(shutil.which, _FALLBACKS)), "")) else []

"""``dwiwarta doctor``: whether a folder is whole, and what an update changed for its articles."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from dwiwarta import __version__
from dwiwarta.clean import load_rules
from dwiwarta.commands.output import say
from dwiwarta.commands.shared import articles_log, project_path, report, root_option, warn
from dwiwarta.errors import SettingsError, SiteError
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.knowledge.overlays import laid, own_file
from dwiwarta.pipeline.changes import Comparison, compare_with_last_build
from dwiwarta.program_files import Placed, place_program_files, uses_our_theme
from dwiwarta.program_origin import program_origin
from dwiwarta.search.schema import search_words
from dwiwarta.settings import Project, load_project
from dwiwarta.starter import is_checkout, shown_command
from dwiwarta.tag import load_tagger
from dwiwarta.text import counted, printable_lines
from dwiwarta.translate.gate import load_gate_rules
from dwiwarta.words import check_own_words

_LINES = 5  # shown of one article
_CHANGES = 50  # articles shown
_SHORT = 10  # letters of a commit
# What the workflow of `init` installs: a version, a wheel's, a tag or a commit.
_PINNED = re.compile(
    r"^dwiwarta[ ]*==[ ]*(?P<version>[\w.!+*-]+)"
    r"|^[^#\s]*/dwiwarta-(?P<wheel>[\w.!+]+)-\S+\.whl"
    r"|^dwiwarta[ ]*@[ ]*git\+\S+@(?:v(?P<tag>\d[\w.]*)|(?P<commit>[0-9a-f]{40,64}))(?=[\s;#]|$)",
    re.MULTILINE,
)


@click.command()
@root_option
@click.pass_context
def doctor(ctx: click.Context, root: Path) -> None:
    """Check a folder, and say what an update of the program changes for its articles.

    Run it after an update and before the next build. Nothing is changed. Exits with 1 if something
    has to be mended.
    """
    root = root.resolve()
    say(f"Dwiwarta {__version__}, {root}")
    faults = [*_missing(root)]
    if not (root / "mkdocs.yml").exists():
        _tell_faults(faults)
        ctx.exit(1)
    placed: Placed | None = None
    try:
        project = load_project(root)
        # What the site itself knows is checked where it is read.
        load_rules(), load_glossary(), load_tagger(), load_gate_rules(), search_words()
        check_own_words()
        placed = place_program_files(root, only_look=True)
    except (SettingsError, SiteError) as error:
        faults += str(error).splitlines()
        _tell_faults(faults)
        ctx.exit(1)
    for line in (*_of_files(root, placed), *_of_publishing(root)):
        say(line)
    if own := [own_file(name) for name in laid().texts]:
        say(f"Own rules: {', '.join(own)}")
    if not project.articles_dir.is_dir():
        _tell_faults(faults)
        ctx.exit(1)
    problems = articles_log(project)
    found = compare_with_last_build(project, problems, warn)
    for line in describe(project, found):
        say(line)
    report(problems)
    faults += [
        f"{project_path(project, name)}:1: belongs to no article: rename it as its article, "
        "or remove it"
        for name in found.orphans
    ]
    _tell_faults(faults, problems.count)
    ctx.exit(1 if faults else 0)


def _tell_faults(faults: list[str], warnings: int = 0) -> None:
    for line in faults:
        click.echo(printable_lines(line))
    if faults:
        say(f"To be mended: {len(faults)}")
    elif warnings:
        say(f"Nothing stops a build; {counted(warnings, 'warning')} of articles.")
    else:
        say("Nothing has to be mended.")


def _missing(root: Path) -> Iterator[str]:
    for name in ("articles", "mkdocs.yml"):
        if not (root / name).exists():
            yield f"{root / name}:1: is missing: {shown_command('init')} makes it"
    if (root / "mkdocs.yml").is_file() and not uses_our_theme(root):
        yield (
            f"{root / 'mkdocs.yml'}:1: theme: custom_dir is not overrides, so that pages lack our "
            f"look: compare with what {shown_command('init')} writes"
        )


def _of_files(root: Path, placed: Placed | None) -> Iterator[str]:
    if placed is None:
        if is_checkout(root):
            yield "Theme and manuals: those of the checkout"
        return
    if placed.before and placed.before != __version__:
        yield f"Theme and manuals: of version {placed.before}"
    for what, names in (("to be written", placed.written), ("to be removed", placed.removed)):
        if names:
            yield f"Theme and manuals: {len(names)} {what} by the next build"
    for name in placed.yours:
        yield f"Yours, not the program's: {name} (delete it to get the program's)"


def _of_publishing(root: Path) -> Iterator[str]:
    """Whether the workflow builds with another version than this one."""
    path = root / "requirements.txt"
    if path.is_symlink() or not path.is_file():
        return
    pinned = _PINNED.search(path.read_text("utf-8", errors="replace"))
    if pinned is None:
        return
    here, theirs = program_origin().requirement, pinned[pinned.lastgroup or 0]
    if pinned.lastgroup == "commit":
        same, theirs = theirs in here or "git+" not in here, theirs[:_SHORT]
    else:
        same = theirs == __version__
    if not same:
        yield (
            f"requirements.txt publishes with {theirs}: write {here} there to publish what you see "
            "here"
        )


def describe(project: Project, found: Comparison) -> Iterator[str]:
    """What differs from the last build, a few lines an article."""
    if found.compared is None:
        yield "No build to compare with: .cache/ is new, or of another kind."
        return
    yield (
        f"Compared with the last build: {counted(found.compared, 'article')}, "
        f"{len(found.changes)} of them come out otherwise"
    )
    for change in found.changes[:_CHANGES]:
        yield f"  {project_path(project, change.article)}"
        for line in change.lines[:_LINES]:
            yield printable_lines(f"    {line}")
        if len(change.lines) > _LINES:
            yield f"    … and {len(change.lines) - _LINES} more"
    if len(found.changes) > _CHANGES:
        yield f"  … and {counted(len(found.changes) - _CHANGES, 'article')} more"

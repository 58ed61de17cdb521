"""What ``edit`` and ``fix`` have in common: which article, who corrects, what is told after."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from dwiwarta.commands.output import Steps, detail, is_verbose, say
from dwiwarta.commands.shared import memory_name, project_path, report, warn
from dwiwarta.knowledge.glossary import Glossary
from dwiwarta.pipeline import build
from dwiwarta.pipeline.find import Found, find_articles
from dwiwarta.problems import Problem, ProblemLog
from dwiwarta.read import SIDECAR_ENDINGS
from dwiwarta.settings import Project
from dwiwarta.starter import shown_command
from dwiwarta.text import counted, printable, printable_path
from dwiwarta.translate import memory_path
from dwiwarta.translate.corrections import Corrected, Fate, Line, doubts
from dwiwarta.translate.gate import GateRules
from dwiwarta.translate.memory.po import PERSON

MOST_NAMED = 10

article_argument = click.argument("article", metavar="ARTICLE")
editor_option = click.option(
    "--by", "editor", default=PERSON, show_default=True, envvar="DWIWARTA_EDITOR",
    help="Who corrects; or set DWIWARTA_EDITOR.",
)  # fmt: skip
no_build_option = click.option(
    "--no-build", is_flag=True, help="Change the memory alone; the next build shows it."
)


def find_article(project: Project, name: str) -> Found:
    """The one article that a person means. Raises ``click.BadParameter``."""
    # What else is wrong with articles, a build says.
    found = find_articles(
        project, name, memory_name(project, Path(name)), ProblemLog(), on_wait=warn
    )
    if not found:
        reason = (
            "no article of this project has this file, address or part of a title "
            "(articles with skip have no page)"
        )
    elif len(found) > 1:
        rows = [f"  {_where(project, one)}: {_title(one)}" for one in found[:MOST_NAMED]]
        more = [f"  … and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
        reason = "\n".join([f"{len(found)} articles; name one of:", *rows, *more])
    else:
        (one,) = found
        if one.copy:
            copy = printable_path(project_path(project, one.copy.key))
            warn(f"{copy} is merged into {_where(project, one)}, which the page shows.")
        if not (project.articles_dir / memory_path(one.story.article.ref)).exists():
            # It may have been renamed: then the build finds its memory, which goes before ours.
            problems = ProblemLog()
            build(project, problems, detail, engines=(), with_site=False, on_wait=warn)
            report_of(problems, project, one)
        return one
    raise click.BadParameter(f"{printable(name)}: {reason}", param_hint="ARTICLE")


def _where(project: Project, found: Found) -> str:
    return printable_path(project_path(project, found.story.article.ref.key))


def _title(found: Found) -> str:
    return printable(found.story.article.title)


def memory_file(project: Project, found: Found) -> str:
    """An article's memory file as a person can open it."""
    name = memory_path(found.story.article.ref).as_posix()
    return printable_path(project_path(project, name))


def report_of(
    problems: ProblemLog, project: Project, found: Found, notes: Iterable[str] = ()
) -> list[Problem]:
    """Notes, and what went wrong with this very article, which is given back.

    What went wrong with others is counted in a line: a build tells it.
    """
    own = _files_of(project, found)
    of_it = ProblemLog()
    for one in problems.all:
        if one.path in own:
            of_it.warn(one.path, one.line, one.reason)
    for path, text in problems.notes:
        if path in own:
            of_it.note(path, text)
    report(of_it, notes)
    if others := problems.count - of_it.count:
        warn(f"{counted(others, 'warning')} about other files: {shown_command('build')} shows them")
    return list(of_it.all)


def _files_of(project: Project, found: Found) -> frozenset[str]:
    """Where what is wrong with an article may stand: its file, its sidecar, its memory."""
    refs = [found.story.article.ref, *(copy.ref for copy in found.story.copies)]
    names = [name for ref in refs for name in (ref.path, *_beside(ref.path), str(memory_path(ref)))]
    return frozenset(project_path(project, name) for name in names)


def _beside(path: str) -> tuple[str, ...]:
    return tuple(path + ending for ending in SIDECAR_ENDINGS)


def as_record(
    where: str,
    results: Iterable[Corrected],
    lines: Sequence[Line],
    warnings: Iterable[Problem],
    pages_written: int,
    **more: object,
) -> dict[str, object]:
    """What ``edit --json`` and ``fix --json`` print. ``where``: the memory file."""
    places = {line.key: line.place for line in lines}
    return {
        "file": where,
        "corrections": [
            {
                "fate": one.fate.value,
                "place": places.get(one.correction.key),
                "source": one.correction.key.source,
                "english": one.correction.english,
                "held": one.held,
            }
            for one in results
        ],
        **more,
        "pages_written": pages_written,
        "warnings": [{"file": w.path, "line": w.line, "reason": w.reason} for w in warnings],
    }


def tell(
    results: Iterable[Corrected],
    lines: Sequence[Line],
    where: str,
    glossary: Glossary,
    rules: GateRules,
) -> bool:
    """Say what became of corrections, and what speaks against them; says whether all are stored."""
    places = {line.key: line.place for line in lines}
    good = True
    for one in results:
        key, english = one.correction.key, one.correction.english
        place = places.get(key, "a text that the article does not hold any more")
        if one.fate is Fate.CONFLICT:
            good = False
            warn(f"conflict: {where}: {place}: somebody else wrote meanwhile")
            warn(f"    memory: {printable(one.held)}")
            warn(f"      you: {printable(english)}")
        elif one.fate is Fate.FAILED:
            good = False
            warn(f"not stored: {where}: {place}: {printable(english)}")
        elif one.fate is Fate.STORED:
            say(f"{where}: {place}: {printable(english)}")
            if found := doubts(key.source, english, glossary, rules):
                warn(f"doubtful, but stored as you decide: {place}: {printable(found)}")
    return good


def rebuild(project: Project, found: Found, changed: int) -> int:
    """Bring the pages up to date that show what was changed; no engine is asked.

    Says how many pages were written.
    """
    if not changed:
        return 0
    problems = ProblemLog()
    steps = Steps(shown=is_verbose())
    try:
        summary = build(project, problems, steps, engines=(), on_wait=warn)
    finally:
        steps.close()
    report_of(problems, project, found, summary.notes)
    say(f"Rebuilt: {counted(summary.pages_written, 'page')} written.")
    return summary.pages_written

"""``build.py fix``: one sentence corrected from the command line."""

from pathlib import Path

import click

from dwiwarta.commands.correcting import (
    article_argument,
    editor_option,
    find_article,
    memory_file,
    no_build_option,
    rebuild,
    tell,
)
from dwiwarta.commands.shared import articles_log, report, root_option, warn
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.settings import load_project
from dwiwarta.text import printable
from dwiwarta.translate import open_memory
from dwiwarta.translate.corrections import (
    Correction,
    Fate,
    Line,
    base_of,
    lines_of,
    nearest,
    pattern_of,
    store_corrections,
)
from dwiwarta.translate.gate import load_gate_rules


@click.command()
@root_option
@article_argument
@click.argument("wrong")
@click.argument("right")
@click.option("--all", "everywhere", is_flag=True, help="Change every place that has the words.")
@editor_option
@no_build_option
@click.pass_context
def fix(
    ctx: click.Context,
    root: Path,
    article: str,
    wrong: str,
    right: str,
    everywhere: bool,
    editor: str,
    no_build: bool,
) -> None:
    """Put RIGHT in place of the words WRONG in the English of ARTICLE, as your edit.

    ARTICLE is its file, its address or a part of its title that no other has. Where the words stand
    in several places all are shown, and none is changed without --all. Then the page is built anew.
    """
    if not wrong.split():
        raise click.BadParameter("no words", param_hint="WRONG")
    project = load_project(root.resolve())
    found = find_article(project, article)
    where = memory_file(project, found)
    problems = articles_log(project)
    glossary, rules = load_glossary(), load_gate_rules()
    pattern = pattern_of(wrong)
    with open_memory(project.articles_dir, project.cache_dir, problems, on_wait=warn) as memory:
        lines = lines_of(memory, found.story, glossary, rules)
        hits = [(line, len(pattern.findall(line.english))) for line in lines]
        hits = [(line, count) for line, count in hits if count]
        if not hits or (sum(count for _, count in hits) > 1 and not everywhere):
            _tell_places(where, wrong, lines, hits)
            report(problems)
            ctx.exit(1)
        corrections = [
            Correction(line.key, pattern.sub(lambda _: right, line.english), base_of(line.english))
            for line, _ in hits
        ]
        if not all(one.english.strip() for one in corrections):
            raise click.BadParameter("nothing would be left", param_hint="RIGHT")
        results = store_corrections(memory, found.story, corrections, editor)
    report(problems)
    good = tell(results, lines, where, glossary, rules)
    if not no_build:
        rebuild(project, sum(one.fate is Fate.STORED for one in results))
    ctx.exit(0 if good else 1)


def _tell_places(
    where: str, wrong: str, lines: tuple[Line, ...], hits: list[tuple[Line, int]]
) -> None:
    if hits:
        warn(f"{where}: {printable(wrong)!r} stands in several places; nothing was changed:")
        for line, count in hits:
            times = f" ({count} times)" if count > 1 else ""
            warn(f"  {line.place}{times}: {printable(line.english)}")
        warn("Give more of the words around it, or --all for every place.")
        return
    warn(f"{where}: {printable(wrong)!r} stands nowhere in the English; nothing was changed.")
    near = nearest(lines, wrong)
    if near:
        warn("Nearest:")
    for line in near:
        warn(f"  {line.place}: {printable(line.english)}")

"""``build.py fix``: one sentence corrected from the command line."""

from collections.abc import Sequence
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
from dwiwarta.commands.output import json_option, print_json, say_no_more
from dwiwarta.commands.shared import articles_log, root_option, warn
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
@json_option
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
    as_json: bool,
) -> None:
    """Put RIGHT in place of the words WRONG in the English of ARTICLE, as your edit.

    ARTICLE is its file, its address or a part of its title that no other has. Where the words stand
    in several places all are shown, and none is changed without --all. Then the page is built anew.
    """
    if not wrong.split():
        raise click.BadParameter("no words", param_hint="WRONG")
    project = load_project(root.resolve())
    if as_json:
        say_no_more()
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
            near = [] if hits else nearest(lines, wrong)
            if as_json:
                places = [_place(line, count) for line, count in hits]
                close = [_place(line, 0) for line in near]
                warned = report_of(problems, project, found)
                print_json(as_record(where, (), lines, warned, 0, places=places, nearest=close))
            else:
                _tell_places(where, wrong, hits, near)
                report_of(problems, project, found)
            ctx.exit(1)
        corrections = [
            Correction(line.key, pattern.sub(lambda _: right, line.english), base_of(line.english))
            for line, _ in hits
        ]
        if not all(one.english.strip() for one in corrections):
            raise click.BadParameter("nothing would be left", param_hint="RIGHT")
        results = store_corrections(memory, found.story, corrections, editor)
    warned = report_of(problems, project, found)
    good = tell(results, lines, where, glossary, rules)
    written = 0
    if not no_build:
        written = rebuild(project, found, sum(one.fate is Fate.STORED for one in results))
    if as_json:
        print_json(as_record(where, results, lines, warned, written, places=[], nearest=[]))
    ctx.exit(0 if good else 1)


def _place(line: Line, count: int) -> dict[str, object]:
    return {"place": line.place, "times": count, "english": line.english}


def _tell_places(
    where: str, wrong: str, hits: Sequence[tuple[Line, int]], near: Sequence[Line]
) -> None:
    if hits:
        warn(f"{where}: {printable(wrong)!r} stands in several places; nothing was changed:")
        for line, count in hits:
            times = f" ({count} times)" if count > 1 else ""
            warn(f"  {line.place}{times}: {printable(line.english)}")
        warn("Give more of the words around it, or --all for every place.")
        return
    warn(f"{where}: {printable(wrong)!r} stands nowhere in the English; nothing was changed.")
    if near:
        warn("Nearest:")
    for line in near:
        warn(f"  {line.place}: {printable(line.english)}")

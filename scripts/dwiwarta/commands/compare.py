"""``build.py compare``: which articles are the same, and which tell the same story."""

import dataclasses
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dwiwarta.commands.output import bar_over, json_option, print_json
from dwiwarta.commands.shared import (
    jsonl_option,
    paths_argument,
    report,
    root_option,
    warnings_json,
)
from dwiwarta.dedupe import decide_pairs, find_pairs, group_stories
from dwiwarta.model import Article, Pair, Relation, SourceRef
from dwiwarta.pipeline.looked import Looked, look_at
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import DedupeSettings
from dwiwarta.text import counted, json_for_logs, printable_path


@click.command()
@paths_argument
@root_option
@jsonl_option
@json_option
def compare(paths: tuple[Path, ...], root: Path, jsonl: bool, as_json: bool) -> None:
    """Find articles that are copies of each other or tell the same story.

    PATH is a folder or a file. With one folder its articles are named relative to it, otherwise
    by the path as given. Nothing is written. Files that cannot be used are named at the end, on
    standard error.
    """
    problems = ProblemLog()
    looked = look_at(root, paths, problems, as_built=True)
    articles = read_articles(looked, problems)
    verdicts = compare_articles(articles, problems, looked.pairs(articles))
    titles = {article.ref: article.title for article in articles}
    if as_json:
        pairs = [as_record(pair) for pair in verdicts]
        print_json({"articles": len(articles), "pairs": pairs, "warnings": warnings_json(problems)})
        report(problems)
        return
    for pair in verdicts:
        click.echo(as_line(pair) if jsonl else as_text(pair, titles[pair.a], titles[pair.b]))
    if not jsonl:
        copies = sum(pair.relation is Relation.SAME_ARTICLE for pair in verdicts)
        click.echo(
            f"{counted(len(articles), 'article')}: "
            f"{counted(copies, 'pair of copies', 'pairs of copies')}, "
            f"{counted(len(verdicts) - copies, 'pair')} telling the same story"
        )
    report(problems)


def read_articles(looked: Looked, problems: ProblemLog) -> tuple[Article, ...]:
    """The articles that a build compares, each once. Unusable ones go to ``problems``."""
    articles: dict[SourceRef, Article] = {}
    for file in bar_over(looked.files(problems), "Looking at articles", "files", len(looked)):
        for one in file:
            articles.setdefault(one.article.ref, one.article)
    return tuple(articles[ref] for ref in sorted(articles))


def compare_articles(
    articles: Sequence[Article],
    problems: ProblemLog | None = None,
    found: Sequence[Pair] | None = None,
) -> tuple[Pair, ...]:
    """The pairs that were found, and those that end on one page as copies of a third article.

    What editors decided counts as in a build; what cannot be followed goes to ``problems``.
    ``found``: what ``find_pairs`` says of them, if that is known.
    """
    problems = ProblemLog() if problems is None else problems
    found = find_pairs(articles) if found is None else found
    pairs = {(pair.a, pair.b): pair for pair in decide_pairs(articles, found, ProblemLog())}
    for story in group_stories(articles, found, DedupeSettings(), problems):
        refs = sorted(one.ref for one in (story.article, *story.copies))
        for a, b in itertools.combinations(refs, 2):
            known = pairs.get((a, b), Pair(a, b, Relation.SAME_ARTICLE, 0.0, 0.0))
            pairs[a, b] = dataclasses.replace(known, relation=Relation.SAME_ARTICLE)
    return tuple(pairs[key] for key in sorted(pairs))


def as_record(pair: Pair) -> dict[str, str]:
    """A pair as ``--json`` and ``--jsonl`` print it."""
    return {"a": pair.a.key, "b": pair.b.key, "relation": pair.relation.value}


def as_line(pair: Pair) -> str:
    """A pair as a line of ``compare --jsonl``."""
    return json_for_logs(json.dumps(as_record(pair), ensure_ascii=False))


def as_text(pair: Pair, title_a: str, title_b: str) -> str:
    """A pair as text for a person."""
    measures = f"jaccard {pair.jaccard:.2f}, containment {pair.containment:.2f}"
    lines = (
        f"{pair.relation.value} ({measures})",
        f"  {pair.a.key}: {title_a}",
        f"  {pair.b.key}: {title_b}",
        f"  if that is wrong, write into {_place(pair.a)}",
        *(f"    {line}" for line in _lines_to_paste(pair)),
    )
    return "\n".join([*map(printable_path, lines), ""])


def _place(ref: SourceRef) -> str:
    """Where an editor decides about an article."""
    if ref.record:
        return f"{ref.path}.yml, below records: {ref.record}:"
    if ref.path.lower().endswith((".md", ".markdown")):
        return f"the front matter of {ref.path}:"
    return f"{ref.path}.yml:"


def _lines_to_paste(pair: Pair) -> Iterator[str]:
    other = json.dumps(pair.b.key, ensure_ascii=False)  # a quoted text in YAML too
    if pair.relation is Relation.SAME_ARTICLE:
        yield f"not_same_as: {other}    # a page each"
        yield f"not_story: {other}    # and no link between them"
    else:
        yield f"not_story: {other}    # no link between them"
        yield f"same_as: {other}    # one page for both"

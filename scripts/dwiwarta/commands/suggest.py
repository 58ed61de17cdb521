"""``build.py suggest-boilerplate``: short lines that many articles share, for an editor."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import click
import yaml

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.commands.inspect import read_paths
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import PROJECT_ROOT, load_project
from dwiwarta.text import squash

# A longer line that articles share is a paragraph of a republished text, not a part of the page.
MOST_CHARACTERS = 90
MOST_WORDS = 12


@dataclass(slots=True)
class Candidate:
    """A line found in several articles; those that differ only in numbers count as one line."""

    line: str
    articles: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)


@click.command("suggest-boilerplate")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option(
    "--least", type=click.IntRange(min=2), default=5, show_default=True, help="Articles at least."
)
def suggest_boilerplate(paths: tuple[Path, ...], least: int) -> None:
    """List short lines that recur across articles, as entries for boilerplate.yml.

    Only lines that cleaning leaves in are listed. Nothing is changed: paste what is boilerplate
    under `general` or an outlet of scripts/dwiwarta/knowledge/boilerplate.yml, narrow the pattern,
    and give each a line that it must spare; the tests check both.
    """
    settings = load_project(PROJECT_ROOT).settings
    problems = ProblemLog()
    rules = load_rules()
    found: dict[str, Candidate] = {}
    for raw in read_paths(paths, settings.input, problems):
        try:
            collect(clean_article(raw, rules), found)
        except ArticleError as error:
            problems.add(error)
    click.echo(as_yaml(found, least), nl=False)
    for line in problems.lines():
        click.echo(line, err=True)


def collect(article: Article, found: dict[str, Candidate]) -> None:
    """Add an article's short lines to ``found``, keyed by their letters."""
    outlet = article.outlet or article.ref.path.rpartition("/")[0]
    for line in article.paragraphs:
        if len(line) > MOST_CHARACTERS or len(line.split()) > MOST_WORDS:
            continue
        key = re.sub(r"\d+", "0", squash(line))
        if key:
            candidate = found.setdefault(key, Candidate(line))
            candidate.line = min(candidate.line, line)
            candidate.articles.add(article.ref.key)
            candidate.outlets.add(outlet)


def as_yaml(found: dict[str, Candidate], least: int) -> str:
    """The candidates in ``least`` articles or more, most frequent first, as YAML entries."""
    chosen = sorted(
        (c for c in found.values() if len(c.articles) >= least),
        key=lambda c: (-len(c.articles), c.line),
    )
    taken: dict[str, int] = defaultdict(int)
    out = [f"# {len(chosen)} candidates\n"]
    for candidate in chosen:
        out.append(
            f"# in {len(candidate.articles)} articles of {len(candidate.outlets)} outlets,"
            f" {min(candidate.articles)} for one\n"
        )
        entry = {
            "id": _free_id(candidate.line, taken),
            "action": "line",
            "pattern": f"^{_as_pattern(candidate.line)}$",
            "matches": candidate.line,
            "spares": [],
        }
        out.append(yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=1000))
    return "".join(out)


def _as_pattern(line: str) -> str:
    """The line as a pattern in which any number fits where it has one."""
    return re.sub(r"\d+", r"\\d{1,9}", re.escape(line).replace("\\ ", " "))


def _free_id(line: str, taken: dict[str, int]) -> str:
    words = re.findall(r"[a-z0-9]+", line.lower())[:4]
    name = "-".join(words) or "line"
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"

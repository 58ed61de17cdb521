"""``build.py suggest-boilerplate``: short lines that many articles share, for an editor."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from textwrap import indent

import click
import yaml
from pydantic import ValidationError

from dwiwarta.clean import load_rules
from dwiwarta.clean.ruleschema import PatternRule
from dwiwarta.commands.output import bar_over
from dwiwarta.commands.shared import paths_argument, report, root_option
from dwiwarta.model import Article
from dwiwarta.pipeline.looked import look_at
from dwiwarta.problems import ProblemLog
from dwiwarta.text import squash

# A longer line that articles share is a paragraph of a republished text, not a part of the page.
MOST_CHARACTERS = 90
MOST_WORDS = 12
# A line of fewer letters (a figure, a score, a unit) is part of a table.
LEAST_LETTERS = 3

# Makes a sentence of a suggested line.
_MADE_UP = "kata warga"


@dataclass(slots=True)
class Candidate:
    """A line found in several articles; those that differ only in numbers count as one line."""

    line: str
    articles: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)


@click.command("suggest-boilerplate")
@paths_argument
@root_option
@click.option(
    "--least", type=click.IntRange(min=2), default=5, show_default=True, help="Articles at least."
)
def suggest_boilerplate(paths: tuple[Path, ...], root: Path, least: int) -> None:
    """List short lines that recur across articles, as entries for boilerplate.yml.

    Only lines that cleaning leaves in are listed. Nothing is changed: paste what is boilerplate
    below `general:` of scripts/dwiwarta/knowledge/boilerplate.yml, as it stands, or indented four
    more below the `patterns:` of an outlet. The line under `spares` is made up: put a real
    sentence there that looks like the pattern and has to stay.
    """
    problems = ProblemLog()
    found: dict[str, Candidate] = {}
    looked = look_at(root, paths, problems)
    for file in bar_over(looked.files(problems), "Looking at articles", "files", len(looked)):
        for one in file:
            collect(one.article, found)
    ids = (pattern.name.rpartition("/")[2] for pattern in load_rules().general)
    click.echo(as_yaml(found, least, ids), nl=False)
    report(problems)


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


def as_yaml(found: dict[str, Candidate], least: int, ids: Iterable[str] = ()) -> str:
    """The candidates in ``least`` articles or more, most frequent first, as YAML entries.

    Every entry is valid as it stands; ``ids`` are taken already.
    """
    taken = set(ids)
    out = []
    for candidate in sorted(found.values(), key=lambda c: (-len(c.articles), c.line)):
        if len(candidate.articles) < least or not _says_something(candidate.line):
            continue
        entry = {
            "id": _free_id(candidate.line, taken),
            "action": "line",
            "pattern": f"^{_as_pattern(candidate.line)}$",
            "matches": candidate.line,
            "spares": f"{candidate.line}, {_MADE_UP}.",
        }
        try:
            PatternRule.model_validate(entry)
        except ValidationError:  # such as a pattern that could take very long
            continue
        lines = (
            f"# in {len(candidate.articles)} articles of {len(candidate.outlets)} outlets,"
            f" {min(candidate.articles)} for one; put a real sentence under spares\n"
        ) + yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=1000)
        out.append(indent(lines, "  "))
    return "".join([f"  # {len(out)} candidates\n", *out])


def _says_something(line: str) -> bool:
    """Whether a pattern made of the line says what it takes away: a bare number is a table's."""
    return sum(character.isalpha() for character in line) >= LEAST_LETTERS


def _as_pattern(line: str) -> str:
    """The line as a pattern in which any number fits where it has one."""
    return re.sub(r"\d+", r"\\d{1,9}", re.escape(line).replace("\\ ", " "))


def _free_id(line: str, taken: set[str]) -> str:
    """A name made of the line's first words that no pattern has yet; it is ``taken`` from now."""
    words = re.findall(r"[a-z0-9]+", line.lower())[:4]
    name = "-".join(words) or "line"
    free = next(one for n in count(1) if (one := name if n == 1 else f"{name}-{n}") not in taken)
    taken.add(free)
    return free

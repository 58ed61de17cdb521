"""What has changed for articles since the last build: after an update of the program, by it.

The last build's results are read from the cache as plain JSON and by the names of a few fields, as
the classes of another version may have been others. What cannot be read so is not compared.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.clean import load_rules
from dwiwarta.dedupe import find_pairs
from dwiwarta.files import read_plain
from dwiwarta.model import Article, Relation, Tags
from dwiwarta.pipeline.run import hold_project
from dwiwarta.pipeline.stages import TABLES
from dwiwarta.pipeline.whole import clean_all
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.settings import Project
from dwiwarta.tag import load_tagger
from dwiwarta.translate import find_orphans, memory_path, open_memory


@dataclass(frozen=True, slots=True)
class State:
    """What is compared of an article. ``copies``: keys of those that tell the same."""

    title: str
    paragraphs: tuple[str, ...]
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    topics: tuple[str, ...]
    copies: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Change:
    """An article that comes out otherwise now. ``lines``: in what, a line each."""

    article: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``compared``: articles that the last build knew, too; None if there is no such build.

    ``orphans``: memory files whose article is gone, as ``find_orphans`` knows them.
    """

    compared: int | None
    changes: tuple[Change, ...]
    orphans: tuple[str, ...]


def compare_with_last_build(
    project: Project, problems: ProblemLog, on_wait: Callable[[str], None]
) -> Comparison:
    """Make all articles anew, and compare them with what the last build made of them.

    Writes nothing. Raises ``SiteError`` if another build takes too long.
    """
    before = _last_build(project, on_wait)
    raws = read_folder(project.articles_dir, project.settings.input, problems)
    articles = clean_all(raws, load_rules(), problems)
    now = _states(articles)
    changes = [
        Change(key, lines)
        for key, state in sorted(now.items())
        if key in before and (lines := _differences(before[key], state))
    ]
    known = {memory_path(raw.ref).as_posix() for raw in raws}
    orphans: list[str] = []
    if not problems.unread:
        with open_memory(
            project.articles_dir, project.cache_dir, problems, read_only=True
        ) as memory:
            orphans = find_orphans(memory, known)
    return Comparison(
        len(now.keys() & before.keys()) if before else None,
        tuple(changes),
        tuple(orphans),
    )


def _states(articles: tuple[Article, ...]) -> dict[str, State]:
    tagger = load_tagger()
    pairs = find_pairs(articles)
    same = [(p.a.key, p.b.key) for p in pairs if p.relation is Relation.SAME_ARTICLE]
    copies = _copies(same)
    found = {}
    for article in articles:
        tags: Tags = tagger.tag(article)
        found[article.ref.key] = State(
            article.title,
            tuple(article.paragraphs),
            tags.about,
            tuple(body.code for body in tags.bodies),
            tuple(topic.id for topic in tags.topics),
            copies.get(article.ref.key, frozenset()),
        )
    return found


def _last_build(project: Project, on_wait: Callable[[str], None]) -> dict[str, State]:
    path = project.cache_dir / CACHE_NAME
    if not path.is_file() or path.is_symlink() or project.cache_dir.is_symlink():
        return {}
    with _opened(project, path, on_wait) as cache:
        wholes, pairs = cache.load("whole"), cache.load("pairs")
    copies: Mapping[str, frozenset[str]] = {}
    for _, data in pairs.values():
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            copies = _copies(
                [
                    (_key(pair["a"]), _key(pair["b"]))
                    for pair in json.loads(data)["pairs"]
                    if pair["relation"] == Relation.SAME_ARTICLE.value
                ]
            )
    found = {}
    for name, (_, data) in wholes.items():
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            found[name] = _stored(json.loads(data), copies.get(name, frozenset()))
    return found


@contextmanager
def _opened(project: Project, path: Path, on_wait: Callable[[str], None]) -> Iterator[Cache]:
    """The cache; a copy of it where nobody may write, and so no build is at work."""
    if os.access(path.parent, os.W_OK | os.X_OK):
        with hold_project(project, on_wait), Cache(path, TABLES) as cache:
            yield cache
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / CACHE_NAME
        copy.write_bytes(read_plain(path))
        with Cache(copy, TABLES) as cache:
            yield cache


def _stored(whole: Any, copies: frozenset[str]) -> State:
    article, tags = whole
    return State(
        str(article["title"]),
        tuple(map(str, article["paragraphs"])),
        tuple(str(one["code"]) for one in tags["countries"] if one["about"]),
        tuple(str(one["code"]) for one in tags["bodies"]),
        tuple(str(one["id"]) for one in tags["topics"]),
        copies,
    )


def _key(ref: Any) -> str:
    path, record = str(ref["path"]), str(ref.get("record", ""))
    return f"{path}#{record}" if record else path


def _copies(pairs: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {key: frozenset(others) for key, others in found.items()}


def _differences(before: State, now: State) -> tuple[str, ...]:
    lines = []
    if before.title != now.title:
        lines.append(f"title: {before.title!r} → {now.title!r}")
    gone = [one for one in before.paragraphs if one not in set(now.paragraphs)]
    new = [one for one in now.paragraphs if one not in set(before.paragraphs)]
    lines += [f"merged with {one}" for one in sorted(now.copies - before.copies)]
    lines += [f"no copy of {one} any more" for one in sorted(before.copies - now.copies)]
    lines += [f"paragraph gone: {_short(one)}" for one in gone]
    lines += [f"paragraph new:  {_short(one)}" for one in new]
    if not gone and not new and before.paragraphs != now.paragraphs:
        lines.append("paragraphs: the same in another order or number")
    for what, old, current in (
        ("countries", before.countries, now.countries),
        ("bodies", before.bodies, now.bodies),
        ("topics", before.topics, now.topics),
    ):
        if set(old) != set(current):
            lines.append(f"{what}: {' '.join(old) or '-'} → {' '.join(current) or '-'}")
    return tuple(lines)


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"

"""``build.py inspect``: what the pipeline makes of articles, without building a site."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from dwiwarta.clean import clean_article, days_ahead, load_rules, unused_drops
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article, Evidence, RawArticle, Tags
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.read.files import ARTICLE_ENDINGS, EXPORT_ENDINGS
from dwiwarta.read.folder import article_files, is_companion, is_stray
from dwiwarta.settings import PROJECT_ROOT, InputSettings, load_project
from dwiwarta.tag import load_tagger

SUFFIXES = frozenset((*ARTICLE_ENDINGS, *EXPORT_ENDINGS))


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option("--jsonl", is_flag=True, help="One JSON object a line instead of text to read.")
@click.option("--explain", is_flag=True, help="Show which words gave each tag.")
def inspect(paths: tuple[Path, ...], jsonl: bool, explain: bool) -> None:
    """Show title, date, paragraphs, tags and what was removed, for files and whole folders.

    Nothing is written. Files that cannot be used are named at the end, on standard error.
    """
    settings = load_project(PROJECT_ROOT).settings
    problems = ProblemLog()
    rules = load_rules()
    tagger = load_tagger()
    shown: list[Article] = []
    for raw in read_paths(paths, settings.input, problems):
        try:
            article = clean_article(raw, rules)
        except ArticleError as error:
            problems.add(error)
            continue
        for ref, reason in days_ahead([raw], [article]):
            problems.warn(ref.path, ref.line, reason)
        if article.overrides.drop:
            shown.append(article)
        tags = tagger.tag(article)
        if jsonl:
            click.echo(json.dumps(as_record(article, tags, explain), ensure_ascii=False))
        else:
            click.echo(as_text(article, tags, explain))
    for path, start in unused_drops(shown):
        problems.warn(path, 1, f"drop: no paragraph begins with {start!r}")
    for line in problems.lines():
        click.echo(line, err=True)


def read_paths(
    paths: tuple[Path, ...], settings: InputSettings, problems: ProblemLog
) -> Iterator[RawArticle]:
    """Read files, and folders with everything below, in a fixed order; one at a time.

    What lies beside articles (``.po``, sidecars, ``README``) is passed over without a word, so
    that ``articles/*`` can be given as it is.
    """
    for path in paths:
        if is_companion(path):
            continue
        if is_stray(path.name) and path.is_file():
            problems.note(path.as_posix(), "no article, left alone")
            continue
        for file in _files_of(path, problems) if path.is_dir() else (path,):
            try:
                yield from read_file(file, file.as_posix(), settings, problems)
            except ArticleError as error:
                problems.add(error)


def _files_of(folder: Path, problems: ProblemLog) -> list[Path]:
    """The articles in a folder. Other kinds of files are no fault here: any folder may be given."""
    found = article_files(folder, problems, f"{folder.as_posix()}/")
    return sorted(file for file in found if file.suffix.lower() in SUFFIXES)


def as_record(article: Article, tags: Tags, explain: bool) -> dict[str, object]:
    """An article as the JSON object that ``inspect --jsonl`` prints."""
    record: dict[str, object] = {
        "file": article.ref.key,
        "title": article.title,
        "published": article.published.iso if article.published else None,
        "paragraphs": article.paragraphs,
        "removed": [
            {"text": r.text, "reason": r.reason, **({"kind": r.kind.value} if explain else {})}
            for r in article.removed
        ],
        "kept": [{"text": kept.text, "reason": kept.reason} for kept in article.kept],
        "repairs": [{"text": r.text, "repaired": r.repaired} for r in article.repairs],
        "countries": {"about": tags.about, "mentioned": tags.mentioned},
        "topics": [topic.id for topic in tags.topics],
    }
    if explain:
        record["explain"] = {
            "title_origin": article.title_origin.value,
            "date_origin": article.published.origin.value if article.published else None,
            "outlet": article.outlet,
            "dateline": article.dateline,
            "byline": article.byline,
            "initials": article.initials,
            "tags": [
                {"tag": name, "score": round(score, 3), "evidence": _evidence(evidence)}
                for name, score, evidence in _tag_lines(tags)
            ],
        }
    return record


def as_text(article: Article, tags: Tags, explain: bool) -> str:
    """An article as text for a person."""
    published = article.published
    date_text = f"{published.iso} ({published.origin.value})" if published else "no date"
    lines = [
        f"== {article.ref.key}",
        f"{article.title}  [{article.title_origin.value}]",
        f"date: {date_text} · dateline: {article.dateline or '-'} · byline: {article.byline or '-'}"
        f" · initials: {article.initials or '-'} · outlet: {article.outlet or '-'}",
        f"about: {' '.join(tags.about) or '-'} · mentioned: {' '.join(tags.mentioned) or '-'}"
        f" · topics: {' '.join(topic.id for topic in tags.topics) or '-'}",
        "",
        *(f"{number:3} {paragraph}" for number, paragraph in enumerate(article.paragraphs, 1)),
        "",
        *(f"  - {_kind(r.kind.value, explain)}{r.reason}: {r.text}" for r in article.removed),
        *(f"  = kept, {kept.reason}: {kept.text}" for kept in article.kept),
        *(f"  ~ parted: {repair.text} → {repair.repaired}" for repair in article.repairs),
    ]
    if explain:
        lines += [
            f"  + {name} {score:.2f}: "
            + ", ".join(f"{e.words} x{e.count} {e.weight:+.2f} in {e.where}" for e in evidence)
            for name, score, evidence in _tag_lines(tags)
        ]
    return "\n".join([*lines, ""])


def _kind(kind: str, explain: bool) -> str:
    return f"[{kind}] " if explain else ""


def _tag_lines(tags: Tags) -> Iterator[tuple[str, float, tuple[Evidence, ...]]]:
    for country in tags.countries:
        yield country.code, country.score, country.evidence
    for body in tags.bodies:
        yield body.code, body.score, body.evidence
    for topic in tags.topics:
        yield topic.id, topic.score, topic.evidence


def _evidence(evidence: tuple[Evidence, ...]) -> list[dict[str, object]]:
    return [
        {"words": e.words, "count": e.count, "weight": round(e.weight, 3), "where": e.where}
        for e in evidence
    ]

"""``build.py inspect``: what the pipeline makes of articles, without building a site."""

import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click

from dwiwarta.clean import own_rules
from dwiwarta.commands.output import bar_over, json_option, print_json
from dwiwarta.commands.shared import (
    jsonl_option,
    paths_argument,
    report,
    root_option,
    warnings_json,
)
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.model import Article, Evidence, Tags
from dwiwarta.pipeline.looked import look_at
from dwiwarta.problems import ProblemLog
from dwiwarta.tag import load_tagger, own_words
from dwiwarta.text import json_for_logs, printable_path


@click.command()
@paths_argument
@root_option
@jsonl_option
@json_option
@click.option("--explain", is_flag=True, help="Show which words gave each tag.")
def inspect(paths: tuple[Path, ...], root: Path, jsonl: bool, as_json: bool, explain: bool) -> None:
    """Show title, date, paragraphs, tags and what was removed, for files and whole folders.

    Nothing is written. Files that cannot be used are named at the end, on standard error.
    """
    problems = ProblemLog()
    looked = look_at(root, paths, problems)
    files = looked.files(problems)
    records = []
    tagger = cache(load_tagger)  # only if it is needed: a third of a second
    if as_json or not sys.stdout.isatty():  # there the articles themselves show how far it is
        files = bar_over(files, "Looking at articles", "files", len(looked))
    for one in itertools.chain.from_iterable(files):
        article, tags = one.article, one.tags or tagger().tag(one.article)
        if as_json:
            records.append(as_record(article, tags, explain))
        elif jsonl:
            record = as_record(article, tags, explain)
            click.echo(json_for_logs(json.dumps(record, ensure_ascii=False)))
        else:
            click.echo(as_text(article, tags, explain))
    if as_json:
        print_json({"articles": records, "warnings": warnings_json(problems)})
    report(problems)


def as_record(article: Article, tags: Tags, explain: bool) -> dict[str, object]:
    """An article as the JSON object that ``--jsonl`` prints, and ``--json`` below ``articles``."""
    record: dict[str, object] = {
        "file": article.ref.key,
        "title": article.title,
        "published": article.published.iso if article.published else None,
        "paragraphs": article.paragraphs,
        "removed": [
            {
                "text": r.text,
                "reason": r.reason,
                **({"kind": r.kind.value, **_file_of(_rule(r.reason))} if explain else {}),
            }
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
            "outlet_file": _own_entries().get(f"outlet {article.outlet}"),
            "dateline": article.dateline,
            "byline": article.byline,
            "initials": article.initials,
            "given": [
                {"key": key, "file": file, "line": line}
                for key, file, line in article.overrides.places
            ],
            "decided": [
                {"key": one.kind.value, "target": one.target, "file": one.file, "line": one.line}
                for one in article.overrides.decisions
            ],
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
        f" · initials: {article.initials or '-'} · outlet: {article.outlet or '-'}"
        f"{_from(f'outlet {article.outlet}', explain)}",
        f"about: {' '.join(tags.about) or '-'} · mentioned: {' '.join(tags.mentioned) or '-'}"
        f" · topics: {' '.join(topic.id for topic in tags.topics) or '-'}",
        "",
        *(f"{number:3} {paragraph}" for number, paragraph in enumerate(article.paragraphs, 1)),
        "",
        *(
            f"  - {_kind(r.kind.value, explain)}{r.reason}{_from(_rule(r.reason), explain)}: "
            f"{r.text}"
            for r in article.removed
        ),
        *(f"  = kept, {kept.reason}: {kept.text}" for kept in article.kept),
        *(f"  ~ parted: {repair.text} → {repair.repaired}" for repair in article.repairs),
    ]
    if explain:
        over = article.overrides
        lines += [f"  * {key}: {file}:{line}" for key, file, line in over.places]
        lines += [
            f"  * {one.kind.value} {one.target}: {one.file}:{one.line}" for one in over.decisions
        ]
        lines += [
            f"  + {name} {score:.2f}: "
            + ", ".join(
                f"{e.words} x{e.count} {e.weight:+.2f} in {e.where}{_from(e.words, explain)}"
                for e in evidence
            )
            for name, score, evidence in _tag_lines(tags)
        ]
    return "\n".join([*map(printable_path, lines), ""])


def _rule(reason: str) -> str:
    """The name of the rule at the end of a removal's reason: "boilerplate: general/read-also"."""
    return reason.rpartition(" ")[2]


def _from(name: str, explain: bool) -> str:
    """From which file of the site itself a rule or a word came; the program's are not named."""
    own = _own_entries() if explain else {}
    return f" ({own[name]})" if name in own else ""


@remembered
def _own_entries() -> Mapping[str, str]:
    return {**own_rules(), **own_words()}


def _file_of(name: str) -> dict[str, str]:
    own = _own_entries()
    return {"file": own[name]} if name in own else {}


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
        {
            "words": e.words,
            "count": e.count,
            "weight": round(e.weight, 3),
            "where": e.where,
            **_file_of(e.words),
        }
        for e in evidence
    ]

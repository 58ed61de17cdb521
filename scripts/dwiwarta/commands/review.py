"""``build.py review``: what an editor should look at, as a table, as JSON, or as an exit code."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from dwiwarta.commands.output import bar, json_option, print_json, say
from dwiwarta.commands.shared import (
    GivenPath,
    articles_log,
    memory_files,
    project_path,
    report,
    root_option,
    warn,
)
from dwiwarta.files import read_plain
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import SourceRef, Story
from dwiwarta.pipeline.stories import kept_stories
from dwiwarta.pipeline.whole import page_addresses
from dwiwarta.problems import ProblemLog
from dwiwarta.read import orphan_sidecars
from dwiwarta.settings import Project, load_project
from dwiwarta.text import printable, printable_path
from dwiwarta.translate import Memory, open_memory
from dwiwarta.translate.gate import load_gate_rules
from dwiwarta.translate.gate.rules import own_refusals
from dwiwarta.translate.memory.po import PERSON
from dwiwarta.translate.review import Finding, Kind, Review, review_memory
from dwiwarta.translate.worklist import parse_reads, worklist

_HELP = {
    Kind.BROKEN: "a memory file that cannot be read; nothing in it is used until it is mended",
    Kind.PENDING: "no English yet",
    Kind.STALE: "the Indonesian changed after an editor had translated it",
    Kind.GATE: "machine English that the gate would reject today",
    Kind.GLOSSARY: "a term of the glossary lost or wrongly rendered",
    Kind.COPY: "English beside a merged copy that differs from what is shown",
    Kind.ORPHAN: "a memory file or a sidecar whose article is gone; nothing in it is lost",
    Kind.UNCHECKED: "an article with machine English that nobody has checked",
    Kind.INCONSISTENT: "another name for a term than elsewhere on the site",
}
# Worth a look, not a failure, unless asked for.
_NO_FAULTS = (Kind.INCONSISTENT, Kind.ORPHAN)
_COLUMNS = (("What", 12), ("Where", 44), ("Why", 60))


@click.command()
@root_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    help="Show only this; may be given several times. `unchecked` shows only when asked for.",
)
@json_option
@click.option(
    "--check",
    is_flag=True,
    help="Exit with 1 if anything is found, for CI; `inconsistent` and `orphan` count if asked for "
    "by --kind.",
)
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True,
              help="Rows of the table.")  # fmt: skip
@click.option(
    "--reads",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An address and how often it was read a line: `unchecked` articles, the most read first.",
)
@click.option(
    "--approve",
    "approved",
    multiple=True,
    metavar="FILE",
    type=GivenPath(path_type=Path),
    help="Mark all English of this article, export, folder or memory file as approved, then stop.",
)
@click.option("--by", "editor", default=PERSON, show_default=True, help="Who approves.")
@click.pass_context
def review(
    ctx: click.Context,
    root: Path,
    kinds: tuple[str, ...],
    as_json: bool,
    check: bool,
    limit: int,
    reads: Path | None,
    approved: tuple[Path, ...],
    editor: str,
) -> None:
    """List what an editor should look at. Asks no engine; only --approve changes anything."""
    if reads and Kind.UNCHECKED.value not in kinds:
        if kinds or approved:
            raise click.UsageError("--reads FILE orders the articles of --kind unchecked.")
        kinds = (Kind.UNCHECKED.value,)  # nothing else can be meant
    project = load_project(root.resolve())
    problems = articles_log(project)
    if approved:
        ctx.exit(0 if _approve(project, approved, editor, problems) else 1)
    with bar("Reading articles", "files") as show:
        stories = kept_stories(project, problems, warn, lambda done, all_, _: show(done, all_))
    glossary, rules, folder = load_glossary(), load_gate_rules(), project_path(project, "")
    with open_memory(project.articles_dir, project.cache_dir, problems, read_only=True) as memory:
        with bar("Looking at the English", "articles") as show:
            found = review_memory(stories, memory, glossary, rules, folder, show)
        found = Review((*map(_with_file, found.findings), *_orphan_sidecars(project, folder)))
        if Kind.UNCHECKED.value in kinds:
            unchecked = worklist(
                stories, memory, glossary, rules, folder, _counts(stories, reads, memory)
            )
            found = Review((*found.findings, *unchecked))
    if kinds:
        found = Review(tuple(one for one in found.findings if one.kind.value in kinds))
    report(problems)
    # A pipe or a file has no width to fit into, and whoever reads it wants all of the text.
    cut = sys.stdout.isatty()
    if as_json:
        print_json(_record(found))
    elif not found.findings:
        say("Nothing to review.")
    else:
        click.echo(_table(found.findings, limit, cut=cut))
    if check and (kinds or len(found.findings) > sum(map(found.count, _NO_FAULTS))):
        ctx.exit(1 if found.findings else 0)


def _with_file(finding: Finding) -> Finding:
    """With the site's own file, where a rule of it is why."""
    file = own_refusals().get(finding.reason) if finding.kind is Kind.GATE else None
    return replace(finding, reason=f"{finding.reason} ({file})") if file else finding


def _orphan_sidecars(project: Project, folder: str) -> Iterator[Finding]:
    """Sidecars that decide nothing, as their articles are gone."""
    root = project.articles_dir
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    for sidecar, article in sorted(orphan_sidecars(names).items()):
        beside = [name for name in sorted(names) if name.endswith(f"/{article.rpartition('/')[2]}")]
        reason = f"there is no {folder}{article}; what it decides counts nowhere"
        if beside:
            reason += f"; of that name are {', '.join(folder + name for name in beside)}"
        yield Finding(Kind.ORPHAN, f"{folder}{sidecar}", 1, "", "", reason)


def _counts(
    stories: Sequence[Story], reads: Path | None, memory: Memory
) -> Mapping[SourceRef, int] | None:
    """How often each article was read, at its address and earlier ones; None where nobody says."""
    if reads is None:
        return None
    shown = printable_path(str(reads))
    counts = parse_reads(read_plain(reads).decode("utf-8-sig", "replace"), shown)
    addresses = page_addresses(stories, memory)
    found = {ref: counts[slug] for ref, slug in addresses.slugs.items()}
    for old, ref in addresses.moved.items():
        found[ref] += counts[old]
    return found


def _approve(project: Project, files: Sequence[Path], editor: str, problems: ProblemLog) -> bool:
    """Approve whole memory files; says whether all of them could be."""
    failed = False
    with open_memory(project.articles_dir, project.cache_dir, problems) as memory:
        for path in memory_files(project, memory, files, "--approve"):
            count = memory.approve(path, editor)
            failed = failed or count is None
            if count is None:
                warn(f"{project_path(project, path)}: not approved")
            else:
                say(f"{project_path(project, path)}: {count} approved")
    report(problems)
    return not failed


def _record(found: Review) -> dict[str, object]:
    return {
        "counts": {
            kind.value: found.count(kind)
            for kind in Kind
            if kind is not Kind.UNCHECKED or found.count(kind)
        },
        "findings": [
            {
                "kind": one.kind.value,
                "file": one.path,
                "line": one.line,
                "source": one.source,
                "english": one.english,
                "reason": one.reason,
            }
            for one in found.findings
        ],
    }


def _table(findings: Sequence[Finding], limit: int, *, cut: bool) -> str:
    rows = [
        tuple(name for name, _ in _COLUMNS),
        *(
            (
                one.kind.value,
                f"{one.path}:{one.line}" if one.line else one.path,  # 0: it is not there yet
                " · ".join(filter(None, (one.reason, one.source))),
            )
            for one in findings[:limit]
        ),
    ]
    lines = [
        "  ".join(
            _fit(printable(cell), width, cut=cut)
            for cell, (_, width) in zip(row, _COLUMNS, strict=True)
        ).rstrip()
        for row in rows
    ]
    if len(findings) > limit:
        lines.append(f"… and {len(findings) - limit} more (--limit)")
    found = Review(tuple(findings))
    lines.append("")
    lines.extend(
        f"{found.count(kind):>6}  {kind.value}: {_HELP[kind]}" for kind in Kind if found.count(kind)
    )
    return "\n".join(lines)


def _fit(text: str, width: int, *, cut: bool) -> str:
    """Text in a cell of the table; with ``cut`` what does not fit ends in an ellipsis."""
    if cut and len(text) > width:
        text = f"{text[: width - 1]}…"
    return text.ljust(width)

"""``site/``: what MkDocs made of the pages written by hand, and ours stamped into its shells.

Only what changed is written, each file in one step; a build that MkDocs refuses changes nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dwiwarta.files import read_plain, remove_leftovers, write_atomic
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project
from dwiwarta.site import shells
from dwiwarta.site.mkdocs_run import (
    Job,
    generated_files,
    page_of,
    plain_inputs,
    plan,
    rendered,
)
from dwiwarta.site.places import check_docs, check_tree, site_error
from dwiwarta.site.policy import fault_of
from dwiwarta.site.shells import ForeignPageError, Shell
from dwiwarta.site.trees import open_tree, save_tree

_DIGEST_CHARS = len(digest_of())


@dataclass(frozen=True, slots=True)
class Run:
    """What MkDocs made of ``inputs``. ``files``: what it wrote, by path, with its digest.

    ``reason``: why there are no shells and MkDocs has rendered every page; then ``plain`` is the
    digest of what it read. ``warnings``: of MkDocs, (file, text).
    """

    inputs: str
    files: Mapping[str, str] = field(default_factory=dict)
    shells: Mapping[str, Shell] = field(default_factory=dict)
    reason: str = ""
    plain: str = ""
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SiteCount:
    """What became of the site's files. ``note``: why MkDocs rendered each page, if it did."""

    written: int
    removed: int
    note: str = ""

    @property
    def changed(self) -> bool:
        """Whether the site is another than before."""
        return bool(self.written or self.removed)


def make_site(
    project: Project,
    problems: ProblemLog,
    docs: Tree | None = None,
    site: Tree | None = None,
    on_site: Callable[[], None] = lambda: None,
) -> SiteCount:
    """Bring ``site/`` up to date with ``docs/``.

    ``docs``, ``site``: the folders' trees, if they are known. ``on_site`` is told as soon as
    ``site/`` is another and whole, before it is remembered. What MkDocs warns of
    (a broken link in a page written by hand, say) goes to ``problems``, each time. Raises
    ``SiteError`` with the end of MkDocs' output if it fails, or with the file that cannot be read
    or may not be published.
    """
    if docs is None:
        docs = open_tree(project, project.docs_dir)
    linked = check_docs(docs, project.root)
    if site is None:
        site = open_tree(project, project.site_dir)
    check_tree(site)
    try:
        count = _publish(project, docs, linked, site, problems)
        if count.changed:
            on_site()
        save_tree(project, site)
    except OSError as error:
        raise site_error(error, project.site_dir) from error
    return count


def _publish(
    project: Project, docs: Tree, linked: Mapping[str, str], site: Tree, problems: ProblemLog
) -> SiteCount:
    last = _last_run(project)
    job, inputs, reason, same = _planned(project, docs, linked, last)
    if same and _is_whole(last, site):
        run, wrote = last, 0
    else:
        docs.refresh()  # MkDocs reads for itself, what was saved in the meantime too
        job, inputs, reason, _ = _planned(project, docs, linked, last)
        run, wrote = _render(project, docs, linked, site, job, inputs, reason)
    wanted = set(run.files)
    if not run.reason:
        assert job is not None
        try:
            wrote += _stamp(docs, site, run, job, wanted)
        except ForeignPageError as error:  # a page of an earlier version that had to stay, say
            run, wrote = _render(project, docs, linked, site, None, "", str(error))
            wanted = set(run.files)
    stale = [path for path in site.files if path not in wanted and not path.startswith(".")]
    for path in stale:
        site.remove(path)
    _remember(project, run)
    for file, text in run.warnings:
        problems.warn(file, 1, text)
    note = f"Pages are rendered by MkDocs one by one, as {run.reason}." if run.reason else ""
    return SiteCount(wrote, len(stale), note)


def _planned(
    project: Project, docs: Tree, linked: Mapping[str, str], last: Run
) -> tuple[Job | None, str, str, bool]:
    """The job for MkDocs and its digest, or why every page is to be rendered; and whether all that
    it reads is as in the last run.
    """
    job, inputs, reason = None, "", ""
    try:
        job = plan(project, docs, linked)
        inputs = job.inputs
    except ForeignPageError as error:
        reason = str(error)
    if last.inputs == inputs and last.reason:
        job, reason = None, last.reason
    if job:
        return job, inputs, reason, inputs == last.inputs
    return job, inputs, reason, plain_inputs(project, docs, linked) == last.plain


def _is_whole(run: Run, site: Tree) -> bool:
    return all(site.contents(path) == digest for path, digest in run.files.items())


def _render(
    project: Project,
    docs: Tree,
    linked: Mapping[str, str],
    site: Tree,
    job: Job | None,
    inputs: str,
    reason: str,
) -> tuple[Run, int]:
    """Let MkDocs work, and take over what it made; says how many files were written."""
    if job is not None:
        with rendered(project, docs, linked, job) as (folder, why, warnings):
            made, reason = _cut(folder, job) if not why else ({}, why)
            if not reason:
                return _take(site, folder, job, Run(inputs, shells=made), warnings)
    plain = plain_inputs(project, docs, linked)
    with rendered(project, docs, linked, None) as (folder, _, warnings):
        return _take(site, folder, None, Run(inputs, reason=reason, plain=plain), warnings)


def _cut(folder: Path, job: Job) -> tuple[dict[str, Shell], str]:
    """The shells that MkDocs rendered, by the path of their page; or why there are none."""
    if (folder / "sitemap.xml").exists():
        return {}, "the theme writes a sitemap of its own"
    made = {}
    for path, front in job.shells.items():
        place = folder / _published(path)
        html = place.read_text("utf-8") if place.exists() else ""
        if why := shells.unfit(html):
            return {}, why
        made[path] = shells.cut(html, front)
    return made, ""


def _take(
    site: Tree, folder: Path, job: Job | None, run: Run, warnings: list[str]
) -> tuple[Run, int]:
    """Move what MkDocs made into the site: what differs, and no page that is stamped."""
    pages = {*job.shells, *job.linked} if job else set()
    not_ours = {_published(path) for path in pages}
    looked_at = {*not_ours, "index.html", "404.html"}
    files, wrote, faults = {}, 0, set[str]()
    for place in sorted(folder.rglob("*")):
        path = place.relative_to(folder).as_posix()
        if not place.is_file():
            continue
        data = place.read_bytes()
        if path in looked_at and (fault := fault_of(data.decode("utf-8", "replace"))):
            faults.add(fault)
        if path not in not_ours:
            wrote += site.write(path, data)
            files[path] = digest_of(data)
    told = [(page_of(one), one) for one in warnings] + [
        ("mkdocs.yml", one) for one in sorted(faults)
    ]
    return Run(run.inputs, files, run.shells, run.reason, run.plain, tuple(told)), wrote


def _stamp(docs: Tree, site: Tree, run: Run, job: Job, wanted: set[str]) -> int:
    """Fill the shells for all generated pages, copy other generated files; adds to ``wanted``."""
    digests = {path: digest_of(repr(shell)) for path, shell in run.shells.items()}
    wrote = 0
    for path in sorted(generated_files(docs)):
        contents = docs.contents(path) or ""
        target = _published(path)
        wanted.add(target)
        shell = job.shell_of(path) if path.endswith(".md") else ""
        made_of = digest_of(digests[shell] if shell else "", contents)
        if site.is_made_of(target, made_of):
            continue
        data = read_plain(docs.folder / path, follow=False)
        wrote += site.write(target, run.shells[shell].fill(data) if shell else data, made_of)
    return wrote


def _published(path: str) -> str:
    """Where a generated file of ``docs/`` is published below ``site/``."""
    return f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path


def _last_run(project: Project) -> Run:
    """What the last build remembered, if it is whole."""
    try:
        data = read_plain(_state(project), follow=False)
    except OSError:
        return Run("")
    digest, text = data[:_DIGEST_CHARS].decode("ascii", "replace"), data[_DIGEST_CHARS:]
    if digest != digest_of(text):
        return Run("")
    try:
        values = json.loads(text)
        made = {path: Shell(*parts) for path, parts in values["shells"].items()}
        told = tuple((file, words) for file, words in values["warnings"])
        return Run(**{**values, "shells": made, "warnings": told})
    except (ValueError, TypeError, KeyError):
        return Run("")


def _remember(project: Project, run: Run) -> None:
    values = {
        "inputs": run.inputs,
        "files": dict(run.files),
        "shells": {
            path: [one.front, one.before, one.between, one.after]
            for path, one in run.shells.items()
        },
        "reason": run.reason,
        "plain": run.plain,
        "warnings": run.warnings,
    }
    text = json.dumps(values, sort_keys=True).encode()
    data = digest_of(text).encode() + text
    state = _state(project)
    remove_leftovers(state)
    try:
        if read_plain(state, follow=False) == data:
            return
    except OSError:
        pass
    write_atomic(state, data, below=project.cache_dir, durable=False)


def _state(project: Project) -> Path:
    return project.cache_dir / "mkdocs.json"

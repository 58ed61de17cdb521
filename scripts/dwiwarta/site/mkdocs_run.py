"""Running MkDocs on the pages written by hand, and on one page of each kind that we generate.

What it makes is remembered by its digest and made again only when something changed that it looks
at: its settings, the theme, the pages written by hand, their assets, or which shells there are.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

from dwiwarta.errors import SiteError
from dwiwarta.files import read_plain
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.kinds import GENERATED_FILES, GENERATED_FOLDERS, is_generated
from dwiwarta.settings import Project
from dwiwarta.site import shells
from dwiwarta.site.places import digest_contents
from dwiwarta.site.process import run_python
from dwiwarta.yamltext import NOT_YAML, compose_yaml

# Themes may print the day of the build. A fixed moment keeps two builds byte-identical; 1980-01-01
# is the earliest that every archive format can hold. A caller's own SOURCE_DATE_EPOCH
# (https://reproducible-builds.org/specs/source-date-epoch/) wins.
FIXED_MOMENT = "315532800"

# How the job prints a warning of MkDocs, and how MkDocs 1.6 names the page in one.
# What it lists follows in lines of its own.
_WARNING = re.compile(r"^WARNING +- +(.+(?:\n +- .+)*)$", re.MULTILINE)
_PAGE = re.compile(r"Doc file '([^']+)'")
# The last line of Python's traceback where the system refused.
_DISK_FAULT = re.compile(
    r"(?:OS|Permission|FileNotFound|FileExists|IsADirectory|NotADirectory)Error:"
    r" (?:\[Errno \d+\] )?(.+)"
)
# A link of a page written by hand to one that is generated; whether it is one, MkDocs decides.
_LINKED = re.compile(rf"(?:{'|'.join(GENERATED_FOLDERS)})/[^\s()\"'<>#?]*\.md|index\.md")

_ANCHOR = re.compile(r"""\bid=(?:"[^"]*"|'[^']*')|^#.*$""", re.MULTILINE)

_TRACEBACK = "Traceback (most recent call last):\n"
_FRAME = re.compile(r'^  File "(.+)", line (\d+)', re.MULTILINE)
LAST_LINES = 25  # of MkDocs' output, shown when it fails
TIMEOUT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Job:
    """What MkDocs is to render beside the pages written by hand.

    ``shells``: the front matter of each shell's pages, by the path of the page that stands for
    them. ``own``: those that stand for themselves alone, as the navigation names them. ``linked``:
    generated pages that pages written by hand lead to. ``inputs``: the digest of all that is read.
    """

    shells: Mapping[str, str]
    own: frozenset[str]
    linked: tuple[str, ...]
    inputs: str

    def shell_of(self, path: str) -> str:
        """The path of the page that stands for the one at ``path``."""
        return path if path in self.own else shells.shape(path)


def plan(project: Project, docs: Tree, links: Mapping[str, str]) -> Job:
    """What has to be rendered for ``docs``. ``links``: files there that are links, by digest.

    Raises ``ForeignPageError`` for a page that was not written by this version.
    """
    own = _in_nav(project, docs)
    fronts: dict[str, str] = {}
    for path in generated_pages(docs):
        place = path if path in own else shells.shape(path)
        if place not in fronts:
            fronts[place] = shells.take_apart((docs.folder / path).read_bytes()).front
    written = written_files(docs)
    linked = _linked(docs, written)
    inputs = digest_of(
        _surroundings(project),
        *(f"{path} {digest}" for path, digest in sorted(links.items())),
        *(f"{path} {docs.contents(path)}" for path in written),
        *(f"{path} {anchors}" for path, anchors in linked.items()),
        "",
        *(f"{path} {front}" for path, front in sorted(fronts.items())),
    )
    return Job(fronts, own, tuple(linked), inputs)


def plain_inputs(project: Project, docs: Tree, links: Mapping[str, str]) -> str:
    """The digest of all that MkDocs reads when it renders every page."""
    return digest_of(_surroundings(project), docs.digest(), repr(sorted(links.items())))


def generated_pages(docs: Tree) -> Iterator[str]:
    """The generated files that are pages of the theme, by path below ``docs/``."""
    return (path for path in generated_files(docs) if path.endswith(".md"))


def generated_files(docs: Tree) -> Iterator[str]:
    """All generated files that are published; MkDocs leaves out hidden names."""
    return (path for path in docs.files if is_generated(path) and not _is_hidden(path))


def written_files(docs: Tree) -> list[str]:
    """What a person wrote or put into ``docs/``, in order."""
    return sorted(path for path in docs.files if not is_generated(path) and not _is_hidden(path))


def _is_hidden(path: str) -> bool:
    return path.startswith(".") or "/." in path


def _linked(docs: Tree, written: Sequence[str]) -> dict[str, str]:
    """The generated pages that pages written by hand lead to, with what they may lead to in there:
    nothing else of them shows in what MkDocs makes.
    """
    found: set[str] = set()
    for path in written:
        if path.endswith(".md"):
            text = read_plain(docs.folder / path).decode("utf-8", "replace")
            found.update(_LINKED.findall(text))
    return {
        path: " ".join(_ANCHOR.findall(read_plain(docs.folder / path).decode("utf-8", "replace")))
        for path in sorted(found)
        if docs.contents(path) is not None
    }


def _in_nav(project: Project, docs: Tree) -> frozenset[str]:
    """The generated pages that the navigation in ``mkdocs.yml`` names."""
    text = read_plain(project.root / "mkdocs.yml").decode("utf-8", "replace")
    try:
        node = compose_yaml(text)
    except (yaml.YAMLError, *NOT_YAML):
        return frozenset()  # MkDocs will say so
    top = node.value if isinstance(node, yaml.MappingNode) else []
    values = [value for key, value in top if key.value == "nav"]
    paths = {path for value in values for path in _scalars(value)}
    known = (path for path in paths if docs.contents(path) is not None)
    return frozenset(
        p for p in known if p.endswith(".md") and is_generated(p) and not _is_hidden(p)
    )


def _scalars(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield str(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one)
    elif isinstance(node, yaml.MappingNode):
        for _, one in node.value:
            yield from _scalars(one)


def _surroundings(project: Project) -> str:
    """Of what is around the pages: settings, theme, versions, and of this code."""
    folder = Path(__file__).parent
    return digest_contents(
        [project.root / "mkdocs.yml", project.theme_dir],
        extra=" ".join(
            [
                *(version(name) for name in ("mkdocs", "mkdocs-material", "markdown", "jinja2")),
                *(
                    digest_of((folder / f"{name}.py").read_bytes())
                    for name in ("mkdocs_job", "mkdocs_run", "shells", "policy")
                ),
            ]
        ),
        inside=project.root,
    )


@contextmanager
def rendered(
    project: Project, docs: Tree, links: Iterable[str], job: Job | None
) -> Iterator[tuple[Path, str, list[str]]]:
    """Let MkDocs render a job, or every page; the folder of the site is there while the block runs.

    Gives the folder, why there are no shells in it ("" if there are, or none were wanted), and the
    warnings of MkDocs. Raises ``SiteError`` with the end of MkDocs' output if it fails.
    """
    with tempfile.TemporaryDirectory(prefix="dwiwarta-") as name:
        folder = Path(name)
        source = project.docs_dir
        pages: dict[str, str] = {}
        if job is not None:
            source = folder / "docs"
            _copy(project.docs_dir, [*written_files(docs), *job.linked, *links], source)
            pages = {path: shells.shell_page(front) for path, front in job.shells.items()}
        task = {
            "config": str(project.root / "mkdocs.yml"),
            "docs": str(source),
            "site": str(folder / "site"),
            "shells": pages,
            "generated": [*GENERATED_FOLDERS, *GENERATED_FILES],
        }
        (folder / "job.json").write_text(json.dumps(task), "utf-8")
        arguments = ["-P", str(Path(__file__).with_name("mkdocs_job.py"))]
        arguments += [str(folder / "job.json"), str(folder / "reason")]
        try:
            done = run_python(arguments, project.root, TIMEOUT_SECONDS, mkdocs_environment())
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SiteError(f"MkDocs could not be run: {error}") from error
        said = done.stdout + done.stderr
        if done.returncode != 0:
            lines = said.strip().splitlines()[-LAST_LINES:]
            if lines and (fault := _DISK_FAULT.match(lines[-1])):
                raise SiteError(f"MkDocs could not read or write: {fault[1]}")
            raise SiteError(
                _breakdown(said, project.root)
                or "\n".join(["MkDocs did not accept the pages:", *lines])
            )
        reason = (folder / "reason").read_text("utf-8")
        yield folder / "site", reason, [_in_one_line(one) for one in _WARNING.findall(said)]


def _in_one_line(warning: str) -> str:
    head, *listed = re.split(r"\n +- ", warning)
    return f"{head} {', '.join(listed)}".rstrip()


def _breakdown(said: str, root: Path) -> str:
    """Of MkDocs breaking down, what, and in which file of the site; "" if it did not."""
    _, _, trace = said.rpartition(_TRACEBACK)
    if trace == said:
        return ""
    reason = next((one for one in reversed(trace.splitlines()) if one[:1].strip()), "")
    ours = [found for found in _FRAME.findall(trace) if Path(found[0]).is_relative_to(root)]
    place = f"{ours[-1][0]}:{ours[-1][1]}" if ours else str(root / "mkdocs.yml")
    return f"{place}: MkDocs breaks down: {reason} (`mkdocs build` shows where)"


def _copy(folder: Path, paths: Sequence[str], target: Path) -> None:
    """Links are followed, as MkDocs does: those that are left lead to files of the project."""
    target.mkdir()
    for path in paths:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / path, target / path)


def page_of(warning: str) -> str:
    """The file that a warning of MkDocs is about."""
    page = _PAGE.search(warning)
    return f"docs/{page[1]}" if page else "mkdocs.yml"


def mkdocs_environment() -> dict[str, str]:
    """The environment for MkDocs: no advertisement, and output that depends on nothing else.

    Raises ``SiteError`` if the caller's own moment is none that archives can hold.
    """
    moment = os.environ.get("SOURCE_DATE_EPOCH", FIXED_MOMENT)
    if not re.fullmatch(r"[0-9]{1,10}", moment) or int(moment) >= 1 << 32:
        shown = repr(moment[:40])
        raise SiteError(f"SOURCE_DATE_EPOCH: {shown} is no number of seconds since 1970")
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": moment,
    }

"""The generated part of ``docs/``: written where it changed, cleared of what is stale."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath

from dwiwarta.errors import SiteError
from dwiwarta.files import is_leftover, remove_leftovers
from dwiwarta.fingerprint import Tree
from dwiwarta.kinds import GENERATED_FILES, GENERATED_FOLDERS, is_generated, may_be_generated
from dwiwarta.model import Page
from dwiwarta.settings import Project
from dwiwarta.site.bundles import bundle_pages, write_versions
from dwiwarta.site.places import SEARCH_FOLDER, site_error
from dwiwarta.site.trees import open_tree, save_tree

_FEW = 100  # pages that are soon written again, should the build be killed now

RenderPages = Callable[[Sequence[Page]], Iterator[tuple[Page, bytes]]]


@dataclass(frozen=True, slots=True)
class WriteCount:
    """What became of the generated pages; files beside them are not counted."""

    written: int
    unchanged: int
    removed: int


def _render_here(pages: Iterable[Page]) -> Iterator[tuple[Page, bytes]]:
    return ((page, page.render()) for page in pages)


def write_docs(
    pages: Iterable[Page],
    project: Project,
    *,
    beside: Iterable[Page] = (),
    keep_others: bool = False,
    docs: Tree | None = None,
    render: RenderPages = _render_here,
) -> WriteCount:
    """Make the generated part of ``docs/`` hold exactly ``pages``.

    A page is rendered only if it is not there as its digest says, and replaced in one step only if
    its bytes differ. New pages are written before stale ones are removed, so a build that is killed
    in between leaves a whole, if untidy, site. ``beside``: files of no article, which are not
    counted. ``keep_others``: other pages stay, as they may be those of articles that could not be
    read. ``docs``: the folder's tree, if it is known already.
    ``render`` gives each of several pages with its bytes, in any order.

    Raises ``SiteError`` if the disk refuses, a link is in the way, or somebody has put pages of
    their own where the build would remove them. What was written is remembered, but for a few pages
    of a tree that its caller saves.
    """
    wanted = {_own_path(page.path): page for page in pages}
    written = removed = 0
    done = False
    saved_later = docs is not None
    try:
        project.docs_dir.mkdir(parents=True, exist_ok=True)
        docs = open_tree(project, project.docs_dir) if docs is None else docs
        others = {page.path: page for page in (*bundle_pages(project, docs), *beside)}
        stale = [
            path
            for path in docs.files
            if path not in wanted and path not in others and _is_ours(path) and "/" in path
        ]
        _refuse_strange(docs, stale)
        for page in others.values():
            if not docs.is_made_of(page.path, page.digest):
                docs.write(page.path, page.render(), page.digest)
        write_versions(project, others.values())
        new = [page for p, page in sorted(wanted.items()) if not docs.is_made_of(p, page.digest)]
        for page, data in render(new):
            written += docs.write(page.path, data, page.digest)
        for path in sorted(stale):
            if not keep_others or is_leftover(PurePosixPath(path).name):
                docs.remove(path)
                removed += 1
        removed += sum(remove_leftovers(project.docs_dir / name) for name in GENERATED_FILES)
        done = saved_later and written < _FEW
    except OSError as error:
        raise site_error(error, project.docs_dir) from error
    finally:
        if docs is not None and not done:
            save_tree(project, docs)
    return WriteCount(written, len(wanted) - written, removed)


def _own_path(path: str) -> str:
    """``path`` if the build may write there; anything else is a mistake of the caller."""
    if not _is_ours(path) or "/../" in f"/{path}/":
        raise ValueError(f"not a generated page: {path!r}")
    return path


def _is_ours(path: str) -> bool:
    """Whether only the pages given may be there; the search looks after its own files."""
    return is_generated(path) and not path.startswith(f"{SEARCH_FOLDER}/")


def _refuse_strange(docs: Tree, stale: Iterable[str]) -> None:
    """Nothing that a person wrote is removed: pages of ours say what kind they are, and other files
    of ours have names of ours.
    """
    for path in stale:
        if not path.endswith(".md"):
            if not may_be_generated(path) and not PurePosixPath(path).name.startswith("."):
                raise SiteError(
                    f"{docs.folder / path}: a file that the build did not make, in a folder whose "
                    "files it makes and removes; move it"
                )
            continue
        if path.endswith(".md") and not docs.is_made_of(path, None):
            head = (docs.folder / path).read_bytes()[:4000]
            if not head.startswith(b"---\n") or b"\nkind: " not in head:
                raise SiteError(
                    f"{docs.folder / path}: a page that the build did not make, in a folder whose "
                    "pages it makes and removes; move it"
                )


def written_pages(project: Project) -> list[str]:
    """The folders of the pages that people wrote and that search engines may list, in order.

    MkDocs makes the page of a folder of ``index.md`` and ``README.md``, and a folder of any other.
    """
    found = set()
    folder = project.docs_dir
    is_left_out = _left_out(project.exclude_docs)
    tops = folder.iterdir() if folder.is_dir() else ()
    written = [item for item in tops if item.name not in GENERATED_FOLDERS]
    for file in sorted(file for item in written for file in [item, *item.rglob("*.md")]):
        if file.suffix != ".md":
            continue
        path = file.relative_to(project.docs_dir)
        hidden = any(part.startswith(".") for part in path.parts)
        if hidden or is_generated(path.as_posix()) or not file.is_file():
            continue
        if is_left_out(path.as_posix()):
            continue
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            front = next(lines, "").rstrip() == "---" and list(takewhile(_is_front, lines))
        if not any(line.startswith("robots:") for line in front or ()):
            own = path.parent if path.stem in ("index", "README") else path.with_suffix("")
            found.add("" if own == Path() else f"{own.as_posix()}/")
    return sorted(found)


def _left_out(patterns: str) -> Callable[[str], bool]:
    """Whether MkDocs leaves out a path below ``docs/``, as it judges by ``exclude_docs``."""
    if not patterns:
        return lambda _path: False
    from mkdocs.config.config_options import PathSpec  # a third of a second, where it is needed

    spec = PathSpec().validate(patterns)
    return lambda path: bool(spec and spec.match_file(path))


def _is_front(line: str) -> bool:
    return line.rstrip() not in ("---", "...")

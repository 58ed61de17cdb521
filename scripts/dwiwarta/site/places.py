"""The places that a build writes: what may not be there, and walking them without surprises."""

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dwiwarta.errors import SiteError
from dwiwarta.files import read_plain, refusal
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.kinds import GENERATED_FILES, GENERATED_FOLDERS, is_generated
from dwiwarta.settings import Project
from dwiwarta.text import is_utf8, printable_path

# Below docs/; what lies there is looked after by the search. It stands in kinds.py, too.
SEARCH_FOLDER = "search"

# Git keeps a link where .gitignore names a folder ("/docs/article/").
_LINK = "is a link, and nothing is written or removed through one; remove the link"
_ODD = "not an ordinary file; remove it"
_OUT = "a link out of the project, to a hidden file or to nothing; nothing is published through one"
_FOLDER_LINK = "a link to a folder is not followed; put the folder itself there"
_MOST_SHOWN = 5


def check_places(
    project: Project, docs_tree: Tree | None = None, site_tree: Tree | None = None
) -> None:
    """Raise ``SiteError`` that names every link, pipe and device among what a build writes.

    Called before anything is written: behind a link lies somebody else's work. The trees spare a
    walk where they have just been looked through and nothing odd was met.
    """
    if docs_tree and site_tree and _are_plain(docs_tree, site_tree):
        _refuse(list(_faults_below(project.cache_dir, keeps_hidden=False)))
        return
    docs = project.docs_dir
    faults: list[tuple[Path, str]] = []
    for place in (docs, project.site_dir, project.cache_dir):
        if place.is_symlink():
            faults.append((place, _LINK))
        elif place.exists() and not place.is_dir():
            faults.append((place, "is a file, but should be a folder; remove it"))
    if not faults:
        generated = [docs / name for name in (*GENERATED_FOLDERS, *GENERATED_FILES)]
        for place in [*generated, project.site_dir, project.cache_dir]:
            faults.extend(_faults_below(place, keeps_hidden=place == project.site_dir))
    _refuse(faults)


def _are_plain(docs: Tree, site: Tree) -> bool:
    places = ("", *GENERATED_FOLDERS)
    return not site.odd and not any(path in places or is_generated(path) for path in docs.odd)


def check_docs(docs: Tree, root: Path) -> dict[str, str]:
    """The links in ``docs/`` that may be followed, with the digest of what they lead to.

    Raises ``SiteError`` that names any other link, what is no ordinary file, what cannot be read,
    and a name that MkDocs breaks down over.
    """
    links = {}
    try:
        for path in sorted(docs.odd):
            place = docs.folder / path
            if place.is_dir() and not place.is_symlink():
                os.listdir(place)  # noqa: PTH208 - says why it cannot be read
            _check(place, root)
            links[path] = digest_of(read_plain(place))
        names = "\n".join([*docs.files, *links])
        if not is_utf8(names):
            name = next(name for name in names.split("\n") if not is_utf8(name))
            reason = "the name is not valid UTF-8; rename it"
            raise OSError(errno.EILSEQ, reason, str(docs.folder / name))
    except OSError as error:
        raise site_error(error, docs.folder) from error
    return links


def check_tree(site: Tree) -> None:
    """As ``check_places`` for ``site/``: a link there would be written through, or published."""
    reasons = {path: reason for path, reason in site.odd.items() if not path.startswith(".")}
    faults = [
        (site.folder / path, _LINK if "link" in reason else f"{reason}; remove it")
        for path, reason in sorted(reasons.items())
    ]
    _refuse(faults)


def _refuse(faults: Sequence[tuple[Path, str]]) -> None:
    if faults:
        lines = [f"{_shown(path)}: {reason}" for path, reason in faults[:_MOST_SHOWN]]
        if len(faults) > _MOST_SHOWN:
            lines.append(f"… and {len(faults) - _MOST_SHOWN} more of this kind")
        raise SiteError("\n".join(lines))


def _faults_below(place: Path, *, keeps_hidden: bool) -> Iterator[tuple[Path, str]]:
    """``keeps_hidden``: MkDocs leaves hidden names in the site's folder alone, ``.git`` say."""
    if place.is_symlink():
        yield place, _LINK
        return
    if not place.is_dir():
        if place.exists() and not place.is_file():
            yield place, _ODD
        return
    faults: list[tuple[str, str]] = []
    folders = [str(place)]
    while folders:
        folder = folders.pop()
        spared = keeps_hidden and folder == str(place)
        try:
            with os.scandir(folder) as found:
                items = [item for item in found if not (spared and item.name.startswith("."))]
        except OSError as error:
            reason = f"cannot be read: {(error.strerror or '').lower()}"
            faults.append((str(error.filename), reason))
            continue
        for item in items:
            if item.is_dir(follow_symlinks=False):
                folders.append(item.path)
            elif not item.is_file(follow_symlinks=False):
                faults.append((item.path, _LINK if item.is_symlink() else _ODD))
    yield from ((Path(path), reason) for path, reason in sorted(faults))


def files_below(path: Path, *, inside: Path | None = None) -> list[Path]:
    """The file itself, or all files of the folder in an order that every machine agrees on.

    ``inside``: links to files in there are listed too. Raises ``OSError`` that names what cannot be
    read, what is no ordinary file, and any other link.
    """
    if path.is_symlink() or not path.is_dir():
        if not os.path.lexists(path):
            return []
        _check(path, inside)
        return [path]
    found: list[Path] = []
    folders = [path]
    while folders:
        with os.scandir(folders.pop()) as items:
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    folders.append(Path(item.path))
                    continue
                if inside is not None and not is_utf8(item.name):  # MkDocs breaks down over it
                    reason = "the name is not valid UTF-8; rename it"
                    raise OSError(errno.EILSEQ, reason, item.path)
                if not item.is_file(follow_symlinks=False):
                    _check(Path(item.path), inside)
                found.append(Path(item.path))
    return sorted(found, key=lambda file: file.as_posix())


def digest_contents(paths: Iterable[Path], extra: str = "", *, inside: Path | None = None) -> str:
    """Over names and contents of files and folders (recursively), and ``extra``.

    What is not there counts as empty. ``inside``: links to files in there are followed, no others.
    Raises ``OSError`` that names what is unreadable, no ordinary file, or a link.
    """
    parts: list[str | bytes] = [extra]
    for path in paths:
        for file in files_below(path, inside=inside):
            name = os.fsencode(file.relative_to(path.parent).as_posix())
            parts += [name, read_plain(file, follow=inside is not None)]
    return digest_of(*parts)


def _check(path: Path, inside: Path | None) -> None:
    """Raise ``OSError`` unless ``path`` is a file, or a link to one that may be followed."""
    reason = ""
    if path.is_symlink():
        if inside is None:
            reason = _LINK
        elif path.is_dir():
            reason = _FOLDER_LINK
        elif not _leads_inside(path, inside):
            reason = _OUT
    if not reason and not path.is_file():
        reason = "not an ordinary file"
    if reason:
        raise OSError(errno.EINVAL, reason, str(path))


def _leads_inside(path: Path, inside: Path) -> bool:
    try:
        below = path.resolve(strict=True).relative_to(inside.resolve())
    except (OSError, RuntimeError, ValueError):  # nothing there, a loop, or elsewhere
        return False
    # Hidden files are nobody's pages: .git/config holds a key where a CI builds.
    return not any(part.startswith(".") for part in below.parts)


def site_error(error: OSError, place: Path) -> SiteError:
    """The same for a person: the file, or ``place`` if the error names none, and the reason."""
    return SiteError(refusal(error, place))


def _shown(path: object) -> str:
    return printable_path(str(path))

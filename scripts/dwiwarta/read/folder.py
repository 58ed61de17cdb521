"""The articles folder: which files in it are articles, and which are none of our business."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dwiwarta.errors import ArticleError, UnreadableError
from dwiwarta.model import RawArticle
from dwiwarta.problems import ProblemLog
from dwiwarta.read.files import (
    ARTICLE_ENDINGS,
    EXPORT_ENDINGS,
    PAGE_ENDINGS,
    SIDECAR_ENDINGS,
    read_file,
)
from dwiwarta.read.folders import DEFAULTS_NAMES, FolderDefaults
from dwiwarta.settings import InputSettings
from dwiwarta.text import breaks_lines, is_utf8

# The translation memory lies beside the articles.
_OURS = (".po",)

_KNOWN_ENDINGS = frozenset((*ARTICLE_ENDINGS, *EXPORT_ENDINGS))

# What systems, browsers and office programs leave in folders, and pictures: no article.
_STRAY_NAMES = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"))
_STRAY_BEGINNINGS = ("~$", "~wrl")
_STRAY_ENDINGS = frozenset(
    (
        *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg", ".heic"),
        *(".avif", ".ico", ".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".mov", ".avi", ".webm", ".3gp"),
        *(".crdownload", ".part", ".partial", ".download", ".tmp", ".temp", ".bak", ".swp"),
        *(".lnk", ".ini", ".log", ".lock", ".css", ".js", ".woff", ".woff2"),
    )
)

# File systems take 255 bytes, and the memory and the sidecar of an article add up to five.
_MOST_NAME_BYTES = 250


def read_folder(
    root: Path, settings: InputSettings, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    """All articles below ``root``, by path and record. What cannot be read goes to ``problems``.

    Raises ``UnreadableError`` if ``root`` itself cannot be: then nothing is known of any article.

    Pictures and what programs leave behind are noted. Left alone without a word: hidden files and
    folders, ``README*``, translation memories, sidecars, and the folder of pictures that a browser
    saves beside ``page.html``. Symbolic links are followed to files inside ``root`` only; links to
    folders are not, so no loop can arise and nothing is read twice.
    """
    articles: list[RawArticle] = []
    defaults = FolderDefaults(root, problems)
    for name in article_names(root, problems):
        if is_stray(name.rpartition("/")[2]):
            problems.note(name, "no article, left alone")
            continue
        try:
            articles.extend(read_file(root / name, name, settings, problems, defaults.of(name)))
        except ArticleError as error:
            problems.add(error)
    return tuple(sorted(articles, key=lambda article: article.ref))


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that somebody named, or that lies in a folder that they named.

    ``top``: the folder whose defaults count, and those of all on the way to the file. ``below``:
    its path below ``top``. ``name``: what its article is called by, ``below`` if ``top`` is the
    articles folder. ``shown``: what it is called to people.
    """

    path: Path
    top: Path
    below: str
    name: str
    shown: str


def given_files(
    paths: Sequence[Path],
    problems: ProblemLog,
    root: Path | None = None,
    *,
    all_kinds: bool = False,
) -> Iterator[GivenFile]:
    """The files that may be articles among ``paths`` and below them, in a fixed order.

    What lies beside articles (``.po``, sidecars, ``README``) is passed over without a word, so
    that ``articles/*`` can be given as it is. ``root``: the articles folder; the defaults of all
    folders from there to a file count, elsewhere those from the folder that was given.
    ``all_kinds``: with those in folders that cannot be read. A whole disk is not looked through.
    """
    for path in paths:
        if is_companion(path):
            continue
        if is_stray(path.name) and path.is_file():
            problems.note(path.as_posix(), "no article, left alone")
            continue
        whole = path.resolve()
        if whole == whole.parent:
            problems.add(ArticleError(path.as_posix(), 1, "the whole disk: name a folder of it"))
            continue
        try:
            files = _files_of(path, problems, all_kinds) if path.is_dir() else [path]
        except ArticleError as error:
            problems.add(error)
            continue
        for file in files:
            shown, ours = file.as_posix(), _top(file, root)
            top = ours or (path if path.is_dir() else path.parent).resolve()
            below = (file.parent.resolve() / file.name).relative_to(top).as_posix()
            yield GivenFile(file, top, below, below if ours else shown, shown)


def _top(file: Path, root: Path | None) -> Path | None:
    """``root`` if the file lies below it."""
    inside = root is not None and file.parent.resolve().is_relative_to(root.resolve())
    return root.resolve() if root is not None and inside else None


def _files_of(folder: Path, problems: ProblemLog, all_kinds: bool) -> list[Path]:
    """The articles in a folder. Other kinds of files are no fault as a rule: any may be given."""
    found = article_files(folder, problems, f"{folder.as_posix()}/")
    return sorted(
        file
        for file in found
        if file.suffix.lower() in _KNOWN_ENDINGS or (all_kinds and not is_stray(file.name))
    )


def is_companion(path: Path) -> bool:
    """Whether something beside articles is theirs and no article: nobody needs to hear of it."""
    if path.is_dir():
        stem = path.name.removesuffix("_files")
        pages = (path.with_name(stem + ending) for ending in PAGE_ENDINGS)
        hidden = path.name.startswith(".") and path.name != ".."
        return hidden or (stem != path.name and any(p.is_file() for p in pages))
    if path.suffix.casefold() in SIDECAR_ENDINGS:
        return path.with_suffix("").is_file()
    return _is_left_alone(path.name)


def is_stray(file: str) -> bool:
    """Whether a file's name is that of a picture, a download under way or a program's own file."""
    name = file.casefold()
    return (
        name in _STRAY_NAMES
        or name.startswith(_STRAY_BEGINNINGS)
        or name.endswith("~")
        or name[max(name.rfind("."), 0) :] in _STRAY_ENDINGS
    )


def _is_left_alone(file: str) -> bool:
    return (
        file.startswith(".")
        or file.upper().startswith("README")
        or file.endswith(_OURS)
        or file in DEFAULTS_NAMES
    )


def article_files(root: Path, problems: ProblemLog, shown: str = "") -> Iterator[Path]:
    """The files below ``root`` that may be articles, by name; see ``read_folder``.

    ``shown``: what messages put before a path that is relative to ``root``.
    """
    return (root / name for name in article_names(root, problems, shown))


def article_names(root: Path, problems: ProblemLog, shown: str = "") -> Iterator[str]:
    """As ``article_files``, by path relative to ``root``, with ``/``."""
    inside = root.resolve()
    folders = [""]
    while folders:
        prefix = folders.pop()
        try:
            with os.scandir(root / prefix) as found:
                items = {item.name: item for item in found}
        except OSError as error:
            reason = f"cannot be read: {(error.strerror or str(error)).lower()}"
            if not prefix:
                if isinstance(error, FileNotFoundError):  # git keeps no empty folder
                    reason = "cannot be read: no such folder: make it, and put articles into it"
                raise UnreadableError(root.name, 1, reason) from error
            problems.add(UnreadableError(shown + prefix.rstrip("/"), 1, reason))
            continue
        below = []
        for name, item in sorted(items.items()):
            if _is(item.is_dir):
                if _is_followed(item, shown + prefix + name, problems):
                    below.append(f"{prefix}{name}/")
            elif not _is_left_alone(name):
                if fault := _fault(item, items, shown + prefix + name, inside):
                    problems.warn(shown + prefix + name, 1, fault)
                elif not _is_sidecar(name):
                    yield prefix + name
        folders.extend(reversed(below))


def _fault(
    item: "os.DirEntry[str]", beside: Mapping[str, "os.DirEntry[str]"], shown: str, inside: Path
) -> str:
    """Why a file is none of an article; "" if it may be."""
    if fault := _name_fault(shown):
        return fault
    if item.is_symlink() and not _leads_inside(Path(item.path), inside):
        return "a link out of its folder, or to nothing: not read"
    if not _is_sidecar(item.name):
        return ""
    if item.is_symlink():
        return "a sidecar may not be a link: not read"
    if not _is(item.is_file):
        return "not an ordinary file: not read"
    article = item.name.rpartition(".")[0]
    if article not in beside or not _is(beside[article].is_file):
        return f"belongs to no article: there is no file {article!r}"
    return ""


def _is(what: Callable[[], bool]) -> bool:
    try:
        return what()
    except OSError:  # a loop of links, say
        return False


def _is_sidecar(name: str) -> bool:
    return name[name.rfind(".") :].casefold() in SIDECAR_ENDINGS


def _name_fault(path: str) -> str:
    """Why a file of this name cannot be an article; "" if it can."""
    if not is_utf8(path):
        return "the file's name is not valid UTF-8: rename it"
    if breaks_lines(path):
        return "the file's name has a control character in it: rename it"
    size = len(path.rpartition("/")[2].encode())
    if size > _MOST_NAME_BYTES:
        return (
            f"the file's name is {size} bytes long, the most is {_MOST_NAME_BYTES}: the names of "
            "the files beside it would be too long for the disk"
        )
    return ""


def _is_followed(item: "os.DirEntry[str]", shown: str, problems: ProblemLog) -> bool:
    """Whether articles are looked for in a folder."""
    if is_companion(Path(item.path)):
        return False
    if item.is_symlink():
        problems.warn(shown, 1, "a link to a folder: not followed")
        return False
    return True


def _leads_inside(path: Path, inside: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):  # nothing there, or a loop
        return False

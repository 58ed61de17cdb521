"""The program's files in a folder of articles: placed, brought up to date, never taken from anyone.

MkDocs wants theme, assets and manuals in the folder itself. A file is the program's only if we
wrote it and it is still as we wrote it; what a person wrote or changed is theirs, for every version
to come. What we wrote is listed, with its digest, in ``docs/.gitignore`` and
``overrides/.gitignore``: so git shows a person's files and none of ours, and a clone without the
list has none of our files either.
"""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from dwiwarta import __version__
from dwiwarta.errors import SiteError
from dwiwarta.files import read_plain, refuse_link, write_atomic
from dwiwarta.starter import is_checkout, starter_files
from dwiwarta.text import printable_path

_FOLDERS = ("docs", "overrides")
_LIST = ".gitignore"
_FIRST = "# Made by Dwiwarta"
_HEAD = f"""{_FIRST}: the program's own files in this folder, which each version brings anew.
# Change one, and it is yours: it leaves this list, git shows it, and no update touches it.
# version {{version}}
/{_LIST}
"""
_ENTRY = re.compile(r"^# sha256 ([0-9a-f]{64})\n/([^\n]+)$", re.MULTILINE)
_VERSION = re.compile(r"^# version (\S{1,40})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of the program's files in a folder, by path.

    ``yours``: files of the program's names that a person wrote or changed, left as they are.
    ``before``: the version that had placed its files last, "" if none had.
    """

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    yours: tuple[str, ...] = ()
    before: str = ""


def place_program_files(root: Path, *, only_look: bool = False) -> Placed | None:
    """Give a folder the theme, assets and manuals of this version.

    None if the folder brings its own: it is a checkout, or its ``mkdocs.yml`` names another theme.
    ``only_look``: write nothing, and say what would be. Raises ``SiteError`` if the disk refuses or
    a link is in the way.
    """
    if is_checkout(root) or not uses_our_theme(root):
        return None
    try:
        return _place(root, starter_files(), only_look)
    except OSError as error:
        place = printable_path(str(error.filename or root))
        raise SiteError(f"{place}: {error.strerror or error}") from error


def uses_our_theme(root: Path) -> bool:
    """Whether ``mkdocs.yml`` has its ``theme: custom_dir`` in ``overrides/``."""
    try:
        node = yaml.compose(read_plain(root / "mkdocs.yml"), Loader=yaml.SafeLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return False  # said with its line by whoever reads the settings
    theme = _child(node, "theme")
    folder = _child(theme, "custom_dir")
    return isinstance(folder, yaml.ScalarNode) and folder.value.strip("./") == "overrides"


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _place(root: Path, ours: Mapping[str, Path], only_look: bool) -> Placed:
    texts = {folder: _read_list(root, folder) for folder in _FOLDERS}
    listed = {
        f"{folder}/{path}": digest
        for folder, text in texts.items()
        for digest, path in _ENTRY.findall(text)
    }
    written, removed, yours, keep = [], [], [], dict[str, str]()
    for name, source in ours.items():
        data = source.read_bytes()
        new = hashlib.sha256(data).hexdigest()
        here = _digest(root, name)
        if here not in (None, new, listed.get(name)):
            yours.append(name)
            continue
        keep[name] = new
        if here != new:
            written.append(name)
            if not only_look:
                write_atomic(root / name, data, below=root, durable=False)
    for name in sorted(listed.keys() - ours.keys()):
        # The list lies in the folder: it may name no file outside, and only one as we wrote it.
        if not _is_inside(name) or _digest(root, name) != listed[name]:
            continue
        removed.append(name)
        if not only_look:
            refuse_link(root / name, root)
            (root / name).unlink()
    if not only_look:
        for folder, text in texts.items():
            _write_list(root, folder, text, keep)
    versions = [found[1] for text in texts.values() if (found := _VERSION.search(text))]
    return Placed(tuple(written), tuple(removed), tuple(yours), min(versions, default=""))


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return parts[0] in _FOLDERS and not any(part in ("", ".", "..") for part in parts)


def _digest(root: Path, name: str) -> str | None:
    """Of a file's contents; None if there is none. Raises ``OSError`` for a link on the way."""
    refuse_link(root / name, root)
    try:
        return hashlib.sha256(read_plain(root / name, follow=False)).hexdigest()
    except FileNotFoundError:
        return None


def _read_list(root: Path, folder: str) -> str:
    path = root / folder / _LIST
    refuse_link(path, root)
    with suppress(FileNotFoundError):
        text = read_plain(path, follow=False).decode("utf-8", "replace")
        if not text.startswith(_FIRST):
            reason = "is not the list of the program's files; move its lines to ../.gitignore"
            raise SiteError(f"{path}:1: {reason}")
        return text
    return ""


def _write_list(root: Path, folder: str, before: str, keep: Mapping[str, str]) -> None:
    own = {name: digest for name, digest in keep.items() if name.startswith(f"{folder}/")}
    lines = [f"# sha256 {digest}\n/{name[len(folder) + 1 :]}\n" for name, digest in own.items()]
    text = _HEAD.format(version=__version__) + "".join(lines)
    if text != before:
        write_atomic(root / folder / _LIST, text.encode(), below=root, durable=False)

"""The program's files in a folder of articles: placed, brought up to date, never taken from anyone.

MkDocs wants theme, assets and manuals in the folder itself. A file is the program's only if we
wrote it and it is still as we wrote it; what a person wrote or changed is theirs, for every version
to come. What we wrote is listed, with its digest, in ``docs/.gitignore`` and
``overrides/.gitignore``: so git shows a person's files and none of ours, and a clone without the
list has none of our files either.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from dwiwarta import __version__
from dwiwarta.errors import SettingsError, SiteError
from dwiwarta.files import (
    is_leftover,
    read_plain,
    refusal,
    refuse_link,
    remove_leftovers,
    write_atomic,
)
from dwiwarta.lock import hold_lock
from dwiwarta.starter import is_checkout, starter_files
from dwiwarta.yamlfile import read_text
from dwiwarta.yamltext import NOT_YAML, compose_yaml

_WAIT_SECONDS = 60.0  # a few hundred small files take less than one
_FOLDERS = ("docs", "overrides")
_LIST = ".gitignore"
_FIRST = "# Made by Dwiwarta"
_HEAD = f"""{_FIRST}: the program's own files in this folder, which each version brings anew.
# Change one, and it is yours: it leaves this list, git shows it, and no update touches it.
# version {{version}}
/{_LIST}
"""
# Below it stand the digests of before and after: one of the two is what a file holds.
_UNDER_WAY = "# under way\n"
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
        plan = _plan(root, starter_files())
        if not only_look and not plan.is_done:
            lock = root / ".cache" / "program-files.lock"
            with hold_lock(lock, _WAIT_SECONDS, what="theme and manuals", error=SiteError):
                plan = _plan(root, starter_files())  # another process may have done it meanwhile
                _carry_out(root, plan)
        return plan.placed
    except OSError as error:
        raise SiteError(refusal(error, root)) from error


def uses_our_theme(root: Path) -> bool:
    """Whether ``mkdocs.yml`` has its ``theme: custom_dir`` in ``overrides/``."""
    try:
        node = compose_yaml(read_text(root / "mkdocs.yml"))
    except (SettingsError, yaml.YAMLError, *NOT_YAML):
        return False  # said with its line by whoever reads the settings
    theme = _child(node, "theme")
    folder = _child(theme, "custom_dir")
    return isinstance(folder, yaml.ScalarNode) and folder.value.strip("./") == "overrides"


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done. ``write``: contents by name; ``remove``: names.

    ``lists``: those of the folders as they are; ``listed``: the digests that a file may have as we
    left it, by name; ``keep``: the digest that it has when all is done.
    """

    placed: Placed
    write: Mapping[str, bytes]
    remove: tuple[str, ...]
    lists: Mapping[str, str]
    listed: Mapping[str, Collection[str]]
    keep: Mapping[str, Collection[str]]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        texts = self.lists.items()
        return not (self.write or self.remove) and all(
            text == _list_text(folder, self.keep, __version__) for folder, text in texts
        )


def _plan(root: Path, ours: Mapping[str, Path]) -> _Plan:
    lists = {folder: _read_list(root, folder) for folder in _FOLDERS}
    listed: dict[str, list[str]] = {}
    for folder, text in lists.items():
        for digest, path in _ENTRY.findall(text):
            listed.setdefault(f"{folder}/{path}", []).append(digest)
    write: dict[str, bytes] = {}
    keep: dict[str, list[str]] = {}
    yours = []
    for name, source in ours.items():
        data = source.read_bytes()
        new = hashlib.sha256(data).hexdigest()
        here = _digest(root, name)
        if here not in (None, new, *listed.get(name, ())):
            yours.append(name)
            continue
        keep[name] = [new]
        if here != new:
            write[name] = data
    # The list lies in the folder: it may name no file outside, and only one as we wrote it.
    remove = tuple(
        name
        for name in sorted(listed.keys() - ours.keys())
        if _is_inside(name) and _digest(root, name) in listed[name]
    )
    versions = [found[1] for text in lists.values() if (found := _VERSION.search(text))]
    placed = Placed(tuple(write), remove, tuple(yours), min(versions, default=""))
    return _Plan(placed, write, remove, lists, listed, keep)


def _carry_out(root: Path, plan: _Plan) -> None:
    """Write and remove what is planned; killed at any moment, another version goes on from there.

    That one knows neither what this one writes nor what was there before. So what a file was and
    what it is to be is listed first: with either it is ours.
    """
    for folder in _FOLDERS:
        remove_leftovers(root / folder / _LIST)
    if any(_UNDER_WAY in text for text in plan.lists.values()):
        _remove_half_written(root, {*plan.keep, *filter(_is_inside, plan.listed)})
    if plan.write or plan.remove:
        names = {**plan.listed, **plan.keep}
        both = {
            name: dict.fromkeys([*plan.listed.get(name, ()), *plan.keep.get(name, ())])
            for name in names
        }
        for folder in _FOLDERS:
            text = _list_text(folder, both, plan.placed.before or __version__, _UNDER_WAY)
            _write_list(root, folder, text)
    for name, data in plan.write.items():
        write_atomic(root / name, data, below=root, durable=False)
    for name in plan.remove:
        refuse_link(root / name, root)
        (root / name).unlink()
    for folder in _FOLDERS:
        _write_list(root, folder, _list_text(folder, plan.keep, __version__))


def _remove_half_written(root: Path, names: Collection[str]) -> None:
    for folder in sorted({(root / name).parent for name in names}):
        refuse_link(folder / _LIST, root)
        for item in folder.iterdir() if folder.is_dir() else ():
            start = item.name[1:].rpartition(".tmp")[0][: -len(".12345678")]
            if is_leftover(item.name) and any(
                name.rpartition("/")[2][:50] == start for name in names
            ):
                item.unlink()


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


def _list_text(
    folder: str, digests: Mapping[str, Collection[str]], version: str, note: str = ""
) -> str:
    lines = [
        f"# sha256 {digest}\n/{name[len(folder) + 1 :]}\n"
        for name in sorted(digests)
        if name.startswith(f"{folder}/")
        for digest in digests[name]
    ]
    return _HEAD.format(version=version) + note + "".join(lines)


def _write_list(root: Path, folder: str, text: str) -> None:
    if text != _read_list(root, folder):
        write_atomic(root / folder / _LIST, text.encode(), below=root, durable=False)

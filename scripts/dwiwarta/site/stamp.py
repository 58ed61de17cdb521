"""Knowing that a step's result is still good, so that nothing is done twice.

A stamp is a file in ``.cache/`` that holds the digest of everything a step read and of what it
made. Contents count, time stamps do not: a fresh clone with a kept cache skips work too.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from dwiwarta.files import write_atomic


def digest_contents(paths: Iterable[Path], extra: str = "") -> str:
    """SHA-256 over names and contents of files and folders (recursively), and ``extra``."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        for file in _files(path):
            data = file.read_bytes()
            name = file.relative_to(path.parent).as_posix()
            digest.update(f"\0{name}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


def digest_names(folder: Path) -> str:
    """SHA-256 over names and sizes below ``folder``: cheap, and shows a missing or cut-off file."""
    digest = hashlib.sha256()
    for file in _files(folder):
        line = f"\0{file.relative_to(folder).as_posix()}\0{file.stat().st_size}"
        digest.update(line.encode())
    return digest.hexdigest()


def is_current(stamp: Path, inputs: str, result: Path) -> bool:
    """Whether ``result`` is what the step made of exactly these inputs."""
    try:
        return stamp.read_text("utf-8") == f"{inputs}\n{digest_names(result)}\n"
    except OSError:
        return False


def write_stamp(stamp: Path, inputs: str, result: Path) -> None:
    """Remember that ``result`` was made of ``inputs``."""
    write_atomic(stamp, f"{inputs}\n{digest_names(result)}\n".encode())


def _files(path: Path) -> list[Path]:
    """The file itself, or all files of the folder in an order that every machine agrees on."""
    if path.is_file():
        return [path]
    return sorted((p for p in path.rglob("*") if p.is_file()), key=lambda p: p.as_posix())

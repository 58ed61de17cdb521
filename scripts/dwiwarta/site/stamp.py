"""Knowing that a step's result is still good, so that nothing is done twice.

A stamp is a file in ``.cache/`` that holds the digest of everything a step read and of what it
made. Contents count, time stamps and sizes do not: a fresh clone with a kept cache skips work too,
and a result that was damaged on the disk is made again.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from dwiwarta.files import read_plain, write_atomic
from dwiwarta.site.places import files_below


def digest_contents(paths: Iterable[Path], extra: str = "", *, inside: Path | None = None) -> str:
    """SHA-256 over names and contents of files and folders (recursively), and ``extra``.

    What is not there counts as empty. ``inside``: links to files in there are followed, no others.
    Raises ``OSError`` that names what is unreadable, no ordinary file, or a link.
    """
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        for file in files_below(path, inside=inside):
            name = file.relative_to(path.parent).as_posix()
            _add(digest, name, read_plain(file, follow=inside is not None))
    return digest.hexdigest()


def digest_files(folder: str, files: Mapping[str, bytes]) -> str:
    """What ``digest_contents`` gives for a folder of that name with these files."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        _add(digest, f"{folder}/{name}", data)
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", name: str, data: bytes) -> None:
    digest.update(f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
    digest.update(data)


def is_current(stamp: Path, inputs: str, result: Path) -> bool:
    """Whether ``result`` is what the step made of exactly these inputs."""
    try:
        return read_plain(stamp, most=1000) == _text(inputs, digest_contents([result]))
    except OSError:
        return False


def write_stamp(stamp: Path, inputs: str, result: str) -> None:
    """Remember that what has the digest ``result`` was made of ``inputs``; or not, if it cannot."""
    with contextlib.suppress(OSError):  # then it is made again
        write_atomic(stamp, _text(inputs, result), below=stamp.parent.parent, durable=False)


def _text(inputs: str, result: str) -> bytes:
    return f"{inputs}\n{result}\n".encode()

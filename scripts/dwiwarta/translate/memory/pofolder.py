"""The memory files below a folder, each with what tells its contents from any other."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from dwiwarta.files import is_leftover, read_plain
from dwiwarta.fingerprint import Tree
from dwiwarta.fingerprint import digest_of as fingerprint_of
from dwiwarta.text import is_utf8

# A file of comments and English for one article; a larger one is none.
MOST_BYTES = 100_000_000


def digest_of(data: bytes | memoryview) -> bytes:
    """What tells the contents of a memory file from any other."""
    return bytes.fromhex(fingerprint_of(data))


def known_files(tree: Tree, *, tidy: bool) -> Iterator[tuple[str, bytes | None]]:
    """As ``read_files``, by what is known of the folder."""
    for path in list(tree.files):
        name = path.rpartition("/")[2]
        if name.startswith(".") or not is_utf8(path):
            if tidy and is_leftover(name, ".po"):
                tree.remove(path)
        elif name.endswith(".po"):
            contents = tree.contents(path)
            yield path, bytes.fromhex(contents) if contents else None
    for path in tree.odd:
        if path.endswith(".po") and not path.rpartition("/")[2].startswith(".") and is_utf8(path):
            yield path, None


def read_files(root: Path, *, tidy: bool) -> Iterator[tuple[str, bytes | None]]:
    """Path relative to ``root`` and digest of every memory file; hidden names are skipped.

    No digest where there is no plain file that can be read, or nothing in it. ``tidy``: what killed
    builds left half-written is removed.
    """
    folders = [(root, "")]
    while folders:
        folder, prefix = folders.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as items:
            for item in items:
                name = item.name
                if name.startswith(".") or not is_utf8(name):
                    if tidy and is_leftover(name, ".po"):
                        Path(item.path).unlink(missing_ok=True)
                elif item.is_dir(follow_symlinks=False):
                    folders.append((Path(item.path), f"{prefix}{name}/"))
                elif name.endswith(".po"):
                    plain = item.is_file(follow_symlinks=False)
                    yield prefix + name, _digest_at(item.path) if plain else None


def _digest_at(path: str) -> bytes | None:
    try:
        return digest_of(read_plain(path, follow=False, most=MOST_BYTES))
    except OSError:
        return None

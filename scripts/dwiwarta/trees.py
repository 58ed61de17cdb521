"""Trees that are remembered between builds, each in a file of its own in ``.cache/trees/``.

What is remembered counts only with the digest of its contents in front of it.
"""

from functools import lru_cache
from pathlib import Path

from dwiwarta.files import read_plain, remove_leftovers, write_atomic
from dwiwarta.fingerprint import Tree, digest_of

_FOLDER = "trees"
_HELD = 3  # of one project: articles/, docs/ and site/
_DIGEST_CHARS = len(digest_of())


def open_tree(folder: Path, cache: Path) -> Tree:
    """The files of a folder as they are now, and of what the build made those that it made.

    ``cache``: where the project's trees are kept. Raises ``OSError``.
    """
    state = _state(folder, cache)
    if not state.is_file():
        _remembered.cache_clear()  # whoever deletes .cache/ wants everything made anew
    tree = _remembered(folder, state)
    tree.refresh()
    return tree


@lru_cache(maxsize=_HELD)
def _remembered(folder: Path, state: Path) -> Tree:
    """The tree that this process knows already: what is in it is held against the disk anyway."""
    try:
        data = read_plain(state, follow=False)
    except OSError:
        data = b""
    digest, known = data[:_DIGEST_CHARS].decode("ascii", "replace"), data[_DIGEST_CHARS:]
    return Tree(folder, known if digest == digest_of(known) else b"")


def save_tree(tree: Tree, cache: Path) -> None:
    """Remember a folder as it was looked at, and as it was written since. Raises ``OSError``."""
    if not tree.unsaved:
        return
    known = tree.dump()
    state = _state(tree.folder, cache)
    remove_leftovers(state)
    write_atomic(state, digest_of(known).encode() + known, below=cache, durable=False)
    tree.unsaved = False


def _state(folder: Path, cache: Path) -> Path:
    return cache / _FOLDER / folder.name

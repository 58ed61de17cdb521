"""What ``docs/`` and ``site/`` hold, remembered between builds in ``.cache/``."""

from pathlib import Path

from dwiwarta.files import read_plain, remove_leftovers, write_atomic
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.settings import Project
from dwiwarta.site.places import site_error

_DIGEST_CHARS = len(digest_of())


def open_tree(project: Project, folder: Path) -> Tree:
    """The files of a folder as they are now, and of what the build made those that it made.

    What is remembered counts only with the digest of its contents. Raises ``SiteError``.
    """
    try:
        data = read_plain(_state(project, folder), follow=False)
    except OSError:
        data = b""
    digest, known = data[:_DIGEST_CHARS].decode("ascii", "replace"), data[_DIGEST_CHARS:]
    tree = Tree(folder, known if digest == digest_of(known) else b"")
    try:
        tree.refresh()
    except OSError as error:
        raise site_error(error, folder) from error
    return tree


def save_tree(project: Project, tree: Tree) -> None:
    """Remember a tree. Raises ``SiteError``."""
    try:
        tree.refresh()  # what was written since the last look is listed, too
        known = tree.dump()
        remove_leftovers(_state(project, tree.folder))
        write_atomic(
            _state(project, tree.folder),
            digest_of(known).encode() + known,
            below=project.cache_dir,
            durable=False,
        )
    except OSError as error:
        raise site_error(error, project.cache_dir) from error


def _state(project: Project, folder: Path) -> Path:
    return project.cache_dir / "trees" / folder.name

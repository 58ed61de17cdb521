"""What ``docs/`` and ``site/`` hold, remembered between builds; faults as people are told them."""

from pathlib import Path

from dwiwarta import trees
from dwiwarta.fingerprint import Tree
from dwiwarta.settings import Project
from dwiwarta.site.places import site_error


def open_tree(project: Project, folder: Path) -> Tree:
    """See ``trees.open_tree``. Raises ``SiteError``."""
    try:
        return trees.open_tree(folder, project.cache_dir)
    except OSError as error:
        raise site_error(error, folder) from error


def save_tree(project: Project, tree: Tree) -> None:
    """See ``trees.save_tree``. Raises ``SiteError``."""
    try:
        trees.save_tree(tree, project.cache_dir)
    except OSError as error:
        raise site_error(error, project.cache_dir) from error

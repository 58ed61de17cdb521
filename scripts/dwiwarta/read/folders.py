"""What holds for all articles of a folder: ``_defaults.yml``, for it and all folders below it.

Of several on the way to an article the nearest one that has a key counts, and what the article or
its editor says goes before any. So a source, an outlet, an author and a category count where the
article names none, a time zone where a time is written without one, and tags where nobody has
chosen any by hand.
"""

from dataclasses import fields, replace
from pathlib import Path

from dwiwarta.errors import ArticleError
from dwiwarta.model import Overrides
from dwiwarta.problems import ProblemLog
from dwiwarta.read.files import SIDECAR_ENDINGS, read_sidecar
from dwiwarta.read.frontmatter import Scope, parse_overrides

DEFAULTS_NAMES = tuple(f"_defaults{ending}" for ending in SIDECAR_ENDINGS)
_NOTHING = Overrides()


class FolderDefaults:
    """The defaults of the folders below ``root``, each read once and each fault told once.

    ``shown``: what messages put before a path that is relative to ``root``.
    """

    def __init__(self, root: Path, problems: ProblemLog, shown: str = "") -> None:
        self._root = root
        self._problems = problems
        self._shown = shown
        self._known: dict[str, Overrides] = {}

    def of(self, name: str) -> Overrides:
        """What holds for an article. ``name``: its path relative to the root, with ``/``."""
        folder = name.rpartition("/")[0]
        if folder not in self._known:
            above = self.of(folder) if folder else _NOTHING
            self._known[folder] = over(self._read(f"{folder}/" if folder else ""), above)
        return self._known[folder]

    def _read(self, folder: str) -> Overrides:
        for name in DEFAULTS_NAMES:
            path, shown = self._root / folder / name, f"{self._shown}{folder}{name}"
            if path.is_symlink():
                self._problems.warn(shown, 1, "folder defaults may not be a link: not read")
            elif path.exists():
                try:
                    text = read_sidecar(path, shown)
                    return parse_overrides(text, shown, 1, self._problems, Scope.FOLDER)
                except ArticleError as error:
                    self._problems.warn(error.path, error.line, f"{error.reason}; ignored")
                    return _NOTHING
        return _NOTHING


def over(near: Overrides, far: Overrides) -> Overrides:
    """Both together; where both decide something, ``near`` counts."""
    if far == _NOTHING:
        return near
    decided = {
        field.name: getattr(near, field.name)
        for field in fields(Overrides)
        if getattr(near, field.name) != getattr(_NOTHING, field.name)
    }
    own = {key for key, _, _ in near.places}
    places = sorted([*near.places, *(place for place in far.places if place[0] not in own)])
    return replace(far, **{**decided, "places": tuple(places)})

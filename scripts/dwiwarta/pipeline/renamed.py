"""What renamed or moved articles take along that was left behind: their memory, their sidecars.

The memory is found by its text (``translate/adoption.py``). A sidecar without its article goes to
the one that took over the memory of the old name, or to the one new file that holds byte for byte
what the old one held in the last build (an article that is left out has no memory). Never where
another could be meant, and never to a file that has a sidecar, or was there before.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from dwiwarta.cache import Cache
from dwiwarta.files import move_file, refuse_link
from dwiwarta.fingerprint import Tree
from dwiwarta.model import SourceRef, Story
from dwiwarta.problems import ProblemLog
from dwiwarta.read import SIDECAR_ENDINGS, orphan_sidecars
from dwiwarta.translate import Memory, adopt_renamed, article_file

_TABLE = "sidecar"
_NAME, _KEY = "articles", "1"  # of the one row
_HELD = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class Renamed:
    """What was moved in this run: new names of memory files and of sidecars by old ones."""

    memory: dict[str, str] = field(default_factory=dict)
    sidecars: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was."""
        return bool(self.memory or self.sidecars)

    def tell(self, problems: ProblemLog) -> None:
        """Say of each file in one note where it came from."""
        for moved, what in (
            (self.memory, "its English stays"),
            (self.sidecars, "what its editor decided stays"),
        ):
            for old, new in moved.items():
                problems.note(new, f"taken over from {old}: the article was renamed, {what}")

    def take_memory(
        self,
        memory: Memory,
        refs: Iterable[SourceRef],
        load: Callable[[SourceRef], Story],
        tree: Callable[[], Tree],
        problems: ProblemLog,
    ) -> bool:
        """Move memory files, and the sidecars that belong to them; see ``adopt_renamed``.

        True where a sidecar was moved: then articles are to be read again, with what it says.
        """
        moved = adopt_renamed(memory, refs, load, problems)
        self.memory.update(moved)
        sidecars = _with_memory(tree(), moved, problems) if moved else {}
        self.sidecars.update(sidecars)
        return bool(sidecars)

    def take_same(self, tree: Tree, cache: Cache, problems: ProblemLog) -> None:
        """Move the sidecars of files that hold what others held in the last build."""
        self.sidecars.update(_with_contents(tree, cache, problems))


def _with_contents(tree: Tree, cache: Cache, problems: ProblemLog) -> dict[str, str]:
    """Move sidecars; note for the next build what the articles with a sidecar hold."""
    held = _load(cache)
    names = _names(tree)
    orphans = orphan_sidecars(names)
    moved: dict[str, str] = {}
    wanted = {sidecar: held[article] for sidecar, article in orphans.items() if article in held}
    if wanted:
        files: Collection[str] = cache.load("file").keys()  # of the last build
        new: defaultdict[str | None, list[str]] = defaultdict(list)
        for name in sorted(names):
            if name not in files and not name.endswith((".po", *SIDECAR_ENDINGS)):
                new[tree.contents(name)].append(name)
        claims = Counter(wanted.values())
        for sidecar, contents in sorted(wanted.items()):
            likely = [name for name in new[contents] if _has_none(name, tree)]
            if len(likely) == 1 == claims[contents]:
                moved |= _move(tree, sidecar, orphans[sidecar], likely[0], problems)
            elif likely:
                shown = ", ".join(likely)
                problems.note(sidecar, f"sidecar without its article; nothing was taken over by "
                                       f"{shown}, as it could belong to another")  # fmt: skip
    if moved:
        tree.refresh()
        names = _names(tree)
        orphans = orphan_sidecars(names)
    beside = {name[: name.rfind(".")] for name in names if name.endswith(SIDECAR_ENDINGS)}
    now = {name: tree.contents(name) or "" for name in beside & names}
    now |= {article: held[article] for article in orphans.values() if article in held}
    if now != held:
        cache.put(_TABLE, {_NAME: (_KEY, _HELD.dump_json(dict(sorted(now.items()))))})
    return moved


def _with_memory(tree: Tree, adopted: Mapping[str, str], problems: ProblemLog) -> dict[str, str]:
    orphans = orphan_sidecars(_names(tree))
    heirs: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in adopted.items():
        heirs[article_file(old)].add(article_file(new))
    claims = Counter(name for names in heirs.values() for name in names)
    moved: dict[str, str] = {}
    for sidecar, article in sorted(orphans.items()):
        names = sorted(heirs.get(article, ()))
        if len(names) == 1 == claims[names[0]] and _has_none(names[0], tree):
            moved |= _move(tree, sidecar, article, names[0], problems)
    if moved:
        tree.refresh()
    return moved


def _names(tree: Tree) -> set[str]:
    """Of all files; what cannot be read is there, too."""
    return {*tree.files, *tree.odd}


def _has_none(article: str, tree: Tree) -> bool:
    return _names(tree).isdisjoint(article + ending for ending in SIDECAR_ENDINGS)


def _move(tree: Tree, sidecar: str, old: str, new: str, problems: ProblemLog) -> dict[str, str]:
    place = new + sidecar.removeprefix(old)
    try:
        for name in (sidecar, place):
            refuse_link(tree.folder / name, tree.folder)
        move_file(tree.folder / sidecar, tree.folder / place)
    except OSError as error:
        reason = f"cannot be taken over from {sidecar}: {error.strerror or error}"
        problems.warn(place, 1, reason)
        return {}
    return {sidecar: place}


def _load(cache: Cache) -> dict[str, str]:
    """What articles with a sidecar held in the last build."""
    try:
        return _HELD.validate_json(cache.get(_TABLE, _NAME, _KEY) or b"{}")
    except ValidationError:
        return {}

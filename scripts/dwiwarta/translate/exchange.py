"""What goes out of the memory to CAT tools, and what becomes of what comes back.

Every unit carries an id that says which segment it is and what its English was when it was
exported. On the way back this tells an edit from an untouched text, and shows where somebody
changed the memory in the meantime: such a conflict is reported, never settled silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from dwiwarta.model import State, Translation
from dwiwarta.translate.catfiles import UNIT_ID, ExchangeUnit, ImportedUnit
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.po import MemoryEntry, digest


class Fate(Enum):
    """What became of an imported unit."""

    EDITED = "edited"  # stored as a person's edit
    APPROVED = "approved"  # the text as it is, checked by a person
    UNCHANGED = "unchanged"  # nothing new
    CONFLICT = "conflict"  # the memory holds another person's newer text: left alone
    UNKNOWN = "unknown"  # the memory has no such segment
    FAILED = "failed"  # its memory file is broken or cannot be written


@dataclass(frozen=True, slots=True)
class Imported:
    """The fate of one unit; ``path`` of the memory file, "" if unknown."""

    fate: Fate
    path: str
    source: str
    target: str
    held: str = ""  # the memory's own English, for conflicts


def export_units(
    memory: Memory, paths: Sequence[str] = (), states: frozenset[State | None] | None = None
) -> list[ExchangeUnit]:
    """Segments of the memory, by file and in the order of the articles; obsolete ones are left out.

    ``paths``: memory files or their beginnings, all if empty. ``states``: only these; None among
    them stands for segments without English.
    """
    return [
        ExchangeUnit(path, entry)
        for path in memory.index.paths()
        if not paths or path.startswith(tuple(paths))
        for entry in memory.index.entries(path)
        if not entry.obsolete
        and (states is None or (entry.translation and entry.translation.state) in states)
    ]


def import_units(
    memory: Memory, units: Iterable[ImportedUnit], editor: str, *, overwrite: bool = False
) -> list[Imported]:
    """Store what a person changed or approved, under the name ``editor``.

    A human text in the memory is replaced only if it is the one that was exported; ``overwrite``
    settles conflicts in favour of the file.
    """
    finder = _Finder(memory)
    return [
        result
        for unit in units
        if unit.target
        for result in _import_one(memory, unit, finder.find(unit), editor, overwrite)
    ]


def _import_one(
    memory: Memory,
    unit: ImportedUnit,
    places: Sequence[tuple[str, MemoryEntry]],
    editor: str,
    overwrite: bool,
) -> list[Imported]:
    if not places:
        return [Imported(Fate.UNKNOWN, unit.path, unit.source, unit.target)]
    results = []
    for path, entry in places:
        held = entry.translation
        fate = _fate(unit, held, overwrite)
        if fate in (Fate.EDITED, Fate.APPROVED):
            state = State.APPROVED if unit.approved else State.EDITED
            made = Translation(unit.target, state, editor, memory.today)
            if not memory.record_at(path, entry.key, made):
                fate = Fate.FAILED
        results.append(
            Imported(fate, path, entry.key.source, unit.target, held.text if held else "")
        )
    return results


def _fate(unit: ImportedUnit, held: Translation | None, overwrite: bool) -> Fate:
    """What to do with a unit, given what the memory holds now and held at the export."""
    known = UNIT_ID.fullmatch(unit.id)
    exported = known[3] if known else None
    if held is not None and unit.target == held.text:
        newly = unit.approved and held.state is not State.APPROVED
        return Fate.APPROVED if newly else Fate.UNCHANGED
    if exported is not None and digest(unit.target) == exported:
        return Fate.UNCHANGED  # nobody touched it in the tool; the memory has moved on
    is_newer_edit = held is not None and held.state.is_human and digest(held.text) != exported
    return Fate.CONFLICT if is_newer_edit and not overwrite else Fate.EDITED


class _Finder:
    """Finds the segments that a unit belongs to."""

    def __init__(self, memory: Memory) -> None:
        self._by_digest: dict[tuple[str, str], tuple[str, MemoryEntry]] = {}
        self._by_source: dict[str, list[tuple[str, MemoryEntry]]] = {}
        for unit in export_units(memory):
            known = UNIT_ID.fullmatch(unit.id)
            assert known is not None
            place = (unit.path, unit.entry)
            self._by_digest[unit.path, f"{known[1]}-{known[2]}"] = place
            self._by_source.setdefault(unit.entry.key.source, []).append(place)

    def find(self, unit: ImportedUnit) -> list[tuple[str, MemoryEntry]]:
        """By file and id where the unit has both; else everywhere the same Indonesian stands."""
        known = UNIT_ID.fullmatch(unit.id)
        if known is not None and unit.path:
            place = self._by_digest.get((unit.path, f"{known[1]}-{known[2]}"))
            return [place] if place else []
        return self._by_source.get(unit.source, [])

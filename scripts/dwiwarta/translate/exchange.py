"""What goes out of the memory to CAT tools, and what becomes of what comes back.

Every unit carries an id that says which segment it is, what its English was when it was exported,
and whether that was approved. On the way back this tells an edit from an untouched text, and shows
where somebody changed the memory in the meantime: such a conflict is reported, never settled
silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self

from dwiwarta.model import State, Translation
from dwiwarta.translate.catfiles import UNIT_ID, ExchangeUnit, ImportedUnit
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.memory.arrange import by_key
from dwiwarta.translate.memory.po import MemoryEntry, SegmentKey, digest


class Fate(Enum):
    """What became of an imported unit."""

    EDITED = "edited"  # stored as a person's edit
    APPROVED = "approved"  # the text as it is, checked by a person
    UNCHANGED = "unchanged"  # nothing new
    CONFLICT = "conflict"  # the memory holds another person's newer text: left alone
    EARLIER = "of an earlier wording"  # stored, and offered beside the wording of today
    UNKNOWN = "unknown"  # the memory has no such segment
    FAILED = "not stored"  # its memory file is broken or cannot be written


@dataclass(frozen=True, slots=True)
class Imported:
    """The fate of one unit; ``path`` of the memory file, "" if unknown."""

    fate: Fate
    path: str
    source: str
    target: str
    held: str = ""  # the memory's own English, for conflicts


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a unit's id says about its export. ``english``: digest; None if it is not from us."""

    source: str = ""
    title: bool = False
    english: str | None = None
    approved: bool = False

    @classmethod
    def of(cls, unit: ImportedUnit) -> Self:
        known = UNIT_ID.fullmatch(unit.id)
        if known is None:
            return cls()
        return cls(known[1], known[2] == "t", known[3], known[4] is not None)

    def is_approval(self, unit: ImportedUnit) -> bool:
        """Whether a person set the mark: one that went out with the unit says nothing."""
        return unit.approved and not self.approved

    def is_untouched(self, unit: ImportedUnit) -> bool:
        """Whether it comes back as it went out."""
        return digest(unit.target) == self.english and not self.is_approval(unit)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a unit belongs. ``earlier``: the article does not hold this wording any more."""

    path: str
    entry: MemoryEntry
    earlier: bool


def export_units(
    memory: Memory, paths: Sequence[str] = (), states: frozenset[State | None] | None = None
) -> list[ExchangeUnit]:
    """Segments of the memory, by file and in the order of the articles; obsolete ones are left out.

    ``paths``: memory files, all if empty. ``states``: only these; None among them stands for
    segments without English.
    """
    return [
        ExchangeUnit(path, entry)
        for path in memory.index.paths()
        if not paths or path in paths
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
    places: Sequence[_Place],
    editor: str,
    overwrite: bool,
) -> list[Imported]:
    if not places:
        fate = Fate.FAILED if unit.path in memory.broken else Fate.UNKNOWN
        if _Origin.of(unit).is_untouched(unit):
            fate = Fate.UNCHANGED  # nobody's work is lost
        return [Imported(fate, unit.path, unit.source, unit.target)]
    results = []
    for place in places:
        held = place.entry.translation
        fate = _fate(unit, held, overwrite)
        if fate in (Fate.EDITED, Fate.APPROVED):
            approved = _Origin.of(unit).is_approval(unit)
            state = State.APPROVED if approved else State.EDITED
            made = Translation(unit.target, state, editor, memory.today)
            stored = memory.record_at(place.path, place.entry.key, made, earlier=place.earlier)
            if not stored:
                fate = Fate.FAILED
            elif place.earlier:
                fate = Fate.EARLIER
        results.append(
            Imported(
                fate, place.path, place.entry.key.source, unit.target, held.text if held else ""
            )
        )
    return results


def _fate(unit: ImportedUnit, held: Translation | None, overwrite: bool) -> Fate:
    """What to do with a unit, given what the memory holds now and held at the export."""
    origin = _Origin.of(unit)
    if held is not None and unit.target == held.text:
        newly = origin.is_approval(unit) and held.state is not State.APPROVED
        return Fate.APPROVED if newly else Fate.UNCHANGED
    if origin.is_untouched(unit):
        return Fate.UNCHANGED  # the memory has moved on
    is_newer_edit = held is not None and held.state.is_human and digest(held.text) != origin.english
    if is_newer_edit and not overwrite:
        return Fate.CONFLICT
    return Fate.APPROVED if digest(unit.target) == origin.english else Fate.EDITED


class _Finder:
    """Finds the segments that a unit belongs to."""

    def __init__(self, memory: Memory) -> None:
        self._by_digest: dict[tuple[str, str, bool], _Place] = {}
        self._by_source: dict[str, list[_Place]] = {}
        self._paths = frozenset(memory.index.paths())
        for path in memory.index.paths():
            entries = memory.index.entries(path)
            active = {entry.key for entry in entries if not entry.obsolete}
            for key, entry in by_key(entries).items():
                place = _Place(path, entry, earlier=key not in active)
                self._by_digest[path, digest(key.source), key.title] = place
                self._by_source.setdefault(key.source, []).append(place)

    def find(self, unit: ImportedUnit) -> list[_Place]:
        """By file and id where the unit has both; else everywhere the same Indonesian stands.

        Among those, articles of today go before texts that left theirs. A text that was waiting for
        its English when it left has no entry any more, but still belongs to its file.
        """
        origin = _Origin.of(unit)
        if origin.english is None or not unit.path:
            found = self._by_source.get(unit.source, [])
            return [place for place in found if not place.earlier] or found
        place = self._by_digest.get((unit.path, origin.source, origin.title))
        if place is None and unit.path in self._paths and digest(unit.source) == origin.source:
            entry = MemoryEntry(SegmentKey(unit.source, origin.title), obsolete=True)
            place = _Place(unit.path, entry, earlier=True)
        return [place] if place else []

"""What goes out of the memory to CAT tools, and what becomes of what comes back.

Every unit carries an id that says which segment it is, what its English was when it was exported,
and whether that was approved. On the way back this tells an edit from an untouched text, and shows
where somebody changed the memory in the meantime: such a conflict is reported, never settled
silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from dwiwarta.model import State, Translation
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.merge import by_key
from dwiwarta.translate.memory.po import MemoryEntry, repeats
from dwiwarta.translate.memory.pocomment import digest
from dwiwarta.translate.xliff_tmx import UNIT_ID, ExchangeUnit, ImportedUnit, as_exchanged


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
    memory.bring_index_up_to_date()
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
    memory.bring_index_up_to_date()
    finder = _Finder(memory)
    importer = _Importer(memory, editor, overwrite)
    return [
        result
        for unit in units
        if unit.target and not _only_copied(unit)
        for result in importer.take(unit, finder.find(unit))
    ]


def not_imported(memory: Memory, units: Iterable[ImportedUnit]) -> int:
    """How many units hold a person's work that the memory does not."""
    memory.bring_index_up_to_date()
    finder = _Finder(memory)
    count = 0
    for unit in units:
        origin = _Origin.of(unit)
        if not unit.target or origin.is_untouched(unit) or _only_copied(unit):
            continue
        places = finder.find(unit)
        count += not places or any(
            _fate(unit, origin, place.entry.translation, overwrite=False) is not Fate.UNCHANGED
            for place in places
        )
    return count


def _only_copied(unit: ImportedUnit) -> bool:
    """Whether the tool put the Indonesian where the English belongs, as many do to begin with."""
    return not unit.approved and repeats(unit.source, unit.target)


class _Importer:
    """Stores units one after another, so that two translators of one text are a conflict."""

    def __init__(self, memory: Memory, editor: str, overwrite: bool) -> None:
        self._memory = memory
        self._editor = editor
        self._overwrite = overwrite
        self._stored: dict[tuple[str, SegmentKey], Translation] = {}

    def take(self, unit: ImportedUnit, places: Sequence[_Place]) -> list[Imported]:
        origin = _Origin.of(unit)
        if not places:
            fate = Fate.FAILED if unit.path in self._memory.broken else Fate.UNKNOWN
            if origin.is_untouched(unit):
                fate = Fate.UNCHANGED  # nobody's work is lost
            return [Imported(fate, unit.path, unit.source, unit.target)]
        return [self._take_at(unit, origin, place) for place in places]

    def _take_at(self, unit: ImportedUnit, origin: _Origin, place: _Place) -> Imported:
        where = place.path, place.entry.key
        held = self._stored.get(where, place.entry.translation)
        fate = _fate(unit, origin, held, self._overwrite)
        if fate in (Fate.EDITED, Fate.APPROVED):
            state = State.APPROVED if origin.is_approval(unit) else State.EDITED
            # Approved as it is: with the spaces that do not survive the journey.
            same = held is not None and unit.target == as_exchanged(held.text)
            text = held.text if held is not None and same else unit.target
            made = Translation(text, state, self._editor, self._memory.today)
            if not self._memory.record_at(*where, made, earlier=place.earlier):
                fate = Fate.FAILED
            else:
                self._stored[where] = made
                fate = Fate.EARLIER if place.earlier else fate
        return Imported(
            fate, place.path, place.entry.key.source, unit.target, held.text if held else ""
        )


def _fate(unit: ImportedUnit, origin: _Origin, held: Translation | None, overwrite: bool) -> Fate:
    """What to do with a unit, given what the memory holds now and held at the export."""
    holds = as_exchanged(held.text) if held else None
    if held is not None and unit.target == holds:
        newly = origin.is_approval(unit) and held.state is not State.APPROVED
        return Fate.APPROVED if newly else Fate.UNCHANGED
    if origin.is_untouched(unit):
        return Fate.UNCHANGED  # the memory has moved on
    is_newer = held is not None and held.state.is_human and (
        digest(holds or "") != origin.english
        or (held.state is State.APPROVED and not origin.approved)
    )  # fmt: skip
    if is_newer and not overwrite:
        return Fate.CONFLICT
    return Fate.APPROVED if digest(unit.target) == origin.english else Fate.EDITED


class _Finder:
    """Finds the segments that a unit belongs to."""

    def __init__(self, memory: Memory) -> None:
        self._by_digest: dict[tuple[str, str, bool], _Place] = {}
        self._by_source: dict[str, list[_Place]] = {}
        self._paths = frozenset(memory.index.paths())
        self._broken = frozenset(memory.broken)
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
        unit = replace(unit, path=self._known_path(unit.path))
        if origin.english is None or not unit.path:
            found = self._by_source.get(unit.source, [])
            return [place for place in found if not place.earlier] or found
        place = self._by_digest.get((unit.path, origin.source, origin.title))
        if place is None and unit.path in self._paths and digest(unit.source) == origin.source:
            entry = MemoryEntry(SegmentKey(unit.source, origin.title), obsolete=True)
            place = _Place(unit.path, entry, earlier=True)
        return [place] if place else []

    def _known_path(self, path: str) -> str:
        """The path with which the file was exported; tools put folders of their own before it."""
        if path in self._paths or path in self._broken:
            return path
        parts = path.replace("\\", "/").split("/")
        shorter = ("/".join(parts[count:]) for count in range(len(parts)))
        return next((one for one in shorter if one in self._paths), path)

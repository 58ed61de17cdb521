"""Changing a parsed memory file: what is added, what becomes obsolete, and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polib

from dwiwarta.model import Rejection, State, Translation
from dwiwarta.translate.memory import po, pocomment
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.po import MemoryEntry
from dwiwarta.translate.memory.stale import match_earlier


@dataclass(frozen=True, slots=True)
class Addition:
    """Something to store about a segment: its English, or an answer that was rejected.

    ``withdrawn``: a machine's English that must not stay, if it is still the one that stands there.
    """

    translation: Translation | None = None
    copied_from: str = ""
    rejections: tuple[Rejection, ...] = ()
    withdrawn: Translation | None = None


def entries_of(file: polib.POFile) -> list[MemoryEntry]:
    """What the file says now; obsolete entries after the active ones, as they are written."""
    known = [entry for item in file if (entry := po.meaning(item, file)) is not None]
    return sorted(known, key=lambda entry: entry.obsolete)


def unknown_states(file: polib.POFile) -> tuple[int, str] | None:
    """The first line with a ``state`` that is none of ours, and what to say; None if all are."""
    odd = [(item, state) for item in file if (state := po.unknown_state(item))]
    if not odd:
        return None
    first, state = odd[0]
    count = f"; {len(odd)} entries of this file have such a word" if len(odd) > 1 else ""
    known = ", ".join(one.value for one in State)
    return (
        int(first.linenum or 1),
        f"state={state[:40]} is none of {known}; the text counts as edited{count}",
    )


def by_key(entries: Iterable[MemoryEntry]) -> dict[SegmentKey, MemoryEntry]:
    """The entry that counts for each segment.

    After a merge of two branches an active entry may stand beside an obsolete one of the same
    text: a person's goes first, then the active one.
    """
    best: dict[SegmentKey, MemoryEntry] = {}
    for entry in entries:
        if entry.key not in best or _rank(entry) < _rank(best[entry.key]):
            best[entry.key] = entry
    return best


def _rank(entry: MemoryEntry) -> tuple[bool, bool]:
    is_human = entry.translation is not None and entry.translation.state.is_human
    return not is_human, entry.obsolete


def add_all(file: polib.POFile, additions: Mapping[SegmentKey, Addition]) -> None:
    """Store additions in their entries, made if need be; a machine never replaces a person."""
    places = _places(file)
    for key, addition in additions.items():
        _add(file, key, addition, places[key])


def _places(file: polib.POFile) -> dict[SegmentKey | None, list[polib.POEntry]]:
    places: dict[SegmentKey | None, list[polib.POEntry]] = defaultdict(list)
    for entry in file:
        places[po.key_of(entry)].append(entry)
    return places


def _add(
    file: polib.POFile, key: SegmentKey, addition: Addition, found: list[polib.POEntry]
) -> None:
    entry = _take(file, found)
    if entry is None:
        entry = po.new_entry(key)
        file.append(entry)
    held = po.meaning(entry, file)
    if addition.withdrawn is not None and held and held.translation == addition.withdrawn:
        po.remove_translation(entry)
    if addition.translation is not None and _may_replace(po.meaning(entry, file), addition):
        po.write_translation(entry, addition.translation, addition.copied_from)
    for rejection in addition.rejections:
        pocomment.write_rejection(entry, rejection)


def add_earlier(file: polib.POFile, key: SegmentKey, translation: Translation) -> None:
    """Store a person's English of a wording that left the article, and show it beside the new."""
    add_all(file, {key: Addition(translation)})
    entry = next(one for one in file if po.key_of(one) == key and not one.obsolete)
    entry.obsolete = True
    waiting = [
        other
        for other in file
        if not other.obsolete
        and (said := po.meaning(other, file)) is not None
        and not (said.translation and said.translation.state.is_human)
    ]
    _show_earlier(file, waiting, [entry])


def approve_all(file: polib.POFile, editor: str, day: date) -> int:
    """Mark every English text that is not yet approved as checked; says how many."""
    count = 0
    for entry in file:
        said = po.meaning(entry, file)
        if said is None or said.obsolete or said.translation is None:
            continue
        # A copy that was approved elsewhere would follow what is changed there.
        if said.translation.state is not State.APPROVED or said.copied_from:
            po.write_translation(
                entry, Translation(said.translation.text, State.APPROVED, editor, day)
            )
            count += 1
    return count


def _may_replace(held: MemoryEntry | None, addition: Addition) -> bool:
    """A person's own work here gives way only to what a person stores here."""
    if held is None or held.translation is None or not held.translation.state.is_human:
        return True
    assert addition.translation is not None
    if addition.copied_from:
        return bool(held.copied_from)
    return addition.translation.state.is_human


def _take(file: polib.POFile, found: list[polib.POEntry]) -> polib.POEntry | None:
    """Of a segment's entries the one that counts, brought back to life if it was obsolete."""
    if len(found) > 1:
        found.sort(key=lambda entry: _rank(said) if (said := po.meaning(entry, file)) else (1, 1))
    for other in found[1:]:
        other.obsolete = True
        if not other.msgstr:
            file.remove(other)
    if not found:
        return None
    found[0].obsolete = False
    entry: polib.POEntry = found[0]
    return entry


def arrange(file: polib.POFile, keys: Sequence[SegmentKey]) -> None:
    """Active entries exactly for ``keys``, in that order; all others obsolete, after them."""
    wanted = dict.fromkeys(keys)
    places = _places(file)
    active: list[polib.POEntry] = []
    fresh: list[polib.POEntry] = []
    for key in wanted:
        entry = _take(file, places[key])
        if entry is None:
            entry = po.new_entry(key)
            fresh.append(entry)
        active.append(entry)
    chosen = {id(entry) for entry in active}
    rest = [entry for entry in file if id(entry) not in chosen]
    # A plural of somebody's may have a paragraph's msgid: gettext takes the two for one.
    taken = {(entry.msgctxt or "", entry.msgid) for entry in active}
    foreign = [
        entry
        for entry in rest
        if po.key_of(entry) is None
        and not entry.obsolete
        and (entry.msgctxt or "", entry.msgid) not in taken
    ]
    kept = {id(entry) for entry in foreign}
    gone = [entry for entry in rest if id(entry) not in kept]
    for entry in gone:
        entry.obsolete = True
    _show_earlier(file, fresh, gone)
    # An entry that never had English is worth nothing once its text is gone.
    gone = [entry for entry in gone if entry.msgstr or po.key_of(entry) is None]
    file[:] = [*active, *foreign, *gone]


def _show_earlier(
    file: polib.POFile, fresh: Sequence[polib.POEntry], gone: Sequence[polib.POEntry]
) -> None:
    """Beside each new wording, show the editor's English of the earlier one."""
    places: dict[SegmentKey, polib.POEntry] = {}
    orphans = []
    for entry in gone:
        said = po.meaning(entry, file)
        if said and said.translation and said.translation.state.is_human:
            places[said.key] = entry
            orphans.append(said)
    new = {key: entry for entry in fresh if (key := po.key_of(entry)) is not None}
    for key, earlier in match_earlier(list(new), orphans).items():
        pocomment.write_earlier(new[key], places[earlier.key])

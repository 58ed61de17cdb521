"""The memory's file format: gettext PO with a line of our own in each entry's comments.

An entry is a segment of one article: ``msgid`` the Indonesian, ``msgstr`` the English,
``msgctxt "title"`` on the title. Entries stand in the order of the article, so that an editor reads
it from top to bottom and a new paragraph is one new block in a diff; entries of text that left the
article follow as obsolete ones (``#~``). Lines are never wrapped. What other tools wrote (comments,
flags, references, other contexts) is kept.

The comment says where the English comes from::

    # dwiwarta: state=machine engine="google" made=2026-11-23 text=0f343b0931126
    # dwiwarta: state=approved by="Dewi Lestari" made=2026-11-23 text=0f343b0931126
    # dwiwarta-rejected: engine="firefox 1.0" made=2026-11-23 reason="numbers differ"
    # dwiwarta-earlier: "The edited English of an earlier wording of this paragraph."

- ``state``: draft, machine, edited or approved. ``engine`` or ``by``: the program or the person.
  ``from``: the memory file that the text was copied from, because the same paragraph stands in
  that article too. It follows that article until a person changes its text, state or fuzzy mark.
- ``text``: digest of the English that ``state`` speaks of, for a copy together with the state: a
  changed state makes it this article's own. A person only changes ``msgstr``: the
  digest then differs, and the entry counts as **edited**, whatever ``state`` says. Without a digest
  ``state`` is taken at its word if a person wrote or checked the text, so that taking ``text=…``
  off an approved entry approves what stands there now.
- Drafts and machine texts are flagged ``fuzzy`` (Poedit: "Needs work"; Weblate: "Needs editing").
  Taking the flag off without touching the text, or writing ``state=approved``, **approves** it.
- English without a ``dwiwarta`` line was written by a person: edited.
- What only repeats the Indonesian is no English, unless it is names and numbers or ``state`` says
  that a person wrote or approved it: many tools begin with a copy.
- Who edited or approved is first known from the header (``Last-Translator``), which names the last
  person for the whole file. The next build writes that name into the entry (``by``): whoever edits
  another paragraph later is not credited with this one.
- ``dwiwarta-rejected`` and ``dwiwarta-earlier`` stand until a person's text settles the matter.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

import polib

from dwiwarta.model import (
    SOURCE_LANGUAGE,
    TARGET_LANGUAGE,
    UNNAMED_EDITOR,
    Rejection,
    State,
    Translation,
)
from dwiwarta.text import INVISIBLE, words
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.pocomment import (
    day_in,
    digest,
    own_fields,
    plain,
    quoted,
    rejections_in,
    whole,
    write_own,
)

TITLE_CONTEXT = "title"
PERSON = UNNAMED_EDITOR  # name of a person who left none in the header
_STATES = {state.value: state for state in State}
_NOBODY = "Automatically generated"  # gettext's own words for "no person"
# Those of templates and of Weblate's visitors.
_NO_NAMES = frozenset((_NOBODY, "FULL NAME", "YOUR NAME", "Anonymous"))

_LONGEST_NAME = 3  # words
_LISTS = re.compile(r"[,;|/]")
_LEAST_PLAIN = 2  # words in small letters: "Anies dan Ganjar" has one, and may stay as it is
_TYPED_AS = {"\a": "\\a", "\b": "\\b", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
_TYPED = re.compile("[\a\b\v\f\r]")


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """One entry of a memory file, as it counts today.

    ``translation`` is None where the English is missing. ``copied_from``: path of the memory file
    whose text was taken over, "" if the text is the article's own. ``obsolete``: the article does
    not hold this text any more. ``line``: where the entry stands in the file. ``unsigned``: a
    person's work that does not name the person yet; the file's header does.
    """

    key: SegmentKey
    translation: Translation | None = None
    copied_from: str = ""
    obsolete: bool = False
    rejections: tuple[Rejection, ...] = ()
    line: int = 0
    unsigned: bool = False


def new_file(about: str, day: date) -> polib.POFile:
    """An empty memory file. ``about``: the article's file, for the person who opens it."""
    file = polib.POFile(wrapwidth=-1, encoding="utf-8")
    file.header = (
        f"English of {' '.join(about.split())}, one entry a paragraph: change msgstr as you like.\n"
        "Entries marked fuzzy are machine-made; take the mark off an entry to approve it."
    )
    file.metadata = {
        "Project-Id-Version": "Dwiwarta",
        "PO-Revision-Date": f"{day.isoformat()} 00:00+0000",
        "Last-Translator": _NOBODY,
        "Language-Team": "none",
        "Language": TARGET_LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": SOURCE_LANGUAGE,
    }
    return file


def key_of(entry: polib.POEntry) -> SegmentKey | None:
    """The segment of an entry, None for contexts and plurals that are not ours."""
    if entry.msgid_plural or entry.msgctxt not in (None, "", TITLE_CONTEXT):
        return None
    return SegmentKey(entry.msgid, entry.msgctxt == TITLE_CONTEXT)


def meaning(entry: polib.POEntry, file: polib.POFile) -> MemoryEntry | None:
    """What an entry says by the rules above; None for entries that are not ours."""
    key = key_of(entry)
    if key is None:
        return None
    fields = own_fields(entry)
    editor = _editor(file)
    translation, unsigned = None, False
    if readable(entry.msgstr).strip() and not _is_unchanged(entry, fields):
        translation, unsigned = _translation(entry, editor, fields)
    is_copy = translation is not None and _is_copy(entry, translation.state, fields)
    return MemoryEntry(
        key=key,
        translation=translation,
        copied_from=fields.get("from", "") if is_copy else "",
        obsolete=bool(entry.obsolete),
        rejections=rejections_in(entry),
        line=int(entry.linenum or 1),
        unsigned=unsigned,
    )


def unknown_state(entry: polib.POEntry) -> str:
    """The ``state`` of an entry with English if it is none of ours, as after a slip; else ""."""
    state = own_fields(entry).get("state", "")
    return "" if state in _STATES or key_of(entry) is None or not entry.msgstr.strip() else state


def _is_unchanged(entry: polib.POEntry, fields: dict[str, str]) -> bool:
    """Whether there is only the Indonesian where the English belongs."""
    stated = _STATES.get(fields.get("state", ""))
    if not repeats(entry.msgid, entry.msgstr) or (stated is not None and stated.is_human):
        return False
    # What a machine answered, and nobody touched, is judged by the gate.
    return stated is None or not _is_untouched(entry.msgstr, fields)


def repeats(source: str, text: str) -> bool:
    """Whether ``text`` is ``source`` again, and that is more than names and numbers.

    In a title every word has a capital: a longer one is no name, unless it lists several.
    """
    if text.split() != source.split():
        return False
    spelt = [word for word in words(source) if word[0].isalpha()]
    plain = sum(word[0].islower() for word in spelt)
    return plain >= _LEAST_PLAIN or (len(spelt) > _LONGEST_NAME and not _LISTS.search(source))


def _is_copy(entry: polib.POEntry, state: State, fields: dict[str, str]) -> bool:
    """Whether no person changed the text, the state or the mark since it was copied."""
    if fields.get("state") != state.value or ("fuzzy" in entry.flags) == state.is_human:
        return False
    if fields.get("text") == digest(entry.msgstr, state):
        return True
    # Lines from before the state was part of the digest: a machine's name tells who set it.
    is_own = state.is_human and "by" not in fields
    return fields.get("text") == digest(entry.msgstr) and not is_own


def _is_untouched(text: str, fields: dict[str, str]) -> bool:
    """Whether the English is the one that the comment was written for."""
    said = fields.get("text")
    return said == digest(text) or any(said == digest(text, state) for state in State)


def _translation(
    entry: polib.POEntry, editor: str, fields: dict[str, str]
) -> tuple[Translation, bool]:
    """What the English counts as, and whether only the header names its person, ``editor``."""
    text = readable(entry.msgstr)
    stated = _STATES.get(fields.get("state", ""))
    engine = fields.get("engine", "")
    made = day_in(fields.get("made"))
    if stated in (State.DRAFT, State.MACHINE) and engine:
        if _is_untouched(entry.msgstr, fields):
            if "fuzzy" in entry.flags:
                return Translation(text, stated, engine, made), False
            # The day on record is the machine's; when the person looked is not.
            return Translation(text, State.APPROVED, editor, None), True
        return Translation(text, State.EDITED, editor, None), True
    if stated is not None and stated.is_human:
        if ("text" in fields or "from" in fields) and not _is_untouched(entry.msgstr, fields):
            return Translation(text, State.EDITED, editor, None), True
        if stated is State.APPROVED and "by" in fields and "fuzzy" in entry.flags:
            stated = State.EDITED  # whoever puts the mark back on wants it looked at again
        # "engine" beside a digest is the machine whose text a person approved by hand; without one
        # it is how the person was named before there was "by".
        person = fields.get("by") or ("" if "text" in fields else engine)
        return Translation(text, stated, person or editor, made), not person
    # No line of ours, or one that we cannot read: never overwrite what may be a person's.
    return Translation(text, State.EDITED, editor, None), True


def sign_all(file: polib.POFile) -> None:
    """Write who edited or approved into the entries that leave it to the file's header.

    An edit keeps the mark ``fuzzy`` where the person left it. A state that is none of ours stays to
    be seen until somebody mends it.
    """
    for entry in file:
        said = meaning(entry, file)
        if said is None or said.translation is None or not said.unsigned or unknown_state(entry):
            continue
        flags = list(entry.flags)
        # As it stands, not as it reads: what was typed is not ours to change.
        write_translation(entry, replace(said.translation, text=entry.msgstr))
        if said.translation.state is State.EDITED:
            entry.flags = flags


def write_translation(
    entry: polib.POEntry, translation: Translation, copied_from: str = ""
) -> None:
    """Put a translation into an entry, with its comment and flag; other comments stay."""
    text = entry.msgstr = whole(translation.text)
    who = "by" if translation.state.is_human else "engine"
    fields = [f"state={translation.state.value}", f"{who}={quoted(translation.engine)}"]
    if translation.made:
        fields.append(f"made={translation.made.isoformat()}")
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if not translation.state.is_human:
        flags.insert(0, "fuzzy")
    if copied_from:
        fields.append(f"text={digest(text, translation.state)}")
        fields.append(f"from={quoted(copied_from)}")
    else:
        fields.append(f"text={digest(text)}")
    entry.flags = flags
    if translation.state.is_human:
        entry.previous_msgid = None
    write_own(entry, fields, settled=translation.state.is_human)


def remove_translation(entry: polib.POEntry) -> None:
    """Take a machine's English out again; what others wrote in the comments stays."""
    entry.msgstr = ""
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    write_own(entry)


def new_entry(key: SegmentKey) -> polib.POEntry:
    """An entry without English."""
    return polib.POEntry(msgid=key.source, msgctxt=TITLE_CONTEXT if key.title else None)


def _editor(file: polib.POFile) -> str:
    name = str(file.metadata.get("Last-Translator", "")).partition("<")[0].strip(" \t\"'")
    # An address for mails is nothing to show on a page.
    return plain(name) if name and name not in _NO_NAMES and "@" not in name else PERSON


def readable(text: str) -> str:
    r"""The English of an entry as a page may show it.

    In a PO ``\b`` is a backspace and ``\r`` a return, but who types ``C:\berita\rapat`` means the
    letters. Characters that only hide or turn others around are not shown.
    """
    if text.isprintable():
        return text
    return INVISIBLE.sub("", _TYPED.sub(lambda m: _TYPED_AS[m[0]], text.replace("\r\n", "\n")))

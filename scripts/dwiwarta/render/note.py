"""The note on every article page that says who made its English."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dwiwarta.model import Entry, Translation
from dwiwarta.render.dates import short_date
from dwiwarta.render.views import coverage, engine_name, state_counts


@dataclass(frozen=True, slots=True)
class Note:
    """Plain text: ``text`` follows ``heading`` directly and brings its own first space or mark."""

    heading: str
    text: str
    indonesian: str = ""


def translation_note(entry: Entry) -> Note:
    """Who made the English of an article, when, and how far a person has checked it."""
    state = coverage(entry)
    if state == "missing":
        return Note(
            "Not translated yet",
            ". The Indonesian text is complete; no engine has answered for it so far.",
            "Belum diterjemahkan",
        )
    made = [s.translation for s in entry.text.segments if s.translation is not None]
    human = [t for t in made if t.state.is_human]
    machine = [t for t in made if not t.state.is_human]
    if state == "checked":
        return Note("Checked translation", f" by {_who(human, 'a person')}.")
    total = len(entry.text.paragraphs)
    counts = state_counts(entry)
    checked = counts["edited"] + counts["approved"]
    sentences = [f" by {_who(machine, 'a program')}." if machine else "."]
    if checked:
        share = f"{checked} of {total} paragraphs" if checked < total else "Every paragraph"
        was = "were" if 1 < checked < total else "was"
        sentences.append(f"{share} {was} checked by {_who(human, 'a person')}.")
    elif machine:
        sentences.append("No person has checked it.")
    if counts["draft"]:
        is_are = "is a rough draft" if counts["draft"] == 1 else "are rough drafts"
        sentences.append(f"{counts['draft']} of {total} paragraphs {is_are}.")
    if counts["missing"]:
        is_are = "is" if counts["missing"] == 1 else "are"
        sentences.append(f"{counts['missing']} of {total} {is_are} not translated yet.")
    sentences.append("The Indonesian is what was published.")
    return Note("Machine translation" if machine else "Translation", " ".join(sentences))


def _who(made: Iterable[Translation], otherwise: str) -> str:
    """Names in order of appearance, and the last day: ``DeepL and Google Translate, 2 March``."""
    made = list(made)
    names = list(dict.fromkeys(name for t in made if (name := engine_name(t)))) or [otherwise]
    last: date | None = max((t.made for t in made if t.made is not None), default=None)
    who = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return f"{who}, {short_date(last)}" if last else who

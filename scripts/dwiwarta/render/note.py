"""The note on every article page that says who made its English."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dwiwarta.model import Entry, Segment, State, Translation
from dwiwarta.render.dates import short_date
from dwiwarta.render.views import coverage, engine_name, state_counts

# What a page is called on which persons stand behind everything.
_CHECKED = {
    frozenset({State.APPROVED}): "Checked translation",
    frozenset({State.EDITED}): "Edited translation",
    frozenset({State.APPROVED, State.EDITED}): "Checked and edited translation",
}


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
    # Whoever touched the title alone has not made the text below it.
    made = _made(entry.text.paragraphs) or _made(entry.text.segments)
    if not made:
        return Note("Nothing to translate", ".")
    if state == "checked":
        return Note(_CHECKED[frozenset(t.state for t in made)], f" by {_who(made, 'a person')}.")
    counts = state_counts(entry)
    total = sum(counts.values())
    machine = [t for t in made if not t.state.is_human]
    sentences = [f" by {_who(machine, 'a program')}." if machine else "."]
    for kind, verb in ((State.APPROVED, "checked"), (State.EDITED, "edited")):
        if count := counts[kind.value]:
            share = "Every paragraph" if count == total else f"{count} of {total} paragraphs"
            was = "were" if 1 < count < total else "was"
            by = _who([t for t in made if t.state is kind], "a person")
            sentences.append(f"{share} {was} {verb} by {by}.")
    if len(machine) == len(made):
        sentences.append("No person has checked it.")
    title = entry.text.title.translation
    if not machine and title and not title.state.is_human and entry.text.title.translatable:
        sentences.append("The title is a machine translation.")
    if counts["draft"]:
        is_are = "is a rough draft" if counts["draft"] == 1 else "are rough drafts"
        sentences.append(f"{counts['draft']} of {total} paragraphs {is_are}.")
    if counts["missing"]:
        is_are = "is" if counts["missing"] == 1 else "are"
        sentences.append(f"{counts['missing']} of {total} {is_are} not translated yet.")
    sentences.append("The Indonesian is what was published.")
    return Note("Machine translation" if machine else "Translation", " ".join(sentences))


def _made(segments: Iterable[Segment]) -> list[Translation]:
    return [s.translation for s in segments if s.translatable and s.translation is not None]


def _who(made: Iterable[Translation], otherwise: str) -> str:
    """Names in order of appearance, and the last day: ``DeepL and Google Translate, 2 March``."""
    made = list(made)
    names = list(dict.fromkeys(name for t in made if (name := engine_name(t)))) or [otherwise]
    last: date | None = max((t.made for t in made if t.made is not None), default=None)
    who = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return f"{who}, {short_date(last)}" if last else who

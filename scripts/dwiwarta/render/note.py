"""The note on every article page that says who made its English."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dwiwarta.model import Entry, Segment, State, Translation
from dwiwarta.provenance import KIND
from dwiwarta.render.labels import BY, capital, made_by
from dwiwarta.render.views import coverage, shown_state
from dwiwarta.text import counted

_CHECKS = "numbers, names, length and language"
_ORIGINAL = "The Indonesian is the original: where the two differ, trust it."

# The states of paragraphs in the order in which they are counted: one of them, several.
_COUNTED = {
    State.APPROVED.value: ("checked", "checked"),
    State.EDITED.value: ("edited", "edited"),
    State.MACHINE.value: ("machine", "machine"),
    State.DRAFT.value: ("rough draft", "rough drafts"),
    "stale": ("from an earlier wording", "from an earlier wording"),
    "missing": ("not translated yet", "not translated yet"),
}
_WITHOUT_ENGLISH = frozenset({"stale", "missing"})
_HUMAN = frozenset(state.value for state in State if state.is_human)


@dataclass(frozen=True, slots=True)
class Count:
    """How many paragraphs are in one state, in words: "5 checked"."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """``text`` follows ``heading`` directly and brings its own first space or mark.

    ``counts``: of the ``total`` paragraphs with words, by state, where they are not all alike.
    """

    heading: str
    text: Markup
    indonesian: str = ""
    counts: tuple[Count, ...] = ()
    total: int = 0


def translation_note(entry: Entry) -> Note:
    """Who made the English of an article, when, and how far a person has checked it."""
    if not any(segment.translatable for segment in entry.text.segments):
        return Note("Nothing to translate", Markup("."))
    if coverage(entry) == "missing":
        text = f". The Indonesian text is complete; {_why_missing(entry.text.segments)}."
        return Note("Not translated yet", Markup.escape(text), "Belum diterjemahkan")
    # Whoever touched the title alone has not made the text below it.
    told = [segment for segment in entry.text.paragraphs if segment.translatable]
    told = told or [entry.text.title]
    states = Counter(shown_state(segment) for segment in told)
    if len(states) == 1:
        return _alike(entry, told, next(iter(states)))
    return _mixed(entry, told, states)


def _alike(entry: Entry, told: Sequence[Segment], state: str) -> Note:
    """The note where all paragraphs are in one state."""
    if state == "missing":  # and the title is not
        text = f". The Indonesian text is complete; {_why_missing(told)}."
        return _note(
            "Not translated yet", [text, _about_title(entry, state)], "Belum diterjemahkan"
        )
    if state == "stale":
        stale = [segment.stale for segment in told if segment.stale]
        by = Markup(", by {}. The Indonesian has changed since.").format(made_by(stale))
        return _note("English of an earlier wording", [by, _about_title(entry, state), _ORIGINAL])
    made = _made(told)
    by = Markup(" by {}.").format(made_by(made))
    heading = capital(KIND[State(state)])
    if state in _HUMAN:
        return _note(heading, [by, _about_title(entry, state)])
    checked = "No person has checked it."
    return _note(heading, [by, checked, _about_title(entry, state), _folded(told), _ORIGINAL])


def _mixed(entry: Entry, told: Sequence[Segment], states: Counter[str]) -> Note:
    """The note where paragraphs are in several states."""
    made = _made(told)
    kinds = states.keys() - _WITHOUT_ENGLISH
    counts = tuple(
        Count(state, counted(n, one, many))
        for state, (one, many) in _COUNTED.items()
        if (n := states[state])
    )
    total = sum(states.values())
    if states.keys() <= _HUMAN:
        by = Markup(" by {}.").format(made_by(made))
        parts = [by, _about_title(entry, "")]
        return _note("Checked and edited translation", parts, counts=counts, total=total)
    parts = [""]
    for state in sorted(State, key=lambda state: list(_COUNTED).index(state.value)):
        if of_kind := [one for one in made if one.state is state]:
            by = Markup("{} {}.").format(capital(BY[state]), made_by(of_kind))
            parts.append(by)
    if not kinds & _HUMAN and kinds:
        parts.append("No person has checked it.")
    if any(shown_state(segment) == "missing" and segment.rejections for segment in told):
        parts.append(f"Where English is missing, {_answered(told)}.")
    parts += [_about_title(entry, ""), _folded(told), _ORIGINAL]
    if len(kinds) > 1:
        return _note("Mixed translation", parts, "Terjemahan campuran", counts, total)
    return _note("Partly translated", parts, "Sebagian diterjemahkan", counts, total)


def _about_title(entry: Entry, state: str) -> str:
    """What the note says of a title that is not like the paragraphs, which are in ``state``.

    Where they are in several states ("") the title carries its own label.
    """
    title = entry.text.title
    if not title.translatable:
        return ""
    own = shown_state(title)
    if own == state:
        return ""
    if own == "missing":
        return "The title is not translated yet."
    if state and own not in _HUMAN | _WITHOUT_ENGLISH:
        return f"The title is a {KIND[State(own)]}."
    return ""


def _folded(told: Sequence[Segment]) -> str:
    """That below newer English a person's of an earlier wording is kept."""
    number = sum(1 for segment in told if segment.translation and segment.stale)
    if not number:
        return ""
    where = "one paragraph" if number == 1 else f"{number} paragraphs"
    return f"Below {where}, a person's English of an earlier wording is kept."


def _why_missing(segments: Sequence[Segment]) -> str:
    if any(segment.rejections for segment in segments if segment.translatable):
        return _answered(segments)
    return "no translation program has answered for it so far"


def _answered(segments: Sequence[Segment]) -> str:
    """That programs did answer for what is missing, for all of it or for some."""
    missing = [s for s in segments if s.translatable and shown_state(s) == "missing"]
    some = "" if all(segment.rejections for segment in missing) else " for some of it"
    return (
        f"a translation program has answered{some}, but its English did not pass the checks of "
        f"{_CHECKS} and is not shown"
    )


def _note(
    heading: str,
    parts: Iterable[str],
    indonesian: str = "",
    counts: tuple[Count, ...] = (),
    total: int = 0,
) -> Note:
    """``parts``: sentences; the first follows the heading directly, empty ones are left out."""
    first, *rest = parts
    text = Markup(" ").join([first, *(part for part in rest if part)])
    return Note(heading, text, indonesian, counts, total)


def _made(segments: Iterable[Segment]) -> list[Translation]:
    return [s.translation for s in segments if s.translatable and s.translation is not None]

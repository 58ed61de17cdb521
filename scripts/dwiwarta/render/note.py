"""The note on every article page that says who made its English."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dwiwarta.interface import N_, NN_, gettext, in_html, indonesian, ngettext
from dwiwarta.model import Entry, Segment, State, Translation
from dwiwarta.provenance import KIND
from dwiwarta.render.labels import BY, LABELS, capital, made_by
from dwiwarta.render.views import Side, coverage, shown_state

_ORIGINAL = N_("The Indonesian is the original: where the two differ, trust it.")
_UNCHECKED = N_("No person has checked it.")

# The states of paragraphs in the order in which they are counted: one of them, several.
_COUNTED = {
    State.APPROVED.value: NN_("%(num)s checked", "%(num)s checked"),
    State.EDITED.value: NN_("%(num)s edited", "%(num)s edited"),
    State.MACHINE.value: NN_("%(num)s machine", "%(num)s machine"),
    State.DRAFT.value: NN_("%(num)s rough draft", "%(num)s rough drafts"),
    "stale": NN_("%(num)s from an earlier wording", "%(num)s from an earlier wording"),
    "missing": NN_("%(num)s not translated yet", "%(num)s not translated yet"),
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
    ``state``: that of all of them, if a person's.
    """

    heading: str
    text: Markup
    indonesian: str = ""
    counts: tuple[Count, ...] = ()
    total: int = 0
    state: str = ""


def translation_note(entry: Entry) -> Note:
    """Who made the English of an article, when, and how far a person has checked it."""
    if not any(segment.translatable for segment in entry.text.segments):
        return Note(gettext("Nothing to translate"), Markup("."))
    if coverage(entry) == "missing":
        return _note(N_("Not translated yet"), [_why_missing(entry.text.segments)], beside=True)
    # Whoever touched the title alone has not made the text below it.
    told = [segment for segment in entry.text.paragraphs if segment.translatable]
    told = told or [entry.text.title]
    states = Counter(shown_state(segment) for segment in told)
    if len(states) == 1:
        return _alike(entry, told, next(iter(states)))
    return _mixed(entry, told, states)


def said_once(paragraphs: Sequence[Side]) -> list[Side]:
    """Paragraphs in several states, below a note that names who made each kind of English.

    Where all of a kind have one maker, the kind alone is left to say; where a paragraph is like the
    one before, even that is for those who do not see its bar (``Side.again``).
    """
    makers: dict[str, set[str]] = defaultdict(set)
    for one in paragraphs:
        makers[one.state].add(one.label)
    shown: list[Side] = []
    before = ""
    for one in paragraphs:
        label = one.label
        if label and len(makers[one.state]) == 1:
            label = Markup.escape(capital(gettext(KIND[State(one.state)])))
        shown.append(replace(one, label=label, again=bool(label) and label == before))
        before = label if one.state != "same" else before
    return shown


def common_state(paragraphs: Sequence[Side]) -> str:
    """The state that the text says for all its paragraphs, where all are alike; "" if none.

    What is missing, or of an earlier wording, each paragraph says itself.
    """
    told = ("approved", "edited", "draft")
    return next((one.state for one in paragraphs if one.state in told), "")


def _alike(entry: Entry, told: Sequence[Segment], state: str) -> Note:
    """The note where all paragraphs are in one state."""
    if state == "missing":  # and the title is not
        text = _why_missing(told)
        return _note(N_("Not translated yet"), [text, _about_title(entry, state)], beside=True)
    if state == "stale":
        stale = [segment.stale for segment in told if segment.stale]
        by = in_html(", by %(who)s. The Indonesian has changed since.", who=made_by(stale))
        heading = N_("English of an earlier wording")
        return _note(heading, [by, _about_title(entry, state), gettext(_ORIGINAL)])
    made = _made(told)
    by = in_html(" by %(who)s.", who=made_by(made))
    heading = KIND[State(state)]
    if state in _HUMAN:
        return replace(_note(heading, [by, _about_title(entry, state)]), state=state)
    parts = [by, gettext(_UNCHECKED), _about_title(entry, state), _folded(told)]
    return _note(heading, [*parts, gettext(_ORIGINAL)])


def _mixed(entry: Entry, told: Sequence[Segment], states: Counter[str]) -> Note:
    """The note where paragraphs are in several states."""
    made = _made(told)
    kinds = states.keys() - _WITHOUT_ENGLISH
    counts = tuple(
        Count(state, ngettext(one, many, n))
        for state, (one, many) in _COUNTED.items()
        if (n := states[state])
    )
    total = sum(states.values())
    if states.keys() <= _HUMAN:
        by = in_html(" by %(who)s.", who=made_by(made))
        parts = [by, _about_title(entry, "")]
        return _note(N_("Checked and edited translation"), parts, counts=counts, total=total)
    parts = [""]
    for state in sorted(State, key=lambda state: list(_COUNTED).index(state.value)):
        if of_kind := [one for one in made if one.state is state]:
            # Beside what people made, it is said of each kind whether it was checked.
            words = (LABELS if kinds & _HUMAN else BY)[state]
            parts.append(Markup(capital(in_html(words, who=made_by(of_kind)))) + ".")  # noqa: S704
    if not kinds & _HUMAN and kinds:
        parts.append(gettext(_UNCHECKED))
    if any(shown_state(segment) == "missing" and segment.rejections for segment in told):
        parts.append(_answered(told, _MISSING_IN_PART))
    parts += [_about_title(entry, ""), _folded(told), gettext(_ORIGINAL)]
    if len(kinds) > 1:
        return _note(N_("Mixed translation"), parts, counts, total, beside=True)
    return _note(N_("Partly translated"), parts, counts, total, beside=True)


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
        return gettext("The title is not translated yet.")
    if state and own not in _HUMAN | _WITHOUT_ENGLISH:
        return gettext("The title is a %(kind)s.", kind=gettext(KIND[State(own)]))
    return ""


def _folded(told: Sequence[Segment]) -> str:
    """That below newer English a person's of an earlier wording is kept."""
    number = sum(1 for segment in told if segment.translation and segment.stale)
    if not number:
        return ""
    return ngettext(
        "Below one paragraph, a person's English of an earlier wording is kept.",
        "Below %(num)s paragraphs, a person's English of an earlier wording is kept.",
        number,
    )


def _why_missing(segments: Sequence[Segment]) -> str:
    if any(segment.rejections for segment in segments if segment.translatable):
        return _answered(segments, _MISSING)
    return gettext(
        ". The Indonesian text is complete; no translation program has answered for it so far."
    )


# Of what is missing: all of it was answered, or some.
_MISSING = (
    N_(
        ". The Indonesian text is complete; a translation program has answered, but its English "
        "did not pass the checks of numbers, names, length and language and is not shown."
    ),
    N_(
        ". The Indonesian text is complete; a translation program has answered for some of it, "
        "but its English did not pass the checks of numbers, names, length and language and is "
        "not shown."
    ),
)
_MISSING_IN_PART = (
    N_(
        "Where English is missing, a translation program has answered, but its English did not "
        "pass the checks of numbers, names, length and language and is not shown."
    ),
    N_(
        "Where English is missing, a translation program has answered for some of it, but its "
        "English did not pass the checks of numbers, names, length and language and is not shown."
    ),
)


def _answered(segments: Sequence[Segment], all_or_some: tuple[str, str]) -> str:
    """That programs did answer for what is missing, for all of it or for some."""
    missing = [s for s in segments if s.translatable and shown_state(s) == "missing"]
    return gettext(all_or_some[0 if all(segment.rejections for segment in missing) else 1])


def _note(
    heading: str,
    parts: Iterable[str],
    counts: tuple[Count, ...] = (),
    total: int = 0,
    *,
    beside: bool = False,
) -> Note:
    """``heading`` is said here, ``beside``: in Indonesian too. ``parts``: sentences; the first
    follows the heading directly, empty ones are left out.
    """
    first, *rest = map(Markup.escape, parts)
    text = Markup(" ").join([first, *(part for part in rest if part)])
    own = indonesian(heading) if beside else ""
    return Note(capital(gettext(heading)), text, own, counts, total)


def _made(segments: Iterable[Segment]) -> list[Translation]:
    return [s.translation for s in segments if s.translatable and s.translation is not None]

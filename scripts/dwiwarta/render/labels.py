"""Who made an English text, in the words that readers see."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from dwiwarta.interface import N_, gettext, in_html, remembered
from dwiwarta.model import UNNAMED_EDITOR, State, Translation
from dwiwarta.provenance import Standing
from dwiwarta.render.dates import short_date
from dwiwarta.render.markup import literal

_ENGINES = {
    "google": "Google Translate",
    "firefox": "Firefox Translations",
    "libre": "LibreTranslate",
    "deepl": "DeepL",
    "mymemory": "MyMemory",
    "microsoft": "Microsoft Translator",
}
# ``KIND`` as the beginning of a sentence that names who it was.
BY = {
    State.APPROVED: N_("checked by %(who)s"),
    State.EDITED: N_("edited by %(who)s"),
    State.MACHINE: N_("machine translation by %(who)s"),
    State.DRAFT: N_("rough draft by %(who)s"),
}
# The same with what it is said of; what no person has seen says so.
LABELS = {**BY, State.MACHINE: N_("machine translation by %(who)s, not checked")}
_EARLIER = {
    State.APPROVED: N_("earlier wording, checked by %(who)s: the Indonesian has changed since"),
    State.EDITED: N_("earlier wording, edited by %(who)s: the Indonesian has changed since"),
    State.MACHINE: N_(
        "earlier wording, machine translation by %(who)s: the Indonesian has changed since"
    ),
    State.DRAFT: N_("earlier wording, rough draft by %(who)s: the Indonesian has changed since"),
}
_REMEMBERED = 5_000  # labels: an article has few, and most have the same


def engine_label(engine: str) -> str:
    """An engine with its version: "Firefox Translations 1.0"."""
    return " ".join(part for part in _name_and_version(engine) if part)


def engine_name(translation: Translation) -> str:
    """The engine with its version (or, for human states, the editor)."""
    if translation.state.is_human:
        is_named = translation.engine != UNNAMED_EDITOR
        return literal(translation.engine) if is_named else gettext("an unnamed editor")
    return engine_label(translation.engine)


def made_by(translations: Iterable[Translation]) -> Markup:
    """Names in order of appearance, and the last day that is known: ``DeepL and Google
    Translate, 9 November 2023``. The version of a program is for those who ask for it.
    """
    made = list(translations)
    names = list(dict.fromkeys(_maker(one) for one in made))
    last: date | None = max((one.made for one in made if one.made is not None), default=None)
    firsts, rest = names[:-1], names[-1:]
    who = Markup("").join(rest)
    if firsts:
        who = in_html("%(names)s and %(last)s", names=Markup(", ").join(firsts), last=who)
    return Markup("{}, {}").format(who, short_date(last)) if last else who


def state_label(translation: Translation, of: str = "") -> Markup:
    """``Checked by Ani, 2 March 2026``, or ``Title: checked by …`` for what ``of`` names."""
    return _state_label(translation.state, translation.engine, translation.made, of)


@remembered(_REMEMBERED)
def _state_label(state: State, engine: str, made: date | None, of: str) -> Markup:
    by = made_by([Translation("", state, engine, made)])
    return _begin_html(in_html(LABELS[state], who=by), of)


def earlier_label(stale: Translation, of: str = "") -> Markup:
    """What stands over a person's English of another Indonesian than that beside it."""
    return _begin_html(in_html(_EARLIER[stale.state], who=made_by([stale])), of)


def standing_label(standing: Standing, of: str = "") -> str:
    """What a list calls the English that it shows of an article (of what ``of`` names)."""
    return _begin(standing.words, of)


def capital(words: str) -> str:
    """With a capital at the beginning; names inside stay as they are."""
    return words[:1].upper() + words[1:]


def _begin(words: str, of: str) -> str:
    return f"{of}: {words}" if of else capital(words)


def _begin_html(words: Markup, of: str) -> Markup:
    return Markup("{}: {}").format(of, words) if of else Markup(capital(words))  # noqa: S704


def _maker(translation: Translation) -> Markup:
    if translation.state.is_human:
        return Markup.escape(engine_name(translation) or gettext("a person"))
    name, version = _name_and_version(translation.engine)
    if not version:
        return Markup.escape(name or gettext("a program"))
    return Markup('<span title="{} {}">{}</span>').format(name, version, name)


def _name_and_version(engine: str) -> tuple[str, str]:
    name, _, version = literal(engine).partition(" ")
    return _ENGINES.get(name.lower(), name), version

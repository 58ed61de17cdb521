"""The words that readers see: a catalogue for each language, ``locale/*.po``.

The language is that of the site (``site.language``); ``speaking`` sets it for what is made inside.
What is marked is in the catalogues: by ``gettext``, ``ngettext``, ``N_`` and ``NN_`` in Python, by
``_``, ``ngettext`` and ``both`` in templates, by ``t`` in the theme and ``say`` in scripts.
``tests/unit/test_interface.py`` holds the catalogues to that.
"""

import gettext as standard
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from io import BytesIO
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

_P = ParamSpec("_P")
_R = TypeVar("_R")

CATALOGUES = Path(__file__).with_name("locale")
LANGUAGES = ("en", "id")
# CLDR's locales: English dates are written as in Britain.
LOCALES = {"en": "en_GB", "id": "id_ID"}
# Where the catalogue says a message comes from, if a script says it; those of words are not in
# every page, but come with the lexicon (render/lexicon.py).
OF_SCRIPTS = "assets/"
OF_WORDS = "docs/assets/words/"
_SAID_REMEMBERED = 2_000  # messages, with their numbers
_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make what is said inside be said in ``language``, one of ``LANGUAGES``."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def spoken() -> str:
    """The language that is spoken now."""
    return _language.get()


def other() -> str:
    """The language of articles that is not the interface's."""
    return "id" if spoken() == "en" else "en"


def gettext(message: str, **values: object) -> str:
    """``message`` in the language of the site, with ``%(name)s`` filled from ``values``."""
    said = _catalogue(spoken()).gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """As ``gettext``, for a number of things; ``%(num)s`` is the number as it is written."""
    said = _catalogue(spoken()).ngettext(one, many, number)
    return said % {"num": figure(number), **values}


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext's tools know it
    """Mark ``message`` for the catalogues where it is not said yet."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - beside ``N_``
    """As ``N_``, for what ``ngettext`` says."""
    return one, many


def figure(number: int) -> str:
    """``1,234`` or ``1.234``."""
    written = f"{number:,}"
    return written.replace(",", ".") if spoken() == "id" else written


def in_html(message: str, **values: object) -> Markup:
    """As ``gettext``; ``values`` are escaped, messages hold nothing to escape."""
    # What is said without words of others is the same on every page. Only of numbers is it known
    # that two that are alike are written alike.
    if all(type(value) is int for value in values.values()):
        return _said_in_html(spoken(), message, tuple(values.items()))
    return Markup(_catalogue(spoken()).gettext(message)) % values  # noqa: S704 (ours)


@lru_cache(_SAID_REMEMBERED)
def _said_in_html(language: str, message: str, values: tuple[tuple[str, object], ...]) -> Markup:
    said = Markup(_catalogue(language).gettext(message))  # noqa: S704 (ours)
    return said % dict(values) if values else said


def n_in_html(one: str, many: str, number: int, **values: object) -> Markup:
    """As ``ngettext``; ``values`` are escaped."""
    said = Markup(_catalogue(spoken()).ngettext(one, many, number))  # noqa: S704 (ours)
    return said % {"num": figure(number), **values}


def both(message: str) -> Markup:
    """``message``, in an English interface with the Indonesian beside it."""
    return _said_in_both(message) if spoken() == "en" else in_html(message)


@lru_cache(_SAID_REMEMBERED)
def _said_in_both(message: str) -> Markup:
    beside = Markup('{} <span lang="id" translate="no">{}</span>')
    return beside.format(in_html(message), Markup(_catalogue("id").gettext(message)))  # noqa: S704


def indonesian(message: str) -> str:
    """What stands beside ``message`` in an English interface; "" in an Indonesian one."""
    return _catalogue("id").gettext(message) if spoken() == "en" else ""


@cache
def messages_of(language: str, place: str = "", but: str | None = None) -> Mapping[str, str]:
    """What a catalogue says otherwise than the code, of messages of files that begin with ``place``
    (all without), those that begin with ``but`` aside. Plural forms are not among them.
    """
    return {
        str(one.id): str(one.string)
        for one in _read(language)
        if isinstance(one.id, str)
        and one.id
        and one.string != one.id
        and any(
            str(file).startswith(place) and not (but and str(file).startswith(but))
            for file, _ in one.locations
        )
    }


@cache
def _catalogue(language: str) -> standard.NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, _read(language))
    compiled.seek(0)
    return standard.GNUTranslations(compiled)


@cache
def _read(language: str):  # type: ignore[no-untyped-def] # babel has no types
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def remembered(size: int | None = None) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """As ``lru_cache``, apart for each language that is spoken."""

    def around(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @lru_cache(size)
        def known(_language: str, *values: Any, **named: Any) -> _R:
            return function(*values, **named)

        @wraps(function)
        def asked(*values: _P.args, **named: _P.kwargs) -> _R:
            return known(spoken(), *values, **named)  # type: ignore[arg-type] # hashable, as for lru_cache

        return asked

    return around

"""English at first need: Firefox's model is offered when paragraphs wait and nothing can do them.

A person at a terminal is asked once; a no is remembered beside the models. Without a terminal, and
on a build server, nobody is asked and nothing is fetched: the closing lines name the command.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from dwiwarta.commands.output import Bar, detail, in_ci, is_quiet, is_terminal, shown_size
from dwiwarta.commands.shared import warn
from dwiwarta.files import write_atomic
from dwiwarta.settings import TranslationSettings
from dwiwarta.starter import shown_command
from dwiwarta.text import counted
from dwiwarta.translate import TranslationCount
from dwiwarta.translate.models.files import ModelError
from dwiwarta.translate.models.store import ModelStore, default_store, fetch_command

FIREFOX = "firefox"
MODES = ("ask", "always", "never")
_NO = "firefox.no"
_NO_TEXT = (
    "Somebody answered no when asked to fetch this model. Delete this file to be asked again.\n"
)
# A person waits for the question: Mozilla's list of a megabyte takes a second or two.
_LOOK_SILENCE_SECONDS, _LOOK_SECONDS = 5.0, 20.0

fetch_option = click.option(
    "--fetch-model",
    "fetch_mode",
    type=click.Choice(MODES),
    help="Whether to fetch Firefox's model if it is needed. Default: as configured.",
)


class ModelOffer:
    """Asks for Firefox's model when it is needed, and fetches it: ``Provide`` for a chain."""

    def __init__(
        self,
        settings: TranslationSettings,
        mode: str | None = None,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        """``mode`` in place of the settings'; ``pause`` clears the line before the question."""
        self.pause = pause
        self._mode = mode or settings.fetch_model
        self._own = bool(settings.firefox_model)
        self._asked = False

    def __call__(self, engine: str) -> bool:
        """Whether that engine can work from now on. Raises ``click.Abort`` on Ctrl+C."""
        if engine != FIREFOX or self._own or self._mode == "never" or self._asked or in_ci():
            return False
        try:
            store = default_store()
            if store.manifest(FIREFOX) is not None:
                return False
            store.check_room(FIREFOX)
        except ModelError:
            return False  # the engine has said what is in the way
        self._asked = True
        asks = self._mode == "ask"
        if asks and (not is_terminal() or is_quiet() or (store.root / _NO).exists()):
            return False
        self.pause()
        try:
            return self._fetch(store, asks=asks)
        except ModelError as error:
            warn(f"Firefox's model could not be fetched: {error}")
            return False

    def _fetch(self, store: ModelStore, *, asks: bool) -> bool:
        # The client for downloads takes a while to load: only who fetches needs it.
        from dwiwarta.translate.models.download import Limits
        from dwiwarta.translate.models.fetch import fetch_firefox, look_up_firefox

        limits = Limits(silence=_LOOK_SILENCE_SECONDS, total=_LOOK_SECONDS)
        listed = look_up_firefox(os.environ, limits)
        size = shown_size(listed.size)
        detail(f"Firefox's model: {size}")
        question = f"Fetch Firefox's model ({size}, runs on this machine)?"
        if asks and not click.confirm(question, default=True, err=True):
            _remember_no(store.root)
            return False
        bar = Bar("Fetching Firefox's model", "bytes", after=0.0)
        try:
            fetch_firefox(store, os.environ, bar.to, listed=listed)
        finally:
            bar.close()
        return True


def _remember_no(folder: Path) -> None:
    try:
        write_atomic(folder / _NO, _NO_TEXT.encode())
    except OSError as error:
        warn(f"{folder / _NO}: cannot be written, so you will be asked again: {error.strerror}")
    else:
        warn(f"Not asked again. To fetch it later: {fetch_command(FIREFOX)}")


def forget_no(store: ModelStore) -> None:
    """Who fetches a model by hand has changed their mind."""
    (store.root / _NO).unlink(missing_ok=True)


def rows_of_waiting(
    count: TranslationCount, settings: TranslationSettings, engines: Sequence[str] | None
) -> list[tuple[str, str]]:
    """The closing line about what has no English yet, with the one command that helps.

    ``engines``: those asked in place of the settings'.
    """
    if not count.pending:
        return []
    asked = settings.engines if engines is None else engines
    waits = counted(count.pending, "title or paragraph", "titles and paragraphs")
    verb = "waits" if count.pending == 1 else "wait"
    return [("Waiting", f"{waits} {verb} for English: {_helping(count, settings, asked)}")]


def _helping(count: TranslationCount, settings: TranslationSettings, asked: Sequence[str]) -> str:
    if count.pending_rejected == count.pending:
        return shown_command("review")  # engines have had their say: an editor is needed
    if FIREFOX not in (*asked, *settings.engines):
        if count.translated:  # an engine of theirs answers, and missed these
            return shown_command("translate")
        fetch = " --fetch-model always" if _lacks_model() else ""
        return shown_command(f"translate --engines {FIREFOX}{fetch}")
    if not settings.firefox_model and _lacks_model():
        return fetch_command(FIREFOX)
    # The model is there: either it was not asked, or it failed at these and may be asked anew.
    return shown_command("translate")


def _lacks_model() -> bool:
    try:
        return default_store().manifest(FIREFOX) is None
    except ModelError:
        return True

"""Firefox's translation model on this machine, through fxtranslate. Nothing leaves the machine.

Made by ``make_engine(name, settings)`` from the registry. The model is the one that
``build.py models fetch firefox`` put into the user's cache, or lies in the folder that
``translation.firefox_model`` names. A build never downloads it: without a model the engine says
that it is unavailable, and the command that helps.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import fxtranslate

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.translate.models import Model, ModelError, default_store, load_folder

NAME = "firefox"


class Translator(Protocol):
    """What we use of ``fxtranslate.Translator``."""

    def translate_long(self, text: str) -> str:
        """Translate text of any length, split into sentences."""
        ...


def build_translator(parts: Mapping[str, bytes]) -> Translator:
    """A translator of the files by role. Raises ``ModelError`` if they are no model."""
    source = parts.get("srcvocab") or parts.get("vocab", b"")
    target = parts.get("trgvocab") or parts.get("vocab", b"")
    try:
        return fxtranslate.Translator(parts.get("model", b""), source, target, parts.get("lex"))
    except ValueError as error:
        raise ModelError(f"its model cannot be used: {error}") from error


class FirefoxEngine:
    """The engine. ``load`` reads the model; ``build`` makes a translator of it (for tests)."""

    def __init__(
        self,
        load: Callable[[], Model],
        build: Callable[[Mapping[str, bytes]], Translator] = build_translator,
    ) -> None:
        """Neither is called before the engine is asked for something."""
        self._load = load
        self._build = build
        self._lock = threading.Lock()
        self._ready: tuple[str, Translator] | None = None

    @property
    def capabilities(self) -> Capabilities:
        """Any length (split into sentences by the library), a few texts a call, no network.

        Saving the memory takes some milliseconds: sixteen texts at a time, most articles, keep that
        small beside translating, and no more than these are lost to a kill.
        """
        return Capabilities(name=NAME, online=False, max_chars=20_000, batch=16)

    def version(self) -> str:
        """``firefox 3.0 tiny``. Reads and checks the model once (17 MB, well under a second)."""
        return self._model()[0]

    def translate(self, request: Request) -> Sequence[Answer]:
        """Answer every text, one after another."""
        translator = self._model()[1]
        return [self._one(translator, text) for text in request.texts]

    def _one(self, translator: Translator, text: str) -> Answer:
        try:
            return translator.translate_long(text)
        except ValueError as error:
            return EngineError(NAME, EngineFailure.INVALID, f"the model failed: {error}")

    def _model(self) -> tuple[str, Translator]:
        with self._lock:  # a call that outlived its deadline may still be here
            if self._ready is None:
                try:
                    model = self._load()
                    self._ready = (f"{NAME} {model.version}", self._build(model.parts))
                except ModelError as error:
                    raise EngineError(NAME, EngineFailure.UNAVAILABLE, str(error)) from error
            return self._ready


def make_engine(name: str, settings: TranslationSettings) -> FirefoxEngine:
    """The engine with the model of the settings or of the user's cache."""
    del name  # it has one
    folder = settings.firefox_model
    if folder:
        return FirefoxEngine(lambda: load_folder(Path(folder).expanduser()))
    return FirefoxEngine(lambda: default_store().load(NAME))

"""Firefox's translation model on this machine, through fxtranslate. Nothing leaves the machine.

Made by ``make_engine(name, settings)`` from the registry. The model is the one that
``build.py models fetch firefox`` put into the user's cache, or lies in the folder that
``translation.firefox_model`` names. A build never downloads it: without a model the engine says
that it is unavailable, and the command that helps. The model runs in a process of its own
(``translate/models/fxprocess.py``), so that a malformed one cannot take the build with it.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.translate.models.fxprocess import FxError, FxProcess, FxTimeError
from dwiwarta.translate.models.store import Model, ModelError, default_store, load_folder

NAME = "firefox"

# Loading takes well under a second, of the largest models too; a machine may be busy.
_LOAD_SECONDS = 60.0
# Between the end of the engine's own time and that of the call.
_MARGIN_SECONDS = 0.5
# A model may load and still lack what translating needs.
_TRIAL = "Perahu itu merah."


class Translator(Protocol):
    """A loaded model."""

    def translate(self, text: str, seconds: float) -> str:
        """Translate text of any length, split into sentences.

        Raises ``FxError`` if the model fails, ``FxTimeError`` if it takes longer than ``seconds``.
        """
        ...

    @property
    def broken(self) -> bool:
        """Whether it will never answer again."""
        ...


class _Loaded:
    """fxtranslate with a model, in its own process."""

    def __init__(self, parts: Mapping[str, bytes], seconds: float) -> None:
        source = parts.get("srcvocab") or parts.get("vocab", b"")
        target = parts.get("trgvocab") or parts.get("vocab", b"")
        shortlist = parts.get("lex", b"")
        self._process = FxProcess()
        self._process.ask(
            "load", parts.get("model", b""), source, target, shortlist, seconds=seconds
        )

    @property
    def broken(self) -> bool:
        return self._process.broken

    def translate(self, text: str, seconds: float) -> str:
        # "replace": half of a surrogate pair is no text for anybody.
        data = text.encode("utf-8", "replace")
        return self._process.ask("translate", data, seconds=seconds).decode()


def build_translator(parts: Mapping[str, bytes], seconds: float = _LOAD_SECONDS) -> Translator:
    """A translator of the files by role, tried with a sentence.

    Raises ``ModelError`` if they are no model, whatever fxtranslate makes of them.
    """
    end = time.monotonic() + seconds
    try:
        translator = _Loaded(parts, seconds)
        english = translator.translate(_TRIAL, end - time.monotonic())
    except FxError as error:
        raise ModelError(f"its model cannot be used: {error}") from error
    if not english.strip():
        raise ModelError("its model cannot be used: it says nothing (are these its vocabularies?)")
    return translator


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
        """Answer every text, one after another; what the model fails at costs no other its answer.

        Ends a little before its time, so that what was done by then is not lost.
        """
        seconds = request.deadline_seconds
        end = time.monotonic() + seconds - min(_MARGIN_SECONDS, seconds / 10)
        answers: list[Answer] = []
        for text in request.texts:
            try:  # a model that broke down is loaded anew for the next text
                answers.append(self._model()[1].translate(text, end - time.monotonic()))
            except FxTimeError:
                # Not to be asked again in this run: it would not be faster.
                reason = f"no answer within {seconds:g} s"
                answers.append(EngineError(NAME, EngineFailure.QUOTA, reason))
                break
            except EngineError as error:
                if not answers:
                    raise
                answers.append(error)
                break
            except FxError as error:
                answers.append(
                    EngineError(NAME, EngineFailure.INVALID, f"the model failed: {error}")
                )
        late = EngineError(NAME, EngineFailure.UNSUPPORTED, "the time was up before its turn")
        return [*answers, *[late] * (len(request.texts) - len(answers))]

    def _model(self) -> tuple[str, Translator]:
        with self._lock:  # a call that outlived its deadline may still be here
            if self._ready is None or self._ready[1].broken:
                where = ""
                try:
                    model = self._load()
                    where = f" (in {model.folder})" if model.folder else ""
                    self._ready = (f"{NAME} {model.version}", self._build(model.parts))
                except ModelError as error:
                    reason = f"{error}{where}"
                    raise EngineError(NAME, EngineFailure.UNAVAILABLE, reason) from error
            return self._ready


def make_engine(name: str, settings: TranslationSettings) -> FirefoxEngine:
    """The engine with the model of the settings or of the user's cache."""
    del name  # it has one
    folder = settings.firefox_model
    if folder:
        return FirefoxEngine(lambda: load_folder(folder))
    return FirefoxEngine(lambda: default_store().load(NAME))

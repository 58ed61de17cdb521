"""Firefox's translation model on this machine, through fxtranslate. Nothing leaves the machine.

Made by ``make_engine(name, settings)`` from the registry. The model is the one that
``build.py models fetch firefox`` put into the user's cache, or lies in the folder that
``translation.firefox_model`` names. The engine never downloads it: without a model it says
that it is unavailable, and the command that helps; the chain may have it provided. The model runs
in a process of its own (``translate/models/fxprocess.py``), so that a malformed one cannot take the
build with it.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.translate.models.files import Model, ModelError, load_folder
from dwiwarta.translate.models.fxprocess import FxError, FxTimeError
from dwiwarta.translate.models.store import default_store
from dwiwarta.translate.models.translator import Translator, build_translator

NAME = "firefox"

# Between the end of the engine's own time and that of the call.
_MARGIN_SECONDS = 0.5


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

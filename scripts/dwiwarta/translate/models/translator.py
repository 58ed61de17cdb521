"""A model of Firefox's, loaded by fxtranslate in a process of its own and tried."""

import time
from collections.abc import Mapping
from typing import Protocol

from dwiwarta.translate.models.files import ModelError
from dwiwarta.translate.models.fxprocess import FxError, FxProcess

# Loading takes well under a second, of the largest models too; a machine may be busy.
_LOAD_SECONDS = 60.0
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

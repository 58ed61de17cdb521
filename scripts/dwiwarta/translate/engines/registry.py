"""The engines by name. Each is imported only when it is named in the settings."""

import importlib
import importlib.util
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from dwiwarta.errors import EngineError, EngineFailure, SettingsError, first_line
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines.base import Capabilities, Engine, Request

_HERE = "dwiwarta.translate.engines"
# name → "module:function"; the function takes (name, settings) and returns the engine.
FACTORIES = {
    "firefox": f"{_HERE}.firefox:make_engine",
    "google": f"{_HERE}.registry:make_deep",
    "mymemory": f"{_HERE}.registry:make_deep",
    "libre": f"{_HERE}.registry:make_deep",
    "deepl": f"{_HERE}.registry:make_deep",
    "microsoft": f"{_HERE}.registry:make_deep",
    "ctranslate2": f"{_HERE}.ctranslate2:make_engine",
    "llm": f"{_HERE}.llm:make_engine",
    "fake": f"{_HERE}.registry:make_fake",
}

MakeEngine = Callable[[str, TranslationSettings], Engine]


def make_engine(name: str, settings: TranslationSettings) -> Engine:
    """The engine of that name.

    One whose package is not installed, or is broken, is made all the same, as an engine that says
    so. Raises ``SettingsError`` for a name that no engine has.
    """
    if name not in FACTORIES:
        known = ", ".join(FACTORIES)
        raise SettingsError(f"dwiwarta.yml: translation.engines: no engine {name!r} ({known})")
    module, _, function = FACTORIES[name].partition(":")
    try:
        make: MakeEngine = getattr(importlib.import_module(module), function)
        return make(name, settings)
    except ModuleNotFoundError as error:
        return MissingEngine(name, f"the package {error.name or 'it needs'} is not installed")
    except (ImportError, OSError) as error:
        # A package that is there, and lacks a library of the system: either, depending on how the
        # package loads it.
        return MissingEngine(name, f"a package it needs cannot be loaded: {first_line(error)}")


def make_engines(settings: TranslationSettings) -> tuple[Engine, ...]:
    """The engines of the settings, in order, each once."""
    return tuple(make_engine(name, settings) for name in dict.fromkeys(settings.engines))


def make_deep(name: str, settings: TranslationSettings) -> Engine:
    """One of deep-translator's engines."""
    del settings  # its settings are in the environment: addresses and keys
    from dwiwarta.translate.engines.deep import make_deep_engine

    return make_deep_engine(name)


def make_fake(
    name: str, settings: TranslationSettings, environment: Mapping[str, str] = os.environ
) -> Engine:
    """The scripted engine, with the script that ``DWIWARTA_FAKE_SCRIPT`` names, if any."""
    del settings
    from dwiwarta.translate.engines.fake import SCRIPT_VARIABLE, FakeEngine, load_script

    path = environment.get(SCRIPT_VARIABLE, "")
    return FakeEngine(load_script(Path(path)) if path else None, name=name)


class MissingEngine:
    """Stands for an engine that cannot work here, so that the chain can say why."""

    def __init__(self, name: str, reason: str) -> None:
        """``reason`` in words for the person who runs the build."""
        self._name = name
        self._reason = reason

    @property
    def capabilities(self) -> Capabilities:
        """None to speak of."""
        return Capabilities(name=self._name, online=False, max_chars=1)

    def version(self) -> str:
        """Raises ``EngineError``."""
        raise EngineError(self._name, EngineFailure.UNAVAILABLE, self._reason)

    def translate(self, request: Request) -> tuple[str, ...]:
        """Raises ``EngineError``."""
        del request
        raise EngineError(self._name, EngineFailure.UNAVAILABLE, self._reason)

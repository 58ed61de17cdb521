"""A scripted engine for tests and demonstrations: no network, no model, the same every time.

The script is YAML, read by ``load_script``; for the engine ``fake`` of the settings, the variable
``DWIWARTA_FAKE_SCRIPT`` names its file::

    version: "fake 1"
    default: "EN({text})"          # answer to any text that no rule below matches
    rules:
      - {match: "Presiden", answer: "The president spoke."}
      - {match: "rusak", fault: transient, reason: "server error", times: 2}
      - {match: "lambat", seconds: 30}
      - {match: "kosong", answer: ""}

``match`` is looked for in the text, first rule first. A rule with ``times`` serves only so many
calls. ``fault`` is one of the kinds of ``EngineFailure``; ``whole_call`` fails the call, not just
the text. ``seconds`` is slept before the answer.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import Field

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.yamlfile import Strict, load_yaml

SCRIPT_VARIABLE = "DWIWARTA_FAKE_SCRIPT"  # path of a script, for the chain of a whole build


class Rule(Strict):
    """What to do with texts that contain ``match``."""

    match: str = ""
    answer: str | None = None
    fault: EngineFailure | None = None
    reason: str = "scripted fault"
    seconds: float = Field(0, ge=0)
    times: int | None = Field(None, ge=1)
    whole_call: bool = False


class Script(Strict):
    """A fake engine's behaviour."""

    version: str = "fake 1"
    default: str | None = "EN({text})"
    rules: tuple[Rule, ...] = ()
    online: bool = False
    batch: int = Field(1, ge=1)
    max_chars: int = Field(5000, ge=1)
    delay_seconds: float = Field(0, ge=0)
    takes_context: bool = False
    takes_glossary: bool = False
    draft: bool = False


def load_script(path: Path) -> Script:
    """Read a script. Raises ``SettingsError``."""
    return load_yaml(path, Script)


class FakeEngine:
    """Plays a script, or answers with a function. ``requests`` holds every call, in order."""

    def __init__(
        self,
        script: Script | None = None,
        *,
        name: str = "fake",
        answer: Callable[[str], Answer] | None = None,
    ) -> None:
        """``answer`` takes the place of the script's rules and default."""
        self._script = script or Script()
        self._name = name
        self._answer = answer
        self._served: dict[int, int] = {}
        self._lock = threading.Lock()
        self.requests: list[Request] = []

    @property
    def capabilities(self) -> Capabilities:
        """As the script says."""
        script = self._script
        return Capabilities(
            name=self._name,
            online=script.online,
            max_chars=script.max_chars,
            batch=script.batch,
            delay_seconds=script.delay_seconds,
            takes_context=script.takes_context,
            takes_glossary=script.takes_glossary,
            draft=script.draft,
        )

    def version(self) -> str:
        """As the script says."""
        return self._script.version

    def translate(self, request: Request) -> Sequence[Answer]:
        """Answer by the script."""
        with self._lock:
            self.requests.append(request)
        return [self._one(text) for text in request.texts]

    @property
    def texts(self) -> list[str]:
        """Every text that was asked for, in order."""
        return [text for request in self.requests for text in request.texts]

    def _one(self, text: str) -> Answer:
        if self._answer is not None:
            return self._answer(text)
        rule = self._rule(text)
        if rule is None:
            return self._default(text)
        if rule.seconds:
            time.sleep(rule.seconds)
        if rule.fault is not None:
            error = EngineError(self._name, rule.fault, rule.reason)
            if rule.whole_call:
                raise error
            return error
        return self._default(text) if rule.answer is None else rule.answer

    def _default(self, text: str) -> Answer:
        if self._script.default is None:
            return EngineError(self._name, EngineFailure.UNSUPPORTED, "no rule for this text")
        return self._script.default.replace("{text}", text)

    def _rule(self, text: str) -> Rule | None:
        with self._lock:
            for number, rule in enumerate(self._script.rules):
                if rule.match not in text:
                    continue
                served = self._served.get(number, 0)
                if rule.times is not None and served >= rule.times:
                    continue
                self._served[number] = served + 1
                return rule
        return None

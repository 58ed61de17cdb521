"""The online engines of deep-translator: google, mymemory, libre, deepl, microsoft.

deep-translator scrapes or calls public services, has no timeouts and reports trouble in many ways:
``None``, empty text, an error page as an answer, quota text as a translation, raw ``requests``
exceptions, keys inside messages. ``deep_clients`` sends its requests through our own client, which
bounds them; this module turns the rest of the trouble into ``EngineError``, and the chain adds
deadline, retry and circuit breaker. The five services share a file, as one library is behind them.

Settings come from the environment, so that no key is ever in a file of the project:

| engine    | key                            | endpoint (default: the service's own)    |
|-----------|--------------------------------|------------------------------------------|
| google    | none                           | ``DWIWARTA_GOOGLE_URL``                  |
| mymemory  | ``DWIWARTA_MYMEMORY_EMAIL`` (*)| ``DWIWARTA_MYMEMORY_URL``                |
| libre     | ``LIBRE_API_KEY`` if needed    | ``DWIWARTA_LIBRE_URL`` (required)        |
| deepl     | ``DEEPL_API_KEY``              | ``DWIWARTA_DEEPL_URL``                   |
| microsoft | ``MICROSOFT_API_KEY``, ``MICROSOFT_REGION`` | ``DWIWARTA_MICROSOFT_URL``  |

(*) not a key: it raises MyMemory's daily allowance from 5,000 to 50,000 characters.
"""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deep_translator import exceptions as foreign

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.text import unescaped
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.translate.engines.deep_clients import DeepL, Google, Libre, Microsoft, MyMemory, enter
from dwiwarta.translate.engines.transport import Fault, is_sendable

# The limits: google refuses 5,000 characters, but its real limit is on the encoded URL, so 1,500 is
# safe; mymemory documents 500 bytes; libre, deepl and microsoft take far more than a paragraph.
_LIMITS = {"google": 1_500, "mymemory": 400, "libre": 2_000, "deepl": 5_000, "microsoft": 5_000}
_MYMEMORY_BYTES = 500
# Pause between calls, in seconds: the scraped and donated services ask for patience.
_PAUSES = {"google": 0.3, "mymemory": 0.5, "libre": 0.2, "deepl": 0.0, "microsoft": 0.0}

# Whole sentences of the services only: "quota exceeded" may stand in the news.
_QUOTA_TEXT = re.compile(
    r"MYMEMORY WARNING|YOU USED ALL AVAILABLE FREE TRANSLATIONS|"
    r"^\W*(?i:error\W*)?(?i:(?:daily |monthly )?quota (?:exceeded|reached)|too many requests|"
    r"rate limit exceeded)\W*$"
)
_BROKEN_REQUEST_TEXT = re.compile(
    r"QUERY LENGTH LIMIT|INVALID (?:LANGUAGE PAIR|SOURCE LANGUAGE|TARGET LANGUAGE|EMAIL)|"
    r"PLEASE SELECT TWO DISTINCT LANGUAGES|NO QUERY SPECIFIED"
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeepEngine:
    """One service behind deep-translator. ``connect`` makes a fresh client for every call.

    A fresh client, because the library keeps request state in the instance and a call that outlived
    its deadline may still be using the old one. ``key``: must not come back in an answer.
    ``missing``: why the engine cannot work here, or "".
    """

    capabilities: Capabilities
    connect: Callable[[], Any]
    key: str = field(default="", repr=False)
    missing: str = ""

    def version(self) -> str:
        """The engine's name: the services do not tell their model's version."""
        if self.missing:
            raise EngineError(self.capabilities.name, EngineFailure.UNAVAILABLE, self.missing)
        return self.capabilities.name

    def translate(self, request: Request) -> Sequence[Answer]:
        """Answer each text by a call of its own: one failure in a library's batch loses it all."""
        return [self._one(text, request.deadline_seconds) for text in request.texts]

    def _one(self, text: str, seconds: float) -> Answer:
        name = self.capabilities.name
        # The services decode entities in what they are sent; sent decoded, nothing is lost.
        sent = _decoded(text)
        if name == "mymemory" and len(sent.encode()) > _MYMEMORY_BYTES:
            raise EngineError(name, EngineFailure.UNSUPPORTED, "the text is too long")
        enter(name, seconds)
        fault: Fault
        answer: object = None
        try:
            answer = self.connect().translate(sent)
        except EngineError:
            raise
        except Exception as error:  # the library lets anything through
            fault = _kind_of(error)
        else:
            checked = self._checked(answer)
            if isinstance(checked, str):
                return checked
            fault = checked
        # Raised outside of ``except``: the library's exception, which may hold the key or the
        # article in its text, must not travel along as the context of ours.
        raise EngineError(name, *fault)

    def _checked(self, answer: object) -> str | Fault:
        """The answer as clean text, or why it is none."""
        if answer is None:
            return EngineFailure.INVALID, "no translation in the answer"
        if not isinstance(answer, str):
            return EngineFailure.INVALID, f"an answer of type {type(answer).__name__}"
        if not answer.strip():
            return EngineFailure.INVALID, "empty answer"
        if _QUOTA_TEXT.search(answer):
            return EngineFailure.QUOTA, "quota used up (said in place of the translation)"
        if _BROKEN_REQUEST_TEXT.search(answer):
            return EngineFailure.INVALID, "an error message in place of the translation"
        if self.key and self.key in answer:
            return EngineFailure.INVALID, "the key stands in the answer"
        # Some services escape twice; more levels than that are not text.
        return _decoded(_decoded(answer))


def _decoded(text: str) -> str:
    """Entities as characters, only where complete: in ``Q&parade`` HTML would see a ``&para``."""
    return _ENTITY.sub(lambda entity: unescaped(entity[0]), text)


def _kind_of(error: Exception) -> Fault:
    """What a foreign exception means. Never its own text: it may hold the key or the article."""
    for types, fault in _FAULTS:
        if isinstance(error, types):
            return fault
    return EngineFailure.TRANSIENT, f"failed ({type(error).__name__})"


_FAULTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Fault], ...] = (
    (
        (foreign.NotValidLength, foreign.NotValidPayload),
        (EngineFailure.UNSUPPORTED, "the text is too long or too short"),
    ),
    (
        (foreign.TranslationNotFound, foreign.ElementNotFoundInGetRequest),
        (EngineFailure.TRANSIENT, "a page without a translation"),
    ),
    (foreign.MicrosoftAPIerror, (EngineFailure.TRANSIENT, "the service reported an error")),
    ((json.JSONDecodeError, UnicodeDecodeError), (EngineFailure.TRANSIENT, "a broken answer")),
    (
        (ValueError, KeyError, TypeError, IndexError, AttributeError),
        (EngineFailure.TRANSIENT, "an answer that is not what the service documents"),
    ),
)


_KEYS = {"libre": "LIBRE_API_KEY", "deepl": "DEEPL_API_KEY", "microsoft": "MICROSOFT_API_KEY"}


def make_deep_engine(name: str, environment: Mapping[str, str] = os.environ) -> DeepEngine:
    """The engine of that name, set up from the environment. Raises ``KeyError`` if not ours."""

    def value(variable: str) -> str:
        return environment.get(variable, "").strip()

    url = value(f"DWIWARTA_{name.upper()}_URL")
    # LibreTranslate's own pages give the address with the last part; the library adds it.
    slash_url = f"{url.rstrip('/').removesuffix('/translate')}/" if url else ""
    key = value(_KEYS[name]) if name in _KEYS else ""
    region = value("MICROSOFT_REGION")
    clients: dict[str, Callable[[], Any]] = {
        "google": lambda: Google(url),
        "mymemory": lambda: MyMemory(url, value("DWIWARTA_MYMEMORY_EMAIL")),
        "libre": lambda: Libre(slash_url, key),
        "deepl": lambda: DeepL(slash_url, key),
        "microsoft": lambda: Microsoft(url, key, region),
    }
    missing = ""
    if name == "libre" and not url:
        missing = "set DWIWARTA_LIBRE_URL to the address of a LibreTranslate server"
    elif name in ("deepl", "microsoft") and not key:
        missing = f"set {_KEYS[name]}"
    elif not is_sendable(key):
        missing = f"{_KEYS[name]} holds no valid key"
    elif not is_sendable(region):
        missing = "MICROSOFT_REGION holds no valid region"
    return DeepEngine(
        capabilities=Capabilities(
            name=name,
            online=True,
            max_chars=_LIMITS[name],
            batch=1,
            delay_seconds=_PAUSES[name],
        ),
        connect=clients[name],
        key=key,
        missing=missing,
    )


DEEP_ENGINES = tuple(_LIMITS)

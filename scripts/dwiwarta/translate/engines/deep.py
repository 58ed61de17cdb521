"""The online engines of deep-translator: google, mymemory, libre, deepl, microsoft.

deep-translator scrapes or calls public services, has no timeouts and reports trouble in many ways:
``None``, empty text, an error page as an answer, quota text as a translation, raw ``requests``
exceptions, keys inside messages. This module turns all of that into ``EngineError``; the chain adds
deadline, retry and circuit breaker.

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

import html
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import deep_translator
import requests
from deep_translator import exceptions as foreign

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.translate.engines.base import Answer, Capabilities, Request

# The limits: google refuses 5,000 characters, but its real limit is on the encoded URL, so 1,500 is
# safe; mymemory documents 500 bytes; libre, deepl and microsoft take far more than a paragraph.
_LIMITS = {"google": 1_500, "mymemory": 480, "libre": 2_000, "deepl": 5_000, "microsoft": 5_000}
# Pause between calls, in seconds: the scraped and donated services ask for patience.
_PAUSES = {"google": 0.3, "mymemory": 0.5, "libre": 0.2, "deepl": 0.0, "microsoft": 0.0}
_MAX_ANSWER_CHARS = 200_000  # a longer "translation" of a paragraph is an attack or an accident

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
_STATUS_KINDS = {
    "ERR_TOO_MANY_REQUESTS": (EngineFailure.QUOTA, "too many requests (429)"),
    "ERR_DAILY_REQ_LIMIT_EXCEEDED": (EngineFailure.QUOTA, "refused (403)"),
    "ERR_KEY_INVALID": (EngineFailure.UNAVAILABLE, "the key was not accepted (401)"),
    "ERR_KEY_BLOCKED": (EngineFailure.QUOTA, "payment required (402)"),
    "ERR_DAILY_CHAR_LIMIT_EXCEEDED": (EngineFailure.UNAVAILABLE, "not found (404)"),
    "ERR_TEXT_TOO_LONG": (EngineFailure.UNSUPPORTED, "the text is too long (413)"),
    "ERR_UNPROCESSABLE_TEXT": (EngineFailure.UNSUPPORTED, "the text was not accepted (422)"),
    "ERR_BAD_REQUEST": (EngineFailure.INVALID, "bad request (400)"),
    "ERR_LANG_NOT_SUPPORTED": (EngineFailure.UNAVAILABLE, "Indonesian is not supported (501)"),
    "ERR_INTERNAL_SERVER_ERROR": (EngineFailure.TRANSIENT, "server error (500)"),
    "ERR_SERVICE_NOT_AVAIBLE": (EngineFailure.TRANSIENT, "service not available (503)"),
}


@dataclass(frozen=True, slots=True)
class DeepEngine:
    """One service behind deep-translator. ``connect`` makes a fresh client for every call.

    A fresh client, because the library keeps request state in the instance and a call that outlived
    its deadline may still be using the old one. ``missing``: why it cannot work here, or "".
    """

    capabilities: Capabilities
    connect: Callable[[], Any]
    missing: str = ""

    def version(self) -> str:
        """The engine's name: the services do not tell their model's version."""
        if self.missing:
            raise EngineError(self.capabilities.name, EngineFailure.UNAVAILABLE, self.missing)
        return self.capabilities.name

    def translate(self, request: Request) -> Sequence[Answer]:
        """Answer each text by a call of its own: one failure in a library's batch loses it all."""
        return [self._one(text) for text in request.texts]

    def _one(self, text: str) -> Answer:
        name = self.capabilities.name
        fault: tuple[EngineFailure, str]
        answer: object = None
        try:
            # The services decode entities in what they are sent; sent decoded, nothing is lost.
            answer = self.connect().translate(_decoded(text))
        except Exception as error:  # the library lets anything through
            fault = _kind_of(error)
        else:
            checked = _checked(answer)
            if isinstance(checked, str):
                return checked
            fault = checked
        # Raised outside of ``except``: the library's exception, which may hold the key in its text
        # or URL, must not travel along as the context of ours.
        raise EngineError(name, *fault)


def _checked(answer: object) -> str | tuple[EngineFailure, str]:
    """The answer as clean text, or why it is none."""
    if answer is None:
        return EngineFailure.INVALID, "no translation in the answer"
    if not isinstance(answer, str):
        return EngineFailure.INVALID, f"an answer of type {type(answer).__name__}"
    if len(answer) > _MAX_ANSWER_CHARS:
        return EngineFailure.INVALID, f"an answer of {len(answer):,} characters"
    if not answer.strip():
        return EngineFailure.INVALID, "empty answer"
    if _QUOTA_TEXT.search(answer):
        return EngineFailure.QUOTA, "quota used up (said in place of the translation)"
    if _BROKEN_REQUEST_TEXT.search(answer):
        return EngineFailure.INVALID, "an error message in place of the translation"
    # Some services escape twice; more levels than that are not text.
    return _decoded(_decoded(answer))


def _decoded(text: str) -> str:
    """Entities as characters, only where complete: in ``Q&parade`` HTML would see a ``&para``."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _kind_of(error: Exception) -> tuple[EngineFailure, str]:
    """What a foreign exception means. Never its own text: it may hold the key or the article."""
    for types, fault in _FAULTS:
        if isinstance(error, types):
            return fault
    if isinstance(error, foreign.ServerException):
        code = str(error.args[0]) if error.args else ""
        return _STATUS_KINDS.get(code, (EngineFailure.TRANSIENT, "server error"))
    if isinstance(error, foreign.MicrosoftAPIerror):
        return _microsoft_fault(error.api_message)
    if isinstance(error, ValueError | KeyError | TypeError | IndexError | AttributeError):
        return EngineFailure.TRANSIENT, "an answer that is not what the service documents"
    return EngineFailure.TRANSIENT, f"failed ({type(error).__name__})"


_FAULTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], tuple[EngineFailure, str]], ...]
_FAULTS = (
    (foreign.TooManyRequests, (EngineFailure.QUOTA, "too many requests (429)")),
    (foreign.AuthorizationException, (EngineFailure.QUOTA, "access refused (403)")),
    (foreign.ApiKeyException, (EngineFailure.UNAVAILABLE, "no key in the environment")),
    (
        (foreign.NotValidLength, foreign.NotValidPayload),
        (EngineFailure.UNSUPPORTED, "the text is too long or too short"),
    ),
    (
        (foreign.LanguageNotSupportedException, foreign.InvalidSourceOrTargetLanguage),
        (EngineFailure.UNAVAILABLE, "Indonesian to English is not supported"),
    ),
    (
        (foreign.TranslationNotFound, foreign.ElementNotFoundInGetRequest),
        (EngineFailure.TRANSIENT, "a page without a translation"),
    ),
    # The library raises this for any status but 200 and 429, and does not say which.
    (foreign.RequestError, (EngineFailure.TRANSIENT, "the service refused the request")),
    (requests.Timeout, (EngineFailure.TRANSIENT, "no answer in time")),
    (requests.exceptions.SSLError, (EngineFailure.TRANSIENT, "no secure connection")),
    (requests.exceptions.ProxyError, (EngineFailure.TRANSIENT, "the proxy failed")),
    (requests.exceptions.InvalidURL, (EngineFailure.UNAVAILABLE, "its address is not valid")),
    (requests.exceptions.MissingSchema, (EngineFailure.UNAVAILABLE, "its address is not valid")),
    (requests.exceptions.InvalidSchema, (EngineFailure.UNAVAILABLE, "its address is not valid")),
    (requests.exceptions.JSONDecodeError, (EngineFailure.TRANSIENT, "a broken answer")),
    (
        (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError),
        (EngineFailure.TRANSIENT, "the answer broke off"),
    ),
    (requests.ConnectionError, (EngineFailure.TRANSIENT, "no connection")),
    (requests.RequestException, (EngineFailure.TRANSIENT, "the request failed")),
)


def _microsoft_fault(message: str) -> tuple[EngineFailure, str]:
    """Microsoft's documented codes: 401000 and 401015 bad key, 403001 quota used up, 429 busy."""
    code = re.search(r"\b(4\d\d|5\d\d)\d{3}\b", message)
    number = code[1] if code else ""
    if number == "401":
        return EngineFailure.UNAVAILABLE, "the key or region was not accepted (401)"
    if number in ("403", "429"):
        return EngineFailure.QUOTA, f"quota used up or too many requests ({number})"
    if number.startswith("4"):
        return EngineFailure.INVALID, f"the request was not accepted ({number})"
    return EngineFailure.TRANSIENT, "the service reported an error"


# --- the clients --------------------------------------------------------------------------------


def _redirect(client: Any, url: str) -> None:
    """The library takes no other address for its services; its clients keep theirs here."""
    if url:
        client._base_url = url


class _Google(deep_translator.GoogleTranslator):  # type: ignore[misc]
    def __init__(self, url: str) -> None:
        super().__init__(source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE)
        _redirect(self, url)


class _MyMemory(deep_translator.MyMemoryTranslator):  # type: ignore[misc]
    def __init__(self, url: str, email: str) -> None:
        # MyMemory's own language names, not ISO 639 codes.
        super().__init__(source="id-ID", target="en-GB", email=email or None)
        _redirect(self, url)


class _DeepL(deep_translator.DeeplTranslator):  # type: ignore[misc]
    def __init__(self, url: str, key: str) -> None:
        # DeepL gives keys of the free plan this ending, and serves them at a host of their own.
        super().__init__(
            source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE, api_key=key,
            use_free_api=key.endswith(":fx"),
        )  # fmt: skip
        _redirect(self, url)


class _Microsoft(deep_translator.MicrosoftTranslator):  # type: ignore[misc]
    def __init__(self, url: str, key: str, region: str) -> None:
        super().__init__(
            source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE, api_key=key, region=region or None
        )
        _redirect(self, url)

    def translate(self, text: str, **kwargs: Any) -> Any:
        try:
            return super().translate(text, **kwargs)
        except AttributeError:
            # The library swallows what requests raised, then reads the answer it does not have.
            raise requests.ConnectionError from None

    def _get_supported_languages(self) -> dict[str, str]:
        # The library asks the service, on every construction, for what we know.
        return {"indonesian": SOURCE_LANGUAGE, "english": TARGET_LANGUAGE}


def make_deep_engine(name: str, environment: Mapping[str, str] = os.environ) -> DeepEngine:
    """The engine of that name, set up from the environment. Raises ``KeyError`` if not ours."""

    def value(variable: str) -> str:
        return environment.get(variable, "").strip()

    url = value(f"DWIWARTA_{name.upper()}_URL")
    slash_url = f"{url.rstrip('/')}/" if url else ""
    missing = ""
    connect: Callable[[], Any]
    match name:
        case "google":
            connect = lambda: _Google(url)  # noqa: E731
        case "mymemory":
            connect = lambda: _MyMemory(url, value("DWIWARTA_MYMEMORY_EMAIL"))  # noqa: E731
        case "libre":
            if not url:
                missing = "set DWIWARTA_LIBRE_URL to the address of a LibreTranslate server"
            connect = lambda: deep_translator.LibreTranslator(  # noqa: E731
                source=SOURCE_LANGUAGE,
                target=TARGET_LANGUAGE,
                custom_url=slash_url,
                # The library demands a key even of servers that want none.
                api_key=value("LIBRE_API_KEY") or "none",
            )
        case "deepl":
            if not value("DEEPL_API_KEY"):
                missing = "set DEEPL_API_KEY"
            connect = lambda: _DeepL(slash_url, value("DEEPL_API_KEY"))  # noqa: E731
        case "microsoft":
            if not value("MICROSOFT_API_KEY"):
                missing = "set MICROSOFT_API_KEY"
            connect = lambda: _Microsoft(  # noqa: E731
                url, value("MICROSOFT_API_KEY"), value("MICROSOFT_REGION")
            )
        case _:
            raise KeyError(name)
    return DeepEngine(
        capabilities=Capabilities(
            name=name,
            online=True,
            max_chars=_LIMITS[name],
            batch=1,
            delay_seconds=_PAUSES[name],
        ),
        connect=connect,
        missing=missing,
    )


DEEP_ENGINES = tuple(_LIMITS)

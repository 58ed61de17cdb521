"""deep-translator's clients, with their requests sent through our own client.

Only the name ``requests`` inside the library's modules is replaced; nobody else's requests change.
"""

import re
from contextvars import ContextVar
from typing import Any

import deep_translator
import requests
from deep_translator import deepl, google, libre, microsoft, mymemory

from dwiwarta.errors import EngineFailure
from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.translate.engines.transport import Fault, Reply, ServiceCall

_call: ContextVar[ServiceCall] = ContextVar("call")  # of the call that this thread is making


class _Requests:
    """Stands in the library's modules for ``requests``, of which they use no more than this."""

    exceptions = requests.exceptions

    def get(self, url: str, params: Any = None, **_proxies: object) -> Reply:
        return _call.get().send("GET", url, params=params)

    def post(
        self,
        url: str,
        params: Any = None,
        headers: Any = None,
        json: Any = None,
        **_proxies: object,
    ) -> Reply:
        return _call.get().send("POST", url, params=params, headers=headers, json=json)


class _FormRequests(_Requests):
    """For LibreTranslate, which takes the fields as a form: no key and no text in an address."""

    def post(self, url: str, params: Any = None, **_proxies: object) -> Reply:  # type: ignore[override]
        return _call.get().send("POST", url, data=params)


for _module in (google, mymemory, deepl, microsoft):
    _module.requests = _Requests()
libre.requests = _FormRequests()


def _mymemory_says(reply: Reply) -> Fault | None:
    """MyMemory tells of its quota beside a text, and offers strangers' entries for no answer."""
    try:
        data = reply.json()
        status, text = str(data["responseStatus"]), data["responseData"]["translatedText"]
    except (ValueError, KeyError, TypeError):
        return None
    if data.get("quotaFinished") or status == "429":
        return EngineFailure.QUOTA, "quota used up"
    return None if text else (EngineFailure.INVALID, "empty answer")


def _libre_says(reply: Reply) -> Fault | None:
    if reply.status_code in (400, 403) and re.search(r"api.?key", reply.text, re.IGNORECASE):
        return EngineFailure.UNAVAILABLE, "the server wants a valid key: set LIBRE_API_KEY"
    return None


def _deepl_says(reply: Reply) -> Fault | None:
    if reply.status_code == 403:
        return EngineFailure.UNAVAILABLE, "the key was not accepted (403)"
    return None


_SAYS = {"mymemory": _mymemory_says, "libre": _libre_says, "deepl": _deepl_says}


def enter(name: str, seconds: float) -> None:
    """Begin the next call of this thread to the service ``name``."""
    _call.set(ServiceCall(name, seconds, _SAYS.get(name), f"DWIWARTA_{name.upper()}_URL"))


def _redirect(client: Any, url: str) -> None:
    """The library takes no other address for its services; its clients keep theirs here."""
    if url:
        client._base_url = url


class Google(deep_translator.GoogleTranslator):  # type: ignore[misc]
    """translate.google.com, as scraped by the library."""

    def __init__(self, url: str) -> None:
        super().__init__(source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE)
        _redirect(self, url)


class MyMemory(deep_translator.MyMemoryTranslator):  # type: ignore[misc]
    """MyMemory; with an e-mail address it allows more a day."""

    def __init__(self, url: str, email: str) -> None:
        # MyMemory's own language names, not ISO 639 codes.
        super().__init__(source="id-ID", target="en-GB", email=email or None)
        _redirect(self, url)


class Libre(deep_translator.LibreTranslator):  # type: ignore[misc]
    """A LibreTranslate server at ``url``, which ends in a slash."""

    def __init__(self, url: str, key: str) -> None:
        # The library demands a key; a server that wants none refuses a wrong one.
        super().__init__(
            source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE, custom_url=url, api_key=key or "none"
        )
        self.api_key = key


class DeepL(deep_translator.DeeplTranslator):  # type: ignore[misc]
    """DeepL, by its current interface."""

    def __init__(self, url: str, key: str) -> None:
        # DeepL gives keys of the free plan this ending, and serves them at a host of their own.
        super().__init__(
            source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE, api_key=key,
            use_free_api=key.endswith(":fx"),
        )  # fmt: skip
        _redirect(self, url)

    def translate(self, text: str, **_kwargs: Any) -> Any:
        # As DeepL documents it. The library sends GET with the key in the address, which DeepL
        # has announced to end (March and November 2025).
        reply = _call.get().send(
            "POST",
            f"{self._base_url}translate",
            json={"text": [text], "source_lang": "ID", "target_lang": "EN-GB"},
            headers={"Authorization": f"DeepL-Auth-Key {self.api_key}"},
        )
        return reply.json()["translations"][0]["text"]


class Microsoft(deep_translator.MicrosoftTranslator):  # type: ignore[misc]
    """Microsoft's Translator."""

    def __init__(self, url: str, key: str, region: str) -> None:
        super().__init__(
            source=SOURCE_LANGUAGE, target=TARGET_LANGUAGE, api_key=key, region=region or None
        )
        _redirect(self, url)

    def _get_supported_languages(self) -> dict[str, str]:
        # The library asks the service, on every construction, for what we know.
        return {"indonesian": SOURCE_LANGUAGE, "english": TARGET_LANGUAGE}

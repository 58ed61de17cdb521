"""A call of an online engine: through ``dwiwarta.network``, with what the statuses mean.

The call is bounded there; a redirect, which could carry the text and the key to another
host, is an error here. Every failure comes out as ``EngineError`` with the engine's name, a kind
and a reason in words.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from dwiwarta.addresses import login_of, web_parts
from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.network import NetworkError, NetworkFailure, Response, ask

# The longest answer to a call, with room: 20 paragraphs of 5,000 characters.
MAX_BYTES = 1_000_000

# What is wrong, and how a person is told.
Fault = tuple[EngineFailure, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer, with as much of ``requests.Response`` as the clients read."""

    status_code: int
    content: bytes
    content_type: str = ""

    @property
    def text(self) -> str:
        """The body in the charset of its header, UTF-8 if that names none that we know."""
        header = Message()
        header["Content-Type"] = self.content_type
        try:
            return self.content.decode(header.get_content_charset("utf-8"), errors="replace")
        except LookupError:
            return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """The body as JSON, which is UTF-8 by its standard whatever the header says (RFC 8259).

        Raises ``ValueError``.
        """
        try:
            return json.loads(self.content)
        except RecursionError:
            raise ValueError("nested too deeply") from None

    def close(self) -> None:
        """Nothing is open any more."""


class ServiceCall:
    """One call of the engine ``name``, which is over after ``seconds``."""

    def __init__(
        self,
        name: str,
        seconds: float,
        explain: Callable[[Reply], Fault | None] | None = None,
        setting: str = "its address",
    ) -> None:
        """``explain`` reads what a service says of an error in its own way, before the status.

        ``setting``: where a person sets the address, for the reason.
        """
        self._setting = setting
        self._name = name
        self._explain = explain
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer, if its status is 200. Raises ``EngineError`` for everything else.

        User and password that stand in ``url`` are sent to its host.
        """
        parts = web_parts(url)
        try:
            with ask(
                method,
                url,
                seconds=max(0.001, self._end - time.monotonic()),
                login=login_of(parts) if parts else ("", ""),
                params=params,
                data=data,
                json=json,
                headers=headers,
            ) as response:
                reply = self._reply(response)
                location = response.header("Location")
        except NetworkError as error:
            raise EngineError(self._name, *self._meant(error)) from None
        said = self._explain(reply) if self._explain else None
        fault = said or status_fault(reply.status_code, location)
        if fault is None:
            return reply
        where = f": check {self._setting}" if reply.status_code == 404 else ""
        raise EngineError(self._name, fault[0], f"{fault[1]}{where}")

    def _reply(self, response: Response) -> Reply:
        try:
            body = response.body(MAX_BYTES, self._end)
        except NetworkError:
            if response.status == 200:
                raise
            body = b""  # the status says enough
        return Reply(response.status, body, response.header("Content-Type"))

    def _meant(self, error: NetworkError) -> Fault:
        """What became of the call, for the chain and for a person."""
        match error.kind:
            case NetworkFailure.ADDRESS:
                return EngineFailure.UNAVAILABLE, f"{self._setting} is not a valid address"
            case NetworkFailure.PROXY:
                return EngineFailure.UNAVAILABLE, str(error)
            case NetworkFailure.TOO_LATE:
                return EngineFailure.TRANSIENT, f"no answer within {self._seconds:g} s"
            case NetworkFailure.TOO_MUCH:
                return EngineFailure.INVALID, f"an answer of more than {MAX_BYTES // 1_000_000} MB"
            case _:
                return EngineFailure.TRANSIENT, str(error)


def status_fault(status: int, location: str = "") -> Fault | None:
    """What an HTTP status means for the chain; None: all is well.

    456 is DeepL's "quota exceeded"; the others are as RFC 9110 says. ``location``: where a redirect
    leads.
    """
    match status:
        case 200:
            return None
        case 401:
            return EngineFailure.UNAVAILABLE, "the key was not accepted (401)"
        case 402 | 456:
            return EngineFailure.QUOTA, f"quota used up ({status})"
        case 403:
            return EngineFailure.QUOTA, "access refused (403)"
        case 404:
            return EngineFailure.UNAVAILABLE, "not found on the server (404)"
        case 413 | 414:
            return EngineFailure.UNSUPPORTED, f"the text is too long ({status})"
        case 422:
            return EngineFailure.UNSUPPORTED, "the text was not accepted (422)"
        case 429:
            return EngineFailure.QUOTA, "too many requests (429)"
        case 408 | 425:
            return EngineFailure.TRANSIENT, f"no answer in time ({status})"
        case 501:
            return EngineFailure.UNAVAILABLE, "Indonesian to English is not supported (501)"
        case _ if 300 <= status < 400:
            reason = f"the server sends us to {_place(location)} ({status})"
            return EngineFailure.UNAVAILABLE, reason
        case _ if 400 <= status < 500:
            return EngineFailure.INVALID, f"the request was not accepted ({status})"
        case _:
            return EngineFailure.TRANSIENT, f"server error ({status})"


def _place(location: str) -> str:
    """Where a redirect leads, without what may be secret in it."""
    parts = web_parts(location)
    if parts is not None:
        return f"{parts.scheme}://{parts.hostname}"
    return "another address" if "//" in location else "another path"


def is_sendable(key: str) -> bool:
    """Whether a key can stand in a header; else the client's complaint would quote it."""
    return key.isascii() and key.isprintable() and " " not in key

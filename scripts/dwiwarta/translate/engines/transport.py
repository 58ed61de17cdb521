"""One door to the network for the online engines: a call ends, stays small and goes nowhere else.

The clients that we use have no timeout, read whatever they are sent, follow every redirect and
send whatever ``~/.netrc`` holds for a host. Through this door a call

- ends when its time is up, also when a byte a second keeps coming (of the body; the chain's own
  deadline leaves a call alone whose headers trickle);
- is given up when the answer, unpacked, passes ``MAX_BYTES``;
- follows no redirect, which could carry the text and the key to another host;
- uses the proxies of the environment, but no ``.netrc``: another service's password is no business
  of this one, and would replace the key.

Every failure comes out as ``EngineError`` with the engine's name, a kind and a reason in words. The
foreign exception, whose text may hold the key or the article, is never carried along.
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.auth import HTTPBasicAuth
from requests.utils import get_auth_from_url

from dwiwarta.errors import EngineError, EngineFailure

# The longest answer to a call, with room: 20 paragraphs of 5,000 characters.
MAX_BYTES = 1_000_000
_CHUNK_BYTES = 65_536

# urllib3 warns of odd headers with the whole address, in which a service may want the text.
logging.getLogger("urllib3").setLevel(logging.ERROR)

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


class Door:
    """The door for one call of the engine ``name``, which is over after ``seconds``."""

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
        self._bad_address = EngineFailure.UNAVAILABLE, f"{setting} is not a valid address"
        self._name = name
        self._explain = explain
        self._end = time.monotonic() + seconds
        self._too_late = EngineFailure.TRANSIENT, f"no answer within {seconds:g} s"

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
        """The answer, if its status is 200. Raises ``EngineError`` for everything else."""
        try:
            left = max(0.001, self._end - time.monotonic())
            with (
                requests.Session() as session,
                session.request(
                    method,
                    url,
                    params=params,
                    data=data,
                    json=json,
                    headers=headers,
                    auth=_sign_in(url),
                    timeout=left,
                    stream=True,
                    allow_redirects=False,
                ) as response,
            ):
                kind = response.headers.get("Content-Type", "")
                try:
                    body = self._read(response)
                except Exception:
                    if response.status_code == 200:
                        raise
                    body = b""  # the status says enough
                reply = Reply(response.status_code, body, kind)
                location = response.headers.get("Location", "")
            said = self._explain(reply) if self._explain else None
            fault = said or status_fault(reply.status_code, location)
            if fault and reply.status_code == 404:
                fault = fault[0], f"{fault[1]}: check {self._setting}"
        except EngineError:
            raise
        except Exception as error:  # whatever the library lets through
            fault = self._kind_of(error)
        if fault is None:
            return reply
        # Outside of ``except``: the foreign exception is not to be the context of ours.
        raise EngineError(self._name, *fault)

    def _read(self, response: requests.Response) -> bytes:
        body = bytearray()
        # read1 returns what has come; read and iter_content wait until a whole chunk is there.
        while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > MAX_BYTES:
                reason = f"an answer of more than {MAX_BYTES // 1_000_000} MB"
                raise EngineError(self._name, EngineFailure.INVALID, reason)
            if time.monotonic() > self._end:
                raise EngineError(self._name, *self._too_late)
        return bytes(body)

    def _kind_of(self, error: Exception) -> Fault:
        """What a foreign exception means; never its own text, which may hold the key."""
        if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
            return self._too_late
        for types, fault in _FAULTS:
            if isinstance(error, types):
                return fault
        if isinstance(error, ValueError):  # MissingSchema, InvalidURL and their kin among them
            return self._bad_address
        return EngineFailure.TRANSIENT, f"the request failed ({type(error).__name__})"


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
            reason = f"the server sends us to {_host(location)} ({status})"
            return EngineFailure.UNAVAILABLE, reason
        case _ if 400 <= status < 500:
            return EngineFailure.INVALID, f"the request was not accepted ({status})"
        case _:
            return EngineFailure.TRANSIENT, f"server error ({status})"


def _host(location: str) -> str:
    """Where a redirect leads, without what may be secret in it."""
    try:
        parts = urlsplit(location)
        return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "another path"
    except ValueError:
        return "another address"


def is_sendable(key: str) -> bool:
    """Whether a key can stand in a header; else the client's complaint would quote it."""
    return key.isascii() and key.isprintable() and " " not in key


def _sign_in(url: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """Name and password of the address, or nothing; never .netrc, which requests would read."""
    name, password = get_auth_from_url(url)
    return HTTPBasicAuth(name, password) if name or password else _as_it_is


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


_NO_TLS = EngineFailure.TRANSIENT, "no secure connection"
_FAULTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Fault], ...] = (
    ((requests.exceptions.SSLError, urllib3.exceptions.SSLError), _NO_TLS),
    (
        (requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL),
        (EngineFailure.UNAVAILABLE, "the proxy of the environment does not work"),
    ),
    (requests.ConnectionError, (EngineFailure.TRANSIENT, "no connection")),
    (
        (urllib3.exceptions.ProtocolError, urllib3.exceptions.DecodeError),
        (EngineFailure.TRANSIENT, "the answer broke off"),
    ),
    (requests.exceptions.InvalidHeader, (EngineFailure.TRANSIENT, "a broken answer")),
)

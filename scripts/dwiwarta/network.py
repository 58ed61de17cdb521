"""The one way to the network: for the online engines and for the download of models.

The clients that we use have no timeout, read whatever they are sent, follow every redirect and send
whatever ``~/.netrc`` holds for a host. Here a request

- is given up when no byte comes for so long, or its body, unpacked, passes so many bytes or lasts
  beyond a moment, also where a byte a second keeps coming (headers that trickle are for
  ``call_with_deadline``);
- follows no redirect: whoever asks decides where to go on to, and what to send there;
- sends user and password that it is given, in UTF-8 (RFC 7617), and none of ``~/.netrc``: another
  service's password is no business of this one, and would replace a key;
- uses the proxies of the environment.

Every failure comes out as ``NetworkError``. The foreign exception, whose text may hold a key, an
article or an address with a password, is never carried along.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any
from urllib.parse import urlunsplit

import requests
import urllib3
from requests.auth import HTTPBasicAuth

from dwiwarta.addresses import web_parts

_CHUNK_BYTES = 65_536

# urllib3 warns of odd headers with the whole address, in which a service may want the text.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class NetworkFailure(Enum):
    """Why a request came to nothing, in words for a person."""

    ADDRESS = "not a web address"
    PROXY = "the proxy of the environment does not work"
    NO_TLS = "no secure connection"
    NO_CONNECTION = "no connection"
    TOO_LATE = "no answer in time"
    TOO_MUCH = "an answer that is too long"
    BROKE_OFF = "the answer broke off"
    BROKEN_HEADER = "a broken answer"
    OTHER = "the request failed"


class NetworkError(Exception):
    """A request that came to nothing. ``detail``: the type of an error that we do not know."""

    def __init__(self, kind: NetworkFailure, detail: str = "") -> None:
        """``str()`` is the reason in words."""
        super().__init__(f"{kind.value} ({detail})" if detail else kind.value)
        self.kind = kind
        self.detail = detail


class Response:
    """An answer whose status and headers are here and whose body is still to be read."""

    def __init__(self, foreign: requests.Response) -> None:
        """``foreign``: the library's, with nothing read of its body."""
        self._foreign = foreign
        self.status = foreign.status_code

    def header(self, name: str) -> str:
        """A header, "" if it is not there."""
        return str(self._foreign.headers.get(name, ""))

    def body(
        self,
        most: int,
        end: float = math.inf,
        advance: Callable[[int], None] = lambda _received: None,
    ) -> bytes:
        """The whole body, unpacked: of at most so many bytes, and before ``time.monotonic()`` is
        ``end``. ``advance`` is told how many bytes have come. Raises ``NetworkError``.
        """
        body = bytearray()
        while chunk := self._chunk():
            body += chunk
            if len(body) > most:
                raise NetworkError(NetworkFailure.TOO_MUCH)
            if time.monotonic() > end:
                raise NetworkError(NetworkFailure.TOO_LATE)
            advance(len(body))
        return bytes(body)

    def _chunk(self) -> bytes:
        try:
            # read1 returns what has come; read and iter_content wait until a whole chunk is there.
            chunk: bytes = self._foreign.raw.read1(_CHUNK_BYTES, decode_content=True)
        except Exception as error:  # whatever the library lets through
            failure = _known(error)
        else:
            return chunk
        # Outside of ``except``: the foreign exception is not to be the context of ours.
        raise failure


@contextmanager
def ask(
    method: str,
    url: str,
    *,
    seconds: float,
    login: tuple[str, str] = ("", ""),
    params: Mapping[str, str] | None = None,
    data: Mapping[str, str] | None = None,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[Response]:
    """Send a request and open its answer; the connection closes with the block.

    ``seconds``: the longest silence between two bytes. ``login``: user and password for this
    server; those that stand in ``url`` are not sent. Raises ``NetworkError``.
    """
    parts = web_parts(url)
    if parts is None:
        raise NetworkError(NetworkFailure.ADDRESS)
    host = parts.netloc.rpartition("@")[2]
    failure: NetworkError | None = None
    with _Session() as session:
        try:
            foreign = session.request(
                method,
                urlunsplit((parts.scheme, host, parts.path, parts.query, "")),
                params=params,
                data=data,
                json=json,
                headers=headers,
                # With something here, requests does not look into ~/.netrc.
                auth=HTTPBasicAuth(*(part.encode() for part in login)) if any(login) else _no_login,
                timeout=seconds,
                stream=True,
                allow_redirects=False,
            )
        except Exception as error:  # whatever the library lets through
            failure = _known(error)
        if failure is not None:
            raise failure  # here, without the foreign exception as its context
        with foreign:
            yield Response(foreign)


class _Session(requests.Session):
    """Looks at no redirect: requests would fail at an odd one that nobody wants to follow."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None to follow."""
        del resp


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _known(error: Exception) -> NetworkError:
    """What a foreign exception means."""
    for types, kind in _FAILURES:
        if isinstance(error, types):
            return NetworkError(kind)
    return NetworkError(NetworkFailure.OTHER, type(error).__name__)


_FAILURES: tuple[tuple[tuple[type[Exception], ...], NetworkFailure], ...] = (
    ((requests.Timeout, urllib3.exceptions.TimeoutError), NetworkFailure.TOO_LATE),
    ((requests.exceptions.SSLError, urllib3.exceptions.SSLError), NetworkFailure.NO_TLS),
    ((requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL), NetworkFailure.PROXY),
    ((requests.ConnectionError,), NetworkFailure.NO_CONNECTION),
    ((urllib3.exceptions.ProtocolError, urllib3.exceptions.DecodeError), NetworkFailure.BROKE_OFF),
    ((requests.exceptions.InvalidHeader,), NetworkFailure.BROKEN_HEADER),
    # MissingSchema, InvalidURL and their kin among them.
    ((ValueError,), NetworkFailure.ADDRESS),
)

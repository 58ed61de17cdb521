"""Downloads that end: within a time and a size, from the hosts they were meant for.

User and password come from the address alone and go to its host alone, never to one that a server
sends us on to; ``~/.netrc`` is not read, as it may hold passwords for that one. The environment's
proxies are used.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import requests
from requests.auth import HTTPBasicAuth

from dwiwarta.addresses import shown_address
from dwiwarta.translate.deadline import DeadlineError, call_with_deadline
from dwiwarta.translate.models.store import ModelError

_CHUNK_BYTES = 65_536
# A content network may need one or two.
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a fetch may take, in seconds: between two bytes, and in all."""

    silence: float = 30.0
    total: float = 900.0


class Client:
    """Downloads within a deadline for all of them together."""

    def __init__(self, url: str, limits: Limits) -> None:
        """``url``: the address whose user and password are for all files on that host.

        Raises ``ModelError`` if it is none.
        """
        self._limits = limits
        self._end = time.monotonic() + limits.total
        parts = web_address(url)
        self._home = _origin(parts)
        self._login = (unquote(parts.username or ""), unquote(parts.password or ""))

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return max(0.0, self._end - time.monotonic())

    def too_late(self, url: str) -> ModelError:
        """The error to raise at the deadline."""
        return ModelError(f"{shown_address(url)}: not done within {self._limits.total:g} s")

    def get(
        self, url: str, most: int, advance: Callable[[int], None] = lambda _received: None
    ) -> bytes:
        """The body of ``url``, of at most so many bytes; ``advance`` is told how many have come.

        Raises ``ModelError`` naming the address, without secrets, and the cause.
        """
        try:
            # requests knows a limit between two bytes only: a slow trickle could take for ever.
            return call_with_deadline(lambda: self._follow(url, most, advance), self.left)
        except DeadlineError:
            raise self.too_late(url) from None

    def _follow(self, url: str, most: int, advance: Callable[[int], None]) -> bytes:
        shown = shown_address(url)
        for _ in range(_MAX_REDIRECTS + 1):
            parts = web_address(url)
            with self._asked(parts, shown) as response:
                if response.status_code not in _REDIRECTS or "Location" not in response.headers:
                    return self._body(response, most, advance, shown)
                url = onward(url, response.headers["Location"])
        raise ModelError(f"{shown}: sent on more than {_MAX_REDIRECTS} times")

    def _asked(self, parts: SplitResult, shown: str) -> requests.Response:
        host = parts.netloc.rpartition("@")[2]
        login = self._login if any(self._login) and _origin(parts) == self._home else None
        try:
            with _Session() as session:
                return session.get(
                    urlunsplit((parts.scheme, host, parts.path, parts.query, "")),
                    stream=True,
                    timeout=self._limits.silence,
                    # With something here, requests does not look into ~/.netrc.
                    auth=HTTPBasicAuth(*(part.encode() for part in login)) if login else _no_login,
                )
        except (requests.RequestException, ValueError) as error:
            raise self._mapped(error, shown) from error

    def _body(
        self, response: requests.Response, most: int, advance: Callable[[int], None], shown: str
    ) -> bytes:
        if response.status_code != requests.codes.ok:
            raise ModelError(f"{shown}: the server answered {response.status_code}")
        body = bytearray()
        try:
            for chunk in response.iter_content(_CHUNK_BYTES):
                body += chunk
                if len(body) > most:
                    raise ModelError(f"{shown}: more than {most:,} bytes")
                advance(len(body))
        except (requests.RequestException, ValueError) as error:
            raise self._mapped(error, shown) from error
        length = response.headers.get("Content-Length", "")
        plain = "Content-Encoding" not in response.headers
        if plain and length.isdecimal() and int(length) != len(body):
            raise ModelError(f"{shown}: broke off after {len(body):,} of {length} bytes")
        return bytes(body)

    def _mapped(self, error: Exception, shown: str) -> ModelError:
        if isinstance(error, requests.Timeout):
            return ModelError(f"{shown}: no answer within {self._limits.silence:g} s")
        if isinstance(error, requests.ConnectionError):
            return ModelError(f"{shown}: no connection")
        if isinstance(error, requests.exceptions.ChunkedEncodingError):
            return ModelError(f"{shown}: broke off")
        return ModelError(f"{shown}: {type(error).__name__}")


class _Session(requests.Session):
    """Leaves redirects to us: requests would send passwords from ``~/.netrc`` after them."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None to follow."""
        del resp


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def web_address(url: str) -> SplitResult:
    """The parts of an http(s) address. Raises ``ModelError`` if it is none."""
    try:
        parts = urlsplit(url)
        if parts.scheme in _PORTS and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise ModelError(f"{shown_address(url)}: not a web address")


def onward(url: str, location: str) -> str:
    """The address that a redirect leads to. Raises ``ModelError`` if it is not to be followed."""
    shown = shown_address(url)
    try:
        target = urljoin(url, location)
        parts = web_address(target)
    except (ValueError, ModelError) as error:
        raise ModelError(f"{shown}: sent on to what is no web address") from error
    if parts.scheme == "http" and web_address(url).scheme == "https":
        raise ModelError(f"{shown}: sent on to an address without encryption")
    return target


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme]

"""Downloads that end: within a time and a size, from the hosts they were meant for.

User and password come from the address alone and go to its host alone, never to one that a server
sends us on to.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult

from dwiwarta.addresses import joined, login_of, origin_of, shown_address, web_parts
from dwiwarta.network import NetworkError, NetworkFailure, Response, ask
from dwiwarta.translate.deadline import DeadlineError, call_with_deadline
from dwiwarta.translate.models.files import ModelError

# A content network may need one or two.
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a fetch may take, in seconds: between two bytes, and in all."""

    silence: float = 30.0
    total: float = 900.0


class Client:
    """Downloads within a deadline for all of them together."""

    def __init__(self, url: str, limits: Limits, end: float | None = None) -> None:
        """``url``: the address whose user and password are for all files on that host.

        ``end``: the deadline by ``time.monotonic()``, where the time has begun before.

        Raises ``ModelError`` if it is none.
        """
        self._limits = limits
        self._end = time.monotonic() + limits.total if end is None else end
        parts = checked(url)
        self._home = origin_of(parts)
        self._login = login_of(parts)

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
            # What trickles is never silent for long: the headers too could take for ever.
            return call_with_deadline(lambda: self._follow(url, most, advance), self.left)
        except DeadlineError:
            raise self.too_late(url) from None

    def _follow(self, url: str, most: int, advance: Callable[[int], None]) -> bytes:
        shown = shown_address(url)
        for _ in range(_MAX_REDIRECTS + 1):
            login = self._login if origin_of(checked(url)) == self._home else ("", "")
            try:
                with ask("GET", url, seconds=self._limits.silence, login=login) as response:
                    target = response.header("Location")
                    if response.status not in _REDIRECTS or not target:
                        return self._body(response, most, advance, shown)
            except NetworkError as error:
                if error.kind is NetworkFailure.TOO_LATE and not self.left:
                    raise self.too_late(url) from error
                raise ModelError(f"{shown}: {self._meant(error, most)}") from error
            url = onward(url, target)
        raise ModelError(f"{shown}: sent on more than {_MAX_REDIRECTS} times")

    def _body(
        self, response: Response, most: int, advance: Callable[[int], None], shown: str
    ) -> bytes:
        if response.status != _OK:
            raise ModelError(f"{shown}: the server answered {response.status}")
        # The end is also that of the thread that a call beyond its deadline leaves behind.
        return response.body(most, self._end, advance)

    def _meant(self, error: NetworkError, most: int) -> str:
        match error.kind:
            case NetworkFailure.TOO_LATE:
                return f"no answer within {self._limits.silence:g} s"
            case NetworkFailure.TOO_MUCH:
                return f"more than {most:,} bytes"
            case _:
                return str(error)


def checked(url: str) -> SplitResult:
    """The parts of a web address. Raises ``ModelError`` if it is none."""
    parts = web_parts(url)
    if parts is None:
        raise ModelError(f"{shown_address(url)}: {NetworkFailure.ADDRESS.value}")
    return parts


def onward(url: str, location: str) -> str:
    """The address that a redirect leads to. Raises ``ModelError`` if it is not to be followed."""
    shown = shown_address(url)
    target = joined(url, location)
    parts = web_parts(target)
    if parts is None:
        raise ModelError(f"{shown}: sent on to what is no web address")
    if parts.scheme == "http" and checked(url).scheme == "https":
        raise ModelError(f"{shown}: sent on to an address without encryption")
    return target

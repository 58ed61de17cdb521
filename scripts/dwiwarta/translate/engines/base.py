"""What every translation engine is to the rest of the program: two methods and some facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dwiwarta.errors import EngineError


@dataclass(frozen=True, slots=True)
class Capabilities:
    """An engine's limits and manners, as data for the chain.

    ``name``: key in the registry and in ``dwiwarta.yml``. ``online``: it calls a host over the
    network. ``max_chars``: longest text it takes in one piece. ``batch``: most texts of one call.
    ``delay_seconds``: pause between two calls, for politeness. ``takes_context``: it reads the
    whole article. ``takes_glossary``: it obeys terms; others are checked after. ``draft``: its
    answers are only a stopgap.
    """

    name: str
    online: bool
    max_chars: int
    batch: int = 1
    delay_seconds: float = 0.0
    takes_context: bool = False
    takes_glossary: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """Texts to translate from Indonesian to English, in order.

    ``texts``: each one paragraph on one line. ``context``: the whole article, title first.
    ``terms``: (Indonesian, English) pairs of the glossary that occur in the texts.
    ``deadline_seconds``: the call must have returned or raised by then.
    """

    texts: tuple[str, ...]
    context: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    deadline_seconds: float = 20.0


# One per text, in the order of the request: the English, or why there is none.
Answer = str | EngineError


class Engine(Protocol):
    """A translation engine. Implementations raise only ``EngineError``."""

    @property
    def capabilities(self) -> Capabilities:
        """Limits and manners; asked before every run, must cost nothing."""
        ...

    def version(self) -> str:
        """Engine with model version, as recorded with each answer: "firefox 1.0 tiny".

        Raises ``EngineError`` (UNAVAILABLE) if the engine cannot work here: no model on disk, no
        key, package not installed. Never calls the network.
        """
        ...

    def translate(self, request: Request) -> Sequence[Answer]:
        """Answer every text. Raises ``EngineError`` when the whole call failed."""
        ...

"""What was made of our own files before, kept between builds by whoever can keep it.

Knowledge is read and compiled in every process, mostly to the same. A build keeps what of that
takes time (``keeping``); what asks for it (``recall``) does without where nothing is kept, and
checks what it gets: it comes from the disk.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Get = Callable[[str, str], bytes | None]
Put = Callable[[str, str, bytes], None]
# Of this thread alone, as whoever keeps it may be open in one only.
_keeper: ContextVar[tuple[Get, Put] | None] = ContextVar("keeper", default=None)


@contextmanager
def keeping(get: Get, put: Put) -> Iterator[None]:
    """Keep while inside: ``get`` by name and key, ``put`` in place of what had that name."""
    token = _keeper.set((get, put))
    try:
        yield
    finally:
        _keeper.reset(token)


def recall(name: str, key: str) -> bytes | None:
    """What was kept under a name, None unless it was made of ``key``."""
    keeper = _keeper.get()
    return keeper[0](name, key) if keeper else None


def keep(name: str, key: str, data: bytes) -> None:
    """Keep what was made of ``key``."""
    if keeper := _keeper.get():
        keeper[1](name, key, data)

"""Being told to stop by a service, a CI or the end of a session: as by Ctrl+C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP raise ``KeyboardInterrupt`` in the block: nothing is left lying about.

    Other processes end, files that are temporary go. What is ignored, as under nohup, stays so.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in before:  # once: a second one must not disturb the tidying up
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {}
    if threading.current_thread() is threading.main_thread():  # the others may set none
        wanted = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
        found = {number: signal.getsignal(number) for number in wanted}
        before = {number: old for number, old in found.items() if old is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)

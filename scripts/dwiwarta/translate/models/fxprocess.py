"""The process in which fxtranslate runs, seen from ours: ask it, within a time, and survive it.

``fxworker.py`` says why it is one. It may break down or hang; it is then ended and every later
question fails, until a new process is made.
"""

import json
import signal
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any

_WORKER = Path(__file__).with_name("fxworker.py")
_MEGABYTE = 1_000_000
# Firefox's largest models take 60 MB on disk and some 400 MB when loaded.
LOADING_BYTES = 2_000 * _MEGABYTE


class FxError(Exception):
    """fxtranslate refused, or broke down; says in words which, and why."""


class FxTimeError(FxError):
    """It had not answered in time, and was ended."""


class FxProcess:
    """A running process. Safe to use from any thread: one question at a time."""

    def __init__(self, memory: int = LOADING_BYTES) -> None:
        """Start it; ``memory``: most bytes that answers may take (Linux). Raises ``FxError``."""
        try:
            # -P: what lies beside the worker is not to be taken for a module of Python's own.
            self._process = subprocess.Popen(  # noqa: S603 (our own file)
                [sys.executable, "-P", str(_WORKER), str(memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a panic's backtrace helps nobody here
            )
        except (OSError, TypeError) as error:  # a Python without a path of its own, say
            raise FxError(f"it cannot be started: {error}") from error
        self._lock = threading.Lock()
        self._late = threading.Event()
        self.close = weakref.finalize(self, _end, self._process)

    def ask(self, what: str, *parts: bytes, seconds: float) -> bytes:
        """The answer to one question of ``fxworker.serve``, within so many seconds.

        Raises ``FxError`` with the library's reason, or if it broke down; ``FxTimeError``.
        """
        if not self._lock.acquire(timeout=max(0.0, seconds)):
            raise FxTimeError(f"no answer within {max(0.0, seconds):.3g} s")
        # The timer's thread outlives this call by a moment: it must not keep the object alive.
        timer = threading.Timer(max(0.0, seconds), _end_late, (self._process, self._late))
        timer.daemon = True
        timer.start()
        try:
            return self._ask(what, parts, seconds)
        except (OSError, ValueError) as error:
            self._process.kill()
            fate = _fate(self._process)
            if self._late.is_set():
                raise FxTimeError(f"no answer within {max(0.0, seconds):.3g} s") from error
            raise FxError(f"fxtranslate broke down ({fate})") from error
        finally:
            timer.cancel()
            self._lock.release()

    @property
    def broken(self) -> bool:
        """Whether the process has ended: it answers nothing any more."""
        return self._process.poll() is not None

    def _ask(self, what: str, parts: tuple[bytes, ...], seconds: float) -> bytes:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:  # for the type checker: both are pipes
            raise ValueError
        head = {"do": what, "sizes": [len(part) for part in parts], "seconds": max(0.0, seconds)}
        to.write(json.dumps(head).encode() + b"\n")
        for part in parts:
            to.write(part)
        to.flush()
        answer: dict[str, Any] = json.loads(back.readline())
        if "error" in answer:
            raise FxError(f"fxtranslate says: {answer['error']}")
        body = back.read(answer["size"])
        if len(body) != answer["size"]:
            raise ValueError
        return body


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()  # closes the pipes, and waits so that no zombie is left


def _fate(process: subprocess.Popen[bytes]) -> str:
    code = process.wait()
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"

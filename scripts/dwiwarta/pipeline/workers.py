"""Who does the work on articles: this process, others of this machine, or those of a cluster.

A job is a call without arguments that can be pickled, as is what it gives; it depends on nothing
but itself, so that results are the same bytes whoever made them. They come in the order of the
jobs, and no more jobs are on their way at a time than keep everybody busy.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from os import cpu_count
from threading import Thread
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from dwiwarta.interface import speaking, spoken
from dwiwarta.knowledge.overlays import Overlays, laid, lay

T = TypeVar("T")

# A process takes a second to start and to read what it knows; that must be worth it.
JOBS_FOR_PROCESSES = 300
_PROCESSES = 2  # each holds up to 200 MB
_JOBS_A_TURN = 16
_TURNS_AHEAD = 3  # for each process, those that it works on among them
# What a terminal tells all processes in it: that somebody pressed Ctrl+C, and that it is gone.
_OF_TERMINAL = [getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]


class Future(Protocol):
    """The results of a turn, sooner or later."""

    def result(self) -> list[Any]:
        """Wait for them. Raises what a job raised, ``LostError`` if the worker is gone."""


class Pool(Protocol):
    """Processes that take turns. ``size``: how many."""

    size: int

    def submit(self, jobs: list[Callable[[], Any]]) -> Future:
        """Have somebody do these. Raises ``LostError`` if nobody is left."""

    def close(self, *, at_once: bool = False) -> None:
        """Let all go; what was not begun is not done. ``at_once``: nor need the rest be."""


class LostError(Exception):
    """The processes are gone: killed by somebody, or by the system for their memory."""


class Workers:
    """Does jobs, in a block of ``with``; processes start when there first is enough to do."""

    def __init__(self, pool: Pool | None = None) -> None:
        """``pool``: who is asked rather than processes of this machine."""
        self._pool = pool
        self._alone = pool is None and (cpu_count() or 1) < _PROCESSES

    def __enter__(self) -> Self:
        """The workers themselves."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """No process of ours outlives the block; where it failed, nobody waits for them."""
        self._let_go(at_once=error is not None)

    def do(
        self, jobs: Iterable[Callable[[], T]], a_turn: int = _JOBS_A_TURN, *, start: bool = True
    ) -> Iterator[T]:
        """The results in the order of the jobs, which are asked for as they are needed.

        ``a_turn``: jobs that go to a process together. ``start``: where none runs yet, processes
        are started for enough jobs. What one that died had to do is done here, as is all that
        follows.
        """
        rest = iter(jobs)
        first: list[Callable[[], T]] = []
        if start and self._pool is None and not self._alone:
            first = list(islice(rest, JOBS_FOR_PROCESSES))
            if len(first) >= JOBS_FOR_PROCESSES:
                self._pool = LocalPool(_PROCESSES)
        rest = chain(first, rest)
        waiting: deque[tuple[list[Callable[[], T]], Future | None]] = deque()
        while turn := list(islice(rest, a_turn if self._pool else 1)):
            waiting.append((turn, self._submit(turn)))
            if self._pool is None or len(waiting) >= _TURNS_AHEAD * self._pool.size:
                yield from self._results(*waiting.popleft())
        while waiting:
            yield from self._results(*waiting.popleft())

    @property
    def running(self) -> bool:
        """Whether jobs are done by others, so that this process can do something meanwhile."""
        return self._pool is not None

    def begin(self, job: Callable[[], T]) -> Callable[[], T]:
        """Have a job done meanwhile; what is given back waits for its result.

        Where no process runs, it is done here, once the result is wanted.
        """
        future = self._submit([job]) if self._pool else None

        def result() -> T:
            (only,) = self._results([job], future)
            return only

        return result

    def _submit(self, turn: list[Callable[[], T]]) -> Future | None:
        try:
            knowing: list[Callable[[], Any]] = [
                partial(_do_knowing, laid(), spoken(), job) for job in turn
            ]
            return self._pool.submit(knowing) if self._pool else None
        except LostError:
            self._give_up()
            return None

    def _results(self, turn: list[Callable[[], T]], future: Future | None) -> Iterator[T]:
        if future is not None:
            try:
                yield from future.result()
            except LostError:
                self._give_up()
            else:
                return
        for job in turn:
            yield job()

    def _give_up(self) -> None:
        self._let_go()
        self._alone = True

    def _let_go(self, *, at_once: bool = False) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            with suppress(LostError):
                pool.close(at_once=at_once)


class LocalPool:
    """Processes of this machine."""

    def __init__(self, size: int) -> None:
        self.size = size
        # Not forked: a fork copies what this process holds, and the locks of its threads.
        context = get_context("spawn")
        life, self._life = context.Pipe(duplex=False)
        with _deaf_to_terminal():  # multiprocessing starts a helper of its own here
            self._executor = ProcessPoolExecutor(
                size,
                mp_context=context,
                initializer=_begin_working,
                # They look for circles among values no more often than this process does.
                initargs=(life, gc.get_threshold()),
            )

    def submit(self, jobs: list[Callable[[], Any]]) -> Future:
        """See ``Pool``."""
        try:
            with _deaf_to_terminal():  # a process is started when there first is work for it
                return _Local(self._executor.submit(do_all, jobs))
        except BrokenExecutor as error:
            raise LostError(str(error)) from error

    def close(self, *, at_once: bool = False) -> None:
        """See ``Pool``."""
        if at_once:
            self._life.close()
        self._executor.shutdown(cancel_futures=True)
        self._life.close()


@contextmanager
def _deaf_to_terminal() -> Iterator[None]:
    """What is started in the block never hears Ctrl+C: this process does, and ends all others.

    Each would tell of its own interruption, with a traceback, while it is still being imported.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINAL)  # inherited, unlike handlers
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)  # what came meanwhile is heard now


def _begin_working(life: Connection, thresholds: tuple[int, int, int]) -> None:
    gc.set_threshold(*thresholds)
    Thread(target=_end_with, args=(life,), daemon=True).start()


def _end_with(life: Connection) -> None:
    """End this process when the one at the other end of ``life`` closes it, or is killed.

    Without that it would wait for more work for ever: of the pipe that jobs come through it holds
    both ends.
    """
    with suppress(OSError, EOFError):
        life.recv_bytes()
    os._exit(1)


class _Local:
    def __init__(self, future: Future) -> None:
        self._future = future

    def result(self) -> list[Any]:
        try:
            return self._future.result()
        except BrokenExecutor as error:
            raise LostError(str(error)) from error


def _do_knowing(overlays: Overlays, language: str, job: Callable[[], T]) -> T:
    """A job where it is done, by what its site knows itself, in its language."""
    lay(overlays)
    with speaking(language):
        return job()


def do_all(jobs: list[Callable[[], Any]]) -> list[Any]:
    """A turn, where it is done."""
    return [job() for job in jobs]

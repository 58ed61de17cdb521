"""The workers of a Dask cluster, for what one machine takes too long for (the extra ``dask``)."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dwiwarta.errors import ClusterError, first_line
from dwiwarta.fingerprint import digest_of
from dwiwarta.pipeline.code import all_code
from dwiwarta.pipeline.workers import Future, LostError, do_all

CONNECT_SECONDS = 10.0


class DaskPool:
    """See ``workers.Pool``. Dask itself gives the turns of a worker that dies to another."""

    def __init__(self, scheduler: str, articles: Path) -> None:
        """``scheduler``: its address, as ``tcp://host:8786``.

        Raises ``ClusterError`` if it cannot be reached, has no worker, or has one that would not
        give what we would: with other code, without the articles, or with several threads, as
        stages are made for one.
        """
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise ClusterError("--scheduler needs Dask: pip install 'dwiwarta[dask]'") from error
        # The parts of a month go with the job that makes an index of them.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        try:
            self._client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise ClusterError(
                f"--scheduler: no Dask scheduler answers at {scheduler}: {first_line(error)}"
            ) from error
        try:
            self.size = self._checked(scheduler, articles)
        except BaseException:
            self.close()
            raise

    def _checked(self, scheduler: str, articles: Path) -> int:
        try:
            threads = self._client.nthreads()
            seen = self._client.run(look, str(articles), on_error="return")
        except (OSError, ValueError, RuntimeError) as error:
            raise ClusterError(f"--scheduler: {scheduler}: {first_line(error)}") from error
        if not threads:
            raise ClusterError(
                f"--scheduler: {scheduler} has no worker: start some with `dask worker`"
            )
        ours = look(str(articles))
        for worker, number in sorted(threads.items()):
            theirs = seen.get(worker)
            if number != 1:
                reason = f"has {number} threads; start it with --nthreads 1"
            elif not isinstance(theirs, tuple):
                reason = "has no Dwiwarta; install there what is installed here"
            elif theirs[0] != ours[0]:
                reason = "has another version of Dwiwarta, of Python or of a library"
            elif theirs[1] != ours[1]:
                reason = f"does not see the same {articles}"
            else:
                continue
            raise ClusterError(f"--scheduler: the worker {worker} {reason}")
        return len(threads)

    def submit(self, jobs: list[Callable[[], Any]]) -> Future:
        """See ``workers.Pool``."""
        try:
            return _Remote(self._client.submit(do_all, jobs, pure=False))
        except (OSError, RuntimeError) as error:
            raise LostError(first_line(error)) from error

    def close(self) -> None:
        """See ``workers.Pool``; the cluster stays."""
        with suppress(OSError, RuntimeError):
            self._client.close(timeout=CONNECT_SECONDS)


class _Remote:
    def __init__(self, future: Any) -> None:
        self._future = future

    def result(self) -> list[Any]:
        from distributed import CancelledError, KilledWorker

        try:
            done: list[Any] = self._future.result()
        # Should one of these be a job's own fault, it is raised again where it is done next: here.
        except (CancelledError, KilledWorker, OSError, RuntimeError) as error:
            raise LostError(first_line(error)) from error
        return done


def look(articles: str) -> tuple[str, str]:
    """What a worker has: digests of its code, and of what it sees in a folder."""
    try:
        names = sorted(path.name for path in Path(articles).iterdir())
    except OSError:
        names = []
    return all_code(), digest_of(*(os.fsencode(name) for name in names))

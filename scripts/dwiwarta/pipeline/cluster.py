"""The workers of a Dask cluster, for what one machine takes too long for (the extra ``dask``)."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from dwiwarta.errors import ClusterError, first_line
from dwiwarta.fingerprint import Tree
from dwiwarta.pipeline.code import all_code
from dwiwarta.pipeline.workers import Future, LostError, do_all

CONNECT_SECONDS = 10.0


class DaskPool:
    """See ``workers.Pool``. Dask itself gives the turns of a worker that dies to another."""

    def __init__(self, scheduler: str, articles: Tree) -> None:
        """``scheduler``: its address, as ``tcp://host:8786``. ``articles``: as they were found.

        Raises ``ClusterError`` if it cannot be reached, has no worker, or has one that would not
        give what we would: with other code, with other articles or memory under the same path, or
        with several threads, as stages are made for one.
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

    def _checked(self, scheduler: str, articles: Tree) -> int:
        folder = str(articles.folder)
        try:
            threads = self._client.nthreads()
            seen = self._client.run(look, folder, on_error="return")
        except (OSError, ValueError, RuntimeError) as error:
            raise ClusterError(f"--scheduler: {scheduler}: {first_line(error)}") from error
        if not threads:
            raise ClusterError(
                f"--scheduler: {scheduler} has no worker: start some with `dask worker`"
            )
        ours = all_code(), articles.digest()
        for worker, number in sorted(threads.items()):
            theirs = seen.get(worker)
            if number != 1:
                reason = f"has {number} threads; start it with --nthreads 1"
            elif not isinstance(theirs, tuple):
                reason = "has no Dwiwarta; install there what is installed here"
            elif theirs[0] != ours[0]:
                reason = "has another version of Dwiwarta, of Python or of a library"
            elif theirs[1] != ours[1]:
                reason = f"does not see the same {folder}{self._difference(worker, articles)}"
            else:
                continue
            raise ClusterError(f"--scheduler: the worker {worker} {reason}")
        return len(threads)

    def _difference(self, worker: str, articles: Tree) -> str:
        """The first file that a worker sees otherwise."""
        try:
            found = self._client.run(contents, str(articles.folder), workers=[worker])[worker]
        except (OSError, ValueError, RuntimeError, KeyError):
            return ""
        ours = _contents(articles)
        unlike = sorted(path for path, _ in ours.items() ^ found.items())
        return f": {unlike[0]} is another one there, or missing on one side" if unlike else ""

    def submit(self, jobs: list[Callable[[], Any]]) -> Future:
        """See ``workers.Pool``."""
        try:
            return _Remote(self._client.submit(do_all, jobs, pure=False))
        except (OSError, RuntimeError) as error:
            raise LostError(first_line(error)) from error

    def close(self, *, at_once: bool = False) -> None:
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
    """What a worker has: digests of its code, and of names and contents below a folder."""
    return all_code(), _tree(articles).digest()


def contents(articles: str) -> Mapping[str, str]:
    """The digest of each file that a worker sees below a folder."""
    return _contents(_tree(articles))


def _contents(tree: Tree) -> dict[str, str]:
    return {**{path: tree.contents(path) or "" for path in tree.files}, **tree.odd}


def _tree(articles: str) -> Tree:
    """As it is now; what was read for an earlier build is not read again."""
    tree = _known(articles)
    tree.refresh()
    return tree


@lru_cache(maxsize=1)
def _known(articles: str) -> Tree:
    return Tree(Path(articles))

"""One process at a time: a lock file that the operating system frees even after kill -9."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from dwiwarta.errors import DwiwartaError
from dwiwarta.files import read_plain, refusal, refuse_link, remove_leftovers, write_atomic


@contextlib.contextmanager
def hold_lock(
    path: Path,
    wait_seconds: float,
    *,
    what: str,
    error: type[DwiwartaError],
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs. ``what`` it guards is named to people.

    ``on_wait`` is told once if another build holds it. Raises ``error`` when that build is not
    done after ``wait_seconds``, or when the lock file cannot be made.
    """
    owner = path.with_suffix(".owner")
    # preserve_lock_file is not needed: the lock is the kernel's, the file only its name.
    lock = FileLock(path, thread_local=False)
    try:
        refuse_link(path, path.parent.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait and wait_seconds > 0:
                on_wait(f"waiting for another build{_who(owner)} to finish with {what}")
            lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise error(
            f"another build{_who(owner)} is using {what}; wait until it is done, or stop it, and"
            " try again"
        ) from None
    except OSError as fault:
        raise error(refusal(fault, path)) from None
    try:
        with contextlib.suppress(OSError):
            remove_leftovers(owner)
            text = f"{os.getpid()} {time.strftime('%H:%M')}"
            write_atomic(owner, text.encode(), durable=False)
        yield
    finally:
        with contextlib.suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


def _who(owner: Path) -> str:
    """`` (process 4711, since 14:05)``, or "" if it left no name."""
    try:
        process, since = read_plain(owner, most=100).decode().split()
    except (OSError, ValueError):
        return ""
    return f" (process {process}, since {since})"

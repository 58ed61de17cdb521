"""Ending calls that do not end by themselves, such as those of libraries without timeouts."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class DeadlineError(Exception):
    """The call had not returned in time. It may go on in the background; its result is dropped."""


def call_with_deadline(call: Callable[[], T], seconds: float) -> T:
    """Run ``call`` and return its result, or raise what it raises, or ``DeadlineError``.

    The call runs in a daemon thread: a hung one cannot be ended from outside, but it does not keep
    the program from exiting either, as one of ``concurrent.futures`` would.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # handed to the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, name="engine-call", daemon=True)
    thread.start()
    thread.join(seconds)
    if results:
        return results[0]
    if errors:
        raise errors[0]
    raise DeadlineError

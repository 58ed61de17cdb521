"""What takes long to make and no test changes is made once a run, whichever process asks first."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """What ``make`` gives for an empty folder of its own: a path in it, which nobody may change.

    The tests of ``make test`` run in several processes, each with a folder below that of the run.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, answer = base / f"once-{name}", base / f"once-{name}.path"
    with FileLock(base / f"once-{name}.lock"):
        if not answer.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that failed
            folder.mkdir()
            answer.write_text(str(make(folder)), "utf-8")
        return Path(answer.read_text("utf-8"))

"""Running our own Python, and MkDocs in it, in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def run_python(
    arguments: Sequence[str],
    folder: Path,
    seconds: float,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run this interpreter in ``folder`` with what it says kept, whatever its exit code is.

    ``environment``: our own unless given. Raises ``OSError`` if it cannot be started and
    ``subprocess.TimeoutExpired`` if it takes longer than ``seconds``.
    """
    return subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
    )

"""A person at a terminal: runs the program on a pseudo-terminal and answers what it asks."""

import contextlib
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dwiwarta.settings import PROJECT_ROOT

SCRIPT = PROJECT_ROOT / "scripts" / "build.py"
INTERRUPT = "\x03"  # Ctrl+C
# As a person presses it again where Python was not ready to be interrupted: as long as nothing is
# said to it. Whoever presses it while the program ends kills it.
AGAIN_SECONDS = 3.0
ECHO = b"^C"
SECONDS = 300.0  # a busy machine; what hangs ends all the same


@dataclass(frozen=True)
class Seen:
    """What stood on the screen, and the exit code."""

    text: str
    code: int


def plain_environment(**more: str) -> dict[str, str]:
    """The environment of a terminal that is no build server's, and ``more``."""
    drop = {"CI", "NO_COLOR", "PYTEST_CURRENT_TEST"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    return {**kept, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "40", **more}


def at_terminal(
    args: Sequence[str],
    environment: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Seen:
    """Run ``build.py ARGS``. ``answers``: what to type, once, when a text has appeared."""
    screen, inside = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), *args],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=dict(environment),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_controls_terminal,
    )
    os.close(inside)
    waiting = dict(answers or {})
    interrupted, said = 0.0, 0
    out, end = b"", time.monotonic() + SECONDS
    try:
        while time.monotonic() < end:
            if select.select([screen], [], [], 0.1)[0]:
                try:
                    chunk = os.read(screen, 65_536)
                except OSError:  # Linux: nobody holds the other end any more
                    break
                if not chunk:
                    break
                out += chunk
            text = out.decode("utf-8", "replace")
            for asked in [asked for asked in waiting if asked in text]:
                answer = waiting.pop(asked)
                os.write(screen, answer.encode())
                if answer == INTERRUPT:
                    interrupted, said = time.monotonic(), len(out)
            heard = out[said:].replace(ECHO, b"").strip()
            if interrupted and not heard and time.monotonic() - interrupted > AGAIN_SECONDS:
                interrupted = time.monotonic()
                os.write(screen, INTERRUPT.encode())
        code = process.wait(timeout=max(1.0, end - time.monotonic()))
    finally:
        process.kill()
        process.wait()
        with contextlib.suppress(OSError):
            os.close(screen)
    return Seen(out.decode("utf-8", "replace").replace("\r\n", "\n"), code)


def _controls_terminal() -> None:
    """Make the terminal the one that Ctrl+C is typed at, with signals as a shell gives them."""
    import fcntl
    import signal
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)

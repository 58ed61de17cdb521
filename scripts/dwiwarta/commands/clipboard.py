"""The text of the clipboard, by the command that each system has for it."""

import shutil
import subprocess
import sys

# In this order; Wayland before X11, as both may be there. Each writes UTF-8 or what it was given.
_COMMANDS = (
    ("pbpaste",),
    ("wl-paste", "--no-newline", "--type", "text"),
    ("xclip", "-selection", "clipboard", "-out"),
    ("xsel", "--clipboard", "--output"),
    ("termux-clipboard-get",),
)
_WINDOWS = (
    "powershell.exe",
    "-NoProfile",
    "-Command",
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw",
)
_SECONDS = 10.0


def read_clipboard() -> bytes | None:
    """What was copied last, as text; None where no command of the system gives it."""
    for command in (_WINDOWS, *_COMMANDS) if sys.platform == "win32" else (*_COMMANDS, _WINDOWS):
        program = shutil.which(command[0])
        if program is None:
            continue
        try:
            done = subprocess.run(  # noqa: S603 - fixed words, and no shell
                [program, *command[1:]], capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return done.stdout
    return None

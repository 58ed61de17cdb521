#!/usr/bin/env python3
"""Command-line entry of Dwiwarta: ``python scripts/build.py [COMMAND] …``.

Only the import path and the right interpreter are arranged here; the commands live in
``dwiwarta.commands``. This file must load in any Python 3, to be able to say what is missing.
"""

import importlib.util
import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parents[1] / ".venv" / "bin" / "python"
# As in the README.
NOT_SET_UP = """Dwiwarta is not set up yet. Run: make site
Or without make, once (Python 3.11 or newer; on Windows .venv\\Scripts\\python):
  python3 -m venv .venv
  .venv/bin/python -m pip install -r requirements.txt"""


def _ready() -> bool:
    """Whether this Python is new enough and has the pinned packages."""
    names = ("click", "pydantic", "sentencex")
    return sys.version_info >= (3, 11) and all(map(importlib.util.find_spec, names))


if __name__ == "__main__":
    if not _ready():
        # (os.access: an environment of somebody else's may be out of reach, where exists() fails)
        if os.access(VENV_PYTHON, os.X_OK) and Path(sys.executable) != VENV_PYTHON:
            # The environment that make set up has them; a person need not know about it.
            os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606
        sys.exit(NOT_SET_UP)
    try:
        from dwiwarta.cli import main
    except KeyboardInterrupt:  # before there is anybody who would say so
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)
    sys.exit(main())

#!/usr/bin/env python3
"""Command-line entry of Dwiwarta: ``python scripts/build.py [COMMAND] …``.

Only the import path is arranged here; the commands live in ``dwiwarta.commands``.
"""

import sys

from dwiwarta.cli import main

if __name__ == "__main__":
    sys.exit(main())

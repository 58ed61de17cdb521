"""Measure the labelled set and write the figures to floors.yml.

    python tests/quality/update_floors.py [--show] [--allow-lower]

Better figures raise their floors. A figure below its floor is refused unless --allow-lower says
that this is meant. --show lists what cost something.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import yaml

sys.path[:0] = [str(Path(__file__).parents[2] / "scripts"), str(Path(__file__).parent)]

from quality import FLOORS_FILE, is_worse, load_floors, measure, set_digest  # noqa: E402

HEAD = "# Written by tests/quality/update_floors.py; lowering a floor needs its --allow-lower.\n"


def main() -> int:
    """0: written, 1: refused."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="list what cost something")
    parser.add_argument("--allow-lower", action="store_true", help="accept worse figures")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        score = measure(Path(folder))
    floors = load_floors().figures if FLOORS_FILE.exists() else {}
    out = sys.stdout
    if args.show:
        out.write("\n".join(score.misses) + "\n\n")
    lowered = []
    for name, value in score.figures.items():
        floor = floors.get(name)
        note = "" if floor in (None, value) else f"  (floor {floor})"
        out.write(f"{name:24} {value}{note}\n")
        if floor is not None and is_worse(name, value, floor):
            lowered.append(name)
    if lowered and not args.allow_lower:
        out.write(f"\nNot written: {', '.join(lowered)} would be lowered (--allow-lower).\n")
        return 1
    data = {"set_digest": set_digest(), "figures": score.figures}
    FLOORS_FILE.write_text(HEAD + yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How good and how fast the engines are: ``python benchmarks/translation.py --data DIR``.

``DIR`` holds test sets ``NAME.id`` and ``NAME.en``, line by line, and may hold stored answers of
other systems as ``peers/SET.SYSTEM.en``. Scores are BLEU and chrF as sacreBLEU computes them (the
signatures are printed), so that they compare with published figures. With ``--engine NAME`` the
engine of that name, set up as in ``dwiwarta.yml``, translates the sets too: its row also has
segments a second, and at the end stands the peak memory of this process and, on Linux, of those
that the engine started.
"""

import argparse
import html
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from sacrebleu.metrics import BLEU, CHRF

from dwiwarta.errors import EngineError
from dwiwarta.settings import PROJECT_ROOT, load_project
from dwiwarta.translate.engines.base import Engine, Request
from dwiwarta.translate.engines.registry import make_engine

CALL_SECONDS = 600.0  # a benchmark waits; the build's own deadline is another matter


@dataclass(frozen=True, slots=True)
class TestSet:
    """Aligned lines, and the stored answers of systems by name."""

    name: str
    source: list[str]
    reference: list[str]
    stored: dict[str, list[str]]


def lines_of(path: Path) -> list[str]:
    """The lines of a file; some systems' answers were stored with HTML entities."""
    return html.unescape(path.read_text(encoding="utf-8")).split("\n")[:-1]


def test_sets(folder: Path, names: list[str]) -> Iterator[TestSet]:
    """The sets of a folder, by name; ``names`` picks some."""
    for path in sorted(folder.glob("*.id")):
        if names and path.stem not in names:
            continue
        short = path.stem.replace("devtest", "test")
        stored = {
            answers.stem.split(".")[1]: lines_of(answers)
            for answers in sorted((folder / "peers").glob(f"{short}.*.en"))
        }
        yield TestSet(path.stem, lines_of(path), lines_of(path.with_suffix(".en")), stored)


def translate(engine: Engine, texts: list[str]) -> tuple[list[str], float, int]:
    """The engine's answers, seconds, and how many it did not give (they count as empty)."""
    size = max(1, engine.capabilities.batch)
    answers: list[str] = []
    failed = 0
    started = time.perf_counter()
    for start in range(0, len(texts), size):
        batch = tuple(texts[start : start + size])
        try:
            got = list(engine.translate(Request(batch, deadline_seconds=CALL_SECONDS)))
        except EngineError as error:
            got = [error] * len(batch)
        failed += sum(isinstance(one, EngineError) for one in got)
        answers += ["" if isinstance(one, EngineError) else one for one in got]
    return answers, time.perf_counter() - started, failed


def peak_megabytes() -> float:
    """Peak resident memory of this process; Linux counts in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def peak_megabytes_of_children() -> float:
    """The same for the running processes that this one started; 0 where it cannot be told."""
    # Not RUSAGE_CHILDREN: it counts what a child shared with us before it became another program.
    peak = 0
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            status = Path(f"/proc/{child}/status").read_text(encoding="utf-8")
            peak += int(status.partition("VmHWM:")[2].split()[0])
    return peak / (1 << 10)


def main() -> int:
    """Print a row for each system and set; 1 if the engine cannot work here."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the test sets")
    parser.add_argument("--engine", help="engine to translate with, as in dwiwarta.yml")
    parser.add_argument("--set", action="append", default=[], help="only this set (repeatable)")
    parser.add_argument("--lines", type=int, help="only the first N lines of each set")
    options = parser.parse_args()
    engine = None
    if options.engine:
        engine = make_engine(options.engine, load_project(PROJECT_ROOT).settings.translation)
        try:
            print(f"engine: {engine.version()}")
        except EngineError as error:
            print(error, file=sys.stderr)
            return 1
    bleu, chrf = BLEU(), CHRF()
    print(f"{'set':24} {'system':20} {'BLEU':>6} {'chrF':>6} {'seg/s':>8}")
    for one in test_sets(options.data, options.set):
        count = options.lines or len(one.source)
        reference = [one.reference[:count]]

        def row(system: str, answers: list[str], rest: str = "", *, name: str = one.name) -> None:
            scores = [m.corpus_score(answers, reference).score for m in (bleu, chrf)]  # noqa: B023
            print(f"{name:24} {system:20} {scores[0]:6.1f} {scores[1]:6.1f} {rest}")

        for system, stored in one.stored.items():
            row(system, stored[:count])
        if engine is not None:
            answers, seconds, failed = translate(engine, one.source[:count])
            rest = f"{count / seconds:8.1f}"
            row(options.engine, answers, rest + (f" ({failed} failed)" if failed else ""))
        if not one.stored and engine is None:
            print(f"{one.name:24} {'(no stored answers)':20}")
    if engine is not None:
        print(
            f"\npeak memory: {peak_megabytes():.0f} MB here, "
            f"{peak_megabytes_of_children():.0f} MB in the engine's own processes"
        )
    print(f"\nBLEU {bleu.get_signature()}\nchrF {chrf.get_signature()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Options and fixtures of all tests, and what keeps them from depending on a quick machine."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

import dwiwarta.settings
from dwiwarta.knowledge.overlays import Overlays, lay, use_overlays

# Nobody sits before a test, also where pytest leaves it a terminal.
os.environ["CI"] = "true"

# How long an example takes says more about what else the machine does than about our code.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
# Each may have a browser of its own, which takes a gigabyte.
MOST_PROCESSES = 4


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden pages anew from this build"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """How many processes ``-n auto`` takes: none for chosen tests, which are quicker without."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    chosen = config.option.keyword or not all(Path(name).is_dir() for name in config.args)
    return 0 if chosen else min(os.cpu_count() or 1, MOST_PROCESSES)


@pytest.fixture(autouse=True)
def _within_cpu_seconds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test marked ``cpu_seconds(n)`` that computes longer; waiting its turn is free."""
    marker = request.node.get_closest_marker("cpu_seconds")
    if marker is None:
        yield
        return
    seconds = marker.args[0]

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"computed for more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(autouse=True)
def _knowledge_of_the_program_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the owner of this checkout has in ``knowledge/``, or a test laid, decides no test."""
    own = dwiwarta.settings.PROJECT_ROOT

    def use(folder: Path) -> None:
        if folder.parent != own:
            use_overlays(folder)

    monkeypatch.setattr("dwiwarta.settings.use_overlays", use)
    yield
    lay(Overlays())

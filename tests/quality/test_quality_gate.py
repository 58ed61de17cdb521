"""The quality gate: no figure of the labelled set may fall below its floor.

A better figure is kept with ``python tests/quality/update_floors.py``; a worse one needs
``--allow-lower``, so that it shows in review.
"""

from pathlib import Path

import pytest

from quality import Score, is_worse, load_floors, measure, set_digest


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    folder: Path = tmp_path_factory.mktemp("quality")
    return measure(folder)


def test_no_figure_is_below_its_floor(score: Score) -> None:
    floors = load_floors().figures
    assert set(floors) == set(score.figures), "run tests/quality/update_floors.py"
    worse = [
        f"{name}: {score.figures[name]} (floor {floor})"
        for name, floor in floors.items()
        if is_worse(name, score.figures[name], floor)
    ]
    assert not worse, "\n".join([*worse, "", "what cost something:", *score.misses])


def test_the_floors_were_measured_on_this_set() -> None:
    assert load_floors().set_digest == set_digest(), (
        "the labelled set has changed: run tests/quality/update_floors.py and review the floors"
    )


@pytest.mark.parametrize(
    ("name", "value", "floor", "worse"),
    [
        ("lost", 0.01, 0.0, True),
        ("lost", 0.0, 0.01, False),
        ("title", 0.9, 1.0, True),
        ("title", 1.0, 0.9, False),
        ("title", 0.9, 0.9, False),
    ],
)
def test_worse_knows_the_direction(name: str, value: float, floor: float, worse: bool) -> None:
    assert is_worse(name, value, floor) is worse

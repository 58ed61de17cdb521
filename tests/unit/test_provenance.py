"""What stands behind several English texts taken together."""

import pytest

import factory
from dwiwarta.model import Segment, State
from dwiwarta.provenance import WEAKEST_FIRST, Standing, standing

D, M, E, A = State.DRAFT, State.MACHINE, State.EDITED, State.APPROVED


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ([A], Standing(A, partly=False)),
        ([A, E], Standing(E, partly=False)),  # persons made all of it
        ([E, M, A], Standing(M, partly=True)),
        ([M, D], Standing(D, partly=True)),
        ([D, D], Standing(D, partly=False)),
    ],
)
def test_the_weakest_counts(states: list[State], found: Standing) -> None:
    assert standing(factory.segment("Teks.", "Text.", one) for one in states) == found


def test_what_is_no_english_does_not_count() -> None:
    stars = factory.segment("***", "***", D, "unchanged")
    assert standing([Segment("Teks."), stars]) is None
    assert standing([Segment("Teks."), stars, factory.segment("Teks.", "Text.", A)]) == Standing(
        A, partly=False
    )


def test_every_state_has_its_rank() -> None:
    assert set(WEAKEST_FIRST) == set(State)

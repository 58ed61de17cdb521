"""What shows later that earlier answers are wrong, piece by piece."""

from collections.abc import Sequence
from datetime import date

import pytest

from dwiwarta.model import Rejection, State, Translation
from dwiwarta.translate.memory.merge import Addition
from dwiwarta.translate.trust import NEIGHBOURS, ArticleAnswers, CannedAnswers, withdrawal


def answers(count: int, wrong: Sequence[int], seen: list[Sequence[str]]) -> ArticleAnswers:
    """So many good answers; the comparison finds those at ``wrong`` places."""

    def find(sources: Sequence[str], said: Sequence[str | None]) -> Sequence[int]:
        seen.append(sources)
        assert [f"EN {source}" for source in sources] == list(said)
        return wrong

    one = ArticleAnswers(find)
    for index in range(count):
        one.hear(index, f"{index}", f"EN {index}")
        one.accept(index)
    return one


def test_new_answers_are_compared_with_those_before_them() -> None:
    seen: list[Sequence[str]] = []
    one = answers(10, [0, 5], seen)
    assert one.withdraw(2) == [4, 9]
    assert [list(sources) for sources in seen] == [[str(i) for i in range(8 - NEIGHBOURS, 10)]]
    assert one.accepted == {0, 1, 2, 3, 5, 6, 7, 8}
    assert one.withdraw(2) == [], "what is withdrawn is withdrawn once"


def test_an_answer_that_the_gate_rejected_is_compared_but_not_withdrawn() -> None:
    one = answers(2, [2], [])
    one.hear(2, "2", "EN 2")
    assert one.withdraw(1) == []
    assert one.accepted == {0, 1}


def test_nothing_said_is_nothing_withdrawn() -> None:
    assert answers(0, [], []).withdraw(3) == []


@pytest.mark.parametrize(
    ("source", "answer", "canned"),
    [
        ("Pasar itu ramai sekali.", "The service is resting tonight.", True),
        ("Hujan turun di kota.", "The service is resting tonight.", False),  # the same text
        ("Hujan turun di desa.", "The service is resting tonight.", False),  # nearly the same
        ("Pasar itu ramai sekali.", "The service is resting this evening.", False),
        ("Pasar itu ramai sekali.", "THE service is resting tonight!", True),
    ],
)
def test_the_same_answer_to_another_text_is_canned(source: str, answer: str, canned: bool) -> None:
    said = CannedAnswers()
    assert not said.is_one("x", "Hujan turun di kota.", "The service is resting tonight.")
    assert said.is_one("x", source, answer) is canned
    assert not said.is_one("another engine", source, answer)


def test_short_answers_may_be_alike() -> None:
    said = CannedAnswers()
    assert not said.is_one("x", "Begitu katanya.", "He said so.")
    assert not said.is_one("x", "Demikian penjelasan menteri.", "He said so.")


def test_what_was_replaced_comes_back_only_when_its_successor_goes() -> None:
    rejection = Rejection("x 1", "numbers differ", date(2026, 11, 23))
    made = Translation("New.", State.MACHINE, "x 1")
    before = Translation("Old.", State.DRAFT, "y 1")
    assert withdrawal(rejection, None, before) == Addition(rejections=(rejection,))
    assert withdrawal(rejection, made, before) == Addition(
        before, rejections=(rejection,), withdrawn=made
    )

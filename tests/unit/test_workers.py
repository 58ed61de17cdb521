"""Jobs: the same results in the same order, whoever does them and whoever dies."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from test_histories import PARAGRAPHS, assert_same, made

from dwiwarta.pipeline import workers
from dwiwarta.pipeline.workers import Workers


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int, parent: int, dies_at: int) -> int:
    """Killed in another process, as the system does where memory ends; here it goes well."""
    if number == dies_at and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def where(_: int) -> int:
    return os.getpid()


def fail(number: int) -> int:
    raise ValueError(f"number {number}")


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cpu_count", lambda: 2)
    monkeypatch.setattr(workers, "JOBS_FOR_PROCESSES", 5)


def test_few_jobs_are_done_here(two_cores: None) -> None:
    with Workers() as some:
        assert set(some.do(partial(where, n) for n in range(4))) == {os.getpid()}


def test_many_jobs_are_done_elsewhere_in_order(two_cores: None) -> None:
    with Workers() as some:
        jobs = [partial(double, n) for n in range(100)]
        assert list(some.do(iter(jobs), 3)) == [2 * n for n in range(100)]
        assert os.getpid() not in set(some.do([partial(where, 1)], 1, start=False))


def test_one_core_is_enough(two_cores: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cpu_count", lambda: 1)
    with Workers() as some:
        assert set(some.do(partial(where, n) for n in range(50))) == {os.getpid()}


def test_no_more_jobs_are_asked_for_than_are_needed(two_cores: None) -> None:
    asked = 0

    def jobs() -> Iterator[Callable[[], int]]:
        nonlocal asked
        for number in range(1000):
            asked += 1
            yield partial(double, number)

    with Workers() as some:
        for done, _ in enumerate(some.do(jobs(), 4), 1):
            assert asked <= done + 4 * 2 * 3


@pytest.mark.parametrize("dies_at", [0, 17, 99])
def test_what_a_killed_process_had_to_do_is_done_here(two_cores: None, dies_at: int) -> None:
    jobs = [partial(double_or_die, n, os.getpid(), dies_at) for n in range(100)]
    with Workers() as some:
        assert list(some.do(jobs, 3)) == [2 * n for n in range(100)]
        assert list(some.do(jobs, 3)) == [2 * n for n in range(100)]


def test_what_a_job_raises_comes_back(two_cores: None) -> None:
    with Workers() as some, pytest.raises(ValueError, match="number 0"):
        list(some.do((partial(fail, n) for n in range(10)), 2))


def write_articles(root: Path, count: int) -> Path:
    articles = root / "articles"
    articles.mkdir(parents=True)
    for number in range(count):
        text = [PARAGRAPHS[(number * step + step) % len(PARAGRAPHS)] for step in (1, 3, 5)]
        head = f"Kabar Pesisir Nomor {number}\n{number % 28 + 1} Mei 2024\n\n"
        (articles / f"a{number}.txt").write_text(head + "\n\n".join(text) + "\n", "utf-8")
    return root


def test_two_processes_make_the_same_bytes(
    two_cores: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = made(write_articles(tmp_path / "two", 12), {}, ())
    monkeypatch.setattr(workers, "cpu_count", lambda: 1)
    one = made(write_articles(tmp_path / "one", 12), {}, ())
    assert_same(two, one, "two processes")
    assert len(one[0]) > 20


def test_a_job_begun_meanwhile_is_done_elsewhere_or_here(two_cores: None) -> None:
    with Workers() as some:
        here = some.begin(partial(where, 0))
        assert here() == os.getpid()
        assert os.getpid() not in set(some.do(partial(where, n) for n in range(9)))
        begun = some.begin(partial(where, 0))
        assert list(some.do(partial(double, n) for n in range(9))) == [2 * n for n in range(9)]
        assert begun() != os.getpid()
        lost = some.begin(partial(double_or_die, 1, os.getpid(), 1))
        assert lost() == 2
        assert some.begin(partial(where, 0))() == os.getpid()


def rest(_: int) -> None:
    time.sleep(3600)


def test_where_a_block_fails_nobody_waits_for_its_jobs(two_cores: None) -> None:
    some = Workers()
    with some:
        list(some.do(partial(double, n) for n in range(9)))
        some.begin(partial(rest, 0))
        some.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)

"""Warnings: sorted, counted, and long repetitions shortened."""

from dwiwarta.errors import ArticleError
from dwiwarta.problems import ProblemLog


def test_warnings_read_file_line_reason_in_order() -> None:
    log = ProblemLog()
    log.warn("b.txt", 3, "no title")
    log.add(ArticleError("a.txt", 1, "empty file"))
    assert log.lines() == ["a.txt:1: empty file", "b.txt:3: no title"]
    assert log.count == 2


def test_a_part_of_the_program_names_files_below_its_own_folder() -> None:
    log = ProblemLog()
    log.inside("articles").inside("samples").warn("a.txt", 2, "no date")
    assert log.lines() == ["articles/samples/a.txt:2: no date"]
    assert log.count == 1


def test_many_alike_become_one_line_but_all_count() -> None:
    log = ProblemLog()
    for n in range(9):
        log.warn(f"{n}.txt", 1, "no date")
    assert log.lines(same_reason=2) == [
        "0.txt:1: no date",
        "1.txt:1: no date",
        "… and 7 more: no date",
    ]
    assert log.count == 9

"""Many entries in one test: every one is tried, and each that fails is named by file and line."""

from pathlib import Path

import pytest

from entries import cases, check_each, placed


def is_small(number: int) -> None:
    assert number < 10, "too large"


def test_all_that_fail_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "numbers.yml"
    path.write_text("# numbers\n- 1\n- 20\n\n- 3\n- 40\n", "utf-8")
    with pytest.raises(pytest.fail.Exception) as caught:
        check_each(cases(path), is_small)
    head, *lines = str(caught.value).splitlines()
    assert head == "2 of 4 fail:"
    named = [line for line in lines if line.startswith("numbers.yml:")]
    assert [line.partition(" ")[0] for line in named] == ["numbers.yml:3:", "numbers.yml:6:"]
    assert all("too large" in line for line in named)


def test_entries_below_keys_and_in_groups_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "groups.yml"
    path.write_text("outlets:\n- id: a\n- id: b\n  signs:\n  - x\n  - y\n", "utf-8")
    assert placed(path, ["outlets", 1, "signs"], "xy") == [
        ("groups.yml:5", "x"),
        ("groups.yml:6", "y"),
    ]
    assert placed(path, ["outlets", 0, "signs"], ()) == []
    assert [place for place, _ in placed(path, ["outlets", 1], "is")] == [
        "groups.yml:3",
        "groups.yml:4",
    ]
    with pytest.raises(ValueError, match="shorter"):
        placed(path, ["outlets"], "abc"[:1])


def test_where_there_is_nothing_to_try_nothing_passes() -> None:
    with pytest.raises(AssertionError, match="nothing to try"):
        check_each([], is_small)

"""Entries of YAML files as cases of one test: all are tried, what fails is named by its line."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml

T = TypeVar("T")
Placed = tuple[str, T]


def cases(path: Path) -> list[Placed[Any]]:
    """The entries of a file that is a list (or a group: then pairs of key and value)."""
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    return placed(path, [], value.items() if isinstance(value, dict) else value)


def placed(path: Path, way: Iterable[str | int], values: Iterable[T]) -> list[Placed[T]]:
    """What was made of the entries of a file's list or group, each with ``file:line``.

    ``way``: keys and numbers that lead from the top to that list; a key may be left out.
    """
    node: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for key in way:
        if isinstance(key, int):
            node = node.value[key]
        else:
            here = [value for name, value in node.value if name.value == key]
            node = here[0] if here else yaml.SequenceNode("", [])
    items = [item[0] if isinstance(item, tuple) else item for item in node.value]
    places = [f"{path.name}:{item.start_mark.line + 1}" for item in items]
    return list(zip(places, values, strict=True))


def check_each(entries: Iterable[Placed[T]], check: Callable[[T], object]) -> None:
    """Try every entry; fail with all that did not pass. No entry at all is a failure too."""
    tried, failed = 0, []
    for place, value in entries:
        tried += 1
        try:
            check(value)
        except (Exception, pytest.fail.Exception) as error:
            failed.append(f"{place}: {error if str(error) else type(error).__name__}")
    assert tried, "there is nothing to try"
    if failed:
        pytest.fail("\n".join([f"{len(failed)} of {tried} fail:", *failed]), pytrace=False)

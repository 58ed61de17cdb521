"""What is kept of knowledge between builds gives what reading it gives, and is never trusted."""

import json
from pathlib import Path

import pytest

from dwiwarta.clean import load_rules
from dwiwarta.clean.traits import recall_traits, traits_of, was_checked
from dwiwarta.kept import keeping
from dwiwarta.yamlfile import Strict, load_text

PATTERN = r"^Baca juga"
DEEP = b"[" * 100_000


class Model(Strict):
    """A file of one long text."""

    a: str


TEXT = "a: " + "x" * 3000


@pytest.mark.parametrize("forged", [DEEP, b"\xff", b"null", b"NaN", b'{"a": 1}', b'{"b": "x"}'])
def test_values_that_are_no_such_are_read_again(forged: bytes) -> None:
    put: list[bytes] = []
    with keeping(lambda *_: forged, lambda *kept: put.append(kept[2])):
        assert load_text(Path("x.yml"), TEXT, Model).a == "x" * 3000
    assert [json.loads(one) for one in put] == [{"a": "x" * 3000}]


def test_values_are_kept_for_the_very_text() -> None:
    kept: dict[tuple[str, str], bytes] = {}

    def put(name: str, key: str, data: bytes) -> None:
        kept[name, key] = data

    with keeping(lambda *asked: kept.get(asked), put):
        for text in (TEXT, TEXT, f"{TEXT}y"):
            assert load_text(Path("x.yml"), text, Model).a == text.removeprefix("a: ")
    assert len(kept) == 2


@pytest.mark.parametrize(
    "forged", [DEEP, b"[]", b'{"PATTERN": [[["", true]], true, []]}', b'{"PATTERN": [[], 7, []]}']
)
def test_traits_that_are_no_such_are_found_again(forged: bytes) -> None:
    data = forged.replace(b"PATTERN", PATTERN.encode())
    read = traits_of(PATTERN)
    try:
        with keeping(lambda *_: data, lambda *_: None):
            recall_traits()
        assert not was_checked(PATTERN)
        assert traits_of(PATTERN) == read
    finally:
        recall_traits()  # of nothing


def test_rules_are_the_same_of_kept_traits() -> None:
    kept: dict[tuple[str, str], bytes] = {}

    def put(name: str, key: str, data: bytes) -> None:
        kept[name, key] = data

    lines = ["Baca juga: Panen raya", "Warga memadati taman.", "ADVERTISEMENT", "Editor: Ani"]
    found = []
    for _ in ("put", "got"):
        with keeping(lambda *asked: kept.get(asked), put):
            found.append([load_rules().prefilter.candidates(line) for line in lines])
    assert found[0] == found[1]
    assert any(found[0])
    assert [name for name, _ in kept].count("patterns") == 1

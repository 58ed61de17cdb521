"""Who may know what: the table of docs/developers/architecture.md is true in every line."""

import graphlib

import pytest

from imports import (
    MODULES,
    PAGE,
    Import,
    graph,
    imports,
    imports_in,
    libraries,
    longest_path,
    path_of,
    rooms,
    unit_of,
)

TEXT = PAGE.read_text(encoding="utf-8")
ROOMS = rooms(TEXT)
ROOM_OF = {unit: room for room in ROOMS.values() for unit in room.units}
IMPORTS = imports()
STAGES = ROOMS["stages"].units
LONG = 300  # lines; about so many can be read in one go
# Longer for a reason: a module of one subject that does not part well.
MAY_BE_LONGER = {"dwiwarta.clean.split_words"}


def is_allowed(one: Import) -> bool:
    here, there = unit_of(one.module), unit_of(one.target)
    if one.library or not here or not there or here == there:
        return True
    return ROOM_OF[there].name in ROOM_OF[here].may


def test_every_module_and_package_is_in_one_room() -> None:
    units = {unit_of(name) for name in MODULES} - {""}
    named = [unit for room in ROOMS.values() for unit in room.units]
    assert sorted(named) == sorted(units), f"see the table in {PAGE.name}"
    assert {name for room in ROOMS.values() for name in room.may} <= set(ROOMS)
    packages = {name for name in units if f"`{name}/`" in TEXT}
    assert packages == {name for name in units if MODULES[f"dwiwarta.{name}"].stem == "__init__"}


def test_every_room_has_its_paragraph() -> None:
    _, _, text = TEXT.partition("\n## The rooms\n")
    text = text.partition("\n## ")[0]
    packages = {unit for unit in ROOM_OF if MODULES[f"dwiwarta.{unit}"].stem == "__init__"}
    assert {unit for unit in packages if f"\n**`{unit}/`** " not in text} == set()
    assert {unit for unit in ROOM_OF if unit not in packages and f"`{unit}`" not in text} == set()


def test_nobody_imports_what_the_table_does_not_allow() -> None:
    assert [str(one) for one in IMPORTS if not is_allowed(one)] == []


def test_the_table_allows_nothing_that_nobody_needs() -> None:
    used = {
        (ROOM_OF[here].name, ROOM_OF[there].name)
        for one in IMPORTS
        if not one.library and "" not in (here := unit_of(one.module), there := unit_of(one.target))
        if here != there
    }
    allowed = {(room.name, other) for room in ROOMS.values() for other in room.may}
    assert sorted(allowed - used) == []


def test_a_library_of_few_is_imported_by_those_alone() -> None:
    few = libraries(TEXT)
    assert few
    wrong = [
        str(one)
        for one in IMPORTS
        if one.library in few and unit_of(one.module) not in few[one.library]
    ]
    assert wrong == []
    users = {(one.library, unit_of(one.module)) for one in IMPORTS if one.library in few}
    assert users == {(library, unit) for library, units in few.items() for unit in units}


def test_the_pipeline_takes_of_a_stage_what_its_package_shows() -> None:
    inside = [
        str(one)
        for one in IMPORTS
        if unit_of(one.module) == "pipeline"
        and unit_of(one.target) in STAGES
        and one.target != f"dwiwarta.{unit_of(one.target)}"
    ]
    assert inside == []


def test_no_circle_of_imports() -> None:
    try:
        path = longest_path(graph(IMPORTS))
    except graphlib.CycleError as error:
        pytest.fail(" imports ".join(error.args[1]))
    assert len(path) > 5, "there is something to measure"


def test_no_module_is_too_long_to_read() -> None:
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    long = {name for name, count in lines.items() if count > LONG}
    assert sorted(path_of(name) for name in long - MAY_BE_LONGER) == []
    assert long >= MAY_BE_LONGER, "an exception is not needed any more"


def test_imports_are_found_wherever_they_stand() -> None:
    text = (
        "from dwiwarta import dates, __version__\n"
        "def late():\n    import json, dwiwarta.text\n"
        "if TYPE_CHECKING:\n    from dwiwarta.read.files import read_file\n"
    )
    found = [(one.target, one.line, one.library) for one in imports_in("dwiwarta.cli", text)]
    assert sorted(found) == [
        ("dwiwarta", 1, ""),
        ("dwiwarta.dates", 1, ""),
        ("dwiwarta.read.files", 5, ""),
        ("dwiwarta.text", 3, ""),
        ("json", 3, "json"),
    ]


def test_what_is_not_allowed_is_seen() -> None:
    wrong = ("dwiwarta.read.files", "dwiwarta.clean"), ("dwiwarta.text", "dwiwarta.model")
    for module, target in wrong:
        assert not is_allowed(Import(module, 1, target))
    assert is_allowed(Import("dwiwarta.read.files", 1, "dwiwarta.model"))
    edges = {"a": {"b"}, "b": {"c"}, "c": set(), "d": {"c"}}
    assert longest_path(edges) == ["a", "b", "c"]
    with pytest.raises(graphlib.CycleError):
        longest_path({"a": {"b"}, "b": {"a"}})

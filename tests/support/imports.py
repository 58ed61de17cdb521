"""Who imports whom in the package, and who may: the table of the architecture page.

``python tests/support/imports.py`` prints the longest path of imports.
"""

import ast
import graphlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
PAGE = ROOT / "docs" / "developers" / "architecture.md"
HEADING = "Who may know what"
ITSELF = "one another"


@dataclass(frozen=True)
class Import:
    """An import anywhere in a module, also inside a function. ``library``: if it is not ours."""

    module: str
    line: int
    target: str
    library: str = ""

    def __str__(self) -> str:
        return f"{path_of(self.module)}:{self.line}: imports {self.target}"


def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    found = {}
    for path in sorted((SCRIPTS / "dwiwarta").rglob("*.py")):
        parts = path.relative_to(SCRIPTS).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def path_of(module: str) -> str:
    """Where a module lies, below the project."""
    return MODULES[module].relative_to(ROOT).as_posix()


def imports() -> list[Import]:
    """Every import of every module, of ours and of libraries."""
    return [one for name, path in MODULES.items() for one in imports_in(name, path.read_text())]


def imports_in(name: str, text: str) -> list[Import]:
    """The imports of one module. ``from package import module`` is one of that module."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute here"
            here = node.module or ""
            full = [f"{here}.{alias.name}" for alias in node.names]
            targets = [one if one in MODULES else here for one in full]
        else:
            continue
        for target in dict.fromkeys(targets):
            library = "" if target in MODULES else target.partition(".")[0]
            found.append(Import(name, node.lineno, target, library))
    return found


def unit_of(module: str) -> str:
    """The module or package right below ``dwiwarta`` that a module belongs to; "" for the top."""
    return module.split(".")[1] if "." in module else ""


def graph(found: list[Import]) -> dict[str, set[str]]:
    """For each module those of ours that it imports."""
    edges: dict[str, set[str]] = {name: set() for name in MODULES}
    for one in found:
        if not one.library and one.target != one.module:
            edges[one.module].add(one.target)
    return edges


def longest_path(edges: Mapping[str, set[str]]) -> list[str]:
    """The longest chain of imports. Raises ``graphlib.CycleError`` with a circle, if there is one.

    Of several, the first by name.
    """
    length: dict[str, int] = {}
    following: dict[str, str | None] = {}
    for name in graphlib.TopologicalSorter(edges).static_order():
        after = max(sorted(edges[name]), key=length.__getitem__, default=None)
        following[name] = after
        length[name] = 1 + (length[after] if after else 0)
    at: str | None = max(sorted(length), key=length.__getitem__)
    path = []
    while at:
        path.append(at)
        at = following[at]
    return path


@dataclass(frozen=True)
class Room:
    """A row of the table: units of the package that may import the same."""

    name: str
    units: tuple[str, ...]
    may: tuple[str, ...]  # names of rooms


def rooms(text: str) -> dict[str, Room]:
    """The table of rooms under the page's heading: name, code, and whom it may import."""
    found = {}
    for name, code, may in rows(text, 0):
        units = tuple(unit.strip("/") for unit in re.findall(r"`([^`]+)`", code))
        allowed = [word.strip() for word in may.split(",") if word.strip() not in ("", "nothing")]
        found[name] = Room(name, units, tuple(name if one == ITSELF else one for one in allowed))
    return found


def libraries(text: str) -> dict[str, tuple[str, ...]]:
    """The second table there: libraries that only some may import, and who."""
    return {
        name: tuple(word.strip("/") for word in re.findall(r"`([^`]+)`", who))
        for names, who in rows(text, 1)
        for name in re.findall(r"`([^`]+)`", names)
    }


def rows(text: str, which: int) -> list[list[str]]:
    """The cells of a table under the heading, without its head."""
    _, found, section = text.partition(f"\n## {HEADING}\n")
    assert found, f"{PAGE.name} has no heading {HEADING!r}"
    section = section.partition("\n## ")[0]
    tables = re.findall(r"^\|[-|]+\|\n((?:\|.*\n)+)", section, re.MULTILINE)
    return [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in tables[which].splitlines()
    ]


if __name__ == "__main__":
    path = longest_path(graph(imports()))
    print(f"{len(MODULES)} modules; the longest path of imports has {len(path)}:")  # noqa: T201
    print("\n".join(path_of(name) for name in path))  # noqa: T201

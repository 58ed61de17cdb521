"""Reading YAML that people edit: checked against a typed model, faults named by file and line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dwiwarta.errors import SettingsError


class Strict(BaseModel):
    """Base of all YAML schemas: frozen, and an unknown key is a fault, not a silent no-op."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


M = TypeVar("M", bound=BaseModel)

# The safe loader, in C where PyYAML was built with libyaml: ten times as fast.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path, model: type[M]) -> M:
    """Read a YAML file into ``model``.

    Raises ``SettingsError`` that lists every fault as ``file:line: key: what is wrong``.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}:1: cannot be read: {error}") from error
    faults, value = parse_yaml(text, model)
    if value is None:
        raise SettingsError("\n".join(f"{path}:{line}: {reason}" for line, reason in faults))
    return value


def parse_yaml(text: str, model: type[M]) -> tuple[list[tuple[int, str]], M | None]:
    """Parse YAML into ``model``: the faults as (line, reason), and the value if there are none."""
    try:
        loader = _SafeLoader(text)
        try:
            node = loader.get_single_node()
            value = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return [(mark.line + 1 if mark else 1, f"broken YAML: {error.problem}")], None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date such as 2023-02-31 passes the syntax and fails in construction.
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        return [(1, f"broken YAML: {first_line}")], None
    try:
        return [], model.model_validate({} if value is None else value)
    except ValidationError as error:
        return [
            (_line_of(node, fault["loc"]), _sentence(fault["loc"], fault["msg"]))
            for fault in error.errors()
        ], None


def _sentence(loc: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in loc)
    what = "unknown key" if message.startswith("Extra inputs") else message
    what = what.removeprefix("Value error, ")
    return f"{where}: {what}" if where else what


def _line_of(node: Any, loc: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest YAML node on the way to ``loc``."""
    line = node.start_mark.line + 1 if node is not None else 1
    for part in loc:
        child = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, child = key.start_mark.line + 1, value
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value)
        ):
            child = node.value[part]
            line = child.start_mark.line + 1
        if child is None:
            break
        node = child
    return line

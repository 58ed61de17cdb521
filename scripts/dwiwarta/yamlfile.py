"""Reading YAML that people edit: checked against a typed model, faults named by file and line."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dwiwarta.errors import SettingsError
from dwiwarta.files import read_plain
from dwiwarta.fingerprint import digest_of
from dwiwarta.kept import keep, recall
from dwiwarta.yamltext import NOT_YAML, YamlLoader, check_depth, keys_twice, yaml_fault

# What is looked for in a text; nothing but spaces would be found everywhere.
Phrase = Annotated[str, Field(min_length=1)]


def _compiled(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return pattern


# A regular expression as Python has them.
Pattern = Annotated[str, AfterValidator(_compiled)]


class Strict(BaseModel):
    """Base of all YAML schemas: frozen, and an unknown key is a fault, not a silent no-op."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class PlaceError(ValueError):
    """For a model's validator: something is wrong at ``place``, keys and numbers of items."""

    def __init__(self, reason: str, place: tuple[int | str, ...]) -> None:
        super().__init__(reason)
        self.place = place


class TwiceError(ValueError):
    """For a model's validator: something stands twice, at ``place`` and before at ``first``.

    Places are keys and numbers of items, as they lead there from the model.
    """

    def __init__(
        self, reason: str, place: tuple[int | str, ...], first: tuple[int | str, ...]
    ) -> None:
        super().__init__(reason)
        self.place = place
        self.first = first


M = TypeVar("M", bound=BaseModel)

# What the schema library calls a fault, and what a person calls it. The first that fits counts.
_PLAIN = {
    "extra_forbidden": "unknown key",
    "missing": "is missing",
    "invalid_key": "a key should be text; put it in quotes",
    "bool_": "should be true or false",
    "int_": "should be a whole number",
    "float_": "should be a number",
    "finite_": "should be a number",
    "string_type": "should be text",
    "string_sub_type": "should be text",
    "tuple_type": "should be a list such as [a, b]",
    "list_type": "should be a list such as [a, b]",
    "set_type": "should be a list such as [a, b]",
    "frozen_set_type": "should be a list such as [a, b]",
    "model_": "should have keys of its own below it, each on a line",
    "dict_type": "should have keys of its own below it, each on a line",
}
_JARGON = re.compile(r"^(?:Value error, |(?:Input|String|Tuple|List|Dictionary|Set) (?=should ))")
_MOST_SHOWN = 40
_MOST_FAULTS = 20  # lines of one file's faults; whoever mends those sees the next
_WORTH_KEEPING = 2_000  # characters; shorter texts are read as fast as kept values


def read_text(path: Path) -> str:
    """The text of a file that a person edits. Raises ``SettingsError``."""
    try:
        data = read_plain(path)
        return data.decode("utf-8-sig")
    except IsADirectoryError as error:
        raise SettingsError(f"{path}:1: {error.strerror}") from error
    except OSError as error:
        raise SettingsError(f"{path}:1: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        raise SettingsError(f"{path}:{line}: not UTF-8: save it in that encoding") from error


def load_yaml(path: Path, model: type[M]) -> M:
    """Read a YAML file into ``model``.

    Raises ``SettingsError`` that lists every fault as ``file:line: key: what is wrong``.
    """
    return load_text(path, read_text(path), model)


def load_text(path: Path, text: str, model: type[M]) -> M:
    """As ``load_yaml``, for a file whose text was read before.

    The plain values of a longer text without faults are kept (``kept``): JSON takes a tenth of the
    time. They are held against the model each time.
    """
    name, key = "/".join(path.parts[-3:]), digest_of(yaml.__version__, text)
    is_long = len(text) >= _WORTH_KEEPING
    if is_long and (data := recall(name, key)) is not None:
        # Of what is no JSON or nested too deep, and of what is not as the model wants it.
        with suppress(ValueError, RecursionError):
            return model.model_validate(json.loads(data))
    faults, value, plain = _parsed(text, model)
    if is_long and not faults and (data := _as_json(plain)):
        keep(name, key, data)
    if value is None:
        lines = [f"{path}:{line}: {reason}" for line, reason in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            lines.append(f"{path}: … and {len(faults) - _MOST_FAULTS} more faults")
        raise SettingsError("\n".join(lines))
    return value


def parse_yaml(text: str, model: type[M]) -> tuple[list[tuple[int, str]], M | None]:
    """Parse YAML into ``model``: the faults as (line, reason), and the value if there are none."""
    return _parsed(text, model)[:2]


def _as_json(plain: Any) -> bytes:
    """Plain values as JSON; empty where that gives others: dates, keys that are numbers."""
    try:
        data = json.dumps(plain)
        return data.encode() if json.loads(data) == plain else b""
    except (TypeError, ValueError, RecursionError):
        return b""


def _parsed(text: str, model: type[M]) -> tuple[list[tuple[int, str]], M | None, Any]:
    """As ``parse_yaml``, and the plain values that the model was made of."""
    try:
        check_depth(text)
        loader = YamlLoader(text)
        try:
            node = loader.get_single_node()
            # Before the values are made: of two equal keys the last would win without a word.
            if twice := keys_twice(node):
                return [twice], None, None
            value = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, *NOT_YAML) as error:
        return [yaml_fault(error)], None, None
    plain = {} if value is None else value
    try:
        return [], model.model_validate(plain), plain
    except ValidationError as error:
        return [_fault(node, fault) for fault in error.errors(include_url=False)], None, None


def _fault(node: Any, fault: Mapping[str, Any]) -> tuple[int, str]:
    error = fault.get("ctx", {}).get("error")
    if isinstance(error, TwiceError):
        first = _line_of(node, error.first)
        return _line_of(node, error.place), f"{error}, first on line {first}"
    if isinstance(error, PlaceError):
        return _line_of(node, error.place), str(error)
    return _line_of(node, fault["loc"]), _sentence(fault)


def _sentence(fault: Mapping[str, Any]) -> str:
    kind, given = fault["type"], fault["input"]
    what = next((plain for start, plain in _PLAIN.items() if kind.startswith(start)), "")
    if not what:
        what = _JARGON.sub("", fault["msg"]).replace(" after validation", "")
    elif what.startswith("should"):
        if given is None or given == [] or given == {}:
            what = f"{what}, but is empty"
        elif isinstance(given, str | int | float):
            shown = str(given) if isinstance(given, int | float) else repr(given)
            what = f"{what}, not {shown[:_MOST_SHOWN]}"
    where = ".".join(str(part) for part in fault["loc"])
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

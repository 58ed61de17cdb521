"""Keys and values of front matter or a sidecar, each with its line: YAML or TOML."""

import re
import tomllib
from datetime import date, datetime, time

import yaml

from dwiwarta.errors import ArticleError
from dwiwarta.errors import first_line as first_line_of
from dwiwarta.problems import ProblemLog
from dwiwarta.read.properties import key_name, quoted
from dwiwarta.text import one_line
from dwiwarta.yamltext import NOT_YAML, check_depth

# Keys with short values that mean themselves, as nearly all are: no sign that says anything to
# YAML, nothing that ``keys_in`` leaves out. They need no parser.
_PLAIN_LINE = re.compile(
    r"([A-Za-z][A-Za-z0-9_]{0,40}): +([A-Za-z0-9](?:[A-Za-z0-9 .,/()&'+_-]|:(?=[^ \n])){0,200})"
)
_TOML_KEY = re.compile(r"[ \t]*(?P<key>[A-Za-z0-9_-]+|\"[^\"\n]+\"|'[^'\n]+')[ \t]*=")
_TOML_TABLE = re.compile(r"[ \t]*\[\[?(?P<key>[A-Za-z0-9_-]+)")


def load_yaml_keys(
    text: str, path: str, first_line: int, problems: ProblemLog
) -> tuple[dict[str, object], dict[str, int]]:
    """Keys with their values, and with their lines. Keys without a value are left out."""
    return _plain_keys(text, first_line) or keys_in(
        load_yaml_node(text, path, first_line), path, first_line, problems
    )


def _plain_keys(text: str, first_line: int) -> tuple[dict[str, object], dict[str, int]] | None:
    """``load_yaml_keys`` of a text of plain lines; None for any other."""
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for number, row in enumerate(text.removesuffix("\n").split("\n"), first_line):
        found = _PLAIN_LINE.fullmatch(row)
        if found is None:
            return None
        name, value = key_name(found[1]), found[2].rstrip(" ")
        if name in lines or value == "null":
            return None
        values[name], lines[name] = value, number
    return values, lines


def load_yaml_node(text: str, path: str, first_line: int) -> yaml.MappingNode | None:
    """The keys and values of a text as YAML parts them; None if there are none.

    Raises ``ArticleError`` for anything else.
    """
    try:
        check_depth(text)
        node = yaml.BaseLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        if (mended := quoted(text)) is not None:
            return load_yaml_node(mended, path, first_line)
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise ArticleError(path, line, f"broken YAML: {error.problem}") from error
    except (yaml.YAMLError, *NOT_YAML) as error:
        raise ArticleError(path, first_line, f"broken YAML: {first_line_of(error)}") from error
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return None
    if not isinstance(node, yaml.MappingNode):
        raise ArticleError(path, first_line, "broken YAML: expected lines such as `title: …`")
    return node


def keys_in(
    node: yaml.MappingNode | None, path: str, first_line: int, problems: ProblemLog
) -> tuple[dict[str, object], dict[str, int]]:
    """``load_yaml_keys`` of a part of a file that begins on ``first_line``.

    The base loader makes no difference between kinds of scalars, so that ``NO`` stays Norway, a
    numeric title stays text and an impossible date is our fault to report, not YAML's.
    """
    if node is None:
        return {}, {}
    lines: dict[str, int] = {}
    twice: list[tuple[int, str]] = []
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name, line = key_name(str(key.value)), first_line + key.start_mark.line
        if name in lines:
            reason = f"{short(name)} stands twice, first on line {lines[name]}"
            if name == "skip":
                raise ArticleError(path, line, reason)
            twice.append((line, reason))
        lines[name] = line
    if twice:
        line, reason = twice[0]
        rest = f", and {len(twice) - 1} more such keys" if len(twice) > 1 else ""
        problems.warn(path, line, f"{reason}: the last one counts{rest}")
    try:
        value = yaml.BaseLoader("").construct_document(node)  # only str, list, dict
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise ArticleError(path, line, f"broken YAML: {error.problem}") from error
    except (yaml.YAMLError, *NOT_YAML) as error:
        raise ArticleError(path, first_line, f"broken YAML: {first_line_of(error)}") from error
    values = {
        key_name(str(key)): item
        for key, item in value.items()
        if item not in ("", "~", "null", None) and key_name(str(key)) in lines
    }
    return values, lines


def load_toml_keys(
    text: str, path: str, first_line: int, problems: ProblemLog
) -> tuple[dict[str, object], dict[str, int]]:
    """As ``load_yaml_keys``, for TOML; a key that stands twice is broken there."""
    del problems
    try:
        # A number of more digits than Python writes is a fault, too.
        values = {key_name(key): _as_yaml(item) for key, item in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        line = first_line + (int(place[1]) - 1 if place else 0)
        raise ArticleError(path, line, f"broken TOML: {str(error).partition(' (at')[0]}") from error
    lines: dict[str, int] = {}
    for number, row in enumerate(text.splitlines(), first_line):
        if match := _TOML_KEY.match(row) or _TOML_TABLE.match(row):
            lines.setdefault(key_name(match["key"].strip("\"'")), number)
    lines |= {key: first_line for key in values if key not in lines}
    return {key: item for key, item in values.items() if item != ""}, lines


def _as_yaml(value: object) -> object:
    """A value of TOML as YAML's base loader gives it: texts, lists and mappings."""
    if isinstance(value, list):
        return [_as_yaml(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, dict | str) else str(value)


def short(value: object) -> str:
    """A value for a message, short whatever it is."""
    # Anything but text may be a bomb of aliases, endless to print.
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "keys and values"
    text = one_line(value)
    return repr(text if len(text) <= 60 else f"{text[:59]}…")

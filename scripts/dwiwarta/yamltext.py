"""YAML as such: composed within bounds, with the line of what is wrong in it.

What people edit may be damaged, or made to do harm. Nothing here breaks down over it, takes long or
grows without bound; the schemas are held against it in ``yamlfile``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from dwiwarta.errors import first_line

# Deeper than anything that people write, and what both loaders take without breaking down.
MOST_LEVELS = 50
# Values that aliases repeat. Nine lines that each name the one before ten times stand for more than
# any machine holds.
MOST_REPEATED = 10_000
# What PyYAML raises besides its own errors: of dates such as 2023-02-31, and of escapes such as
# "\\UFFFFFFFF" that are no characters.
NOT_YAML = (ValueError, OverflowError, RecursionError)
# What it raises of a text that does not fit the tag before it: `!!bool maybe`, `!!int ''`.
_NO_VALUE = (*NOT_YAML, LookupError, AttributeError, TypeError)

# The safe loader, in C where PyYAML was built with libyaml: ten times as fast.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBERS = frozenset(("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"))
_LONGEST_NUMBER = 100  # signs; Python writes no whole number of more than 4,300 digits


class YamlLoader(_SafeLoader):  # type: ignore[misc]
    """The safe loader, that names the line of a value which its tag does not allow."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node. Raises ``yaml.YAMLError``."""
        if node.tag in _NUMBERS and len(node.value) > _LONGEST_NUMBER:
            raise yaml.MarkedYAMLError(
                problem=f"a number of {len(node.value):,} signs", problem_mark=node.start_mark
            )
        try:
            return super().construct_object(node, deep)
        except _NO_VALUE as error:
            known = isinstance(error, ValueError | OverflowError)
            tag = node.tag.removeprefix("tag:yaml.org,2002:")
            reason = first_line(error) if known else f"this is no value of the type {tag}"
            raise yaml.MarkedYAMLError(problem=reason, problem_mark=node.start_mark) from error


@lru_cache(maxsize=4)
def compose_yaml(text: str) -> yaml.Node | None:
    """A text's nodes, which are not to be changed; its tags may be any.

    Kept for the last few texts: several parts of a build look at the same file. Raises
    ``yaml.YAMLError`` or one of ``NOT_YAML``.
    """
    check_depth(text)
    node: yaml.Node | None = yaml.compose(text, Loader=_SafeLoader)
    return node


def check_depth(text: str) -> None:
    """Raise ``yaml.YAMLError`` if lists and groups lie deeper in each other than ``MOST_LEVELS``,
    or if aliases repeat more than ``MOST_REPEATED`` values or what they stand in.

    Composing them calls itself for each level: Python's loader ends in a ``RecursionError`` then,
    the one in C with the whole program. What walks through the values walks through repeated ones
    as often as they are named.
    """
    open_: list[_Open] = []
    sizes: dict[str, int] = {}  # by anchor, 0 while it is open
    repeated = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        size, anchor = 1, getattr(event, "anchor", None)
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append(_Open(anchor))
            if len(open_) > MOST_LEVELS:
                raise _fault_at(event, f"nested deeper than {MOST_LEVELS} levels")
            size = 0
        elif isinstance(event, yaml.CollectionEndEvent):
            ended = open_.pop()
            size, anchor = ended.size, ended.anchor
        elif isinstance(event, yaml.AliasEvent):
            # One without an anchor is told of when the text is composed.
            size = sizes.get(event.anchor or "", 1)
            repeated += size
            if not size:
                raise _fault_at(event, f"*{event.anchor} stands inside of what it names")
            if repeated > MOST_REPEATED:
                raise _fault_at(event, f"aliases repeat more than {MOST_REPEATED:,} values")
            anchor = None
        elif not isinstance(event, yaml.ScalarEvent):
            continue
        if anchor is not None:
            sizes[anchor] = size
        if open_:
            open_[-1].size += size


@dataclass(slots=True)
class _Open:
    """A list or group that has not ended: its anchor, and the values in it so far with itself."""

    anchor: str | None
    size: int = 1


def _fault_at(event: yaml.Event, reason: str) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark  # of one of two classes, by loader
    return yaml.MarkedYAMLError(problem=reason, problem_mark=mark)


def yaml_fault(error: Exception) -> tuple[int, str]:
    """Line and reason of a fault in the syntax: of ``yaml.YAMLError`` or of ``NOT_YAML``."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return mark.line + 1 if mark else 1, f"broken YAML: {error.problem}"
    return 1, f"broken YAML: {first_line(error)}"


def keys_twice(root: Any) -> tuple[int, str] | None:
    """Line and reason if keys of a composed document stand twice in the same group."""
    twice = sorted(_keys_twice(root))
    if not twice:
        return None
    line, reason = twice[0]
    if more := len(twice) - 1:
        reason += f", and so do {more} more" if more > 1 else ", and so does one more"
    return line, reason


def _keys_twice(root: Any) -> Iterator[tuple[int, str]]:
    """Line and reason of every key that stands twice in the same group."""
    seen: set[int] = set()
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if id(node) in seen:  # an alias leads to a node that was seen before
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            nodes.extend(value for _, value in node.value)
            lines: dict[tuple[str, str], int] = {}
            for key, _ in node.value:
                # "<<" takes over the keys of another group and may be there several times.
                if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                    continue
                line, name = key.start_mark.line + 1, (key.tag, key.value)
                if name in lines:
                    yield line, f"{key.value!r} stands twice, first on line {lines[name]}"
                lines.setdefault(name, line)

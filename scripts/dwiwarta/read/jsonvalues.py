"""Values of JSON as the text of a field, however a tool wraps them."""

import math
from collections import deque
from collections.abc import Iterator
from typing import Any

from dwiwarta.read.record import column_name, has_text_column

# Where an object stands for a value: that of WordPress' REST interface, of feeds and of MongoDB.
VALUES = ("rendered", "text", "html", "value", "$t", "#text", "name", "$date", "$numberLong")
# Where the documents of editors hold their parts: Slate's, ProseMirror's and Tiptap's, Portable
# Text, Contentful's, Lexical's, Draft.js', Editor.js'.
_INSIDE = ("blocks", "children", "content", "root", "data", "items")
_DEEPEST = 30
_BREAKS = frozenset(("hardBreak", "hard_break", "linebreak", "br"))


def objects_in(value: object, most: int) -> Iterator[dict[str, Any]]:
    """All objects of a value, from the outside in; ``most`` values are looked at."""
    waiting = deque([value])
    for _ in range(most):
        if not waiting:
            return
        one = waiting.popleft()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def document_text(value: object) -> str:
    """The text of a document of an editor, a line for each paragraph; "" for anything else."""
    lines: list[str] = []
    _walk(value, lines, 0)
    return "\n".join(filter(str.strip, lines))


def _walk(value: object, lines: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        lines.append(value)
    elif isinstance(value, list):
        for item in value:
            _walk(item, lines, depth + 1)
    elif isinstance(value, dict):
        key = next((key for key in _INSIDE if isinstance(value.get(key), dict | list)), "")
        if key == "blocks" or not key or not _are_pieces(value[key]):
            _walk(value[key] if key else _own(value), lines, depth + 1)
        else:
            lines.append(_pieces(value[key], depth + 1))


def _own(node: dict[str, object]) -> str:
    """The text that an object holds itself."""
    text = node.get("text") or (node.get("value") if node.get("nodeType") == "text" else "")
    return text if isinstance(text, str) else ""


def _are_pieces(items: object) -> bool:
    """Whether objects are the pieces of one paragraph: text with its marks, and links."""
    return isinstance(items, list) and any(
        isinstance(item, dict) and bool(_own(item)) and not _inside(item) for item in items
    )


def _inside(item: dict[str, object]) -> list[object]:
    found = next((item[key] for key in _INSIDE if isinstance(item.get(key), list)), None)
    return found if isinstance(found, list) else []


def _pieces(items: list[object], depth: int) -> str:
    out: list[str] = []
    for item in items if depth <= _DEEPEST else []:
        if isinstance(item, dict):
            broken = item.get("type") in _BREAKS
            below = _inside(item)
            out.append("\n" if broken else _pieces(below, depth + 1) if below else _own(item))
    return "".join(out)


def _blocks(items: list[object]) -> str:
    """The text of a list: paragraphs, blocks of an editor, or the pieces of a line (Telegram's)."""
    texts: list[str] = []
    for item in items:
        text = item.get("text") if isinstance(item, dict) else item
        if isinstance(text, str):
            texts.append(text)
        elif isinstance(item, dict):
            return document_text(items)
        elif item is not None:
            return ""  # something else altogether
    pieces = {type(item) for item in items} >= {str, dict}
    return ("" if pieces else "\n").join(texts)


def value_text(key: str, value: object, depth: int = 0) -> str:
    """A value as text: items of a list are joined, an object may have a name or a date.

    ``depth``: how many objects and lists are around it; in more than people need there is nothing.
    """
    if depth > _DEEPEST:
        return ""
    if isinstance(value, dict):
        inner = next((value[name] for name in VALUES if value.get(name)), None)
        if inner is None and has_text_column((column_name(key),)):
            return document_text(value)
        return value_text(key, inner, depth + 1)
    if isinstance(value, list):
        if has_text_column((column_name(key),)):  # paragraphs
            return _blocks(value)
        return ", ".join(filter(None, (value_text(key, item, depth + 1) for item in value[:20])))
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float) and has_text_column((column_name(key),)):
        return ""  # a number is no text
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return str(value)

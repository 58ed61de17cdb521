"""Values of JSON as the text of a field, however a tool wraps them."""

import math

from dwiwarta.read.record import column_name, has_text_column

# Where an object stands for a value: that of WordPress' REST interface, of feeds and of MongoDB.
VALUES = ("rendered", "text", "html", "value", "$t", "#text", "name", "$date", "$numberLong")


def _blocks(items: list[object]) -> str:
    """The text of a list: paragraphs, blocks of an editor, or the pieces of a line (Telegram's)."""
    texts: list[str] = []
    for item in items:
        text = item.get("text") if isinstance(item, dict) else item
        if isinstance(text, str):
            texts.append(text)
        elif not isinstance(item, dict) and item is not None:
            return ""  # something else altogether
    pieces = {type(item) for item in items} >= {str, dict}
    return ("" if pieces else "\n").join(texts)


def value_text(key: str, value: object) -> str:
    """A value as text: items of a list are joined, an object may have a name or a date."""
    if isinstance(value, dict):
        return value_text(key, next((value[name] for name in VALUES if value.get(name)), None))
    if isinstance(value, list):
        if has_text_column((column_name(key),)):  # paragraphs
            return _blocks(value)
        return ", ".join(filter(None, (value_text(key, item) for item in value[:20])))
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float) and has_text_column((column_name(key),)):
        return ""  # a number is no text
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return str(value)

"""XML that holds any text, written element by element."""

import re
from collections.abc import Iterable

from markupsafe import Markup

from dwiwarta.render.markup import html, literal

# What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets) and ``literal`` leaves.
_NOT_XML = re.compile("[\ufffe\uffff]")


def plain(text: str) -> str:
    """``text`` on one line, without what XML cannot hold."""
    return _NOT_XML.sub("", literal(text))


def element(name: str, text: str = "", /, **attributes: str) -> Markup:
    """An element around ``text``; that and the attributes are escaped if they are no ``Markup``.

    Attributes that are "" are left out; ``xml_lang`` stands for ``xml:lang``.
    """
    inside = Markup("").join(
        Markup(' {}="{}"').format(key.replace("_", ":"), html(plain(value)))
        for key, value in attributes.items()
        if value
    )
    if not text:
        return Markup("<{}{}/>").format(name, inside)
    shown = text if isinstance(text, Markup) else html(plain(text))
    return Markup("<{0}{1}>{2}</{0}>").format(name, inside, shown)


def document(name: str, parts: Iterable[Markup], /, **attributes: str) -> bytes:
    """A file with one element around others, one a line."""
    whole = element(name, Markup("\n").join(["", *parts, ""]), **attributes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()

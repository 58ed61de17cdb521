"""The article in the data of a page that scripts show: Next.js, Nuxt, Inertia, Redux and others.

Such a page may be saved with an empty body. Its data is JSON, in a script of its own
(``__NEXT_DATA__``), behind a name (``window.__INITIAL_STATE__ = {…}``) or in an attribute
(``data-page``). It holds menus and other articles, too; so the article is known by the page's
title, or because it is the only one there. No script is run.
"""

import json
import re
from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

from dwiwarta.read.fieldtext import MarkupError, field_line, field_text
from dwiwarta.read.jsonld import Linked
from dwiwarta.read.jsonvalues import objects_in, value_text
from dwiwarta.read.record import Record, column_name, has_text_column, make_record
from dwiwarta.text import squash, unescaped

_SCRIPT = re.compile(r"<script\b(?P<attributes>[^<>]{0,2000})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\sdata-page\s?=\s?(?:\"(?P<double>\{[^\"]*)\"|'(?P<single>\{[^']*)')", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:\b(?:window|self|globalThis)(?:\.|\[[\"'])|\b(?:var|let|const)\s{1,3})[\w$.-]{1,60}"
    r"(?:[\"']\])?\s{0,3}=\s{0,3}(?P<parse>JSON\.parse\(\s{0,3})?(?=[{\[\"'])"
)
_MOST_NAMED = 20  # values that are tried in a script
_MOST_NODES = 50_000
# What is written for a value that there is not; JSON has no word for it.
_UNDEFINED = re.compile(r"(?<=[:,\[])\s?undefined\s?(?=[,}\]])")
# Letters and digits of a text under the page's title, and of one without.
_LEAST_TITLED = 60
_LEAST_ALONE = 300
_LEAST_TITLE = 10
# Where scripts put what they show.
_MOUNTS = frozenset(("root", "app", "__next", "__nuxt", "__layout", "svelte", "react-root", "main"))
_MOUNT_TAGS = frozenset(("app-root", "ion-app"))
_AROUND = frozenset(("header", "footer", "nav", "aside"))
_NEEDS_SCRIPTS = re.compile(r"(?i)\bjava ?script\b")
_MOST_SHOWN = 60  # letters and digits of "Memuat, mohon tunggu …"


def read_state(markup: str, titles: Collection[str], *, alone: bool) -> Linked | None:
    """The article in a page's data, if one is plainly there.

    ``titles``: of the page, squashed. ``alone``: the page shows no other text, so that the only
    article is taken whatever its title is.
    """
    found: dict[str, tuple[Record, str]] = {}
    for value in _values(markup):
        for node in objects_in(value, _MOST_NODES):
            record = _record(node)
            title = squash(record.fields.get("title", "")) if record else ""
            if record is None or not title:
                continue
            text = _text(record.fields["content"])
            if len(squash(text)) >= _LEAST_TITLED and len(text) > len(
                found.get(title, ("", ""))[1]
            ):
                found[title] = record, text
    said = [title for title in titles if len(title) >= _LEAST_TITLE]
    named = [one for own, one in found.items() if any(own in t or t in own for t in said)]
    if not named and alone:
        long = [one for one in found.values() if len(squash(one[1])) >= _LEAST_ALONE]
        named = long if len(long) == 1 else []
    if not named:
        return None
    record, text = max(named, key=lambda one: len(one[1]))
    fields = record.fields
    return Linked(
        headline=field_line(fields["title"]),
        body=text,
        dates=tuple(filter(None, (fields.get("publish_date"),))),
        authors=tuple(filter(None, (fields.get("author"),))),
        url=fields.get("link", ""),
    )


def waits_for_scripts(root: HtmlElement, shown: Collection[HtmlElement]) -> bool:
    """Whether a page holds no more than the frame into which scripts put its text.

    ``shown``: the elements that were taken for its text.
    """
    if any(not _is_around(element) for element in shown) or next(root.iter("script"), None) is None:
        return False
    if any(_NEEDS_SCRIPTS.search(one.text_content()) for one in root.iter("noscript")):
        return True
    mounts = (
        element
        for element in root.iter("div", "main", "section", *_MOUNT_TAGS)
        if element.tag in _MOUNT_TAGS or element.get("id") in _MOUNTS
    )
    return any(len(squash(element.text_content())) <= _MOST_SHOWN for element in mounts)


def _is_around(element: HtmlElement) -> bool:
    return element.tag in _AROUND or any(one.tag in _AROUND for one in element.iterancestors())


def _values(markup: str) -> Iterator[object]:
    at = 0
    while opened := _SCRIPT.search(markup, at):
        closed = _SCRIPT_END.search(markup, opened.end())
        if closed is None:
            return
        at = closed.end()
        text = markup[opened.end() : closed.start()].strip()
        kind = opened["attributes"].lower()
        if "ld+json" in kind or "text/template" in kind:
            continue
        if "json" in kind:
            yield _whole(text)
        else:
            yield from _named(text)
    for found in _ATTRIBUTE.finditer(markup):
        yield _whole(unescaped(found["double"] or found["single"]))


def _whole(text: str) -> object:
    try:
        value: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value


def _named(script: str) -> Iterator[object]:
    """The values that a script gives names to, as far as they are JSON."""
    script = _UNDEFINED.sub("null", script)
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_MOST_NAMED):
        found = _NAMED.search(script, at)
        if found is None:
            return
        at = found.end()
        try:
            value, at = decoder.raw_decode(script, at)
        except (ValueError, RecursionError):
            continue
        yield _whole(value) if found["parse"] and isinstance(value, str) else value


def _record(node: dict[str, object]) -> Record | None:
    names = {column_name(key): (key, value) for key, value in node.items() if value}
    if not has_text_column(names):
        return None
    values = {name: value_text(key, value) for name, (key, value) in names.items()}
    record = make_record(0, values)
    return record if "content" in record.fields else None


def _text(content: str) -> str:
    try:
        return field_text(content).strip()
    except MarkupError:
        return ""

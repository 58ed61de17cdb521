"""The marks of list items: a dash, or the number that the page shows."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

_MARKED = re.compile(r"[-–—•·*]\s|(?P<number>\d{1,4}|[A-Za-z])[.)]\s")
# The time of an entry in a live blog.
CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?:\s?(?:WIB|WITA|WIT))?", re.IGNORECASE)
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 1_000_000  # a number beyond it is no number of an item


@dataclass(slots=True)
class _List:
    element: HtmlElement
    ordered: bool
    marked: bool
    number: int
    step: int


class ListMarks:
    """Counts through open lists and gives each item's first block its mark."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._pending = ""

    def open(self, element: HtmlElement) -> None:
        """A block element begins."""
        if element.tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_list(element))
        elif element.tag == "li":
            self._pending = self._mark(element)

    def close(self, element: HtmlElement) -> None:
        """A block element ends."""
        if self._lists and self._lists[-1].element is element:
            self._lists.pop()
        elif element.tag == "li":
            self._pending = ""

    def take(self, text: str) -> str:
        """``text`` with the mark of its item, if it is the item's first block."""
        mark, self._pending = self._pending, ""
        if mark and CLOCK.fullmatch(text):
            return text  # an entry of a live blog has its time, not a number
        written = _MARKED.match(text) if mark else None
        if written and (mark == "- " or mark[:-2] == written["number"]):
            return text  # typed by hand
        return mark + text

    def _mark(self, item: HtmlElement) -> str:
        if not self._lists:
            return "- "
        around = self._lists[-1]
        number = _integer(item.get("value"), around.number)
        around.number = number + around.step
        if not around.marked:
            return ""
        if not around.ordered:
            return "- "
        return f"{_numeral(number, item.get('type') or around.element.get('type') or '1')}. "


def _list(element: HtmlElement) -> _List:
    ordered = element.tag == "ol"
    backwards = ordered and element.get("reversed") is not None
    first = sum(1 for child in element if child.tag == "li") if backwards else 1
    return _List(
        element,
        ordered,
        marked=not _NO_MARK.search(element.get("style") or ""),
        number=_integer(element.get("start"), first) if ordered else 1,
        step=-1 if backwards else 1,
    )


def _integer(text: str | None, default: int) -> int:
    if text is None or not re.fullmatch(r"\s*-?\d{1,7}\s*", text):
        return default
    number = int(text)
    return number if abs(number) < _LARGEST else default


def _numeral(number: int, kind: str) -> str:
    """``kind``: the attribute ``type`` of a list, 1, a, A, i or I."""
    if kind in "aA" and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind == "A" else letter
    if kind in "iI" and 1 <= number <= 39:
        numeral, rest = "", number
        for value, letters in _ROMAN:
            numeral += letters * (rest // value)
            rest %= value
        return numeral.upper() if kind == "I" else numeral
    return str(number)

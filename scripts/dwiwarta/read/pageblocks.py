"""The blocks of a page with what is known of each, and how much text its elements hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from dwiwarta.read.htmltext import TextBlock
from dwiwarta.read.markup import MarkupError
from dwiwarta.read.pageparts import apart, beside
from dwiwarta.text import squash, words

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*$|[”\"]$")
_CONTROLS = ("button", "input", "textarea", "select", "form")

# Characters from which a text reads like a paragraph: with an end of a sentence, and without.
_SENTENCE = 25
_PARAGRAPH = 80
# The share of its characters in links from which a block leads elsewhere.
LINKED = 0.6
# Blocks times the elements around each; a page of an article has some 10,000.
_MOST_STEPS = 1_500_000
_KNOWN = 0.7  # the share of its shingles by which a text is known again
_SHINGLE = 4  # words; of so many in a row, texts that differ share few


@dataclass(slots=True)
class Part:
    """What an element holds, in characters."""

    size: int = 0
    linked: int = 0
    prose: int = 0  # of paragraphs that are no links
    found: int = 0  # of paragraphs that trafilatura took
    blocks: int = 0
    controls: bool = False
    apart: str | None = None  # see ``pageparts``
    beside: str | None = None


@dataclass(slots=True)
class Judged:
    """A block with what is known of it.

    ``inside``: it stands in the article's column, ``near``: in a part beside it.
    """

    block: TextBlock
    found: bool
    prose: bool
    inside: bool = False
    near: bool = False
    reason: str | None = None  # why it is left out
    parts: list[HtmlElement] = field(default_factory=list)  # around it, innermost first


def is_prose(block: TextBlock) -> bool:
    """Whether a block reads like a paragraph: long enough, no link and no heading."""
    text = block.text
    if is_link(block) or block.element.tag in HEADINGS:
        return False
    return len(text) >= (_SENTENCE if ends_a_sentence(text) else _PARAGRAPH)


def ends_a_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, or with a quotation."""
    return bool(_SENTENCE_END.search(text))


class FoundText:
    """Knows a text again, however it is divided."""

    def __init__(self, text: str) -> None:
        self._lines = {squash(line) for line in text.splitlines()}
        said = [squash(word) for word in words(text)]
        self._shingles = set(zip(*(said[n:] for n in range(_SHINGLE)), strict=False))

    def holds(self, text: str) -> bool:
        """Whether most of ``text`` stands in it."""
        said = [squash(word) for word in words(text)]
        shingles = list(zip(*(said[n:] for n in range(_SHINGLE)), strict=False))
        if not shingles:
            return squash(text) in self._lines
        known = sum(shingle in self._shingles for shingle in shingles)
        return known >= _KNOWN * len(shingles)


def measure(root: HtmlElement, judged: list[Judged]) -> dict[HtmlElement, Part]:
    """What each element around a block holds; fills ``parts`` of the blocks.

    Raises ``MarkupError`` for blocks that are nested beyond reason.
    """
    parts: dict[HtmlElement, Part] = {}
    steps = 0
    for one in judged:
        size = len(one.block.text)
        for element in _self_and_ancestors(one.block.element, root):
            one.parts.append(element)
            steps += 1
            part = parts.get(element)
            if part is None:
                part = parts[element] = Part(apart=apart(element), beside=beside(element))
            part.size += size
            part.blocks += 1
            part.linked += one.block.linked
            part.prose += size * one.prose
            part.found += size * (one.found and one.prose)
        if steps > _MOST_STEPS:
            raise MarkupError("its elements are nested too deeply")
    for control in root.iter(*_CONTROLS):
        for element in _self_and_ancestors(control, root):
            if element in parts:
                if parts[element].controls:
                    break
                parts[element].controls = True
    return parts


def _self_and_ancestors(element: HtmlElement, root: HtmlElement) -> Iterator[HtmlElement]:
    here: HtmlElement | None = element
    while here is not None:
        yield here
        here = None if here is root else here.getparent()


def is_link(block: TextBlock) -> bool:
    """Whether a block leads elsewhere, as all or most of it is a link."""
    return block.linked >= LINKED * len(block.text)

"""Marks of Markdown that people write in a text without meaning Markdown.

CommonMark would show none of them: ``[Budi]: Ya.`` in an interview defines a link, a note that no
number refers to is left out, "+ 31 derajat" is an item, and 5*3*2 puts its 3 in italics.
"""

import re
from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block, reference
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_def

_DEFINED = re.compile(r"\[(?P<label>[^\[\]]+)\]:[ \t]*(?P<address>\S*)")
_ADDRESS = re.compile(r"[/#<@]|\w\.\w")
_NOTE = re.compile(r"\[(\^[^\[\]]+)\]")
_DEFINED_AND_NAMED = 2  # times that the label of a note stands in a text
_SIGNED = re.compile(r"\+ ?\d")


def keep_text(parser: MarkdownIt) -> None:
    """Let a parser with footnotes keep as text what no program writes as such a mark."""
    parser.block.ruler.at("reference", _reference)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("footnote_def", _footnote, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("emphasis", "times", _times)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Define a link, if what stands behind the colon may be an address."""
    found = _DEFINED.match(_line(state, start))
    if found and not _ADDRESS.search(found["address"]):
        return False
    return reference(state, start, end, silent)


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a note, if a number in the text refers to it."""
    found = _DEFINED.match(_line(state, start))
    named = state.env.get("named")
    if named is None:  # counted once: a text may have thousands of notes
        named = state.env["named"] = Counter(_NOTE.findall(state.src))
    if found and named[found["label"]] < _DEFINED_AND_NAMED:
        return False
    return footnote_def(state, start, end, silent)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list, if its mark is no sign of a number."""
    return not _SIGNED.match(_line(state, start)) and list_block(state, start, end, silent)


def _times(state: StateInline, silent: bool) -> bool:
    """Keep a star between two digits."""
    at = state.pos
    if not (state.src[at] == "*" and state.src[at - 1 : at].isdigit()):
        return False
    if not state.src[at + 1 : at + 2].isdigit():
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True

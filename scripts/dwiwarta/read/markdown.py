"""Markdown as plain text: what its marks mean stays, the marks go."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from lxml.html import defs
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from dwiwarta.model import Removal, RemovalKind
from dwiwarta.read.htmltext import MarkupError, html_to_text
from dwiwarta.read.markdowntables import keep_long_rows
from dwiwarta.read.marksoftext import keep_text
from dwiwarta.text import one_line

__all__ = ["MarkupError", "markdown_to_text"]

# Marks of Obsidian (https://help.obsidian.md/obsidian-flavored-markdown): [[note|shown]],
# ![[file]], ==highlight==, %%comment%%, "> [!kind] title", " ^id" at the end of a block.
_WIKI_LINK = re.compile(
    r"!?\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{1,300}))?\]\]"
)
_HIGHLIGHT = re.compile(r"==(?=\S)(?P<text>[^=\n]+)(?<=\S)==")
# Not "from 5%% to 4%%".
_COMMENT = re.compile(r"(?<!\d)%%(?P<text>.+?)(?<!\d)%%", re.DOTALL)
# Hugo's: a figure, a video.
_SHORTCODE = re.compile(r"\{\{(?P<sign>[<%])(?P<text>[^{}\n]{1,500})(?:>|%)\}\}")
_CALLOUT = re.compile(r"\[![A-Za-z-]{2,20}\][+-]? ?")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]{1,40}$")
# The rule below a table's head, again in its body: trafilatura writes one below every head row.
_TABLE_RULE = re.compile(r":?-{3,}:?(?: \| :?-{3,}:?)+")
# What MarkDownload puts above the text: its beginning once more, or the page's description.
_EXCERPT = re.compile(r"^> ## Excerpt\n(?:>[^\n]*(?:\n|\Z)){1,20}", re.MULTILINE)
# An item of GitHub's task lists.
_TASK = re.compile(r"\[(?P<done>[ xX])\] (?=\S)")

# What the parser stops at. For each it looks as far as the link goes that may be open there: of
# brackets that are never closed, with the square of their number. An article has some thousands.
_MARK = re.compile(r"[][!#$%&*+:<=>@\\^_`{}~-]")
_MOST_WORK = 300_000
# Every cell of a table is a block of its own. An article has some hundreds.
_MOST_BARS = 20_000
_TABLE = re.compile(r"^(?P<head>[^\n]*)\n(?=[^\n]*-)(?=[^\n]*\|)[ \t>|:-]+$", re.MULTILINE)
# What may be a tag, but has neither attributes nor a sign of its end; and the ends of others.
_NO_TAG = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9]*)(?: [A-Za-z][\w ]*)?>")
_CLOSING = re.compile(r"</([A-Za-z][A-Za-z0-9]*)")
_HTML_NAMES = frozenset((*defs.tags, "picture", "main", "slot", "dialog", "math"))
_SHOWN = 80  # characters of such a block in the audit

# A line that goes on inside a sentence: the file was broken at a width.
_GOES_ON = re.compile(r"(?![a-z][.)]\s)[a-zà-öø-ÿ]")  # not a letter that counts: "b. "
_SENTENCE_END = re.compile(r"[.!?…”\"]$")
_ENDED = re.compile(r"[.!?…:;”\"’')\]]$")


def markdown_to_text(source: str) -> tuple[str, tuple[Removal, ...]]:
    r"""The text of a Markdown document, and what of it is not shown.

    An empty line stands between blocks; list items and cells are written as by ``html_to_text``.
    A line break inside a block stays one, as each line of a pasted text may be a paragraph, but
    is a space in a file that was broken at a width. A hard break begins a new paragraph.
    Footnotes stand at the end. HTML is read as HTML, so what it hides is not shown. Blocks of more
    marks, and tables of more cells, than any article has are shown as they are written.

    CommonMark 0.31 with GitHub's tables and ``~~``, footnotes, and the marks of Obsidian. Raises
    ``MarkupError`` for HTML that no real page has.
    """
    left_out: list[Removal] = []

    def leave_out(text: str, what: str) -> None:
        if text := one_line(text):
            left_out.append(Removal(text, RemovalKind.PAGE, f"markdown: {what}"))

    def shortcode(match: re.Match[str]) -> str:
        leave_out(match[0], "shortcode")
        return ""

    def excerpt(match: re.Match[str]) -> str:
        leave_out(re.sub(r"(?m)^> ?", "", match[0]), "excerpt")
        return "\n" * match[0].count("\n")

    def comment(match: re.Match[str]) -> str:
        leave_out(match["text"], "comment")
        return "\n" * match[0].count("\n")

    def bound(state: StateCore) -> None:
        work = 0
        for token in state.tokens:
            if token.type == "inline":
                more = _work(token.content)
                if work + more > _MOST_WORK:
                    token.type = "as_written"
                    leave_out(token.content[:_SHOWN], "more marks than are read: shown as written")
                else:
                    work += more

    parser = _parser()
    parser.core.ruler.before("inline", "bound", bound)
    environment: dict[str, Any] = {}
    source = _EXCERPT.sub(excerpt, source, count=1)
    source = _SHORTCODE.sub(shortcode, _COMMENT.sub(comment, source))
    if source.count("|") > _MOST_BARS and (table := _TABLE.search(source)):
        parser.disable("table")
        leave_out(table["head"][:_SHOWN], "more cells than are read: tables are shown as written")
    tokens = parser.parse(source, environment)
    _number_items(tokens)
    _show_names(tokens)
    inlines = [token.children for token in tokens if token.type == "inline" and token.children]
    for children in inlines:
        _drop_marks(children)
    _set_breaks(inlines)
    for children in inlines:
        for child in children:
            if child.type in ("image", "wiki_embed"):
                leave_out(child.content, "picture")
    html = str(parser.renderer.render(tokens, parser.options, environment))
    said = html_to_text(html, struck=lambda text: leave_out(text, "struck out"))
    blocks = said.split("\n\n")
    text = "\n\n".join(block for block in blocks if not _TABLE_RULE.fullmatch(block))
    return text, tuple(left_out)


def _work(content: str) -> int:
    """How long it takes to read the marks of a block, in steps."""
    steps = opened = 0
    for mark in _MARK.findall(content):
        steps += 1 + opened
        if mark == "[":
            opened += 1
        elif mark == "]" and opened:
            opened -= 1
    return steps


def _as_written(_renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    return escapeHtml(tokens[at].content).replace("\n", "<br>")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    # Where a link leads does not matter: only its text is kept.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    keep_text(parser)
    keep_long_rows(parser)
    for name, written in (
        ("image", ""),
        ("wiki_embed", ""),
        ("footnote_ref", ""),
        ("footnote_anchor", ""),
        ("footnote_block_open", ""),
        ("footnote_block_close", ""),
        ("footnote_open", ""),
        ("footnote_close", ""),
        ("hardbreak", "<br><br>"),
        ("line_end", "<br>"),
    ):
        parser.add_render_rule(name, _always(written))
    parser.add_render_rule("as_written", _as_written)
    return parser


def _number_items(tokens: Sequence[Token]) -> None:
    """Give the items of lists the numbers that are written: "5.", "4.", "3." counts down.

    CommonMark counts from the first. That holds where a number is repeated ("1.", "1.", "1.").
    """
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = lists.pop()
            if all(item.info != before.info for before, item in pairwise(items)):
                for item in items:
                    if item.info:  # none in a list without numbers
                        item.attrSet("value", item.info)


def _show_names(tokens: Sequence[Token]) -> None:
    """Make text of what stands in angle brackets and is no HTML: "Budi <ketua rapat>".

    A browser would not show it.
    """
    html = [
        one
        for token in tokens
        for one in (token, *(token.children or ()))
        if one.type in ("html_inline", "html_block")
    ]
    closed = {name.lower() for one in html for name in _CLOSING.findall(one.content)}

    def shown(match: re.Match[str]) -> str:
        name = match["name"].lower()
        return match[0] if name in closed or name in _HTML_NAMES else escapeHtml(match[0])

    for one in html:
        one.content = _NO_TAG.sub(shown, one.content)


def _any_link(url: str) -> bool:
    del url
    return True


def _always(written: str) -> Callable[..., str]:
    def render(*_: object) -> str:
        return written

    return render


def _wiki_link(state: StateInline, silent: bool) -> bool:
    match = _WIKI_LINK.match(state.src, state.pos) if state.src[state.pos] in "![" else None
    if match is None:
        return False
    if not silent:
        token = state.push("wiki_embed" if match[0][0] == "!" else "text", "", 0)
        token.content = match["shown"] or match["target"].rpartition("/")[2]
    state.pos = match.end()
    return True


def _set_breaks(inlines: Sequence[list[Token]]) -> None:
    """Tell the line breaks that part lines from those of a file that was broken at a width."""
    breaks = [
        (number, children, index)
        for number, children in enumerate(inlines)
        for index, child in enumerate(children)
        if child.type == "softbreak"
    ]
    is_wrapped = any(
        _inside_sentence(children, index) and _is_prose(children) for _, children, index in breaks
    )
    for number, children, index in breaks:
        # The first block may hold a title and a date line.
        if not is_wrapped or (number == 0 and not _inside_sentence(children, index)):
            children[index].type = "line_end"


def _is_prose(children: Sequence[Token]) -> bool:
    """Whether a block ends like a sentence; prices, results and much verse do not."""
    last = _first_content(children, range(len(children) - 1, -1, -1))
    return bool(_SENTENCE_END.search(last.rstrip()))


def _inside_sentence(children: Sequence[Token], index: int) -> bool:
    before = _first_content(children, range(index - 1, -1, -1))
    after = _first_content(children, range(index + 1, len(children)))
    return bool(_GOES_ON.match(after)) and not _ENDED.search(before.rstrip())


def _first_content(children: Sequence[Token], places: range) -> str:
    return next((children[at].content for at in places if children[at].content), "")


def _drop_marks(children: list[Token]) -> None:
    """Take Obsidian's and GitHub's marks out of the text of one block."""
    first, last = children[0], children[-1]
    if first.type == "text":
        first.content = _TASK.sub(_box, first.content, count=1)
        if callout := _CALLOUT.match(first.content):
            first.content = first.content[callout.end() :]
            for title_end in [child for child in children if child.type == "softbreak"][:1]:
                title_end.type = "hardbreak"
    if last.type == "text":
        last.content = _BLOCK_ID.sub("", last.content)
    for child in children:
        if child.type == "text" and "==" in child.content:
            child.content = _HIGHLIGHT.sub(r"\g<text>", child.content)


def _box(match: re.Match[str]) -> str:
    return "☐ " if match["done"] == " " else "☑ "

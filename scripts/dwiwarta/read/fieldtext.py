r"""The text of a field as people read it: HTML, shortcodes, entities and escapes resolved.

Content management systems and scrapers export what they store: HTML, the block comments and
shortcodes of WordPress, entities (sometimes encoded twice), ``\n`` in two characters. An article
*about* such signs keeps them: ``tag <p> membuka paragraf`` stays as it is written.
"""

import re
from collections.abc import Callable

from dwiwarta.read.htmltext import html_to_text
from dwiwarta.read.markup import MarkupError
from dwiwarta.text import unescaped

__all__ = ["MarkupError", "field_line", "field_text", "is_markdown"]

_TAG_NAMES = (
    "p|div|br|hr|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption|table|thead|tbody|tr|td|th"
    "|section|article|aside|header|footer|main|pre|center|strong|b|em|i|u|s|strike|small|big|sub|sup"
    "|mark|span|font|a|abbr|cite|q|code|img|iframe|video|audio|source|embed|object|script|style"
    "|noscript|amp-[a-z]+|html|body|head|meta|link|title"
)
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_TAG_NAMES})(?P<attributes>\s[^<>]*)?/?>", re.IGNORECASE
)
_VOID = frozenset(("br", "hr", "img", "embed", "source", "meta", "link"))
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:")
# Words that speak about tags and entities: some near one, others only right before it ("kode <b>",
# but not "kode etik"); and marks around a tag that quote it.
_NEAR, _RIGHT_BEFORE = 60, 12
_SPOKEN_NEAR = re.compile(r"\b(?:tags?|html|markup|sintaks)\b", re.IGNORECASE)
_SPOKEN_BEFORE = re.compile(
    r"\b(?:elemen|element|kode|code|atribut|skrip|script|entitas|entity|karakter)\s*[\"'“‘`(]?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"'“‘`]<[^<>]{1,60}>[\"'”’`]")

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#0*\d{2,7}|#[xX]0*[0-9A-Fa-f]{2,6});")
# Marks of Markdown, of which a text that people wrote without it has none, or one by chance.
_MARKDOWN_LINK = re.compile(r"!?\[[^\[\]\n]{0,300}\]\(<?https?://[^()\s]{3,2000}\)")
_BOLD_LINE = re.compile(r"(?m)^\*\*[^\s*][^*\n]{2,300}\*\*$")
_MARKDOWN = (
    re.compile(r"(?m)^#{1,6} \S"),
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,300}\*\*(?![\w*])"),
    re.compile(r"(?m)^> \S"),
    re.compile(r"(?m)^(?:\* \S.*\n+){2,}"),
    re.compile(r"(?m)^\|? ?:?-{3,}:? ?\|"),
    re.compile(r"(?m)^\S.*\n(?:={3,}|-{3,})$"),
)
_LEAST_MARKS = 2
_MOST_ROUNDS = 3  # "&amp;amp;quot;" has been met; more is no slip of an export

# A shortcode has attributes or is one that everybody has; "[red]" stands for "redaksi".
_ATTRIBUTE = r"\s+[\w-]+=(?:\"[^\"\]]*\"|'[^'\]]*'|“[^”\]]*”|[^\s\]\"']+)"
_KNOWN = (
    "caption|gallery|embed|video|audio|playlist|youtube|twitter|instagram|facebook|tiktok|soundcloud"
    "|ads|adsense|ad|toc|contact-form-7|wp_caption|vc_[a-z_]+|et_pb_[a-z_]+|fusion_[a-z_]+|su_[a-z_]+"
    "|elementor-template|irp|better-ads|the_ad|penci_[a-z_]+|td_[a-z_]+|tdc_[a-z_]+|baca_juga"
    "|related_posts?|read_more|more|button|dropcap|highlight|column|row|quote|pullquote|nextpage"
)
_SHORTCODE = re.compile(
    rf"\[/?(?:{_KNOWN})(?:{_ATTRIBUTE})*\s*/?\]|\[[a-z][\w-]*(?:{_ATTRIBUTE})+\s*/?\]"
)
_EMBEDDED = re.compile(
    r"\[(embed|youtube|video|audio|twitter)\b[^\[\]]*\]\s*https?://[^\s\[\]]+\s*\[/\1\]"
)
_CAPTION = re.compile(r"\[/?(?:wp_)?caption\b[^\[\]]*\]")

# A line end in two characters, as it stands between sentences: not "C:\nama".
_BREAK = r"(?<!\\n)(?<!\\r)(?:(?:\\r)?\\n|\\r)"
_ESCAPED_BREAK = re.compile(
    rf"(?:{_BREAK}(?:(?:\\r)?\\n|\\r)++|(?<=[.!?\"”’)]){_BREAK}|{_BREAK}(?!\s*[a-z]))(?:\\t)*[ \t]*"
)
_ESCAPED_LETTER = re.compile(r"\\u(?:00|20)[0-9a-fA-F]{2}")
_ESCAPED = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<sign>[\"/]))")


# A line end as Excel's files spell what XML cannot hold.
_EXCEL_BREAK = re.compile(r"_x000[Dd]_(?:\r?\n|_x000[Aa]_)?|_x000[Aa]_")
# A line end as MySQL exports it: a backslash in front of each.
_MARKED_BREAK = re.compile(r"\\(?=\r?\n)")


def field_text(text: str, struck: Callable[[str], None] | None = None) -> str:
    """The text of a field of several paragraphs, an empty line or a line end between them.

    ``struck`` is told what HTML strikes out, which is no text then; without it, that stays. Raises
    ``MarkupError`` for HTML that no real page has.
    """
    text = _unescaped(_EXCEL_BREAK.sub("\n", text) if "_x00" in text else text)
    if "\\" in text and len(_MARKED_BREAK.findall(text)) == text.count("\n"):
        text = _MARKED_BREAK.sub("", text)
    for _ in range(_MOST_ROUNDS):
        if _BLOCK_COMMENT.search(text) or is_html(text):
            return _html_text(_without_shortcodes(text), struck)
        once = _entities_once(text)
        if once == text:
            break
        text = once
    return _without_shortcodes(text)


def _html_text(markup: str, struck: Callable[[str], None] | None) -> str:
    out: list[str] = []
    text = _entities(html_to_text(markup, line_breaks=True, struck=out.append if struck else None))
    # More than half of a text is struck out only where the mark was never closed.
    if struck is None or sum(map(len, out)) > len(text):
        return _html_text(markup, None) if out else text
    for piece in out:
        struck(_entities(piece))
    return text


def field_line(text: str) -> str:
    """The text of a field of one line, such as a title."""
    try:
        return field_text(text)
    except MarkupError:
        return text


def is_markdown(text: str) -> bool:
    """Whether a text was stored as Markdown: a link with its address, or two kinds of marks."""
    if is_html(text):
        return False
    if _MARKDOWN_LINK.search(text) or _BOLD_LINE.search(text):
        return True
    return sum(mark.search(text) is not None for mark in _MARKDOWN) >= _LEAST_MARKS


def is_html(text: str) -> bool:
    """Whether a text is HTML, and not a text in which tags are written or spoken of."""
    if "<" not in text:
        return False
    first: re.Match[str] | None = None
    opened: set[str] = set()
    complete = False
    for tag in _TAG.finditer(text):
        first = first or tag
        name = tag["name"].lower()
        if name in _VOID:
            complete = complete or name != "br" or _breaks(text, tag)
        elif tag["close"]:
            complete = complete or name in opened
        else:
            opened.add(name)
            complete = complete or (name in ("p", "li") and _begins_paragraph(text, tag))
    if first is None or not complete:
        return False
    if _is_nothing(text[: first.start()]) and not first["close"]:
        return True
    return not _speaks_of_tags(text)


def _is_nothing(text: str) -> bool:
    """Whether a text is only white space and comments."""
    text = text.strip()
    while text.startswith("<!--"):
        _, end, text = text.partition("-->")
        text = text.strip() if end else "-"
    return not text


def _breaks(text: str, tag: re.Match[str]) -> bool:
    """Whether a ``<br>`` parts lines and does not stand in the middle of a sentence."""
    after = text[tag.end() : tag.end() + 20].lstrip()
    return not after[:1].islower()


def _begins_paragraph(text: str, tag: re.Match[str]) -> bool:
    """Whether a tag that need not be closed stands between two sentences."""
    before = text[max(0, tag.start() - 20) : tag.start()].rstrip()
    return before[-1:] in '.!?>”"' and _breaks(text, tag)


def _speaks_of_tags(text: str) -> bool:
    if _QUOTED.search(text):
        return True
    return any(_is_spoken_of(text, tag) for tag in _TAG.finditer(text))


def _is_spoken_of(text: str, sign: re.Match[str]) -> bool:
    """Whether the words around a tag or an entity speak about it."""
    start, end = sign.span()
    return bool(
        _SPOKEN_NEAR.search(text[max(0, start - _NEAR) : start])
        or _SPOKEN_NEAR.search(text[end : end + _NEAR])
        or _SPOKEN_BEFORE.search(text[max(0, start - _RIGHT_BEFORE) : start])
    )


def _entities_once(text: str) -> str:
    found = _ENTITY.search(text)
    if found is None or _is_spoken_of(text, found):
        return text
    return _ENTITY.sub(lambda match: unescaped(match[0]), text)


def _entities(text: str) -> str:
    """The text of a page with what was encoded twice resolved as well."""
    for _ in range(_MOST_ROUNDS):
        once = _entities_once(text)
        if once == text:
            break
        text = once
    return text


def _without_shortcodes(text: str) -> str:
    if "[" not in text:
        return text
    text = _EMBEDDED.sub("\n\n", text)
    text = _CAPTION.sub("\n\n", text)
    return _SHORTCODE.sub("", text)


def _unescaped(text: str) -> str:
    if "\\" not in text or "\n" in text.strip():
        return text
    lines = _ESCAPED_BREAK.sub("\n", text)
    if lines == text and not _ESCAPED_LETTER.search(text):
        return text
    return _ESCAPED.sub(lambda match: match["sign"] or _letter(int(match["code"], 16)), lines)


def _letter(code: int) -> str:
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)

"""From untrusted text to HTML that shows it literally, and to links that cannot do harm."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from dwiwarta.interface import gettext
from dwiwarta.knowledge.glossary import Explanation
from dwiwarta.model import MACHINE_ENGLISH, Segment, Translation
from dwiwarta.text import one_line

EXCERPT_CHARS = 240
LEAD_WORDS = 5  # fewer are a time, a place, a heading

# Control characters that are no white space, and lone surrogates: Unicode's Cc and Cs.
_BAD = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]+")

# What ``content`` writes otherwise.
_SPECIAL = re.compile("[&<>]")


def literal(text: str) -> str:
    """``text`` as one line without what HTML cannot hold (control characters, lone surrogates)."""
    # Nearly all text is printable and holds nothing bad, and no white space but spaces.
    if not text.isprintable():
        return one_line(_BAD.sub("", text))
    return one_line(text) if "  " in text or text[:1] == " " or text[-1:] == " " else text


def html(text: str) -> Markup:
    """``text`` escaped for element content and for quoted attributes."""
    return escape(literal(text))


def content(text: str) -> Markup:
    """``text`` escaped for element content alone: quotation marks, of which news is full, stay.

    Not for attributes, where they would end the value.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(escaped)  # noqa: S704 (escaped)


def url_path(text: str) -> str:
    """``text`` as one or more path segments of a URL; "/" stays."""
    return quote(text, safe="/~", errors="replace")


def english_tag(translation: Translation) -> str:
    """The language tag of a translation: plain English once a person stands behind it."""
    return "en" if translation.state.is_human else MACHINE_ENGLISH


def lead_of(paragraphs: Sequence[Segment]) -> Segment | None:
    """The first that is more than a time or a heading, as live reports have them; or the first."""
    telling = (one for one in paragraphs if len(one.source.split()) >= LEAD_WORDS)
    return next(telling, next(iter(paragraphs), None))


def excerpt(text: str) -> str:
    """The beginning of ``text``, whole words, with an ellipsis where something is left out."""
    text = literal(text)
    if len(text) <= EXCERPT_CHARS:
        return text
    cut = text[:EXCERPT_CHARS]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–—-") + "…"


def segment_html(
    segment: Segment, explanations: Sequence[Explanation] = ()
) -> tuple[Markup, Markup | None]:
    """Both sides of a segment; sentences are ``<span data-s="N">`` where they can be matched.

    The spans are left out when the sentences do not make up the text again: the text is what
    counts. Explained terms of the Indonesian become ``<abbr>``; the positions are those of
    ``literal(segment.source)``.
    """
    text = literal(segment.source)
    if segment.translation is None:
        return Markup(_explained(text, 0, len(text), explanations)), None  # noqa: S704 (escaped)
    english = literal(segment.translation.text)
    if segment.sentences:
        left = _spans(text, [pair[0] for pair in segment.sentences], explanations)
        right = _spans(english, [pair[1] for pair in segment.sentences])
        if left is not None and right is not None:
            return left, right
    return Markup(_explained(text, 0, len(text), explanations)), content(english)  # noqa: S704


def _spans(
    text: str, sentences: list[str], explanations: Sequence[Explanation] = ()
) -> Markup | None:
    """``text`` with its sentences wrapped in order, None if they do not cover it.

    ``text`` is literal, so that what stands between two sentences is a space or nothing.
    """
    # Most text holds nothing to escape, and most paragraphs nothing to explain.
    plain = not explanations and _SPECIAL.search(text) is None
    out, at = [], 0
    for number, sentence in enumerate(map(literal, sentences), start=1):
        start = text.find(sentence, at)
        if not sentence or start < 0 or text[at:start].strip():
            return None
        end = start + len(sentence)
        inside = sentence if plain else _explained(text, start, end, explanations)
        out.append(f'{text[at:start]}<span data-s="{number}">{inside}</span>')
        at = end
    return None if text[at:].strip() else Markup("".join(out))  # noqa: S704 (escaped above)


def _explained(text: str, start: int, end: int, explanations: Sequence[Explanation]) -> str:
    """``text[start:end]``, escaped, with the terms that lie wholly inside as ``<abbr>``.

    A term that says itself what it means (``Korea Utara``, explained as "Korea Utara, North
    Korea") stays as it is.
    """
    if not explanations:
        return content(text[start:end])
    out = []
    at = start
    for one in explanations:
        term = text[one.start : one.end]
        # Our own glossary's words are in the catalogue, a site's own stand as they are written.
        meant = gettext(one.text)
        if one.start < at or one.end > end or term.casefold() in meant.casefold():
            continue
        # A title alone cannot be read with a keyboard or a finger: the style shows it on focus.
        out += [
            content(text[at : one.start]),
            Markup('<abbr tabindex="0" title="{}">{}</abbr>').format(literal(meant), content(term)),
        ]
        at = one.end
    return "".join([*out, content(text[at:end])])


def compact(rendered: str) -> str:
    """A rendered template in which every line begins with a tag.

    Python-Markdown looks at the beginnings of lines before it knows raw HTML (fences, for one),
    and a blank line may end a block of HTML. Text from articles therefore never begins a line.
    """
    lines = [line for line in map(str.strip, rendered.split("\n")) if line]
    out = lines[:1]
    for line in lines[1:]:
        if line.startswith("<"):
            out.append(line)
        else:
            out[-1] += f" {line}"
    return "\n".join(out)


def bdi(text: str) -> Markup:
    """A name whose direction of writing is its own."""
    return Markup("<bdi>{}</bdi>").format(text)

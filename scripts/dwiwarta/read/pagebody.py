"""Which blocks of a page are its article, and why each of the others near it is not.

trafilatura says where the article is; what of it reads like text stands here. It works on whole
pages and leaves out what looks like furniture by its class or its length, paragraphs included,
without saying so. So the blocks around what it found are judged again, one by one, and whatever
is left out is named.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml.html import HtmlElement

from dwiwarta.read.htmltext import TextBlock
from dwiwarta.read.pageblocks import HEADINGS, FoundText, Judged, Part, is_link, is_prose, measure
from dwiwarta.read.pagejudge import (
    cards_among,
    is_credit,
    is_headline,
    judge,
    says_something,
)
from dwiwarta.text import squash

# What holds one paragraph: the article is never in one of these alone.
_LINES = HEADINGS | {"p", "li", "blockquote", "tr", "dd", "dt", "pre", "span", "figure", "center"}

# A column that has so much more text than what was found in it is the article's.
_GROWS = 1.3
_LIST = 4  # linked headlines
_BELOW = 3  # how far below a summary a date may stand
_HEAD_BLOCKS = 12  # how far above the text its headline may stand
_SHORTEST_TITLE = 15  # characters
_CREDITS_BELOW = 6  # blocks below the text among which its credits stand
_TOGETHER = 10  # blocks that are left out in one line of the audit


@dataclass(frozen=True, slots=True)
class PageBody:
    """The blocks of the article in order, and what stands beside them as (text, reason)."""

    kept: tuple[TextBlock, ...]
    left_out: tuple[tuple[str, str], ...]
    above: tuple[TextBlock, ...]  # lines around its beginning, dates among them
    beside_teasers: int  # paragraphs, where the page leads to many articles; else -1


def find_body(
    root: HtmlElement,
    blocks: Sequence[TextBlock],
    found_text: str,
    titles: Collection[str] = frozenset(),
) -> PageBody:
    """The article among the blocks of a page; ``found_text`` is what trafilatura took for it,
    ``titles``: what the page says of its title, squashed; the headline is known by it.

    Raises ``MarkupError`` for blocks that are nested beyond reason.
    """
    found = FoundText(found_text)
    judged = [
        Judged(b, not b.struck and found.holds(b.text), not b.struck and is_prose(b))
        for b in blocks
    ]
    parts = measure(root, judged)
    if _found_teasers(judged, parts):
        for one in judged:
            one.found = False
            one.parts = []
        parts = measure(root, judged)
    body = _body(root, judged, parts)
    for one in judged:
        one.inside = body in one.parts
        if one.inside:
            one.parts = one.parts[: one.parts.index(body)]
    _take_in_head(judged, body, titles)
    _take_in_credits(judged, body)
    _take_in_neighbours(judged, body, parts)
    judge(judged, parts)
    kept = tuple(one.block for one in judged if one.reason is None)
    return PageBody(
        kept=kept,
        left_out=tuple(_together(judged)),
        above=tuple(_above(judged, parts)),
        beside_teasers=_beside_teasers(judged, parts),
    )


def left_for_data(body: PageBody) -> PageBody:
    """``body`` where the page's data has the text and what is shown is not it."""
    shown = ((block.text, "page: the text is in its data") for block in body.kept)
    return replace(body, kept=(), left_out=(*shown, *body.left_out), beside_teasers=-1)


def _together(judged: list[Judged]) -> Iterator[tuple[str, str]]:
    """What is left out, with neighbours that go for the same reason as one."""
    for reason, group in groupby(judged, key=lambda one: one.reason):
        if reason:
            texts = [one.block.text for one in group]
            for start in range(0, len(texts), _TOGETHER):
                yield " / ".join(texts[start : start + _TOGETHER]), reason


# --- where the article is -----------------------------------------------------------------------


def _body(root: HtmlElement, judged: list[Judged], parts: dict[HtmlElement, Part]) -> HtmlElement:
    """The innermost element that holds the article."""
    measure = "found" if any(one.found and one.prose for one in judged) else "prose"
    total = sum(len(o.block.text) for o in judged if o.prose and (o.found or measure == "prose"))
    body = root
    inner: HtmlElement | None = root
    while inner is not None and inner.tag not in _LINES:
        body = inner
        inner = next(
            (c for c in body if c in parts and getattr(parts[c], measure) > 0.8 * total), None
        )
    for around in list(body.iterancestors()):
        if around.tag in ("body", "html") and not _has_twin(body, parts):
            break
        if not _has_twin(body, parts):
            if body.tag in ("article", "main", "body") or body.get("itemprop") == "articleBody":
                break
            if _text_of(around, parts) < _GROWS * _text_of(body, parts):
                break
        body = around
    return body


def _has_twin(body: HtmlElement, parts: dict[HtmlElement, Part]) -> bool:
    """Whether the text goes on in an element beside this one, of the same kind and name."""
    return any(
        twin is not body
        and twin in parts
        and twin.get("class") == body.get("class")
        and parts[twin].prose > 0
        and parts[twin].linked < parts[twin].prose / 4
        and next(twin.iter("h1"), None) is None
        for twin in body.itersiblings(body.tag)
    )


def _text_of(element: HtmlElement, parts: dict[HtmlElement, Part]) -> int:
    """Characters of paragraphs in ``element``, without those of parts that stand beside it."""
    return parts[element].prose - sum(
        parts[child].prose
        for child in element
        if child in parts and not parts[child].found and (parts[child].apart or parts[child].beside)
    )


def _found_teasers(judged: list[Judged], parts: dict[HtmlElement, Part]) -> bool:
    """Whether trafilatura took a list of other articles for the text; then it has to be unsaid."""
    cards = cards_among(judged, parts, _LIST)
    teasers = [one for one in judged if one.prose and not cards.isdisjoint(one.parts)]
    if not any(one.found for one in teasers):
        return False
    text = [one for one in judged if one.prose and cards.isdisjoint(one.parts)]
    if len(text) < 2 or any(one.found for one in text):
        return False
    for one in teasers:
        one.prose = False
    return True


# --- around the text ----------------------------------------------------------------------------


def _take_in_head(judged: list[Judged], body: HtmlElement, titles: Collection[str]) -> None:
    """Blocks between the headline and the column of the text belong to the article too."""
    first = next((n for n, one in enumerate(judged) if one.inside), 0)
    head = range(max(0, first - _HEAD_BLOCKS), first)
    title = next((n for n in head if judged[n].block.element.tag == "h1"), None)
    if title is not None and not _is_said(judged[title].block, titles):
        # The site's name, where the page has its title below.
        title = next(
            (n for n in head[title - head[0] :] if _is_title(judged[n].block, titles)), title
        )
    ranked = title is not None
    if title is None:
        title = next((n for n in head if _is_title(judged[n].block, titles)), first)
    around = set(body.iterancestors())
    for one in judged[title:first]:
        if one.prose and not ranked:
            continue  # a caption or a lead, judged as what stands beside the column
        _take_in(one, around)


def _take_in(one: Judged, around: Collection[HtmlElement]) -> None:
    """Count a block beside the column as one in it; it is judged by what is around it alone."""
    one.inside = True
    one.parts = [element for element in one.parts if element not in around]


def _is_said(block: TextBlock, titles: Collection[str]) -> bool:
    said = squash(block.text)
    return any(said in title and 2 * len(said) > len(title) for title in titles)


def _is_title(block: TextBlock, titles: Collection[str]) -> bool:
    """Whether a heading below the first rank, or a link to the page itself, is its headline."""
    if block.element.tag not in HEADINGS or len(block.text) < _SHORTEST_TITLE:
        return False
    return any(squash(block.text) in title for title in titles)


def _take_in_credits(judged: list[Judged], body: HtmlElement) -> None:
    """Who wrote and edited it, in lines below the column, is of the article."""
    last = next((n for n in reversed(range(len(judged))) if judged[n].inside), None)
    if last is None:
        return
    around = set(body.iterancestors())
    for one in judged[last + 1 : last + 1 + _CREDITS_BELOW]:
        if one.prose or is_link(one.block):
            break
        if is_credit(one.block):
            _take_in(one, around)


def _take_in_neighbours(
    judged: list[Judged], body: HtmlElement, parts: dict[HtmlElement, Part]
) -> None:
    """Parts beside the column that hold text and nothing of furniture belong to the article too."""
    around = body.getparent()
    if body.tag not in ("div", "section") or around is None or around.tag in ("body", "html"):
        return
    neighbours = {
        element
        for element in around
        if element in parts
        and element is not body
        and not (parts[element].apart or parts[element].beside or parts[element].controls)
        and parts[element].linked == 0
        and parts[element].size < parts[body].size
    }
    for one in judged:
        if not one.inside and not neighbours.isdisjoint(one.parts):
            one.near = True
            one.inside = says_something(one.block)
            one.parts = one.parts[: one.parts.index(around)]


def _above(judged: list[Judged], parts: dict[HtmlElement, Part]) -> Iterator[TextBlock]:
    """Lines around the beginning of the text, those from the headline on first."""
    inside = [n for n, one in enumerate(judged) if one.inside]
    if not inside:
        return
    text = next((n for n in inside if judged[n].prose and not judged[n].reason), inside[-1])
    head = range(max(0, text - _HEAD_BLOCKS), min(len(judged), text + _BELOW))
    title = next((n for n in reversed(head) if judged[n].block.element.tag == "h1"), head[0])
    for number in (*range(title, head.stop), *reversed(range(head[0], title))):
        one = judged[number]
        if "@" in one.block.text or one.prose or one.block.struck or is_link(one.block):
            continue  # a post on a social network has a date of its own
        if not any(parts[e].apart for e in one.parts):
            yield one.block


def _beside_teasers(judged: list[Judged], parts: dict[HtmlElement, Part]) -> int:
    """How many paragraphs stand beside the teasers, where a page leads to articles; else -1."""
    if sum(one.inside and is_headline(one.block) for one in judged) < _LIST:
        return -1
    cards = cards_among(judged, parts, _LIST)
    text = [one for one in judged if one.inside and one.prose]
    own = sum(not any(element in cards for element in one.parts) for one in text)
    return own if own < len(text) or not text else -1

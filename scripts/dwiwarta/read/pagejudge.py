"""What of a page's blocks is text, and why the others are left out."""

import re

from lxml.html import HtmlElement

from dwiwarta.read.htmllists import CLOCK
from dwiwarta.read.htmltext import TextBlock
from dwiwarta.read.pageblocks import HEADINGS, Judged, Part, ends_a_sentence, is_link
from dwiwarta.read.pagehead import asks_to_sign_up, head_furniture
from dwiwarta.read.pageparts import is_caption, is_picture
from dwiwarta.text import squash, words

# What cleaning knows and makes a field.
_CREDIT = re.compile(
    r"(?i:oleh|penulis|reporter|pewarta|editor|sumber|penerjemah|redaktur|kontributor|fotografer|foto"
    r"|penyunting|koresponden|uploader) ?: ?[A-Z]"
)
_DASH = re.compile(r"\s?[-–—]$")
_COMMENTS = frozenset(("komentar", "komentarpembaca", "tuliskomentar", "berikomentar", "comments"))
# Words of lines that announce links without being marked as headings.
_ANNOUNCES = re.compile(
    r"\b(?:lainnya|terkait|lewatkan|terpopuler|populer|terbaru|terkini|rekomendasi|pilihan|baca"
    r"|simak|lihat|tags?|topik|bagikan|share|komentar|trending)\b",
    re.IGNORECASE,
)
_ANNOUNCEMENT = 60  # characters of the longest

# The share of its characters in links from which a part of a page leads elsewhere.
_LINKED_PART = 0.3
_ALL = 0.9  # of a row of a table, whose cells may be names that are links
_HEADLINE = 15  # characters from which a linked line is a headline
_ITEM = 20  # characters of a list's items, on average, from which they are no labels
_PEOPLE = frozenset(
    ("author", "authors", "penulis", "editor", "reporter", "byline", "bio", "profile")
)
_HEADLINE_WORDS = 4
_CARD_BLOCKS = 8  # more than one of them in a part are several cards, or text


def judge(judged: list[Judged], parts: dict[HtmlElement, Part]) -> None:
    """Give each block that is no text of the article the reason why it is left out."""
    outside = _linked_headings(judged)
    cards = {
        card
        for card in cards_among(judged, parts, 2)
        # What trafilatura took may be a list of things with links; in a part for related
        # articles it is none.
        if not parts[card].found or _is_beside(card, parts)
    }
    text_begins = next(
        (n for n, one in enumerate(judged) if one.inside and one.prose and not one.reason), 0
    )
    head = head_furniture(judged, text_begins)
    # A live blog: every entry has its time, the first one too.
    ticker = sum(_is_clock(one.block) for one in judged if one.inside) > 1
    for number, one in enumerate(judged):
        if not one.inside:
            in_card = not outside.isdisjoint(one.parts) or _is_caption(one, parts)
            one.reason = _reason_outside(one, parts, in_card)
        elif one.block.struck:
            one.reason = "page: struck out"
        else:
            above = number < text_begins and not (ticker and _is_clock(one.block))
            in_head = above and number in head
            one.reason = "page: above the text" if in_head else _reason(one, parts, cards, above)
    _captions(judged, parts)
    _headings_of_nothing(judged, parts)


def _reason_outside(one: Judged, parts: dict[HtmlElement, Part], in_card: bool) -> str | None:
    """Blocks beside the article's column: what trafilatura took as text of it stays.

    Labels of menus and links elsewhere are nothing of the article, so that nothing is told of
    them; a heading, a sentence or a credit is told, unless it stands in a part that never is of it.
    """
    if not one.prose:
        told = one.near or (
            says_something(one.block)
            and not is_link(one.block)
            and not any(parts[e].apart or parts[e].beside for e in one.parts)
        )
        return "page: beside the article" if told else ""
    return None if one.found and not in_card else "page: beside the article"


def _reason(
    one: Judged, parts: dict[HtmlElement, Part], cards: set[HtmlElement], above: bool
) -> str | None:
    block = one.block
    mine = [element for element in one.parts if not parts[element].found]
    if (name := next((parts[e].apart for e in mine if parts[e].apart), None)) is not None:
        return f"page: {name}"
    if any(map(_has_comments, one.parts)):
        return "page: comments"
    if block.element.tag in ("button", "legend") and not _opens_something(block.element):
        return "page: control"
    if is_link(block) and not (block.element.tag == "tr" and block.linked < _ALL * len(block.text)):
        return None if _is_paragraph(one, parts, above) else "page: links"
    if any(asks_to_sign_up(parts[element], block) for element in one.parts):
        return "page: a form to sign up"
    if not cards.isdisjoint(one.parts):
        return "page: teaser of another article"
    if one.found and one.prose:
        return None
    if _CREDIT.match(block.text):
        return None  # cleaning knows them, and makes them fields
    if block.element.tag == "tr":
        return None
    for element in mine:
        if parts[element].beside is not None and not _is_text(parts[element], block):
            return f"page: {parts[element].beside}"
    if one.prose or block.element.tag == "h1":
        return None
    if above and not one.found and not _may_stand_above(block):
        return "page: above the text"
    if any(_is_linked(parts[element]) for element in mine):
        return "page: links"
    return None


def _is_beside(card: HtmlElement, parts: dict[HtmlElement, Part]) -> bool:
    around = [card, card.getparent()]
    return any(e is not None and e in parts and parts[e].beside for e in around)


def _is_text(part: Part, block: TextBlock) -> bool:
    """Whether ``block`` is text, though the part around it is named like furniture.

    It is if nothing of furniture is in there, neither links nor controls, and the block is more
    than a label.
    """
    if part.controls or part.linked >= _LINKED_PART * part.size:
        return False
    if part.prose > 0:
        return True
    is_list = part.blocks > 1 and part.size >= _ITEM * part.blocks
    return (says_something(block) or is_list) and part.beside not in _PEOPLE


def says_something(block: TextBlock) -> bool:
    """Whether a short block is more than a label: a heading, a sentence, an item, a credit."""
    kind = block.element.tag in HEADINGS or block.element.tag in ("tr", "dd")
    return kind or ends_a_sentence(block.text) or is_credit(block)


def is_credit(block: TextBlock) -> bool:
    """Whether a line says who wrote, edited or photographed."""
    return _CREDIT.match(block.text) is not None


def _is_linked(part: Part) -> bool:
    return not part.prose and part.linked >= part.size / 2


def _is_paragraph(one: Judged, parts: dict[HtmlElement, Part], above: bool) -> bool:
    """Whether a link is a paragraph among paragraphs, and neither of a list nor a headline."""
    around = next((e for e in one.parts if parts[e].blocks > 1), None)
    if around is not None and parts[around].linked >= _LINKED_PART * parts[around].size:
        return False
    said = [word for word in words(one.block.text) if word[0].isalpha()]
    if len(said) < _HEADLINE_WORDS:
        return one.found and not above
    small = sum(word[0].islower() for word in said)
    return 2 * small > len(said) or (one.found and small > 1)


def _may_stand_above(block: TextBlock) -> bool:
    """Whether a short line above the text is of the article: a heading, a dateline, or
    the time of a live blog's first entry.
    """
    if block.element.tag in HEADINGS or _DASH.search(block.text):
        return True
    in_list = block.element.tag == "li" or any(block.element.iterancestors("li"))
    return in_list and _is_clock(block)


def _is_clock(block: TextBlock) -> bool:
    return CLOCK.fullmatch(block.text) is not None


def _opens_something(button: HtmlElement) -> bool:
    """Whether a button is the heading of a text that it opens."""
    if button.get("aria-expanded") is not None or button.get("aria-controls") is not None:
        return True
    around = button.getparent()
    return around is not None and around.tag in HEADINGS


def _has_comments(element: HtmlElement) -> bool:
    first = next((child for child in element if isinstance(child.tag, str)), None)
    return (
        first is not None
        and first.tag in HEADINGS
        and squash(first.text or "").rstrip("0123456789") in _COMMENTS
    )


def cards_among(
    judged: list[Judged], parts: dict[HtmlElement, Part], least: int
) -> set[HtmlElement]:
    """Elements that show other articles: a linked headline in each, and ``least`` or more alike."""
    seen: dict[tuple[HtmlElement, str, str], set[HtmlElement]] = {}
    for one in judged:
        if not is_headline(one.block):
            continue
        for element in one.parts[:6]:
            around = element.getparent()
            if around is None or parts[element].blocks > _CARD_BLOCKS:
                break
            key = (around, str(element.tag), element.get("class") or "")
            if parts[element].blocks > 1:
                seen.setdefault(key, set()).add(element)
    return {card for alike in seen.values() if len(alike) >= least for card in alike}


def _linked_headings(judged: list[Judged]) -> set[HtmlElement]:
    """What stands around a heading that leads to another article."""
    return {
        one.parts[1]
        for one in judged
        if len(one.parts) > 1 and one.block.element.tag in HEADINGS and is_link(one.block)
    }


def is_headline(block: TextBlock) -> bool:
    """Whether a block is a link as long as the headline of an article."""
    return is_link(block) and len(block.text) >= _HEADLINE


def _captions(judged: list[Judged], parts: dict[HtmlElement, Part]) -> None:
    """Captions go, unless they are the text: in a gallery."""
    captions = [one for one in judged if one.inside and not one.reason and _is_caption(one, parts)]
    text = sum(len(o.block.text) for o in judged if o.inside and o.prose and not o.reason)
    if 2 * sum(len(one.block.text) for one in captions) > text:
        return
    for one in captions:
        one.reason = "page: caption"


def _is_caption(one: Judged, parts: dict[HtmlElement, Part]) -> bool:
    if any(map(is_caption, one.parts[:3])):
        return True
    alone = [element for element in one.parts[:4] if parts[element].blocks == 1]
    return not (one.found and one.inside) and any(map(is_picture, alone))


def _headings_of_nothing(judged: list[Judged], parts: dict[HtmlElement, Part]) -> None:
    """A heading above nothing but what was left out goes with it.

    So does the last one, in a part that scripts have not filled.
    """
    last = next((one for one in reversed(judged) if one.inside), None)
    if last is not None and last.block.element.tag in HEADINGS - {"h1"} and not last.reason:
        name = next((parts[e].beside for e in last.parts if parts[e].beside), None)
        last.reason = f"page: {name}" if name else None
    text, next_reason = False, ""
    for one in reversed(judged):
        if not one.inside:
            continue
        is_heading = one.block.element.tag in HEADINGS - {"h1"}
        announces = is_heading or _announces(one)
        if announces and one.reason is None and next_reason and not text:
            one.reason = next_reason
        text = (text and not is_heading) or (one.reason is None and one.prose)
        next_reason = one.reason or ""


def _announces(one: Judged) -> bool:
    """Whether a line is the heading of links below it, though not marked as one."""
    text = one.block.text
    return not one.found and len(text) < _ANNOUNCEMENT and bool(_ANNOUNCES.search(text))

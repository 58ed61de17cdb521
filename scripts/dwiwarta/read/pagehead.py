"""What a page shows around the beginning of its text that is surely none of it."""

import re
from collections.abc import Sequence

from dwiwarta.addresses import web_parts
from dwiwarta.read.htmltext import TextBlock
from dwiwarta.read.pageblocks import HEADINGS, Judged, Part
from dwiwarta.text import squash

_SIGNS_UP = frozenset(
    ("newsletter", "subscribe", "subscription", "langganan", "login", "signup", "register")
)
_FORM_BLOCKS = 4
_ASKS = re.compile(
    r"(?i)\b(?:ber)?langganan(?:lah)?\b|\b(?:subscri\w+|newsletter|buletin|e-?mail|surel|sign up"
    r"|log ?in|daftar(?:kan)?)\b"
)
# A count of readers or comments, and what programs offer beside a title; numbers alone may be the
# text's.
_CONTROL = re.compile(
    r"(?i)[\d.,]{1,7} ?(?:k|rb)?|-{1,3}|listen|dengarkan|share|bagikan|save|simpan|follow|ikuti"
    r"|print|cetak"
)
_LEAST_CONTROLS = 2
_HEAD_BLOCKS = 50  # above the text; more is a list of other things
# A day is a field of the article; how long ago it was is none.
_AGO = re.compile(r"(?i)\b(?:ago|lalu)\b")
_BYLINE = 40  # letters and digits around the time in a line that says who published when


def asks_to_sign_up(part: Part, block: TextBlock) -> bool:
    """Whether a block in a part of few speaks of the form for a newsletter that is there."""
    small = part.controls and part.blocks <= _FORM_BLOCKS
    return small and part.beside in _SIGNS_UP and bool(_ASKS.search(block.text))


def head_furniture(judged: Sequence[Judged], text_begins: int) -> frozenset[int]:
    """Which blocks above the text are counts, controls, the site's, or say how long ago it was."""
    start = max(0, text_begins - _HEAD_BLOCKS)
    lines = [
        number
        for number, one in enumerate(judged[start:text_begins], start)
        if one.inside and not one.prose and one.block.element.tag not in (*HEADINGS, "li", "tr")
    ]
    controls = [number for number in lines if _CONTROL.fullmatch(judged[number].block.text)]
    others = (
        number
        for number in lines
        if _says_how_long_ago(judged[number].block) or _is_of_site(judged[number].block)
    )
    worded = any(judged[number].block.text[0].isalpha() for number in controls)
    several = worded and len(controls) >= _LEAST_CONTROLS
    return frozenset((*others, *(controls if several else ())))


def _says_how_long_ago(block: TextBlock) -> bool:
    times = [time.text_content() for time in block.element.iter("time")]
    around = len(squash(block.text)) - sum(len(squash(time)) for time in times)
    return around <= _BYLINE and any(map(_AGO.search, times))


def _is_of_site(block: TextBlock) -> bool:
    """Whether a line stands in a header whose headline leads to the site's front page."""
    header = next(block.element.iterancestors("header"), None)
    headline = next(header.iter("h1"), None) if header is not None else None
    link = next(headline.iter("a"), None) if headline is not None else None
    if headline is None or link is None:
        return False
    parts = web_parts(link.get("href") or "")
    front = link.get("href") == "/" or (parts is not None and not parts.path.strip("/"))
    return front and squash(link.text_content()) == squash(headline.text_content())

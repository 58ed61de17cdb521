"""A social card as SVG, and that as PNG by resvg.

Both titles in one code with the pages: what is Indonesian in serifs, beside the site's first
colour, what is English without, beside its second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dwiwarta.colours import GROUNDS
from dwiwarta.render.head import CARD_SIZE
from dwiwarta.render.social.faces import FOLDER, Face, sans, serif
from dwiwarta.render.social.lines import broken, cut, shortened

WIDTH, HEIGHT = CARD_SIZE
# As docs/assets/palette.css has them in light.
COLOURS = ("#9c2328", "#1b566e")
_PAPER, _INK, _SOFT, _RULE = GROUNDS["light"][0], "#1e1b18", "#5c564d", "#d9d1c3"
_EDGE = 72
_TEXT = _EDGE + 30  # where titles begin, after the bar beside them
_ROOM = WIDTH - _EDGE - _TEXT
_TOP, _BOTTOM = 136, 524  # of the titles
_HEAD, _FOOT = 92, 580  # baselines
_SMALL, _NAME, _MADE = 26, 36, 21
_GAP = 28
_CORNER, _ORIGIN = 620, 520  # of the texts at the right
# Sizes of the two titles; of one alone.
_SIZES = ((78, 48), (70, 44), (62, 40), (56, 37), (50, 34), (45, 31), (40, 28))
_ALONE = (84, 76, 68, 60, 52, 46)
_LEADING = {"Newsreader": 1.12, "Libre Franklin": 1.22}
# Of a line's height, what lies above the baseline; Newsreader's letters stand 0.66 of their size
# high, Franklin's 0.73.
_ABOVE = {"Newsreader": 0.86, "Libre Franklin": 0.93}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card says: plain text, "" where there is nothing to say. ``made``: who made the
    English; ``kind``: what is special about the page that it leads to.
    """

    site: str
    kind: str
    indonesian: str
    english: str
    made: str
    topic: str
    countries: tuple[str, ...]
    origin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A title in lines. ``colour``: of the bar beside it."""

    lines: tuple[str, ...]
    face: Face
    size: int
    colour: str

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    @property
    def leading(self) -> float:
        return self.size * _LEADING[self.face.family]


def png(svg: str) -> bytes:
    """``svg`` drawn with our faces alone. Raises ``ImportError`` without resvg."""
    import resvg_py  # where it is installed

    faces = sorted(str(path) for path in FOLDER.glob("*.ttf"))
    drawn: bytes = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=faces)
    return drawn


def draw(shown: Shown, colours: tuple[str, str] = COLOURS, *, mark: bool = True) -> str:
    """The card as SVG. ``colours``: of the Indonesian and the English; ``mark``: whether ours
    stands before the site's name.
    """
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>',
            *_band(colours),
            *_head(shown, colours, mark=mark),
            *_titles(shown, colours),
            *_foot(shown),
            "</svg>",
            "",
        ]
    )


def _band(colours: tuple[str, str]) -> list[str]:
    return [
        f'<rect x="{at}" width="{WIDTH // 2}" height="12" fill="{colour}"/>'
        for at, colour in zip((0, WIDTH // 2), colours, strict=True)
    ]


def _head(shown: Shown, colours: tuple[str, str], *, mark: bool) -> list[str]:
    parts, at = [], float(_EDGE)
    if mark:  # docs/assets/logo.svg
        parts.append(
            f'<g transform="translate({_EDGE - 6} {_HEAD - 37}) scale(1.5)">'
            f'<path fill="{colours[0]}" d="M4 4h10v24H4z"/><path fill="{colours[1]}" '
            'd="M18 4h10v24H18z"/><path stroke="#fff" stroke-width="1.6" d="M6 9h6M6 13h6M6 '
            '17h4M20 9h6M20 13h6M20 17h4"/></g>'
        )
        at += 56
    corner = " · ".join(part for one in (shown.kind, shown.topic) if (part := sans().drawable(one)))
    corner = shortened(corner, sans(), _SMALL, _CORNER)
    room = WIDTH - _EDGE - sans().width(corner, _SMALL) - at - 40
    site = shortened(serif().drawable(shown.site), serif(), _NAME, room)
    parts.append(_text(at, _HEAD, site, serif(), _NAME, _INK))
    parts.append(_text(WIDTH - _EDGE, _HEAD, corner, sans(), _SMALL, colours[0], end=True))
    return parts


def _titles(shown: Shown, colours: tuple[str, str]) -> list[str]:
    texts = [
        (text, face, colour)
        for text, face, colour in (
            (serif().drawable(shown.indonesian), serif(), colours[0]),
            (sans().drawable(shown.english), sans(), colours[1]),
        )
        if text
    ] or [(name, serif(), colours[0]) for name in [serif().drawable(shown.site)] if name]
    made = sans().drawable(shown.made) if any(face is sans() for _, face, _ in texts) else ""
    room = _BOTTOM - _TOP - (_GAP if len(texts) > 1 else 0) - (_MADE * 1.8 if made else 0)
    blocks = _fitted(texts, room)
    full = sum(block.height for block in blocks) + _BOTTOM - _TOP - room
    top = _TOP + (_BOTTOM - _TOP - full) / 2
    parts = []
    for block in blocks:
        parts.append(
            f'<rect x="{_EDGE}" y="{top + 0.1 * block.size:.1f}" width="8" '
            f'height="{block.height - 0.1 * block.size:.1f}" fill="{block.colour}"/>'
        )
        for number, line in enumerate(block.lines):
            base = top + number * block.leading + _ABOVE[block.face.family] * block.size
            parts.append(_text(_TEXT, base, line, block.face, block.size, _INK))
        top += block.height + _GAP
    if made:
        parts.append(_text(_TEXT, top - _GAP + _MADE * 1.5, made, sans(), _MADE, _SOFT))
    return parts


def _fitted(texts: Sequence[tuple[str, Face, str]], room: float) -> list[_Block]:
    """The titles as large as they have room, cut where that is too little."""
    sizes: Sequence[tuple[int, ...]] = _SIZES if len(texts) > 1 else [(one,) for one in _ALONE]
    if not texts:
        return []
    blocks: list[_Block] = []
    for some in sizes:
        blocks = [
            _Block(broken(text, face, size, _ROOM), face, size, colour)
            for (text, face, colour), size in zip(texts, some, strict=True)
        ]
        if sum(block.height for block in blocks) <= room:
            return blocks
    share = room / len(blocks)
    for at, block in enumerate(blocks):
        others = sum(min(other.height, share) for other in blocks if other is not block)
        most = max(int((room - others) // block.leading), 1)
        blocks[at] = replace(block, lines=cut(block.lines, most, block.face, block.size, _ROOM))
    return blocks


def _foot(shown: Shown) -> list[str]:
    face = sans()
    told = " · ".join(part for one in shown.origin if (part := face.drawable(one)))
    origin = shortened(told, face, _SMALL, _ORIGIN)
    room = WIDTH - 2 * _EDGE - face.width(origin, _SMALL) - 40
    countries = _first([face.drawable(one) for one in shown.countries], face, room)
    full = WIDTH - 2 * _EDGE
    return [
        f'<rect x="{_EDGE}" y="{_FOOT - 40}" width="{full}" height="2" fill="{_RULE}"/>',
        _text(_EDGE, _FOOT, countries, face, _SMALL, _INK),
        _text(WIDTH - _EDGE, _FOOT, origin, face, _SMALL, _SOFT, end=True),
    ]


def _first(names: Sequence[str], face: Face, room: float) -> str:
    """As many of the names as fit, and how many more there are."""
    for number in range(len(names), 0, -1):
        more = f" +{len(names) - number}" if number < len(names) else ""
        if face.width(text := ", ".join(names[:number]) + more, _SMALL) <= room:
            return text
    return shortened(names[0], face, _SMALL, room) if names else ""


def _text(
    x: float, y: float, text: str, face: Face, size: int, colour: str, *, end: bool = False
) -> str:
    anchor = Markup(' text-anchor="end"') if end else ""
    return Markup(
        '<text x="{:.1f}" y="{:.1f}"{} font-family="{}" font-weight="{}" font-size="{}" '
        'fill="{}">{}</text>'
    ).format(x, y, anchor, face.family, face.weight, size, colour, text)

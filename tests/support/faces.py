"""The faces that are shown until ours have arrived, drawn here: no machine needs to have them.

A face made here is boxes as wide as the characters of the real one (``tests/cases/faces.yml``):
that decides where lines break, and what moves when it is replaced.
"""

import io
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import yaml
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from playwright.sync_api import Page, Route

from dwiwarta.settings import PROJECT_ROOT

DATA: dict[str, Any] = yaml.safe_load(
    (PROJECT_ROOT / "tests" / "cases" / "faces.yml").read_text(encoding="utf-8")
)
STYLE_SHEET = PROJECT_ROOT / "docs" / "assets" / "fonts.css"
_BLOCK = re.compile(r"@font-face \{.*?\n\}\n", re.DOTALL)
_MADE = re.compile(r"@font-face\{[^}]*\}")  # in a bundle
_SOURCE = re.compile(r"src:.*?;", re.DOTALL)


def show_only(page: Page, families: Collection[str]) -> None:
    """Let ``page`` have those stand-ins, and neither ours nor others, whatever this machine has."""
    made: dict[str, bytes] = {}

    def place(block: str) -> str:
        family = _family(block)
        if family not in families:
            return ""
        bold = int(_value(block, "font-weight").split()[0]) >= 600
        cut = f"{_value(block, 'font-style')} {700 if bold else 400}"
        name = f"made-{len(made)}.ttf"
        made[name] = draw(DATA["faces"][family][cut])
        return _SOURCE.sub(f'src: url("{name}");', block)

    style = "".join(place(block) for block in _blocks())
    assert made

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        route.fulfill(body=made[name], content_type="font/ttf")

    def exchange(route: Route) -> None:
        sheet = route.fetch().text()
        assert _MADE.search(sheet)
        route.fulfill(body=_MADE.sub("", sheet) + style, content_type="text/css")

    page.route("**/bundle/*.css*", exchange)
    page.route("**/made-*.ttf", answer)


def bring_ours(page: Page, assets: str) -> None:
    """Let our faces, which lie below the address ``assets``, take the place of the stand-ins."""
    ours = []
    for block in _blocks():
        address = re.search(r'url\("([^"]+)"\)', block)
        if address:
            cut = {
                name.removeprefix("font-"): _value(block, name)
                for name in ("font-style", "font-weight", "unicode-range")
            }
            cut["unicodeRange"] = cut.pop("unicode-range")
            ours.append([_family(block), f"url({assets}{address[1]})", cut])
    assert ours
    page.evaluate(
        """async faces => {
          const all = faces.map(([family, source, cut]) => new FontFace(family, source, cut));
          await Promise.all(all.map(one => one.load()));
          all.forEach(one => document.fonts.add(one));
        }""",
        ours,
    )


def stand_ins() -> set[str]:
    """The families in the style sheet that are looked for on the reader's machine."""
    return {_family(block) for block in _blocks() if "local(" in block}


def bare_linux(folder: Path) -> dict[str, str]:
    """The environment of a browser on a Linux whose only faces are DejaVu's, as far as drawn here.

    So no test sees the faces of this machine, and where there are none Chromium does not break
    down. Other systems do not know the variable.
    """
    for family in ("Serif", "Sans"):
        cuts = DATA["faces"][f"Like {'Newsreader' if family == 'Serif' else 'Franklin'} (DejaVu)"]
        for style, weight in (("Regular", 400), ("Bold", 700)):
            face = draw(cuts[f"normal {weight}"], f"DejaVu {family}", style)
            (folder / f"{family}-{style}.ttf").write_bytes(face)
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{folder}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(config)}


def draw(widths: Sequence[int], family: str = "Made", style: str = "Regular") -> bytes:
    """A TrueType face with a box of each width, in thousandths, for each character of the data."""
    characters: str = DATA["characters"]
    names = {ord(character): f"u{ord(character):04X}" for character in characters}
    advances = dict(zip(names.values(), widths, strict=True))
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *advances])
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: _box(advances.get(name, 500)) for name in (".notdef", *advances)})
    builder.setupHorizontalMetrics(
        {name: (w, 0) for name, w in {".notdef": 500, **advances}.items()}
    )
    builder.setupHorizontalHeader(ascent=900, descent=-300)
    bold = style == "Bold"
    full = f"{family} {style}" if bold else family
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": style,
            "fullName": full,
            "psName": full.replace(" ", ""),
        }
    )
    builder.setupOS2(
        sTypoAscender=900,
        sTypoDescender=-300,
        usWinAscent=900,
        usWinDescent=300,
        usWeightClass=700 if bold else 400,
        fsSelection=0x20 if bold else 0x40,
    )
    builder.font["head"].macStyle = int(bold)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _box(width: int) -> Any:
    pen = TTGlyphPen(None)
    if width > 100:
        pen.moveTo((50, 0))
        for corner in ((50, 500), (width - 50, 500), (width - 50, 0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _blocks() -> list[str]:
    return _BLOCK.findall(STYLE_SHEET.read_text(encoding="utf-8"))


def _family(block: str) -> str:
    return _value(block, "font-family").strip('"')


def _value(block: str, name: str) -> str:
    match = re.search(rf"^  {name}:\s+([^;]*);$", block, re.MULTILINE)
    assert match, (name, block)
    return match[1]

#!/usr/bin/env python3
"""Make the faces of social cards, and how wide their characters are, of those that pages load.

    python -m pip install brotli
    python training/make_card_faces.py

Cards are drawn of plain TrueType files (``render/social/faces/``): one weight of both halves of
each variable face in ``docs/assets/fonts/``. Their licence is that of the originals, ``OFL.txt``
there, which reserves no name.
"""

from collections import defaultdict
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "docs/assets/fonts"
FACES = ROOT / "scripts/dwiwarta/render/social/faces"
MADE = {"newsreader": ("Newsreader", 600), "libre-franklin": ("Libre Franklin", 500)}
# fontTools would write the time; that of the sources differs from file to file.
_NO_TIME = 0
_PER_LINE = 80


def main() -> None:
    """Write the faces and ``widths.yml``."""
    FACES.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Written by training/make_card_faces.py: advances in thousandths of the size, each with",
        "# the characters that have it.",
    ]
    for name, (family, weight) in MADE.items():
        face = _face(name, family, weight)
        face.save(FACES / f"{name}.ttf", reorderTables=True)
        lines += [f"{family}:", *_widths(face)]
    (FACES / "widths.yml").write_text("\n".join([*lines, ""]), "utf-8")
    (FACES / "OFL.txt").write_bytes((FONTS / "OFL.txt").read_bytes())


def _face(name: str, family: str, weight: int) -> TTFont:
    halves = []
    for half in (name, f"{name}-more"):
        font = TTFont(FONTS / f"{half}.woff2", recalcTimestamp=False)
        font = instantiateVariableFont(font, {"wght": weight})
        font.flavor = None
        out = BytesIO()
        font.save(out)
        halves.append(BytesIO(out.getvalue()))
    face = Merger().merge(halves)
    face.recalcTimestamp = False
    face["head"].created = face["head"].modified = _NO_TIME
    names = face["name"]
    kept = {
        0: names.getDebugName(0),
        1: family,
        2: "Regular",
        4: family,
        6: family.replace(" ", ""),
    }
    names.names = []
    for key, text in kept.items():
        names.setName(text, key, 3, 1, 0x409)
    face["OS/2"].usWeightClass = weight
    face["OS/2"].fsSelection = 1 << 6  # regular
    face["head"].macStyle = 0
    for table in ("gasp", "STAT", "DSIG"):
        if table in face:
            del face[table]
    return face


def _widths(face: TTFont) -> list[str]:
    scale = 1000 / face["head"].unitsPerEm
    by_width: dict[int, list[str]] = defaultdict(list)
    for code, glyph in sorted(face.getBestCmap().items()):
        by_width[round(face["hmtx"][glyph][0] * scale)].append(_escaped(code))
    return [f'  {width}: "{"".join(some)}"' for width, some in sorted(by_width.items())]


def _escaped(code: int) -> str:
    character = chr(code)
    if character in '\\"':
        return "\\" + character
    return character if character.isprintable() and code < 0x300 else f"\\u{code:04x}"


if __name__ == "__main__":
    main()

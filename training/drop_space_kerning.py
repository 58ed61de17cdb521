#!/usr/bin/env python3
"""Take the kerning with spaces out of the face of Indonesian text.

    python -m pip install brotli
    python training/drop_space_kerning.py

Newsreader draws a space nearer to what stands beside it: in ". J", a quarter of a space that is
narrow already (.22 em) is gone, and two sentences look like one word. A space that a newsroom's
copy lacks is what this project mends, so none may look lacking. Run after the face was made anew
(``docs/assets/fonts.css`` says how), before ``make_card_faces.py``; a second run changes nothing.
"""

from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FACE = Path(__file__).resolve().parents[1] / "docs/assets/fonts/newsreader.woff2"
SPACES = (0x20, 0xA0)
_PAIRS, _EXTENSION = 2, 9  # types of lookups: OpenType, "GPOS"
_EACH = 1  # format of pairs that are listed one by one; the other has classes


def main() -> None:
    """Write the face again."""
    # fontTools would write the time, and every run other bytes.
    face = TTFont(FACE, recalcTimestamp=False)
    characters = face.getBestCmap()
    spaces = {characters[code] for code in SPACES}
    for lookup in face["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            pairs = table.ExtSubTable if table.LookupType == _EXTENSION else table
            if pairs.LookupType == _PAIRS:
                _without(pairs, spaces)
    face.save(FACE)


def _without(pairs: Any, glyphs: set[str]) -> None:
    """Let the pairs of a table hold none of the glyphs, on either side."""
    if pairs.Format == _EACH:
        kept = [
            (first, others)
            for first, others in zip(pairs.Coverage.glyphs, pairs.PairSet, strict=True)
            if first not in glyphs
        ]
        pairs.Coverage.glyphs = [first for first, _ in kept]
        pairs.PairSet = [others for _, others in kept]
        for others in pairs.PairSet:
            others.PairValueRecord = [
                pair for pair in others.PairValueRecord if pair.SecondGlyph not in glyphs
            ]
        return
    pairs.Coverage.glyphs = [first for first in pairs.Coverage.glyphs if first not in glyphs]
    for glyph in glyphs:
        pairs.ClassDef1.classDefs.pop(glyph, None)
        pairs.ClassDef2.classDefs.pop(glyph, None)


if __name__ == "__main__":
    main()

"""The faces of social cards: what they can show, and how wide it is.

Made of those that pages load by ``training/make_card_faces.py``. Nothing of the machine is used, so
that every machine draws the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from slugify import slugify

from dwiwarta.render.markup import literal

FOLDER = Path(__file__).with_name("faces")
# Characters of a text that are looked at: more than a card has room for.
_MOST = 600
# What is left around words that could not be shown.
_EMPTY = re.compile(r"\(\W*\)|\[\W*\]|“\W*”|‘\W*’|\"\s*\"")
_LOOSE = re.compile(r"\s+([,.;:!?)\]”’])")


@dataclass(frozen=True, slots=True)
class Face:
    """A face in one weight. ``advances``: of its characters, in thousandths of the size."""

    family: str
    weight: int
    advances: Mapping[str, int]

    def width(self, text: str, size: float) -> float:
        """Of a drawable text in one line, in the unit of ``size``; pairs are not kerned."""
        return sum(self.advances[one] for one in text) * size / 1000

    def drawable(self, text: str) -> str:
        """``text`` as far as the face can show it, on one line.

        Latin letters lose marks that it lacks, words of other scripts and pictures go. "" where
        that is most of it, or nothing is left to read.
        """
        shown = list(self._shown(unicodedata.normalize("NFC", literal(text))[:_MOST]))
        kept = sum(one.isalnum() for part in shown if part for one in part)
        if kept <= shown.count(None):
            return ""
        found, before = "".join(part or "" for part in shown), ""
        while found != before:  # brackets in brackets
            before, found = found, _EMPTY.sub("", found)
        return _LOOSE.sub(r"\1", " ".join(found.split()))

    def _shown(self, text: str) -> Iterator[str | None]:
        """What stands for each character; None for a letter or digit that is lost."""
        for one in text:
            for part in (one, unicodedata.normalize("NFKC", one), _plain(one)):
                if part.isspace():
                    yield " "
                    break
                # Not what a face has for the ends of lines and the like: soft hyphens, joiners.
                if part and part.isprintable() and all(each in self.advances for each in part):
                    yield part
                    break
            else:
                yield None if one.isalnum() else ""


def _plain(letter: str) -> str:
    """A letter of the Latin script as ASCII has it, "" for any other."""
    if not unicodedata.name(letter, "").startswith("LATIN "):
        return ""
    plain: str = slugify(letter, lowercase=False)
    return plain


@cache
def serif() -> Face:
    """For what is Indonesian."""
    return _face("Newsreader", 600)


@cache
def sans() -> Face:
    """For what is English, and for all else."""
    return _face("Libre Franklin", 500)


def _face(family: str, weight: int) -> Face:
    widths = yaml.safe_load((FOLDER / "widths.yml").read_text("utf-8"))[family]
    advances = {one: width for width, some in widths.items() for one in some}
    return Face(family, weight, advances)

"""Lines that were broken at a width, as in a PDF's column or an e-mail, joined to paragraphs.

A text counts as broken only where its lines say so: many end inside a sentence, these are about
equally long, and no line is much longer. Poems, addresses and lists are not of that kind; inside a
broken text they keep their lines, as a line that ends early was not broken for want of room.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from dwiwarta.clean.draft import PasteAudit
from dwiwarta.clean.hyphens import join_hyphen
from dwiwarta.clean.layout import FUNCTION_WORD
from dwiwarta.text import one_line, squash

# What makes a text broken: so many lines that end inside a sentence, such a share of the long ones,
# and such a share of these so full that the next word had no room.
_LEAST_BREAKS = 3
_BREAK_SHARE = 0.3
_FULL_SHARE = 0.55
# Width in characters. Below the narrow one, verse is as likely as a column of a newspaper; but no
# line of verse ends in the middle of a word, and hardly one in a word such as "dari".
_WIDTHS = range(22, 150)
_NARROW = 45
_UNFINISHED_SHARE = 0.05
# How far lines may differ where the letters of the type are not all of one width.
_FULL = 0.85
_SHORT = 0.7
_LONGER = 1.15
_ALL_BUT = 0.95
# A text with more than this share of its line ends followed by one empty line is double-spaced.
_DOUBLE_SPACED = 0.6
# Empty lines part paragraphs where most of them stand behind the end of a sentence, and a page is
# not all one block.
_PARTED = 0.6
_MOST_LINES = 15
# Dates and marks that stand alone are those above the text.
_HEAD_LINES = 8
_RUNNING_WORDS = 3
# A number of a page may stand so far to the right.
_CENTRED = 10
# The head of a page is no longer than this.
_PAGE_HEAD = 90

_ENDED = re.compile(r"[.!?…:][”\"’')\]]{0,2}$|[”\"]$")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Jl|Jln|Drs?|Dra|dr|drg|Ir|Hj|KH|Prof|No|Rp|PT|St|Mr|Mrs|Kec|Kab|Gg|Tn|Ny|Sdr|Moh)\.$"
)
_INSIDE = re.compile(r"[a-zà-öø-ÿ(]")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ac]$")
_LIST_ITEM = re.compile(r"(?:[-*•·▪●○◦–➢✓❖]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_WORD = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(
    r"(?i)\W{0,3}(?:hal(?:aman)?|page|hlm)\.?\s?:?\s?\d{1,4}(?:\s?(?:dari|of|/)\s?\d{1,4})?\W{0,3}"
)
# What tells the head of a page from the title that each page repeats; and what only a head has.
_PAGE_WORD = re.compile(r"(?i)\d|\bedisi\b|\bhalaman\b|www\.|\.co")
_ONLY_HEAD = re.compile(
    r"(?i)\b(?:edisi|halaman|hal\.|hlm\.|page)\s?:?\s?\d|\bvol(?:ume|\.)\s?\d|(?:^|\s)www\.\S+$"
)
_NUMBER = re.compile(r"[-–—|]?\s?\d{1,4}(?:\s?(?:dari|of|/)\s?\d{1,4})?\s?[-–—|]?")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    gap: int  # empty lines above it
    indent: int
    alone: bool  # a date or a mark; in running text a date may fill a line
    row: bool  # of a table


def join_wrapped(
    lines: list[str],
    audit: PasteAudit,
    stands_alone: Callable[[str], bool],
    words: frozenset[str],
) -> list[str]:
    """The paragraphs of a broken text, an empty line between them; other texts as they are.

    ``stands_alone`` knows lines that are joined with nothing, ``words`` tell the hyphen of a
    compound from that of a broken word.
    """
    content = _content(lines, stands_alone)
    width = _width(content)
    if width == 0:
        return lines
    content = _without_page_heads(content, audit)
    double = _is_double_spaced(content)
    spaced = _is_spaced(content, double)
    text_words = frozenset(
        word.lower() for line in content for word in re.findall(r"[\w-]+", line.text)
    )
    verse = _verse(content, width)
    out = [content[0].text]
    joined, hyphens = 0, []
    for index, (above, below) in enumerate(pairwise(content)):
        if not _belongs(above, below, width, index == 0, double, spaced) or index in verse:
            out += ["", below.text]
            continue
        joined += 1
        if _HYPHEN.search(above.text):
            out[-1] = join_hyphen(out[-1], below.text, words, text_words)
            hyphens.append(f"{above.text.split()[-1]} {below.text.split()[0]}")
        else:
            out[-1] += " " + below.text
    audit.note(f"{joined} line ends", "lines: broken at a width, joined")
    audit.note(", ".join(hyphens), "lines: hyphens at line ends")
    return out


def _content(lines: list[str], stands_alone: Callable[[str], bool]) -> list[_Line]:
    out: list[_Line] = []
    gap = 0
    for line in lines:
        text = one_line(line)
        if text:
            in_head = len(out) < _HEAD_LINES and not text.endswith(".")
            alone = in_head and stands_alone(text)
            out.append(_Line(text, gap, len(line) - len(line.lstrip()), alone, " | " in text))
            gap = 0
        else:
            gap += 1
    return out


def _breaks(content: list[_Line]) -> list[tuple[_Line, _Line]]:
    """Pairs of lines with the end of a line inside a sentence; the first line may be a title."""
    return [
        (above, below)
        for above, below in pairwise(content[1:])
        if not above.row and _INSIDE.match(below.text) and not _ENDED.search(above.text)
    ]


def _width(content: list[_Line]) -> int:
    """The width at which a text was broken, in characters; 0 for any other text."""
    if len(content) <= _LEAST_BREAKS:
        return 0
    breaks = _breaks(content)
    if len(breaks) < _LEAST_BREAKS:
        return 0
    lengths = sorted(len(above.text) for above, _ in breaks)
    width = lengths[round(0.9 * (len(lengths) - 1))]
    full = sum(_fills(above, below, width * _FULL) for above, below in breaks)
    long = sum(len(line.text) >= width * _SHORT for line in content[1:-1])
    inside = sum(len(line.text) <= width * _LONGER + 2 for line in content[1:])
    hyphens = sum(bool(_HYPHEN.search(above.text)) for above, _ in breaks)
    unfinished = sum(bool(FUNCTION_WORD.search(above.text)) for above, _ in breaks)
    if (
        width not in _WIDTHS
        or len(breaks) < _BREAK_SHARE * long
        or full < max(_LEAST_BREAKS, _FULL_SHARE * len(breaks))
        or inside < _ALL_BUT * (len(content) - 1)
        or (width < _NARROW and hyphens + unfinished < max(2, _UNFINISHED_SHARE * len(breaks)))
    ):
        return 0
    return width


def _fills(above: _Line, below: _Line, width: float) -> bool:
    """Whether the next word had no room on the line; a hyphen says so."""
    word = _WORD.match(below.text)
    room = len(above.text) + 1 + (len(word[0]) if word else 0)
    return room > width or bool(_HYPHEN.search(above.text))


def _is_double_spaced(content: list[_Line]) -> bool:
    gaps = [below.gap for above, below in _breaks(content)]
    return bool(gaps) and sum(gap == 1 for gap in gaps) > _DOUBLE_SPACED * len(gaps)


def _is_spaced(content: list[_Line], double: bool) -> bool:
    """Whether empty lines stand between the paragraphs, so that each block is one."""
    ends = [below.gap > double for above, below in pairwise(content) if _ENDED.search(above.text)]
    gaps = [below.gap > double for _, below in pairwise(content)]
    blocks = sum(gaps)
    in_one = len(content) / (blocks + 1)
    return blocks >= 2 and sum(ends) >= _PARTED * blocks and in_one < _MOST_LINES


def _verse(content: list[_Line], width: int) -> frozenset[int]:
    """Pairs of lines, by the first one's index, in a row that all end early: verse, an address."""
    early = [
        bool(_INSIDE.match(below.text))
        and not _ENDED.search(above.text)
        and not _fills(above, below, width * _SHORT)
        for above, below in pairwise(content)
    ]
    return frozenset(
        index
        for index, is_early in enumerate(early)
        if is_early and any(early[max(0, index - 1) : index] + early[index + 1 : index + 2])
    )


def _belongs(
    above: _Line, below: _Line, width: int, first: bool, double: bool, spaced: bool
) -> bool:
    """Whether a line goes on in the next."""
    if above.row or below.row or (below.alone and not _is_running(above.text)):
        return False
    full = _fills(above, below, width * _FULL)
    inside = bool(_INSIDE.match(below.text))
    if above.alone and not inside:
        return False
    ended = bool(_ENDED.search(above.text)) and not _ABBREVIATED.search(above.text)
    if _LIST_ITEM.match(below.text) and (ended or not full):
        return False
    indented = below.indent > above.indent
    if first or below.gap > (1 if double else 0):
        # A page ends here, or a title stands above the text.
        return inside and not ended and (full or below.gap == 0)
    if ended:
        if above.text[-1] in ':”"' and inside:
            return full  # “Kami siap,” kata Wahyu
        if above.text[-1] == ":":
            return False
        if indented or not _fills(above, below, width * _SHORT):
            return False
        # Where nothing parts paragraphs, a line that ends with a sentence may be the last of one.
        return spaced or above.text.count("“") > above.text.count("”")
    return inside or full


def _is_running(text: str) -> bool:
    return len(re.findall(r"\b[a-z]{2,}\b", text)) >= _RUNNING_WORDS and not _ENDED.search(text)


def _without_page_heads(content: list[_Line], audit: PasteAudit) -> list[_Line]:
    """Without numbers of pages and what is printed at the head or foot of each."""
    heads = _page_heads(content)
    if len(heads) == len(content):  # where all repeats all, nothing tells a head from the text
        return content
    out: list[_Line] = []
    gap = 0
    for index, line in enumerate(content):
        if index in heads:
            audit.note(line.text, "lines: head or foot of a page")
            gap = max(gap, line.gap, 1)
            continue
        out.append(replace(line, gap=max(gap, line.gap)))
        gap = 0
    return out


def _page_heads(content: list[_Line]) -> set[int]:
    numbers = {
        index
        for index, line in enumerate(content)
        if _PAGE_NUMBER.fullmatch(line.text)
        or (
            _NUMBER.fullmatch(line.text)
            and (line.indent >= _CENTRED or _interrupts(content, index, index))
        )
    }
    found = set(numbers)
    keys = [squash(re.sub(r"\d+", "", line.text)) for line in content]
    counts = Counter(keys)
    repeated = {
        index
        for index, line in enumerate(content)
        if (index or _PAGE_WORD.search(line.text))
        and counts[keys[index]] > 1
        and keys[index]
        and len(line.text) <= _PAGE_HEAD
    }
    bare = {index for index, line in enumerate(content) if _NUMBER.fullmatch(line.text)}
    proven = {
        keys[index]
        for index in repeated
        if {index - 1, index + 1} & (numbers | bare)
        or _interrupts(content, index, index)
        or _ONLY_HEAD.search(content[index].text)
    }
    # A head of two lines, the number between text and head, and that below the last page.
    proven |= {keys[index] for index in repeated if _beside(index, repeated, keys, proven)}
    heads = {index for index in repeated if keys[index] in proven}
    ends = {len(content) - 1} if heads else set()
    return found | heads | {one for one in bare if one in ends or {one - 1, one + 1} & heads}


def _beside(index: int, repeated: set[int], keys: list[str], proven: set[str]) -> bool:
    """Whether a line that comes again stands right below or above a head each time."""
    same = [other for other in repeated if keys[other] == keys[index]]
    return any(
        all(0 <= at + step < len(keys) and keys[at + step] in proven for at in same)
        for step in (-1, 1)
    )


def _interrupts(content: list[_Line], first: int, last: int) -> bool:
    """Whether lines stand in the middle of a sentence."""
    if first == 0 or last + 1 >= len(content):
        return False
    above, below = content[first - 1].text, content[last + 1].text
    return bool(_INSIDE.match(below)) and not _ENDED.search(above)

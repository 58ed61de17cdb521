"""Layout before patterns: from the lines that a scraper left to the lines that a page showed.

A scraper that breaks the line around every link leaves a sentence on many lines
(``Luna Maya⏎ternyata``). The other damage, paragraphs glued on one line, is undone in ``seams``.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from dwiwarta.text import one_line

# Invisible characters that carry nothing in Indonesian text; the bidirectional overrides could
# make a page show its text in another order than it is stored.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

# Where a link stood: "kepada AFP , Selasa". Dots of an ellipsis keep theirs.
_SPACE_BEFORE = re.compile(r"(?<=[\w)”\"’'%])\s(?=[,.](?:\s(?![.,])|$))")

# A dash alone on a line, between a place and the text.
DASHES = frozenset({"-", "--", "–", "—"})

_TERMINAL = re.compile(r"[.!?…:;”\"’')\]]$")
_STARTS_PUNCTUATION = re.compile(r"^(?:[,.;)\]]|[-–] (?=[a-z]))")
# Not a name that begins so (iPhone, realme, detikers), an abbreviation, an address or an item.
_STARTS_LOWER = re.compile(
    r"^(?!\w?[a-z][A-Z]|[a-z]-|(?:realme|vivo|adidas|bjb|dr[gas]?|ir)\b|detik|https?:|www\."
    r"|[\w-]+\.[a-z]{2,}/?|[a-z][.)]\s)[a-z]"
)
# Words after which no line of a page ends.
FUNCTION_WORD = re.compile(
    r"(?:^|\s)(?:dan|di|ke|dari|yang|dengan|untuk|oleh|pada|dalam|bahwa|atau|serta|sebagai|antara"
    r"|terhadap|kepada|bagi|para|oleh|tentang|soal|akan|adalah|seperti|melalui)$"
)
# Small words that begin no line of a page.
_GOES_ON = re.compile(
    r"^(?:yang|dan|di|ke|dari|dengan|untuk|oleh|pada|dalam|atau|serta|bahwa|karena|adalah|merupakan"
    r"|telah|tidak|juga|saat|hingga|agar|sebagai|terhadap|kepada|tersebut)(?:\s|$)"
)
# An outlet's name that ends a line above "- Text": a dateline broken by its link.
_SITE_END = re.compile(r"(?:\.(?:com|co|id)|CNN Indonesia|\))$", re.IGNORECASE)
# How much of a line's end is looked at: more than the longest word above.
_LINE_END = 20
# So many broken links mean that the scraper broke every link.
_BROKEN_PAGE = 3
# A line in which a sentence ends, and too long for one of a list or a poem.
_LONG = 60
_PROSE = re.compile(rf"(?=.{{{_LONG}}})(?=.*[a-z0-9)”\"][.!?](?:[\s”\"]|$))")
_NEXT_SENTENCE = re.compile(r"[a-z][.!?] [A-Z]")
_LINK = re.compile(r"[A-Z].{1,49}$")
# Lines of a poem: at least so many in a row, none longer than this.
_LEAST_VERSE = 4
_VERSE_LENGTH = 45
_LEAST_ROWS = 2  # of a table whose cells stand below each other
_LIST_ITEM = re.compile(r"^(?:[-*•·–]|\d{1,2}[.)]|[a-z][.)])\s")


def page_lines(text: str, stands_alone: Callable[[str], bool]) -> list[str]:
    """The non-empty lines of a text, one space between words, broken links joined.

    The first line (a title) and the lines that ``stands_alone`` knows (dates, marks) are joined
    with nothing.
    """
    lines = [
        _SPACE_BEFORE.sub("", one_line(line if line.isprintable() else _INVISIBLE.sub("", line)))
        for line in text.split("\n")
    ]
    broken = _is_broken(lines)
    return [line for run in _runs(lines, stands_alone) for line in _join_broken(run, broken)]


def _runs(lines: list[str], stands_alone: Callable[[str], bool]) -> list[list[str]]:
    """Groups of lines that may belong together; blank lines and lines of their own part them."""
    runs: list[list[str]] = [[]]
    first, announced = True, False
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        alone = bool(line) and (first or stands_alone(line))
        if alone or (line and announced):
            runs += [[line], []]
        elif line and below in DASHES:
            runs += [[line]]  # a place above its dash: the dateline begins a new stretch
        elif line:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
        first = first and not line
        announced = alone and line.endswith(":")  # a headline comes next, and ends there
    return [run for run in runs if run]


def _sure_break(above: str, below: str) -> bool:
    """Whether a line break certainly stands inside a sentence."""
    end = above[-_LINE_END:]
    if _LIST_ITEM.match(below) and not _SITE_END.search(end):
        return False
    if FUNCTION_WORD.search(end) or above[-1] == "(":
        return True
    if below[0] in "-–—" and _SITE_END.search(end):
        return True
    starts_inside = _STARTS_PUNCTUATION.match(below) or _GOES_ON.match(below)
    return bool(starts_inside) and not _TERMINAL.search(end)


def _likely_break(above: str, below: str) -> bool:
    return bool(_STARTS_LOWER.match(below)) and not _TERMINAL.search(above[-_LINE_END:])


def _is_broken(lines: list[str]) -> bool:
    """Whether the scraper broke the line at every link of the page.

    Lines that begin small are counted where one of them says that they are no poem and no list:
    prose goes on in it, or it stands behind a link in the middle of a sentence.
    """
    full = [line for line in lines if line]
    sure = sum(map(_sure_break, full, full[1:]))
    if sure >= _BROKEN_PAGE:
        return True
    likely = [at for at, pair in enumerate(pairwise(full)) if _likely_break(*pair)]
    return sure + len(likely) >= _BROKEN_PAGE and any(
        _goes_on_in_prose(full[at], full[at + 1])
        or (at > 1 and _stands_in_prose(full[at - 1], full[at], full[at + 1]))
        for at in likely
    )


def _stands_in_prose(above: str, line: str, below: str) -> bool:
    """Whether a line is a link in mid-sentence: those beside it are no lines of a poem."""
    if not _LINK.match(line) or _TERMINAL.search(above):
        return False
    return max(len(above), len(below)) >= _LONG or bool(_NEXT_SENTENCE.search(below))


def _goes_on_in_prose(above: str, below: str) -> bool:
    """Whether a likely break is one even on a page without others."""
    return bool(_PROSE.match(below) and _LINK.match(above) and not _LIST_ITEM.match(above))


def _join_broken(run: list[str], page_is_broken: bool) -> list[str]:
    """Join the lines of a run that are pieces of one sentence.

    A stretch of lines up to the next one that ends like a sentence is looked at as a whole: it is
    joined if it holds a certain break; on a page whose links are all broken also if it holds a
    likely one. Headings and lists have neither, or no line that ends like a sentence.
    """
    out: list[str] = []
    start = 0
    while start < len(run):
        end = start
        while end < len(run) - 1 and not _ends(run, end):
            end += 1
        stretch = run[start : end + 1]
        out += _join_stretch(stretch, page_is_broken)
        start = end + 1
    return out


def _ends(run: list[str], index: int) -> bool:
    """Whether a stretch ends with this line: a sentence ends here, and the next does not go on."""
    below = run[index + 1]
    if _STARTS_PUNCTUATION.match(below) and not _LIST_ITEM.match(below):
        return False
    return bool(_TERMINAL.search(run[index][-_LINE_END:]))


def _is_verse(stretch: list[str]) -> bool:
    """Whether lines are verse: short, about equally long, no sentence that begins inside one."""
    lengths = [len(line) for line in stretch]
    return (
        len(stretch) >= _LEAST_VERSE
        and max(lengths) <= min(_VERSE_LENGTH, 2 * min(lengths))
        and not any(re.search(r"[.!?] ", line) for line in stretch)
    )


def _is_table(stretch: list[str]) -> bool:
    """Whether names stand above a word on each: ``Andi⏎selamat⏎Budi⏎hilang``."""
    words = sum(
        bool(_STARTS_LOWER.match(above)) and " " not in above and below[0].isupper()
        for above, below in pairwise(stretch)
    )
    return words >= _LEAST_ROWS


def _join_stretch(stretch: list[str], page_is_broken: bool) -> list[str]:
    if len(stretch) == 1:
        return stretch
    pairs = list(pairwise(stretch))
    sure = [_sure_break(a, b) for a, b in pairs]
    likely = [_likely_break(a, b) for a, b in pairs]
    ended = bool(re.search(r"[.!?…”\"]$", stretch[-1]))
    if _is_verse(stretch) and not (ended and any(sure)):
        return stretch
    if _is_table(stretch) and not any(sure):
        return stretch
    # Pieces between the first and the last break belong together; on a broken page also the
    # short piece before the first link ("Manajer⏎Timnas Inggris⏎Thomas Tuchel⏎menilai").
    unsure = any(sure) or (page_is_broken and ended)
    joins = [
        s or (w and (unsure or _goes_on_in_prose(*pair)))
        for s, w, pair in zip(sure, likely, pairs, strict=True)
    ]
    if not any(joins):
        return stretch
    first, last = joins.index(True), len(joins) - 1 - joins[::-1].index(True)
    if ended and first > 0 and stretch[first - 1].split()[-1].islower():
        first -= 1  # text that stops at a small word goes on in the link below it
    if page_is_broken and ended:
        last = len(joins) - 1
        while first > 0 and len(stretch[first]) < 50 and not _LIST_ITEM.match(stretch[first]):
            first -= 1
    out: list[str] = []
    for index, piece in enumerate(stretch):
        if out and first <= index - 1 <= last:
            glue = "" if re.match(r"[,.;)\]]", piece) or out[-1][-1] == "(" else " "
            out[-1] += glue + piece
        else:
            out.append(piece)
    return out

"""Seams: where a scraper glued the paragraphs of a page on one line (``…pekan ini.Kepala …``)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from dwiwarta.abbreviations import goes_on
from dwiwarta.addresses import address_spans, is_inside

# This, _MAY_BE_GLUED and _MAY_BE_DOUBLED begin with the mark or the capital and then look back, as
# Python finds a sign of a set much faster than it tries a pattern at each letter.
_GLUED_SENTENCES = re.compile(
    r"[.!?”\"](?:"
    r"(?<=[a-z0-9%)\]”\"’'é][.!?])(?P<end>[”\"’']?)(?=[“\"‘']?[A-Z][a-zA-Z]|[“‘]|\"[A-Z]|[A-Z] )"
    r"|(?<=[a-z)”\"]\.)(?=\d{1,2}[ .][ A-Z])"
    r"|(?<=[a-z0-9][.!?,][”\"])(?P<quoted>)(?=[“A-Z][a-zA-Z])"
    r"|(?<=[A-Z]{2}\.)(?P<acronym>)(?=[A-Z][a-z]))"
)
# "pukul 14.00 WIB.Bagi warga", "presiden AS.Ia"; but "AKP.Budi", "PT.Astra", "SH.Mulia".
_ACRONYM = re.compile(
    r"(?:^|[\s(])(?!(?:AKP|AKBP|KOMBES|KOMPOL|IPTU|IPDA|DRS|DRA|PROF|KOL|SDR|UST|KRT|KPH|TGK)$)"
    r"(?:[A-Z]{3,}|AS|RI|AI|UI)$"
)
# What a seam of either kind shows; few lines do, and only there are the dearer patterns tried.
_MAY_BE_GLUED = re.compile(r"[.!?,](?:[”\"][“A-Z]|(?<=[.!?])(?:[”\"’']?[“\"‘'A-Z\d]|[”\"]?\s?,))")
_MAY_BE_DOUBLED = re.compile(r"[A-Z](?<=[a-z’'-][A-Z])")
_DOMAIN_NEXT = re.compile(r"(?i)^(?:(?:com|co|id|net|org|go|ac|tv|info|js|io|php|html?)\b|ai[,)])")
# A list heading glued to the text below it: "1. MoldovaMoldova menempati". "LingLing" is a name.
_DOUBLED = re.compile(
    r"(?<![A-Za-z])((?:[A-Z][\w’'-]{1,20} ){1,3}[A-Z][a-z’'-]{3,20}|[A-Z][a-z’'-]{4,20}"
    r"|(?<=\d\. )[A-Z][a-z]{3})(?=\1[ ,(])"
)
# Paragraphs that a scraper joined with commas: ``… pekan ini.,“Kami senang …``.
_COMMA_SEAM = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"]))\s?,{1,4}(?=[“\"A-Z])")
# Between degrees they are no seams: "SH.,MH.,M.Par.".
_DEGREE = re.compile(r"(?:^|[\s(.,])(?:[A-Z]\.[A-Z][A-Za-z]{0,4}|[A-Z]{2,5})\.$")
_DEGREE_NEXT = re.compile(r"[A-Z][A-Za-z]{0,4}\.[A-Z]|[A-Z]{2,5}(?![A-Za-z])")
_INITIAL = re.compile(r"(?:^|[\s(.,/“\"‘'])[A-Z]$")  # "H.Ahmad"
_LONGEST = 12  # characters of a degree
# A numbered list inside a line: the number may be glued to the word before it.
_NUMBER = re.compile(r"(?<=[^\s\d.,])\s?(?=(?P<number>\d{1,2})\. [A-Z“\"])")
# A line this long came from a body without line breaks; only there is a list looked for.
_ONE_LINE = 600


def split_glued(line: str) -> list[str]:
    """Split a line where two sentences stand together without a space.

    Those are the seams of the page's own paragraphs, which the scraper closed. In a body that is
    one line, a numbered list comes apart as well.
    """
    seams: set[int] = set()
    if _MAY_BE_GLUED.search(line):
        seams.update(_glued_seams(line))
        seams.update(
            match.end()
            for match in _COMMA_SEAM.finditer(line)
            if not (
                _DEGREE.search(line[max(0, match.start() - _LONGEST) : match.start()])
                and _DEGREE_NEXT.match(line, match.end())
            )
        )
    if _MAY_BE_DOUBLED.search(line):
        seams.update(match.end() for match in _DOUBLED.finditer(line))
    if len(line) >= _ONE_LINE:
        seams.update(_list_seams(line))
    if seams and (spans := address_spans(line)):
        seams = {seam for seam in seams if not is_inside(spans, seam)}
    pieces, start = [], 0
    for seam in sorted(seams):
        pieces.append(line[start:seam].strip(" ,"))
        start = seam
    pieces.append(line[start:].lstrip(" ,"))
    return [piece for piece in pieces if piece]


def _glued_seams(line: str) -> Iterator[int]:
    """Where a sentence begins without a space behind the one before it."""
    start = 0
    for match in _GLUED_SENTENCES.finditer(line):
        seam = match.end()
        before = line[max(0, match.start() - _LONGEST) : match.start()]
        quoted = match["quoted"] is not None
        if not quoted and (goes_on(line, match.start(), seam) or _INITIAL.search(before)):
            continue
        acronym = match["acronym"] is not None
        if acronym and not _ACRONYM.search(before):
            continue
        if (acronym or match["end"] is not None) and _DOMAIN_NEXT.match(line[seam : seam + 8]):
            continue
        if line[seam - 1] == '"' and line.count('"', start, seam) % 2 == 1:
            seam -= 1  # no quotation is open: the mark opens the next sentence
        yield seam
        start = seam


def _list_seams(line: str) -> list[int]:
    """Where the items of a numbered list begin; a list counts 1, 2, 3 or down to 1."""
    found: list[tuple[int, int]] = [
        (int(match["number"]), match.end()) for match in _NUMBER.finditer(line)
    ]
    seams: list[int] = []
    for (number, seam), (next_number, next_seam) in pairwise(found):
        if abs(next_number - number) == 1:
            seams += [seam, next_seam]
    return seams

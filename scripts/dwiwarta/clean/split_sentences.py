"""Seams: where a scraper glued the paragraphs of a page on one line (``…pekan ini.Kepala …``)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from dwiwarta.addresses import address_spans, is_inside

# Abbreviations before whose full stop nothing is split: "Jln.Sudirman", "Drs.Ahmad".
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.,/“\"‘'])(?:Jln|Tbk|Prof|Drs|Dra|Kec|Kab|Kel|Kol|Sdr|Ust|Mayjen|Brigjen|Letjen|Jend"
    r"|Kombes|Kompol|Letkol|Kapt|Moh|Muh|Mhd|Abd|Iptu|Ipda|Aiptu|Bripka"
    r"|Pdt|Gg|Prov|Bpk|Alm|drg|dsb|dst|hlm|www|Rp|No|St|Dr|dr|Ir|Hj|KH|Jl|PT|CV|Mr|Mrs|Ms|Nn|Ny|Tn|hal|vol|vs|pkl|tgl|dkk|dll|[A-Z])$"
)
_GLUED_SENTENCES = re.compile(
    r"(?<=[a-z0-9%)\]”\"’'é])(?P<end>[.!?][”\"’']?)(?=[“\"‘']?[A-Z][a-zA-Z]|[“‘]|\"[A-Z]|[A-Z] )"
    r"|(?<=[a-z)”\"])(?P<end2>\.)(?=\d{1,2}[ .][ A-Z])"
    r"|(?<=[a-z0-9][.!?,])(?P<end3>[”\"])(?=[“A-Z][a-zA-Z])"
)
# What a seam of either kind shows; few lines do, and only there are the dearer patterns tried.
_MAY_BE_GLUED = re.compile(r"[.!?][”\"’']?[“\"‘'A-Z\d]|[.!?,][”\"][“A-Z]|[.!?][”\"]?\s?,")
_MAY_BE_DOUBLED = re.compile(r"[a-z’'-][A-Z]")
_DOMAIN_NEXT = re.compile(r"(?i)^(?:com|co|id|net|org|go|ac|tv|info|js|io|php|html?)\b")
# A list heading glued to the text below it: "1. MoldovaMoldova menempati".
_DOUBLED = re.compile(r"(?<![A-Za-z])((?:[A-Z][\w’'-]{1,20} ){0,3}[A-Z][a-z’'-]{3,20})(?=\1[ ,(])")
# Paragraphs that a scraper joined with commas: ``… pekan ini.,“Kami senang …``.
_COMMA_SEAM = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"]))\s?,{1,4}(?=[“\"A-Z])")
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
        seams.update(match.end() for match in _COMMA_SEAM.finditer(line))
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
        if match["end"] and (
            _ABBREVIATED.search(line[max(0, match.start() - 12) : match.start()])
            or _DOMAIN_NEXT.match(line[seam : seam + 8])
        ):
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

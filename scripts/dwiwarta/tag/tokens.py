"""Cutting an article into words that remember where they stood."""

import re
from dataclasses import dataclass

from dwiwarta.addresses import address_spans
from dwiwarta.model import Article, TitleOrigin
from dwiwarta.text import is_ascii_but_signs, without_accents

# A word; where small letters run into a capital (``selatanPrancis``, a link glued to its
# neighbour by a scraper) two words. ``iPhone`` and ``WhatsApp`` stay whole.
_TOKEN = re.compile(r"[^\W\d_A-Z]{2,}(?=[A-Z][a-z]|[A-Z]{2})|[^\W_]+")
# Most texts have no such place, and no need of the dearer pattern.
# It begins with the capital, which Python finds faster than it tries a pattern at each letter.
_SEAM = re.compile(r"[A-Z](?<=[^\W\d_A-Z][A-Z])")
_PLAIN_TOKEN = re.compile(r"[^\W_]+")
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+")  # the same in a text without other letters

# What may stand between two words of one name: a space, a hyphen (Guinea-Bissau), an apostrophe
# (Côte d'Ivoire), a full stop without a space (U.S). A comma or a full stop with a space parts.
_JOINT = re.compile(r"[ \u00a0]*|[-‐‑.'’]|[ \u00a0]+-[ \u00a0]+")

# The share of capitals from which a line counts as set in capitals; names in a normal sentence
# stay far below it.
_ALL_CAPS_SHARE = 0.7

# A paragraph belongs to the lead while less than this stands before it: the first paragraph, and
# the next one where the first is only a short line.
_LEAD_CHARS = 120

# A shorter line says nothing about case: an acronym, a caption, a leftover.
_MIN_LETTERS = 20
_NO_LETTERS = bytes(code for code in range(256) if not chr(code).isalpha() or code > 127)
_NO_CAPITALS = bytes(code for code in range(256) if not chr(code).isupper() or code > 127)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")

# CNN Indonesia's headlines of other articles, which scrapers leave in the middle of a paragraph. No
# sign tells where the last one ends: what goes on with capitals and small joining words is theirs.
_HEADLINES = re.compile(
    r"\bPilihan Redaksi(?:\s+(?:[^\sa-z]\S*|(?:atas|bagi|dalam|dan|dari|di|hingga|ke|oleh|pada|saat"
    r"|soal|untuk|usai|vs|yang)\b))+"
)


def words_of(text: str) -> list[str]:
    """The words of a phrase, case kept: ``Korea-Utara`` gives ``Korea``, ``Utara``."""
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A title or a paragraph as words.

    ``where``: "title", "lead" (the paragraphs that open the text) or "body". ``caseless``: the
    line shows no case (all capitals, or a title rebuilt from a slug), so names are matched there
    whatever their case. ``words``: as printed; ``plain``: without accents; ``folded``: without
    accents and case.
    """

    text: str
    where: str
    spans: tuple[tuple[int, int], ...]
    caseless: bool
    words: tuple[str, ...]
    plain: tuple[str, ...]
    folded: tuple[str, ...]

    def joined(self, index: int) -> bool:
        """Whether word ``index`` and the next one can belong to one name."""
        (begin, end), (start, _) = self.spans[index], self.spans[index + 1]
        gap = self.text[end:start]
        return gap == " " or _JOINT.fullmatch(gap) is not None or self.text[begin:start] == "St. "

    def slice(self, start: int, stop: int) -> str:
        """The text from word ``start`` to before word ``stop``, as printed."""
        return self.text[self.spans[start][0] : self.spans[stop - 1][1]]


def segments_of(article: Article) -> tuple[Segment, ...]:
    """The title and the paragraphs of an article. Nothing else of it is evidence for a tag."""
    out = [_segment(article.title, "title", slug=article.title_origin is TitleOrigin.SLUG)]
    before = 0
    for text in article.paragraphs:
        out.append(_segment(text, "lead" if before < _LEAD_CHARS else "body"))
        before += len(text)
    return tuple(out)


def _segment(text: str, where: str, *, slug: bool = False) -> Segment:
    plainly = is_ascii_but_signs(text)
    token = _TOKEN if _SEAM.search(text) else _ASCII_TOKEN if plainly else _PLAIN_TOKEN
    spans = [match.span() for match in token.finditer(text)]
    others = list(address_spans(text))  # "PNG" in "peta.PNG" is no country
    if "Pilihan Redaksi" in text:
        others += [match.span() for match in _HEADLINES.finditer(text)]
    if others:
        passed_over = bytearray(len(text))
        for start, end in others:
            passed_over[start:end] = b"\1" * (end - start)
        spans = [span for span in spans if not passed_over[span[0]]]
    words = tuple([text[start:end] for start, end in spans])
    plain = words if plainly else tuple(map(without_accents, words))
    folded = tuple(" ".join(plain).casefold().split(" ")) if words else ()
    return Segment(text, where, tuple(spans), slug or _has_no_case(text), words, plain, folded)


def _has_no_case(text: str) -> bool:
    """All capitals, or several words without a single capital."""
    plain = text.encode("ascii", "ignore")
    rest = "" if text.isascii() else "".join(_NOT_ASCII.findall(text))
    letters = len(plain.translate(None, _NO_LETTERS)) + sum(map(str.isalpha, rest))
    if letters < _MIN_LETTERS:
        return False
    capitals = len(plain.translate(None, _NO_CAPITALS))
    capitals += sum(char.isupper() for char in rest if char.isalpha())
    return capitals == 0 or capitals / letters >= _ALL_CAPS_SHARE

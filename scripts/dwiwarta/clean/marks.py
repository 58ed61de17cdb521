"""Where brackets, quotation marks, digits and addresses show that a space was lost: ``(AS)Donald``.

What is no such place: ``20an``, ``12th``, ``orang(-orang)``, ``(ke)sehatan``, ``[K]ami``, ``5kg``,
``COVID-19``, web and e-mail addresses, ``@handles`` and ``#hashtags``.
"""

import re
from bisect import bisect_right
from string import ascii_lowercase

from dwiwarta.addresses import address_spans
from dwiwarta.clean.lexicon import Lexicon
from dwiwarta.clean.segments import is_brand

# Letters that stand together.
TOKEN = re.compile(r"(?<![\w@#'’])[A-Za-zÀ-ɏ]{2,90}(?![A-Za-zÀ-ɏ_@])")

_HANDLE = re.compile(r"[@#]\w[\w.]*")
# An address of any domain: "bit.ly/FormWarga".
_PATH = re.compile(r"(?<![\w@.])(?:[\w-]{1,60}\.){1,4}[A-Za-z]{2,10}/[\w/?=&%.+~-]*")
# A domain without a path, and what is glued to its end.
_DOMAIN = re.compile(
    r"(?<![\w.@-])(?P<host>[A-Za-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){0,2}?"
    r"\.(?:com|co\.id|go\.id|ac\.id|or\.id|net|org|id|tv))(?P<rest>(?<!id)(?<!tv)[A-Za-z]{2,60})?(?![\w/@])"
)
_LABEL_SEAM = re.compile(r"(?P<word>[A-Za-z]?[a-z]+)(?=[A-Z])")
# Clitics and endings that brackets, quotation marks and digits carry: "(DPR)nya", "orang(an)".
_ENDING = r"(?:nya|ku|mu|an|kan|lah|kah|pun|se?|i|ed|ing|is|in)\b"
_ENDING_AHEAD = re.compile(_ENDING)
# The gap is behind the mark: a comma, colon or semicolon between words, a per cent sign, a closing
# mark. A closing quotation mark behind a space opens what follows.
_BEHIND = re.compile(
    r"(?:(?<=[a-zé]{2}),(?=[A-Z][A-Za-z]|[a-z]{3})|(?<=\d),(?=[A-Za-z]{3})"
    r"|(?<=[a-zé]{3})[:;](?=[A-Z][a-z])|(?<=\d)%(?=[A-Za-z]{2})"
    rf"|(?<=\S)”(?=[A-Za-z]{{2}})|[)\]](?=[A-Za-z]{{2}}))(?!{_ENDING})"
)
# The gap is before the mark.
_BEFORE = re.compile(
    rf"(?<=[a-zé]{{3}})(?=\((?!{_ENDING})[A-Za-z0-9“‘][^\s=_)]|“[A-Za-z]|\[[A-Z])|(?<=[\d,])(?=“[A-Za-z])"
    r"|(?<=[A-Z]{2})(?=\([A-Z][a-z]{2,30}\s)"  # "BPS(Badan Pusat Statistik)"
)
_CODE = re.compile(r"\(\w+=|\(\)")
_SHORT_BRACKET = 4
_NUMBER = re.compile(
    r"(?<![\w.,/@#:-])(?:[A-Za-z]{1,30}-|Rp)?(?P<number>\d{1,20}(?:[.,:/-]\d{1,20}){0,9})(?P<word>[A-Z]?[a-z]{2,60}|WIB|WITA|WIT)(?![\w@])"
)
# A year with a word at each side: "tahun2023lalu".
_AMID_YEAR = re.compile(
    r"(?<![\w@#.'’-])(?P<word>[A-Za-z]{4,60})(?P<number>20[0-4]\d)(?P<rest>[a-z]{3,60})(?![\w.@])"
)
_BEFORE_NUMBER = re.compile(r"(?<![\w@#.'’-])(?P<word>[A-Za-z]{4,60})(?P<number>\d{1,4})(?![\w.@])")
# Whether the dearer patterns are worth trying.
_HAS_MARK = re.compile(r"[,:;%”)\]](?=[A-Za-z])|[(“\[](?<=[A-Za-zé\d,].)")
_HAS_NUMBER = re.compile(r"\d(?:[A-Za-z]|(?<=[A-Za-z].))")
_HAS_DOMAIN = re.compile(r"\.(?:com|co|go|ac|or|net|org|id|tv)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATE_YEAR = re.compile(r"20[1-4]\d")  # "Dunia2026", not the name "Auto2000"
_DESK = "20detik"
_ZONES = frozenset(("WIB", "WITA", "WIT"))
_LONG_WORD = 8
_QUOTE = re.compile(r'"')


def open_stretches(line: str) -> list[tuple[int, int]]:
    """The stretches of a line in which spaces may be put: no addresses, handles and hashtags."""
    closed = _addresses(line)
    if _HAS_DOMAIN.search(line):
        closed += [match.span("host") for match in _DOMAIN.finditer(line)]
    return _between(closed, line)


def _addresses(line: str) -> list[tuple[int, int]]:
    closed = address_spans(line)
    if "@" in line or "#" in line:
        closed += [match.span() for match in _HANDLE.finditer(line)]
    if "/" in line:
        closed += [match.span() for match in _PATH.finditer(line)]
    return closed


def _between(closed: list[tuple[int, int]], line: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for start, end in sorted(closed):
        if start >= at:
            out.append((at, start))
        at = max(at, end)
    return [*out, (at, len(line))]


def _inside(gaps: set[int], stretches: list[tuple[int, int]]) -> set[int]:
    begins = [start for start, _ in stretches]
    return {gap for gap in gaps if gap <= stretches[bisect_right(begins, gap) - 1][1]}


def mark_gaps(line: str, lexicon: Lexicon) -> list[int]:
    """The places in a line where a space was lost before or behind a mark, a digit, a domain."""
    gaps = _quote_gaps(line)
    if _HAS_MARK.search(line):
        gaps |= {m.end() for m in _BEHIND.finditer(line) if not _inside_word(line, m.start())}
        gaps |= {m.start() for m in _BEFORE.finditer(line) if not _CODE.match(line, m.start())}
    if _HAS_NUMBER.search(line):
        gaps |= {m.start("word") for m in _NUMBER.finditer(line) if _is_counted(m, lexicon)}
        gaps |= {
            m.start("number") for m in _BEFORE_NUMBER.finditer(line) if _is_numbered(m, lexicon)
        }
        for m in _AMID_YEAR.finditer(line):
            if all(m[part].lower() in lexicon.bits for part in ("word", "rest")):
                gaps |= {m.start("number"), m.start("rest")}
    if gaps:
        gaps = _inside(gaps, open_stretches(line))
    if _HAS_DOMAIN.search(line):
        gaps |= _inside(_domain_gaps(line, lexicon), _between(_addresses(line), line))
    return sorted(gaps)


def _inside_word(line: str, mark: int) -> bool:
    """Whether a closing bracket stands inside a word: ``(ke)sehatan``, ``[K]ami``, ``a[at]b``."""
    if line[mark] not in ")]" or not line[mark + 1].islower():
        return False
    opening = "(" if line[mark] == ")" else "["
    begin = line.rfind(opening, max(0, mark - _SHORT_BRACKET), mark)
    if begin < 0:
        return False
    inside = line[begin + 1 : mark]
    return len(inside) == 1 or inside.islower()


def _quote_gaps(line: str) -> set[int]:
    """Gaps outside straight quotation marks, if these plainly open and close in turns."""
    if '"' not in line:
        return set()
    marks = [match.start() for match in _QUOTE.finditer(line)]
    if len(marks) % 2:
        return set()
    gaps = set()
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        inside = line[opening + 1 : closing]
        if not inside or inside[0].isspace() or inside[-1].isspace():
            return set()
        before = line[max(0, opening - 2) : opening]
        after = line[closing + 1 : closing + 3]
        if (
            len(before) == 2
            and before[-1].isalpha()
            and before[-1].islower()
            and inside[0].isalpha()
        ):
            gaps.add(opening)
        if after.isalpha() and len(after) == 2 and not _ENDING_AHEAD.match(line, closing + 1):
            gaps.add(closing + 1)
        elif after[:1] == "," and line[closing + 2 : closing + 5].isalpha():
            gaps.add(closing + 2)
    return gaps


def _is_counted(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a number and the word behind it are two: ``2025mulai``, not ``12th``."""
    word = match["word"]
    if word in _ZONES:
        return True
    if len(word) < 3 or match.group() == _DESK or word == "Detik" or _ENDING_AHEAD.fullmatch(word):
        return False
    year = bool(_YEAR.fullmatch(match["number"]))
    small = word.lower()
    if year and len(word) > 3:
        return True
    return (small not in lexicon.english or small in lexicon.words) and (
        small in lexicon.bits or (len(word) > 4 and lexicon.knows(word))
    )


def _is_numbered(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a word and the number behind it are two: ``tahun2024``, not ``Liputan6``."""
    word = match["word"]
    if _LATE_YEAR.fullmatch(match["number"]):
        return not word.islower() or word in lexicon.bits
    # "tiba2" is short for "tiba-tiba".
    known = word.islower() and word in lexicon.bits and word not in lexicon.english
    return known and match["number"] != "2"


def _domain_gaps(line: str, lexicon: Lexicon) -> set[int]:
    """Gaps before and behind domains: ``iniLiputan6.comsusun``."""
    gaps: set[int] = set()
    for match in _DOMAIN.finditer(line):
        rest = match["rest"]
        if rest and _is_word_first(rest, lexicon):
            gaps.add(match.start("rest"))
        seam = _LABEL_SEAM.match(line, match.start("host"), match.end("host"))
        if seam and _is_word(seam["word"], lexicon):
            # "iniLiputan6.com", "JurnalisKOMPAS.com"; but "KapanLagi.com", "detikOto.com"
            label = match["host"].split(".")[0]
            capitals = label[len(seam["word"]) :].isupper()
            if (seam["word"].islower() or capitals) and not is_brand(label):
                gaps.add(seam.end())
    return gaps


def _is_word(word: str, lexicon: Lexicon) -> bool:
    known = word.lower() not in lexicon.english and lexicon.knows(word)
    return known or (word.islower() and len(word) >= _LONG_WORD)


def _is_word_first(rest: str, lexicon: Lexicon) -> bool:
    """Whether a domain ends before ``rest``: ``Pagi``, ``susun``, ``danHari``."""
    small = rest[: len(rest) - len(rest.lstrip(ascii_lowercase))]
    return not small or (lexicon.knows(small) and (len(small) > 2 or small in ("di", "ke")))

"""Where the headline of another article ends, when no mark says so.

``Baca juga: <headline> <the article goes on>`` on one line: the headline is a stretch of capital
words (or, at some outlets, an ordinary sentence without a full stop); the article goes on with an
ordinary sentence. Every rule here stops early rather than late, and none goes past
``HEADLINE_WORDS``, so that no rule can eat an article.
"""

import re
from functools import cached_property

from dwiwarta.text import word_set

# The longest headlines in the articles measured have 20 words.
HEADLINE_WORDS = 22
# What stands between two marks is a headline and nothing else if it is no longer than this.
_ENCLOSED_WORDS = 14

_TOKEN = re.compile(r"\S+")
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
# Words that stay small inside an Indonesian headline.
_PARTICLES = word_set(
    """
    di ke dari yang dan untuk pada dengan dalam atau oleh bagi hingga tentang soal saat gegara
    terhadap antara per vs ala demi para serta sampai x the of a an in for to and on from with is at
    by nan akan tapi adalah dan/atau
    """
)
# Words that open a sentence and hardly stand inside a headline's second half.
_OPENERS = word_set(
    """
    Menurut Namun Selain Sementara Sebelumnya Hal Dalam Pada Dia Ia Mereka Kami Kita Berikut Adapun
    Meski Meskipun Setelah Sejak Ketika Untuk Dengan Karena Sebab Selanjutnya Kemudian Lebih Tak
    Tidak Bahkan Akan Namun, Selain, Kepala Ketua Presiden Menteri Wakil Direktur Gubernur
    Sekretaris Anggota Pelatih Pemerintah Polisi Kapolres Bupati Wali Dokter Dr Dr. Prof Prof. Pakar
    Peneliti Analis Juru PT Saat Sesampainya Seperti Seorang Salah Sebuah Sebanyak Lantas Lalu Di
    Dari Jika Bila Apabila Oleh Itu Ini Berdasarkan Melalui Sebagai Awak Proses Hasil Jemaat Acara
    Kegiatan Kejadian Peristiwa Tim Perusahaan Terkait Senada Hingga Ada Beberapa Banyak Setiap
    Semua Kedua Ketiga Kini Sedangkan
    Belakangan Kendati Alhasil Pasalnya Akibatnya Nantinya Rencananya Sebaliknya Misalnya Apalagi
    Hasilnya Menariknya Selama Sejauh Setelahnya Tentu Diketahui Terakhir
    Saksikan Simak Ikuti Sepulang
    """
)
_NEXT_MARK = re.compile(
    r"(?:Baca|Lihat|Simak|Tonton)(?: [Jj]uga)? ?:|BACA JUGA"
    r"|(?:Pewarta|Editor|Penerjemah|Reporter) ?:|ADVERTISEMENT|SCROLL TO|\[Gambas:|Copyright ©"
    r"|\(Baca:|\([a-z]{3}/[a-z]{2,5}\)"
)
_HARD_END = re.compile(
    r"(?<=[?!])\s+(?=[A-Z“\"‘'\d])|\s+(?=\d{1,2}\. [A-Z])|(?<=[a-z])(?=\d{1,2}\. [A-Z])|\s+(?=• )"
)
_SENTENCE_END = re.compile(r"[a-z0-9)]\.(?:\s|$)")
# Names that are written with a capital inside, so that it is no seam.
_CAMEL = re.compile(
    r"^(?:Mc|Mac|La|De|Di|Da|Whats|You|Tik|Linked|Open|Chat|Deep|Space|Pay|Byte|Face|Ever)$"
)
_SEAM = re.compile(
    r"(?<=[a-z]{3})(?=[A-Z][a-z]|[A-Z]{2,}|[“\"])|(?<=[a-z]{2}[?!)])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z]{3})"
)
# "DOGETak": initials in front of a word that the lists know.
_SEAM_OF_INITIALS = re.compile(r"(?<=[A-Z]{3})(?P<word>[A-Z][a-z]{2,20})")


def looks_like_headline(line: str, least_words: int = 4) -> bool:
    """Whether a whole line is written like a headline: capital words, no full stop."""
    words = line.split()
    if not least_words <= len(words) <= HEADLINE_WORDS or len(line) > 170:
        return False
    if re.search(r"[.:;,”\"]$", line) or _LIST.match(line):
        return False
    return _capital_share(words) >= 0.8


_LIST = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s")


def _capital_share(words: list[str]) -> float:
    content = [word for word in words if word.strip("“”\"'‘’(),:") not in _PARTICLES]
    capital = [word for word in content if not word.strip("“\"'‘(")[:1].islower()]
    return len(capital) / len(content) if content else 0.0


class CommonWords:
    """Words that are no names: those that an article writes small, and known ones."""

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self._text = text
        self._known = known

    def __contains__(self, word: str) -> bool:
        return word in self._known or word in self._own

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(_SMALL_WORD.findall(self._text))


def headline_end(text: str, common: CommonWords) -> int:
    """Where the headline at the start of ``text`` ends; the length of ``text`` if all is headline.

    0 if there is no headline, as the scraper lost it and the article goes on at once.
    ``common``: the article's.
    """
    limit = len(text)
    if mark := _NEXT_MARK.search(text):
        limit = mark.start()
    for match in _HARD_END.finditer(text, 0, limit):
        if len(text[: match.start()].split()) >= 3:
            limit = match.start()
            break
    seam = _first_seam(text, limit, common)
    if seam is not None:
        limit = seam
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(text, 0, limit)]
    if quote := _sentence_quote(text, tokens):
        tokens = [token for token in tokens if token[0] < quote]
        limit = quote
    words = [word for _, word in tokens]
    most = HEADLINE_WORDS if limit == len(text) else _ENCLOSED_WORDS
    if not words or (len(words) <= most and not _SENTENCE_END.search(text, 0, limit)):
        return limit
    if end := _SENTENCE_END.search(text, 0, limit):
        words = text[: end.end()].split()
    if _capital_share(words[:7]) >= 0.7:
        cut = _end_among_capitals(words, common)
    else:
        cut = _end_among_small(words, common)
        if end and (words[0] in _OPENERS or cut is None):
            return 0  # one ordinary sentence: the headline itself was lost
    if cut is not None and 0 < cut < len(words) - 1 and words[cut - 1] in _PARTICLES:
        cut += 1  # no headline ends with "di" or "ke"
    if cut is not None and cut < len(tokens):
        return tokens[cut][0]
    if len(tokens) > HEADLINE_WORDS:
        return tokens[HEADLINE_WORDS][0]
    return limit


def _first_seam(text: str, limit: int, common: CommonWords) -> int | None:
    """Where a small letter meets a capital one: the scraper glued the headline to the text."""
    for match in _SEAM.finditer(text, 0, limit):
        if not inside_name(text, match.start()) and len(text[: match.start()].split()) >= 3:
            return match.start()
    for match in _SEAM_OF_INITIALS.finditer(text, 0, limit):
        if match["word"].lower() in common and len(text[: match.start()].split()) >= 3:
            return match.start()
    return None


def inside_name(text: str, seam: int) -> bool:
    """Whether the seam stands in a name written so, ``WhatsApp`` or ``McDonald``."""
    before = re.search(r"[A-Za-z]{1,12}$", text[max(0, seam - 12) : seam])
    return before is not None and bool(_CAMEL.match(before.group()))


def _sentence_quote(text: str, tokens: list[tuple[int, str]]) -> int | None:
    """Where a quotation of more than a few words opens: a sentence, not a part of a headline."""
    for start, word in tokens[3:]:
        if word[0] in '“"' and word[1:2].isupper():
            close = re.search(r"[”\"]", text[start + 1 :])
            if close is None or len(text[start : start + 1 + close.start()].split()) > 5:
                return start
    return None


def _end_among_capitals(words: list[str], common: CommonWords) -> int | None:
    """Token index where an ordinary sentence begins after a headline in capitals."""
    small = next((i for i, word in enumerate(words) if i >= 3 and _is_small(word)), None)
    if small is None:
        return None
    for index in range(small - 1, 2, -1):
        if words[index][-1] == "," and words[index][:-1] in _OPENERS:
            return index  # "Namun, Jepang tetap …"
    last = small
    while last > 4 and words[last - 1][0].islower():
        last -= 1  # particles between the sentence's first word and its first small one
    first = last
    while first > 3 and not words[first - 1][0].islower() and words[first - 1][-1] != ",":
        first -= 1
    run = range(max(first, 3), last)
    for index in reversed(run):
        if words[index] in _OPENERS:
            return index
    subject = max(last - 1, 1)
    # A name of two words; "in common" is every word that is no name.
    if subject - 1 in run and not any(
        w.strip(",").lower() in common for w in words[subject - 1 : last]
    ):
        subject -= 1
    return subject


def _is_small(word: str) -> bool:
    return word[0].islower() and word.strip(",.") not in _PARTICLES


def _end_among_small(words: list[str], common: CommonWords) -> int | None:
    """The same after a headline that is written like a sentence."""
    capitals = [i for i, word in enumerate(words) if i >= 4 and word[0].isupper()]
    for index in capitals:
        if words[index - 1][-1] in ",:":
            continue
        if words[index] in _OPENERS or words[index].strip(",").lower() in common:
            return index
    late = [i for i in capitals if i >= 6 and _is_small(words[i - 1])]
    return late[0] if late else None

"""What can be a title, and titles made where a page has none."""

import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from dwiwarta.addresses import path_of
from dwiwarta.clean.paragraphs import whole_sentences
from dwiwarta.knowledge.function_words import load_function_words
from dwiwarta.text import one_line, squash, word_set

# How like a corrected title an old one is, 0 to 1, that might as well be a sentence of the text.
SAME_TITLE = 0.9
# Longer "titles" are a paragraph that a scraper put into the wrong field.
TITLE_LIMIT = 250
# What a made title is cut to: two lines on a page.
MADE_TITLE_LIMIT = 120

_PLACEHOLDERS = frozenset(
    {"notitle", "untitled", "title", "judul", "tanpajudul", "tidakditemukan", "none", "null", "nan"}
    | {f"{field}notfound" for field in ("", "title", "date", "author", "content")}
)
# What a scraper leaves above the title: the sections of a site, and the place of an advertisement.
_ADVERTISING = word_set("iklan advertisement advertising advertorial")
_SECTIONS = word_set(
    """
    home beranda news berita warta kabar nasional internasional international national dunia global
    mancanegara ekonomi bisnis finansial keuangan market politik hukum kriminal peristiwa daerah
    regional metro megapolitan nusantara olahraga sport sports bola sepakbola hiburan entertainment
    seleb selebriti musik film lifestyle gaya hidup kesehatan health sains science teknologi tekno
    otomotif travel wisata edukasi pendidikan opini kolom foto video terkini terbaru terpopuler
    populer trending headline utama indeks
    """
)
_SECTION_WORDS = 5
# What stands between a title and the name of its site; a dash without spaces is part of a word.
_DIVIDED = re.compile(r"\s{1,3}[-–—|•·»]\s{1,3}|\s?\|\s?")
# A field with its name in front: ``Kategori: Dunia``; ``date 2023-11`` with anything behind it.
_LABEL = re.compile(r"(?i)^(?:kategori|rubrik|kanal|jenis media|section|category)\s?:\s?")
_STAMP = re.compile(r"(?i)^(?:date|tanggal)\s?:?\s(?:19|20)\d\d-\d\d(?:-\d\d)?(?![\d-])[\s|,:]*")
_TITLE_LABEL = re.compile(r"(?i)^(?:judul|title|headline) ?: (?=\S)")
_CREDIT = re.compile(r"(?i)^(?:photo|foto|gambar|image|sumber|source)\s?:")
_MARK = re.compile(r"^(?:[•·▪*»›>]\s*|#{1,3}\s(?=\S))")
# Where a title leads, as mails and notes write a link.
_ADDRESS_BEHIND = re.compile(r"(?<=\S)\s<https?://[^\s<>]{4,500}>$")
# An address, with its label or alone.
_LINK_LINE = re.compile(
    r"(?i)(?:(?:link|url|tautan|sumber|source)\s?:\s?)?(?:https?://|www\.)\S{4,500}"
)
_EMPHASIS = re.compile(r"(?P<mark>\*{1,2}|__?)(?P<text>[^\s*_][^*_]*[^\s*_])(?P=mark)")
# A site's greeting, its offers and its doors.
_SITE_LINE = re.compile(
    r"(?i)^(?:selamat datang di\b.{2,60}(?<![.!?])|nyaman tanpa iklan\b.{0,60}"
    r"|lupa (?:kata sandi|password)\b.{0,40}|(?:belum|sudah) (?:punya|memiliki) akun\b.{0,40}"
    r"|(?:langganan|berlangganan) (?:sekarang|di sini)|konfirmasi email|kirimkan lagi sekarang"
    r"|kami telah mengirimkan link aktivasi\b.{0,80}|klik link aktivasi\b.{0,120}"
    r"|jika anda tidak menerima email,?|(?:atau )?(?:masuk|daftar|log ?in)(?: melalui| dengan)?"
    r"|(?:hal(?:aman)?|page)\.? \d{1,3}(?: ?(?:dari|of|/) ?\d{1,3})?"
    r"|skip to (?:main )?content|(?:langsung|lompat|loncat) ke (?:isi|konten)(?: utama)?"
    r"|sign in|menu|cari|search|[^\w]*(?:breaking news|stop press|berita terkini|info terkini"
    r"|kabar terkini|sekilas info|headline news)[^\w]*"
    r"|(?:view|read) this (?:e?mail|message|newsletter) in (?:your|a) browser"
    r"|(?:lihat|buka|baca) (?:e?mail|pesan|buletin) ini di (?:browser|peramban)(?: anda)?)$"
)
_SLOGAN_WORDS = 4
_LEAST_TITLE_WORDS = 4  # of what stands behind a stamp
_FEW = 2  # words in capital letters that may be a name
_ENDS = frozenset('.!?…:;,"”')
_SLUG_WORD = re.compile(r"[a-z0-9]+")
# Slug words that number or type a page and say nothing about it.
_SLUG_NOISE = frozenset({"html", "htm", "amp", "read", "index", "page", "singlepage", "article"})


def usable_line(text: str) -> bool:
    """Whether a text's first line can be its title: letters, and not a scraper's ``No Title``."""
    return usable_title(text) and any(c.isalpha() for c in text)


def usable_title(text: str) -> bool:
    """Whether a title field says something, if only digits or emoji, and is no placeholder."""
    says = any(c.isalnum() or unicodedata.category(c) == "So" for c in text)
    return says and squash(text) not in _PLACEHOLDERS


def bare_line(text: str) -> str:
    """A line without the mark of a list, the stamp and the name of a field in front of it.

    Nor with marks of emphasis around all of it, as chats have them: ``*Judul*``, ``**Judul**``.
    """
    if whole := _EMPHASIS.fullmatch(text):
        return whole["text"]
    return _ADDRESS_BEHIND.sub("", _TITLE_LABEL.sub("", _STAMP.sub("", _MARK.sub("", text))))


def is_link_line(text: str) -> bool:
    """Whether a line is an address and nothing else."""
    return _LINK_LINE.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line can only be of the page around an article: ``• News``, ``date 2023-11 Iklan``.

    A line of sections without any mark of being one (``Dunia``) is left to ``names_sections``.
    """
    bare = bare_line(text)
    if _SITE_LINE.match(bare):
        return True
    if _STAMP.match(_MARK.sub("", text)):
        few = len(bare.split()) < _LEAST_TITLE_WORDS
        return few or bool(_CREDIT.match(bare)) or names_sections(bare)
    listed = bare != text or _LABEL.match(bare) or squash(bare).startswith(("home", "beranda"))
    if listed and names_sections(_LABEL.sub("", bare)):
        return True
    return names_sections(bare) and not _ADVERTISING.isdisjoint(_words(bare))


def is_slogan(text: str, below: str) -> bool:
    """Whether a few words above a line that is of the page can only be the site's own slogan."""
    return len(text.split()) <= _SLOGAN_WORDS and text[-1] not in '.?!:"”' and is_furniture(below)


def names_sections(text: str) -> bool:
    """Whether a line holds nothing but names of sections: ``HOME NEWS INTERNATIONAL``."""
    words = _words(text)
    return 0 < len(words) <= _SECTION_WORDS and words <= _SECTIONS | _ADVERTISING


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def without_outlet(title: str, names: frozenset[str]) -> str:
    """A title without the outlet: ``Taman Baru - Kompas.com``, ``Kompas.com: Taman``.

    ``names``: squashed names of outlets and of the page's own source. What is no such name stays,
    whatever divides it from the rest.
    """
    before, _, after = title.partition(": ")
    if squash(before) in names and after:
        title = after
    first = _DIVIDED.search(title)
    if first and squash(title[: first.start()]) in names:
        title = title[first.end() :]
    for _ in range(2):
        last = next(reversed(list(_DIVIDED.finditer(title))), None)
        if last is None or not _names_outlet(title[last.end() :], names):
            break
        title = title[: last.start()]
    return title


def stands_in_two_lines(title: str, first: str, second: str) -> bool:
    """Whether two lines are together what an editor's ``title`` corrects, and neither is alone."""
    wanted = squash(title)
    alone, both = (
        SequenceMatcher(None, squash(text), wanted).ratio() for text in (first, first + second)
    )
    return both >= SAME_TITLE and both > alone


def goes_on(first: str, second: str, *, dated: bool) -> bool:
    """Whether a title that was broken at a width can only go on in the second line.

    ``dated``: the date stands below that; between a title and a date there may be a sentence.
    """
    if not first or not second or second[-1] in '.!?…:;"”' or len(second) > len(first):
        return False
    if first[-1] == "," or second[0].islower():
        return True
    words = second.split()
    small = load_function_words()
    return (
        dated and len(words) > 1 and all(word in small or not word[0].islower() for word in words)
    )


def is_one_title(first: str, second: str) -> bool:
    """Whether two lines without a date can only be one title that was broken at a width.

    Both in capital letters, or one leads on to the other: "Bantuan Untuk", "Di Tepi Sungai". Two
    clauses may as well be a title and what it is explained by.
    """
    words = first.split(), second.split()
    if not (len(words[0]) >= _LEAST_TITLE_WORDS and 1 < len(words[1]) <= len(words[0])):
        return False
    if first[-1] in _ENDS or second[-1] in _ENDS or any(map(str.isdigit, second)):
        return False
    small = load_function_words()
    if not all(word in small or not word[0].islower() for line in words for word in line):
        return False
    leads_on = {words[0][-1].casefold(), words[1][0].casefold()} & small
    return bool(leads_on) or (first.isupper() and second.isupper() and len(words[1]) > _FEW)


def _names_outlet(text: str, names: frozenset[str]) -> bool:
    """An outlet's name, alone or with sections behind it: ``Kompas.com Nasional``."""
    parts = text.split()
    return any(
        squash(" ".join(parts[:count])) in names
        and (count == len(parts) or names_sections(" ".join(parts[count:])))
        for count in range(1, len(parts) + 1)
    )


def shortened_title(text: str) -> str:
    """A title from a metadata field: as it is, or cut if it is far too long to be one."""
    line = one_line(text)
    return line if len(line) <= TITLE_LIMIT else title_from_sentence(line)


def title_from_sentence(paragraph: str) -> str:
    """The first sentence of a text, cut at a word where it is long."""
    sentences = whole_sentences(paragraph[:2000])
    sentence = next((one for one in sentences if squash(one)), paragraph)
    if len(sentence) <= MADE_TITLE_LIMIT:
        return sentence.rstrip(".")
    return sentence[:MADE_TITLE_LIMIT].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"


def title_from_slug(url: str, path: str) -> str | None:
    """A title rebuilt from the words of a URL or a file name, if it holds at least five."""
    for place in (path_of(url), path):
        stem = PurePosixPath(place.rstrip("/")).stem.lower()
        words = [
            word
            for word in _SLUG_WORD.findall(stem)
            if word not in _SLUG_NOISE and not re.fullmatch(r"\d{4,}|[0-9a-f]{12,}", word)
        ]
        if sum(word.isalpha() for word in words) >= 5:
            return " ".join(words).capitalize()
    return None

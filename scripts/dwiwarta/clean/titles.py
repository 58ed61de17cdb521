"""What can be a title, and titles made where a page has none."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from dwiwarta.clean.paragraphs import whole_sentences
from dwiwarta.text import one_line, squash

# Longer "titles" are a paragraph that a scraper put into the wrong field.
TITLE_LIMIT = 250
# What a made title is cut to: two lines on a page.
MADE_TITLE_LIMIT = 120

_PLACEHOLDERS = frozenset(
    {"notitle", "untitled", "title", "judul", "tanpajudul", "tidakditemukan", "none", "null", "nan"}
)
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


def without_outlet(title: str, names: frozenset[str]) -> str:
    """A page's ``<title>`` without the outlet: ``Taman Baru - Kompas.com``, ``Kompas.com: Taman``.

    ``names``: squashed names of outlets.
    """
    before, _, after = title.partition(": ")
    if squash(before) in names and after:
        title = after
    for _ in range(2):
        parts = re.split(r"\s+[-–—|]\s+", title)
        if len(parts) < 2 or not _names_outlet(parts[-1], names):
            break
        title = title[: title.rindex(parts[-1])].rstrip(" -–—|")
    return title


def _names_outlet(text: str, names: frozenset[str]) -> bool:
    words = text.split()
    return len(words) <= 4 and any(
        squash(" ".join(words[:count])) in names for count in range(1, len(words) + 1)
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
    for place in (urlsplit(url).path if "://" in url else "", path):
        stem = PurePosixPath(place.rstrip("/")).stem.lower()
        words = [
            word
            for word in _SLUG_WORD.findall(stem)
            if word not in _SLUG_NOISE and not re.fullmatch(r"\d{4,}|[0-9a-f]{12,}", word)
        ]
        if sum(word.isalpha() for word in words) >= 5:
            return " ".join(words).capitalize()
    return None

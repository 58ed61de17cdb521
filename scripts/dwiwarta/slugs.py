"""Names of article pages: readable, safe in paths and URLs, and never two alike."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from slugify import slugify

from dwiwarta.model import Article, Published, SourceRef

MAX_TITLE_CHARS = 80  # whole words up to here; with the date, still short of 100
MAX_CHARS = 150  # of an address that an editor chose; names of folders have 255 bytes at most
RESERVED = {"index", "readme"}  # MkDocs makes these the page of their folder


def unique_slugs(articles: Sequence[Article]) -> dict[SourceRef, str]:
    """A slug for every article: date and title, ``2023-11-09-hubungan-militer-rusia-…``.

    Articles that would share a name, and those whose title gives none (only emoji, say), get a
    digest of where they came from added, so that no name depends on the order of the files.
    """
    return distinct({one.ref: readable_slug(one.title, one.published) for one in articles})


def distinct(wanted: Mapping[SourceRef, str]) -> dict[SourceRef, str]:
    """``unique_slugs`` from the ``readable_slug`` of each article."""
    count = Counter(wanted.values())
    slugs = {}
    for ref, slug in wanted.items():
        name = slug
        if not slug or slug in RESERVED or count[slug] > 1:
            # A title may look just like the name that another article gets: then a longer digest.
            names = (_with_digest(slug, ref, digits) for digits in range(8, 65, 8))
            name = next(name for name in names if name not in count)
        slugs[ref] = name
    return slugs


def readable_slug(title: str, published: Published | None) -> str:
    """Date and title as a slug, "" if the title gives no letters. Others may have the same."""
    name: str = slugify(title, max_length=MAX_TITLE_CHARS, word_boundary=True)
    if not name:
        return ""
    return f"{published.day.isoformat()}-{name}" if published else name


def as_slug(text: str) -> str:
    """What an editor wants as the last part of an address; "" if it cannot be one."""
    name: str = slugify(text[:1000])
    return name if len(name) <= MAX_CHARS and name not in RESERVED else ""


def _with_digest(slug: str, ref: SourceRef, digits: int) -> str:
    digest = hashlib.sha256(ref.key.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
    return f"{slug or 'article'}-{digest}"

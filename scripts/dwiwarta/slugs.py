"""Names of article pages: readable, safe in paths and URLs, and never two alike."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from slugify import slugify

from dwiwarta.model import Published, SourceRef

MAX_TITLE_CHARS = 80  # whole words up to here; with the date, still short of 100
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_CHARS = 200  # with the digest of one that is not readable
MAX_CHARS = 150  # of an address that an editor chose; names of folders have 255 bytes at most
RESERVED = {"index", "readme"}  # MkDocs makes these the page of their folder


@dataclass(frozen=True, slots=True)
class KeptAddress:
    """The slug under which an article's page was made first, and earlier ones: its memory's word.

    ``current`` is "" where nothing is kept.
    """

    current: str = ""
    former: tuple[str, ...] = ()


NOT_KEPT = KeptAddress()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of the address of an article with a page.

    ``readable``: date and title; ``kept``: by its memory; ``chosen``: by its editor. ``copies``:
    what is kept of those merged into it, in order.
    """

    readable: str
    kept: KeptAddress = NOT_KEPT
    chosen: str = ""
    copies: tuple[KeptAddress, ...] = ()

    @property
    def claim(self) -> str:
        """The address that it has or is to have, "" if it has none yet.

        A page stays where it was when a longer copy takes its place.
        """
        inherited = (copy.current for copy in self.copies if copy.current)
        return self.chosen or self.kept.current or next(inherited, "")

    @property
    def former(self) -> tuple[str, ...]:
        """Where readers may still look for it."""
        copies = (old for copy in self.copies for old in (copy.current, *copy.former))
        found = (self.kept.current, *self.kept.former, *copies)
        return tuple(dict.fromkeys(filter(None, found)))


@dataclass(frozen=True, slots=True)
class Addresses:
    """``slugs`` of all pages; ``moved``: earlier ones, with the page that each leads to.

    ``refused``: articles that cannot have the address they claim, with the one that has it.
    """

    slugs: Mapping[SourceRef, str]
    moved: Mapping[str, SourceRef]
    refused: Mapping[SourceRef, SourceRef]


def settle(wishes: Mapping[SourceRef, Wish]) -> Addresses:
    """Give each page its address: an article that has one keeps it, others get a readable one.

    Of two that claim the same it goes to the one that had it, then to the first by reference.
    """
    taken: dict[str, SourceRef] = {}
    refused: dict[SourceRef, SourceRef] = {}
    claims = [(wish.claim != wish.kept.current, ref) for ref, wish in wishes.items() if wish.claim]
    for _, ref in sorted(claims):
        wish = wishes[ref]
        for slug in (wish.claim, wish.kept.current):
            if slug and taken.setdefault(slug, ref) == ref:
                break
            if slug == wish.claim:
                refused[ref] = taken[slug]
    slugs = {ref: slug for slug, ref in taken.items()}
    moved: dict[str, SourceRef] = {}
    for ref in sorted(wishes):
        for old in wishes[ref].former:
            if old not in taken:
                moved.setdefault(old, ref)
    readable = {ref: wish.readable for ref, wish in wishes.items() if ref not in slugs}
    slugs |= distinct(readable, taken.keys() | moved.keys())
    return Addresses({ref: slugs[ref] for ref in wishes}, moved, refused)


def is_slug(text: str) -> bool:
    """Whether a text may be the last part of an address as it stands."""
    return bool(_SLUG.fullmatch(text)) and len(text) <= _MOST_CHARS and text not in RESERVED


def distinct(wanted: Mapping[SourceRef, str], taken: Collection[str] = ()) -> dict[SourceRef, str]:
    """A name for every article from its ``readable_slug``; none is one of ``taken``.

    Articles that would share a name, and those whose title gives none (only emoji, say), get a
    digest of where they came from added, so that no name depends on the order of the files.
    """
    count = Counter([*wanted.values(), *taken])
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
    """Date and title as a slug, ``2023-11-09-hubungan-militer-rusia-…``.

    It is "" if the title gives no letters. Others may have the same.
    """
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

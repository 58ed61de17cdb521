"""``lexicon/partners.js``: which English words stand for roots, learnt from articles of the site.

It is worked out from a sample, so that it neither costs more nor changes more often as the site
grows: all articles up to ``MOST`` of them, beyond that those whose names begin with the most zeros
by their hash. Which they are depends on nothing but the set of articles. An article outside the
sample changes nothing.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page, Summary
from dwiwarta.render.lexicon import inputs
from dwiwarta.render.summary import Library
from dwiwarta.words.partners import learn_partners, partners_file

MOST = 512  # articles of the sample
PATH = "lexicon/partners.js"


def partner_page(summaries: Iterable[Summary], library: Library) -> Page:
    """The file. ``library`` is asked for counts of the sample when it is made."""
    by_slug = {one.slug: one for one in summaries}
    chosen = partner_sample(sorted(by_slug))
    digest = digest_of("partners", inputs(), *(f"{slug} {by_slug[slug].page}" for slug in chosen))
    return Page(PATH, digest, partial(_render, chosen, library))


def partner_sample(slugs: Iterable[str]) -> tuple[str, ...]:
    """The articles that partners are learnt from: at most ``MOST`` of some, in the same order."""
    chosen, bits = tuple(slugs), 0
    while len(chosen) > MOST:
        bits += 1
        chosen = tuple(slug for slug in chosen if _number(slug) % (1 << bits) == 0)
    return chosen


def _number(slug: str) -> int:
    return int.from_bytes(sha256(slug.encode()).digest()[:8])


def _render(slugs: Sequence[str], library: Library) -> bytes:
    sentences = (one for slug in slugs for one in library.unmatched(slug))
    return partners_file(learn_partners(sentences))

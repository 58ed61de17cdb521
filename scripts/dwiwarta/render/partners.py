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
    chosen = sample(sorted(summaries, key=lambda one: one.slug))
    digest = digest_of("partners", inputs(), *(f"{one.slug} {one.page}" for one in chosen))
    return Page(PATH, digest, partial(_render, tuple(one.slug for one in chosen), library))


def sample(summaries: Sequence[Summary]) -> Sequence[Summary]:
    """At most ``MOST`` of them, in the same order."""
    chosen, bits = summaries, 0
    while len(chosen) > MOST:
        bits += 1
        chosen = [one for one in chosen if _number(one.slug) % (1 << bits) == 0]
    return chosen


def _number(slug: str) -> int:
    return int.from_bytes(sha256(slug.encode()).digest()[:8])


def _render(slugs: Sequence[str], library: Library) -> bytes:
    sentences = (one for slug in slugs for one in library.unmatched(slug))
    return partners_file(learn_partners(sentences))

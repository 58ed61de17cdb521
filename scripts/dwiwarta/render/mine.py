"""The page of what a reader keeps on the own device; the scripts of ``docs/assets/`` fill it."""

from collections.abc import Sequence

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_
from dwiwarta.model import Page, Summary
from dwiwarta.render.overview import overview_page
from dwiwarta.settings import Project

MINE = "mine/"
MY_WORDS = "mine/words/"
RECENT = f"{MINE}recent.js"
# Articles that a visit can be told apart by; docs/assets/shown.js has the number too.
RECENT_SHOWN = 300
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE = 7  # digits that hold 32 bits


def mine_page(project: Project, shared: str) -> Page:
    """``mine/index.md``; it depends on no article."""
    return overview_page(
        MINE,
        N_("Yours"),
        N_("What this site keeps for you, on your device alone."),
        "mine.html.j2",
        lambda: {"books": project.settings.site.books},
        project,
        digest_of("mine", shared),
        layout="mine",
    )


def my_words_page(project: Project, shared: str) -> Page:
    """``mine/words/index.md``: the words that a reader keeps. It depends on no article."""
    return overview_page(
        MY_WORDS,
        N_("Your words"),
        N_("The Indonesian words that you keep, on your device alone."),
        "my_words.html.j2",
        dict,
        project,
        digest_of("my words", shared),
        layout="words",
    )


def recent_page(ordered: Sequence[Summary]) -> Page:
    """``mine/recent.js``: the newest articles, by which browsers find what they have not met.

    Codes instead of addresses, as a reader's browser keeps those of the last visit: some 2 KB.
    ``ordered``: newest first.
    """
    codes = "".join(code(one.slug) for one in ordered[:RECENT_SHOWN])
    return Page(RECENT, digest_of("recent", codes), lambda: f'dwRecent="{codes}";\n'.encode())


def code(slug: str) -> str:
    """The 32-bit FNV-1a hash of a slug (RFC 9923) in seven digits, as ``docs/assets/shown.js`` has.

    Two of 300 are the same once in 100,000 sites.
    """
    value = 0x811C9DC5
    for byte in slug.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    digits = []
    for _ in range(_CODE):
        value, digit = divmod(value, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))

"""The page of what a reader keeps on the own device; the scripts of ``docs/assets/`` fill it."""

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_
from dwiwarta.model import Page
from dwiwarta.render.overview import overview_page
from dwiwarta.settings import Project

MINE = "mine/"
MY_WORDS = "mine/words/"


def mine_page(project: Project, shared: str) -> Page:
    """``mine/index.md``; it depends on no article."""
    return overview_page(
        MINE,
        N_("Yours"),
        N_("What this site keeps for you, on your device alone."),
        "mine.html.j2",
        dict,
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

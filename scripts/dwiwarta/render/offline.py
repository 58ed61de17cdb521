"""What a reader has without network: the page that lists it, the newest articles, the manifest.

The service worker (``docs/assets/offline/worker.js``) keeps pages on the reader's device.
``offline/newest.json`` tells it what to fetch before anybody has asked for it: the newest articles,
the very newest last, each with a mark that is another when its text is, then without a mark the
reader's own pages and what says what words mean: ``[["article/…/", "9f86d081884c"], ["mine/", ""],
…]``. All addresses are relative, so that the site may lie in any folder of its host.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_, gettext, spoken
from dwiwarta.kinds import PACKAGE_FILES, WORD_FILES
from dwiwarta.model import Page, Summary
from dwiwarta.render.lexicon import WHOLE
from dwiwarta.render.lists import search_page
from dwiwarta.render.overview import overview_page
from dwiwarta.render.summary import Library
from dwiwarta.render.views import article_url
from dwiwarta.settings import Project

NEWEST = 20
FOLDER = "offline/"
LOGO = "assets/logo.svg"
# What docs/assets/palette.css has: the paper, and the colour of the Indonesian side.
PAPER, COLOUR = "#fcfaf6", "#9c2328"
_MARK_CHARS = 12
# As useful without network, beside the search: what can be found is not kept, what was found is.
_PAGES = ("mine/", "mine/words/")
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


def offline_pages(
    ordered: Sequence[Summary], library: Library, project: Project, shared: str
) -> Iterator[Page]:
    """All of them; the articles come newest first."""
    # What is kept last stands first in the list of what is kept, and is the last to go.
    newest = [(one.slug, one.page) for one in reversed(ordered[:NEWEST])]

    def listed() -> bytes:
        marks = [
            [article_url(slug), digest_of(repr(library.entry(slug).text))[:_MARK_CHARS]]
            for slug, _ in newest
        ]
        lexicon = (f"lexicon/{name}.js" for name in (*WHOLE, "partners"))
        scripts = (*(f"words/{name}" for name in WORD_FILES), *PACKAGE_FILES)
        words = (f"assets/{path}" for path in scripts)
        return _json([*marks, *([path, ""] for path in (*_PAGES, search_page(), *lexicon, *words))])

    def manifest() -> bytes:
        return _json(_manifest(project))

    yield Page(f"{FOLDER}newest.json", digest_of("newest", shared, repr(newest)), listed)
    yield Page("manifest.json", digest_of("manifest", shared), manifest)
    yield overview_page(
        FOLDER,
        N_("Without network"),
        N_("What is kept on this device and can be read without network."),
        "offline.html.j2",
        dict,
        project,
        digest_of("offline", shared),
        layout="offline",
    )


def _manifest(project: Project) -> dict[str, object]:
    """The web app manifest (https://www.w3.org/TR/appmanifest/).

    Chromium offers to install a site whose icon is an SVG of ``any`` size, or at least 144 pixels
    wide; of a picture made of pixels, only the browser knows how many.
    """
    site = project.settings.site
    logo = site.logo or LOGO
    icon = {"src": logo, "sizes": "any", "purpose": "any"}
    if kind := _KINDS.get(PurePosixPath(logo).suffix):
        icon["type"] = kind
    return {
        "id": "./",
        "name": project.site_name,
        "description": site.motto or gettext("Indonesian news with the English beside it."),
        "lang": spoken(),
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": site.colours.indonesian or COLOUR,
        "categories": ["news"],
        "icons": [icon],
    }


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()

"""The kinds of generated pages: where each lies, and which styles it needs.

Render writes by this list, and site publishes by it.

What else has to know this is held to it by ``tests/unit/test_kinds.py``: ``.gitignore``, ``make
clean`` and the navigation in ``mkdocs.yml``.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of generated files. ``folder`` below ``docs/`` is the build's alone; "" for those
    kinds whose ``files`` lie at the top. ``in_nav``: its pages that the navigation names.
    ``static``: a pattern of its files that are no pages; what else lies there, a person has put.
    """

    name: str
    folder: str = ""
    files: tuple[str, ...] = ()
    in_nav: tuple[str, ...] = ()
    static: str = r".*"


KINDS = (
    Kind("home", files=("index.md",), in_nav=("index.md",)),
    Kind("article", folder="article"),
    Kind("archive", folder="archive"),
    Kind("story", folder="story"),
    Kind("country", folder="country", in_nav=("country/index.md",)),
    Kind("topic", folder="topic", in_nav=("topic/index.md",)),
    Kind("quality", folder="quality"),
    # What readers and programs outside fetch; index.md lists it.
    Kind(
        "feed",
        folder="feed",
        static=r"(all|(country|topic|source)/[a-z0-9-]+)\.(xml|json)|feeds\.opml",
    ),
    Kind(
        "book",
        folder="book",
        static=r"(latest|day-\d{4}-\d\d-\d\d|week-\d{4}-\d\d)\.epub|catalog\.xml",
    ),
    # What old addresses of lists lead to: static files, no pages of the theme.
    Kind("moved", folder="page"),
    Kind("sitemap", folder="sitemap", files=("sitemap.xml",)),
    # Written by the search, which also looks after what is stale in there.
    Kind("search", folder="search"),
)

# The layouts that the theme knows, with their style sheets below docs/, in order; those of every
# page are in mkdocs.yml.
LAYOUTS = {
    "home": ("assets/items.css", "assets/lists.css"),
    "list": ("assets/items.css", "assets/lists.css"),
    "index": ("assets/items.css", "assets/lists.css", "assets/map.css"),
    "article": (
        "assets/items.css",
        "assets/article.css",
        "assets/text.css",
        "assets/labels.css",
    ),
    "story": ("assets/items.css", "assets/lists.css", "assets/story.css"),
    "quality": ("assets/items.css", "assets/lists.css", "assets/quality.css"),
}

GENERATED_FOLDERS = tuple(sorted(kind.folder for kind in KINDS if kind.folder))
GENERATED_FILES = tuple(sorted(name for kind in KINDS for name in kind.files))


_STATIC = {kind.folder: re.compile(kind.static) for kind in KINDS if kind.folder}


def may_be_generated(path: str) -> bool:
    """Whether a file in a generated folder that is no page has a name as the build gives."""
    folder, _, name = path.partition("/")
    return _STATIC[folder].fullmatch(name) is not None


def is_generated(path: str) -> bool:
    """Whether a file belongs to the build. ``path``: POSIX path below ``docs/``."""
    folder, slash, _ = path.partition("/")
    return folder in GENERATED_FOLDERS if slash else path in GENERATED_FILES

"""The kinds of generated pages: where each lies, and which styles and scripts it needs.

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
        static=r"(latest|day-\d{4}-\d\d-\d\d|week-\d{4}-\d\d|story/[a-z0-9-]+)\.epub|catalog\.xml",
    ),
    # Pictures for links, as networks show them.
    Kind("social", folder="social", static=r"(article|story)/[a-z0-9-]+\.png"),
    # What readers keep on their own devices is shown there.
    Kind("mine", folder="mine", static=r"recent\.js"),
    # Styles and scripts, put together from those in assets/.
    Kind("bundle", folder="bundle", static=r"[a-z]+\.(css|js)"),
    # What words mean, for readers who ask.
    Kind("lexicon", folder="lexicon", static=r"[a-z]+(-[a-z]+)?\.js"),
    # What can be read without network, and what makes the site an app.
    Kind(
        "offline",
        folder="offline",
        files=("sw.js", "manifest.json"),
        static=r"newest\.json",
    ),
    # What old addresses of lists lead to: static files, no pages of the theme.
    Kind("moved", folder="page"),
    Kind("sitemap", folder="sitemap", files=("sitemap.xml",)),
    # Written by the search, which also looks after what is stale in there.
    Kind("search", folder="search"),
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The one style sheet and the one script of a kind of page, ``bundle/<name>.css`` and ``.js``.

    ``styles``, ``scripts``: the parts in ``docs/assets/`` that are its own. ``material``: whether
    Material's styles come first, as pages made of Markdown need them.
    """

    styles: tuple[str, ...]
    scripts: tuple[str, ...] = ()
    material: bool = False

    @property
    def all_styles(self) -> tuple[str, ...]:
        """With those of every page around them."""
        ground = ("fonts", "palette") if self.material else ("ground", "fonts", "palette")
        return (*ground, "base", "frame", "search", *self.styles, "print")

    @property
    def all_scripts(self) -> tuple[str, ...]:
        """With those of every page before them."""
        return ("device", "page", "visits", "mute", "search", *self.scripts)


BUNDLES = {
    "article": Bundle(
        ("items", "article", "text", "labels", "share"),
        ("saved", "share", "aloud", "place", "reader", "read", "word"),
    ),
    "index": Bundle(("items", "lists", "map", "charts"), ("saved", "saved-marks", "lists")),
    "lists": Bundle(
        ("items", "lists", "charts", "home", "shown"), ("saved", "saved-marks", "shown")
    ),
    "mine": Bundle(
        ("items", "lists", "mine", "saved-list"),
        ("saved", "saved-list", "kept", "mine", "muted-list"),
    ),
    "words": Bundle(("items", "lists", "mine", "my-words"), ("my-words",)),
    "offline": Bundle(("items", "lists", "offline-list"), ("kept", "offline-list")),
    "prose": Bundle(("prose",), ("prose",), material=True),
    "quality": Bundle(("items", "lists", "quality")),
    "story": Bundle(
        ("items", "lists", "story", "shown"), ("saved", "saved-marks", "shown", "passages", "word")
    ),
}
# Which of them each layout takes that the theme knows; pages written by hand take "prose".
LAYOUTS = {
    "home": "lists",
    "list": "lists",
    "index": "index",
    "article": "article",
    "offline": "offline",
    "story": "story",
    "quality": "quality",
    "mine": "mine",
    "words": "words",
}

# Scripts and styles in docs/assets/words/, fetched when somebody asks for a word, or kept for that.
WORD_FILES = (
    *("align.js", "analyser.js", "files.js", "gist.js", "here.js", "keep.js", "known.js"),
    *("learn.css", "learn.js", "lexicon.js", "line.js", "more.css", "named.js", "names.js"),
    *("newspaper.js", "open.js", "others.js", "partner.js", "place.js", "popup.css", "popup.js"),
    *("sentence.js", "sieve.js", "unknown.js"),
)

# Scripts in docs/assets/ that make a package of Anki of a reader's words.
PACKAGE_FILES = ("anki/checksum.js", "anki/package.js", "anki/sqlite.js", "files/zip.js")

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

"""What else decides about a result than its inputs: our code, what it knows, and the libraries."""

import sys
import unicodedata
from contextlib import AbstractContextManager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dwiwarta.cache import Cache
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.kept import keeping
from dwiwarta.knowledge.overlays import overlay_digests, remembered

PACKAGE = Path(__file__).resolve().parents[1]
KNOWN = "known"  # the cache's table of what was made of our knowledge

# Libraries through which texts go on their way to a page.
_LIBRARIES = (
    *("ahocorasick-rs", "babel", "charset-normalizer", "ftfy", "jinja2", "lxml", "markdown"),
    *("markdown-it-py", "markupsafe", "mdit-py-plugins", "mkdocs", "mkdocs-material", "openpyxl"),
    *("polib", "pydantic", "python-slugify", "pyyaml", "rensa", "sentencex", "trafilatura"),
)

# What draws pictures; no text goes through it (render/social asks for its version).
_OF_PICTURES = "resvg-py"

# Which parts of the package, by the beginnings of their paths, say nothing about a result.
_AFTER_ARTICLES = ("cli.py", "commands/", "quality.py", "render/", "search/", "site/", "translate/")
# English, its figures and what pages show of it do not ask how an article came to be.
_BESIDE_STORIES = ("clean/", "cli.py", "commands/", "dedupe/", "read/", "site/", "tag/")
_NEVER = (
    "knowledge/learned/phrases.yml",
    "lock.py",
    "trees.py",
    *(f"pipeline/{n}.py" for n in ("last_build", "run", "summary")),
)
_OF_GLOSSARY = ("knowledge/gate.yml", "knowledge/glossary.py", "knowledge/glossary.yml")
# How words are found and what they mean is for pages alone.
_OF_WORDS = (
    *("knowledge/affixes.yml", "knowledge/alignment.yml", "knowledge/lexicon"),
    *("knowledge/function_words.py", "knowledge/function_words.yml", "knowledge/newspaper.yml"),
    *("knowledge/learned/frequent_roots.yml", "knowledge/search.yml"),
    "words/",
)


def all_code() -> str:
    """The digest of everything: of what pages and indexes are made with."""
    return _digest(())


def site_code() -> str:
    """The digest of everything, with what draws pictures: no article goes through that."""
    return digest_of(all_code(), _version(_OF_PICTURES))


def article_code() -> str:
    """The digest of what reads, cleans, compares and tags an article."""
    return _digest((*_AFTER_ARTICLES, *_OF_GLOSSARY, *_OF_WORDS, *_NEVER))


def story_code() -> str:
    """The digest of what finds the English of an article."""
    return _digest((*_BESIDE_STORIES, *_OF_WORDS, *_NEVER, "quality.py", "render/", "search/"))


def page_code() -> str:
    """The digest of what makes of an article what pages and the search index show."""
    return _digest((*_BESIDE_STORIES, *_NEVER))


def knowledge_kept(cache: Cache) -> AbstractContextManager[None]:
    """Keep in the cache what stages make of our knowledge, as long as it and our code stay."""
    code = all_code()

    def get(name: str, key: str) -> bytes | None:
        return cache.get(KNOWN, name, digest_of(code, key))

    def put(name: str, key: str, data: bytes) -> None:
        cache.put(KNOWN, {name: (digest_of(code, key), data)})

    return keeping(get, put)


def code_is_as_read() -> bool:
    """Whether our code and knowledge on the disk are still those that this process works with."""
    now = Tree(PACKAGE, skip=("__pycache__",))
    now.refresh()
    return now.digest() == _package().digest()


@remembered
def _digest(without: tuple[str, ...]) -> str:
    """Over the files of the package and the site's own knowledge, which counts as the program's."""
    tree = _package()
    files = sorted(path for path in tree.files if not path.startswith(without))
    contents = [f"{path}\0{tree.contents(path)}" for path in files]
    for name, digest in overlay_digests().items():
        if not f"knowledge/{name}".startswith(without):
            contents.append(f"own {name}\0{digest}")
    return digest_of(_environment(), *contents)


@cache
def _package() -> Tree:
    tree = Tree(PACKAGE, skip=("__pycache__",))
    tree.refresh()
    return tree


@cache
def _environment() -> str:
    versions = [f"{name} {_version(name)}" for name in _LIBRARIES]
    return " ".join([sys.version, unicodedata.unidata_version, *versions])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

"""The search index: Pagefind over the articles' own text, an index for each language.

Two indexes because Pagefind stems a page by its one language; ``docs/assets/search/`` joins them
in the reader's browser. They are written below ``docs/search/``, so that MkDocs copies them like
any other file and plain ``mkdocs serve`` serves them too.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from dwiwarta.files import refuse_link, remove_leftovers, write_if_changed
from dwiwarta.model import Entry
from dwiwarta.settings import Project
from dwiwarta.site.pagefind import make_index
from dwiwarta.site.places import SEARCH_FOLDER, site_error
from dwiwarta.site.search_pages import LANGUAGES, facet_values, search_pages
from dwiwarta.site.stamp import digest_files, is_current, write_stamp

# Pagefind's ready-made interfaces; ours is in docs/assets/search/.
UNUSED = (
    "pagefind-component-ui.css",
    "pagefind-component-ui.js",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
    "wasm.unknown.pagefind",
)
ABOUT = "about.json"
ENTRY = "pagefind-entry.json"  # where a search begins


def index_search(entries: Sequence[Entry], project: Project) -> int:
    """Bring ``docs/search/`` up to date; returns how many articles can be found.

    A language whose texts have not changed since the last build is left alone; so is what no
    entry has text in. Only one build may do this at a time. Raises ``SiteError`` with Pagefind's
    words, or those of the disk, if it fails; then a search still finds what it found before.
    """
    try:
        return _index_search(entries, project)
    except OSError as error:
        raise site_error(error, project.docs_dir / SEARCH_FOLDER) from error


def _index_search(entries: Sequence[Entry], project: Project) -> int:
    target = project.docs_dir / SEARCH_FOLDER
    state = project.cache_dir / "search"
    for place in (target, state):
        refuse_link(place, project.root)
    _remove_abandoned(target, state)
    present: list[str] = []
    for language in LANGUAGES:
        pages = search_pages(entries, language)
        if pages:
            _update(pages, language, target / language, state)
            if (target / language / ENTRY).exists():  # not where no page has a word in it
                present.append(language)
        else:
            _remove_others(target / language, ())
    countries, topics = facet_values(entries)
    about = {
        "languages": present,
        "countries": [asdict(value) for value in countries],
        "topics": [asdict(value) for value in topics],
    }
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":")) + "\n"
    write_if_changed(target / ABOUT, text.encode(), below=target)
    return len(entries)


def _update(pages: Mapping[str, str], language: str, target: Path, state: Path) -> None:
    """Index ``pages`` into ``target`` unless it holds just that already."""
    stamp = _stamp(state, language)
    wanted = _digest(pages)
    if is_current(stamp, wanted, target):
        return
    state.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=state, prefix=f"{language}-") as empty:
        files = make_index(pages, language, Path(empty))
    files = {name: data for name, data in files.items() if name not in UNUSED}
    # The entry names the files that it needs, and those carry a digest of theirs in their names:
    # at every moment the whole old index is there or the whole new one.
    for name in sorted(files, key=lambda name: (name == ENTRY, name)):
        write_if_changed(target / name, files[name], below=target.parent)
    _remove_others(target, files)
    write_stamp(stamp, wanted, digest_files(target.name, files))


def _remove_others(target: Path, files: Container[str]) -> None:
    """Remove what is not of this index, then the folders left empty."""
    refuse_link(target)
    for root, _, names in os.walk(target, topdown=False):
        for name in names:
            file = Path(root) / name
            if file.relative_to(target).as_posix() not in files:
                file.unlink()
        if not any(Path(root).iterdir()):
            Path(root).rmdir()


def _remove_abandoned(target: Path, state: Path) -> None:
    """Remove what killed builds left; nobody else is at work while we are."""
    for folder in state.iterdir() if state.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
    remove_leftovers(target / ABOUT)
    for language in LANGUAGES:
        remove_leftovers(_stamp(state, language))


def _stamp(state: Path, language: str) -> Path:
    return state / f"{language}.stamp"


def _digest(pages: Mapping[str, str]) -> str:
    """Of all that decides what Pagefind writes."""
    digest = hashlib.sha256(f"pagefind {version('pagefind_bin')} {UNUSED}".encode())
    for path, html in sorted(pages.items()):
        for part in (path, html):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()

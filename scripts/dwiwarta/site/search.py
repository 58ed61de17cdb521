"""The search index: Pagefind over the articles' own text, an index for each language.

Two indexes because Pagefind stems a page by its one language; ``docs/assets/search/`` joins them
in the reader's browser. They are written below ``docs/search/``, so that MkDocs copies them like
any other file and plain ``mkdocs serve`` serves them too.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from dwiwarta.errors import SiteError
from dwiwarta.files import write_if_changed
from dwiwarta.model import Entry
from dwiwarta.settings import Project
from dwiwarta.site.search_pages import LANGUAGES, facet_values, search_pages

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
LIMIT_SECONDS = 1800  # measured: about 2 seconds per 1,000 articles and language
OUTPUT_LINES = 12  # of a failed run's output; the cause stands at its end


def index_search(entries: Sequence[Entry], project: Project) -> int:
    """Bring ``docs/search/`` up to date; returns how many articles can be found.

    A language whose texts have not changed since the last build is left alone; so is what no
    entry has text in. Raises ``SiteError`` with Pagefind's words, or those of the disk, if it
    fails; then the index of that language is still the old one.
    """
    try:
        return _index_search(entries, project)
    except OSError as error:
        place = error.filename or project.docs_dir / "search"
        raise SiteError(f"{place}: {error.strerror or error}") from error


def _index_search(entries: Sequence[Entry], project: Project) -> int:
    target = project.docs_dir / "search"
    state = project.cache_dir / "search"
    present: list[str] = []
    for language in LANGUAGES:
        pages = search_pages(entries, language)
        if pages:
            present.append(language)
            _update(pages, language, target / language, state)
        elif (target / language).exists():
            shutil.rmtree(target / language)
    countries, topics = facet_values(entries)
    about = {
        "languages": present,
        "countries": [asdict(value) for value in countries],
        "topics": [asdict(value) for value in topics],
    }
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":")) + "\n"
    write_if_changed(target / "about.json", text.encode())
    return len(entries)


def _update(pages: Mapping[str, str], language: str, target: Path, state: Path) -> None:
    """Index ``pages`` into ``target`` unless it holds just that already."""
    stamp = state / f"{language}.stamp"
    wanted = _digest(pages)
    if _read(stamp) == f"{wanted} {_listing(target)}\n":
        return
    state.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(state)
    with tempfile.TemporaryDirectory(dir=state, prefix=f"{language}-") as name:
        work = Path(name)
        for path, html in pages.items():
            file = work / "pages" / path
            file.parent.mkdir(parents=True)
            file.write_text(html, encoding="utf-8")
        _run_pagefind(work, language)
        for unused in UNUSED:
            (work / "bundle" / unused).unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(work / "old")  # a directory cannot be replaced in one step
        (work / "bundle").rename(target)
    write_if_changed(stamp, f"{wanted} {_listing(target)}\n".encode())


def _remove_abandoned(state: Path) -> None:
    """Remove the work of builds that were killed, recognised by their age."""
    for folder in state.iterdir():
        if folder.is_dir() and time.time() - folder.stat().st_mtime > 2 * LIMIT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _run_pagefind(work: Path, language: str) -> None:
    """Index ``work/pages`` into ``work/bundle``."""
    # Pagefind would also take options from its environment variables and from a settings file in
    # the current folder; neither may decide what we build.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PAGEFIND_") or name == "PAGEFIND_BINARY_PATH"
    }
    command = [sys.executable, "-m", "pagefind", "--site", "pages", "--output-path", "bundle"]
    command += ["--force-language", language, "--quiet"]
    try:
        done = subprocess.run(  # noqa: S603 (our interpreter, constant arguments)
            command,
            cwd=work,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SiteError(f"Pagefind could not index the articles ({language}): {error}") from error
    if done.returncode != 0 or not (work / "bundle" / "pagefind.js").exists():
        words = "\n".join(done.stdout.strip().splitlines()[-OUTPUT_LINES:])
        raise SiteError(
            f"Pagefind could not index the articles ({language}), exit code {done.returncode}:\n"
            f"{words or 'it said nothing'}"
        )


def _digest(pages: Mapping[str, str]) -> str:
    """Of all that decides what Pagefind writes."""
    digest = hashlib.sha256(f"pagefind {version('pagefind_bin')} {UNUSED}".encode())
    for path, html in sorted(pages.items()):
        for part in (path, html):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _listing(folder: Path) -> str:
    """Digest of the names and sizes in a folder: notices a bundle that was touched or lost."""
    lines = sorted(
        f"{path.relative_to(folder).as_posix()} {path.stat().st_size}"
        for path in folder.rglob("*")
        if path.is_file()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None

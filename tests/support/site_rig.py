"""Builds entries into a finished site and serves it over loopback, also under a sub-path."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

import factory
from dwiwarta.interface import speaking
from dwiwarta.model import Entry, State, Tags
from dwiwarta.pipeline import build
from dwiwarta.pipeline.theme import write_theme
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.render import EntryLibrary, lexicon_pages, partner_page, render_pages
from dwiwarta.search import index_entries
from dwiwarta.settings import Project, load_project
from dwiwarta.site import make_site, write_docs
from project_rig import PUBLISHED, make_project

SUB_PATH = "/some/where"
ENTRIES = Path(__file__).parents[1] / "browser" / "entries.yml"


# --- entries --------------------------------------------------------------------------------


def load_entries(path: Path = ENTRIES) -> tuple[Entry, ...]:
    """The entries that a YAML file describes (see the head of ``entries.yml``)."""
    return tuple(make_entry(**one) for one in yaml.safe_load(path.read_text(encoding="utf-8")))


def make_entry(
    slug: str,
    title: Sequence[Any],
    paragraphs: Sequence[Sequence[Any]],
    published: datetime | date | str | None = None,
    source: str | None = None,
    about: str = "",
    mentioned: str = "",
    topics: Sequence[str] = (),
    state: str = "machine",
) -> Entry:
    """An entry with the fields of ``entries.yml``."""
    return factory.entry(
        slug,
        (title[0], title[1]),
        [(indonesian, english) for indonesian, english in paragraphs],
        # YAML itself makes dates, and date-times only of some forms.
        when=datetime.fromisoformat(published) if isinstance(published, str) else published,
        tags=Tags(
            countries=factory.countries(about, mentioned),
            topics=factory.topics(*topics),
        ),
        state=State(state),
        source_name=source,
        source_url=f"https://publisher.example/{slug}" if source else None,
    )


# --- building -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site in a folder and the two addresses under which it is served; both end in "/"."""

    root: Path
    url: str
    sub_url: str


def build_site(
    root: Path, entries: Sequence[Entry], *, language: str = "en", page_size: int = 20
) -> Path:
    """Build ``entries`` in a fresh project at ``root``; returns the folder of the site."""
    project = make_project(root)
    if language != "en" or page_size != 20:
        settings = f"site: {{language: {language}, page_size: {page_size}}}\n"
        (root / "dwiwarta.yml").write_text(settings, "utf-8")
        project = load_project(root)
        write_theme(project)
    with speaking(language):
        return _made(entries, project)


def _made(entries: Sequence[Entry], project: Project) -> Path:
    quality = measure_quality(entries, ())
    library = EntryLibrary(entries)
    partners = partner_page(library.summaries(), library)
    pages = render_pages(entries, project, quality=quality)
    write_docs(pages, project, beside=(*lexicon_pages(project), partners))
    index_entries(entries, project)
    problems = ProblemLog()
    make_site(project, problems)
    assert problems.all == (), problems.lines()
    return project.site_dir


def build_published(root: Path) -> Path:
    """Build the published articles at ``root``, as ``make site`` does and with no engine."""
    project = make_project(root)
    shutil.copytree(PUBLISHED, project.articles_dir)
    build(project, ProblemLog(), lambda _: None, engines=())
    return project.site_dir


# --- serving --------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """Serves the site at the root and below ``SUB_PATH``."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(SUB_PATH))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base names it so)
        """Say nothing: pytest shows what matters."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error."""


@contextmanager
def serve_site(root: Path) -> Iterator[BuiltSite]:
    """Serve a folder on a free port of this machine for as long as the context lasts."""
    server = _Server(("127.0.0.1", 0), partial(Handler, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        yield BuiltSite(root, f"{address}/", f"{address}{SUB_PATH}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

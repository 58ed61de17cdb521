"""Builds entries into a finished site and serves it over loopback, also under a sub-path."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dwiwarta.model import Entry
from dwiwarta.render import render_pages
from dwiwarta.settings import PROJECT_ROOT, load_project
from dwiwarta.site import index_search, run_mkdocs, write_docs

SUB_PATH = "/some/where"
HAND_MADE = ("mkdocs.yml", "dwiwarta.yml", "docs", "overrides")
GENERATED = ("page", "article", "country", "topic", "search", "generated")


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site in a folder and the two addresses under which it is served; both end in "/"."""

    root: Path
    url: str
    sub_url: str


def build_site(root: Path, entries: Sequence[Entry]) -> Path:
    """Build ``entries`` with the project's own hand-made files; returns the folder of the site."""
    for name in HAND_MADE:
        source = PROJECT_ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns(*GENERATED))
        elif source.exists():
            shutil.copy2(source, root / name)
    project = load_project(root)
    write_docs(render_pages(entries, project), project.docs_dir)
    index_search(entries, project)
    run_mkdocs(project)
    return project.site_dir


class _Handler(SimpleHTTPRequestHandler):
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
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        yield BuiltSite(root, f"{address}/", f"{address}{SUB_PATH}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

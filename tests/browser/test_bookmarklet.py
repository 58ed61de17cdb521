"""The bookmark of the manual saves a page as it stands, with its address, and nothing else."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import PROJECT_ROOT, InputSettings
from site_rig import BuiltSite

MANUAL = PROJECT_ROOT / "docs" / "editors" / "bringing-in.md"
ARTICLE = b"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">
<title>Jembatan Bambu: Dibuka "Lagi"</title><script src="/isi.js" defer></script>
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-04"}</script>
</head><body><article id="isi"><h1>Jembatan Bambu Dibuka Lagi</h1></article></body></html>"""
SCRIPT = """for (const text of [
  'Jembatan bambu di atas sungai dibuka lagi pada hari Senin setelah diperbaiki warga.',
  'Warga “menyeberang” tanpa membayar, kata ketua panitia & para pemuda desa.']) {
  const one = document.createElement('p'); one.textContent = text;
  document.getElementById('isi').append(one);
}"""


class Handler(BaseHTTPRequestHandler):
    """A site that builds its text in the browser and lets no other script run."""

    def do_GET(self) -> None:
        is_script = self.path.endswith(".js")
        data = SCRIPT.encode() if is_script else ARTICLE
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'; object-src 'none'")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=partial(server.serve_forever, 0.05))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/berita/jembatan?id=1"
        server.shutdown()
        thread.join()


def test_the_link_of_the_manual_saves_a_page(
    page: Page, site: BuiltSite, address: str, tmp_path: Path
) -> None:
    page.goto(f"{site.url}editors/bringing-in/")
    href = page.get_by_role("link", name="Save for Dwiwarta").evaluate("link => link.href")
    assert href.startswith("javascript:")
    program = unquote(href.removeprefix("javascript:"))

    page.goto(address + "#komentar")
    page.get_by_text("para pemuda desa").wait_for()
    before = page.content()
    with page.expect_download() as download:
        assert page.evaluate(program) is None
    assert page.content() == before
    assert download.value.suggested_filename == "Jembatan-Bambu-Dibuka-Lagi-.html"
    path = tmp_path / "a.html"
    download.value.save_as(path)

    problems = ProblemLog()
    (raw,) = read_file(path, "a.html", InputSettings(), problems)
    assert problems.count == 0
    assert raw.source_url == address
    assert raw.title == "Jembatan Bambu Dibuka Lagi"
    assert raw.published is not None
    assert raw.published.iso == "2024-03-04"
    assert "Warga “menyeberang” tanpa membayar, kata ketua panitia & para pemuda desa." in raw.text
    assert "isi.js" not in path.read_text("utf-8")


def test_the_source_that_is_shown_is_that_of_the_link() -> None:
    text = MANUAL.read_text("utf-8")
    link = re.search(r'href="\s*javascript:([^"]*)"', text)
    shown = re.search(r"```js\n(.*?)```", text, re.DOTALL)
    assert link is not None
    assert shown is not None
    flat = "".join(line.strip() for line in shown[1].splitlines())
    assert unquote("".join(link[1].split())) == flat

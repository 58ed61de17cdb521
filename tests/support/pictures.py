"""The pictures of docs/editors/make-it-yours.md: ``python tests/support/pictures.py``.

Builds a site of ``tests/published/`` with own settings in a folder for the purpose, and lets
Chromium photograph it. Each picture is 60 KB at most, or this says so.
"""

import base64
import functools
import http.server
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests/support")]

from dwiwarta.pipeline import build  # noqa: E402 - found by the line above
from dwiwarta.problems import ProblemLog  # noqa: E402
from dwiwarta.settings import load_project  # noqa: E402
from project_rig import PUBLISHED, make_project  # noqa: E402

TARGET = ROOT / "docs/assets/yours"
MOST_BYTES = 60_000
SETTINGS = """
site:
  language: id
  name: Kabar Dua
  motto: Warta dari timur, dua bahasa
  logo: assets/mine.svg
  colours:
    indonesian: '#7a2e8a'
    english: '#145c3a'
  front_text: |
    ## Selamat datang

    Setiap pagi kami memilih lima berita. [Siapa kami](id/about/)
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<circle cx="12" cy="16" r="10" fill="#7a2e8a"/>'
    '<circle cx="20" cy="16" r="10" fill="#145c3a" fill-opacity=".85"/></svg>'
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def main(chromium: str) -> None:
    """Build, serve, photograph."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_project(root)
        shutil.copytree(PUBLISHED, root / "articles")
        (root / "docs/assets/mine.svg").write_text(LOGO, "utf-8")
        (root / "dwiwarta.yml").write_text(SETTINGS, "utf-8")
        project = load_project(root)
        build(project, ProblemLog(), lambda _: None, engines=())
        article = min((project.site_dir / "article").iterdir()).name
        handler = functools.partial(_Quiet, directory=str(project.site_dir))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shots = (
            ("front", "", "light"),
            ("dark", f"article/{article}/", "dark"),
            ("search", "id/search/?q=gempa", "light"),
        )
        TARGET.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for picture, page_name, scheme in shots:
                size = {"width": 1000, "height": 620}
                context = browser.new_context(viewport=size, color_scheme=scheme)
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{server.server_port}/{page_name}")
                page.wait_for_timeout(1500)
                path = TARGET / f"{picture}.webp"
                asked = {"format": "webp", "quality": 80}
                shot = context.new_cdp_session(page).send("Page.captureScreenshot", asked)
                path.write_bytes(base64.b64decode(shot["data"]))
                small = path.stat().st_size <= MOST_BYTES
                print(path.name, path.stat().st_size, "" if small else "TOO LARGE")  # noqa: T201
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium")

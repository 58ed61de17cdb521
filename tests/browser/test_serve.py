"""The preview: an article that is added, changed or removed shows without a restart."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dwiwarta.settings import PROJECT_ROOT
from project_rig import FRESH_SIGNALS, make_project, previewed_at

WAIT_SECONDS = 200  # what a busy machine may need; a change shows in about three seconds
ARTICLE = """Jembatan Gantung di Kalimantan Selesai Diperbaiki
Senin, 04 Maret 2024 - 09:30 WIB
BANJARMASIN - Jembatan gantung sepanjang 120 meter itu selesai diperbaiki setelah enam bulan.
"""


def home(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=WAIT_SECONDS) as answer:
            text: bytes = answer.read()
    except OSError:
        return ""
    return text.decode()


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {WAIT_SECONDS} s for {what}"
        time.sleep(0.2)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A running preview of a project with one article: its articles folder and its address."""
    project = make_project(tmp_path)
    project.articles_dir.mkdir()
    (project.articles_dir / "satu.txt").write_text(ARTICLE, "utf-8")
    script = str(PROJECT_ROOT / "scripts" / "build.py")
    command = [sys.executable, "-c", FRESH_SIGNALS, script, "serve"]
    options = ["--root", str(tmp_path), "--engines", "none", "--port", "0"]
    said = tmp_path / "serve.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [*command, *options],
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        )
    try:
        wait_for(lambda: bool(previewed_at(said)) or process.poll() is not None, "its address")
        yield project.articles_dir, previewed_at(said) or said.read_text("utf-8")
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=WAIT_SECONDS)
    assert code == 0
    assert "Traceback" not in said.read_text("utf-8")


def test_the_preview_follows_the_articles_folder(preview: tuple[Path, str]) -> None:
    articles, url = preview
    wait_for(lambda: "Jembatan Gantung" in home(url), "the first page")
    stranger = urllib.request.Request(url, headers={"Host": "rebound.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(stranger)

    (articles / "dua.txt").write_text(ARTICLE.replace("Jembatan Gantung", "Pasar Ikan"), "utf-8")
    wait_for(lambda: "Pasar Ikan" in home(url), "the added article")

    (articles / "dua.txt").write_text(ARTICLE.replace("Jembatan Gantung", "Balai Desa"), "utf-8")
    wait_for(lambda: "Balai Desa" in home(url) and "Pasar Ikan" not in home(url), "the change")

    (articles / "broken.txt").write_bytes(b"\0\1\2\3" * 100)
    (articles / "dua.txt").unlink()
    wait_for(lambda: "Balai Desa" not in home(url), "the removal")
    assert "Jembatan Gantung" in home(url)


def test_an_open_page_reloads_under_its_policy(preview: tuple[Path, str], page: Page) -> None:
    articles, url = preview
    wait_for(lambda: "Jembatan Gantung" in home(url), "the first page")
    page.goto(url)
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    (articles / "satu.txt").write_text(ARTICLE.replace("Jembatan Gantung", "Pasar Ikan"), "utf-8")
    page.get_by_text("Pasar Ikan").first.wait_for(timeout=WAIT_SECONDS * 1000)
    page.locator("#dw-search-input").fill("pasar")
    page.locator(".dw-search .dw-result__title").first.wait_for()

"""The preview's server: whole builds only, and only for requests that name it."""

import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from dwiwarta.problems import ProblemLog
from dwiwarta.settings import load_project
from dwiwarta.site import SiteCount, preview
from dwiwarta.site.lock import LOCK_NAME
from dwiwarta.site.preview import Preview, is_own_name


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project of MkDocs', which is the current folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Pagi di Ambon\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Probe\nplugins: []\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(preview, "PAUSE_SECONDS", 0)
    return tmp_path


@pytest.fixture
def shown(root: Path) -> Iterator[Preview]:
    (root / "built").mkdir()
    made = Preview(root / ".cache", root / "built", "127.0.0.1", 0)
    yield made
    made.end()


def page(shown: Preview) -> str:
    """The home page as a reader of the preview gets it."""
    return (Path(shown.server.root) / "index.html").read_text("utf-8")


def is_held(root: Path) -> bool:
    try:
        with FileLock(root / ".cache" / LOCK_NAME, timeout=0):
            return False
    except Timeout:
        return True


def test_a_change_is_shown_and_old_builds_go(shown: Preview, root: Path) -> None:
    assert "Pagi di Ambon" in page(shown)
    for title in ("Siang", "Sore", "Malam"):
        (root / "docs" / "index.md").write_text(f"# {title}\n", "utf-8")
        shown.rebuild()
        assert title in page(shown)
    assert len(list((root / "built").iterdir())) == 2  # answers may be under way from the last


@pytest.mark.parametrize("fault", ["plugins: [x", "plugins: [no-such-plugin]", "theme: {name: 7}"])
def test_a_failed_build_leaves_the_last_good_one(
    shown: Preview, root: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"site_name: Probe\n{fault}\n", "utf-8")
    (root / "docs" / "index.md").write_text("# Sore\n", "utf-8")
    shown.rebuild()
    assert "Pagi di Ambon" in page(shown)
    said = capsys.readouterr().err
    assert "The preview shows the site as it was before." in said
    assert "Traceback" not in said
    (root / "mkdocs.yml").write_text(good, "utf-8")
    shown.rebuild()
    assert "Sore" in page(shown)


def test_a_page_that_is_gone_for_a_moment_is_no_failure(
    shown: Preview, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries = 0
    build = preview.build

    def interrupted(*given: Any, **named: Any) -> None:
        nonlocal tries
        tries += 1
        if tries < preview.TRIES:
            raise FileNotFoundError(2, "No such file or directory", "docs/about.md")
        build(*given, **named)

    monkeypatch.setattr(preview, "build", interrupted)
    (root / "docs" / "index.md").write_text("# Sore\n", "utf-8")
    shown.rebuild()
    assert "Sore" in page(shown)
    assert capsys.readouterr().err == ""


def test_mkdocs_never_reads_what_a_build_is_writing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    building = importlib.import_module("dwiwarta.pipeline.stages")

    def look(*given: Any, **named: Any) -> Any:
        held.append(is_held(root))
        return SiteCount(0, 0)

    (root / "articles").mkdir()
    for name in ("write_index", "make_site"):
        monkeypatch.setattr(building, name, look)
    building.build(load_project(root), ProblemLog(), lambda _: None, engines=())
    monkeypatch.setattr(preview, "build", look)
    (root / "built").mkdir()
    Preview(root / ".cache", root / "built", "127.0.0.1", 0).end()
    assert held == [True] * 3
    assert not is_held(root)
    shutil.rmtree(root / ".cache")


@pytest.mark.parametrize(
    ("header", "given", "local", "own"),
    [
        ("127.0.0.1:8000", "127.0.0.1", "127.0.0.1", True),
        ("localhost:9000", "127.0.0.1", "127.0.0.1", True),  # through a tunnel
        ("LocalHost.", "127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "::1", "::1", True),
        ("[0:0::1]", "::1", "::1", True),
        ("rumah.test:8000", "rumah.test", "127.0.0.1", True),
        ("192.0.2.7:8000", "0.0.0.0", "192.0.2.7", True),
        ("192.0.2.7:8000", "::", "::ffff:192.0.2.7", True),
        ("redaksi:8000", "0.0.0.0", "192.0.2.7", True),
        ("redaksi.local", "0.0.0.0", "192.0.2.7", True),
        ("redaksi:8000", "127.0.0.1", "127.0.0.1", False),
        ("192.0.2.8:8000", "0.0.0.0", "192.0.2.7", False),
        ("10.0.0.1", "127.0.0.1", "127.0.0.1", False),
        ("rebound.test:8000", "127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1.rebound.test", "127.0.0.1", "127.0.0.1", False),
        ("localhost.rebound.test", "0.0.0.0", "192.0.2.7", False),
        ("127.0.0.1:8000@rebound.test", "127.0.0.1", "127.0.0.1", False),
        ("localhost,rebound.test", "127.0.0.1", "127.0.0.1", False),
        ("[::1", "::1", "::1", False),
        ("", "127.0.0.1", "127.0.0.1", False),
        (":8000", "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_only_its_own_names_are_answered(
    header: str, given: str, local: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview.socket, "gethostname", lambda: "redaksi")
    assert is_own_name(header, given, local) == own

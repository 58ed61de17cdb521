"""A folder in which nobody may write: what is only looked at works, all else is one line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dwiwarta.cli import main
from dwiwarta.files import refusal
from project_rig import make_project
from terminal import SCRIPT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights are others there")
# Root may write everywhere, so the right to that is taken from it: CAP_DAC_OVERRIDE and
# CAP_DAC_READ_SEARCH out of the bounding set (24, PR_CAPBSET_DROP). Nobody else has them.
WITHOUT_RIGHTS = (
    "import ctypes, os, sys\n"
    "for right in (1, 2):\n"
    "    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
)
TEXT = "Pasar Ikan Dibuka\nSenin, 04 Maret 2024 - 09:30 WIB\nAMBON - Pasar ikan itu dibuka.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project that was built, and in which nothing can be written any more."""
    root = tmp_path_factory.mktemp("warta")
    make_project(root)
    (root / "articles").mkdir(exist_ok=True)
    (root / "articles" / "pasar.txt").write_text(TEXT, "utf-8")
    assert main(["build", "--engines", "none", "--docs-only", "--root", str(root)]) == 0
    _allow(root, writing=False)
    yield root
    _allow(root, writing=True)


def _allow(root: Path, *, writing: bool) -> None:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200 if writing else path.stat().st_mode & 0o555)


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, SCRIPT, *words, "--root", str(root)],
        input="Judul Baru\n\nIsi berita yang baru.\n",
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "EDITOR": "true"},
        cwd=root,
        check=False,
    )


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["inspect", "articles"], "Pasar Ikan Dibuka"),
        (["compare", "articles"], "1 article: 0 pairs"),
        (["review"], "2  pending"),
        (["doctor"], "Compared with the last build: 1 article, 0 of them"),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else None,
)
def test_what_only_looks_works(folder: Path, words: list[str], said: str) -> None:
    before = contents(folder)
    done = run(folder, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert contents(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--engines", "none"],
        ["translate", "--engines", "none"],
        ["new"],
        ["fix", "pasar.txt", "a", "b"],
        ["review", "--approve", "articles/pasar.txt"],
    ],
    ids=lambda words: words[0],
)
def test_what_would_write_is_a_line_that_says_what_to_do(folder: Path, words: list[str]) -> None:
    before = contents(folder)
    done = run(folder, *words)
    assert done.returncode == 1, done
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{folder}/.cache/")
    assert f": Permission denied: allow writing there (chmod -R u+w {folder}/.cache)" in line
    assert contents(folder) == before


@pytest.mark.parametrize("below", ["docs", "docs/article", "articles"])
def test_the_file_that_cannot_be_written_is_named(folder: Path, below: str) -> None:
    _allow(folder, writing=True)
    more = f"Ikan segar dijual sebelum {below}.\n"
    (folder / "articles" / "pasar.txt").write_text(f"{TEXT}{more}", "utf-8")
    before = (folder / "articles" / "pasar.txt.po").read_bytes()
    _allow(folder / below, writing=False)
    done = run(folder, "build", "--engines", "none", "--docs-only")
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if "ermission denied" in line]
    assert told, done
    assert ".tmp" not in told[0]
    if below == "articles":  # the site is built, the memory is as it was
        assert told[0].startswith("articles/pasar.txt.po:")
        assert (folder / "articles" / "pasar.txt.po").read_bytes() == before
    else:
        assert done.returncode == 1
        assert told[0].startswith(f"{folder}/{below}")


def test_a_full_disk_and_one_that_takes_no_changes_have_ways_out(tmp_path: Path) -> None:
    half = tmp_path / ".index.html.abcd1234.tmp"
    said = refusal(OSError(28, "No space left on device", str(half)))
    assert said == f"{tmp_path / 'index.html'}: No space left on device: make room on the disk"
    said = refusal(OSError(30, "Read-only file system", str(tmp_path)))
    assert said.endswith(": copy the folder to a disk that can be written")
    assert refusal(OSError(5, "Input/output error"), "x\x1b[2J") == "x\\x1b[2J: Input/output error"


def test_the_way_out_of_a_hostile_name_does_nothing_to_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = tmp_path / "x\x1b[2J"
    unread.write_text("")
    monkeypatch.setattr(os, "access", lambda *_: False)
    told = refusal(PermissionError(13, "Permission denied", str(unread)))
    assert "chmod u+r" in told
    assert "\x1b" not in told

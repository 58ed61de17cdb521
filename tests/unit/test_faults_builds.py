"""Builds that meet one another, and builds that are killed: processes, not timing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dwiwarta.errors import SiteError
from dwiwarta.lock import hold_lock
from dwiwarta.pipeline import BUILD_LOCK
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.site.lock import LOCK_NAME as PAGES_LOCK
from project_rig import FRESH_SIGNALS

SCRIPT = PROJECT_ROOT / "scripts" / "build.py"
KILLS = 6
SEED = 20261128
MANY = 320  # articles, enough for processes that help
END_SECONDS = 240  # of a machine that is busy with other things

NEWS = """Sekolah Nomor {0} di Kupang Mendapat Perpustakaan

Kupang - Sekolah nomor {0} mendapat perpustakaan pada Jumat 12 Januari 2024, kata kepala sekolah.

Sebanyak {0} rak buku disumbangkan oleh warga kampung dan para alumni sekolah itu.
"""


def make_project(root: Path, articles: int = 12) -> Path:
    """A project that was not built yet."""
    for name in ("articles", "docs"):
        (root / name).mkdir(parents=True)
    for number in range(articles):
        (root / "articles" / f"{number}.txt").write_text(NEWS.format(number + 10), "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Probe\nsite_url: https://a.example/\n", "utf-8")
    return root


def start(root: Path, *options: str) -> "subprocess.Popen[str]":
    """A build as a person starts one, in a terminal of its own; its output can be read."""
    build = [str(SCRIPT), "build", "--root", str(root), "--engines", "fake"]
    temporary = root.with_name(f"{root.name}-tmp")
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", FRESH_SIGNALS, *build, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(temporary)},
        start_new_session=True,
    )


def generated(root: Path) -> dict[str, bytes]:
    """What builds made: the pages, the memory, the site."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in ("articles", "docs", "site")
        for path in (root / name).rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("lock", [BUILD_LOCK, PAGES_LOCK])
def test_a_build_says_for_whom_it_waits_and_then_goes_on(tmp_path: Path, lock: str) -> None:
    """For another build, and for a preview that is just reading the pages."""
    root = make_project(tmp_path)
    with hold_lock(root / ".cache" / lock, 0, what="a test", error=SiteError):
        build = start(root, "--docs-only", "--quiet")
        assert build.stdout
        line = build.stdout.readline()
        assert f"waiting for another build (process {os.getpid()}, since " in line
        assert not list((root / "docs").iterdir())
    rest, _ = build.communicate(timeout=END_SECONDS)
    assert (build.returncode, rest) == (0, "")
    assert len(list((root / "docs" / "article").iterdir())) == 12


def test_builds_at_once_give_what_one_gives(tmp_path: Path) -> None:
    one, many = make_project(tmp_path / "one"), make_project(tmp_path / "many")
    alone = start(one)
    assert alone.communicate(timeout=END_SECONDS)[0]
    assert alone.returncode == 0
    builds = [start(many) for _ in range(4)]
    said = [build.communicate(timeout=END_SECONDS)[0] for build in builds]
    assert [build.returncode for build in builds] == [0] * 4, said
    assert generated(many) == generated(one)
    assert sorted(path.name for path in (many / ".cache").iterdir()) == sorted(
        path.name for path in (one / ".cache").iterdir()
    )


def test_a_killed_build_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    root, other = make_project(tmp_path / "killed"), make_project(tmp_path / "whole")
    person = "articles/0.txt.yml", "docs/about.md", "articles/notes.po"
    texts = "countries: [JP]\n", "# Tentang\n", 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n'
    for project in (root, other):
        for name, text in zip(person, texts, strict=True):
            (project / name).write_text(text, "utf-8")
    dice = random.Random(SEED)
    for _ in range(KILLS):
        build = start(root)
        assert build.stdout
        # After any of its steps, and then at any moment of the next.
        for _ in range(dice.randrange(1, 7)):
            build.stdout.readline()
        time.sleep(dice.uniform(0, 0.2))
        build.kill()
        build.communicate()
        for name, text in zip(person[:2], texts[:2], strict=True):
            assert (root / name).read_text("utf-8") == text
        # A build signs it, but what a person wrote stands there.
        assert 'msgid "a"\nmsgstr "b"\n' in (root / person[2]).read_text("utf-8")
    for name in ("docs/article", "docs/search", "articles", ".cache/trees"):
        (root / name).mkdir(parents=True, exist_ok=True)
    halves = (
        *("docs/.index.md.a1b2c3d4.tmp", "docs/article/.index.md.a1b2c3d4.tmp"),
        *("docs/search/.about.json.a1b2c3d4.tmp", "docs/search/.words-0123456789.bin.a1b2c3d4.tmp"),
        *("articles/.1.txt.po.a1b2c3d4.tmp", ".cache/.memory.sqlite.a1b2c3d4.tmp"),
        ".cache/trees/.site.a1b2c3d4.tmp",
        *(".cache/.mkdocs.json.a1b2c3d4.tmp", ".cache/.build.owner.a1b2c3d4.tmp"),
    )
    for half in halves:
        (root / half).write_bytes(b"half")
    (root / "articles" / ".draft.tmp").write_text("a person's", "utf-8")
    for project in (root, other):
        build = start(project)
        said, _ = build.communicate(timeout=END_SECONDS)
        assert build.returncode == 0, said
    (root / "articles" / ".draft.tmp").unlink()
    assert generated(root) == generated(other)
    assert not list(root.rglob("*.tmp"))
    assert not list(root.rglob("*.owner"))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(("moment", "articles"), [("Reading", MANY), ("Rendering", 12)])
def test_a_build_that_is_told_to_stop_says_so_and_leaves_nothing(
    tmp_path: Path, name: str, moment: str, articles: int
) -> None:
    """All processes of a terminal are told, those that help, too."""
    root = make_project(tmp_path / "stopped", articles)
    build = start(root)
    assert build.stdout
    said = ""
    while not said.lstrip().startswith(moment):
        said = build.stdout.readline()
        assert said
    time.sleep(random.Random(name + moment).uniform(0, 1))
    os.killpg(build.pid, signal.Signals[name])
    rest, _ = build.communicate(timeout=END_SECONDS)  # what helps holds the pipe, too
    assert (build.returncode, rest.splitlines()[-1:]) == (130, ["Interrupted."])
    assert "Traceback" not in rest
    assert not list(root.with_name("stopped-tmp").iterdir())
    assert not list(root.rglob("*.owner"))
    with hold_lock(root / ".cache" / BUILD_LOCK, 0, what="a test", error=SiteError):
        pass


def test_no_process_outlives_a_build_that_was_killed(tmp_path: Path) -> None:
    build = start(make_project(tmp_path / "killed", MANY))
    assert build.stdout
    while not build.stdout.readline().lstrip().startswith("Looking"):
        assert build.poll() is None
    build.kill()
    build.communicate(timeout=END_SECONDS)  # ends when nobody holds the pipe any more

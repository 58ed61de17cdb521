"""The cache of results: what it gives was put there for this very key, or it gives nothing."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.settings import PROJECT_ROOT

TABLES = ("small", "large")
RESULTS = {f"articles/{n}.txt": (f"key {n}", bytes([n]) * 500 * n) for n in range(20)}


def opened(folder: Path) -> Cache:
    return Cache(folder / ".cache" / CACHE_NAME, TABLES)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with opened(tmp_path) as cache:
        cache.put("small", RESULTS)
        cache.put("large", RESULTS)
        cache.save()
    return tmp_path


def test_a_result_counts_for_its_key_alone(filled: Path) -> None:
    with opened(filled) as cache:
        assert cache.get("small", "articles/3.txt", "key 3") == bytes([3]) * 1500
        assert cache.get("small", "articles/3.txt", "key 4") is None
        assert cache.get("small", "articles/99.txt", "key 3") is None
        assert cache.load("large") == RESULTS


def test_a_name_holds_one_result_and_forgotten_names_go(filled: Path) -> None:
    with opened(filled) as cache:
        cache.put("small", {"articles/3.txt": ("other", b"data")})
        cache.keep_only("small", ["articles/3.txt", "articles/4.txt", "unknown"])
        cache.remove("small", ["articles/4.txt"])
        assert cache.load("small") == {"articles/3.txt": ("other", b"data")}
        assert cache.load("large") == RESULTS


def test_what_was_not_saved_is_forgotten(filled: Path) -> None:
    with opened(filled) as cache:
        cache.keep_only("small", [])
        cache.put("small", {"new": ("key", b"data")})
    with opened(filled) as cache:
        assert cache.load("small") == RESULTS


def test_any_name_will_do(tmp_path: Path) -> None:
    name = "a'b\"; DROP TABLE small; \ud800\0\n"
    with opened(tmp_path) as cache:
        cache.put("small", {name: ("k", b"")})
        assert cache.get("small", name, "k") == b""
        assert cache.load("small") == {name: ("k", b"")}


def test_no_flipped_bit_is_believed(filled: Path) -> None:
    path = filled / ".cache" / CACHE_NAME
    whole = path.read_bytes()
    dice = random.Random(20261128)
    for _ in range(150):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)
        with opened(filled) as cache:
            for table in TABLES:
                assert cache.load(table).items() <= RESULTS.items()
            for name, (key, result) in RESULTS.items():
                assert cache.get("large", name, key) in (result, None)
            cache.put("small", RESULTS)
            cache.save()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE small SET data = CAST(x'00' AS BLOB)",
        "UPDATE small SET key = 'key 1'",
        "UPDATE small SET data = 'text', checksum = NULL",
        "UPDATE small SET name = CAST('articles/1.txt' AS BLOB) WHERE key = 'key 2'",
        "DROP TABLE small",
        "ALTER TABLE small DROP COLUMN checksum",
        "PRAGMA user_version = 77",
    ],
)
def test_what_somebody_changed_is_not_believed(filled: Path, change: str) -> None:
    with contextlib.closing(sqlite3.connect(filled / ".cache" / CACHE_NAME)) as db:
        with contextlib.suppress(sqlite3.IntegrityError):
            db.execute(change)
        db.commit()
    with opened(filled) as cache:
        assert cache.load("small").items() <= RESULTS.items()
        for name, (key, result) in RESULTS.items():
            assert cache.get("small", name, key) in (result, None)


SPOILED: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "something else": lambda path: path.write_bytes(b"no database" * 1000),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "a link": lambda path: (path.rename(path.with_name("other")), path.symlink_to("other")),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_a_file_that_is_none_is_done_without(filled: Path, kind: str) -> None:
    path = filled / ".cache" / CACHE_NAME
    SPOILED[kind](path)
    with opened(filled) as cache:
        assert cache.load("small").items() <= RESULTS.items()
        cache.put("small", RESULTS)
        cache.save()
        assert cache.load("small") == RESULTS
    if kind != "a folder":
        assert not path.is_symlink()
        with opened(filled) as cache:
            assert cache.load("small") == RESULTS
    else:
        assert path.is_dir()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    with opened(tmp_path) as cache:
        cache.put("small", RESULTS)
        cache.save()
        assert cache.load("small") == RESULTS
    with opened(tmp_path) as cache:
        assert cache.load("small") == {}


KILLED = """
import os, sys
from pathlib import Path
from dwiwarta.cache import Cache
cache = Cache(Path(sys.argv[1]), ("small", "large"))
cache.keep_only("large", [])
for n in range(3000):
    cache.put("small", {f"new {n}": ("key", os.urandom(5000))})
os.kill(os.getpid(), 9)
"""


def test_a_killed_build_changes_nothing(filled: Path) -> None:
    path = filled / ".cache" / CACHE_NAME
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT / "scripts")}
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    with opened(filled) as cache:
        assert cache.load("small") == cache.load("large") == RESULTS


def test_space_that_results_left_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dwiwarta.cache._FREE_PAGES", 10)
    path = tmp_path / ".cache" / CACHE_NAME
    with opened(tmp_path) as cache:
        cache.put("large", {str(n): ("key", bytes(10_000)) for n in range(100)})
        cache.save()
        full = path.stat().st_size
        cache.keep_only("large", ["1"])
        cache.save()
        cache.pack()
        assert cache.load("large") == {"1": ("key", bytes(10_000))}
    assert path.stat().st_size < full / 10

"""A damaged cache: never believed, never the end of a build, made anew."""

import contextlib
import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import factory
from dwiwarta.errors import SiteError
from dwiwarta.problems import ProblemLog
from dwiwarta.site import make_site
from dwiwarta.translate.memory import open_memory
from dwiwarta.translate.memory.index import Index
from dwiwarta.translate.memory.po import MemoryEntry
from memory_rig import PARAGRAPHS, TITLE, Rig, article

SEED = 20261128
ARTICLES = [
    article(f"{n}.txt", (f"Kalimat nomor {n}.", *PARAGRAPHS), f"Judul {n}") for n in range(6)
]


def known(rig: Rig, *, read_only: bool = False) -> dict[str, list[MemoryEntry]]:
    """Everything that the memory says, file by file."""
    cache = rig.root / ".cache"
    problems = ProblemLog()
    with open_memory(rig.articles_dir, cache, problems, read_only=read_only) as memory:
        found = {path: memory.index.entries(path) for path in memory.index.paths()}
    assert problems.count == 0
    return found


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The memory files that were parsed because the index did not have them."""
    names: list[str] = []
    replace = Index.replace

    def counted(self: Index, path: str, *more: object) -> None:
        names.append(path)
        replace(self, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "replace", counted)
    return names


def test_no_flipped_bit_of_the_index_is_believed(rig: Rig, parsed: list[str]) -> None:
    rig.run(*ARTICLES)
    said = known(rig)
    cache = rig.root / ".cache" / "memory.sqlite"
    intact = cache.read_bytes()
    parsed.clear()
    assert known(rig, read_only=True) == said
    assert parsed == [], "an index that is whole saves the parsing"
    dice = random.Random(SEED)
    places = [dice.randrange(len(intact)) for _ in range(150)]
    for place in [0, 17, len(intact) - 1, len(intact) - 20, *places]:
        data = bytearray(intact)
        data[place] ^= 1 << dice.randrange(8)
        cache.write_bytes(data)
        assert known(rig, read_only=True) == said, place
    assert known(rig) == said
    assert cache.read_bytes() != data, "it is made anew"
    parsed.clear()
    assert known(rig) == said
    assert parsed == []


SPOILED: dict[str, Callable[[Path, bytes], object]] = {
    "empty": lambda path, _: path.write_bytes(b""),
    "cut in half": lambda path, data: path.write_bytes(data[: len(data) // 2]),
    "one byte less": lambda path, data: path.write_bytes(data[:-1]),
    "one byte more": lambda path, data: path.write_bytes(data + b"\0"),
    "twice": lambda path, data: path.write_bytes(data * 2),
    "digest alone": lambda path, data: path.write_bytes(data[-16:]),
    "something else": lambda path, _: path.write_bytes(b"no database"),
    "a folder": lambda path, _: (path.unlink(), path.mkdir()),
    "a pipe": lambda path, _: (path.unlink(), os.mkfifo(path)),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_an_index_that_is_none_is_done_without(rig: Rig, kind: str) -> None:
    first = rig.run(*ARTICLES)
    cache = rig.root / ".cache" / "memory.sqlite"
    SPOILED[kind](cache, cache.read_bytes())
    run = rig.run(*ARTICLES)
    assert run.texts == first.texts
    assert (run.asked, run.problems.count) == ([], 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET state = 'approwed'",
        "UPDATE entry SET text = replace(text, 'EN', 'XX')",
        "UPDATE entry SET made = '2026-99-99', rejections = '[[1]]'",
        "UPDATE file SET path = path || 'x'",
        "DELETE FROM entry WHERE title",
        "DROP TABLE entry",
        "DROP INDEX by_norm",
        "PRAGMA user_version = 5",
    ],
)
def test_an_index_that_somebody_changed_is_not_believed(rig: Rig, change: str) -> None:
    first = rig.run(*ARTICLES)
    with contextlib.closing(sqlite3.connect(rig.root / ".cache" / "memory.sqlite")) as db:
        db.execute(change)
        db.commit()
    run = rig.run(*ARTICLES)
    assert run.texts == first.texts
    assert (run.asked, run.problems.count) == ([], 0)


def test_an_edit_is_seen_though_size_and_time_are_as_they_were(rig: Rig, parsed: list[str]) -> None:
    rig.run(*ARTICLES)
    path = rig.po(ARTICLES[3])
    os.utime(path, ns=(10**18, 10**18))
    known(rig)
    text = path.read_text("utf-8")
    path.write_text(text.replace(f"EN({PARAGRAPHS[1]})", f"MY({PARAGRAPHS[1]})"), "utf-8")
    os.utime(path, ns=(10**18, 10**18))
    parsed.clear()
    said = known(rig)["3.txt.po"]
    assert set(parsed) == {"3.txt.po"}  # signed and so written, once it was parsed
    assert any(e.translation and e.translation.text.startswith("MY(") for e in said)
    assert not any(e.translation.text == f"EN({TITLE})" for e in said if e.translation)


GARBAGE = {
    "bytes": lambda path: path.write_bytes(random.Random(SEED).randbytes(100)),
    "empty": lambda path: path.write_bytes(b""),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that was built."""
    root = tmp_path_factory.mktemp("site")
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text("# Beranda\n", "utf-8")
    (root / "docs" / "about.md").write_text("# Tentang\n", "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    assert make_site(factory.project(root), ProblemLog()).changed
    assert not make_site(factory.project(root), ProblemLog()).changed
    return root


STATES = ("mkdocs.json", "trees/docs", "trees/site")


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("state", STATES)
def test_a_memory_of_garbage_means_to_look_again(site: Path, state: str, kind: str) -> None:
    page = site / "site" / "about" / "index.html"
    before = page.read_bytes()
    GARBAGE[kind](site / ".cache" / state)
    page.write_bytes(b"damaged")
    problems = ProblemLog()
    assert make_site(factory.project(site), problems).changed
    assert problems.count == 0
    assert page.read_bytes() == before
    assert not make_site(factory.project(site), ProblemLog()).changed


@pytest.mark.parametrize("state", ["mkdocs.json", "trees/site"])
def test_a_folder_in_place_of_the_memory_is_named(site: Path, state: str) -> None:
    place = site / ".cache" / state
    place.unlink()
    place.mkdir()
    try:
        with pytest.raises(SiteError, match=rf"{place.name}: "):
            make_site(factory.project(site), ProblemLog())
    finally:
        place.rmdir()


def test_a_page_of_the_site_that_was_damaged_is_made_again(site: Path) -> None:
    make_site(factory.project(site), ProblemLog())
    page = site / "site" / "about" / "index.html"
    before, status = page.read_bytes(), page.stat()
    page.write_bytes(before.replace(b"Tentang", b"Tenyang"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert page.stat().st_size == len(before)
    assert make_site(factory.project(site), ProblemLog()).changed
    assert page.read_bytes() == before

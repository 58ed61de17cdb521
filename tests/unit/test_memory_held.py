"""The index that a process closed last is taken again, unless somebody has written its file."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dwiwarta.translate.memory import held
from dwiwarta.translate.memory import index as index_module
from dwiwarta.translate.memory.index import Index


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path | None]]:
    """The files that were read."""
    files: list[Path | None] = []
    real = index_module._opened

    def noting(cache: Path | None) -> object:
        files.append(cache)
        return real(cache)

    monkeypatch.setattr(index_module, "_opened", noting)
    held.forget()
    yield files
    held.forget()


def left(root: Path, cache: Path) -> None:
    index = Index(root, cache)
    index.replace("a.txt.po", bytes(16), [])
    index.close()


def test_what_was_closed_last_is_taken_again_with_all_that_it_knows(
    tmp_path: Path, opened: list[Path | None]
) -> None:
    cache = tmp_path / ".cache" / "memory.sqlite"
    cache.parent.mkdir()
    left(tmp_path, cache)
    index = Index(tmp_path, cache)
    assert opened == [cache]
    assert index.paths() == ["a.txt.po"]
    index.close()
    assert Index(tmp_path, cache, read_only=True).paths() == ["a.txt.po"]
    assert len(opened) == 2, "nobody else gets it"


@pytest.mark.parametrize("change", ["written", "gone", "another"])
def test_a_file_that_somebody_wrote_is_read(
    tmp_path: Path, opened: list[Path | None], change: str
) -> None:
    cache = tmp_path / ".cache" / "memory.sqlite"
    cache.parent.mkdir()
    left(tmp_path, cache)
    if change == "written":
        cache.write_bytes(b"no database")
    elif change == "gone":
        os.remove(cache)  # noqa: PTH107
    else:
        cache = cache.with_name("another.sqlite")
    index = Index(tmp_path, cache)
    assert len(opened) == 2
    assert index.paths() == []
    index.close()

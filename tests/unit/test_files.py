"""Writing in one step, and only what changed."""

from pathlib import Path

import pytest

from dwiwarta.files import write_atomic, write_if_changed
from dwiwarta.site.places import digest_contents


def test_write_if_changed_leaves_an_equal_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "page.md"
    assert write_if_changed(path, b"one")
    before = path.stat().st_mtime_ns
    assert not write_if_changed(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert write_if_changed(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "memory.po"
    write_atomic(path, b"kept")

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full") as caught:
        write_atomic(path, b"lost")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"kept"
    assert [p.name for p in tmp_path.iterdir()] == ["memory.po"]


def test_a_write_that_is_called_off_at_the_last_moment_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    path = tmp_path / "memory.po"
    assert write_atomic(path, b"kept", only_if=lambda: True)
    assert not write_atomic(path, b"lost", only_if=lambda: False)
    assert path.read_bytes() == b"kept"
    assert [p.name for p in tmp_path.iterdir()] == ["memory.po"]


def test_written_files_are_readable_by_others(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_atomic(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o644


def test_the_digest_tells_names_and_borders_apart(tmp_path: Path) -> None:
    write_atomic(tmp_path / "one" / "ab", b"c")
    write_atomic(tmp_path / "two" / "a", b"bc")
    (tmp_path / "two").rename(tmp_path / "tmp")
    first = digest_contents([tmp_path / "one"])
    (tmp_path / "one").rename(tmp_path / "gone")
    (tmp_path / "tmp").rename(tmp_path / "one")
    assert digest_contents([tmp_path / "one"]) != first


def test_a_files_own_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "private.po"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_atomic(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600

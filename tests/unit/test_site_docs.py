"""Writing generated pages: only what changed, only where the build may write."""

import os
from pathlib import Path

import pytest

from dwiwarta.errors import SiteError
from dwiwarta.model import Page
from dwiwarta.site import WriteCount, write_docs

HOME = Page("index.md", b"home")
ONE = Page("article/one/index.md", b"one")
TWO = Page("article/two/index.md", b"two")


def files(docs: Path) -> dict[str, bytes]:
    return {p.relative_to(docs).as_posix(): p.read_bytes() for p in docs.rglob("*") if p.is_file()}


def test_unchanged_pages_keep_their_time_stamp(tmp_path: Path) -> None:
    assert write_docs([HOME, ONE], tmp_path) == WriteCount(2, 0, 0)
    os.utime(tmp_path / "index.md", (1, 1))
    changed = Page(ONE.path, b"one, again")
    assert write_docs([HOME, changed, TWO], tmp_path) == WriteCount(2, 1, 0)
    assert (tmp_path / "index.md").stat().st_mtime == 1
    assert files(tmp_path) == {page.path: page.data for page in (HOME, changed, TWO)}


def test_stale_pages_go_and_so_do_their_folders(tmp_path: Path) -> None:
    write_docs([HOME, ONE, TWO, Page("topic/a/page/2/index.md", b"")], tmp_path)
    assert write_docs([HOME, ONE], tmp_path) == WriteCount(0, 2, 2)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["article", "index.md", "index.md", "one"]


def test_hand_written_pages_are_never_touched(tmp_path: Path) -> None:
    own = {"about.md": b"a", "editors/index.md": b"e", "assets/reader.css": b"c", "search.md": b"s"}
    for name, data in own.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    write_docs([HOME, ONE], tmp_path)
    write_docs([], tmp_path)
    assert files(tmp_path) == own | {"index.md": b"home"}


def test_half_written_files_of_a_killed_build_are_cleared(tmp_path: Path) -> None:
    left = tmp_path / "article/one/.index.md.x.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert write_docs([HOME, ONE], tmp_path) == WriteCount(2, 0, 1)
    assert not left.exists()


@pytest.mark.parametrize(
    "path", ["about.md", "article/../about.md", "../x.md", "/etc/x", "assets/reader.css", "article"]
)
def test_other_places_are_refused_before_anything_is_written(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a generated page"):
        write_docs([HOME, Page(path, b"")], tmp_path / "docs")
    assert not (tmp_path / "docs").exists()


def test_a_file_where_a_folder_belongs_is_told(tmp_path: Path) -> None:
    (tmp_path / "article").write_bytes(b"")
    with pytest.raises(SiteError, match="article"):
        write_docs([ONE], tmp_path)

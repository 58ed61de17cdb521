"""Writing generated pages: only what changed, only where the build may write."""

import os
import shutil
from pathlib import Path

import pytest

import factory
from dwiwarta.errors import SiteError
from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page
from dwiwarta.settings import Project
from dwiwarta.site import WriteCount, write_docs, written_pages


def page(path: str, data: bytes) -> Page:
    return Page(path, digest_of(data), lambda: data)


HOME = page("index.md", b"home")
ONE = page("article/one/index.md", b"one")
TWO = page("article/two/index.md", b"two")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "docs").mkdir()
    return factory.project(tmp_path)


def files(docs: Path) -> dict[str, bytes]:
    return {p.relative_to(docs).as_posix(): p.read_bytes() for p in docs.rglob("*") if p.is_file()}


def test_unchanged_pages_keep_their_time_stamp(project: Project) -> None:
    docs = project.docs_dir
    assert write_docs([HOME, ONE], project) == WriteCount(2, 0, 0)
    os.utime(docs / "index.md", (1, 1))
    changed = page(ONE.path, b"one, again")
    assert write_docs([HOME, changed, TWO], project) == WriteCount(2, 1, 0)
    assert (docs / "index.md").stat().st_mtime == 1
    assert files(docs) == {page.path: page.render() for page in (HOME, changed, TWO)}


def test_stale_pages_go_and_so_do_their_folders(project: Project) -> None:
    docs = project.docs_dir
    write_docs([HOME, ONE, TWO, page("topic/a/page/2/index.md", b"")], project)
    assert write_docs([HOME, ONE], project) == WriteCount(0, 2, 2)
    assert sorted(p.name for p in docs.rglob("*")) == ["article", "index.md", "index.md", "one"]


def test_hand_written_pages_are_never_touched(project: Project) -> None:
    docs = project.docs_dir
    own = {"about.md": b"a", "editors/index.md": b"e", "assets/reader.css": b"c", "search.md": b"s"}
    for name, data in own.items():
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_bytes(data)
    write_docs([HOME, ONE], project)
    write_docs([], project)
    assert files(docs) == own | {"index.md": b"home"}


def test_half_written_files_of_a_killed_build_are_cleared(project: Project) -> None:
    docs = project.docs_dir
    left = docs / "article/one/.index.md.x.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert write_docs([HOME, ONE], project) == WriteCount(2, 0, 1)
    assert not left.exists()


def test_a_file_of_somebody_else_among_ours_stops_the_build(project: Project) -> None:
    feed = page("feed/all.xml", b"feed")
    write_docs([feed, page("feed/country/jp.xml", b"japan")], project)
    own = project.docs_dir / "feed/podcast.xml"
    own.write_bytes(b"mine")
    with pytest.raises(SiteError, match=r"podcast\.xml: a file that the build did not make"):
        write_docs([feed], project)
    assert own.read_bytes() == b"mine"
    own.unlink()
    (project.docs_dir / "feed/.DS_Store").write_bytes(b"")
    assert write_docs([feed], project) == WriteCount(0, 1, 2)


@pytest.mark.parametrize(
    "path", ["about.md", "article/../about.md", "../x.md", "/etc/x", "assets/reader.css", "article"]
)
def test_other_places_are_refused_before_anything_is_written(path: str, project: Project) -> None:
    project.docs_dir.rmdir()
    with pytest.raises(ValueError, match="not a generated page"):
        write_docs([HOME, page(path, b"")], project)
    assert not project.docs_dir.exists()


def test_a_file_where_a_folder_belongs_is_told(project: Project) -> None:
    docs = project.docs_dir
    (docs / "article").write_bytes(b"")
    with pytest.raises(SiteError, match="article"):
        write_docs([ONE], project)


def test_a_page_is_rendered_only_when_its_digest_says_so(project: Project) -> None:
    asked: list[str] = []

    def counted(digest: str) -> Page:
        return Page("index.md", digest, lambda: bytes(asked.append(digest) or b"home"))

    for digest in ("a", "a", "b", "b"):
        write_docs([counted(digest)], project)
    assert asked == ["a", "b"]
    (project.docs_dir / "index.md").write_bytes(b"damaged")
    assert write_docs([counted("b")], project) == WriteCount(1, 0, 0)
    shutil.rmtree(project.cache_dir)
    assert write_docs([counted("b")], project) == WriteCount(0, 1, 0)
    assert asked == ["a", "b", "b", "b"]


def test_a_page_of_a_person_is_not_removed(project: Project) -> None:
    own = project.docs_dir / "archive" / "1998.md"
    own.parent.mkdir()
    own.write_text("# How it was\n", "utf-8")
    with pytest.raises(SiteError, match=r"1998\.md: a page that the build did not make"):
        write_docs([HOME], project)
    assert own.read_text("utf-8") == "# How it was\n"
    assert not (project.docs_dir / "index.md").exists()


def test_pages_of_an_earlier_version_go(project: Project) -> None:
    old = project.docs_dir / "page" / "2" / "index.md"
    old.parent.mkdir(parents=True)
    old.write_text("---\ntitle: Latest news, page 2\nkind: list\n---\n\n<div></div>\n", "utf-8")
    assert write_docs([HOME], project) == WriteCount(1, 0, 1)
    assert not old.parent.parent.exists()


def test_written_pages_are_known_by_their_folders(project: Project) -> None:
    for name in ("index.md", "about.md", "editors/index.md", "editors/a.md", "x/README.md"):
        (project.docs_dir / name).parent.mkdir(exist_ok=True)
        (project.docs_dir / name).write_text("# A\n", "utf-8")
    (project.docs_dir / "secret.md").write_text("---\nrobots: noindex\n---\n# A\n", "utf-8")
    (project.docs_dir / ".hidden.md").write_text("# A\n", "utf-8")
    assert written_pages(project) == ["about/", "editors/", "editors/a/", "x/"]

"""Links: nothing is written, removed or published through one, wherever it stands."""

import os
import shutil
from pathlib import Path

import pytest

import factory
from dwiwarta.cli import main
from dwiwarta.errors import SiteError
from dwiwarta.files import write_atomic, write_if_changed
from dwiwarta.model import Page
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import load_project
from dwiwarta.site import check_places, make_site, write_docs
from dwiwarta.translate.memory import memory_path
from memory_rig import PARAGRAPHS, TITLE, Rig, article

NEWS = """Pasar Terapung di Banjar Dibuka Kembali

Banjarmasin - Pasar terapung dibuka kembali pada Rabu 7 Februari 2024 setelah banjir surut.

Para pedagang mengatakan air sungai sudah turun satu meter sejak hari Minggu.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that was built once, and ``behind``: somebody's folder that is not its business."""
    root, behind = tmp_path / "project", tmp_path / "behind"
    for folder in (root / "articles", root / "docs", behind):
        folder.mkdir(parents=True)
    (root / "articles" / "pasar.txt").write_text(NEWS, "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Probe\nvalidation: {nav: {}}\n", "utf-8")
    assert build(root) == 0
    for name in ("index.md", "x.po", "memory.lock", "about.json", "notes.txt"):
        (behind / name).write_text(f"theirs: {name}\n", "utf-8")
    return root


def build(root: Path, *options: str) -> int:
    return main(["build", "--root", str(root), "--docs-only", "--engines", "none", *options])


def contents(*folders: Path) -> dict[str, bytes]:
    """Every file that is one, links not followed."""
    return {
        str(Path(here) / name): (Path(here) / name).read_bytes()
        for folder in folders
        for here, _, names in os.walk(folder)
        for name in names
        if not (Path(here) / name).is_symlink()
    }


PLACES = [
    *(f"docs/{name}" for name in ("article", "country", "page", "quality", "topic", "search")),
    *(
        "docs/index.md",
        "docs/search/id",
        "docs/search/about.json",
        "docs/search/words-0123456789.bin",
    ),
    *("docs", "site", ".cache", ".cache/search", ".cache/build.lock", ".cache/pages.lock"),
    *(
        ".cache/memory.lock",
        ".cache/memory.sqlite",
        ".cache/search/words.map",
        ".cache/mkdocs.json",
    ),
]


@pytest.mark.parametrize("target", ["../../behind", "articles", "nothing there", "itself"])
@pytest.mark.parametrize("place", PLACES)
def test_a_link_where_a_build_writes_is_refused_by_name(
    project: Path, place: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in ``docs/article`` → ``../articles``, through which every article was removed."""
    behind = project.parent / "behind"
    link = project / place
    if link.is_dir():
        shutil.rmtree(link)
    else:
        link.unlink(missing_ok=True)
    leads_to = {"../../behind": behind, "articles": project / "articles", "itself": link}
    link.symlink_to(leads_to.get(target, behind / "nothing"))
    before = contents(behind, project / "articles")
    assert build(project) == 1
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith(f"{link}: is a link") for line in lines), lines
    assert contents(behind, project / "articles") == before
    assert link.is_symlink()
    assert sorted(path.name for path in behind.iterdir()) == [
        *("about.json", "index.md", "memory.lock", "notes.txt", "x.po")
    ]


def test_a_link_deep_among_generated_pages_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = next(path for path in (project / "docs/article").iterdir() if path.is_dir())
    page = folder / "index.md"
    page.unlink()
    page.symlink_to(project / "articles" / "pasar.txt")
    (folder / "more").symlink_to(project / "articles")
    assert build(project) == 1
    told = capsys.readouterr().err
    assert f"{page}: is a link" in told
    assert f"{folder / 'more'}: is a link" in told
    assert (project / "articles" / "pasar.txt").read_text("utf-8") == NEWS


def test_what_writes_pages_refuses_links_by_itself(project: Path) -> None:
    """A link that is made after a build has looked."""
    shutil.rmtree(project / "docs" / "article")
    (project / "docs" / "article").symlink_to(project / "articles")
    write_docs([], factory.project(project))
    with pytest.raises(SiteError, match="docs/article: is a link"):
        write_docs([Page("article/new/index.md", "new", lambda: b"new")], factory.project(project))
    assert (project / "articles" / "pasar.txt").read_text("utf-8") == NEWS


def test_the_articles_folder_may_not_be_a_link(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "articles").rename(project.parent / "real")
    (project / "articles").symlink_to(project.parent / "real")
    before = contents(project / "docs", project.parent / "real")
    for command in (["build", "--docs-only"], ["review"], ["translate"], ["export", "x.tmx"]):
        assert main([command[0], "--root", str(project), *command[1:]]) == 1
        assert f"{project / 'articles'}:1: is a link" in capsys.readouterr().err
    assert contents(project / "docs", project.parent / "real") == before


def test_a_project_may_be_reached_through_a_link(project: Path) -> None:
    (project.parent / "short").symlink_to(project)
    assert build(project.parent / "short") == 0


def test_a_memory_file_that_is_a_link_is_neither_read_nor_written(rig: Rig) -> None:
    rig.run()
    real = rig.root / "elsewhere.po"
    rig.po().rename(real)
    rig.po().symlink_to(real)
    before = real.read_bytes()
    run = rig.run(article(), article("b.txt", ("Kalimat lain sekali di sini.",), "Judul lain"))
    assert [s.translation for s in run.texts[0].segments] == [None] * 4
    assert all(s.translation for s in run.texts[1].segments)
    [line] = run.problems.lines()
    assert line.startswith("jembatan.txt.po:1: cannot be read: is a link")
    assert real.read_bytes() == before
    assert rig.po().is_symlink()


@pytest.mark.parametrize("leads", ["to a new name", "to a folder", "in a circle"])
def test_a_memory_link_to_nothing_makes_no_file_there(rig: Rig, leads: str) -> None:
    outside = rig.root / "outside"
    outside.mkdir()
    target = {"to a new name": outside / "new.po", "to a folder": outside}.get(leads, rig.po())
    rig.po().symlink_to(target)
    run = rig.run()
    assert run.asked == []
    assert "jembatan.txt.po:1: " in run.problems.lines()[0]
    assert "link" in run.problems.lines()[0]
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("place", ["news.jsonl.d", "sub", "sub/deep"])
def test_a_folder_of_memory_that_is_a_link_is_not_written_into(rig: Rig, place: str) -> None:
    outside = rig.root / "outside"
    outside.mkdir()
    (rig.articles_dir / place).parent.mkdir(exist_ok=True)
    (rig.articles_dir / place).symlink_to(outside)
    one = (
        article("news.jsonl", record="r1")
        if place == "news.jsonl.d"
        else article(f"{place}/a/b.txt")
    )
    run = rig.run(one)
    assert run.asked == []
    [line] = run.problems.lines()
    assert line.startswith(f"{memory_path(one.ref)}:1: ")
    assert f" {place}: is a link" in line
    assert list(outside.iterdir()) == []


def test_a_second_name_of_a_memory_file_keeps_what_it_had(rig: Rig) -> None:
    """A hard link is no link to us, but neither are two files in one."""
    rig.run(engines=[])
    other = rig.root / "other.po"
    os.link(rig.po(), other)
    before = other.read_bytes()
    rig.run()
    assert other.read_bytes() == before
    assert f"EN({PARAGRAPHS[0]})" in rig.po().read_text("utf-8")
    assert TITLE in rig.po().read_text("utf-8")


@pytest.mark.parametrize("write", [write_atomic, write_if_changed])
def test_no_file_is_written_through_a_link(tmp_path: Path, write: object) -> None:
    assert callable(write)
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"theirs")
    link.symlink_to(real)
    with pytest.raises(OSError, match="is a link"):
        write(link, b"ours")
    (tmp_path / "folder").symlink_to(tmp_path)
    with pytest.raises(OSError, match="is a link"):
        write(tmp_path / "folder" / "new", b"ours", below=tmp_path)
    write(tmp_path / "folder" / "new", b"wanted")  # by whoever names such a path
    assert real.read_bytes() == b"theirs"


def test_an_export_goes_to_no_link(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("translate")
    real = project / "mine.tmx"
    link = project / "link.tmx"
    link.symlink_to(real)
    for more in ([], ["--force"]):
        assert main(["export", "--root", str(project), str(link), *more]) == 2
        assert "is a link" in capsys.readouterr().err
    assert not real.exists()


@pytest.mark.parametrize("kind", ["out", "hidden", "nothing", "folder", "circle"])
@pytest.mark.parametrize("place", ["docs", "overrides"])
def test_nothing_outside_is_published_through_a_link(project: Path, place: str, kind: str) -> None:
    (project / place).mkdir(exist_ok=True)
    (project / ".git").mkdir()
    (project / ".git" / "config").write_text("key", "utf-8")
    link = project / place / "secret.md"
    target = {
        "out": project.parent / "behind" / "notes.txt",
        "hidden": project / ".git" / "config",
        "nothing": project / "gone.md",
        "folder": project / "docs",
        "circle": link,
    }[kind]
    link.symlink_to(target)
    with pytest.raises(SiteError, match=r"secret\.md: .*link"):
        make_site(load_project(project), ProblemLog())
    assert not (project / "site").exists()


def test_a_page_may_be_a_link_to_a_file_of_the_project(project: Path) -> None:
    (project / "CHANGES.md").write_text("# Perubahan\n", "utf-8")
    (project / "docs" / "changes.md").symlink_to("../CHANGES.md")
    loaded = load_project(project)
    assert make_site(loaded, ProblemLog()).changed
    assert "Perubahan" in (project / "site/changes/index.html").read_text("utf-8")
    (project / "CHANGES.md").write_text("# Perbaikan\n", "utf-8")
    assert make_site(loaded, ProblemLog()).changed
    assert "Perbaikan" in (project / "site/changes/index.html").read_text("utf-8")


@pytest.mark.parametrize("place", ["article", "index.html"])
def test_mkdocs_writes_into_no_link(project: Path, place: str) -> None:
    """MkDocs empties its folder, but leaves links to folders and writes through them."""
    assert make_site(load_project(project), ProblemLog()).changed
    link = project / "site" / place
    if link.is_dir():
        shutil.rmtree(link)
    else:
        link.unlink()
    link.symlink_to(project / "articles")
    before = contents(project / "articles")
    with pytest.raises(SiteError, match=f"{place}: is a link"):
        check_places(load_project(project))
    with pytest.raises(SiteError, match=f"{place}: is a link"):
        make_site(load_project(project), ProblemLog())
    assert contents(project / "articles") == before


def test_hidden_names_of_the_sites_folder_are_not_ours(project: Path) -> None:
    """A worktree that publishes ``site/`` has its ``.git`` there; MkDocs leaves it alone."""
    (project / "site").mkdir()
    (project / "site" / ".git").symlink_to(project.parent / "behind")
    assert build(project) == 0
    assert (project / "site" / ".git").is_symlink()

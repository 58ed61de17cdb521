"""What is no ordinary file, or cannot be read: named in one line, waited for never."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

import factory
from dwiwarta.cli import main
from dwiwarta.errors import SettingsError, SiteError
from dwiwarta.problems import ProblemLog
from dwiwarta.site import make_site
from dwiwarta.yamlfile import load_yaml
from memory_rig import Rig, article

NEWS = """Pelabuhan {0} Menambah Dermaga

Kendari - Pelabuhan {0} menambah dermaga ketiga pada Selasa 5 Maret 2024, kata kepala pelabuhan.

Dermaga sepanjang 90 meter itu dapat dipakai {0} kapal nelayan setiap hari.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two articles, one in a folder of its own, that was built."""
    for name in ("articles/utara", "docs"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "articles" / "a.txt").write_text(NEWS.format("Lama"), "utf-8")
    (tmp_path / "articles" / "utara" / "b.txt").write_text(NEWS.format("Baru"), "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Probe\nsite_url: https://probe.example/\n", "utf-8"
    )
    assert build(tmp_path) == 0
    assert len(pages(tmp_path)) == 2
    return tmp_path


def build(root: Path, *options: str) -> int:
    return main(["build", "--root", str(root), "--docs-only", "--engines", "none", *options])


def pages(root: Path) -> set[str]:
    return {path.parent.name for path in (root / "docs" / "article").rglob("index.md")} - {
        "article"
    }


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # the address may be only so long
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


ODD = [pipe, unix_socket]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("articles/c.txt", "articles/c.txt:1: not an ordinary file"),
        ("articles/c.jsonl", "articles/c.jsonl:1: not an ordinary file"),
        ("articles/a.txt.yml", "articles/a.txt.yml:1: not an ordinary file"),
        ("articles/utara/b.txt.po", "articles/utara/b.txt.po:1: "),
        ("articles/alone.po", "articles/alone.po:1: "),
    ],
)
def test_a_pipe_among_the_articles_is_one_line(
    project: Path,
    odd: Callable[[Path], None],
    name: str,
    line: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (project / name).unlink(missing_ok=True)
    odd(project / name)
    assert build(project) == 0
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(line)
    assert "not an ordinary file" in told[0]
    assert len(pages(project)) == 2


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "name",
    [
        *(
            "dwiwarta.yml",
            "mkdocs.yml",
            "docs/index.md",
            "docs/article/x.md",
            "docs/search/about.json",
        )
    ],
)
def test_a_pipe_where_a_build_reads_or_writes_is_one_line(
    project: Path, odd: Callable[[Path], None], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / name).unlink(missing_ok=True)
    odd(project / name)
    assert build(project) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{project / name}:")
    assert "not an ordinary file" in line


@pytest.mark.parametrize("odd", ODD)
def test_a_pipe_among_written_pages_is_one_line(project: Path, odd: Callable[[Path], None]) -> None:
    odd(project / "docs" / "about.md")
    with pytest.raises(SiteError, match=r"^\S*docs/about\.md: not an ordinary file$"):
        make_site(factory.project(project), ProblemLog())


def test_a_pipe_for_knowledge_is_one_line(tmp_path: Path) -> None:
    pipe(tmp_path / "topics.yml")
    with pytest.raises(SettingsError, match=r"topics\.yml:1: cannot be read: not an ordinary"):
        load_yaml(tmp_path / "topics.yml", BaseModel)


def test_settings_that_are_a_link_to_nothing_are_not_taken_for_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "dwiwarta.yml").symlink_to("gone.yml")
    assert build(project) == 1
    assert f"{project / 'dwiwarta.yml'}:1: cannot be read" in capsys.readouterr().err


def test_a_memory_file_that_turns_into_a_pipe_is_not_waited_for(rig: Rig) -> None:
    """Not there when the memory is opened, and there when the first answer is to be stored."""
    pipe(rig.po())
    run = rig.run(article(), article("b.txt", ("Kapal nelayan kembali.",), "Nelayan"))
    assert [line.split(" ")[0] for line in run.problems.lines()] == ["jembatan.txt.po:1:"]
    assert run.texts[1].title.translation is not None


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Have the system refuse a file or folder; for root, who may read everything, say so itself."""

    def forbid(path: Path) -> None:
        if os.geteuid() != 0:
            path.chmod(0)
            return

        def guarded(call: Callable[..., object]) -> Callable[..., object]:
            def refused(given: object = ".", *args: object, **more: object) -> object:
                if isinstance(given, str | Path) and Path(given) in (path, *below):
                    raise PermissionError(13, "Permission denied", str(given))
                return call(given, *args, **more)

            return refused

        below = [*path.rglob("*")]
        for name in ("open", "scandir", "listdir"):
            monkeypatch.setattr(os, name, guarded(getattr(os, name)))

    return forbid


@pytest.fixture(autouse=True)
def _readable_again(tmp_path: Path) -> object:
    yield
    for path in tmp_path.rglob("*"):
        if not path.is_symlink() and path.stat().st_mode & 0o700 == 0:
            path.chmod(0o700)


def test_pages_stay_while_their_articles_cannot_be_read(
    project: Path, refuse: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    before = pages(project)
    refuse(project / "articles" / "utara")
    assert build(project) == 0
    told = capsys.readouterr().err
    assert "articles/utara:1: cannot be read: permission denied" in told
    assert "No page was removed" in told
    assert pages(project) == before
    assert build(project, "--strict") == 1


def test_a_page_stays_while_its_article_cannot_be_read_and_goes_with_it(
    project: Path, refuse: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    before = pages(project)
    refuse(project / "articles" / "a.txt")
    assert build(project) == 0
    told = capsys.readouterr().err
    assert "articles/a.txt:1: cannot be read: permission denied" in told
    assert pages(project) == before


def test_a_page_of_an_article_that_is_gone_goes(project: Path) -> None:
    shutil.rmtree(project / "articles" / "utara")
    assert build(project) == 0
    assert len(pages(project)) == 1


@pytest.mark.parametrize("how", ["folder", "files", "missing"])
def test_where_nothing_can_be_read_nothing_is_removed(
    project: Path, refuse: Callable[[Path], None], how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def docs() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in (project / "docs").rglob("*") if p.is_file()}

    before = docs()
    if how == "missing":
        (project / "articles").rename(project / "away")
    elif how == "folder":
        refuse(project / "articles")
    else:
        refuse(project / "articles" / "utara")
        refuse(project / "articles" / "a.txt")
    assert build(project) == 1
    told = capsys.readouterr().err.splitlines()
    assert all(line.startswith(("articles", "No article could be read")) for line in told), told
    assert any("cannot be read" in line for line in told)
    assert docs() == before


@pytest.mark.parametrize(
    "name", ["docs/about.md", "docs/assets", "overrides/main.html", "overrides"]
)
def test_what_mkdocs_needs_and_cannot_be_read_is_named(
    project: Path, refuse: Callable[[Path], None], name: str
) -> None:
    path = project / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix:
        path.write_text("Halo", "utf-8")
    else:
        path.mkdir()
        (path / "reader.css").write_text("p {}", "utf-8")
    refuse(path)
    with pytest.raises(SiteError, match=f"^{path}: Permission denied"):
        make_site(factory.project(project), ProblemLog())
    assert not (project / "site").exists()


def test_a_full_disk_under_mkdocs_is_one_line(project: Path) -> None:
    (project / "full.py").write_text(
        "def on_post_build(**_):\n"
        "    raise OSError(28, 'No space left on device', 'site/search/x.js')\n",
        "utf-8",
    )
    (project / "mkdocs.yml").write_text("site_name: Probe\nhooks: [full.py]\n", "utf-8")
    with pytest.raises(SiteError) as caught:
        make_site(factory.project(project), ProblemLog())
    reason = "No space left on device: 'site/search/x.js'"
    assert str(caught.value) == f"MkDocs could not read or write: {reason}"
    (project / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    assert make_site(factory.project(project), ProblemLog()).changed, "half a site is not current"


@pytest.mark.parametrize("moment", ["kemarin", "-5", "9" * 17, "1\n::error::x"])
def test_a_moment_of_the_build_that_is_none_is_named(
    project: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    with pytest.raises(SiteError, match=r"^SOURCE_DATE_EPOCH: [^\n]+ is no number of seconds"):
        make_site(factory.project(project), ProblemLog())


@pytest.mark.parametrize(
    ("name", "text", "place", "reason"),
    [
        ("mkdocs.yml", "site_name: Probe\nINHERIT: 12\n", "mkdocs.yml: ", "TypeError"),
        (
            "rusak.py",
            "def on_config(config):\n    return config['x']\n",
            "rusak.py:2: ",
            "KeyError",
        ),
        (
            "mine/main.html",
            '{% extends "base.html" %}{% block content %}{{ ada() }}{% endblock %}',
            "mine/main.html:1: ",
            "ada",
        ),
    ],
)
def test_where_mkdocs_breaks_down_a_line_names_the_file_and_no_traceback_is_shown(
    project: Path, name: str, text: str, place: str, reason: str
) -> None:
    (project / "mine").mkdir()
    (project / "mkdocs.yml").write_text(
        "site_name: Probe\ntheme: {name: material, custom_dir: mine}\n"
        + ("hooks: [rusak.py]\n" if name == "rusak.py" else ""),
        "utf-8",
    )
    (project / name).write_text(text, "utf-8")
    with pytest.raises(SiteError) as caught:
        make_site(factory.project(project), ProblemLog())
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{project}/{place}")
    assert "MkDocs breaks down: " in line
    assert reason in line


def test_a_cache_that_is_a_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / ".cache")
    (project / ".cache").write_text("", "utf-8")
    assert build(project) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{project / '.cache'}: is a file")


def test_a_cache_that_cannot_be_read_is_named(
    project: Path, refuse: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    refuse(project / ".cache")
    assert build(project) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{project / '.cache'}")
    assert "ermission denied" in line


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("ending", ["xlf", "tmx"])
def test_a_pipe_to_import_is_one_line(
    project: Path, odd: Callable[[Path], None], ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    odd(project / f"back.{ending}")
    assert main(["import", "--root", str(project), str(project / f"back.{ending}")]) == 1
    assert capsys.readouterr().err.endswith(
        f"back.{ending}:1: cannot be read: not an ordinary file\n"
    )


@pytest.mark.parametrize("place", ["docs/article", "docs/search", "site", ".cache", "docs"])
def test_no_name_of_a_file_steers_a_terminal_or_a_ci(
    project: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / place).mkdir(exist_ok=True)
    pipe(project / place / "a\n::error::b\x1b[31m\u202ec.md")
    options = [] if place == "docs" else ["--docs-only"]
    assert main(["build", "--root", str(project), "--engines", "none", *options]) == 1
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert r"a\n::error::b\x1b[31m\u202ec.md: not an ordinary file" in shown


def test_no_line_of_an_error_is_a_command_of_a_ci(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "a\n::warning::b\x1b[2Jc"
    (root / "articles").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("[", "utf-8")
    assert build(root) == 1
    shown = capsys.readouterr().err
    assert "\n./::warning::b\\x1b[2Jc/mkdocs.yml:2: broken YAML" in shown


def test_a_note_spells_out_what_would_turn_a_line_round(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "articles" / "foto\u202egpj.jpg").write_bytes(b"x")
    assert build(project, "--strict") == 0
    assert r"note: articles/foto\u202egpj.jpg: no article" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["kabar\udcff.txt", "kabar\udcff.txt.yml", "foto\udcff.jpg"])
def test_a_file_whose_name_is_not_utf8_is_told_by_every_build(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        (project / "articles" / name).write_text(NEWS.format("Tua"), "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    for _ in range(2):
        assert build(project) == 0
        assert name.replace("\udcff", "\\xff") in capsys.readouterr().err


def test_a_page_whose_name_is_not_utf8_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        (project / "docs" / "catatan\udcff.md").write_text("# Catatan\n", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    assert main(["build", "--root", str(project), "--engines", "none"]) == 1
    shown = capsys.readouterr().err
    assert shown.endswith("docs/catatan\\xff.md: the name is not valid UTF-8; rename it\n")
    assert shown.count("\n") == 1


def test_a_setting_of_mkdocs_that_stands_twice_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "site_name: Satu\nsite_url: https://satu.example/\nsite_name: Dua\n"
    (project / "mkdocs.yml").write_text(text, "utf-8")
    assert build(project) == 1
    shown = capsys.readouterr().err
    assert shown.endswith("mkdocs.yml:3: 'site_name' stands twice, first on line 1\n")

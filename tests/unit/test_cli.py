"""The command line as a person meets it: closing lines, exit codes, no traceback for bad input."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from dwiwarta.cli import COMMANDS, main
from dwiwarta.settings import PROJECT_ROOT

GOOD = """Jembatan Gantung di Kalimantan Selesai Diperbaiki
Senin, 04 Maret 2024 - 09:30 WIB
BANJARMASIN - Jembatan gantung sepanjang 120 meter itu selesai diperbaiki setelah enam bulan.
Pemerintah kabupaten membuka jembatan tersebut untuk pejalan kaki pada Senin (4/3/2024).
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without articles, beside this one's theme and hand-written pages."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    return tmp_path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_an_output_that_cannot_be_written_is_one_line(project: Path) -> None:
    (project / "articles" / "a.txt").write_text(GOOD, "utf-8")
    command = [sys.executable, str(PROJECT_ROOT / "scripts/build.py"), "review"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command, "--root", str(project)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "standard output: No space left on device: make room on the disk\n"
    )


def build(project: Path, *options: str) -> int:
    return main(["build", "--root", str(project), "--docs-only", "--engines", "none", *options])


def test_a_build_ends_by_saying_what_was_done_and_where_to_look(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "articles" / "a.txt").write_text(GOOD, "utf-8")
    assert build(project) == 0
    out = capsys.readouterr().out
    for words in ("1 with 2 paragraphs", "0 merged", "0 now, 0 from memory, 3 pending", "Look at"):
        assert words in out
    assert list((project / "docs" / "article").iterdir())


def test_a_caller_keeps_its_own_collecting_of_memory(project: Path) -> None:
    before = gc.get_threshold()
    build(project)
    assert gc.get_threshold() == before


def test_a_removed_article_takes_its_page_along(project: Path) -> None:
    article = project / "articles" / "a.txt"
    article.write_text(GOOD, "utf-8")
    assert build(project) == 0
    assert list((project / "docs" / "article").rglob("*.md"))
    article.unlink()
    assert build(project) == 0
    assert not list((project / "docs" / "article").rglob("2024*"))


VENV_PYTHON = PROJECT_ROOT / ".venv" / "bin" / "python"

BAD = {
    "empty.txt": (b"", "empty"),
    "spaces.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "broken.md": (b"---\ntitle: [1, 2\n---\nTeks.\n", "YAML"),
    "huge.txt": (b"a b c. " * 800_000, "MB"),
}


def test_bad_files_are_named_with_a_reason_and_the_rest_builds(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "articles" / "a.txt").write_text(GOOD, "utf-8")
    for name, (data, _) in BAD.items():
        (project / "articles" / name).write_bytes(data)
    assert build(project) == 0
    captured = capsys.readouterr()
    assert "1 with 2 paragraphs" in captured.out
    for name, (_, word) in BAD.items():
        (line,) = [x for x in captured.err.splitlines() if x.startswith(f"articles/{name}:")]
        assert line.split(":")[1].isdigit()
        assert word.lower() in line.lower(), line
    assert "Traceback" not in captured.err


def test_strict_turns_a_warning_into_a_failure(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "articles" / "a.txt").write_text(GOOD, "utf-8")
    assert build(project, "--strict") == 0
    (project / "articles" / "b.txt").write_bytes(b"")
    assert build(project) == 0
    assert build(project, "--strict") == 1
    assert "1 warning," in capsys.readouterr().err


def test_require_complete_fails_while_a_paragraph_has_no_english(project: Path) -> None:
    (project / "articles" / "a.txt").write_text(GOOD, "utf-8")
    assert build(project, "--require-complete") == 1


def test_an_unknown_country_is_named_with_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"---\ntitle: Jembatan\ndate: 2024-03-04\ncountries: [XX]\n---\n{GOOD}"
    (project / "articles" / "a.md").write_text(text, "utf-8")
    assert build(project) == 0
    (line,) = [x for x in capsys.readouterr().err.splitlines() if x.startswith("articles/a.md:")]
    assert line.startswith("articles/a.md:4:")
    assert "XX" in line


def test_broken_settings_are_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "dwiwarta.yml").write_text("site:\n  page_sise: 3\n", "utf-8")
    assert build(project) == 1
    assert "dwiwarta.yml:2: site.page_sise: unknown key" in capsys.readouterr().err


def test_a_project_without_articles_still_builds(project: Path) -> None:
    assert build(project) == 0
    assert (project / "docs" / "index.md").exists()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 4


def test_the_script_runs_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROJECT_ROOT / "scripts" / "build.py"), "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_wrong_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--no-such-option"]) == 2
    assert "no-such-option" in capsys.readouterr().err


@pytest.mark.skipif(not VENV_PYTHON.exists(), reason="the environment was not made by make")
def test_a_python_without_the_packages_hands_over_to_the_environment(tmp_path: Path) -> None:
    script = str(PROJECT_ROOT / "scripts" / "build.py")
    # The Python that the environment was made from; -S: without any installed package.
    bare = [str(Path(sys.executable).resolve()), "-S", "-E", script, "--version"]
    done = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "dwiwarta" in done.stdout


@pytest.mark.parametrize(
    "words",
    [["import", ""], ["export", ""], ["export", "a.xlf", ""], ["review", "--approve", ""]],
    ids=" ".join,
)
def test_an_empty_name_is_not_this_folder(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    assert main([*words, "--root", str(tmp_path)]) == 2
    assert "it is empty; for this folder, write ." in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["serve"],
        ["doctor"],
        ["new", "--page", "{page}"],
        ["translate"],
        ["review"],
        ["review", "--approve", "a.txt"],
        ["fix", "a", "b", "c"],
        ["export", "a.xlf"],
        ["import", "{page}"],
    ],
    ids=" ".join,
)
def test_a_folder_that_is_no_site_is_a_line_with_the_way_out(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Pasar\n\nPasar dibuka lagi.\n", "utf-8")
    root = tmp_path / "empty"
    root.mkdir()
    words = [word.replace("{page}", str(page)) for word in words]
    assert main([*words, "--root", str(root)]) == 1
    out, err = capsys.readouterr()
    assert f"{root / 'mkdocs.yml'}:1: is missing: " in out + err
    assert " init" in out + err
    assert "Traceback" not in out + err
    assert list(root.iterdir()) == []

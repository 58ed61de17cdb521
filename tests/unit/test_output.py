"""What every command shares: help that fits, quiet and verbose, JSON, bars, completion."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from dwiwarta.cli import COMMANDS, cli, main
from dwiwarta.commands import output
from dwiwarta.commands.output import Bar, Steps, is_terminal, shown_rate
from project_rig import make_project
from terminal import SCRIPT, at_terminal, plain_environment

ARTICLE = "Perahu Merah Selesai Dicat\n\nPerahu nelayan itu selesai dicat ulang pada Senin pagi.\n"


def all_commands() -> Iterator[tuple[str, ...]]:
    """Every command a person can type, those of groups too."""
    yield ()
    for name in COMMANDS:
        yield (name,)
        command = cli.get_command(click.Context(cli), name)
        if isinstance(command, click.Group):
            yield from ((name, below) for below in command.commands)


def help_of(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*command, "--help"]) == 0
    return capsys.readouterr().out


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path, with_pages=False)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


# --- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", list(all_commands()), ids=" ".join)
def test_help_is_whole_at_80_columns(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = help_of(command, capsys)
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert "..." not in text.replace("[ARGS]...", "").replace("]...", "").replace("S...", "")
    assert not re.search(r"^  .*\w…$", text, re.MULTILINE), "cut"
    if command:
        assert "-q, --quiet" in text
        assert "-v, --verbose" in text


def test_the_list_of_commands_tells_each_in_a_whole_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = " ".join(help_of((), capsys).split())
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert f"{name} {command.get_short_help_str(1000)}" in text


OTHER = "Pasar Sayur Pindah\n\nPasar sayur di tepi kota pindah ke bangunan baru, kata warga.\n"


# --- quiet, verbose, colours ----------------------------------------------------------------------


@pytest.mark.parametrize("flags", [("-q", "build"), ("build", "-q"), ("build", "--quiet"), ("-q",)])
def test_quiet_says_nothing_where_nothing_is_wrong(
    project: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...]
) -> None:
    options = ("--root", str(project), "--docs-only", "--engines", "none")
    assert main([*flags, *options]) == 0
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


@pytest.mark.parametrize("flags", [("-v", "build"), ("build", "-v"), ("--verbose",)])
def test_verbose_says_how_long_each_step_took(
    project: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...]
) -> None:
    options = ("--root", str(project), "--docs-only", "--engines", "none")
    assert main([*flags, *options]) == 0
    assert re.search(r"Rendering pages: \d+\.\d\d s", capsys.readouterr().err)
    assert main(["build", *options]) == 0
    assert "Rendering pages:" not in capsys.readouterr().err


def test_quiet_stays_with_one_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--root", str(project), "--docs-only", "--engines", "none")
    assert main(["build", "-q", *options]) == 0
    assert main(["build", *options]) == 0
    assert "Articles" in capsys.readouterr().out


@pytest.mark.parametrize("colours", [{}, {"NO_COLOR": "1"}])
def test_no_colour_is_ever_sent_to_a_terminal(project: Path, colours: dict[str, str]) -> None:
    args = ["build", "-v", "--root", str(project), "--engines", "none"]
    seen = at_terminal(args, plain_environment(**colours))
    assert seen.code == 0, seen.text
    assert "Rendering pages" in seen.text
    assert "\x1b" not in seen.text


# --- bars -----------------------------------------------------------------------------------------


def test_a_rate_is_in_words() -> None:
    assert shown_rate(1234.0, "articles") == "1,234 articles/s"
    assert shown_rate(3.14, "paragraphs") == "3.1 paragraphs/s"
    assert shown_rate(0.5, "paragraphs") == "30 paragraphs/min"
    assert shown_rate(2_400_000.0, "bytes") == "2.4 MB/s"


def bar_on_terminal(monkeypatch: pytest.MonkeyPatch, seconds: list[float]) -> Bar:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    return Bar("Work", "articles", clock=lambda: seconds[0])


def test_a_bar_comes_with_rate_and_time_left_when_work_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    bar = bar_on_terminal(monkeypatch, now)
    now[0] = 1.9
    bar.to(10, 100)
    assert capsys.readouterr().err == ""
    now[0] = 4.0
    bar.to(20, 100)
    bar.to(40, 100)
    text = capsys.readouterr().err
    bar.close()
    assert "Work" in text
    assert "10 articles/s" in text
    assert "40%" in text
    assert re.search(r"00:00:\d\d", text), "the time left"
    assert "\x1b[?25h" in capsys.readouterr().err, "the cursor is back"


@pytest.mark.parametrize("why", ["ci", "quiet", "pipe"])
def test_no_bar_where_nobody_looks(
    why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    if why == "quiet":
        monkeypatch.setattr(output, "is_quiet", lambda: True)
    bar = bar_on_terminal(monkeypatch, now)
    if why == "ci":
        monkeypatch.setenv("CI", "true")
        bar = Bar("Work", "articles", clock=lambda: now[0])
    elif why == "pipe":
        monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
        bar = Bar("Work", "articles", clock=lambda: now[0])
    now[0] = 10.0
    bar.to(50, 100)
    bar.close()
    assert capsys.readouterr().err == ""


def test_steps_end_their_bar(capsys: pytest.CaptureFixture[str]) -> None:
    steps = Steps()
    steps("One")
    steps.count(1, 2, "articles")
    steps("Two")
    steps.close()
    assert capsys.readouterr().out == "  One …\n  Two …\n"


def test_nobody_is_asked_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("CI", raising=False)
    assert is_terminal()
    monkeypatch.setenv("CI", "true")
    assert not is_terminal()


# --- JSON -----------------------------------------------------------------------------------------


def printed(args: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    assert main(args) == code
    return json.loads(capsys.readouterr().out)


def test_build_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "articles" / "b.txt").write_bytes(b"")
    args = ["build", "--json", "--root", str(project), "--docs-only", "--engines", "none"]
    found = printed(args, capsys)
    assert sorted(found) == [
        "articles", "countries", "linked", "merged", "notes", "output", "pages", "paragraphs",
        "removed", "repeats", "seconds", "topics", "translation", "warnings",
    ]  # fmt: skip
    assert sorted(found["pages"]) == ["removed", "unchanged", "written"]
    assert sorted(found["translation"]) == [
        "from_memory", "pending", "pending_rejected", "rejected", "stale", "translated",
        "unchanged",
    ]  # fmt: skip
    assert (found["articles"], found["translation"]["pending"]) == (1, 2)
    (warning,) = found["warnings"]
    assert (warning["file"], warning["line"]) == ("articles/b.txt", 1)
    assert found["output"] == str(project / "docs")


def test_inspect_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "articles" / "b.txt").write_bytes(b"")
    found = printed(["inspect", "--json", str(project / "articles")], capsys)
    assert sorted(found) == ["articles", "warnings"]
    (article,) = found["articles"]
    assert {"file", "title", "published", "paragraphs", "removed", "countries"} <= article.keys()
    assert sorted(found["warnings"][0]) == ["file", "line", "reason"]


def test_compare_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "articles" / "b.txt").write_text(ARTICLE, "utf-8")
    found = printed(["compare", "--json", str(project / "articles")], capsys)
    assert found["articles"] == 2
    assert found["pairs"] == [{"a": "a.txt", "b": "b.txt", "relation": "same-article"}]
    assert found["warnings"] == []


def test_review_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "-q", "--root", str(project), "--docs-only", "--engines", "none"])
    found = printed(["review", "--json", "--root", str(project)], capsys)
    assert sorted(found) == ["counts", "findings"]
    assert found["counts"]["pending"] == 2
    assert sorted(found["findings"][0]) == [
        "english", "file", "kind", "line", "reason", "source",
    ]  # fmt: skip


def test_models_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DWIWARTA_MODELS", str(tmp_path))
    found = printed(["models", "list", "--json"], capsys)
    assert found["folder"] == str(tmp_path)
    (model,) = found["models"]
    assert (model["name"], model["state"], model["version"]) == ("firefox", "not fetched", None)
    (tmp_path / "firefox").mkdir()
    (tmp_path / "firefox" / "manifest.json").write_text("{", "utf-8")
    found = printed(["models", "list", "--json"], capsys, code=1)
    assert found["models"][0]["state"] == "damaged"


def test_import_as_json(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path_factory.mktemp("masuk")
    (inbox / "a.txt").write_text(ARTICLE, "utf-8")
    (inbox / "b.txt").write_text(OTHER, "utf-8")
    (inbox / "c.txt").write_bytes(b"")
    found = printed(["import", "--json", "--root", str(project), str(inbox)], capsys, code=1)
    assert sorted(found) == ["articles", "counts", "translations"]
    assert found["counts"] == {"imported": 1, "already there": 1, "refused": 1}
    known, taken, refused = found["articles"]
    assert sorted(known) == [
        "fate", "file", "name", "published", "reason", "title", "warnings",
    ]  # fmt: skip
    assert (known["fate"], known["file"]) == ("already there", "articles/a.txt")
    assert (project / taken["file"]).exists()
    assert (refused["fate"], refused["file"], refused["title"]) == ("refused", None, None)
    assert sorted(found["translations"]) == ["counts", "told"]


def test_new_as_json(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path_factory.mktemp("masuk") / "b.txt"
    page.write_text(OTHER, "utf-8")
    args = ["new", "--json", "--root", str(project), "--page", str(page)]
    found = printed(args, capsys)
    assert sorted(found) == [
        "author", "date_from", "fate", "file", "left_out", "name", "paragraphs", "published",
        "reason", "source_name", "source_url", "title", "title_from", "warnings",
    ]  # fmt: skip
    assert (found["fate"], found["left_out"]) == ("imported", [])
    assert printed(args, capsys, code=1)["fate"] == "already there"


@pytest.mark.parametrize("command", ["new", "review", "approve", "import", "export", "compare"])
def test_quiet_leaves_out_what_was_done(
    command: str,
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["build", "-q", "--root", str(project), "--docs-only", "--engines", "none"])
    masuk = tmp_path_factory.mktemp("masuk")
    (masuk / "b.txt").write_text(OTHER, "utf-8")
    words = {
        "new": ["new", "--page", str(masuk / "b.txt")],
        "review": ["review", "--kind", "broken"],
        "approve": ["review", "--approve", str(project / "articles" / "a.txt")],
        "import": ["import", str(masuk)],
        "export": ["export", str(masuk / "out.xlf")],
        "compare": ["compare", "--json", str(masuk)],
    }[command]
    assert main([*words, "-q", "--root", str(project)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert (captured.out == "") is (command != "compare"), "what was asked for is printed"


# --- completion -----------------------------------------------------------------------------------

RUN = "import sys; sys.argv[0] = 'dwiwarta'; from dwiwarta.cli import main; sys.exit(main())"


def completed(words: str) -> list[str]:
    """What the shell is offered after these words."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env=plain_environment(
            PYTHONPATH=str(SCRIPT.parent),
            _DWIWARTA_COMPLETE="bash_complete",
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split(" ")) - 1),
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_the_shell_completes_commands_options_and_values() -> None:
    assert completed("dwiwarta bu") == ["build"]
    assert "--require-complete" in completed("dwiwarta build --re")
    assert "pending" in completed("dwiwarta review --kind p")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_completion_for(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env=plain_environment(PYTHONPATH=str(SCRIPT.parent), _DWIWARTA_COMPLETE=f"{shell}_source"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "_DWIWARTA_COMPLETE" in done.stdout, done.stderr

"""The editor's commands: translate, review, export, import, on a small project."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dwiwarta.cli import main
from dwiwarta.model import State
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.memory import open_memory

NEWS = """Pasar Ikan di Ambon Dibuka Kembali

Senin, 12 Januari 2026 - 09:00 WIT

AMBON - Pasar ikan di pusat kota Ambon dibuka kembali setelah diperbaiki selama enam bulan.

Kepala dinas perikanan mengatakan bahwa ada 120 lapak baru untuk pedagang mulai pekan ini.

Para pembeli berharap harga ikan tidak naik karena sewa lapak yang lebih mahal.
"""
OTHER = """Sekolah di Ternate Menanam Pohon

Siswa menanam empat ratus bibit mangga di sekitar lapangan bola pada hari libur.

Guru berharap halaman menjadi teduh dalam beberapa tahun.
"""
# The gate wants plausible English: this is what the scripted engine answers.
SCRIPT = """
version: fake 2
default: null
rules:
  - match: Dibuka Kembali
    answer: Fish Market in Ambon Reopens
  - match: dibuka kembali
    answer: The fish market in central Ambon has reopened after six months of repairs.
  - match: dinas perikanan
    answer: The head of the fisheries office said there are 120 new stalls for traders this week.
  - match: pembeli
    answer: Buyers hope that the price of fish will not rise because of higher rents for stalls.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ambon.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", encoding="utf-8")
    (tmp_path / "dwiwarta.yml").write_text("translation: {engines: [fake]}\n", encoding="utf-8")
    script = tmp_path / "script.yml"
    script.write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setenv("DWIWARTA_FAKE_SCRIPT", str(script))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], project: Path, *args: object) -> tuple[int, str]:
    """Exit code and all output."""
    name, *rest = [str(arg) for arg in args]
    code = main([name, "--root", str(project), *rest])
    out, err = capsys.readouterr()
    return code, out + err


def states(project: Path) -> list[State | None]:
    with open_memory(
        project / "articles", project / ".cache", ProblemLog(), read_only=True
    ) as memory:
        return [
            entry.translation.state if entry.translation else None
            for path in memory.index.paths()
            for entry in memory.index.entries(path)
        ]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], project: Path):
    return lambda *args: run(capsys, project, *args)


def test_dry_run_estimates_and_writes_nothing(say, project: Path) -> None:
    code, text = say("translate", "--dry-run")
    assert code == 0
    assert "To translate: 4 segments of 1 article, " in text
    assert "Engines: fake 2" in text
    assert not (project / "articles" / "ambon.txt.po").exists()
    assert "2 segments" in say("translate", "--dry-run", "--limit", "2")[1]


def test_translate_saves_and_the_next_run_has_nothing_to_do(say, project: Path) -> None:
    code, text = say("translate")
    assert (code, "4 now, 0 from memory, 0 pending (" in text) == (0, True)
    assert states(project) == [State.MACHINE] * 4
    before = (project / "articles" / "ambon.txt.po").read_bytes()
    assert "0 now, 4 from memory" in say("translate")[1]
    assert (project / "articles" / "ambon.txt.po").read_bytes() == before


def test_limit_and_engines_none(say, project: Path) -> None:
    assert "0 now, 0 from memory, 4 pending" in say("translate", "--engines", "none")[1]
    assert "1 now" in say("translate", "--limit", "1")[1]


@pytest.mark.parametrize(
    ("options", "redone"),
    [
        (("--redo-outdated",), 4),
        (("--redo-before", f"{datetime.now(UTC):%Y-%m-%d}"), 0),
        (("--redo-before", "2000-01-01"), 0),
        (("--redo-before", "2999-01-01", "--limit", "3"), 3),
    ],
)
def test_redo(say, project: Path, options: tuple[str, ...], redone: int) -> None:
    say("translate")
    (project / "script.yml").write_text(SCRIPT.replace("fake 2", "fake 3"), encoding="utf-8")
    assert f"{redone} now" in say("translate", *options)[1]


def test_redo_leaves_what_a_person_wrote(say, project: Path) -> None:
    say("translate")
    say("review", "--approve", "articles/ambon.txt")
    assert states(project) == [State.APPROVED] * 4
    text = say("translate", "--redo-engine", "fake", "--redo-before", "2999-01-01")[1]
    assert "0 now, 4 from memory" in text


def test_redo_of_one_engine_leaves_the_others(say, project: Path) -> None:
    say("translate")
    assert "0 now" in say("translate", "--redo-engine", "google")[1]
    assert "4 now" in say("translate", "--redo-engine", "fake")[1]


def test_review_tells_what_is_pending_and_why(say, project: Path) -> None:
    bad = SCRIPT.replace("120 new stalls", "150 new stalls")
    (project / "script.yml").write_text(bad, encoding="utf-8")
    code, text = say("translate")
    assert "NoAnswer  1 answer of engines" in text
    assert "NoAnswer: articles/ambon.txt: fake 2: " in text
    code, text = say("review", "--json", "--check")
    assert code == 1
    found = json.loads(text)
    assert found["counts"]["pending"] == 1
    [finding] = found["findings"]
    assert finding["file"] == "articles/ambon.txt.po"
    assert finding["reason"].startswith("fake 2: ")
    assert f" articles/ambon.txt.po:{finding['line']} " in say("review")[1]
    lines = (project / "articles" / "ambon.txt.po").read_text(encoding="utf-8").splitlines()
    assert lines[finding["line"] - 1].startswith('msgid "Kepala dinas perikanan')


def test_review_of_a_complete_site_is_quiet(say) -> None:
    say("translate")
    assert say("review", "--check") == (0, "Nothing to review.\n")


def test_review_finds_stale_and_what_the_gate_would_reject(say, project: Path) -> None:
    say("translate")
    po = project / "articles" / "ambon.txt.po"
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace("The head of the fisheries", "Head of fisheries"), encoding="utf-8")
    article = project / "articles" / "ambon.txt"
    article.write_text(NEWS.replace("120 lapak", "140 lapak"), encoding="utf-8")
    say("translate", "--engines", "none")
    code, text = say("review", "--check", "--kind", "stale")
    assert code == 1
    assert "was: Head of fisheries" in text
    assert say("review", "--check", "--kind", "gate") == (0, "Nothing to review.\n")
    code, text = say("review")
    assert code == 0
    assert "pending" in text


def test_approve_needs_a_memory_file(say, project: Path) -> None:
    code, text = say("review", "--approve", "nothing.txt")
    assert code == 2
    assert "nothing.txt: no article of this project with a memory file" in text


@pytest.mark.parametrize("name", ["out.xlf", "out.tmx"])
def test_export_and_import(say, project: Path, name: str) -> None:
    say("translate")
    out = project / name
    code, text = say("export", out, project / "articles")
    assert (code, "4 segments" in text) == (0, True)
    out.write_text(
        out.read_text(encoding="utf-8").replace("Fish Market in Ambon", "Ambon Fish Market"),
        encoding="utf-8",
    )
    code, text = say("import", "--by", "Dewi", out)
    assert (code, text) == (0, "1 edited, 3 unchanged\n")
    assert states(project)[0] is State.EDITED
    po = project / "articles" / "ambon.txt.po"
    edited = po.read_text(encoding="utf-8").replace("Ambon Fish Market", "The Market")
    po.write_text(edited, encoding="utf-8")
    code, text = say("import", out)
    assert code == 1
    assert "Conflict: articles/ambon.txt.po: Pasar Ikan" in text
    assert "memory: The Market Reopens" in text
    assert say("import", "--overwrite", out)[0] == 0


def test_export_of_one_article_does_not_take_its_neighbours(say, project: Path) -> None:
    (project / "articles" / "ambon.txt2.txt").write_text(OTHER, encoding="utf-8")
    say("translate", "--engines", "none")
    assert "4 segments" in say("export", project / "a.xlf", "ambon.txt")[1]
    assert "7 segments" in say("export", project / "a.xlf")[1]


def test_import_of_a_missing_file_is_one_line(say, project: Path) -> None:
    path = project / "nix.xlf"
    assert say("import", path) == (1, f"{path}: no such file\n")


@pytest.mark.parametrize("command", ["translate", "build"])
def test_an_unknown_engine_on_the_command_line_is_wrong_usage(say, command: str) -> None:
    code, text = say(command, "--engines", "fake,foo")
    assert code == 2
    assert "'--engines': no engine 'foo'; there are firefox, " in text


def test_translate_without_a_terminal_leaves_no_bare_label(say) -> None:
    first, *rest = say("translate")[1].splitlines()
    assert first.startswith("To translate: 4 segments")
    assert [" ".join(line.split()) for line in rest] == [
        "Translated 4 now, 0 from memory, 0 pending (titles and paragraphs)"
    ]


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("x.xlf", "nothere"), "nothere: no article of this project with a memory file"),
        (("x.xlf", "ambon.txt", "nothere.txt"), "nothere.txt: no article of this project"),
        (("x.foo",), "x.foo: name it .xlf, .xliff, .tmx, or say --format"),
        (("x",), "name it .xlf"),
    ],
)
def test_export_of_what_is_not_there_leaves_the_file_alone(
    say, project: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], reason: str
) -> None:
    monkeypatch.chdir(project)
    say("translate")
    out = project / args[0]
    out.write_text("earlier work", encoding="utf-8")
    code, text = say("export", *args)
    assert (code, reason in text) == (2, True), text
    assert out.read_text(encoding="utf-8") == "earlier work"


def test_export_with_a_stated_format_may_be_called_anything(say, project: Path) -> None:
    say("translate")
    assert "4 segments as TMX" in say("export", "--format", "tmx", project / "x.foo")[1]


@pytest.mark.parametrize("command", ["translate", "build", "review"])
def test_a_broken_memory_file_is_named_as_it_can_be_opened(
    say, project: Path, command: str
) -> None:
    (project / "articles" / "ambon.txt.po").write_text('msgid "a', encoding="utf-8")
    options = ("--docs-only", "--engines", "none") if command == "build" else ()
    assert "articles/ambon.txt.po:1: not valid PO" in say(command, *options)[1]


def test_what_is_not_sent_is_told_with_the_reason(say, project: Path) -> None:
    text = say("translate", "--engines", "none", "--dry-run")[1]
    assert "Not sent: 4 segments without English (no engine is ready)" in text
    (project / "script.yml").write_text("version: fake 2\ndefault: '25'\n", encoding="utf-8")
    text = say("translate")[1]
    assert "NoAnswer: articles/ambon.txt: fake 2: " in text
    assert "· Pasar Ikan" in text
    assert "answers to 4 of the pending, which did not pass the checks" in text
    assert "--retry asks again" in say("translate", "--dry-run")[1]
    assert "To translate: 4 segments" in say("translate", "--dry-run", "--retry")[1]


def test_engines_named_of_which_none_can_work_are_a_failure(say, project: Path) -> None:
    code, text = say("translate", "--engines", "libre")
    assert code == 1
    assert "set DWIWARTA_LIBRE_URL" in text
    assert say("translate", "--engines", "none")[0] == 0


@pytest.mark.parametrize(
    "options", [("--redo-engine", "libr"), ("--engines", "none,libre"), ("--engines", "nix")]
)
def test_names_that_nothing_has_are_wrong_usage(say, options: tuple[str, str]) -> None:
    assert say("translate", *options)[0] == 2

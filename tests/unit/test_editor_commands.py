"""The editor's loop: review, approve, export and import say what they could not do."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_rig import Say, articles_project, runner
from dwiwarta.cli import main
from dwiwarta.model import State, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.translate import open_memory
from project_rig import FRESH_SIGNALS, previewed_at

WAIT_SECONDS = 300  # for what takes a few; a busy machine may need more
NEWS = """Pasar Ikan di Ambon Dibuka Kembali
Senin, 04 Maret 2024 - 09:30 WIB
AMBON - Pasar ikan di pusat kota Ambon dibuka kembali setelah diperbaiki selama enam bulan.
Pembeli berharap harga ikan tidak naik karena sewa lapak menjadi lebih mahal.
"""
OTHER = NEWS.replace("Ikan", "Sayur").replace("ikan", "sayur").replace("Ambon", "Palu")
FOREIGN = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file
original="a.po" source-language="id" target-language="en" datatype="po"><body>
<trans-unit id="7"><source>Pasar</source><target>Market</target></trans-unit>
</body></file></xliff>"""
RECORDS = [
    {"title": f"Jalan {name} diperbaiki", "content": f"Jalan {name} diperbaiki sejak hari Senin."}
    for name in ("Merdeka", "Pahlawan")
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    lines = "".join(f"{json.dumps(record)}\n" for record in RECORDS)
    articles = {"ambon.txt": NEWS, "baru/palu.txt": OTHER, "news.jsonl": lines}
    return articles_project(tmp_path, articles)


@pytest.fixture
def say(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a command in a project where all has machine English: exit code and all output."""
    monkeypatch.chdir(project)

    run = runner(project, capsys)
    assert run("translate", "--engines", "none")[0] == 0
    with open_memory(project / "articles", project / ".cache", ProblemLog()) as memory:
        for path in memory.index.paths():
            for entry in memory.index.entries(path):
                made = Translation(f"EN({entry.key.source})", State.MACHINE, "fake 1")
                assert memory.record_at(path, entry.key, made)
    return run


def po(project: Path, name: str = "ambon.txt") -> Path:
    return project / "articles" / f"{name}.po"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def break_it(project: Path) -> int:
    """Take the first msgid out of a memory file; says on which line the fault is then."""
    path = po(project)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith('msgid "Pembeli'))
    del lines[at]
    path.write_text("".join(lines), encoding="utf-8")
    return at + 1


def no_space(*args: object, **options: object) -> None:
    raise PermissionError(13, "Permission denied")


# --- review -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "approved"),
    [
        ("articles/news.jsonl", ["news.jsonl.d"] * 2),
        ("news.jsonl.d", ["news.jsonl.d"] * 2),
        ("articles/baru", ["baru"]),
        ("articles/baru/palu.txt.po", ["baru"]),
        ("articles", ["ambon.txt.po", "baru", *["news.jsonl.d"] * 2]),
    ],
)
def test_exports_and_folders_can_be_approved(say: Say, given: str, approved: list[str]) -> None:
    code, text = say("review", "--approve", given)
    assert code == 0
    assert [line.split("/")[1].partition(":")[0] for line in text.splitlines()] == approved
    assert all(line.endswith(" approved") and ": 0 " not in line for line in text.splitlines())


def test_an_article_is_not_approved_with_another_whose_name_begins_alike(
    say: Say, project: Path
) -> None:
    (project / "articles" / "ambon.txt.pool.md").write_text(OTHER, encoding="utf-8")
    say("translate")
    assert say("review", "--approve", "ambon.txt")[1].count("approved") == 1


def test_what_cannot_be_approved_is_a_failure(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", no_space)
    code, text = say("review", "--approve", "articles/ambon.txt")
    assert code == 1
    assert "articles/ambon.txt.po: not approved" in text
    assert "cannot be read or written: Permission denied" in text


def test_a_broken_file_is_not_called_missing(say: Say, project: Path) -> None:
    line = break_it(project)
    before = po(project).read_bytes()
    broken = f"articles/ambon.txt.po:{line}: not valid PO: this msgstr has no msgid above it"
    for command in (("review", "--approve", "ambon.txt"), ("export", "x.xlf", "ambon.txt")):
        code, text = say(*command)
        assert (code, broken in text) == (1, True), text
    assert not (project / "x.xlf").exists()
    assert po(project).read_bytes() == before
    code, text = say("export", "x.xlf")
    assert (code, broken in text, "7 segments" in text) == (0, True, True), text


def test_review_names_a_broken_file_and_does_not_call_its_texts_pending(
    say: Say, project: Path
) -> None:
    line = break_it(project)
    code, text = say("review", "--json", "--check")
    found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert code == 1
    assert found["counts"]["broken"] == 1
    assert found["counts"]["pending"] == 0
    finding = next(one for one in found["findings"] if one["kind"] == "broken")
    assert (finding["file"], finding["line"]) == ("articles/ambon.txt.po", line)
    assert finding["reason"] == "not valid PO: this msgstr has no msgid above it"
    assert say("review", "--check", "--kind", "broken")[0] == 1
    assert f"broken        articles/ambon.txt.po:{line} " in say("review")[1]


@pytest.mark.parametrize("terminal", [False, True])
def test_review_cuts_long_texts_only_on_a_terminal(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    text = "Kepala dinas mengatakan bahwa pasar itu akan dibuka setiap hari mulai pukul enam pagi."
    name = f"{'sangat-' * 7}panjang.txt"
    (project / "articles" / name).write_text(f"Pasar Dibuka\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    said = say("review", "--kind", "pending")[1]
    assert (text in said, f"articles/{name}" in said) == (not terminal, not terminal)
    assert ("…" in said) == terminal


def test_review_names_no_line_of_a_file_that_is_not_there_yet(say: Say, project: Path) -> None:
    (project / "articles" / "new.txt").write_text("Pasar Dibuka\n\nPasar ramai.\n", "utf-8")
    rows = [line.split() for line in say("review", "--kind", "pending")[1].splitlines()]
    assert [row[1] for row in rows if row[:1] == ["pending"]] == ["articles/new.txt.po"] * 2
    found = json.loads(say("review", "--kind", "pending", "--json")[1])["findings"]
    assert [one["line"] for one in found] == [0, 0]


# --- export -------------------------------------------------------------------------------------


def test_tmx_is_counted_after_what_it_cannot_hold_is_left_out(say: Say, project: Path) -> None:
    path = project / "articles" / "new.txt"
    path.write_text(
        "Jembatan Ende Dibuka\n\nJembatan di Ende dibuka hari Senin.\n", encoding="utf-8"
    )
    say("translate", "--engines", "none")
    code, text = say("export", "e.tmx", "--state", "pending")
    assert code == 0
    assert "e.tmx: 0 segments as TMX (2 without English left out" in text
    assert "e.xlf: 2 segments as XLIFF\n" in say("export", "e.xlf", "--state", "pending")[1]


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("articles/ambon.txt.po", "does not belong among the articles"),
        ("articles/new.xlf", "does not belong among the articles"),
        ("link/new.xlf", "does not belong among the articles"),
        ("no/such/folder.xlf", "there is no folder no/such"),
        ("notes.txt", "exists and does not look like XLIFF; --force replaces it"),
        ("old.tmx", "exists and does not look like XLIFF; --force replaces it"),
        ("notes.xlf", "exists and is not an export of ours; --force replaces it"),
        ("foreign.xlf", "exists and is not an export of ours; --force replaces it"),
        ("pipe.xlf", "exists and is not a file; --force replaces it"),
        ("empty.xlf", "exists and is not an export of ours; --force replaces it"),
    ],
)
def test_an_export_takes_the_place_of_nothing_else(
    say: Say, project: Path, output: str, reason: str
) -> None:
    (project / "link").symlink_to(project / "articles")
    os.mkfifo(project / "pipe.xlf")
    for name in ("notes.txt", "old.tmx", "notes.xlf"):
        (project / name).write_text("mine", encoding="utf-8")
    (project / "foreign.xlf").write_text(FOREIGN, encoding="utf-8")
    (project / "empty.xlf").write_text(
        re.sub("<trans-unit.*</trans-unit>", "", FOREIGN), encoding="utf-8"
    )
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    code, text = say("export", "--format", "xliff", output, "ambon.txt")
    assert (code, reason in text) == (2, True), text
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_an_earlier_export_is_replaced_and_anything_else_only_by_force(
    say: Say, project: Path
) -> None:
    (project / "notes.txt").write_text("mine", encoding="utf-8")
    assert say("export", "--format", "xliff", "--force", "notes.txt")[0] == 0
    assert "<xliff" in (project / "notes.txt").read_text(encoding="utf-8")
    for _ in range(2):
        assert say("export", "a.xliff")[0] == 0


@pytest.mark.parametrize("name", ["x.xlf", "x.tmx"])
def test_an_export_in_which_somebody_worked_is_replaced_once_it_is_imported(
    say: Say, project: Path, name: str
) -> None:
    say("export", name)
    change(project / name, "EN(Pasar Ikan", "Fish Market (")
    worked = (project / name).read_bytes()
    code, text = say("export", name)
    assert (code, "exists and holds 1 translation not yet imported; --force" in text) == (2, True)
    assert (project / name).read_bytes() == worked
    assert say("import", name)[0] == 0
    assert say("export", name)[0] == 0
    assert "Fish Market (" in (project / name).read_text(encoding="utf-8")


def test_an_approval_in_an_export_is_work(say: Say, project: Path) -> None:
    say("export", "x.xlf")
    change(project / "x.xlf", 'approved="no"', 'approved="yes"')
    assert "holds 1 translation not yet imported" in say("export", "x.xlf")[1]
    assert say("export", "--force", "x.xlf")[0] == 0
    assert say("export", "x.xlf")[0] == 0


def test_an_export_without_a_segment_is_replaced(say: Say) -> None:
    for _ in range(2):
        assert say("export", "x.xlf", "--state", "approved")[0] == 0


def test_an_export_that_cannot_be_written_is_one_line(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", no_space)
    code, text = say("export", "x.tmx")
    assert (code, text) == (1, "x.tmx: cannot be written: Permission denied\n")


# --- import -------------------------------------------------------------------------------------


def test_what_an_import_cannot_place_is_printed_and_fails(say: Say, project: Path) -> None:
    say("export", "x.xlf")
    change(project / "x.xlf", "EN(Pasar Ikan", "Fish Market (")
    change(project / "x.xlf", "EN(Pasar Sayur", "Vegetables (")
    break_it(project)
    po(project, "baru/palu.txt").unlink()
    code, text = say("import", "x.xlf")
    assert code == 1
    assert "Not stored: articles/ambon.txt.po: Pasar Ikan di Ambon Dibuka Kembali\n" in text
    assert "      file: Fish Market ( di Ambon" in text
    assert "Unknown: articles/baru/palu.txt.po: Pasar Sayur di Palu Dibuka Kembali\n" in text
    assert "      file: Vegetables ( di Palu" in text
    assert text.splitlines()[0] == "8 unchanged, 1 unknown, 1 not stored"


def test_english_of_an_earlier_wording_is_stored_and_counted(say: Say, project: Path) -> None:
    say("export", "x.xlf")
    change(project / "x.xlf", "EN(Pembeli", "Buyers (")
    change(project / "articles" / "ambon.txt", "lebih mahal", "jauh lebih mahal")
    say("translate", "--engines", "none")
    code, text = say("import", "x.xlf")
    assert code == 0
    assert "Earlier wording: articles/ambon.txt.po: Pembeli berharap" in text
    assert text.splitlines()[0] == "9 unchanged, 1 of an earlier wording"
    code, text = say("review", "--kind", "stale", "--check")
    assert (code, "was: Buyers ( berharap" in text) == (1, True)


# --- the memory's warnings ---------------------------------------------------------------------


def test_a_state_that_is_none_of_ours_is_warned_of_in_every_run_until_it_is_mended(
    say: Say, project: Path
) -> None:
    path = po(project)
    for _ in range(2):
        change(path, "state=machine", "state=aproved")
    old = time.time() - 60  # else the index would read the file again, as it may still change
    os.utime(path, (old, old))
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines, 1) if "state=aproved" in line)
    at = next(i for i, line in enumerate(lines, 1) if i > first and line.startswith("msgid"))
    warning = (
        f"articles/ambon.txt.po:{at}: state=aproved is none of draft, machine, edited, approved; "
        "the text counts as edited; 2 entries of this file have such a word\n"
    )
    for command in (("translate", "--engines", "none"), ("review",), ("translate", "--dry-run")):
        text = say(*command)[1]
        assert text.count(warning) == text.count("aproved") == 1, text
    with open_memory(project / "articles", project / ".cache", ProblemLog()) as memory:
        states = [e.translation and e.translation.state for e in memory.index.entries(path.name)]
    assert states == [State.EDITED, State.EDITED, State.MACHINE]
    path.write_text(path.read_text(encoding="utf-8").replace("aproved", "approved"), "utf-8")
    assert "aproved" not in say("review")[1].replace("approved", "")


# --- serve --------------------------------------------------------------------------------------


def test_a_port_in_use_is_said_before_anything_is_built(say: Say, project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, text = say("serve", "--engines", "none", "--port", port)
    assert (code, text) == (1, f"port {port} is in use; try another with --port\n")
    assert not (project / "docs").exists()


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--port", "99999"), 2, "99999 is not in the range 0<=x<=65535"),
        (("--port", "-1"), 2, "-1 is not in the range"),
        (("--host", "192.0.2.1"), 1, "cannot listen on 192.0.2.1, port 8000: "),
        (("--host", "." * 300), 1, "cannot listen on "),
    ],
)
def test_an_address_where_nobody_can_listen_is_one_line(
    say: Say, options: tuple[str, ...], code: int, reason: str
) -> None:
    found, text = say("serve", *options)
    assert (found, reason in text) == (code, True), text


@contextlib.contextmanager
def running_preview(
    project: Path, tmp_path: Path, scripts: Path = PROJECT_ROOT / "scripts"
) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A preview that answers, and its port; what it says goes to ``said``."""
    (tmp_path / "tmp").mkdir()
    script = scripts / "build.py"
    options = ["--root", str(project), "--engines", "none", "--port", "0"]
    said = tmp_path / "said"
    with said.open("w") as out:
        preview = subprocess.Popen(
            [sys.executable, "-c", FRESH_SIGNALS, str(script), "serve", *options],
            env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        wait_until(lambda: previewed_at(said) is not None or preview.poll() is not None)
        address = previewed_at(said)
        assert address, said.read_text("utf-8")
        yield preview, int(address.rsplit(":", 1)[1].strip("/"))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(preview.pid, signal.SIGKILL)
        preview.wait()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_the_server_ends_with_the_preview(project: Path, tmp_path: Path, name: str) -> None:
    with running_preview(project, tmp_path) as (preview, port):
        preview.send_signal(signal.Signals[name])
        assert preview.wait(timeout=WAIT_SECONDS) == (-signal.SIGKILL if name == "SIGKILL" else 0)
        wait_until(lambda: not (is_served(port) or list((tmp_path / "tmp").glob("mkdocs_*"))))
        said = (tmp_path / "said").read_text(encoding="utf-8")
        assert said.endswith("Stopped.\n") == (name != "SIGKILL")


def test_the_preview_builds_anew_when_the_settings_of_mkdocs_change(
    project: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    with running_preview(project, tmp_path):
        builds = said.read_text("utf-8").count(" written,")
        with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write("# mended\n")
        wait_until(lambda: said.read_text("utf-8").count(" written,") > builds)


def test_the_preview_begins_anew_with_changed_knowledge_and_survives_its_faults(
    project: Path, tmp_path: Path
) -> None:
    """In a copy of the program, as knowledge is a part of it."""
    scripts = tmp_path / "scripts"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT_ROOT / "scripts", scripts, ignore=ignored)
    glossary = scripts / "dwiwarta" / "knowledge" / "glossary.yml"
    right = glossary.read_text("utf-8")
    said = tmp_path / "said"
    with running_preview(project, tmp_path, scripts) as (preview, port):
        wrong = f"{right}  - sauce: [tidak ada]\n"
        glossary.write_text(wrong, "utf-8")
        wait_until(lambda: "glossary.yml:" in said.read_text("utf-8"))
        assert preview.poll() is None
        assert is_served(port)
        glossary.write_text(f"{right}# mended\n", "utf-8")
        again = f"Preview on http://127.0.0.1:{port}/"  # where pages are open
        wait_until(lambda: said.read_text("utf-8").count(again) == 2)
        assert preview.poll() is None
    assert "Traceback" not in said.read_text("utf-8")


def is_served(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_one_stale_edit_is_one_edit(say: Say, project: Path) -> None:
    change(po(project), 'msgstr "EN(Pembeli', 'msgstr "Buyers (')
    change(project / "articles" / "ambon.txt", "lebih mahal", "jauh lebih mahal")
    text = say("build", "--docs-only", "--engines", "none")[1]
    assert "Stale  1 edit of an earlier wording" in text


def test_one_pair_of_copies_is_one_pair(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "articles" / "copy.txt").write_text(NEWS, encoding="utf-8")
    assert main(["compare", str(project / "articles")]) == 0
    assert "5 articles: 1 pair of copies, 0 pairs telling" in capsys.readouterr().out

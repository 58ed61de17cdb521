"""``edit`` and ``fix``: what a person corrects is taken safely, or kept where it is."""

import json
import re
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_rig import Say, articles_project, runner
from dwiwarta.model import State, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.translate import open_memory
from dwiwarta.translate.corrections import Line, nearest, pattern_of
from dwiwarta.translate.editfile import parse, render
from dwiwarta.translate.memory.keys import SegmentKey
from project_rig import FRESH_SIGNALS, make_project

NEWS = """Pasar Ikan di Ambon Dibuka Kembali
Senin, 04 Maret 2024 - 09:30 WIB
AMBON - Pasar ikan di pusat kota Ambon dibuka kembali setelah diperbaiki selama enam bulan.

Pembeli berharap harga ikan tidak naik karena sewa lapak menjadi lebih mahal 15 persen.
"""
OTHER = "Sekolah di Ternate Menanam Pohon\n\nSiswa menanam bibit mangga di sekitar lapangan bola.\n"
ENGLISH = (
    "Fish Market in Ambon Reopens",
    "The fish market in central Ambon has reopened after six months of repairs.",
    "Buyers hope that the price of fish will not rise because stalls cost 15 percent more.",
)
ADD_LINE = (
    "from pathlib import Path; import sys; p = Path(sys.argv[-1]); t = p.read_text('utf-8'); "
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return articles_project(tmp_path, {"ambon.txt": NEWS, "ternate.txt": OTHER})


@pytest.fixture
def say(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a command in a project with machine English: exit code and all output."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("DWIWARTA_EDITOR", raising=False)

    run = runner(project, capsys)
    assert run("translate")[0] == 0
    sources = [entry.msgid for entry in polib.pofile(str(po_file(project)))]
    with open_memory(project / "articles", project / ".cache", ProblemLog()) as memory:
        for number, (source, english) in enumerate(zip(sources, ENGLISH, strict=True)):
            made = Translation(english, State.MACHINE, "fake 1", date(2026, 1, 2))
            key = SegmentKey(source, title=number == 0)
            assert memory.record_at("ambon.txt.po", key, made)
    return run


def po_file(project: Path) -> Path:
    return project / "articles" / "ambon.txt.po"


def english(project: Path) -> list[str]:
    return [entry.msgstr for entry in polib.pofile(str(po_file(project)))]


def left(project: Path) -> Path:
    return project / "articles" / ".ambon.txt.edit"


def edits_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Make a Python script the editor: ``t`` is the text, ``p`` the file."""
    path = tmp_path / "editor.py"
    path.write_text(ADD_LINE + script, encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{path}'")


def replaces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str) -> None:
    script = f"assert {old!r} in t, t; p.write_text(t.replace({old!r}, {new!r}), 'utf-8')"
    edits_by(monkeypatch, tmp_path, script)


# --- the file -----------------------------------------------------------------------------------

anything = st.text(
    alphabet=st.one_of(
        st.sampled_from("\\|=#{}u\n\r\t \u2028\x85\x1b\x00\u202eaé'\"[]"), st.characters()
    )
)


@given(
    st.lists(st.tuples(anything, anything, st.booleans()), unique_by=lambda one: (one[0], one[2])),
    anything,
)
def test_any_text_comes_back_from_the_file(texts: list[tuple[str, str, bool]], name: str) -> None:
    lines = [
        Line(
            SegmentKey(source, title),
            "title" if title else f"paragraph {number}",
            Translation(text, State.MACHINE, name) if text else None,
            earlier=name,
            doubt=text,
        )
        for number, (source, text, title) in enumerate(texts)
    ]
    # Without a word there is nothing to edit.
    lines = [
        line
        for line in lines
        if line.key.source.strip() and (line.english.strip() or not line.english)
    ]
    shown = render(lines, name)
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", shown) is None
    if lines:
        assert parse(shown.encode()).faults == ()
        assert parse(shown.encode()).corrections == ()

    changed = {line.key: f"{line.english}=#|\\u{{a}} x" for line in lines}
    again = render(
        [
            Line(line.key, line.place, Translation(changed[line.key], State.MACHINE, name))
            for line in lines
        ],
        name,
    )
    if lines:
        bases = re.findall(r" ([0-9a-f]{12}|-)\]$", shown, re.MULTILINE)
        headers = iter(bases)
        mixed = re.sub(
            r" (?:[0-9a-f]{12}|-)\]$", lambda _: f" {next(headers)}]", again, flags=re.MULTILINE
        )
        said = parse(mixed.replace("\n", "\r\n").encode())
        assert {one.key: one.english for one in said.corrections} == changed


LINES = (
    Line(SegmentKey("Judul", title=True), "title", Translation("Title", State.MACHINE, "fake")),
    Line(SegmentKey("Harga naik."), "paragraph 1", Translation("Prices rose.", State.MACHINE, "f")),
    Line(SegmentKey("Warga senang."), "paragraph 2"),
)


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("| Harga naik.", "| Harga turun.", "| Harga turun.", "the Indonesian was changed"),
        ("| Harga naik.\n", "", "Prices rose.", "the Indonesian is missing"),
        ("=== title", "=== titel", "=== titel", "was changed: put it back"),
        ("Prices rose.", "Prices rose.\n| more", "| more", "begins with |"),
        ("Prices rose.", "", "=== paragraph 1", "the English is gone"),
        ("# Change the English", "Change the English", "Change the", "stands above the first line"),
    ],
)
def test_what_was_changed_by_mistake_is_named_with_its_line(
    old: str, new: str, at: str, reason: str
) -> None:
    text = render(LINES, "x")
    assert text.count(old) == 1
    text = text.replace(old, new).replace("Title", "Better title")
    said = parse(text.encode())
    assert said.corrections == ()
    rows = text.split("\n")
    assert [rows[one.line - 1].startswith(at) for one in said.faults if reason in one.reason] == [
        True
    ]


def test_a_file_without_our_lines_or_of_other_bytes_is_refused_and_an_empty_one_is_empty() -> None:
    assert parse(b"# only a remark\n").faults
    data = render(LINES, "x").encode()
    fault = parse(data + b"\nabc \xff").faults[0]
    assert (fault.line, fault.reason) == (data.count(b"\n") + 2, "not UTF-8")
    assert parse(b" \r\n").empty
    twice = render(LINES, "x") + render(LINES[:1], "x").partition("\n\n")[2]
    assert "stands on line" in parse(twice.encode()).faults[0].reason


def test_english_may_be_broken_anywhere_and_blocks_may_be_left_out() -> None:
    text = render(LINES, "x").replace("Prices rose.", "Prices\n\n  have \nrisen.")
    head, _, rest = text.partition("=== title")
    said = parse((head + "===" + rest.partition("===")[2]).encode())
    assert [(one.key.source, one.english) for one in said.corrections] == [
        ("Harga naik.", "Prices have risen.")
    ]


# --- edit ---------------------------------------------------------------------------------------


def test_what_was_changed_is_stored_and_the_file_is_gone(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaces(monkeypatch, project, "reopened", "opened\nagain")
    before = po_file(project).read_text(encoding="utf-8").split("\n")
    code, text = say("edit", "--no-build", "--by", "Wati", "articles/ambon.txt")
    assert (code, "1 text stored as edited by Wati." in text) == (0, True)
    assert english(project)[1] == ENGLISH[1].replace("reopened", "opened again")
    after = po_file(project).read_text(encoding="utf-8").split("\n")
    changed = [line for line in after if line not in before]
    assert len(changed) == 2
    assert 'state=edited by="Wati" made=2' in changed[0]
    assert not left(project).exists()


@pytest.mark.parametrize(
    "script",
    [
        "pass",
        "p.write_text('', 'utf-8')",
        "p.unlink()",
        "sys.exit(3)",
        "p.write_text(t + '\\n\\n')",
    ],
)
def test_an_editor_without_a_change_changes_nothing(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    edits_by(monkeypatch, project, script)
    before = po_file(project).read_bytes()
    code, text = say("edit", "--no-build", "ambon.txt")
    assert code == (1 if "exit" in script else 0)
    assert ("exit code 3" if code else "Nothing was changed.") in text
    assert po_file(project).read_bytes() == before
    assert not left(project).exists()


def test_a_file_with_a_fault_is_kept_and_gone_on_with(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaces(monkeypatch, project, "| Pembeli", "| Penjual")
    before = po_file(project).read_bytes()
    code, text = say("edit", "--no-build", "ambon.txt")
    number = (
        left(project)
        .read_text(encoding="utf-8")
        .split("\n")
        .index(
            next(
                row
                for row in left(project).read_text(encoding="utf-8").split("\n")
                if "Penjual" in row
            )
        )
    )
    assert code == 1
    assert f"articles/.ambon.txt.edit:{number + 1}: the Indonesian was changed" in text
    assert po_file(project).read_bytes() == before
    script = "p.write_text(t.replace('Penjual', 'Pembeli').replace('Reopens', 'Opens'), 'utf-8')"
    edits_by(monkeypatch, project, script)
    code, text = say("edit", "--no-build", "ambon.txt")
    assert (code, "Going on with what was left" in text) == (0, True)
    assert english(project)[0] == "Fish Market in Ambon Opens"
    assert not left(project).exists()


def test_what_an_aborted_editor_left_is_kept(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits_by(monkeypatch, project, "p.write_text(t.replace('Reopens', 'Opens')); sys.exit(1)")
    before = po_file(project).read_bytes()
    code, text = say("edit", "--no-build", "ambon.txt")
    assert (code, "Your file is kept" in text) == (1, True)
    assert po_file(project).read_bytes() == before
    edits_by(monkeypatch, project, "pass")
    assert say("edit", "--no-build", "ambon.txt")[0] == 0
    assert english(project)[0] == "Fish Market in Ambon Opens"


def test_what_was_left_with_a_fault_outlives_an_editor_that_fails(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaces(monkeypatch, project, "| Pembeli", "| Penjual")
    assert say("edit", "--no-build", "ambon.txt")[0] == 1
    mine = left(project).read_bytes()
    for editor in (str(project / "nothing"), "nano '"):
        monkeypatch.setenv("EDITOR", editor)
        code, text = say("edit", "--no-build", "ambon.txt")
        assert (code, "Your file is kept" in text) == (1, True)
        assert left(project).read_bytes() == mine


def test_what_somebody_else_wrote_meanwhile_stays_and_is_shown(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = (
        f"q = Path({str(po_file(project))!r}); u = q.read_text('utf-8'); "
        "u = u.replace('six months', '6 months').replace('Buyers', 'Customers'); "
        "q.write_text(u, 'utf-8'); "
    )
    mine = (
        "p.write_text(t.replace('six months', 'half a year').replace('Reopens', 'Opens'), 'utf-8')"
    )
    edits_by(monkeypatch, project, theirs + mine)
    code, text = say("edit", "--no-build", "ambon.txt")
    assert code == 1
    assert "conflict: articles/ambon.txt.po: paragraph 1: somebody else wrote meanwhile" in text
    assert "1 text stored" in text
    assert english(project) == [
        "Fish Market in Ambon Opens",
        ENGLISH[1].replace("six months", "6 months"),
        ENGLISH[2].replace("Buyers", "Customers"),
    ]
    kept = left(project).read_text(encoding="utf-8")
    assert "# somebody else wrote meanwhile: The fish market" in kept
    assert "half a year" in kept
    # They have seen both: what they save now is their decision.
    edits_by(monkeypatch, project, "pass")
    assert say("edit", "--no-build", "ambon.txt")[0] == 0
    assert english(project)[1] == ENGLISH[1].replace("six months", "half a year")


def test_doubts_are_told_and_the_person_decides(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaces(monkeypatch, project, "15 percent", "50 percent")
    code, text = say("edit", "--no-build", "ambon.txt")
    assert (code, "doubtful, but stored as you decide: paragraph 2: " in text) == (0, True)
    assert "50 percent" in english(project)[2]


def test_missing_english_can_be_written(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits_by(monkeypatch, project, "p.write_text(t + 'Pupils planted mango trees.\\n', 'utf-8')")
    assert say("edit", "--no-build", "Menanam pohon")[0] == 0
    entries = polib.pofile(str(project / "articles" / "ternate.txt.po"))
    assert [entry.msgstr for entry in entries] == ["", "Pupils planted mango trees."]


def test_two_edits_of_one_article_do_not_meet(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = [sys.executable, str(PROJECT_ROOT / "scripts" / "build.py"), "edit", "--no-build"]
    words = [*again, "--root", str(project), "ambon.txt"]
    script = f"import subprocess; print(subprocess.run({words!r}, capture_output=True, text=True))"
    out = project / "second"
    edits_by(monkeypatch, project, f"sys.stdout = open({str(out)!r}, 'w'); {script}")
    assert say("edit", "--no-build", "ambon.txt")[0] == 0
    assert "is using ambon.txt, open in an editor" in out.read_text(encoding="utf-8")
    assert "returncode=1" in out.read_text(encoding="utf-8")


def test_a_kill_while_the_editor_is_open_loses_nothing(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "p.write_text(t.replace('Reopens', 'Opens'), 'utf-8'); import os; "
        f"os.kill(os.getppid(), {int(signal.SIGKILL)})"
    )
    edits_by(monkeypatch, project, script)
    before = po_file(project).read_bytes()
    build = str(PROJECT_ROOT / "scripts" / "build.py")
    command = [build, "edit", "--no-build", "--root", str(project), "ambon.txt"]
    done = subprocess.run([sys.executable, "-c", FRESH_SIGNALS, *command], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done
    assert po_file(project).read_bytes() == before
    edits_by(monkeypatch, project, "pass")
    assert "Going on with what was left" in say("edit", "--no-build", "ambon.txt")[1]
    assert english(project)[0] == "Fish Market in Ambon Opens"


def test_no_shell_reads_the_name_of_an_article(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "a'; touch stolen; '$(touch stolen).txt"
    shutil.copy(project / "articles" / "ternate.txt", project / "articles" / name)
    (project / "articles" / "ternate.txt").unlink()
    edits_by(monkeypatch, project, "p.write_text(t + 'Pupils planted trees.\\n', 'utf-8')")
    code, text = say("edit", "--no-build", "menanam pohon")
    assert code == 0
    assert "\x1b" not in text
    assert not (project / "stolen").exists()


def test_no_editor_and_no_article_are_said(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", str(project / "nothing"))
    code, text = say("edit", "--no-build", "ambon.txt")
    assert (code, "cannot be run" in text) == (1, True)
    monkeypatch.setenv("EDITOR", "nano '")
    code, text = say("edit", "--no-build", "ambon.txt")
    assert (code, "EDITOR or VISUAL: cannot be understood" in text) == (1, True)
    code, text = say("edit", "--no-build", "no such\x1b[2J thing")
    assert (code, "no article of this project has this" in text, "\x1b" in text) == (2, True, False)
    code, text = say("edit", "--no-build", "a" * 5000)
    assert (code, "no article of this project has this" in text) == (2, True)
    assert not left(project).exists()


def test_the_file_is_not_written_through_a_link(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits_by(monkeypatch, project, "pass")
    (project / "elsewhere").write_text("mine", encoding="utf-8")
    left(project).symlink_to(project / "elsewhere")
    code, text = say("edit", "--no-build", "ambon.txt")
    assert (code, "is a link" in text) == (1, True)
    assert (project / "elsewhere").read_text(encoding="utf-8") == "mine"


# --- fix ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "articles/ambon.txt",
        "ambon.txt",
        "articles/ambon.txt.po",
        "2024-03-04-pasar-ikan-di-ambon-dibuka-kembali",
        "https://berita.example/article/2024-03-04-pasar-ikan-di-ambon-dibuka-kembali/#p2",
        "pasar ikan",
    ],
)
def test_fix_changes_the_one_place_that_has_the_words(say: Say, project: Path, name: str) -> None:
    code, text = say("fix", "--no-build", "--by", "Wati", name, "six  months", r"half a \1 year")
    assert code == 0
    assert r"articles/ambon.txt.po: paragraph 1: The fish market" in text
    assert english(project)[1] == ENGLISH[1].replace("six months", r"half a \1 year")
    assert 'state=edited by="Wati"' in po_file(project).read_text(encoding="utf-8")


def test_several_places_are_shown_and_left_alone_without_all(say: Say, project: Path) -> None:
    before = po_file(project).read_bytes()
    code, text = say("fix", "--no-build", "ambon.txt", "Ambon", "Ambon City")
    assert (code, "stands in several places" in text) == (1, True)
    assert f"title: {ENGLISH[0]}" in text
    assert f"paragraph 1: {ENGLISH[1]}" in text
    assert po_file(project).read_bytes() == before
    assert say("fix", "--no-build", "--all", "ambon.txt", "Ambon", "Ambon City")[0] == 0
    assert [text.count("Ambon City") for text in english(project)] == [1, 1, 0]


def test_words_that_stand_nowhere_are_answered_by_the_nearest_lines(
    say: Say, project: Path
) -> None:
    before = po_file(project).read_bytes()
    code, text = say("fix", "--no-build", "ambon.txt", "prices of fish", "x")
    assert (code, "stands nowhere" in text) == (1, True)
    assert text.index("paragraph 2: Buyers") < text.index("title: Fish")
    assert po_file(project).read_bytes() == before


def test_words_are_found_as_a_person_types_them() -> None:
    assert pattern_of("the 'old' name").search("the\u00a0‘old’ name")
    assert not pattern_of("cat").search("category")
    assert pattern_of("(a)").search("x(a)y")
    assert nearest(LINES, "Prices fell")[0].place == "paragraph 1"


def test_an_article_that_several_names_fit_is_asked_back(say: Say, project: Path) -> None:
    code, text = say("fix", "--no-build", "di", "a", "b")
    assert code == 2
    assert "2 articles; name one of:" in text
    assert "articles/ternate.txt: Sekolah di Ternate Menanam Pohon" in text


def test_nothing_may_be_left_of_the_english(say: Say, project: Path) -> None:
    assert say("fix", "--no-build", "ambon.txt", ENGLISH[0], " ")[0] == 2
    assert say("fix", "--no-build", "ambon.txt", " ", "x")[0] == 2
    assert english(project) == list(ENGLISH)


def test_fix_builds_the_page_anew_that_shows_it(
    say: Say, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = tmp_path_factory.mktemp("site")
    make_project(site, with_pages=False)
    for name in ("mkdocs.yml", "overrides", "docs"):
        (project / name).unlink() if (project / name).is_file() else None
        shutil.move(site / name, project / name)
    assert say("build", "--quiet")[0] == 0
    page = project / "site/article/2024-03-04-pasar-ikan-di-ambon-dibuka-kembali/index.html"
    other = next(project.glob("site/article/sekolah*/index.html"))
    before = page.read_text("utf-8"), other.read_bytes()
    code, text = say("fix", "--by", "Wati", "pasar ikan", "central Ambon", "the heart of Ambon")
    assert (code, "Rebuilt: " in text) == (0, True)
    assert "the heart of Ambon" not in before[0]
    assert "the heart of Ambon" in page.read_text("utf-8")
    assert other.read_bytes() == before[1]


def test_edit_and_fix_as_json(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, text = say("fix", "ambon.txt", "six months", "half a year", "--no-build", "--json")
    found = json.loads(text)
    assert code == 0
    assert sorted(found) == [
        "corrections", "file", "nearest", "pages_written", "places", "warnings",
    ]  # fmt: skip
    (one,) = found["corrections"]
    assert sorted(one) == ["english", "fate", "held", "place", "source"]
    assert (one["fate"], one["place"]) == ("stored", "paragraph 1")
    code, text = say("fix", "ambon.txt", "fish", "tuna", "--json")
    assert (code, len(json.loads(text)["places"])) == (1, 2)
    replaces(monkeypatch, tmp_path, "Buyers hope", "Buyers wish")
    code, text = say("edit", "ambon.txt", "--no-build", "--json")
    found = json.loads(text)
    assert (code, found["corrections"][0]["fate"], found["kept"]) == (0, "stored", None)


def test_edit_without_terminal_and_editor_says_what_to_do(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("an editor is run"))
    code, text = say("edit", "ambon.txt")
    assert code == 2
    assert "set EDITOR" in text
    assert "fix ARTICLE" in text
    assert not left(project).exists()


def test_warnings_of_other_articles_are_counted_and_those_of_this_one_shown(
    say: Say, project: Path
) -> None:
    (project / "articles" / "kosong.txt").write_bytes(b"")
    (project / "articles" / "kosong2.txt").write_bytes(b"")
    (project / "articles" / "ambon.txt.yml").write_text("nonsense: 1\n", "utf-8")
    code, text = say("fix", "ambon.txt", "six months", "half a year")
    assert code == 0
    assert "kosong" not in text
    assert "articles/ambon.txt.yml:1: unknown key" in text
    assert "2 warnings about other files: " in text

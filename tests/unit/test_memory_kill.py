"""Kill -9 at any moment loses no answer, breaks no file, and the next run asks for the rest."""

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path

import polib
import pytest

import memory_worker
from dwiwarta.errors import MemoryStoreError
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.memory import open_memory
from dwiwarta.translate.memory.rewrite import Rewriter

WORKER = Path(memory_worker.__file__)
KILLS = 5
MOST_CALLS = 50  # of a run that is killed; all texts take 267
SEED = 20261123
ALL = {text for one in memory_worker.articles() for text in (one.title, *one.paragraphs)}


def test_killed_runs_keep_every_answer(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    dice = random.Random(SEED)
    command = [sys.executable, str(WORKER), str(tmp_path)]
    for _ in range(KILLS):
        asked_before = len(lines(tmp_path / "asked"))
        saved_before = set(lines(tmp_path / "saved"))
        process = subprocess.Popen([*command, str(MOST_CALLS)], stdout=subprocess.DEVNULL)
        # Past the start of Python and the reading of the memory, then at any moment of the work.
        while len(lines(tmp_path / "asked")) == asked_before and process.poll() is None:
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 0.25))
        process.kill()
        process.wait()
        assert stored(tmp_path) >= set(lines(tmp_path / "saved"))
        assert not saved_before & set(lines(tmp_path / "asked")[asked_before:])

    known = stored(tmp_path)
    assert known < ALL, "the runs were not killed in the middle"
    count = len(lines(tmp_path / "asked"))
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=800)
    assert result.stdout == "done 0\n"
    assert set(lines(tmp_path / "asked")[count:]) == ALL - known
    assert stored(tmp_path) == ALL

    before = {path: path.read_bytes() for path in (tmp_path / "articles").rglob("*.po")}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=800)
    assert {path: path.read_bytes() for path in (tmp_path / "articles").rglob("*.po")} == before


def test_second_build_is_told_who_holds_the_memory(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    command = [sys.executable, str(WORKER), str(tmp_path), "1"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not lines(tmp_path / "asked") and first.poll() is None:
            time.sleep(0.002)
        problems = ProblemLog()
        with (
            pytest.raises(MemoryStoreError, match=rf"another build \(process {first.pid}, since"),
            open_memory(tmp_path / "articles", tmp_path / ".cache", problems, wait_seconds=0),
        ):
            pass
    finally:
        first.kill()
        first.wait()
    # The lock of a killed build is free.
    with open_memory(tmp_path / "articles", tmp_path / ".cache", ProblemLog(), wait_seconds=0):
        pass


def lines(path: Path) -> list[str]:
    """Whole lines only: a killed process may have written half of the last."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def stored(folder: Path) -> set[str]:
    """What the PO files hold, by polib alone; fails if one is broken."""
    return {
        entry.msgid
        for path in (folder / "articles").rglob("*.po")
        for entry in polib.pofile(str(path))
        if entry.msgstr == f"EN({entry.msgid})"
    }


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(13, "Permission denied")])
def test_an_edit_that_could_not_be_signed_is_signed_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    file = articles / "pasar.txt.po"
    edit = 'msgid "Pasar dibuka."\nmsgstr "The market opens."\n'
    file.write_text(f'msgid ""\nmsgstr ""\n"Last-Translator: Wati\\n"\n\n{edit}', "utf-8")

    def refuse(*_args: object, **_options: object) -> None:
        raise fault

    with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        patch.setattr(Rewriter, "change", refuse)
        with open_memory(articles, tmp_path / ".cache", ProblemLog()):
            pass
    assert 'by="Wati"' not in file.read_text("utf-8")
    with open_memory(articles, tmp_path / ".cache", ProblemLog()):
        pass
    assert 'by="Wati"' in file.read_text("utf-8")

"""The memory on disk: broken files, saves in the same moment, other builds, a lost index."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import pytest

from dwiwarta.errors import MemoryStoreError
from dwiwarta.model import State, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.engines.fake import FakeEngine, Script
from dwiwarta.translate.memory import open_memory, rewrite
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.merge import Addition
from dwiwarta.translate.stories import Options
from memory_rig import CHANGED, PARAGRAPHS, TITLE, TODAY, Rig, article

HEADER = 'msgid ""\nmsgstr ""\n\n'


def test_the_index_may_be_lost_or_broken(rig: Rig) -> None:
    first = rig.run()
    before = rig.snapshot()
    (rig.root / ".cache" / "memory.sqlite").write_bytes(b"no database")
    assert rig.run().texts == first.texts
    shutil.rmtree(rig.root / ".cache")
    assert rig.run().asked == []
    assert rig.snapshot() == before


def test_person_who_saves_during_the_run_is_not_overwritten(rig: Rig) -> None:
    rig.run(engines=[])
    old = f'msgid "{PARAGRAPHS[2]}"\nmsgstr ""'

    def answer(text: str) -> str:
        if text == TITLE:
            rig.change(old, old.replace('msgstr ""', 'msgstr "Saved meanwhile."'))
        return f"EN({text})"

    rig.run(engines=[FakeEngine(answer=answer)])
    segment = rig.run(engines=[]).texts[0].paragraphs[2]
    assert segment.translation is not None
    assert segment.translation.text == "Saved meanwhile."


def while_writing(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Something happens when a new file is complete and has not replaced the old one yet."""
    chmod = Path.chmod

    def interrupted(path: Path, mode: int) -> None:
        chmod(path, mode)
        happens()

    monkeypatch.setattr(Path, "chmod", interrupted)


def test_person_who_saves_while_the_file_is_written_is_not_overwritten(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.run(engines=[])
    old = f'msgid "{PARAGRAPHS[2]}"\nmsgstr ""'
    saved = []

    def save_once() -> None:
        if not saved:
            saved.append(True)
            rig.change(old, old.replace('msgstr ""', 'msgstr "Saved meanwhile."'))

    while_writing(monkeypatch, save_once)
    run = rig.run()
    assert saved
    assert run.problems.count == 0
    kept = [s.translation and s.translation.text for s in rig.run(engines=[]).texts[0].segments]
    assert kept == [*(f"EN({text})" for text in (TITLE, *PARAGRAPHS[:2])), "Saved meanwhile."]


def test_file_that_changes_all_the_time_is_reported_and_left_alone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.run(engines=[])

    def save() -> None:
        with rig.po().open("a", encoding="utf-8") as file:
            file.write("\n# one more line\n")

    while_writing(monkeypatch, save)
    run = rig.run()
    assert "another program changed it" in run.problems.lines()[0]
    assert len(run.asked) == 1  # the answer could not be kept, so no more were asked for
    text = rig.po().read_text(encoding="utf-8")
    assert text.endswith("# one more line\n")
    assert "EN(" not in text
    assert [path.name for path in rig.articles_dir.iterdir()] == ["jembatan.txt.po"]


def test_what_a_person_wrote_is_safe_from_a_power_cut_too(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    other = article("pasar.txt", [*PARAGRAPHS[:2], "Pasar baru buka."], "Pasar dibuka")
    first, second = FakeEngine(Script(version="fake 1")), FakeEngine(Script(version="fake 2"))
    rig.run(article(), other, engines=[first])
    assert synced == []  # only a machine's answers, which can be asked again
    rig.change(f'msgstr "EN({TITLE})"', 'msgstr "A bridge opens in Palu"')
    rig.run(article(), engines=[])
    assert len(synced) == 1  # whose work it is
    synced.clear()
    redo = Options(redo=lambda old: old.engine == "fake 1")
    assert len(rig.run(article(), engines=[second], options=redo).asked) == len(PARAGRAPHS)
    assert len(synced) == len(PARAGRAPHS)
    rig.run(other, engines=[FakeEngine(Script(version="fake 3"))], options=redo)
    assert len(synced) == len(PARAGRAPHS)
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), today=TODAY) as memory:
        memory.approve("pasar.txt.po", "Dewi")
    assert len(synced) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ('msgid "a\nmsgstr "b"\n', 1, "not valid PO"),
        ('msgid "a"\nmsgstr "b', 2, "not valid PO"),
        ('msgid ""\nmsgstr ""\n\n<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', 4, "not valid PO"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 1, "this msgid has no msgstr"),
        (f'{HEADER}msgid "a"\nmsgstr "one"\n\nmsgid "a"\nmsgstr "two"\n', 7, "the same msgid"),
        (f'{HEADER}msgid "a"\nmsgstr "1"\n\nmsgctxt ""\nmsgid "a"\nmsgstr "2"\n', 8, "the same"),
        ('# dwiwarta: state=machine\nmsgid "a"\nmsgstr "b"\n', 2, "the header is missing"),
        ('# one\n#, fuzzy\nmsgid ""\n"a"\nmsgstr "b"\n', 3, "the header is missing"),
        (f'msgctxt "title"\nmsgid "a"\nmsgstr "b"\n\n{HEADER}', 1, "the header is missing"),
        (f'#~ msgid "a"\n#~ msgstr "b"\n\n{HEADER}', 1, "the header is missing"),
        ('msgid "a"\nmsgstr "b"c"\n', 2, "not valid PO"),
        ('msgid "a"\nmsgstr "b"\n#~ msgid "half\n', 3, "not valid PO"),
        (b'msgid "a"\nmsgstr "\xff"\n', 2, "not UTF-8"),
    ],
)
def test_broken_file_is_reported_and_left_alone(
    rig: Rig, broken: str | bytes, line: int, reason: str
) -> None:
    data = broken if isinstance(broken, bytes) else broken.encode()
    rig.po().write_bytes(data)
    other = article("other.txt", title="Lain")
    run = rig.run(article(), other)
    [problem] = run.problems.all
    assert (problem.path, problem.line) == ("jembatan.txt.po", line)
    assert reason in problem.reason
    assert rig.po().read_bytes() == data
    assert all(segment.translation is None for segment in run.texts[0].segments[:1])
    assert run.texts[1].title.translation is not None
    assert TITLE not in run.asked


def test_unwritable_folder_is_a_problem_not_a_crash(rig: Rig) -> None:
    (rig.articles_dir / "sub").write_text("a file where a folder is needed", encoding="utf-8")
    run = rig.run(article("sub/x.txt"))
    assert run.asked == []
    assert "cannot be read or written" in run.problems.lines()[0]


def test_windows_line_ends_and_byte_order_mark_are_read(rig: Rig) -> None:
    rig.run()
    text = rig.po().read_text(encoding="utf-8")
    rig.po().write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    run = rig.run()
    assert run.asked == []
    assert run.problems.count == 0
    assert run.texts[0].title.translation is not None
    assert run.texts[0].title.translation.state is State.MACHINE


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext's msgfmt is not installed")
def test_files_are_valid_under_msgfmt(rig: Rig) -> None:
    nasty = article(paragraphs=(*PARAGRAPHS, 'Kata "miring\\" \\n \t 100% {0} %s \u2028 ujung.'))
    rig.run(nasty)
    rig.change(f"EN({PARAGRAPHS[1]})", "The mayor says it took three years and 400 workers.")
    rig.run(article(paragraphs=(PARAGRAPHS[0], CHANGED)))
    command = ["msgfmt", "--check", "--output-file=/dev/null", str(rig.po())]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_two_builds_at_once_get_a_clear_message(rig: Rig) -> None:
    cache = rig.root / ".cache"
    waited: list[str] = []
    with (
        open_memory(rig.articles_dir, cache, ProblemLog()),
        pytest.raises(MemoryStoreError, match=r"another build \(process \d+, since \d\d:\d\d\)"),
        open_memory(rig.articles_dir, cache, ProblemLog(), wait_seconds=0.1, on_wait=waited.append),
    ):
        pass
    assert "waiting for another build" in waited[0]
    with open_memory(rig.articles_dir, cache, ProblemLog(), wait_seconds=0):
        pass


def test_reading_needs_no_lock_and_changes_nothing(rig: Rig) -> None:
    rig.run()
    one = article()
    before = rig.snapshot()
    cache = rig.root / ".cache"
    with (
        open_memory(rig.articles_dir, cache, ProblemLog()),
        open_memory(rig.articles_dir, cache, ProblemLog(), read_only=True) as memory,
    ):
        assert memory.index.paths() == ["jembatan.txt.po"]
        assert [e.key.source for e in memory.index.entries("jembatan.txt.po")] == [
            one.title,
            *one.paragraphs,
        ]
    assert rig.snapshot() == before


def test_english_that_could_not_be_saved_is_not_counted(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.run(engines=[])

    def full(*_args: object, **_kwargs: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dwiwarta.translate.memory.rewrite.write_atomic", full)
    run = rig.run()
    assert len(run.asked) == 1
    assert (run.log.count.translated, run.log.count.pending) == (0, 4)
    assert "No space left" in run.problems.lines()[0]


def test_what_a_killed_build_left_half_written_is_removed(rig: Rig) -> None:
    rig.run()
    left = rig.articles_dir / ".jembatan.txt.po.a1b2c3d4.tmp"
    other = rig.articles_dir / ".syncthing.document.tmp"
    for path in (left, other):
        path.write_bytes(b"half")
    rig.run()
    assert not left.exists()
    assert other.exists()


def test_copy_from_elsewhere_does_not_undo_an_edit_saved_this_very_moment(rig: Rig) -> None:
    rig.run()
    one, key = article(), SegmentKey(PARAGRAPHS[2])
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        rig.change(f'msgstr "EN({PARAGRAPHS[2]})"', 'msgstr "Just saved."')
        copy = Addition(Translation("Edited there.", State.EDITED, "Budi"), "b.txt.po")
        memory.write(one.ref, [SegmentKey(TITLE, title=True), key], {key: copy})
    assert 'msgstr "Just saved."' in rig.po().read_text(encoding="utf-8")


def test_a_file_that_an_editor_has_just_emptied_is_not_written_over(rig: Rig) -> None:
    """An editor that saves in place empties the file, then writes into it: a moment between."""
    rig.run()
    rig.change(f"EN({PARAGRAPHS[2]})", "My edit.")
    rig.run()
    saved = rig.po().read_text(encoding="utf-8").replace(f"EN({TITLE})", "My title.")
    open_files: list[TextIO] = []

    def answer(text: str) -> str:
        if not open_files:
            open_files.append(rig.po().open("w", encoding="utf-8"))
        return f"EN({text})"

    longer = article(paragraphs=(*PARAGRAPHS, "Baru sekali di sini."))
    run = rig.run(longer, engines=[FakeEngine(answer=answer)])
    with open_files[0] as file:
        file.write(saved)
    assert "empty; if nobody is writing it" in run.problems.lines()[0]
    text = rig.po().read_text(encoding="utf-8")
    assert "My edit." in text
    assert "My title." in text


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_left_to_whoever_is_writing_it(rig: Rig, content: bytes) -> None:
    rig.run()
    rig.po().write_bytes(content)
    run = rig.run()
    assert run.asked == []
    assert run.problems.lines()[0].startswith("jembatan.txt.po:1: empty; if nobody is writing it")
    assert rig.po().read_bytes() == content
    rig.po().unlink()
    assert len(rig.run().asked) == 4


def test_an_edit_of_the_same_size_and_time_is_seen(rig: Rig) -> None:
    """By a tool that keeps time stamps, on any day after the build."""
    rig.run()
    os.utime(rig.po(), ns=(10**18, 10**18))
    rig.run()

    def edit(old: str, new: str) -> None:
        stamp = rig.po().stat().st_mtime_ns
        rig.change(old, new)
        os.utime(rig.po(), ns=(stamp, stamp))

    edit(f"EN({PARAGRAPHS[2]})", f"MY({PARAGRAPHS[2]})")
    kept = rig.run(engines=[]).texts[0].paragraphs[2].translation
    assert kept
    assert kept.text.startswith("MY(")
    asked: list[str] = []

    def answer(text: str) -> str:
        asked.append(text)
        if len(asked) == 2:
            edit(f"EN({PARAGRAPHS[1]})", f"MY({PARAGRAPHS[1]})")
        return f"NEW({text})"

    rig.run(engines=[FakeEngine(answer=answer)], options=Options(redo=lambda _: True))
    text = rig.po().read_text(encoding="utf-8")
    assert f"NEW({TITLE})" in text
    assert f"MY({PARAGRAPHS[1]})" in text
    assert f"MY({PARAGRAPHS[2]})" in text


def test_the_page_shows_what_a_person_wrote_during_the_run(rig: Rig) -> None:
    asked: list[str] = []

    def answer(text: str) -> str:
        asked.append(text)
        if text == TITLE:
            rig.change(f'{TITLE}"\nmsgstr ""', f'{TITLE}"\nmsgstr "A bridge opens"')
        return f"EN({text})"

    rig.run(engines=[])
    run = rig.run(engines=[FakeEngine(answer=answer)])
    title = run.texts[0].title.translation
    assert title
    assert (title.text, title.state) == ("A bridge opens", State.EDITED)
    assert (run.log.count.translated, run.log.count.from_memory) == (3, 1)


def test_a_damaged_index_is_made_anew(rig: Rig) -> None:
    many = [
        article(f"{n}.txt", (f"Kalimat nomor {n}.", *PARAGRAPHS), f"Judul {n}") for n in range(40)
    ]
    first = rig.run(*many)
    index = rig.root / ".cache" / "memory.sqlite"
    data = bytearray(index.read_bytes())
    for place in range(4096, len(data) - 4096, 8192):
        data[place : place + 4096] = b"\0" * 4096
    index.write_bytes(data)
    run = rig.run(*many)
    assert run.asked == []
    assert run.texts == first.texts
    index.write_bytes(data)
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), read_only=True) as memory:
        assert len(memory.index.paths()) == len(many)


def test_the_cache_may_vanish_during_the_run(rig: Rig) -> None:
    def answer(text: str) -> str:
        shutil.rmtree(rig.root / ".cache", ignore_errors=True)
        return f"EN({text})"

    other = article("b.txt", (PARAGRAPHS[0],), "Judul lain")
    run = rig.run(article(), other, engines=[FakeEngine(answer=answer)])
    assert run.problems.count == 0
    assert all(s.translation for text in run.texts for s in text.segments)
    assert rig.run(article(), other).asked == []


def test_only_who_holds_the_lock_tidies_up_after_a_killed_build(rig: Rig) -> None:
    rig.run()
    left = rig.articles_dir / ".jembatan.txt.po.abcd1234.tmp"
    left.write_bytes(b"half of a file that a running build writes")
    cache = rig.root / ".cache"
    with open_memory(rig.articles_dir, cache, ProblemLog(), read_only=True):
        assert left.exists()
    with open_memory(rig.articles_dir, cache, ProblemLog()):
        assert not left.exists()
        assert (cache / "memory.owner").exists()
    assert not (cache / "memory.owner").exists()


def test_a_reader_does_not_wait_for_a_build_that_goes_on(rig: Rig) -> None:
    many = [article(f"{n}.txt", (f"Kalimat nomor {n}.",), f"Judul {n}") for n in range(50)]
    rig.run(*many)
    cache = rig.root / ".cache"
    with open_memory(rig.articles_dir, cache, ProblemLog()) as memory:
        memory.record(many[0].ref, "Baru.", Translation("New.", State.EDITED, "Ani"))
        with open_memory(rig.articles_dir, cache, ProblemLog(), read_only=True) as other:
            assert [e.key.source for e in other.index.entries("0.txt.po")][-1] == "Baru."


def test_an_index_that_cannot_be_written_is_done_without(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.run()
    rig.change(f'msgstr "EN({TITLE})"', 'msgstr "A bridge."')
    before = (rig.root / ".cache" / "memory.sqlite").read_bytes()

    def full(*_args: object, **_kwargs: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dwiwarta.translate.memory.index.write_atomic", full)
    for _ in range(2):
        run = rig.run()
        assert run.texts[0].title.translation
        assert run.texts[0].title.translation.text == "A bridge."
        assert run.problems.count == 0
    assert (rig.root / ".cache" / "memory.sqlite").read_bytes() == before


def test_what_was_saved_before_the_disk_was_full_is_shown(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.run(engines=[])
    writes: list[int] = []
    write = rewrite.write_atomic

    def full(*args: object, **kwargs: object) -> bool:
        writes.append(1)
        if len(writes) > 2:
            raise OSError(28, "No space left on device")
        return write(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("dwiwarta.translate.memory.rewrite.write_atomic", full)
    run = rig.run()
    assert [s.translation is not None for s in run.texts[0].segments] == [True, True, False, False]
    assert (run.log.count.translated, run.log.count.pending) == (2, 2)

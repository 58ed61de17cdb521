"""The memory keeps what people wrote, finds it again, and never loses anything."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

import pytest
from memory_rig import PARAGRAPHS, TITLE, TODAY, Rig, article

from dwiwarta.errors import MemoryStoreError
from dwiwarta.model import SourceRef, State, Story, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.translate import po
from dwiwarta.translate.arrange import Addition
from dwiwarta.translate.chain import Chain
from dwiwarta.translate.engines.fake import FakeEngine, Script
from dwiwarta.translate.index import normal_form
from dwiwarta.translate.memory import memory_path, open_memory
from dwiwarta.translate.po import Refusal, SegmentKey, digest
from dwiwarta.translate.work import Options, Plan, plan_translation

HEADER = 'msgid ""\nmsgstr ""\n\n'


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    (tmp_path / "articles").mkdir()
    return Rig(tmp_path)


def test_first_run_asks_and_stores_every_segment(rig: Rig) -> None:
    run = rig.run()
    assert run.asked == [TITLE, *PARAGRAPHS]
    assert [s.translation.text for s in run.texts[0].segments if s.translation] == [
        f"EN({text})" for text in (TITLE, *PARAGRAPHS)
    ]
    made = run.texts[0].paragraphs[0].translation
    assert made == Translation(f"EN({PARAGRAPHS[0]})", State.MACHINE, "fake 1", TODAY)
    assert run.log.count.translated == 4
    assert run.problems.count == 0


def test_second_run_asks_nothing_and_touches_no_file(rig: Rig) -> None:
    first = rig.run()
    before = rig.snapshot()
    second = rig.run(today=date(2027, 1, 1))
    assert second.asked == []
    assert second.texts == first.texts
    assert second.log.count.from_memory == 4
    assert rig.snapshot() == before


def test_the_index_may_be_lost_or_broken(rig: Rig) -> None:
    first = rig.run()
    before = rig.snapshot()
    (rig.root / ".cache" / "memory.sqlite").write_bytes(b"no database")
    assert rig.run().texts == first.texts
    shutil.rmtree(rig.root / ".cache")
    assert rig.run().asked == []
    assert rig.snapshot() == before


def test_human_edit_is_recognised_without_touching_comments_and_survives(rig: Rig) -> None:
    rig.run()
    rig.change(f'msgstr "EN({PARAGRAPHS[2]})"', 'msgstr "Traders hope for a busier market."')
    before = rig.snapshot()
    run = rig.run(options=Options(redo=lambda _: True))
    edited = run.texts[0].paragraphs[2].translation
    assert edited == Translation("Traders hope for a busier market.", State.EDITED, "editor")
    assert PARAGRAPHS[2] not in run.asked
    assert set(run.asked) == {TITLE, *PARAGRAPHS[:2]}
    text = rig.po().read_text(encoding="utf-8")
    assert 'msgstr "Traders hope for a busier market."' in text
    assert rig.snapshot() == before  # the new machine texts are the same as the old


def test_the_editors_name_comes_from_the_header_that_poedit_writes(rig: Rig) -> None:
    rig.run()
    rig.change("Automatically generated", "Dewi Lestari <dewi@example.org>")
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.")
    translation = rig.run().texts[0].paragraphs[2].translation
    assert translation is not None
    assert translation.engine == "Dewi Lestari"


def test_taking_the_fuzzy_mark_off_approves(rig: Rig) -> None:
    rig.run()
    rig.change('#, fuzzy\nmsgctxt "title"', 'msgctxt "title"')
    title = rig.run().texts[0].title.translation
    # On which day is not known: the one on record is the machine's.
    assert title == Translation(f"EN({TITLE})", State.APPROVED, "editor", None)


def test_writing_state_approved_approves_the_text_as_it_is(rig: Rig) -> None:
    rig.run()
    text = rig.po().read_text(encoding="utf-8")
    rig.po().write_text(text.replace("state=machine", "state=approved", 1), encoding="utf-8")
    for _ in range(2):
        title = rig.run().texts[0].title.translation
        # Not "approved by fake 1": the line still names the machine.
        assert title == Translation(f"EN({TITLE})", State.APPROVED, "editor", TODAY)


@pytest.mark.parametrize(
    ("header", "editor"),
    [("Automatically generated", "editor"), ("Budi Santoso <budi@example.org>", "Budi Santoso")],
)
def test_approved_text_that_is_edited_by_hand_counts_as_edited_until_approved_again(
    rig: Rig, header: str, editor: str
) -> None:
    rig.run()
    approve(rig, "Dewi")
    if header != "Automatically generated":
        rig.change("Automatically generated", header)
    rig.change(f"EN({TITLE})", "By hand")
    before = rig.snapshot()
    for _ in range(2):
        run = rig.run(options=Options(redo=lambda _: True))
        title, *rest = [s.translation for s in run.texts[0].segments]
        assert title == Translation("By hand", State.EDITED, editor)
        assert [t and (t.state, t.engine) for t in rest] == [(State.APPROVED, "Dewi")] * 3
    assert rig.snapshot() == before
    assert approve(rig, "Ani") == 1
    before = rig.snapshot()
    for _ in range(2):
        title = rig.run().texts[0].title.translation
        assert title == Translation("By hand", State.APPROVED, "Ani", TODAY)
    assert rig.snapshot() == before


def test_taking_the_digest_off_approves_what_stands_there_now(rig: Rig) -> None:
    rig.run()
    approve(rig, "Dewi")
    rig.change(f"EN({TITLE})", "By hand")
    rig.change(f" text={digest(f'EN({TITLE})')}", "")
    title = rig.run().texts[0].title.translation
    assert title == Translation("By hand", State.APPROVED, "Dewi", TODAY)


def test_lines_from_before_there_were_digests_for_people_are_still_read(rig: Rig) -> None:
    rig.run(article(paragraphs=PARAGRAPHS[:1]))
    text = rig.po().read_text(encoding="utf-8")
    for state, old in (("approved", TITLE), ("edited", PARAGRAPHS[0])):
        digested = f'state=machine engine="fake 1" made={TODAY} text={digest(f"EN({old})")}'
        assert text.count(digested) == 1
        text = text.replace(digested, f'state={state} engine="Dewi" made={TODAY}')
    rig.po().write_text(text, encoding="utf-8")
    made = [s.translation for s in rig.run(article(paragraphs=PARAGRAPHS[:1])).texts[0].segments]
    assert [t and (t.state, t.engine) for t in made] == [
        (State.APPROVED, "Dewi"),
        (State.EDITED, "Dewi"),
    ]


def approve(rig: Rig, editor: str, path: str = "jembatan.txt.po") -> int:
    """What ``review --approve`` does; how many texts it marked."""
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), today=TODAY) as memory:
        return memory.approve(path, editor)


def test_a_comment_nobody_can_read_counts_as_a_persons_text(rig: Rig) -> None:
    rig.run()
    text = rig.po().read_text(encoding="utf-8").replace("state=machine", "state=mashine")
    rig.po().write_text(text, encoding="utf-8")
    run = rig.run(options=Options(redo=lambda _: True))
    assert run.asked == []
    assert all(s.translation and s.translation.state is State.EDITED for s in run.texts[0].segments)


def test_emptied_translation_is_asked_for_again(rig: Rig) -> None:
    rig.run()
    rig.change(f'msgstr "EN({PARAGRAPHS[2]})"', 'msgstr ""')
    assert rig.run().asked == [PARAGRAPHS[2]]


CHANGED = PARAGRAPHS[1].replace("400 pekerja", "450 pekerja")


def test_edit_of_a_changed_paragraph_is_offered_as_stale_and_kept(rig: Rig) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[1]})", "The mayor says it took three years and 400 workers.")
    now = article(paragraphs=(PARAGRAPHS[0], CHANGED, PARAGRAPHS[2]))
    for engines in ([], [FakeEngine()], []):
        run = rig.run(now, engines=engines)
        segment = run.texts[0].paragraphs[1]
        assert segment.stale is not None
        assert segment.stale.text == "The mayor says it took three years and 400 workers."
        assert segment.stale.state is State.EDITED
        assert run.log.count.stale == 1
        assert [s.stale for s in run.texts[0].segments if s != segment] == [None] * 3
    assert segment.translation is not None
    assert segment.translation.text == f"EN({CHANGED})"
    text = rig.po().read_text(encoding="utf-8")
    assert '#~ msgstr "The mayor says it took three years and 400 workers."' in text
    assert f'#| msgid "{PARAGRAPHS[1]}"' in text
    assert 'dwiwarta-earlier: "The mayor says it took three years and 400 workers."' in text


def test_edit_of_a_merged_copy_is_offered_to_the_article_that_is_shown(rig: Rig) -> None:
    first, other = article("a.txt"), article("b.txt", (PARAGRAPHS[0], CHANGED, PARAGRAPHS[2]))
    rig.run(first)
    rig.change(f"EN({PARAGRAPHS[1]})", "Three years and 400 workers.", first)
    before = rig.po(first).read_bytes()
    assert rig.run(other).texts[0].paragraphs[1].stale is None
    merged = (first, article("gone.txt"))
    for engines in ([], [FakeEngine()]):
        run = rig.run(other, engines=engines, copies=merged)
        stale = [s.stale and s.stale.text for s in run.texts[0].segments]
        assert stale == [None, None, "Three years and 400 workers.", None]
        assert run.log.count.stale == 1
    rig.change(f"EN({CHANGED})", "Three years and 450 workers.", other)
    segments = rig.run(other, copies=merged).texts[0].segments
    assert [s.stale for s in segments] == [None] * 4
    assert rig.po(first).read_bytes() == before


def test_stale_ends_when_a_person_has_seen_the_new_wording(rig: Rig) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[1]})", "The mayor says it took three years and 400 workers.")
    now = article(paragraphs=(PARAGRAPHS[0], CHANGED, PARAGRAPHS[2]))
    rig.run(now)
    rig.change(f'msgstr "EN({CHANGED})"', 'msgstr "The mayor says 450 workers."')
    assert rig.run(now).texts[0].paragraphs[1].stale is None


def test_text_that_comes_back_finds_its_edit_again(rig: Rig) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[1]})", "Three years of work.")
    rig.run(article(paragraphs=PARAGRAPHS[:1]))
    run = rig.run()
    assert run.asked == []
    assert run.texts[0].paragraphs[1].translation is not None
    assert run.texts[0].paragraphs[1].translation.text == "Three years of work."
    assert "#~" not in rig.po().read_text(encoding="utf-8")


def test_a_different_paragraph_is_not_taken_for_a_changed_one(rig: Rig) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[1]})", "The mayor says it took three years and 400 workers.")
    other = "Wali kota juga meresmikan taman kota dan meminta warga menjaga kebersihan sungai."
    run = rig.run(article(paragraphs=(PARAGRAPHS[0], other, PARAGRAPHS[2])))
    assert run.texts[0].paragraphs[1].stale is None


def test_entries_stand_in_the_order_of_the_article(rig: Rig) -> None:
    rig.run(article(paragraphs=PARAGRAPHS[:1]))
    rig.run(article(paragraphs=PARAGRAPHS[::-1]))
    text = rig.po().read_text(encoding="utf-8")
    places = [text.index(f'msgid "{source}"') for source in (TITLE, *PARAGRAPHS[::-1])]
    assert places == sorted(places)


def test_without_an_engine_the_file_holds_what_a_person_can_fill_in(rig: Rig) -> None:
    run = rig.run(engines=[])
    assert run.log.count.pending == 4
    assert rig.run(engines=[]).log.count.pending == 4
    rig.change(f'msgid "{PARAGRAPHS[2]}"\nmsgstr ""', f'msgid "{PARAGRAPHS[2]}"\nmsgstr "Busy."')
    segment = rig.run(engines=[]).texts[0].paragraphs[2]
    assert segment.translation == Translation("Busy.", State.EDITED, "editor")


def test_vanished_articles_keep_their_memory(rig: Rig) -> None:
    rig.run(article("a.txt"), article("b.txt", title="Lain sama sekali"))
    before = rig.snapshot()
    rig.run(article("a.txt"))
    assert rig.snapshot() == before


def test_same_text_in_another_article_is_found_by_normal_form(rig: Rig) -> None:
    rig.run()
    twin = article("b.txt", title=f" {TITLE.upper()}", paragraphs=(f"{PARAGRAPHS[2]}\u200b",))
    run = rig.run(article(), twin)
    assert run.asked == []
    assert run.texts[1].title.translation is not None
    assert 'from="jembatan.txt.po"' in rig.po(twin).read_text(encoding="utf-8")
    assert rig.run(article(), twin).texts == run.texts


@pytest.mark.parametrize("other", ["naik 15 persen", "naik 1,5, persen", "Naik 1.5 persen"])
def test_normal_form_keeps_what_changes_the_meaning(rig: Rig, other: str) -> None:
    rig.run(article("a.txt", paragraphs=("naik 1,5 persen",), title="A"))
    assert rig.run(article("b.txt", paragraphs=(other,), title="A")).asked == [other]


def test_titles_are_not_translated_by_paragraphs(rig: Rig) -> None:
    rig.run(article("a.txt", paragraphs=("Gempa di Palu",), title="Judul"))
    assert rig.run(article("b.txt", paragraphs=(), title="Gempa di Palu")).asked == [
        "Gempa di Palu"
    ]


def test_what_a_person_did_elsewhere_beats_the_machine_here(rig: Rig) -> None:
    twin = article("b.txt", title="Judul lain")
    rig.run(article(), twin)
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.", twin)
    for _ in range(2):
        run = rig.run(article(), twin)
        here = run.texts[0].paragraphs[2].translation
        assert here is not None
        assert (here.text, here.state) == ("Traders hope.", State.EDITED)
        assert run.asked == []
    # It follows the article that it was copied from, until it is changed here.
    rig.change("Traders hope.", "Traders hope for more.", twin)
    here = rig.run(article(), twin).texts[0].paragraphs[2].translation
    assert here is not None
    assert here.text == "Traders hope for more."
    rig.change("Traders hope for more.", "Here we say it so.")
    texts = rig.run(article(), twin).texts
    assert [t.paragraphs[2].translation.text for t in texts if t.paragraphs[2].translation] == [
        "Here we say it so.",
        "Traders hope for more.",
    ]


def test_odd_characters_in_comments_do_not_end_the_build(rig: Rig) -> None:
    rig.run()
    text = rig.po().read_text(encoding="utf-8")
    text = text.replace('engine="fake 1"', r'engine="x\ud800\u001by"', 1).replace(
        "# dwiwarta: ",
        '# dwiwarta-rejected: engine="e" made=2026-01-01 reason="a \\ud800b"\n# dwiwarta: ',
        1,
    )
    rig.po().write_text(text, encoding="utf-8")
    run = rig.run()
    assert run.problems.count == 0
    title = run.texts[0].title
    assert title.translation is not None
    assert title.translation.engine == "x y"
    assert [old.reason for old in title.refused] == ["a b"]


def test_an_emptied_correction_does_not_come_back_from_its_copies(rig: Rig) -> None:
    names = ("a.txt", "b.txt", "c.txt")
    one, own, last = (article(name, title=f"Judul {name}") for name in names)
    rig.run(own)
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.", own)
    rig.run(one, own, last)
    rig.change('"Traders hope."', '""', own)
    run = rig.run(one, own, last)
    assert run.asked == [PARAGRAPHS[2]]
    # Nor by way of an article that took it from a copy.
    new = article("d.txt", title="Judul baru")
    rig.run(new)
    rig.change(f'"EN({PARAGRAPHS[2]})"', '""', own)
    assert rig.run(new, own).asked == [PARAGRAPHS[2]]


@pytest.mark.parametrize("state", ["machine", "edited"])
def test_a_copy_that_a_person_approved_stays_when_the_original_is_changed(
    rig: Rig, state: str
) -> None:
    here, there = article("a.txt", title="Judul"), article("b.txt", title="Judul lain")
    rig.run(there)
    source, english = PARAGRAPHS[2], f"EN({PARAGRAPHS[2]})"
    if state == "edited":
        rig.change(english, "Traders hope.", there)
        english = "Traders hope."
    rig.run(here, there)
    text = rig.po(here).read_text(encoding="utf-8")
    head, middle, tail = text.partition(f'msgid "{source}"')
    first, mark, last = head.rpartition(f"state={state} ")
    assert mark
    head = f"{first}state=approved {last}"
    rig.po(here).write_text(head + middle + tail, encoding="utf-8")
    rig.run(here, there)
    rig.change(english, "Changed there.", there)
    before = rig.po(here).read_bytes()
    for _ in range(2):
        found = [t.paragraphs[2].translation for t in rig.run(here, there).texts]
        assert [t and (t.text, t.state) for t in found] == [
            (english, State.APPROVED),
            ("Changed there.", State.EDITED),
        ]
    assert rig.po(here).read_bytes() == before


@pytest.mark.parametrize(
    ("line", "copied_from", "state"),
    [
        ('state=machine engine="e 1"', "b.txt.po", State.MACHINE),
        ('state=approved by="Budi"', "b.txt.po", State.APPROVED),
        # Only a person writes a human state beside the name of an engine.
        ('state=approved engine="e 1"', "", State.APPROVED),
    ],
)
def test_copies_from_before_the_state_was_in_the_digest_are_still_read(
    line: str, copied_from: str, state: State
) -> None:
    file = po.new_file("a.txt", TODAY)
    entry = po.new_entry(SegmentKey("satu"))
    entry.msgstr = "one"
    entry.flags = [] if state.is_human else ["fuzzy"]
    entry.tcomment = f'dwiwarta: {line} text={digest("one")} from="b.txt.po"'
    said = po.meaning(entry, file)
    assert said is not None
    assert said.translation is not None
    assert (said.copied_from, said.translation.state) == (copied_from, state)


def test_approving_a_file_makes_its_copies_its_own(rig: Rig) -> None:
    twin = article("b.txt", title="Judul lain")
    rig.run(twin)
    approve(rig, "Budi", "b.txt.po")
    rig.run(article(), twin, engines=[])
    assert approve(rig, "Dewi") == 3
    assert approve(rig, "Dewi") == 0
    rig.change(f"EN({PARAGRAPHS[2]})", "Changed there.", twin)
    here = rig.run(article(), twin, engines=[]).texts[0].paragraphs[2].translation
    assert here == Translation(f"EN({PARAGRAPHS[2]})", State.APPROVED, "Dewi", TODAY)


def test_between_other_articles_approved_then_edited_then_latest_wins(rig: Rig) -> None:
    text = PARAGRAPHS[2]
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        for name, state, day, english in (
            ("a", State.MACHINE, 3, "machine"),
            ("b", State.EDITED, 1, "old edit"),
            ("c", State.EDITED, 2, "new edit"),
            ("d", State.EDITED, 2, "new edit, later name"),
        ):
            made = Translation(english, state, "x", date(2026, 1, day))
            assert memory.record(SourceRef(f"{name}.txt"), text, made)
    one = article("z.txt", paragraphs=(text,), title="Z")
    for better in ("new edit", "approved"):
        if better == "approved":
            with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
                made = Translation("approved", State.APPROVED, "x", date(2020, 1, 1))
                memory.record(SourceRef("e.txt"), text, made)
        found = rig.run(one).texts[0].paragraphs[0].translation
        assert found is not None
        assert found.text == better


def test_record_never_puts_a_machine_text_over_a_persons(rig: Rig) -> None:
    ref = article().ref
    human = Translation("By hand.", State.APPROVED, "Dewi", TODAY)
    machine = Translation("By machine.", State.MACHINE, "google", TODAY)
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        assert memory.record(ref, PARAGRAPHS[0], machine)
        assert memory.record(ref, PARAGRAPHS[0], human)
        assert not memory.record(ref, PARAGRAPHS[0], machine)
        assert memory.record(ref, TITLE, human, title=True)
    run = rig.run(engines=[])
    assert run.texts[0].paragraphs[0].translation == human
    assert run.texts[0].title.translation == human


def test_draft_is_redone_only_when_a_better_engine_answers(rig: Rig) -> None:
    draft = Script(draft=True, default="draft {text}", version="rough 1")
    rig.run(engines=[FakeEngine(draft)])
    again = rig.run(engines=[FakeEngine(draft)])
    assert again.asked == []
    assert again.texts[0].title.translation is not None
    assert again.texts[0].title.translation.state is State.DRAFT
    silent = Script(default=None)
    assert rig.run(engines=[FakeEngine(silent)]).log.count.from_memory == 4
    better = rig.run(engines=[FakeEngine()])
    assert better.texts[0].title.translation is not None
    assert better.texts[0].title.translation.state is State.MACHINE
    assert better.log.count.translated == 4


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


def test_a_persons_obsolete_entry_beats_an_empty_active_one_after_a_merge(rig: Rig) -> None:
    rig.run(article(paragraphs=()))
    text = rig.po().read_text(encoding="utf-8")
    source = PARAGRAPHS[2]
    text += f'\nmsgid "{source}"\nmsgstr ""\n\n#~ msgid "{source}"\n#~ msgstr "By hand."\n'
    for after_build in (True, False):
        rig.po().write_text(text, encoding="utf-8")
        if after_build:
            run = rig.run(article(paragraphs=(source,)))
            assert run.asked == []
            assert run.texts[0].paragraphs[0].translation == Translation(
                "By hand.", State.EDITED, "editor"
            )
        else:
            machine = Translation("By machine.", State.MACHINE, "google", TODAY)
            with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
                assert not memory.record(article().ref, source, machine)
        after = rig.po().read_text(encoding="utf-8")
        assert after.count(f'msgid "{source}"') == 1
        assert '\nmsgstr "By hand."' in after
    before = rig.snapshot()
    assert rig.run(article(paragraphs=(source,))).problems.count == 0
    assert rig.snapshot() == before


def test_unwritable_folder_is_a_problem_not_a_crash(rig: Rig) -> None:
    (rig.articles_dir / "sub").write_text("a file where a folder is needed", encoding="utf-8")
    run = rig.run(article("sub/x.txt"))
    assert run.asked == []
    assert "cannot be written" in run.problems.lines()[0]


def test_comments_flags_and_foreign_entries_are_kept(rig: Rig) -> None:
    rig.run(article(paragraphs=PARAGRAPHS[:1]))
    path = rig.po(article())
    text = path.read_text(encoding="utf-8")
    text = text.replace("# dwiwarta:", "# A note by Dewi.\n# dwiwarta:", 1)
    text = text.replace("#, fuzzy\n", "#. extracted\n#: page:3\n#, fuzzy, no-wrap\n", 1)
    text += '\nmsgctxt "photo"\nmsgid "Foto"\nmsgstr "Photo"\n'
    path.write_text(text, encoding="utf-8")
    rig.run()
    after = path.read_text(encoding="utf-8")
    for kept in ("# A note by Dewi.\n", "#. extracted\n#: page:3\n", "fuzzy, no-wrap", '"Photo"'):
        assert kept in after
    assert len(rig.run().asked) == 0


def test_windows_line_ends_and_byte_order_mark_are_read(rig: Rig) -> None:
    rig.run()
    text = rig.po().read_text(encoding="utf-8")
    rig.po().write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    run = rig.run()
    assert run.asked == []
    assert run.problems.count == 0
    assert run.texts[0].title.translation is not None
    assert run.texts[0].title.translation.state is State.MACHINE


def test_file_wrapped_by_another_tool_counts_the_same_and_is_not_rewritten(rig: Rig) -> None:
    rig.run()
    old = f'msgstr "EN({PARAGRAPHS[1]})"'
    half = len(PARAGRAPHS[1]) // 2
    rig.change(old, f'msgstr ""\n"EN({PARAGRAPHS[1][:half]}"\n"{PARAGRAPHS[1][half:]})"')
    before = rig.snapshot()
    run = rig.run()
    assert run.asked == []
    assert run.texts[0].paragraphs[1].translation == Translation(
        f"EN({PARAGRAPHS[1]})", State.MACHINE, "fake 1", TODAY
    )
    assert rig.snapshot() == before


def test_records_of_an_export_have_a_file_each(rig: Rig) -> None:
    one, two = (article("news.jsonl", record=name) for name in ("7", "http://x/../y"))
    rig.run(one, two)
    assert memory_path(one.ref).as_posix() == "news.jsonl.d/7.po"
    name = memory_path(two.ref).as_posix()
    assert name.startswith("news.jsonl.d/")
    assert "/" not in name.removeprefix("news.jsonl.d/")
    assert rig.po(two).exists()


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


def test_segments_without_letters_are_shown_as_they_are(rig: Rig) -> None:
    run = rig.run(article(paragraphs=("***", "2023", PARAGRAPHS[0], PARAGRAPHS[0])))
    assert run.asked == [TITLE, PARAGRAPHS[0]]
    texts = [s.translation.text for s in run.texts[0].paragraphs if s.translation]
    assert texts[:2] == ["***", "2023"]
    assert texts[2] == texts[3]
    assert run.log.count.unchanged == 2


def first_once_all_are_there(_: Sequence[str], said: Sequence[str]) -> frozenset[int]:
    return frozenset({0}) if len(said) > len(PARAGRAPHS) else frozenset()


def test_an_answer_that_is_taken_back_leaves_only_the_reason(rig: Rig) -> None:
    run = rig.run(misplaced=first_once_all_are_there)
    assert [s.translation is not None for s in run.texts[0].segments] == [False, True, True, True]
    assert (run.log.count.translated, run.log.count.pending, run.log.count.rejected) == (3, 1, 1)
    text = rig.po().read_text(encoding="utf-8")
    assert f"EN({TITLE})" not in text
    assert 'engine="fake 1" made=2026-11-23 reason="the answer seems to belong' in text
    again = rig.run()
    assert (again.asked, again.log.count.pending) == ([], 1)


def test_a_machines_earlier_text_comes_back_with_it(rig: Rig) -> None:
    old = rig.run(engines=[FakeEngine(Script(version="fake 0", default="OLD({text})"))])
    redo = Options(redo=lambda text: text.engine == "fake 0")
    run = rig.run(misplaced=first_once_all_are_there, options=redo)
    assert run.texts[0].title.translation == old.texts[0].title.translation
    assert [s.translation and s.translation.engine for s in run.texts[0].paragraphs] == [
        "fake 1"
    ] * len(PARAGRAPHS)
    assert rig.run(engines=[]).texts[0].title.translation == old.texts[0].title.translation


def test_what_a_person_wrote_meanwhile_is_not_taken_back(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(sources: Sequence[str], said: Sequence[str]) -> frozenset[int]:
        wrong = first_once_all_are_there(sources, said)
        if wrong:
            rig.change(f'msgstr "EN({TITLE})"', 'msgstr "A bridge opens in Palu"')
        return wrong

    rig.run(misplaced=edit)
    title = rig.run(engines=[]).texts[0].title.translation
    assert title
    assert (title.text, title.state) == ("A bridge opens in Palu", State.EDITED)


def test_what_no_engine_would_be_asked_for_takes_no_place_of_the_limit(rig: Rig) -> None:
    def gate(source: str, _answer: str) -> str | None:
        return "too odd" if source in (TITLE, PARAGRAPHS[0]) else None

    for asked in ((TITLE, PARAGRAPHS[0]), PARAGRAPHS[1:], ()):
        options = Options(limit=2)
        with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
            plan = plan_translation(
                [Story(article())], memory, Chain([FakeEngine()], rig.settings), options
            )
        assert plan.segments == len(asked)
        assert rig.run(gate=gate, options=options).asked == list(asked)


def test_english_that_could_not_be_saved_is_not_counted(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.run(engines=[])

    def full(*_args: object, **_kwargs: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dwiwarta.translate.rewrite.write_atomic", full)
    run = rig.run()
    assert len(run.asked) == 1
    assert (run.log.count.translated, run.log.count.pending) == (0, 4)
    assert "No space left" in run.problems.lines()[0]


def test_failures_that_do_not_stop_an_engine_are_told(rig: Rig) -> None:
    script = Script.model_validate(
        {"rules": [{"match": TITLE, "fault": "invalid", "reason": "not JSON"}]}
    )
    run = rig.run(engines=[FakeEngine(script)])
    assert run.log.notes == ("fake 1 did not answer for 1 segment: not JSON",)
    script = Script.model_validate({"rules": [{"fault": "quota", "reason": "enough"}]})
    run = rig.run(engines=[FakeEngine(script)])
    assert run.log.notes == ("fake stopped: enough",)


def test_limit_sends_no_more_than_asked_for(rig: Rig) -> None:
    run = rig.run(options=Options(limit=3))
    assert len(run.asked) == 3
    assert run.log.count.pending == 1
    assert rig.run().asked == [PARAGRAPHS[2]]


def test_an_engines_earlier_answer_is_asked_for_first_to_keep_one_voice(rig: Rig) -> None:
    first = FakeEngine(Script(version="one 1"), name="one")
    second = FakeEngine(Script(version="two 1"), name="two")
    rig.run(article(paragraphs=PARAGRAPHS[:2]), engines=[second])
    run = rig.run(engines=[first, replace_script(second)])
    assert run.texts[0].paragraphs[2].translation is not None
    assert run.texts[0].paragraphs[2].translation.engine == "two 1"
    assert first.requests == []


def replace_script(engine: FakeEngine) -> FakeEngine:
    """The same engine without its past."""
    return FakeEngine(Script(version=engine.version()), name=engine.capabilities.name)


def test_sentences_are_paired_where_their_numbers_agree(rig: Rig) -> None:
    engine = FakeEngine(answer=lambda _text: "One. Two.")  # PARAGRAPHS[0] alone has two sentences
    paragraphs = rig.run(engines=[engine]).texts[0].paragraphs
    assert [english for _, english in paragraphs[0].sentences] == ["One.", "Two."]
    assert paragraphs[1].sentences == ()


def test_what_a_killed_build_left_half_written_is_removed(rig: Rig) -> None:
    rig.run()
    left = rig.articles_dir / ".jembatan.txt.po.a1b2c3d4.tmp"
    other = rig.articles_dir / ".syncthing.document.tmp"
    for path in (left, other):
        path.write_bytes(b"half")
    rig.run()
    assert not left.exists()
    assert other.exists()


def test_approve_marks_all_english_of_a_file(rig: Rig) -> None:
    rig.run(article(), article("b.txt", title="Lain"))
    rig.change(f"EN({TITLE})", "By hand")
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), today=TODAY) as memory:
        assert memory.approve("jembatan.txt.po", "Dewi") == 4
        assert memory.approve("jembatan.txt.po", "Dewi") == 0
    states = [s.translation and s.translation.state for s in rig.run().texts[0].segments]
    assert states == [State.APPROVED] * 4
    assert "fuzzy\n" not in rig.po().read_text(encoding="utf-8")


def test_plan_counts_what_a_run_would_send_and_sends_nothing(rig: Rig) -> None:
    rig.run(article(paragraphs=PARAGRAPHS[:1]))
    engine = FakeEngine()
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), read_only=True) as memory:
        chain = Chain([engine], rig.settings)
        plan = plan_translation(
            [Story(article()), Story(article("c.txt", ("***",), "7"))], memory, chain
        )
        assert plan == Plan(1, 2, len(PARAGRAPHS[1]) + len(PARAGRAPHS[2]))
        everything = Options(redo=lambda _: True)
        assert plan_translation([Story(article())], memory, chain, everything).segments == 4
    assert engine.requests == []


def test_lines_point_at_the_msgid_whether_written_or_read(rig: Rig) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[1]})", "By hand.")
    now = article(paragraphs=(PARAGRAPHS[0], CHANGED, PARAGRAPHS[2]))
    rig.run(now)
    lines = rig.po().read_text(encoding="utf-8").splitlines()
    for delete in (False, True):
        if delete:
            (rig.root / ".cache" / "memory.sqlite").unlink()
        with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
            entries = memory.index.entries("jembatan.txt.po")
        assert len(entries) == 5
        for entry in entries:
            assert f'msgid "{entry.key.source}"' in lines[entry.line - 1]


def test_refusals_are_kept_with_their_reason_and_not_asked_for_again(rig: Rig) -> None:
    def gate(_source: str, answer: str) -> str | None:
        return "numbers differ" if answer.startswith("bad") else None

    bad = Script(version="bad 1", default="bad {text}")
    for engines, asked_of_bad in (((bad,), 4), ((bad,), 0), ((bad, Script()), 0)):
        run = rig.run(engines=[FakeEngine(script) for script in engines], gate=gate)
        assert len([e for e in run.log.rejected if e.engine == "bad 1"]) == asked_of_bad
        assert len(run.log.on_record) == 4 - asked_of_bad
    assert run.log.count.translated == 4
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        [*entries] = memory.index.entries("jembatan.txt.po")
    assert [entry.refusals for entry in entries] == [
        (Refusal("bad 1", "numbers differ", TODAY),)
    ] * 4
    newer = Script(version="bad 2", default="better {text}")
    redo = Options(redo=lambda _: True)
    assert rig.run(engines=[FakeEngine(newer)], gate=gate, options=redo).log.count.translated == 4


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
    assert "another program changed it" in run.problems.lines()[0]
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


def test_a_copy_whose_original_is_gone_is_kept_like_an_original(rig: Rig) -> None:
    text = PARAGRAPHS[2]
    first, other, renamed = (
        article(f"{name}.txt", (text,), f"Judul {name}") for name in ("a", "b", "c")
    )
    rig.run(first)
    rig.change(f'msgstr "EN({text})"', 'msgstr "My edit."', first)
    rig.run(renamed, engines=[])
    rig.po(first).unlink()
    rig.run(renamed, other, engines=[])
    rig.change('msgstr "My edit."', 'msgstr "Another wording."', other)
    rig.run(renamed, other, engines=[])
    assert 'msgstr "My edit."' in rig.po(renamed).read_text(encoding="utf-8")


def test_an_edit_stays_when_only_the_quotes_around_words_change(rig: Rig) -> None:
    old, new = 'Wali kota berkata, "kami siap" kemarin.', "Wali kota berkata, “kami siap” kemarin."
    rig.run(article(paragraphs=(old,)))
    rig.change('msgstr "EN(Wali', 'msgstr "MY(Wali')
    run = rig.run(article(paragraphs=(new,)))
    kept = run.texts[0].paragraphs[0]
    assert kept.translation
    assert kept.translation.text.startswith("MY(")
    assert kept.translation.state is State.EDITED
    assert kept.stale is None
    assert run.asked == []
    before = rig.snapshot()
    assert rig.run(article(paragraphs=(new,))).texts == run.texts
    assert rig.snapshot() == before


@pytest.mark.parametrize(("one", "other"), [("10⁵", "105"), ("2³", "23"), ("½", "1/2")])
def test_different_numbers_are_no_same_text(one: str, other: str) -> None:
    assert normal_form(f"Ada {one} ekor.") != normal_form(f"Ada {other} ekor.")


def test_an_edit_of_the_same_size_and_time_is_seen(rig: Rig) -> None:
    """On file systems whose time stamps count in seconds."""
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


def test_refused_answers_are_shown_in_the_build_that_met_them(rig: Rig) -> None:
    run = rig.run(gate=lambda _source, _answer: "an echo")
    assert [refused.reason for s in run.texts[0].segments for refused in s.refused] == [
        "an echo"
    ] * 4
    assert rig.run(engines=[]).texts == run.texts


def test_a_memory_file_may_be_a_link(rig: Rig) -> None:
    real = rig.root / "elsewhere.po"
    rig.run(engines=[])
    rig.po().rename(real)
    rig.po().symlink_to(real)
    rig.run()
    assert rig.po().is_symlink()
    assert f"EN({TITLE})" in real.read_text(encoding="utf-8")


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


def test_paragraphs_that_change_places_change_them_in_the_file_too(rig: Rig) -> None:
    rig.run()
    turned = article(paragraphs=PARAGRAPHS[::-1])
    rig.run(turned)
    text = rig.po().read_text(encoding="utf-8")
    places = [text.index(f'msgid "{paragraph}"') for paragraph in PARAGRAPHS]
    assert places == sorted(places, reverse=True)


def test_whoever_made_what_is_to_be_redone_is_not_asked_first_again(rig: Rig) -> None:
    def engines() -> list[FakeEngine]:
        return [FakeEngine(Script(version=name), name=name) for name in ("better", "old")]

    rig.run(engines=engines()[1:])
    both = engines()
    rig.run(engines=both, options=Options(redo=lambda text: text.engine == "old"))
    assert [len(engine.texts) for engine in both] == [4, 0]


def test_a_draft_is_not_made_again_in_every_build(rig: Rig) -> None:
    def engines() -> list[FakeEngine]:
        draft = FakeEngine(Script(version="rough", draft=True, default="ROUGH({text})"))
        return [FakeEngine(Script(version="good", online=True)), draft]

    def gate(_source: str, answer: str) -> str | None:
        return None if answer.startswith("ROUGH") else "an echo"

    rig.run(engines=engines(), gate=gate)
    before = rig.po().read_bytes()
    both = engines()
    run = rig.run(engines=both, gate=gate, today=date(2027, 1, 1))
    assert [len(engine.texts) for engine in both] == [4, 0]
    assert run.log.count.translated == 0
    assert before.count(b"state=draft") == rig.po().read_bytes().count(b"state=draft") == 4
    assert b'state=draft engine="rough" made=2027' not in rig.po().read_bytes()


def test_a_mark_put_back_on_an_approved_text_asks_for_another_look(rig: Rig) -> None:
    rig.run()
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        memory.approve("jembatan.txt.po", "Dewi")
    rig.change('msgctxt "title"', '#, fuzzy\nmsgctxt "title"')
    title = rig.run().texts[0].title.translation
    assert title
    assert (title.state, title.engine) == (State.EDITED, "Dewi")


def test_the_plan_counts_what_stands_in_several_articles_once(rig: Rig) -> None:
    stories = [Story(article(f"{n}.txt", PARAGRAPHS[:1], f"Judul {n}")) for n in range(5)]
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        chain = Chain([FakeEngine()], rig.settings)
        assert plan_translation(stories, memory, chain).segments == 6
        assert plan_translation(stories, memory, chain, Options(limit=3)).articles == 2
    assert len(rig.run(*(story.article for story in stories)).asked) == 6


def test_a_reason_that_ends_like_another_is_recorded_too(rig: Rig) -> None:
    for reason in ("the first answer is much too long", "the second answer is much too long"):
        rig.run(engines=[FakeEngine(Script(online=True))], gate=lambda *_: reason)  # noqa: B023
        assert reason in rig.po().read_text(encoding="utf-8")
    before = rig.snapshot()
    rig.run(
        engines=[FakeEngine(Script(online=True))],
        gate=lambda *_: "the second answer is much too long",
        today=date(2027, 1, 1),
    )
    assert rig.snapshot() == before

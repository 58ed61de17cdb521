"""The memory keeps what people wrote, finds it again, and never loses anything."""

from datetime import date

import polib
import pytest

from dwiwarta.model import SourceRef, State, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.engines.fake import FakeEngine
from dwiwarta.translate.memory import memory_path, open_memory, po
from dwiwarta.translate.memory.keys import SegmentKey, normal_form
from dwiwarta.translate.memory.pocomment import digest
from dwiwarta.translate.stories import Options
from memory_rig import CHANGED, PARAGRAPHS, TITLE, TODAY, Rig, article


def test_human_edit_is_recognised_without_touching_comments_and_survives(rig: Rig) -> None:
    rig.run()
    rig.change(f'msgstr "EN({PARAGRAPHS[2]})"', 'msgstr "Traders hope for a busier market."')
    rig.run(engines=[])  # the first run after an edit notes whose it is
    before = rig.snapshot()
    run = rig.run(options=Options(redo=lambda _: True))
    edited = run.texts[0].paragraphs[2].translation
    assert edited == Translation("Traders hope for a busier market.", State.EDITED, "editor")
    assert PARAGRAPHS[2] not in run.asked
    assert set(run.asked) == {TITLE, *PARAGRAPHS[:2]}
    text = rig.po().read_text(encoding="utf-8")
    assert 'msgstr "Traders hope for a busier market."' in text
    assert rig.snapshot() == before  # the new machine texts are the same as the old


def test_what_repeats_the_indonesian_is_no_english(rig: Rig) -> None:
    rig.run()
    rig.change(f'msgstr "EN({PARAGRAPHS[2]})"', f'msgstr "{PARAGRAPHS[2]}"')
    assert rig.run(engines=[]).texts[0].paragraphs[2].translation is None
    rig.change(f'msgstr "{PARAGRAPHS[2]}"', f'msgstr "{PARAGRAPHS[2]} "')
    run = rig.run()  # and a machine may fill it
    assert run.asked == [PARAGRAPHS[2]]
    filled = run.texts[0].paragraphs[2].translation
    assert filled is not None
    assert filled.state is State.MACHINE


@pytest.mark.parametrize(
    ("source", "text", "is_copy"),
    [
        ("Pasar itu dibuka lagi.", "Pasar itu  dibuka lagi. ", True),
        ("Pasar itu dibuka lagi.", "The market reopened.", False),
        ("Pasar Senen Dibuka Lagi", "Pasar Senen Dibuka Lagi", True),
        ("Anies dan Ganjar", "Anies dan Ganjar", False),
        ("Anies Baswedan, Ganjar Pranowo", "Anies Baswedan, Ganjar Pranowo", False),
        ("1.250 | 2.310", "1.250 | 2.310", False),
        ("Pasar Senen", "Pasar Senen", False),
    ],
)
def test_names_and_numbers_are_the_same_in_both_languages(
    source: str, text: str, is_copy: bool
) -> None:
    entry = polib.POEntry(msgid=source, msgstr=text)
    said = po.meaning(entry, polib.POFile())
    assert said is not None
    assert (said.translation is None) is is_copy


def test_a_person_may_say_that_the_indonesian_is_the_english() -> None:
    text = "Habis Gelap Terbitlah terang itu indah."
    entry = polib.POEntry(msgid=text)
    po.write_translation(entry, Translation(text, State.APPROVED, "Dewi"))
    said = po.meaning(entry, polib.POFile())
    assert said is not None
    assert said.translation == Translation(text, State.APPROVED, "Dewi")


def test_the_editors_name_comes_from_the_header_that_poedit_writes(rig: Rig) -> None:
    rig.run()
    rig.change("Automatically generated", "Dewi Lestari <dewi@example.org>")
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.")
    translation = rig.run().texts[0].paragraphs[2].translation
    assert translation is not None
    assert translation.engine == "Dewi Lestari"


def test_one_editors_work_is_never_credited_to_the_next(rig: Rig) -> None:
    rig.run()
    rig.change("Automatically generated", "Dewi Lestari <dewi@example.org>")
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.")
    rig.change('#, fuzzy\nmsgctxt "title"', 'msgctxt "title"')
    rig.run()
    rig.change("Dewi Lestari <dewi@example.org>", "Budi Santoso <budi@example.org>")
    rig.change(f"EN({PARAGRAPHS[1]})", "It took three years.")
    for _ in range(2):
        segments = rig.run().texts[0].segments
        assert [
            s.translation and (s.translation.state, s.translation.engine) for s in segments
        ] == [
            (State.APPROVED, "Dewi Lestari"),
            (State.MACHINE, "fake 1"),
            (State.EDITED, "Budi Santoso"),
            (State.EDITED, "Dewi Lestari"),
        ]


def test_who_left_no_name_is_not_credited_to_the_next_either(rig: Rig) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.")
    rig.run()
    rig.change("Automatically generated", "Budi Santoso <budi@example.org>")
    translation = rig.run().texts[0].paragraphs[2].translation
    assert translation == Translation("Traders hope.", State.EDITED, "editor")


def test_whose_work_it_is_is_noted_in_one_line_of_the_entry(rig: Rig) -> None:
    rig.run()
    rig.change("Automatically generated", "Dewi Lestari <dewi@example.org>")
    rig.change(f"EN({PARAGRAPHS[2]})", "Traders hope.")
    before = rig.po().read_text(encoding="utf-8").splitlines()
    rig.run()
    after = rig.po().read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    [(old, new)] = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert old.startswith("# dwiwarta: state=machine ")
    assert new.startswith('# dwiwarta: state=edited by="Dewi Lestari" text=')


def test_controls_that_turn_text_around_do_not_reach_the_page(rig: Rig) -> None:
    rig.run()
    rig.change("Automatically generated", "De\u202ewi")
    rig.change(f"EN({PARAGRAPHS[2]})", "It cost \u202e000,5\u202c billion.")
    for _ in range(2):
        translation = rig.run().texts[0].paragraphs[2].translation
        assert translation == Translation("It cost 000,5 billion.", State.EDITED, "Dewi")
    # The file is the editor's: nothing is taken out of what was typed.
    assert "\u202e000,5\u202c" in rig.po().read_text(encoding="utf-8")


def test_text_that_nobody_can_see_is_none(rig: Rig) -> None:
    rig.run(engines=[])
    rig.change(
        f'msgid "{PARAGRAPHS[2]}"\nmsgstr ""', f'msgid "{PARAGRAPHS[2]}"\nmsgstr "\u202e\u200b"'
    )
    assert rig.run(engines=[]).texts[0].paragraphs[2].translation is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"It lies in C:\berita\rapat.", r"It lies in C:\berita\rapat."),
        (r"One\r\nTwo", "One\nTwo"),
        (r"One\nTwo\tThree", "One\nTwo\tThree"),
        (r"A back\\slash \"quoted\"", 'A back\\slash "quoted"'),
    ],
)
def test_backslashes_typed_by_hand_swallow_no_letter(rig: Rig, typed: str, read: str) -> None:
    rig.run()
    rig.change(f"EN({PARAGRAPHS[2]})", typed)
    for _ in range(2):
        translation = rig.run().texts[0].paragraphs[2].translation
        assert translation is not None
        assert translation.text == read


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
    [
        ("Automatically generated", "editor"),
        ("Budi Santoso <budi@example.org>", "Budi Santoso"),
        (r"\"Santoso, Budi\" <budi@example.org>", "Santoso, Budi"),
        ("budi@example.org", "editor"),
        ("YOUR NAME <E-MAIL@ADDRESS>", "editor"),
        ("Anonymous <noreply@example.org>", "editor"),
    ],
)
def test_approved_text_that_is_edited_by_hand_counts_as_edited_until_approved_again(
    rig: Rig, header: str, editor: str
) -> None:
    rig.run()
    approve(rig, "Dewi")
    if header != "Automatically generated":
        rig.change("Automatically generated", header)
    rig.change(f"EN({TITLE})", "By hand")
    rig.run()
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
    rig.run(first)
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
    assert [old.reason for old in title.rejections] == ["a b"]


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


def test_approve_marks_all_english_of_a_file(rig: Rig) -> None:
    rig.run(article(), article("b.txt", title="Lain"))
    rig.change(f"EN({TITLE})", "By hand")
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), today=TODAY) as memory:
        assert memory.approve("jembatan.txt.po", "Dewi") == 4
        assert memory.approve("jembatan.txt.po", "Dewi") == 0
    states = [s.translation and s.translation.state for s in rig.run().texts[0].segments]
    assert states == [State.APPROVED] * 4
    assert "fuzzy\n" not in rig.po().read_text(encoding="utf-8")


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


def test_paragraphs_that_change_places_change_them_in_the_file_too(rig: Rig) -> None:
    rig.run()
    turned = article(paragraphs=PARAGRAPHS[::-1])
    rig.run(turned)
    text = rig.po().read_text(encoding="utf-8")
    places = [text.index(f'msgid "{paragraph}"') for paragraph in PARAGRAPHS]
    assert places == sorted(places, reverse=True)


def test_a_mark_put_back_on_an_approved_text_asks_for_another_look(rig: Rig) -> None:
    rig.run()
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        memory.approve("jembatan.txt.po", "Dewi")
    rig.change('msgctxt "title"', '#, fuzzy\nmsgctxt "title"')
    title = rig.run().texts[0].title.translation
    assert title
    assert (title.state, title.engine) == (State.EDITED, "Dewi")


def test_what_left_the_article_is_not_approved_with_the_rest(rig: Rig) -> None:
    rig.run()
    rig.run(article(paragraphs=PARAGRAPHS[:2]))
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        assert memory.approve("jembatan.txt.po", "Dewi") == 3
    text = rig.po().read_text(encoding="utf-8")
    assert text.count("state=approved") == 3
    assert text.count("state=machine") == 1


def test_a_machines_copy_that_a_person_approved_no_longer_follows(rig: Rig) -> None:
    first, other = (article(f"{name}.txt", PARAGRAPHS[:1], f"Judul {name}") for name in "ab")
    rig.run(first)
    rig.run(first, other, engines=[])
    shown = f'msgid "{PARAGRAPHS[0]}"'
    rig.change(f"#, fuzzy\n{shown}", shown, other)
    rig.change(f'msgstr "EN({PARAGRAPHS[0]})"', 'msgstr "Another."', first)
    text = rig.run(first, other, engines=[]).texts[1].paragraphs[0].translation
    assert text
    assert (text.text, text.state) == (f"EN({PARAGRAPHS[0]})", State.APPROVED)


@pytest.mark.parametrize(
    ("new", "offered"),
    [
        ("Wali kota mengatakan bahwa pembangunan memakan waktu lima tahun dan 450 pekerja.", True),
        ("Pembangunan memakan waktu tiga tahun dan melibatkan 400 pekerja, kata wali kota.", True),
        ("Wali kota mengatakan bahwa pasar baru akan dibuka tahun depan.", False),
    ],
)  # fmt: skip
def test_how_alike_a_new_wording_must_be(rig: Rig, new: str, offered: bool) -> None:
    rig.run()
    rig.change(f'msgstr "EN({PARAGRAPHS[1]})"', 'msgstr "It took three years."')
    changed = article(paragraphs=(PARAGRAPHS[0], new, PARAGRAPHS[2]))
    assert (rig.run(changed, engines=[]).texts[0].paragraphs[1].stale is not None) is offered

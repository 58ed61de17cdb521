"""What a run asks engines for, what it keeps of their answers, and what it counts."""

from collections.abc import Sequence
from datetime import date

import pytest

from dwiwarta.model import Rejection, State, Story, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.chain import Chain
from dwiwarta.translate.engines.fake import FakeEngine, Script
from dwiwarta.translate.memory import open_memory
from dwiwarta.translate.stories import Options, Plan, plan_translation
from dwiwarta.translate.trust import CANNED
from memory_rig import PARAGRAPHS, TITLE, TODAY, Rig, Run, article


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


def test_segments_without_letters_are_shown_as_they_are(rig: Rig) -> None:
    run = rig.run(article(paragraphs=("***", "2023", PARAGRAPHS[0], PARAGRAPHS[0])))
    assert run.asked == [TITLE, PARAGRAPHS[0]]
    texts = [s.translation.text for s in run.texts[0].paragraphs if s.translation]
    assert texts[:2] == ["***", "2023"]
    assert texts[2] == texts[3]
    assert run.log.count.unchanged == 2


def first_once_all_are_there(_: Sequence[str], said: Sequence[str]) -> frozenset[int]:
    return frozenset({0}) if len(said) > len(PARAGRAPHS) else frozenset()


def test_an_answer_that_is_withdrawn_leaves_only_the_reason(rig: Rig) -> None:
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


def test_what_a_person_wrote_meanwhile_is_not_withdrawn(
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


def test_rejections_are_kept_with_their_reason_and_not_asked_for_again(rig: Rig) -> None:
    def gate(_source: str, answer: str) -> str | None:
        return "numbers differ" if answer.startswith("bad") else None

    bad = Script(version="bad 1", default="bad {text}")
    for engines, asked_of_bad in (((bad,), 4), ((bad,), 0), ((bad, Script()), 0)):
        run = rig.run(engines=[FakeEngine(script) for script in engines], gate=gate)
        assert len([e for e in run.log.rejected if e.engine == "bad 1"]) == asked_of_bad
    assert run.log.count.translated == 4
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        [*entries] = memory.index.entries("jembatan.txt.po")
    assert [entry.rejections for entry in entries] == [
        (Rejection("bad 1", "numbers differ", TODAY),)
    ] * 4
    newer = Script(version="bad 2", default="better {text}")
    redo = Options(redo=lambda _: True)
    assert rig.run(engines=[FakeEngine(newer)], gate=gate, options=redo).log.count.translated == 4


def test_rejected_answers_are_shown_in_the_build_that_met_them(rig: Rig) -> None:
    run = rig.run(gate=lambda _source, _answer: "an echo")
    assert [rejected.reason for s in run.texts[0].segments for rejected in s.rejections] == [
        "an echo"
    ] * 4
    assert rig.run(engines=[]).texts == run.texts


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


def test_the_plan_counts_what_stands_in_several_articles_once(rig: Rig) -> None:
    stories = [Story(article(f"{n}.txt", PARAGRAPHS[:1], f"Judul {n}")) for n in range(5)]
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        chain = Chain([FakeEngine()], rig.settings)
        assert plan_translation(stories, memory, chain).segments == 6
        assert plan_translation(stories, memory, chain, Options(limit=3)).articles == 2
    assert len(rig.run(*(story.article for story in stories)).asked) == 6


def test_a_reason_that_ends_like_another_is_recorded_too(rig: Rig) -> None:
    for reason in ("the first answer is much too long", "the second answer is much too long"):
        rig.run(gate=lambda *_: reason, options=Options(retry=True))  # noqa: B023
        text = rig.po().read_text(encoding="utf-8")
        assert text.count(f'reason="{reason}"') == text.count("dwiwarta-rejected") == 4


@pytest.mark.parametrize("online", [True, False])
def test_for_a_rejected_answer_an_online_engine_is_asked_again_on_another_day(
    rig: Rig, online: bool
) -> None:
    def run(day: int, *, retry: bool = False) -> Run:
        return rig.run(
            engines=[FakeEngine(Script(online=online))],
            gate=lambda *_: "an echo",
            options=Options(retry=retry),
            today=date(2027, 1, day),
        )

    asked = [len(run(day).asked) for day in (1, 1, 2, 2, 3)]
    assert asked == ([4, 0, 4, 0, 4] if online else [4, 0, 0, 0, 0])
    last = run(3, retry=True)
    assert len(last.asked) == 4
    assert (last.log.count.pending, last.log.count.pending_rejected) == (4, 4)


def test_the_plan_says_what_waits_for_an_engine(rig: Rig) -> None:
    rig.run(gate=lambda *_: "an echo")
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        for engines, options, sent in (
            ([], Options(), 0),
            ([FakeEngine()], Options(), 0),
            ([FakeEngine()], Options(retry=True), 4),
        ):
            chain = Chain(engines, rig.settings)
            plan = plan_translation([Story(article())], memory, chain, options)
            assert (plan.segments, plan.waiting) == (sent, 4 - sent)


def test_the_limit_is_for_all_articles_together(rig: Rig) -> None:
    other = article("b.txt", [f"{text} Lagi." for text in PARAGRAPHS], "Judul lain")
    run = rig.run(article(), other, options=Options(limit=5))
    assert run.asked == [TITLE, *PARAGRAPHS, other.title]


def test_a_sentence_given_to_several_articles_is_withdrawn_from_the_first(rig: Rig) -> None:
    notice = "Nothing can be said about that now."
    one, other = (
        article("a.txt", ("Hujan turun di kota.", PARAGRAPHS[0]), "Hujan deras"),
        article("b.txt", ("Pasar itu ramai.", PARAGRAPHS[1]), "Pasar pagi"),
    )
    odd = {"Hujan turun di kota.", "Pasar itu ramai."}
    engine = FakeEngine(answer=lambda text: notice if text in odd else f"EN({text})")
    run = rig.run(one, other, engines=[engine])
    for text in run.texts:
        assert [s.translation is not None for s in text.segments] == [True, False, True]
        assert [s.reason for s in text.paragraphs[0].rejections] == [CANNED]
    count = run.log.count
    assert (count.translated, count.pending, count.pending_rejected, count.rejected) == (4, 2, 2, 2)
    assert notice not in rig.po(one).read_text(encoding="utf-8")
    assert rig.run(one, other, engines=[]).texts == run.texts


def test_a_sentence_withdrawn_from_an_earlier_article_gives_way_to_what_it_replaced(
    rig: Rig,
) -> None:
    notice = "Nothing can be said about that now."
    one, other = (
        article("a.txt", ("Hujan turun di kota.", PARAGRAPHS[0]), "Hujan deras"),
        article("b.txt", ("Pasar itu ramai.", PARAGRAPHS[1]), "Pasar pagi"),
    )
    first = rig.run(one, other)
    odd = {"Hujan turun di kota.", "Pasar itu ramai."}
    engine = FakeEngine(
        Script(version="other 2"), answer=lambda text: notice if text in odd else f"2({text})"
    )
    run = rig.run(one, other, engines=[engine], options=Options(redo=lambda _: True))
    kept = [text.paragraphs[0].translation for text in run.texts]
    assert kept == [text.paragraphs[0].translation for text in first.texts]
    count = run.log.count
    assert (count.translated, count.from_memory, count.pending) == (4, 2, 0)
    assert rig.run(one, other, engines=[]).texts == run.texts


def test_each_text_knows_its_line_at_once_and_after_every_change(rig: Rig) -> None:
    one = article()

    def lines_of(run: Run) -> list[str]:
        rows = rig.po(one).read_text(encoding="utf-8").split("\n")
        return [rows[segment.line - 1] for text in run.texts for segment in text.segments]

    wanted = [f'msgid "{text}"' for text in (TITLE, *PARAGRAPHS)]
    assert lines_of(rig.run(one, engines=[])) == wanted
    assert lines_of(rig.run(one)) == wanted
    changed = article(paragraphs=(PARAGRAPHS[2], *PARAGRAPHS[:2]))
    moved = [wanted[0], wanted[3], *wanted[1:3]]
    assert lines_of(rig.run(changed, engines=[])) == moved
    assert lines_of(rig.run(changed, engines=[])) == moved

"""The chain: who is asked, what happens on failure, and what counts as an answer."""

import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from dwiwarta.errors import EngineError, EngineFailure, SettingsError
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.chain import Answered, Chain, Judges, NoAnswer, Outcome, Wanted
from dwiwarta.translate.chunking import cut
from dwiwarta.translate.engine_run import REJECTIONS_TO_OPEN, EngineRun
from dwiwarta.translate.engines.base import Answer, Engine, Request
from dwiwarta.translate.engines.fake import FakeEngine, Rule, Script, load_script
from dwiwarta.translate.engines.registry import FACTORIES, make_engine, make_engines

TEXTS = ("Satu ekor kucing.", "Dua ekor anjing.", "Tiga ekor burung.", "Empat ekor ikan.")


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


JUDGES = ("gate", "says_quota", "misplaced")


def chain(*engines: Engine, clock: Clock | None = None, **options: object) -> Chain:
    """``options``: judges of answers, and settings."""
    time = clock or Clock()
    return Chain(
        engines,
        TranslationSettings.model_validate(
            {"deadline_seconds": 300} | {k: v for k, v in options.items() if k not in JUDGES}
        ),
        make_run=lambda engine, chosen: EngineRun(engine, chosen, sleep=time.sleep, clock=time),
        judges=Judges(
            **{name: judge for name, judge in options.items() if name in JUDGES}  # type: ignore[arg-type]
        ),
    )


def ask(one: Chain, texts: Sequence[str] = TEXTS, prefer: str = "") -> list[Outcome]:
    return [
        outcome
        for outcomes in one.ask([Wanted(text) for text in texts], texts, prefer)
        for outcome in outcomes
    ]


def answers(outcomes: Sequence[Outcome]) -> dict[int, str]:
    return {item.index: item.engine for item in outcomes if isinstance(item, Answered)}


def fake(name: str = "fake", **script: object) -> FakeEngine:
    values = {"version": name, **script}
    return FakeEngine(Script.model_validate(values), name=name)


def faulty(kind: EngineFailure, name: str = "first", **rule: object) -> FakeEngine:
    return fake(name, rules=[Rule(fault=kind, reason="because", **rule)])  # type: ignore[arg-type]


def test_no_engine_answers_nothing() -> None:
    empty = chain()
    assert ask(empty) == []
    assert not empty.would_ask(Wanted("Satu."))
    assert empty.notes == ()


def test_first_engine_does_it_all() -> None:
    first, second = fake("first"), fake("second")
    assert set(answers(ask(chain(first, second))).values()) == {"first"}
    assert second.requests == []


def test_what_one_cannot_do_goes_to_the_next() -> None:
    first = fake("first", rules=[Rule(match="Dua", fault=EngineFailure.UNSUPPORTED)])
    second = fake("second")
    one = chain(first, second)
    assert answers(ask(one)) == {0: "first", 1: "second", 2: "first", 3: "first"}
    assert second.texts == [TEXTS[1]]
    assert one.notes == ()


def test_first_refusal_for_quota_ends_the_engine_for_the_run() -> None:
    first, second = faulty(EngineFailure.QUOTA), fake("second")
    one = chain(first, second)
    assert set(answers(ask(one)).values()) == {"second"}
    ask(one)
    assert first.texts == [TEXTS[0]]
    assert one.notes == ("first stopped: because",)


def test_failures_that_may_pass_are_tried_again_with_growing_pauses() -> None:
    clock = Clock()
    first = faulty(EngineFailure.TRANSIENT, match="Satu", times=2, whole_call=True)
    one = chain(first, clock=clock, attempts=3)
    assert set(answers(ask(one))) == {0, 1, 2, 3}
    assert clock.sleeps == [1.0, 2.0]


def test_every_failed_try_counts_and_a_few_in_a_row_end_the_engine() -> None:
    first = faulty(EngineFailure.TRANSIENT, whole_call=True)
    second = fake("second")
    one = chain(first, second, attempts=2, failures_to_open=3)
    assert set(answers(ask(one)).values()) == {"second"}
    assert len(first.requests) == 3
    assert one.notes == ("first stopped after 3 failures in a row: because",)


def test_a_success_between_failures_keeps_the_engine() -> None:
    rules = [Rule(match=word, fault=EngineFailure.INVALID, reason="x") for word in ("Satu", "Tiga")]
    first = fake("first", rules=rules)
    one = chain(first, attempts=1, failures_to_open=2)
    assert set(answers(ask(one))) == {1, 3}
    assert one.notes == ()


def test_engine_that_is_not_set_up_is_one_note_not_an_error() -> None:
    class Missing(FakeEngine):
        def version(self) -> str:
            raise EngineError("missing", EngineFailure.UNAVAILABLE, "no model on disk")

    second = fake("second")
    one = chain(Missing(name="missing"), second)
    assert set(answers(ask(one)).values()) == {"second"}
    ask(one)
    assert one.notes == ("missing not used: no model on disk",)


def test_preferred_engine_is_asked_first() -> None:
    first, second = fake("first"), fake("second")
    assert set(answers(ask(chain(first, second), prefer="second")).values()) == {"second"}
    assert first.requests == []


def test_answers_pass_the_gate_or_go_to_the_next_engine_with_the_reason() -> None:
    def gate(source: str, answer: str) -> str | None:
        return "a number is missing" if "first" in answer and "Dua" in source else None

    first, second = fake("first", default="first {text}"), fake("second", default="second")
    outcomes = ask(chain(first, second, gate=gate))
    assert answers(outcomes) == {0: "first", 1: "second", 2: "first", 3: "first"}
    assert [item for item in outcomes if isinstance(item, NoAnswer)] == [
        NoAnswer(1, "first", "a number is missing", rejected=True)
    ]


@pytest.mark.parametrize("bad", ["", "  \n ", "a\x00b", "\x1b[31mred", "half \ud83d pair", None, 3])
def test_what_can_be_no_text_never_counts(bad: object) -> None:
    first = FakeEngine(answer=lambda _: bad, name="first")  # type: ignore[arg-type,return-value]
    outcomes = ask(chain(first), TEXTS[:1])
    assert answers(outcomes) == {}
    assert len(outcomes) == 1


def test_answers_are_put_on_one_line() -> None:
    first = FakeEngine(answer=lambda _: " One\r\n cat.\u2028 \t Two. ")
    [outcome] = ask(chain(first), TEXTS[:1])
    assert isinstance(outcome, Answered)
    assert outcome.text == "One cat. Two."


def test_online_engine_that_only_gives_rubbish_is_stopped_a_local_one_is_not() -> None:
    texts = [f"Kalimat nomor {number} di sini." for number in range(REJECTIONS_TO_OPEN + 5)]
    for online, calls in ((True, REJECTIONS_TO_OPEN), (False, len(texts))):
        engine = fake("first", online=online)
        one = chain(engine, gate=lambda _source, _answer: "an echo")
        ask(one, texts)
        assert len(engine.requests) == calls
        assert bool(one.notes) is online


def test_a_good_answer_between_them_forgives_rubbish() -> None:
    texts = [f"Kalimat nomor {number} di sini." for number in range(2 * REJECTIONS_TO_OPEN)]
    good = texts[REJECTIONS_TO_OPEN - 1]
    engine = fake("first", online=True)
    one = chain(engine, gate=lambda source, _: None if source == good else "an echo")
    ask(one, texts[:-1])
    assert len(engine.requests) == len(texts) - 1
    assert not one.notes


def test_texts_that_an_engine_cannot_do_are_no_failures_of_it() -> None:
    engine = faulty(EngineFailure.UNSUPPORTED)
    one = chain(engine, fake("second"), failures_to_open=2)
    assert set(answers(ask(one)).values()) == {"second"}
    assert len(engine.requests) == len(TEXTS)
    assert not one.notes


def test_local_engine_is_not_asked_again_for_what_the_gate_rejected() -> None:
    wanted = [Wanted(TEXTS[0], frozenset({"local", "net"})), Wanted(TEXTS[1])]
    for online, asked in ((False, [TEXTS[1]]), (True, list(TEXTS[:2]))):
        engine = fake("net" if online else "local", online=online)
        list(chain(engine).ask(wanted))
        assert engine.texts == asked


def test_a_quota_that_only_the_gate_notices_stops_an_engine_too() -> None:
    for online in (True, False):
        engine = fake("first", online=online)
        one = chain(
            engine,
            gate=lambda _source, _answer: "a quota notice",
            says_quota=lambda source, _answer: source == TEXTS[1],
        )
        ask(one)
        assert engine.texts == list(TEXTS[:2] if online else TEXTS)
        assert one.notes == (("first stopped: a quota notice",) if online else ())


NOTICE = "The service is resting this evening."


def test_the_same_sentence_for_everything_is_no_translation() -> None:
    first = FakeEngine(answer=lambda _: NOTICE, name="first")
    outcomes = ask(chain(first, fake("second")))
    assert answers(outcomes) == {0: "fake 1", 1: "second", 2: "second", 3: "second"}
    assert {item.reason for item in outcomes if isinstance(item, NoAnswer)} == {
        "the same answer as to another text"
    }


def test_texts_that_are_nearly_the_same_may_have_the_same_english() -> None:
    first = FakeEngine(answer=lambda _: "He told reporters about the plan.")
    texts = ["Ia menyampaikan rencana itu kepada wartawan.",
             "Ia menyampaikan rencana tersebut kepada wartawan."]  # fmt: skip
    assert len(answers(ask(chain(first), texts))) == 2
    short = FakeEngine(answer=lambda _: "He said so.")
    assert len(answers(ask(chain(short), ["Begitu katanya.", "Demikian ujar wali kota."]))) == 2


def swapped(sources: Sequence[str], said: Sequence[str]) -> frozenset[int]:
    """Answers that name another text than their own."""
    return frozenset(i for i, text in enumerate(said) if sources[i] not in text)


@pytest.mark.parametrize("batch", [4, 1])
def test_answers_to_other_texts_go_to_the_next_engine(batch: int) -> None:
    moved = dict(zip(TEXTS, (TEXTS[0], TEXTS[2], TEXTS[1], TEXTS[3]), strict=True))
    first = FakeEngine(
        Script(version="first", batch=batch), answer=lambda text: f"EN({moved[text]})", name="first"
    )
    outcomes = ask(chain(first, fake("second"), misplaced=swapped))
    assert answers(outcomes) == {0: "first", 1: "second", 2: "second", 3: "first"}
    rejected = [item for item in outcomes if isinstance(item, NoAnswer)]
    assert [(item.index, item.rejected) for item in rejected] == [(1, True), (2, True)]


def test_an_answer_is_withdrawn_when_later_ones_show_that_it_was_wrong() -> None:
    def in_the_end(_: Sequence[str], said: Sequence[str]) -> frozenset[int]:
        return frozenset({0}) if len(said) == 3 else frozenset()

    outcomes = ask(chain(fake("first"), fake("second"), misplaced=in_the_end), TEXTS[:3])
    assert [(type(item).__name__, item.index, item.engine) for item in outcomes] == [
        ("Answered", 0, "first"),
        ("Answered", 1, "first"),
        ("Answered", 2, "first"),
        ("NoAnswer", 0, "first"),
        ("Answered", 0, "second"),
    ]


def test_a_quota_met_in_a_piece_of_a_long_paragraph_ends_the_calls() -> None:
    engine = fake("first", online=True, max_chars=30, rules=[Rule(fault=EngineFailure.QUOTA)])
    outcomes = ask(chain(engine), ["Kalimat pertama di sini. Kalimat kedua di sini. Ketiga sini."])
    assert len(engine.requests) == 1
    assert [type(outcome) for outcome in outcomes] == [NoAnswer]


class Counting(FakeEngine):
    """Gives a number of answers that is not the number of texts."""

    def translate(self, request: Request) -> Sequence[Answer]:
        super().translate(request)
        return ["one answer too many"] * (len(request.texts) + 1)


def test_wrong_number_of_answers_is_no_answer() -> None:
    outcomes = ask(chain(Counting(Script(batch=2), name="first"), fake("second")))
    assert set(answers(outcomes).values()) == {"second"}
    assert "2 texts" in next(item.reason for item in outcomes if isinstance(item, NoAnswer))


def test_batches_are_as_large_as_the_engine_takes() -> None:
    engine = fake(batch=3)
    assert len(answers(ask(chain(engine)))) == 4
    assert [len(request.texts) for request in engine.requests] == [3, 1]


def test_context_and_terms_go_only_to_engines_that_take_them() -> None:
    plain, clever = fake("plain"), fake("clever", takes_context=True, takes_glossary=True)
    for engine in (plain, clever):
        one = Chain([engine], TranslationSettings(), find_terms=lambda texts: ((texts[0], "x"),))
        ask(one, TEXTS[:1])
    assert plain.requests[0].context == plain.requests[0].terms == ()
    assert clever.requests[0].context == TEXTS[:1]
    assert clever.requests[0].terms == ((TEXTS[0], "x"),)


def test_politeness_pause_between_calls() -> None:
    clock = Clock()
    ask(chain(fake(delay_seconds=0.5), clock=clock), TEXTS[:3])
    assert clock.sleeps == [0.5, 0.5]


def test_no_call_outlives_its_deadline_and_the_next_engine_goes_on() -> None:
    first = fake("first", online=True, rules=[Rule(seconds=6000)])
    one = chain(first, fake("second"), deadline_seconds=2, attempts=2, failures_to_open=2)
    assert set(answers(ask(one)).values()) == {"second"}
    assert one.notes == ("first stopped after 2 failures in a row: no answer within 2 s",)


def test_local_engine_past_its_deadline_is_not_started_a_second_time() -> None:
    first = fake("first", rules=[Rule(seconds=6000)])
    one = chain(first, deadline_seconds=1, attempts=5)
    assert ask(one, TEXTS[:1]) == [NoAnswer(0, "first", "no answer within 1 s", rejected=False)]
    assert len(first.requests) == 1


@pytest.mark.parametrize(("online", "seconds"), [(True, 5), (False, 15)])
def test_an_engine_on_this_machine_has_time_for_every_text_of_a_call(
    online: bool, seconds: float
) -> None:
    first = fake(online=online, batch=3)
    assert len(answers(ask(chain(first, deadline_seconds=5), ["a.", "b.", "c."]))) == 3
    assert [request.deadline_seconds for request in first.requests] == [seconds]


def test_a_bug_in_an_engine_is_not_hidden() -> None:
    def bug(_: str) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(chain(FakeEngine(answer=bug)))


def test_hung_call_does_not_keep_the_program_from_exiting() -> None:
    program = """
        import time
        from dwiwarta.translate.deadline import DeadlineError, call_with_deadline
        try:
            call_with_deadline(lambda: time.sleep(600), 0.1)
        except DeadlineError:
            print("given up")
    """
    scripts = Path(__file__).resolve().parents[2] / "scripts"
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=scripts,
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    assert result.stdout == "given up\n"


SENTENCE = "Kalimat ini cukup panjang untuk diuji, dan masih ada lagi."


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("Pendek saja.", 100, ("Pendek saja.",)),
        (f"{SENTENCE} {SENTENCE} {SENTENCE}", 120, (f"{SENTENCE} {SENTENCE}", SENTENCE)),
        (SENTENCE, 45, ("Kalimat ini cukup panjang untuk diuji,", "dan masih ada lagi.")),
        ("satu dua tiga empat", 9, ("satu dua", "tiga", "empat")),
        ("x" * 50, 20, ()),
        (f"{SENTENCE} {'x' * 100}.", 90, ()),
    ],
)
def test_long_paragraphs_are_cut_at_sentences(
    text: str, limit: int, pieces: tuple[str, ...]
) -> None:
    assert cut(text, limit) == pieces
    assert all(len(piece) <= limit for piece in pieces)
    if pieces:
        assert " ".join(pieces) == text


def test_pieces_are_joined_and_judged_as_one_paragraph() -> None:
    judged: list[str] = []

    def gate(source: str, _answer: str) -> str | None:
        judged.append(source)
        return None

    text = f"{SENTENCE} {SENTENCE} {SENTENCE}"
    engine = fake(max_chars=70, batch=2)
    [first, second] = ask(chain(engine, gate=gate), [text, "Satu."])
    assert isinstance(first, Answered)
    assert first.text == " ".join([f"EN({SENTENCE})"] * 3)
    assert isinstance(second, Answered)
    assert judged == [text, "Satu."]
    assert max(len(request.texts) for request in engine.requests) == 2


def test_paragraph_with_a_failed_piece_is_not_answered() -> None:
    text = f"{SENTENCE} {SENTENCE} Rusak di sini."
    engine = fake(max_chars=60, rules=[Rule(match="Rusak", fault=EngineFailure.INVALID)])
    assert answers(ask(chain(engine), [text])) == {}


def test_text_too_long_to_cut_is_left_to_the_next_engine() -> None:
    small, large = fake("small", max_chars=10), fake("large")
    assert answers(ask(chain(small, large), ["x" * 50])) == {0: "large"}
    assert small.requests == []


def test_registry_knows_every_engine_by_name() -> None:
    settings = TranslationSettings(engines=("fake", "google", "fake"))
    assert [engine.capabilities.name for engine in make_engines(settings)] == ["fake", "google"]
    with pytest.raises(SettingsError, match=r"no engine 'gogle' \(firefox, google"):
        make_engine("gogle", settings)
    for name in FACTORIES:
        assert make_engine(name, settings).capabilities.name == name


def test_fake_engine_plays_a_script_file(tmp_path: Path) -> None:
    path = tmp_path / "script.yml"
    path.write_text(
        "default: 'EN({text})'\n"
        "rules:\n"
        "  - {match: kucing, answer: A cat., times: 1}\n"
        "  - {match: anjing, fault: quota, reason: enough}\n",
        encoding="utf-8",
    )
    engine = FakeEngine(load_script(path))
    assert engine.translate(Request(("kucing", "kucing"))) == ["A cat.", "EN(kucing)"]
    [error] = engine.translate(Request(("anjing",)))
    assert isinstance(error, EngineError)
    assert (error.kind, error.reason) == (EngineFailure.QUOTA, "enough")
    path.write_text("rules:\n  - {mach: x}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"script\.yml:2: .*unknown key"):
        load_script(path)


class Expensive(FakeEngine):
    """Takes long to get ready."""

    def version(self) -> str:
        raise AssertionError("nobody needed it")


@pytest.mark.parametrize("prefer", ["", "first 1"])
def test_an_engine_for_which_nothing_is_left_is_not_made_ready(prefer: str) -> None:
    first = fake("first", version="first 1")
    assert len(answers(ask(chain(first, Expensive(name="second")), TEXTS, prefer))) == len(TEXTS)


def refused_after(engine: FakeEngine, *sizes: int) -> list[int]:
    """How many answers an engine that is always rejected is asked for, article by article."""
    one = chain(engine, gate=lambda _source, _answer: "an echo")
    asked = []
    for size in sizes:
        before = len(engine.requests)
        ask(one, [f"Kalimat nomor {number} di sini." for number in range(size)])
        asked.append(len(engine.requests) - before)
    return asked


@pytest.mark.parametrize(
    ("sizes", "asked"),
    [
        ((15, 15, 15), [10, 10, 0]),  # ten of one article, then ten of the next
        ((15, 3, 15), [10, 3, 0]),  # a short article that goes no better is enough
        ((4, 4, 4, 4), [4, 4, 2, 0]),  # ten of several articles: no single one is to blame
    ],
)
def test_an_online_engine_is_tried_on_the_next_article_before_it_is_given_up(
    sizes: tuple[int, ...], asked: list[int]
) -> None:
    assert refused_after(fake("first", online=True), *sizes) == asked
    assert refused_after(fake("first", online=False), *sizes) == list(sizes)


def test_a_better_next_article_forgives_the_last() -> None:
    engine = fake("first", online=True)
    one = chain(engine, gate=lambda source, _: "an echo" if "Kalimat" in source else None)
    bad = [f"Kalimat nomor {number} di sini." for number in range(12)]
    for _ in range(3):
        assert answers(ask(one, bad)) == {}
        assert one.notes, "said while it is so"
        assert answers(ask(one, ["Jembatan itu baru."])) == {0: "first"}
        assert not one.notes
    assert len(engine.requests) == 3 * (REJECTIONS_TO_OPEN + 1)


def test_an_engine_that_lacks_something_is_provided_once_and_only_when_needed() -> None:
    asked: list[str] = []

    class Lacking(FakeEngine):
        """Cannot work before it was provided."""

        def version(self) -> str:
            if not asked:
                raise EngineError("local", EngineFailure.UNAVAILABLE, "no model")
            return super().version()

    def provide(name: str) -> bool:
        asked.append(name)
        return True

    settings = TranslationSettings()
    first = Chain([Lacking(name="local")], settings, provide=provide)
    assert first.would_ask(Wanted(TEXTS[0]))
    assert list(first.ask([Wanted(TEXTS[0])]))
    assert asked == ["local"]
    asked.clear()
    other = Chain([fake("other"), Lacking(name="local")], settings, provide=provide)
    assert other.would_ask(Wanted(TEXTS[0]))
    assert asked == []

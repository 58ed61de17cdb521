"""The Firefox engine with a real, tiny model, and with what is none."""

import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.chain import Answered, Chain, NoAnswer, Wanted
from dwiwarta.translate.engines.base import Request
from dwiwarta.translate.engines.firefox import FirefoxEngine, make_engine
from dwiwarta.translate.models.files import Model, ModelError
from dwiwarta.translate.models.fxprocess import FxError, FxTimeError
from dwiwarta.translate.models.store import MODELS_VARIABLE
from dwiwarta.translate.models.translator import build_translator
from modelserver import FILES, put_files
from tinymodel import SENTENCE, items, marian, tiny_model, vocabulary

ROOT = Path(__file__).parents[2]


def test_a_real_model_translates(tmp_path: Path) -> None:
    settings = TranslationSettings(firefox_model=str(put_files(tmp_path)))
    engine = make_engine("firefox", settings)
    assert engine.version().startswith("firefox local ")
    answers = engine.translate(Request(("Perahu itu merah.", "Sungai itu panjang. Dan dalam.")))
    assert list(answers) == [SENTENCE, f"{SENTENCE} {SENTENCE}"]


def test_it_answers_in_the_chain_where_every_call_has_a_thread(tmp_path: Path) -> None:
    settings = TranslationSettings(firefox_model=str(put_files(tmp_path)))
    chain = Chain([make_engine("firefox", settings)], settings)
    assert chain.would_ask(Wanted("Perahu.")), chain.notes
    texts = [Wanted(f"Perahu nomor {number}.") for number in range(20)]
    outcomes = [outcome for group in chain.ask(texts) for outcome in group]
    assert [outcome.text for outcome in outcomes if isinstance(outcome, Answered)] == [
        SENTENCE
    ] * 20


def test_half_a_character_is_no_reason_to_stop(tmp_path: Path) -> None:
    engine = make_engine("firefox", TranslationSettings(firefox_model=str(put_files(tmp_path))))
    assert list(engine.translate(Request(("Perahu merah \ud83d",)))) == [SENTENCE]


# --- what is no model -----------------------------------------------------------------------------

GOOD = tiny_model()
NO_MODELS = {
    "nothing": {},
    "empty": {**GOOD, "model": b""},
    "2^40 tensors": {**GOOD, "model": struct.pack("<QQ", 1, 2**40) + bytes(64)},
    "2^62 tensors": {**GOOD, "model": struct.pack("<QQ", 1, 2**62) + bytes(64)},
    "cut off": {**GOOD, "model": GOOD["model"][:-100]},
    "random bytes": {**GOOD, "model": bytes(range(256)) * 40},
    "a tensor missing": {
        **GOOD,
        "model": marian([item for item in items() if item[0] != "encoder_l1_ffn_W1"]),
    },
    "a tensor too short": {
        **GOOD,
        "model": marian(
            [(n, k, s, d[:-8]) if n == "Wemb" else (n, k, s, d) for n, k, s, d in items()]
        ),
    },
    "a vocabulary of random bytes": {**GOOD, "vocab": bytes(range(255, 0, -1))},
    "an empty vocabulary": {**GOOD, "vocab": b""},
    "a larger vocabulary": {
        **GOOD,
        "vocab": vocabulary([f"p{i}" for i in range(60)] + ["▁", *"Perahuitmk."]),
    },
    "a shortlist cut off": {**GOOD, "lex": GOOD["lex"][:20]},
}


@pytest.mark.parametrize("parts", NO_MODELS.values(), ids=NO_MODELS)
def test_what_is_no_model_is_rejected_whatever_fxtranslate_makes_of_it(
    parts: Mapping[str, bytes],
) -> None:
    with pytest.raises(ModelError, match="its model cannot be used: "):
        build_translator(parts)


@pytest.mark.parametrize("count", [2**40, 2**62])
def test_a_build_survives_a_malformed_model(tmp_path: Path, count: int) -> None:
    model = put_files(tmp_path / "model")
    (model / FILES["model"][0]).write_bytes(struct.pack("<QQ", 1, count) + bytes(64))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Perahu\n\nPerahu itu merah.\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (tmp_path / "dwiwarta.yml").write_text(
        f"translation:\n  engines: [firefox]\n  firefox_model: {model}\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build.py"), "translate", "--root", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done
    assert "its model cannot be used" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# --- the engine's part ----------------------------------------------------------------------------


class Echo:
    """Fails for some texts; ``broken`` once it broke down."""

    broken = False

    def translate(self, text: str, seconds: float) -> str:
        if "gagal" in text:
            raise FxError("no shortlist")
        if "rusak" in text or self.broken:
            self.broken = True
            raise FxError("fxtranslate broke down")
        if "lambat" in text:
            raise FxTimeError(f"no answer within {seconds} s")
        return f"EN({text})"


def engine_with(*translators: Echo) -> FirefoxEngine:
    left = iter(translators)
    return FirefoxEngine(lambda: Model("3.0 tiny", {}), lambda _parts: next(left))


def test_the_engine_answers_text_by_text() -> None:
    one, two, three = engine_with(Echo()).translate(Request(("satu", "gagal", "tiga")))
    assert (one, three) == ("EN(satu)", "EN(tiga)")
    assert isinstance(two, EngineError)
    assert two.kind is EngineFailure.INVALID


def test_a_text_that_breaks_the_model_costs_no_other_its_answer() -> None:
    one, two, three = engine_with(Echo(), Echo()).translate(Request(("satu", "rusak", "tiga")))
    assert (one, three) == ("EN(satu)", "EN(tiga)")
    assert isinstance(two, EngineError)
    assert two.kind is EngineFailure.INVALID
    assert two.reason == "the model failed: fxtranslate broke down"


def test_a_model_that_cannot_be_loaded_again_keeps_what_was_done() -> None:
    def build(_parts: object) -> Echo:
        if built:
            raise ModelError("it is gone")
        built.append(True)
        return Echo()

    built: list[bool] = []
    engine = FirefoxEngine(lambda: Model("3.0 tiny", {}), build)
    one, two, three, four = engine.translate(Request(("satu", "rusak", "tiga", "empat")))
    assert one == "EN(satu)"
    assert [isinstance(failed, EngineError) for failed in (two, three, four)] == [True] * 3
    assert isinstance(three, EngineError)
    assert three.kind is EngineFailure.UNAVAILABLE


def test_the_time_of_a_call_is_kept_and_what_was_done_by_then(tmp_path: Path) -> None:
    request = Request(("satu", "lambat", "tiga"), deadline_seconds=50)
    one, two, three = engine_with(Echo()).translate(request)
    assert one == "EN(satu)"
    assert isinstance(two, EngineError)
    assert (two.kind, two.reason) == (EngineFailure.QUOTA, "no answer within 50 s")
    assert isinstance(three, EngineError)
    assert three.kind is EngineFailure.UNSUPPORTED
    settings = TranslationSettings(firefox_model=str(put_files(tmp_path)))
    engine = make_engine("firefox", settings)
    engine.version()
    [late] = engine.translate(Request(("Perahu itu merah. " * 100_000,), deadline_seconds=0.3))
    assert isinstance(late, EngineError)
    assert "no answer within" in late.reason


def test_a_model_without_end_is_given_up_for_the_run(tmp_path: Path) -> None:
    settings = TranslationSettings(deadline_seconds=20)
    chain = Chain([engine_with(Echo(), Echo())], settings)
    outcomes = [one for group in chain.ask([Wanted("satu"), Wanted("lambat")]) for one in group]
    assert [type(outcome) for outcome in outcomes] == [Answered, NoAnswer]
    assert chain.notes == ("firefox stopped: no answer within 40 s",)


def test_the_model_is_read_once() -> None:
    reads: list[int] = []

    def load() -> Model:
        reads.append(1)
        return Model("3.0 tiny", {})

    engine = FirefoxEngine(load, lambda _parts: Echo())
    assert not reads
    engine.version()
    engine.translate(Request(("satu",)))
    assert len(reads) == 1


def unavailable(engine: FirefoxEngine) -> str:
    with pytest.raises(EngineError) as caught:
        engine.version()
    assert caught.value.kind is EngineFailure.UNAVAILABLE
    return str(caught.value)


def test_without_a_model_the_engine_names_the_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    assert "models fetch firefox" in unavailable(make_engine("firefox", TranslationSettings()))


@pytest.mark.parametrize("folder", [".", "~nobody-here/model", "a\0b"])
def test_an_own_folder_without_a_model(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = make_engine("firefox", TranslationSettings(firefox_model=folder))
    assert "fetch" not in unavailable(engine)

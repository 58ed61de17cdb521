"""CTranslate2 with a real, tiny model: it says one English sentence, whatever it is given.

The model has one layer whose weights are nothing, so only the position of a word decides: position
n of the answer points at piece n of the sentence. It is built here and runs through CTranslate2 and
SentencePiece as any model does.
"""

import sys
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
from ctranslate2.converters.converter import Converter
from ctranslate2.specs import common_spec, transformer_spec

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines import registry
from dwiwarta.translate.engines.base import Engine, Request
from dwiwarta.translate.engines.ctranslate2 import CTranslate2Engine, make_engine

SENTENCE = "the boat is red ."
TEXTS = ["perahu itu merah .", SENTENCE, "sungai itu panjang dan dalam .", "dua belas perahu ."]
WIDTH = 16
POSITIONS = 64


class TinyModel(Converter):
    """The model described above; ``loops``: it never ends its sentence."""

    def __init__(self, pieces: list[str], answer: list[str], loops: bool = False) -> None:
        self._pieces = pieces
        self._answer = answer
        self._loops = loops

    def _load(self) -> transformer_spec.TransformerSpec:
        spec = transformer_spec.TransformerSpec.from_config(
            (1, 1), 2, pre_norm=True, activation=common_spec.Activation.RELU
        )
        places = np.random.default_rng(1).normal(size=(POSITIONS, WIDTH)).astype(np.float32)
        empty = np.zeros((len(self._pieces), WIDTH), np.float32)
        for side in (spec.encoder, spec.decoder):
            embeddings = side.embeddings
            (embeddings[0] if isinstance(embeddings, list) else embeddings).weight = empty
            side.position_encodings.encodings = places
            side.scale_embeddings = False
            _plain_norm(side.layer_norm)
            for layer in side.layer:
                _no_attention(layer.self_attention)
                if side is spec.decoder:
                    _no_attention(layer.attention, own=False)
                _plain_norm(layer.ffn.layer_norm)
                _nothing(layer.ffn.linear_0, WIDTH)
                _nothing(layer.ffn.linear_1, WIDTH)
        projection = empty.copy()
        said = self._answer + ([] if self._loops else ["</s>"])
        for place, piece in enumerate(said):
            centred = places[place] - places[place].mean()
            projection[self._pieces.index(piece)] += centred / centred.std()
        spec.decoder.projection.weight = projection
        spec.register_source_vocabulary(self._pieces)
        spec.register_target_vocabulary(self._pieces)
        spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
        spec.config.decoder_start_token = "<s>"
        return spec


def _plain_norm(norm: common_spec.LayerNormSpec) -> None:
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _nothing(linear: common_spec.LinearSpec, rows: int) -> None:
    linear.weight = np.zeros((rows, WIDTH), np.float32)
    linear.bias = np.zeros(rows, np.float32)


def _no_attention(attention: object, own: bool = True) -> None:
    _plain_norm(attention.layer_norm)  # type: ignore[attr-defined]
    sizes = (3 * WIDTH, WIDTH) if own else (WIDTH, 2 * WIDTH, WIDTH)
    for linear, rows in zip(attention.linear, sizes, strict=True):  # type: ignore[attr-defined]
        _nothing(linear, rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("models") / "boat-id-en")


def build(folder: Path, loops: bool = False) -> Path:
    folder.mkdir(parents=True)
    (folder / "text").write_text("\n".join(TEXTS * 5), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"),
        model_prefix=str(folder / "spm"),
        vocab_size=50,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    answer = processor.encode(SENTENCE, out_type=str)
    TinyModel(pieces, answer, loops).convert(str(folder / "ct2"))
    for path in (folder / "ct2").iterdir():
        path.rename(folder / path.name)
    return folder


def test_every_sentence_is_translated_on_its_own(folder: Path) -> None:
    engine = CTranslate2Engine(str(folder))
    answers = engine.translate(Request(("Perahu itu merah.", "Sungai itu panjang. Dan dalam.")))
    assert list(answers) == [SENTENCE, f"{SENTENCE} {SENTENCE}"]


def test_the_version_names_the_model_and_its_weights(folder: Path, tmp_path: Path) -> None:
    version = CTranslate2Engine(str(folder)).version()
    assert version.startswith("ctranslate2 boat-id-en ")
    assert CTranslate2Engine(str(folder)).version() == version
    other = build(tmp_path / "boat-id-en", loops=True)
    assert CTranslate2Engine(str(other)).version() != version


def test_a_model_that_loops_is_stopped(tmp_path: Path) -> None:
    engine = CTranslate2Engine(str(build(tmp_path / "loop", loops=True)))
    (answer,) = engine.translate(Request(("perahu itu merah .",)))
    assert isinstance(answer, str)
    assert len(answer) < 500


def test_a_model_may_want_codes_around_the_text(tmp_path: Path) -> None:
    folder = build(tmp_path / "coded")
    (folder / "dwiwarta.yml").write_text(
        "name: coded\nsource_prefix: ['▁the']\nsource_suffix: []\n", encoding="utf-8"
    )
    engine = CTranslate2Engine(str(folder))
    assert engine.version().startswith("ctranslate2 coded ")
    assert list(engine.translate(Request(("perahu .",)))) == [SENTENCE]


def test_a_sentence_that_the_model_would_cut_is_left_to_others(folder: Path) -> None:
    short, long, other = CTranslate2Engine(str(folder)).translate(
        Request(("perahu itu merah .", "perahu " * 500, "Perahu. Perahu itu merah."))
    )
    assert (short, other) == (SENTENCE, f"{SENTENCE} {SENTENCE}")
    assert isinstance(long, EngineError)
    assert long.kind is EngineFailure.UNSUPPORTED


def use(engine: Engine) -> None:
    engine.version()
    engine.translate(Request(("perahu",)))


def unavailable(engine: Engine) -> str:
    with pytest.raises(EngineError) as caught:
        use(engine)
    assert caught.value.kind is EngineFailure.UNAVAILABLE
    return str(caught.value)


def test_without_a_model_it_says_what_to_set(tmp_path: Path) -> None:
    assert "translation.ctranslate2_model" in unavailable(make_engine("", TranslationSettings()))
    assert "no CTranslate2 model" in unavailable(CTranslate2Engine(str(tmp_path)))


def test_broken_models_are_named(tmp_path: Path) -> None:
    folder = build(tmp_path / "broken")
    weights = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(b"nonsense")
    assert "cannot be used" in unavailable(CTranslate2Engine(str(folder)))
    (folder / "model.bin").write_bytes(weights)
    (folder / "dwiwarta.yml").write_text("nam: x\n", encoding="utf-8")
    assert "nam: unknown key" in unavailable(CTranslate2Engine(str(folder)))
    (folder / "dwiwarta.yml").unlink()
    (folder / "spm.model").unlink()
    assert "cannot be used" in unavailable(CTranslate2Engine(str(folder)))


@pytest.mark.parametrize(
    "line",
    [
        "raise ImportError('libgomp.so.1: cannot open shared object file')",
        "raise OSError('libgomp.so.1: cannot open shared object file')",
        "import ctypes; ctypes.CDLL('libgomp.so.1: cannot open shared object file')",
    ],
)
def test_a_broken_package_is_told_in_words(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ctranslate2.py").write_text(f"{line}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for module in ("ctranslate2", "dwiwarta.translate.engines.ctranslate2"):
        monkeypatch.delitem(sys.modules, module)
    engine = registry.make_engine("ctranslate2", TranslationSettings())
    with pytest.raises(EngineError, match=r"cannot be loaded: .*libgomp\.so\.1") as caught:
        engine.version()
    assert caught.value.kind is EngineFailure.UNAVAILABLE
    assert "\n" not in str(caught.value)


def test_a_missing_package_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    monkeypatch.delitem(sys.modules, "dwiwarta.translate.engines.ctranslate2")
    engine = registry.make_engine("ctranslate2", TranslationSettings())
    assert "the package ctranslate2 is not installed" in unavailable(engine)

"""Any CTranslate2 model in a local folder: OPUS-MT, NLLB, a model of one's own.

Made by ``make_engine(name, settings)`` from the registry; needs the optional packages
(``pip install ".[ctranslate2]"``). ``translation.ctranslate2_model`` names the folder. In it lie
CTranslate2's own files and the SentencePiece model: ``source.spm`` and ``target.spm`` (as OPUS-MT
has them), or one of ``spm.model``, ``sentencepiece.model``, ``sentencepiece.bpe.model``.

A model that wants more than the plain pieces says so in ``dwiwarta.yml`` in the same folder:

    name: nllb-600m                   # in the memory and on the page; default: the folder's name
    source_prefix: [ind_Latn]         # pieces before the sentence
    source_suffix: ["</s>"]           # and after; default: "</s>" unless the model adds it itself
    target_prefix: [eng_Latn]         # pieces the answer begins with
"""

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece

from dwiwarta.errors import EngineError, EngineFailure, SettingsError, first_line
from dwiwarta.model import SOURCE_LANGUAGE
from dwiwarta.sentences import split_sentences
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.yamlfile import Strict, load_yaml

NAME = "ctranslate2"

# Transformer models for translation are trained on sentences of up to 256 or 512 pieces; beyond,
# CTranslate2 would cut the text without a word.
_MAX_PIECES = 400
_BEAM = 4
_MAX_BATCH = 32  # sentences at a time: bounds the memory, CTranslate2 sorts them by length
# Bytes of the model file that go into its version: enough to tell two trainings apart.
_FINGERPRINT_BYTES = 1_000_000
_SHARED_VOCABULARIES = ("spm.model", "sentencepiece.model", "sentencepiece.bpe.model")


class Manners(Strict):
    """The schema of a model folder's ``dwiwarta.yml``."""

    name: str = ""
    source_prefix: tuple[str, ...] = ()
    source_suffix: tuple[str, ...] | None = None
    target_prefix: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    translator: Any
    encode: Callable[[str], list[str]]
    decode: Callable[[list[str]], str]
    manners: Manners
    suffix: tuple[str, ...]


class CTranslate2Engine:
    """The engine for one model folder; "" means that none is set up."""

    def __init__(self, folder: str) -> None:
        """The folder is looked at when the engine is asked for something."""
        self._folder = Path(folder).expanduser() if folder else None
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def capabilities(self) -> Capabilities:
        """Several paragraphs a call, cut into sentences here; no network.

        Eight, as a Transformer of OPUS-MT's size translates sixteen sentences at a time twice as
        fast as two, on two cores, and more gain little.
        """
        return Capabilities(name=NAME, online=False, max_chars=20_000, batch=8)

    def version(self) -> str:
        """``ctranslate2 opus-mt-id-en 1a2b3c4d``: the model's name and a print of its weights."""
        folder = self._checked_folder()
        name = _manners(folder).name or folder.resolve().name
        weights = folder / "model.bin"
        digest = hashlib.sha256(str(weights.stat().st_size).encode())
        with weights.open("rb") as file:
            digest.update(file.read(_FINGERPRINT_BYTES))
        return f"{NAME} {name} {digest.hexdigest()[:8]}"

    def translate(self, request: Request) -> Sequence[Answer]:
        """Answer every text; the sentences of all of them go through the model together."""
        return _translate(self._load(), request.texts)

    def _checked_folder(self) -> Path:
        if self._folder is None:
            raise _unavailable("set translation.ctranslate2_model to the folder of a model")
        if not (self._folder / "model.bin").is_file():
            raise _unavailable(f"no CTranslate2 model in {self._folder} (there is no model.bin)")
        return self._folder

    def _load(self) -> _Loaded:
        folder = self._checked_folder()
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(folder)
            return self._loaded


def make_engine(name: str, settings: TranslationSettings) -> CTranslate2Engine:
    """The engine with the folder of the settings."""
    del name  # it has one
    return CTranslate2Engine(settings.ctranslate2_model)


def _unavailable(reason: str) -> EngineError:
    return EngineError(NAME, EngineFailure.UNAVAILABLE, reason)


def _manners(folder: Path) -> Manners:
    path = folder / "dwiwarta.yml"
    try:
        return load_yaml(path, Manners) if path.exists() else Manners()
    except SettingsError as error:
        raise _unavailable(str(error)) from error


def _load(folder: Path) -> _Loaded:
    shared = next((folder / n for n in _SHARED_VOCABULARIES if (folder / n).is_file()), None)
    source, target = shared or folder / "source.spm", shared or folder / "target.spm"
    manners = _manners(folder)
    try:
        encoder = sentencepiece.SentencePieceProcessor(model_file=str(source))
        decoder = sentencepiece.SentencePieceProcessor(model_file=str(target))
        translator = ctranslate2.Translator(str(folder), device="cpu", inter_threads=1)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, RuntimeError, ValueError) as error:
        raise _unavailable(f"the model in {folder} cannot be used: {first_line(error)}") from error
    suffix = manners.source_suffix
    if suffix is None:
        suffix = () if config.get("add_source_eos") else ("</s>",)
    return _Loaded(
        translator=translator,
        encode=lambda text: [str(piece) for piece in encoder.encode(text, out_type=str)],
        decode=lambda pieces: str(decoder.decode(pieces)),
        manners=manners,
        suffix=suffix,
    )


def _translate(loaded: _Loaded, texts: Sequence[str]) -> list[Answer]:
    cut = [_sentences(loaded, text) for text in texts]
    english = iter(_run(loaded, [pieces for one in cut if one for pieces in one]))
    return [
        EngineError(NAME, EngineFailure.UNSUPPORTED, "a sentence is too long for the model")
        if one is None
        else " ".join(next(english) for _ in one)
        for one in cut
    ]


def _sentences(loaded: _Loaded, text: str) -> list[list[str]] | None:
    """The text's sentences as pieces, as the model wants them; None if it would cut one."""
    sentences = [
        [*loaded.manners.source_prefix, *loaded.encode(sentence), *loaded.suffix]
        for sentence in split_sentences(text, SOURCE_LANGUAGE)
    ]
    return None if any(len(pieces) > _MAX_PIECES for pieces in sentences) else sentences


def _run(loaded: _Loaded, sentences: Sequence[Sequence[str]]) -> list[str]:
    if not sentences:
        return []
    prefix = list(loaded.manners.target_prefix)
    try:
        results = loaded.translator.translate_batch(
            sentences,
            target_prefix=[prefix] * len(sentences) if prefix else None,
            beam_size=_BEAM,
            max_batch_size=_MAX_BATCH,
            max_input_length=0,
            # English rarely takes twice the pieces; a model that loops is stopped there.
            max_decoding_length=2 * max(len(pieces) for pieces in sentences) + 10,
        )
    except (RuntimeError, ValueError) as error:
        reason = f"the model failed: {first_line(error)}"
        raise EngineError(NAME, EngineFailure.INVALID, reason) from error
    return [
        loaded.decode([piece for piece in result.hypotheses[0] if piece not in prefix])
        for result in results
    ]

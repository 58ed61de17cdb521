"""A real model for fxtranslate, of 9 kB: it says one English sentence, whatever it is given.

Marian's binary form as ``marian-fork/src/common/binary.cpp`` writes it and fxtranslate reads it,
with one layer whose weights are nothing, so only the position of a word decides: position n of the
answer points at piece n of the sentence.
"""

import math
import struct
from collections.abc import Sequence

SENTENCE = "The boat is red."
_PIECES = ("▁The", "▁boat", "▁is", "▁red", ".")
_WIDTH = 16
_ROWS = 16  # of the vocabulary; a multiple of eight, as the kernels want it
_FLOAT32, _INTGEMM8, _INT8 = 0x404, 0x4101, 0x101
_EMBEDDING = 1e-3  # far below the position's 1, so that the word before has no say
_SENTENCEPIECE_UNKNOWN, _SENTENCEPIECE_CONTROL, _SENTENCEPIECE_NORMAL = 2, 3, 1

Item = tuple[str, int, tuple[int, ...], bytes]


def tiny_model() -> dict[str, bytes]:
    """The files by role."""
    return {"model": marian(items()), "vocab": vocabulary(), "lex": shortlist()}


def vocabulary(pieces: Sequence[str] = _PIECES) -> bytes:
    """A SentencePiece model (protobuf): ``</s>`` is 0, ``<unk>`` is 1, then the pieces."""
    listed = [("</s>", _SENTENCEPIECE_CONTROL), ("<unk>", _SENTENCEPIECE_UNKNOWN)]
    listed += [(piece, _SENTENCEPIECE_NORMAL) for piece in pieces]
    data = b""
    for piece, kind in listed:
        text = piece.encode()
        one = b"\x0a" + bytes([len(text)]) + text + b"\x15" + struct.pack("<f", -1.0)
        one += b"\x18" + bytes([kind])
        data += b"\x0a" + bytes([len(one)]) + one
    return data


def shortlist() -> bytes:
    """A lexical shortlist that lets the first eight words of the vocabulary through."""
    return struct.pack("<6Q", 0xF11A48D5013417F5, 0, 8, 8, 1, 0) + struct.pack("<Q", 0)


def items(pieces: Sequence[str] = _PIECES) -> list[Item]:
    """The tensors."""
    answer = [*range(2, 2 + len(pieces)), 0]
    rows = [[0.0] * _WIDTH for _ in range(_ROWS)]
    for place, piece in enumerate(answer):
        rows[piece] = _normed(_position(place))
    largest = max(abs(value) for row in rows for value in row)
    embedding = struct.pack(
        f"{_ROWS * _WIDTH}b", *(round(127 * value / largest) for row in rows for value in row)
    )
    quantum = struct.pack("<f", 127 / (largest * _EMBEDDING))
    found: list[Item] = [
        ("Wemb", _INTGEMM8, (_ROWS, _WIDTH), embedding + quantum),
        _floats("none_QuantMultA", 20.0),
        _floats("decoder_ff_logit_out_b", *[0.0] * _ROWS),
    ]
    for block in ("encoder_l1_self", "decoder_l1_context"):
        for part in "qkvo":
            found += [*_nothing(f"{block}_W{part}"), _floats(f"{block}_b{part}", *[0.0] * _WIDTH)]
        found += _norm(f"{block}_Wo")
    for block in ("encoder_l1_ffn", "decoder_l1_ffn"):
        for part in "12":
            found += [*_nothing(f"{block}_W{part}"), _floats(f"{block}_b{part}", *[0.0] * _WIDTH)]
        found += _norm(f"{block}_ffn")
    found += [*_nothing("decoder_l1_rnn_W"), *_nothing("decoder_l1_rnn_Wf")]
    found += [_floats("decoder_l1_rnn_bf", *[0.0] * _WIDTH), *_norm("decoder_l1_rnn_ffn")]
    settings = (
        f"dim-emb: {_WIDTH}\ntransformer-heads: 2\nenc-depth: 1\ndec-depth: 1\n"
        f"transformer-dim-ffn: {_WIDTH}\n"
    ).encode()
    found.append(("special:model.yml", _INT8, (len(settings),), settings))
    return found


def marian(tensors: Sequence[Item]) -> bytes:
    """The file: version and count, then lengths, names, shapes, a gap, and the data."""
    names = [name.encode() + b"\0" for name, *_ in tensors]
    data = struct.pack("<QQ", 1, len(tensors))
    for name, (_, kind, shape, content) in zip(names, tensors, strict=True):
        data += struct.pack("<QQQQ", len(name), kind, len(shape), len(content))
    data += b"".join(names)
    data += b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in tensors)
    gap = -(len(data) + 8) % 256
    data += struct.pack("<Q", gap) + bytes(gap)
    return data + b"".join(content for *_, content in tensors)


def _floats(name: str, *values: float) -> Item:
    return name, _FLOAT32, (1, len(values)), struct.pack(f"<{len(values)}f", *values)


def _nothing(name: str) -> list[Item]:
    weight = bytes(_WIDTH * _WIDTH) + struct.pack("<f", 1.0)
    return [(name, _INTGEMM8, (_WIDTH, _WIDTH), weight), _floats(f"{name}_QuantMultA", 1.0)]


def _norm(name: str) -> list[Item]:
    return [
        _floats(f"{name}_ln_scale", *[1.0] * _WIDTH),
        _floats(f"{name}_ln_bias", *[0.0] * _WIDTH),
    ]


def _position(place: int) -> list[float]:
    """The Transformer's sinusoids, as Marian lays them out: sines, then cosines."""
    half = _WIDTH // 2
    return [
        math.sin(place * 1e-4 ** ((i % half) / (half - 1)) + (i // half) * math.pi / 2)
        for i in range(_WIDTH)
    ]


def _normed(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    centred = [value - mean for value in values]
    deviation = math.sqrt(sum(value * value for value in centred) / len(centred))
    return [value / deviation for value in centred]

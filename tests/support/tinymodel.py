"""A real model for fxtranslate, of 9 kB: it says one English sentence, whatever it is given.

Marian's binary form as ``marian-fork/src/common/binary.cpp`` writes it and fxtranslate reads it,
with layers whose weights are nothing, so only the position of a word decides: position n of the
answer points at piece n of the sentence. ``made_model`` makes one of any shape, up to that of
Firefox's own, which takes as long to answer as a trained one of that shape.
"""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass

SENTENCE = "The boat is red."
_PIECES = ("▁The", "▁boat", "▁is", "▁red", ".")
_FLOAT32, _INTGEMM8, _INT8 = 0x404, 0x4101, 0x101
_EMBEDDING = 1e-3  # far below the position's 1, so that the word before has no say
_SENTENCEPIECE_UNKNOWN, _SENTENCEPIECE_CONTROL, _SENTENCEPIECE_NORMAL = 2, 3, 1

Item = tuple[str, int, tuple[int, ...], bytes]


@dataclass(frozen=True)
class Shape:
    """Sizes of a model; ``rows`` of the vocabulary and ``width`` are multiples of eight.

    ``listed``: words that the shortlist always lets through.
    """

    width: int = 16
    inner: int = 16
    heads: int = 2
    encoders: int = 1
    decoders: int = 1
    rows: int = 16
    listed: int = 8


TINY = Shape()


def tiny_model() -> dict[str, bytes]:
    """The files by role."""
    return made_model(TINY, _PIECES)


def made_model(shape: Shape, pieces: Sequence[str]) -> dict[str, bytes]:
    """The files of a model of that shape, which says these pieces."""
    return {
        "model": marian(items(pieces, shape)),
        "vocab": vocabulary(pieces, shape),
        "lex": shortlist(shape),
    }


def vocabulary(pieces: Sequence[str] = _PIECES, shape: Shape = TINY) -> bytes:
    """A SentencePiece model (protobuf): ``</s>`` is 0, ``<unk>`` is 1, then the pieces."""
    listed = [("</s>", _SENTENCEPIECE_CONTROL), ("<unk>", _SENTENCEPIECE_UNKNOWN)]
    listed += [(piece, _SENTENCEPIECE_NORMAL) for piece in pieces]
    if shape != TINY:
        rest = range(shape.rows - len(listed))
        listed += [(f"▁{number:x}", _SENTENCEPIECE_NORMAL) for number in rest]
    data = b""
    for piece, kind in listed:
        text = piece.encode()
        one = b"\x0a" + bytes([len(text)]) + text + b"\x15" + struct.pack("<f", -1.0)
        one += b"\x18" + bytes([kind])
        data += b"\x0a" + bytes([len(one)]) + one
    return data


def shortlist(shape: Shape = TINY) -> bytes:
    """A lexical shortlist that lets the first words of the vocabulary through, and no others."""
    head = struct.pack("<6Q", 0xF11A48D5013417F5, 0, shape.listed, 8, 1, 0)
    return head + struct.pack("<Q", 0)


def items(pieces: Sequence[str] = _PIECES, shape: Shape = TINY) -> list[Item]:
    """The tensors."""
    width = shape.width
    answer = [*range(2, 2 + len(pieces)), 0]
    said = {piece: _normed(_position(place, width)) for place, piece in enumerate(answer)}
    largest = max(abs(value) for row in said.values() for value in row)
    rows = [bytes(width)] * shape.rows
    for piece, row in said.items():
        rows[piece] = struct.pack(f"{width}b", *(round(127 * value / largest) for value in row))
    embedding = b"".join(rows)
    quantum = struct.pack("<f", 127 / (largest * _EMBEDDING))
    found: list[Item] = [
        ("Wemb", _INTGEMM8, (shape.rows, width), embedding + quantum),
        _floats("none_QuantMultA", 20.0),
        _floats("decoder_ff_logit_out_b", *[0.0] * shape.rows),
    ]
    for side, layers in (("encoder", shape.encoders), ("decoder", shape.decoders)):
        for layer in range(1, layers + 1):
            name = f"{side}_l{layer}"
            found += _attention(f"{name}_{'self' if side == 'encoder' else 'context'}", width)
            found += _feed_forward(f"{name}_ffn", width, shape.inner)
            if side == "decoder":
                found += [*_nothing(f"{name}_rnn_W", width), *_nothing(f"{name}_rnn_Wf", width)]
                found += [
                    _floats(f"{name}_rnn_bf", *[0.0] * width),
                    *_norm(f"{name}_rnn_ffn", width),
                ]
    settings = (
        f"dim-emb: {width}\ntransformer-heads: {shape.heads}\nenc-depth: {shape.encoders}\n"
        f"dec-depth: {shape.decoders}\ntransformer-dim-ffn: {shape.inner}\n"
    ).encode()
    found.append(("special:model.yml", _INT8, (len(settings),), settings))
    return found


def _attention(name: str, width: int) -> list[Item]:
    found: list[Item] = []
    for part in "qkvo":
        found += [*_nothing(f"{name}_W{part}", width), _floats(f"{name}_b{part}", *[0.0] * width)]
    return [*found, *_norm(f"{name}_Wo", width)]


def _feed_forward(name: str, width: int, inner: int) -> list[Item]:
    return [
        *_nothing(f"{name}_W1", width, inner),
        _floats(f"{name}_b1", *[0.0] * inner),
        *_nothing(f"{name}_W2", inner, width),
        _floats(f"{name}_b2", *[0.0] * width),
        *_norm(f"{name}_ffn", width),
    ]


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


def _nothing(name: str, width: int, out: int = 0) -> list[Item]:
    out = out or width
    weight = bytes(width * out) + struct.pack("<f", 1.0)
    return [(name, _INTGEMM8, (width, out), weight), _floats(f"{name}_QuantMultA", 1.0)]


def _norm(name: str, width: int) -> list[Item]:
    return [
        _floats(f"{name}_ln_scale", *[1.0] * width),
        _floats(f"{name}_ln_bias", *[0.0] * width),
    ]


def _position(place: int, width: int) -> list[float]:
    """The Transformer's sinusoids, as Marian lays them out: sines, then cosines."""
    half = width // 2
    return [
        math.sin(place * 1e-4 ** ((i % half) / (half - 1)) + (i // half) * math.pi / 2)
        for i in range(width)
    ]


def _normed(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    centred = [value - mean for value in values]
    deviation = math.sqrt(sum(value * value for value in centred) / len(centred))
    return [value / deviation for value in centred]

"""The lines of an export, decoded one by one, never more than one in memory."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dwiwarta.errors import ArticleError
from dwiwarta.problems import ProblemLog
from dwiwarta.read.decode import NotTextError, check_format, decode_part, marked_encoding

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a piece of one that is very long. ``whole``: its end is in ``text``."""

    number: int
    text: str
    whole: bool = True


def read_lines(
    file: BinaryIO, name: str, max_bytes: int, problems: ProblemLog, *, in_pieces: bool = False
) -> Iterator[Line]:
    r"""The file's lines with their ends (``\n``, ``\r\n`` or ``\r``), each decoded for itself.

    Line by line because exports are often files of several tools put together. What is longer
    than ``max_bytes`` is left out with a warning or, ``in_pieces``, given in pieces of about that
    size. Raises ``ArticleError`` for what is no text file.
    """
    beginning = file.read(_CHUNK)
    file.seek(0)
    try:
        check_format(beginning[:8])
    except NotTextError as error:
        raise ArticleError(name, 1, str(error)) from error
    wide = _wide_encoding(beginning)
    # Bare carriage returns are Excel for Mac's, which writes the encoding of old Macs with them.
    mac = b"\r" in beginning and b"\n" not in beginning and wide is None
    number = 1
    skipping = False
    for data, whole in _pieces(_chunks(file, wide), max_bytes):
        if skipping or not (in_pieces or (whole and len(data) <= max_bytes)):
            if not skipping:
                problems.warn(name, number, f"longer than {max_bytes / 1e6:g} MB: skipped")
            skipping = not whole
        else:
            try:
                text = _decode_mac(data) if mac else decode_part(data)
            except NotTextError as error:
                problems.warn(name, number, f"{error}: skipped")
            else:
                yield Line(number, text.removeprefix("\ufeff"), whole)
        number += whole


def _decode_mac(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("mac_roman")


def _wide_encoding(beginning: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by the zeros beside ordinary letters."""
    mark = marked_encoding(beginning)
    if mark:
        return None if mark == "utf-8" else mark
    even, odd = beginning[:64:2], beginning[1:64:2]
    if len(odd) < 8 or any(even) == any(odd):
        return None
    return "utf-16-be" if any(odd) else "utf-16-le"


def _chunks(file: BinaryIO, encoding: str | None) -> Iterator[bytes]:
    r"""The file in pieces that end between characters and not between ``\r`` and ``\n``."""
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
    held = b""
    while data := file.read(_CHUNK):
        chunk = held + (decoder.decode(data).encode("utf-8", "replace") if encoding else data)
        held = b"\r" if chunk.endswith(b"\r") else b""
        yield chunk[: len(chunk) - len(held)]
    yield held


def _pieces(chunks: Iterator[bytes], most: int) -> Iterator[tuple[bytes, bool]]:
    """Lines, and whether they are whole; longer ones in pieces that end between characters."""
    rest: list[bytes] = []
    size = 0
    for chunk in chunks:
        for data in chunk.splitlines(keepends=True):
            rest.append(data)
            size += len(data)
            if data.endswith((b"\n", b"\r")):
                line = b"".join(rest)
                yield line, True
                rest, size = [], 0
            elif size > most:
                piece = b"".join(rest)
                # UTF-8 and the single-byte encodings agree on what ASCII is.
                cut = len(piece)
                while cut > len(piece) - 4 and piece[cut - 1] > 127:
                    cut -= 1
                yield piece[:cut], False
                rest, size = [piece[cut:]], len(piece) - cut
    if size:
        yield b"".join(rest), True

"""From bytes to text: encodings found, binary refused, nothing invisible left."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.read.decode import NotTextError, decode, tidy
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_tidy.yml"
TEXT = (
    "JAKARTA – Menteri berkata, “Kami siap.” Harga kopi café naik 5 persen, ujarnya pada Senin. "
    "Sementara itu, warga desa menunggu keputusan pemerintah."
)


def test_tidy() -> None:
    def check(case: dict[str, Any]) -> None:
        # PyYAML refuses half a surrogate pair: the file has a word for it.
        assert tidy(case["text"].replace("SURROGATE", "\ud800")) == case["is"]

    check_each(cases(CASES), check)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_encodings_are_found(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf8_with_a_broken_end_is_still_utf8() -> None:
    text = TEXT * 5
    assert decode(text.encode() + b"\xe2\x80") == text + "\ufffd"


def test_a_stray_zero_byte_does_not_make_it_binary() -> None:
    assert tidy(decode(b"Senin, 9 Juni 2025\x00\nTeks berita")) == "Senin, 9 Juni 2025\nTeks berita"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Word"),
        (b"\xd0\xcf\x11\xe0rest", "Word"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 5000, "binary"),
        (b"\x7fELF\x02\x01\x01" + b"\x00\x03\x07" * 300, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        decode(data)


@given(st.binary(max_size=3000))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text = tidy(decode(data))
    except NotTextError:
        return
    text.encode("utf-8")


@given(st.text())
def test_tidy_leaves_nothing_hidden(text: str) -> None:
    once = tidy(text)
    assert unicodedata.is_normalized("NFC", once)
    hidden = {"\u202e", "\u202d", "\u2066", "\u2067", "\u2068", "\u200b", "\ufeff", "\r", "\x00"}
    assert not hidden & set(once)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_left_alone(text: str) -> None:
    assert tidy(text) == text

"""Addresses and names of files in a text: found whole, and without taking a neighbour's words."""

import pytest

from dwiwarta.addresses import address_spans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lihat https://contoh.id/a,B.C?d=1 hari ini.", ["https://contoh.id/a,B.C?d=1"]),
        ("Lihat www.contoh.id/A.B (peta).", ["www.contoh.id/A.B"]),
        ("Lihat contoh.id/A.B saja.", ["contoh.id/A.B"]),
        ("Tulis ke Budi.S@contoh.co.id.Warga menunggu.", ["Budi.S@contoh.co.id"]),
        ("Berkas A.B.pdf dan x.PNG ada.", ["A.B.pdf", "x.PNG"]),
        ("Mereka pulang.Warga senang. PNG menang.", []),
        ("Kompas.com/Budi menulis 1.500/tahun.", []),
        ("", []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in address_spans(text)] == found


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["a.", "a-", "a@", "www.", "a.b-", "pdf.", "id/", ".", "a.com"])
def test_hostile_text_ends_soon(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(start < end for start, end in address_spans(text))

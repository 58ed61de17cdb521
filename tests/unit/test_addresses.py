"""Addresses: found whole in a text, and shown without their secrets."""

import pytest

from dwiwarta.addresses import address_spans, shown_address


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


@pytest.mark.cpu_seconds(20)
@pytest.mark.parametrize("piece", ["a.", "a-", "a@", "www.", "a.b-", "pdf.", "id/", ".", "a.com"])
def test_hostile_text_ends_soon(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(start < end for start, end in address_spans(text))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://contoh.id/a/b.json", "https://contoh.id/a/b.json"),
        ("https://orang:geheim@contoh.id:8443/a?token=geheim#geheim", "https://contoh.id:8443/a"),
        ("http://orang:geheim@[::1]/a", "http://[::1]/a"),
        ("http://orang:geheim@[::1/a", "http://…"),
        ("http://orang:ge/heim@contoh.id/a", "http://…"),
        ("http://orang:ge#heim@contoh.id/a", "http://…"),
        ("orang:geheim@contoh.id/a?geheim", "contoh.id/a"),
        ("alamat", "alamat"),
        ("", ""),
    ],
)
def test_nothing_secret_is_shown(url: str, shown: str) -> None:
    assert shown_address(url) == shown

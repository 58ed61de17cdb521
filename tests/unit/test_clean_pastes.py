"""Pasted text: nothing is invented, broken lines come together again, hyphens by their word."""

import textwrap
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.clean.draft import PasteAudit
from dwiwarta.clean.hyphens import join_hyphen
from dwiwarta.clean.pastes import repair_paste
from dwiwarta.clean.wrapped import join_wrapped
from dwiwarta.text import squash

PARAGRAPHS = [
    "Petani di Desa Muara memanen padi lebih awal karena banjir diperkirakan datang pada akhir "
    "bulan ini. Mereka bekerja sejak subuh, dibantu oleh siswa sekolah yang sedang libur.",
    "“Kami tidak mau rugi seperti tahun lalu,” kata Wahyu Saputra, kepala desa yang juga memiliki "
    "dua petak sawah di tepi sungai itu.",
    "Harga gabah kering naik 5,5 persen menjadi Rp6.500 per kilogram sejak awal November. Pedagang "
    "dari kota datang dengan truk sendiri dan membayar tunai di tempat, sehingga petani tidak "
    "perlu menyewa angkutan.",
    "Lumbung desa dapat menampung dua puluh ton. Gabah dijaga bergantian oleh pemuda setempat "
    "setiap malam, termasuk pada hari libur.",
]


def nothing(line: str) -> bool:
    del line
    return False


def repair(text: str) -> tuple[str, PasteAudit]:
    audit = PasteAudit()
    return repair_paste(text, audit, nothing, frozenset()), audit


def test_a_text_in_which_all_repeats_all_is_not_all_heads_of_pages() -> None:
    first = "[x] warga warga warga # 1. desa naik > warga <b>"
    lines = [first, first, *["warga warga warga warga warga warga"] * 3]
    text, _ = repair("\n".join(lines))
    assert text.split() == " ".join(lines).split()


@given(
    width=st.integers(46, 100),
    order=st.permutations(PARAGRAPHS),
    doubled=st.booleans(),
)
def test_broken_paragraphs_come_together(width: int, order: list[str], doubled: bool) -> None:
    lines = ["Panen Raya", ""]
    for paragraph in order:
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False):
            lines += [line, ""] if doubled else [line]
        lines.append("")
    audit = PasteAudit()
    joined = [line for line in join_wrapped(lines, audit, nothing, frozenset()) if line]
    assert joined == ["Panen Raya", *order]
    assert audit.removed


@given(st.permutations(PARAGRAPHS))
def test_whole_paragraphs_stay_as_they_are(order: list[str]) -> None:
    lines = ["Panen Raya", "Kamis, 9 November 2023", *order]
    audit = PasteAudit()
    assert join_wrapped(lines, audit, nothing, frozenset()) is lines
    assert not audit.removed


_PIECES = st.sampled_from(
    [
        "[09/11/23 15.04.21] Budi:",
        "09/11/23 15.04 - Ani:",
        "Diteruskan",
        "From: a@b.example",
        "Date: x",
        "Subject: y",
        "> ",
        "*tebal*",
        "_miring_",
        "\t",
        "o\t",
        "padi dan",
        "jagung-",
        "Warga senang.",
        "Halaman 1 dari 2",
        "```",
        "\n",
        "\n\n",
        " ",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=300))
def test_nothing_is_invented_or_lost_unsaid(text: str) -> None:
    repaired, audit = repair(text)
    before, after = Counter(squash(text)), Counter(squash(repaired))
    assert after <= before
    gone = Counter(squash("".join(removal.text for removal in audit.removed)))
    assert before - after <= gone


@pytest.mark.parametrize(
    "line",
    ["*a ", "`", "> ", "[09/11/23 15.04] A: ", "From: a", "a\t", "a-\n", "1\n", "a\n\n", "yang\n"],
)
def test_a_row_of_marks_is_repaired(line: str) -> None:
    # The time it takes grows with the length: with its square this would never end.
    assert isinstance(repair(line * 20_000)[0], str)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("kata peme-", "rintah itu", "kata pemerintah itu"),
        ("dua anak-", "anak desa", "dua anak-anak desa"),
        ("mereka berlari-", "lari pagi", "mereka berlari-lari pagi"),
        ("sayur-", "mayur segar", "sayur-mayur segar"),
        ("warga tolong-", "menolong", "warga tolong-menolong"),
        ("jalan bolak-", "balik", "jalan bolak-balik"),
        ("hari ke-", "2 panen", "hari ke-2 panen"),
        ("kartu KTP-", "el baru", "kartu KTP-el baru"),
        ("Asia-", "Pasifik", "Asia-Pasifik"),
        ("kerja sama antar-", "negara", "kerja sama antarnegara"),
        ("para ibu-", "bapak", "para ibu-bapak"),
        ("ke\u2010", "menterian", "kementerian"),
        ("suami-", "istri itu", "suami-istri itu"),
    ],
)
def test_hyphen_at_the_end_of_a_line(above: str, below: str, joined: str) -> None:
    words = frozenset({"suami", "istri", "antar", "negara", "ibu", "bapak", "kementerian"})
    text_words = frozenset({"ibu-bapak"})
    assert join_hyphen(above, below, words, text_words) == joined


@pytest.mark.parametrize(
    "piece", ["Kabar\n@kabar\n12 Nov\n", "1\n", "Suka\n", "Kabar\n", "\n", "3 jam · \n", "1/ a\n"]
)
@pytest.mark.cpu_seconds(10)
def test_no_post_takes_long(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    repair(f"Kabar\n@kabar\nTaman Desa Dibuka\n{'Warga datang. ' * 20}\n{text}")


@pytest.mark.parametrize("piece", ["A\n— Today 15.04\n", "[9/11/23 15.04] A:\n"])
@pytest.mark.cpu_seconds(10)
def test_no_chat_without_text_takes_long(piece: str) -> None:
    repair(piece * (300_000 // len(piece)))

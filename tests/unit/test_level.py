"""How hard an article is to read: three steps, by rare words and long sentences, names aside."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.knowledge.overlays import Overlays, lay
from dwiwarta.text import letters_pattern
from dwiwarta.words.level import LEAST_WORDS, LEVELS, frequent_roots, measure, readability

EASY = ("Anak itu makan nasi. Ia pergi ke sekolah. Ibu beli buku baru. Hari ini ada hujan. " * 4,)
HARD = (
    "Ketidakselarasan epistemologis antara penafsir manuskrip dan arkeolog maritim menyulitkan "
    "rekonstruksi kronologi pelayaran niaga rempah sehingga historiografi kolonial senantiasa "
    "menafikan keberadaan nakhoda pribumi yang mengarungi samudra bergelombang dengan perahu "
    "bercadik sembari merapal mantra penolak bala serta menggenggam jimat warisan leluhur mereka "
    "yang konon bertuah dan mujarab menaklukkan badai.",
)
MEDIUM = "Anak itu makan nasi. Ia pergi ke sekolah. Ibu beli buku baru. Hari ini ada hujan. " * 6


def test_three_steps() -> None:
    assert readability(EASY).level == "easy"
    assert readability((MEDIUM, *HARD)).level == "medium"
    assert readability(HARD * 2).level == "demanding"
    assert readability(("Terlalu pendek untuk dinilai.",)).level == ""
    assert readability(()) == readability(("…",))


def test_minutes_are_at_least_one() -> None:
    assert readability(("Pendek.",)).minutes == 1
    assert readability(("kata " * 900,)).minutes == 4


def test_names_do_not_count() -> None:
    named = EASY[0].replace("Anak itu", "Si Przewalski Tambunraya")
    assert readability((named,)).level == "easy"
    assert "przewalski" not in measure([named]).roots


def test_the_words_of_a_sentence_and_their_roots() -> None:
    found = measure(["Mereka bekerja sama. Pekerjaan itu (kata Budi) sulit!", "Ya."])
    assert (found.words, found.sentences) == (9, 3)
    assert found.roots.count("kerja") == 2
    assert "budi" not in found.roots


def test_frequent_roots_are_roots() -> None:
    roots = frequent_roots()
    assert {"kata", "orang", "kerja", "yang"} <= roots
    assert len(roots) > 900


def test_the_entries_of_a_site_count_as_soon_as_they_are_laid(tmp_path: Path) -> None:
    text = ("Ia memakan makanan yang dimakan. " * 12,)
    assert readability(text).level == "easy"
    lay(Overlays(tmp_path, {"lexicon.yml": "without: [makan]\n"}))
    try:
        assert readability(text).level == "demanding"
    finally:
        lay(Overlays())


@given(st.text(st.one_of(st.characters(), st.sampled_from("aZ-'’“…\u00e9\u00aa ")), max_size=30))
def test_words_of_letters_are_the_same_by_either_pattern(text: str) -> None:
    of_any_script = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    assert letters_pattern(text).findall(text) == of_any_script


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_is_judged(paragraphs: list[str]) -> None:
    found = readability(tuple(paragraphs))
    assert found.level in (*LEVELS, "")
    assert (found.level == "") == (measure(paragraphs).words < LEAST_WORDS)

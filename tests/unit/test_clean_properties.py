"""What cleaning never does, whatever the text: fail, invent, or change its mind."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.clean.article import MOST_CHARACTERS
from dwiwarta.clean.paragraphs import divide
from dwiwarta.clean.split_sentences import split_glued
from dwiwarta.clean.split_words import part_glued, parted_words
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article, RawArticle, SourceRef
from dwiwarta.text import squash

RULES = load_rules()

# Pieces of pages in every layout; put together at random they make pages nobody thought of.
PIECES = (
    "Warga kembali memadati taman kota pada Minggu pagi setelah perbaikan selesai.",
    "“Kami sudah menunggu lama,” kata Sari, seorang pengunjung dari desa seberang.",
    "Petugas menyiapkan jalur lari dan tempat bermain anak di sisi utara taman.",
    "KOTA BARU - Harga tiket kebun binatang tidak akan naik sampai akhir tahun.",
    "Wali Kota Resmikan Jalur Sepeda Baru di Pinggir Sungai",
    "Kamis, 09 November 2023 - 15:04 WIB",
    "Baca juga: Jalur Sepeda Baru Menuju Taman",
    "Baca Juga",
    "Baca juga:",
    "BACA JUGA - ",
    "Baca JugaHarga Tiket Naik Mulai Bulan DepanWali Kota",
    "ADVERTISEMENT",
    "SCROLL TO CONTINUE WITH CONTENT",
    "[Gambas:Video 20detik]",
    "Simak Video 'Suasana Taman':",
    "(abc/def)",
    "(Budi Santoso)",
    "Editor: Budi Santoso",
    "Luar NegeriIndiamengecam",
    "taman kota",
    "dan",
    ",",
    ".",
    "-",
    "Kota Baru",
    "Daftar Isi",
    "Terkait",
    "🎉",
    "",
)
pages = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(("\n", "\n\n", " ", ""))), max_size=25
).map(lambda pieces: "".join(piece + seam for piece, seam in pieces))
texts = st.one_of(pages, st.text(max_size=400))


def clean(text: str, title: str | None = None) -> Article | None:
    try:
        return clean_article(RawArticle(SourceRef("x.txt"), text, title=title), RULES)
    except ArticleError:
        return None


def letters(text: str) -> str:
    """ASCII letters and digits: what no normalisation touches."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


def is_in_order(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


@given(texts)
@settings(max_examples=120, deadline=None)
def test_only_article_errors_and_whole_paragraphs(text: str) -> None:
    article = clean(text)
    if article is not None:
        assert article.title.strip()
        assert any(map(squash, article.paragraphs))
        for paragraph in article.paragraphs:
            assert paragraph.strip()
            assert paragraph == " ".join(paragraph.split())


@given(texts)
@settings(max_examples=120, deadline=None)
def test_no_text_is_invented(text: str) -> None:
    article = clean(text)
    if article is not None:
        for paragraph in article.paragraphs:
            assert is_in_order(letters(paragraph), letters(text))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_every_letter_is_in_the_article_or_in_the_audit(text: str) -> None:
    article = clean(text)
    if article is not None:
        kept = sum(len(letters(paragraph)) for paragraph in article.paragraphs)
        removed = sum(len(letters(removal.text)) for removal in article.removed)
        assert kept + removed >= len(letters(text))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_same_text_same_article(text: str) -> None:
    assert clean(text) == clean(text)


# Lines as a page shows them: for these a second cleaning must find nothing more. (A scraper's
# damage can hide one mark behind another, so on `pages` a second look may rightly find more.)
whole_lines = st.lists(
    st.sampled_from([*PIECES[:3], *PIECES[6:9], *PIECES[11:18], PIECES[19]]), max_size=12
).map("\n".join)


@given(whole_lines)
@settings(max_examples=200, deadline=None)
def test_a_clean_article_stays_as_it_is_when_its_text_is_read_again(text: str) -> None:
    first = clean(text, title="Taman Kota Dibuka")
    if first is not None:
        second = clean("\n".join(first.paragraphs), title="Taman Kota Dibuka")
        assert second is not None
        assert second.paragraphs == first.paragraphs


@given(st.text(max_size=300))
@settings(deadline=None)
def test_steps_keep_every_letter(text: str) -> None:
    line = " ".join(text.split())
    assert letters("".join(split_glued(line))) == letters(line)
    assert letters("".join(divide(line))) == letters(line)
    assert letters("".join(part_glued([line], RULES.lexicon))) == letters(line)


# Words, names, marks, digits and addresses with and without spaces between them.
glued_texts = st.lists(
    st.tuples(
        st.sampled_from(
            """
            Presiden Jepang menyambut perang kota iPhone detikNews (AS) “Kami” "ya" 2025 5kg ke-2 di
            dan yang Liputan6.com https://kota.example/DanIni info@kota.example @WargaKota
            #KotaMaju bit.ly/FormKota anak-anak Suryadi TNI G20 membiayai something COVID-19 , : %
            """.split()  # noqa: SIM905
        ),
        st.sampled_from((" ", "", "")),
    ),
    max_size=25,
).map(lambda pieces: "".join(word + seam for word, seam in pieces))


@given(glued_texts | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_only_spaces_are_put_in_and_a_second_look_puts_in_none(text: str) -> None:
    lines = [" ".join(text.split())]
    parted = part_glued(lines, RULES.lexicon)
    assert parted[0].replace(" ", "") == lines[0].replace(" ", "")
    for old, new in parted_words(lines, parted):
        assert new != old == new.replace(" ", "")
    assert part_glued(parted, RULES.lexicon) == parted


@given(glued_texts)
@settings(deadline=None)
def test_no_space_inside_an_address(text: str) -> None:
    addresses = "https://kota.example/DanIni info@kota.example bit.ly/FormKota #KotaMaju"
    line = " ".join(f"{text} {addresses}".split())
    assert part_glued([line], RULES.lexicon)[0].endswith(addresses)


def test_a_text_without_bound_is_refused() -> None:
    with pytest.raises(ArticleError, match="too long for one article"):
        clean_article(RawArticle(SourceRef("x.txt"), "a" * (MOST_CHARACTERS + 1)), RULES)


@pytest.mark.cpu_seconds(120)
@pytest.mark.parametrize(
    "unit", ["Baca juga: Kota Ini ", "Baca JugaKota ", "(abc/def)\n", "a\n", "A. ", "“Ya,” ", "-\n"]
)
def test_hostile_repetition_ends(unit: str) -> None:
    clean("Judul yang Baik\n" + unit * (60_000 // len(unit)))


def test_a_word_without_an_end_is_named_with_all_its_parts() -> None:
    """Looking at all parts so far for each further one would take minutes."""
    (named,) = parted_words(["(AS)Donald" * 100_000], [" ".join(["(AS)", "Donald"] * 100_000)])
    assert named == ("(AS)Donald" * 100_000, " ".join(["(AS)", "Donald"] * 100_000))

"""Cleaning, case by case: the texts lie in tests/cases/clean/, in the shapes that outlets print."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dwiwarta.clean import (
    Rules,
    clean_article,
    days_ahead,
    load_rules,
    stated_days,
    unused_drops,
)
from dwiwarta.clean.split_words import part_glued
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article, DateOrigin, Overrides, Published, RawArticle, SourceRef
from entries import cases, check_each

FOLDER = Path(__file__).parents[1] / "cases" / "clean"
FILES = (
    "read_also",
    "layout",
    "fields",
    "furniture",
    "protected",
    "repeats",
    "pastes",
    "announcements",
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def raw_article(raw: str | dict[str, Any]) -> RawArticle:
    values: dict[str, Any] = {"text": raw} if isinstance(raw, str) else dict(raw)
    overrides = values.pop("overrides", {})
    drop = tuple(overrides.pop("drop", ()))
    path = values.pop("path", "x.txt")
    return RawArticle(SourceRef(path), overrides=Overrides(drop=drop, **overrides), **values)


def value_of(article: Article, key: str) -> object:
    if key == "title_origin":
        return article.title_origin.value
    if key == "published":
        return article.published.iso if article.published else None
    if key == "date_origin":
        return article.published.origin.value if article.published else None
    if key == "paragraphs":
        return list(article.paragraphs)
    if key == "kept":
        return [kept.text for kept in article.kept]
    return getattr(article, key)


def test_every_case_is_cleaned_as_it_says(rules: Rules) -> None:
    def check(named: tuple[str, dict[str, Any]]) -> None:
        expected = dict(named[1])
        raw = raw_article(expected.pop("raw"))
        if "error" in expected:
            with pytest.raises(ArticleError) as caught:
                clean_article(raw, rules)
            assert caught.value.reason == expected["error"]
            return
        article = clean_article(raw, rules)
        removed = [removal.text for removal in article.removed]
        for text in expected.pop("removed", []):
            assert text in removed
        assert {key: value_of(article, key) for key in expected} == expected
        assert all(removal.reason for removal in article.removed)

    check_each((one for name in FILES for one in cases(FOLDER / f"{name}.yml")), check)


def test_glued_words(rules: Rules) -> None:
    def check(case: tuple[str, str]) -> None:
        glued, parted = case
        assert part_glued([glued], rules.lexicon) == [parted]

    check_each(cases(FOLDER / "glued_words.yml"), check)


def test_an_editors_word_wins_over_everything(rules: Rules) -> None:
    over = Overrides(source_name="Radio", source_url="https://kompas.com/a", author="Sari")
    raw = RawArticle(
        SourceRef("a.txt"),
        "Judul Berita Hari Ini\nPenulis: Budi Santoso\nWarga kota senang sekali.",
        author="Budi",
        source_name="detik",
        source_url="https://detik.com/b",
        overrides=over,
    )
    article = clean_article(raw, rules)
    assert (article.byline, article.source_name, article.source_url) == (
        "Sari",
        "Radio",
        "https://kompas.com/a",
    )
    assert article.outlet == "kompas"
    assert article.overrides is over


def test_an_editor_drops_one_paragraph_of_a_divided_body(rules: Rules) -> None:
    sentences = [
        f"Truk ke-{number} mengangkut tanaman dari danau itu ke tempat pengolahan di pinggir kota."
        for number in range(10)
    ]
    raw = RawArticle(SourceRef("a.txt"), " ".join(sentences), title="Danau Kota Dibersihkan")
    before = clean_article(raw, rules).paragraphs
    assert len(before) > 1
    named = replace(raw, overrides=Overrides(drop=(before[0][:30],)))
    article = clean_article(named, rules)
    assert article.paragraphs == before[1:]
    assert unused_drops([article]) == ()


def test_a_drop_in_an_export_is_used_if_one_record_has_it(rules: Rules) -> None:
    over = Overrides(drop=("Lihat juga", "Tidak ada"))
    articles = [
        clean_article(
            RawArticle(SourceRef("a.csv", str(n)), text, title="A", overrides=over), rules
        )
        for n, text in enumerate(("Warga kota senang.\nLihat juga peta.", "Warga kota pulang."))
    ]
    assert unused_drops(articles) == (("a.csv", "Tidak ada"),)


@pytest.mark.parametrize("title", ["🔥🔥", "2024", "…", "No Title", "-"])
def test_an_editors_title_stands_literally(title: str, rules: Rules) -> None:
    text = "Warga kota senang sekali hari ini.\nTaman dibuka kembali."
    raw = RawArticle(SourceRef("a.md"), text, overrides=Overrides(title=title))
    article = clean_article(raw, rules)
    assert (article.title, article.title_origin.value) == (title, "override")


@pytest.mark.parametrize(
    ("title", "is_kept"),
    [("🔥🔥", True), ("2024", True), ("No Title", False), ("- -", False), ("", False)],
)
def test_a_title_field_needs_letters_digits_or_emoji(
    title: str, is_kept: bool, rules: Rules
) -> None:
    raw = RawArticle(SourceRef("a.html"), "Warga kota senang sekali hari ini.", title=title)
    article = clean_article(raw, rules)
    assert (article.title == title) is is_kept
    assert (article.title_origin.value == "metadata") is is_kept


@pytest.mark.parametrize("place", ["path", "url"])
def test_a_day_to_come_in_a_name_is_not_taken(rules: Rules, place: str) -> None:
    name, body = "2041-06-30-taman.txt", "Warga kembali memadati taman kota pada Minggu pagi."
    url = f"https://contoh.example/{name}" if place == "url" else None
    raw = RawArticle(SourceRef("x.txt" if url else name), f"Taman\n{body}", source_url=url)
    before, after = date(2041, 6, 29), date(2041, 6, 30)
    early, late = (clean_article(raw, rules, today) for today in (before, after))
    assert early.published is None
    assert late.published is not None
    assert late.published.day == after
    assert days_ahead([raw], [early], before)[0][0] == raw.ref
    assert days_ahead([raw], [late], after) == ()


def test_a_day_to_come_in_a_name_leaves_the_day_of_the_text(rules: Rules) -> None:
    body = "Warga kembali memadati taman kota pada Minggu (2/6/2041) setelah perbaikan."
    raw = RawArticle(SourceRef("2041-06-30-taman.txt"), f"Taman\n{body}")
    article = clean_article(raw, rules, date(2041, 6, 29))
    assert article.published is not None
    assert article.published.day == date(2041, 6, 2)
    assert "2041-06-30" in days_ahead([raw], [article], date(2041, 6, 29))[0][1]


@pytest.mark.parametrize("own", [5, 20])
def test_of_two_days_to_come_the_nearer_changes_the_article(rules: Rules, own: int) -> None:
    """The day above the text and that in its first sentence, which is often an event's."""
    body = "Konser di taman kota digelar pada Kamis (12/12/2041) setelah perbaikan."
    above = f"Taman Kota Dibuka\n{own} Desember 2041\n{body}"
    raw = RawArticle(SourceRef("taman.txt"), above)
    nearer = date(2041, 12, min(own, 12))
    early = clean_article(raw, rules, date(2041, 12, 1))
    late = clean_article(raw, rules, nearer)
    assert early.published is None
    assert stated_days(raw, early) == (nearer,)
    assert late.published is not None
    assert late.published.day == nearer


def test_the_name_of_an_export_is_no_date_of_its_records(rules: Rules) -> None:
    body = "Warga kembali memadati taman kota pada Minggu pagi setelah perbaikan."
    raw = RawArticle(SourceRef("2024-06-30-ekspor.csv", "0123456789ab"), body, title="Taman Kota")
    assert clean_article(raw, rules).published is None


@pytest.mark.parametrize(
    ("line", "is_warned"),
    [
        ("Kamis, 9 November", True),
        ("9 Nov 15.04 WIB", True),
        ("2 hari yang lalu", True),
        ("3 hours ago", True),
        ("Sembilan November 2023", True),
        ("2023.11.9 15:04", True),
        ("9-1-23", True),
        ("Dua hari lalu kapal datang", False),
        ("1.2.10", False),
        ("21-19-21", False),
        ("Kamis", False),
        ("Mei, 12 tahun", False),
    ],
)
def test_a_day_that_cannot_be_read_is_told(rules: Rules, line: str, is_warned: bool) -> None:
    raw = RawArticle(SourceRef("x.txt"), f"Panen Raya\n{line}\nPetani senang, kata lurah.")
    article = clean_article(raw, rules)
    assert bool(days_ahead([raw], [article])) is is_warned
    if is_warned:
        assert article.paragraphs[0] == line
    day = Published(date(2023, 11, 9), DateOrigin.OVERRIDE)
    dated = replace(raw, overrides=Overrides(published=day))
    assert days_ahead([dated], [clean_article(dated, rules)]) == ()

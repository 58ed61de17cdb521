"""Exports: records as articles, each broken one named by its line, ids that stay."""

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from dwiwarta.errors import ArticleError
from dwiwarta.model import RawArticle
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.read.corrections import ExportDecisions
from dwiwarta.read.exports import read_csv, read_json, read_sheet
from dwiwarta.settings import InputSettings

RECORD = {
    "title": "Judul Berita",
    "publish_date": "2025-06-18 14:05:00",
    "author": "Ani",
    "content": "Paragraf satu.\nParagraf dua.",
    "keyword": "warga",
    "category": "nasional",
    "source": "contoh.id",
    "link": "https://contoh.id/berita/1",
}


def jsonl(
    *records: object, encoding: str = "utf-8", max_bytes: int = 10_000
) -> tuple[list[RawArticle], list[str]]:
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    problems = ProblemLog()
    data = io.BytesIO("\n".join([*lines, ""]).encode(encoding))
    articles = read_json(data, "a.jsonl", max_bytes, ExportDecisions(), problems)
    return list(articles), [str(problem) for problem in problems.all]


def table(text: str | bytes, max_bytes: int = 10_000) -> tuple[list[RawArticle], list[str]]:
    problems = ProblemLog()
    data = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    articles = read_csv(data, "a.csv", max_bytes, ExportDecisions(), problems)
    return list(articles), [str(problem) for problem in problems.all]


def other(number: int, **fields: Any) -> dict[str, Any]:
    return {**RECORD, "link": f"https://contoh.id/berita/{number}", **fields}


def test_a_record_of_news_watch() -> None:
    (article,), problems = jsonl(RECORD)
    assert problems == []
    assert article.title == "Judul Berita"
    assert article.text == "Paragraf satu.\nParagraf dua."
    assert article.published is not None
    assert article.published.iso == "2025-06-18T14:05+07:00"
    assert (article.author, article.category) == ("Ani", "nasional")
    assert (article.source_name, article.source_url) == ("contoh.id", RECORD["link"])
    assert (article.ref.path, article.ref.line, article.text_line) == ("a.jsonl", 1, 1)
    assert len(article.ref.record) == 12


def test_both_forms_give_the_same_article() -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, RECORD)
    writer.writeheader()
    writer.writerow(RECORD)
    (from_csv,), _ = table(out.getvalue())
    (from_jsonl,), _ = jsonl(RECORD)
    assert from_csv.ref.record == from_jsonl.ref.record
    assert (from_csv.text, from_csv.title) == (from_jsonl.text, from_jsonl.title)
    assert from_csv.ref.line == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"content": "x"', "broken JSON: Expecting ',' delimiter at column 16"),
        ('{"content": "a\tb"}', "broken JSON: Invalid control character at column 15"),
        ("[1, 2]", "not a record"),
        ("bukan json", "broken JSON"),
        ('{"title": "tanpa isi"}', "no text in `content`"),
        ('{"content": null}', "no text in `content`"),
        ('{"content": ["x", 1]}', "no text in `content`"),
        ('{"content": 123}', "no text in `content`"),
        ('{"content": "nan"}', "no text in `content`"),
        ("[" * 100_000, "broken JSON: too deep"),
        ('{"content": ' + "9" * 5000 + "}", "broken JSON: too deep or too large a number"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_goes_on(line: str, reason: str) -> None:
    articles, problems = jsonl(other(1), line, "", other(2), max_bytes=200_000)
    assert len(articles) == 2
    assert len(problems) == 1
    assert problems[0].startswith(f"a.jsonl:2: {reason}")
    assert sorted(article.ref.line for article in articles) == [1, 4]


def test_a_line_that_is_too_long_is_skipped_without_being_held() -> None:
    articles, problems = jsonl(other(1), other(2, content="x" * 20_000), other(3))
    assert sorted(article.ref.line for article in articles) == [1, 3]
    assert problems == ["a.jsonl:2: longer than 0.01 MB: skipped"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    # Č and ਊ hold the byte of a line feed in UTF-16.
    extra = "" if encoding == "cp1252" else "Č ਊ"
    articles, problems = jsonl(
        other(1, content=f"Kafé “Senja” {extra}"), "{", other(2), encoding=encoding
    )
    assert len(articles) == 2
    assert any(article.text == f"Kafé “Senja” {extra}".strip() for article in articles)
    assert len(problems) == 1
    assert problems[0].startswith("a.jsonl:2: broken JSON")


def test_fields_that_say_nothing() -> None:
    fields = {"title": "NaN", "author": "", "publish_date": "Tidak Ditemukan", "category": None}
    (article,), problems = jsonl({**RECORD, **fields, "link": "javascript:alert(1)"})
    assert problems == ["a.jsonl:1: no date can be read in `publish_date`"]
    assert article.title is article.author is article.published is article.category is None
    assert article.source_url is None


def test_ids_do_not_depend_on_the_place() -> None:
    records = [other(n) for n in range(20)] + [
        {"title": f"Tanpa tautan {n}", "content": f"Isi nomor {n}."} for n in range(20)
    ]
    before, _ = jsonl(*records)
    shuffled = records[5:]
    random.Random(3).shuffle(shuffled)
    after, _ = jsonl(*shuffled)
    ids = {(article.title, article.source_url): article.ref.record for article in before}
    assert len(set(ids.values())) == 40
    assert all(ids[one.title, one.source_url] == one.ref.record for one in after)


def test_the_same_link_twice_is_one_article() -> None:
    longer = other(1, content="Paragraf satu.\nParagraf dua.\nParagraf tiga.")
    first, problems = jsonl(other(1), longer, other(1))
    assert [article.text for article in first] == [longer["content"]]
    assert len(problems) == 2
    second, _ = jsonl(longer, other(1), other(1))
    assert [(a.ref, a.text) for a in second] == [(a.ref, a.text) for a in first]


def test_an_exact_repeat_is_no_problem() -> None:
    articles, problems = jsonl(RECORD, RECORD)
    assert len(articles) == 1
    assert problems == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [["Title", " content ", "link"], ["Judul, ya; begitu", "Isi|itu\tdia", "https://a.id/1"]]
    )
    (article,), problems = table("\ufeff" + out.getvalue())
    assert problems == []
    assert (article.title, article.text) == ("Judul, ya; begitu", "Isi|itu\tdia")


def test_lines_are_right_with_cells_of_several_lines() -> None:
    text = 'title,content\nA,"satu\n\ndua"\nB,x,y\n\nC,"tiga\nempat"\nD,\n'
    articles, problems = table(text)
    assert sorted((a.title or "", a.ref.line) for a in articles) == [("A", 2), ("C", 7)]
    assert problems == [
        "a.csv:5: 3 columns where the first row names 2: skipped",
        "a.csv:9: no text in `content`: skipped",
    ]


def test_a_cell_without_end_is_reported() -> None:
    text = 'title,content\nA,isi\nB,"' + "tanpa akhir\n" * 20_000
    articles, problems = table(text)
    assert [article.title for article in articles] == ["A"]
    assert any("a.csv:3: broken CSV" in problem for problem in problems)


def test_a_sidecar_holds_for_all_records(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(other(n)) for n in range(3))
    (tmp_path / "a.jsonl").write_text(lines)
    (tmp_path / "a.jsonl.yml").write_text("source_name: Contoh\nsample: true\n")
    articles = read_file(tmp_path / "a.jsonl", "a.jsonl", InputSettings(), ProblemLog())
    assert [(a.overrides.source_name, a.overrides.sample) for a in articles] == [
        ("Contoh", True)
    ] * 3


def test_a_binary_line_does_not_stop_the_others() -> None:
    articles, problems = jsonl(other(1), "\x00\x01\x02\x03\x04" * 100, other(2))
    assert len(articles) == 2
    assert problems == ["a.jsonl:2: this is binary data, not text: skipped"]


def test_an_office_file_with_the_name_of_an_export() -> None:
    with pytest.raises(ArticleError, match="Word, Excel or ZIP"):
        table(b"PK\x03\x04 and more")


@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from([jsonl, table]))
def test_any_lines_are_records_or_problems(lines: list[str], reader: Any) -> None:
    text = "\n".join(line.encode("utf-8", "replace").decode() for line in lines)
    if reader is table:
        text = f"content\n{text}"
    articles, problems = reader(text)
    assert len({article.ref.key for article in articles}) == len(articles)
    assert all(article.text.strip() for article in articles)
    assert all(": " in problem for problem in problems)


def test_what_a_field_strikes_out_is_named_and_not_published() -> None:
    content = "<p>Harga <del>Rp 9.000</del> Rp 8.000.</p><p><s>Pasar tutup.</s> Pasar buka.</p>"
    (article,), problems = jsonl({**RECORD, "content": content})
    assert (article.text, problems) == ("Harga Rp 8.000.\n\nPasar buka.", [])
    assert [(one.text, one.reason) for one in article.left_out] == [
        ("Rp 9.000", "page: struck out"),
        ("Pasar tutup.", "page: struck out"),
    ]


def test_a_mark_that_was_never_closed_strikes_nothing_out() -> None:
    content = "<b>SOLO</b> - Pasar <s>buka.<br>Warga datang.<br>Mereka pulang."
    (article,), _ = jsonl({**RECORD, "content": content})
    assert article.text == "SOLO - Pasar buka.\nWarga datang.\nMereka pulang."
    assert article.left_out == ()


def test_what_failed_in_a_spreadsheet_says_nothing() -> None:
    (article,), problems = table(
        'title,author,content,date\n#NAME?,#REF!,"Pasar buka._x000D_\nWarga datang.",#N/A\n'
    )
    assert (article.title, article.author, article.published) == (None, None, None)
    assert (article.text, problems) == ("Pasar buka.\nWarga datang.", [])


def test_a_table_without_names_is_refused_with_what_stands_there() -> None:
    with pytest.raises(ArticleError, match="it names 'Pasar Buka', 'Warga datang'"):
        table("Pasar Buka,Warga datang\n")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            "# Panen\n\nPetani **senang**. [Baca](https://contoh.id/a)",
            "Panen\n\nPetani senang. Baca",
        ),
        ("**Panen**\n\nPetani *senang*.", "Panen\n\nPetani senang."),
        ("# tagar\n\n5 * 3 = 15 dan **bintang.", "# tagar\n\n5 * 3 = 15 dan **bintang."),
        ("#PanenRaya\n\n1. satu\n2. dua", "#PanenRaya\n\n1. satu\n2. dua"),
        ("Petani [sic] senang (https://contoh.id).", "Petani [sic] senang (https://contoh.id)."),
    ],
)
def test_a_field_that_is_stored_as_markdown(content: str, text: str) -> None:
    (article,), problems = jsonl({**RECORD, "content": content})
    assert (article.text, problems) == (text, [])


def sheet(rows: list[list[str]], struck: tuple[str, ...] = ()) -> io.BytesIO:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for place in struck:
        page[place].font = Font(strike=True)
    out = io.BytesIO()
    book.save(out)
    return out


def test_what_a_sheet_strikes_out_is_not_published() -> None:
    rows = [["judul", "isi", "penulis"], *([f"{n}", f"Teks {n}.", "Ani"] for n in "abc")]
    problems = ProblemLog()
    file = sheet(rows, struck=("B3", "C4"))
    articles = read_sheet(file, "a.xlsx", 10_000, ExportDecisions(), problems)
    assert [(one.text, one.author) for one in articles] == [("Teks a.", "Ani"), ("Teks c.", None)]
    assert [str(problem) for problem in problems.all] == [
        "a.xlsx:3: its text is struck out: skipped",
        "a.xlsx:4: struck out, not used: 'penulis'",
    ]


def test_what_stands_behind_the_last_named_column_is_named() -> None:
    rows = [["judul", "isi", ""], ["a", "Teks a.", "Lanjutan."], ["b", "Teks b.", "", "7"]]
    problems = ProblemLog()
    articles = read_sheet(sheet(rows), "a.xlsx", 10_000, ExportDecisions(), problems)
    assert sorted(one.text for one in articles) == ["Teks a.", "Teks b."]
    assert [str(problem) for problem in problems.all] == [
        "a.xlsx:2: behind the last named column, not read: 'Lanjutan.'"
    ]


def test_characters_that_excel_writes_as_numbers() -> None:
    rows = [["title", "content"], ["Panen_x000D_\nRaya", "Satu._x000D_\nDua_x0009_tiga."]]
    (article,) = read_sheet(sheet(rows), "a.xlsx", 10_000, ExportDecisions(), ProblemLog())
    assert (article.title, article.text.split()) == ("Panen Raya", ["Satu.", "Dua", "tiga."])

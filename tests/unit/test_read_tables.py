"""Tables as programs write them and as people break them: every record or its line, no fragment."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import pytest

from dwiwarta.errors import ArticleError
from dwiwarta.model import RawArticle
from dwiwarta.problems import ProblemLog
from dwiwarta.read.corrections import ExportDecisions
from dwiwarta.read.exports import read_csv

HEADER = ["title", "publish_date", "author", "content", "category", "source", "link"]
TEXT = "Nelayan di muara nomor {0} menjemur jala, memilah ikan, dan menunggu pembeli."
SECOND = "Sore nanti, kata nelayan nomor {0}, perahu berangkat lagi."


def table(data: str | bytes, max_bytes: int = 1_000_000) -> tuple[list[RawArticle], list[str]]:
    problems = ProblemLog()
    file = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    articles = read_csv(file, "a.csv", max_bytes, ExportDecisions(), problems)
    return sorted(articles, key=lambda one: one.ref.line), [str(one) for one in problems.all]


def rows(count: int, parted: bool = False) -> list[list[str]]:
    return [
        [
            f"Pasar Ikan {n}",
            f"2022-05-{n % 28 + 1:02} 06:{n % 60:02}",
            f"Tono {n}",
            "\n".join([TEXT.format(n), SECOND.format(n)][: 2 if parted else 1]),
            "pesisir",
            "muara.example",
            f"https://muara.example/{n}",
        ]
        for n in range(count)
    ]


def written(records: Iterable[list[str]], **how: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows([HEADER, *records])
    return out.getvalue()


def is_whole(article: RawArticle, parted: bool = False) -> bool:
    number = (article.title or "").rpartition(" ")[2]
    return [
        article.title,
        article.text,
        article.author,
        article.category,
        article.source_name,
        article.source_url,
    ] == [
        f"Pasar Ikan {number}",
        rows(int(number) + 1, parted)[-1][3],
        f"Tono {number}",
        "pesisir",
        "muara.example",
        f"https://muara.example/{number}",
    ]


@pytest.mark.parametrize(
    ("how", "encoding"),
    [
        ({"delimiter": ";"}, "cp1252"),  # Excel for Windows, Indonesian settings
        ({"delimiter": ","}, "utf-8-sig"),  # Excel's "CSV UTF-8"
        ({"delimiter": "\t"}, "utf-16"),  # Excel's "Unicode text"
        ({"delimiter": ";", "lineterminator": "\r"}, "mac_roman"),  # Excel for Mac
        ({"delimiter": ";", "lineterminator": "\r"}, "utf-8"),
        ({"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}, "utf-8"),  # pandas, LibreOffice
        ({"delimiter": "|"}, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("parted", [False, True])
def test_every_program_is_read(how: dict[str, Any], encoding: str, parted: bool) -> None:
    records = rows(12, parted)
    records[3][0] = "Kafé “Muara” – ramai"
    articles, problems = table(written(records, **how).encode(encoding))
    assert problems == []
    assert [article.title for article in articles] == [record[0] for record in records]
    assert all(is_whole(one, parted) for one in articles if "Kafé" not in (one.title or ""))


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_excel_may_name_its_delimiter(first: str) -> None:
    articles, problems = table(f"{first}\r\n{written(rows(3), delimiter=';')}")
    assert (len(articles), problems) == (3, [])
    assert articles[0].ref.line == 3


def test_a_cell_may_be_long() -> None:
    records = rows(3, parted=True)
    records[1][3] = "\n".join(f"Baris {n}, tentang ikan." for n in range(20_000))
    articles, problems = table(written(records))
    assert problems == []
    assert [article.title for article in articles] == [record[0] for record in records]
    assert articles[1].text == records[1][3]


def test_empty_last_cells_may_be_missing() -> None:
    records = [[*record[:4], "", "", ""] for record in rows(8)]
    text = "\r\n".join(line.rstrip(",") for line in written(records).split("\r\n"))
    articles, problems = table(text)
    assert (len(articles), problems) == (8, [])
    assert [article.text for article in articles] == [record[3] for record in records]


def test_empty_cells_may_be_too_many() -> None:
    articles, problems = table(written([*record, "", ""] for record in rows(4)))
    assert (len(articles), problems) == (4, [])


def test_cells_behind_the_last_column_are_named() -> None:
    records = [*rows(3), [*rows(4)[3], "catatan", "Lanjutan teks."]]
    articles, problems = table(written(records))
    assert [is_whole(one) for one in articles] == [True] * 4
    assert problems == [
        "a.csv:5: behind the last named column, not read: 'catatan', 'Lanjutan teks.'"
    ]


@pytest.mark.parametrize("end", ["\r", "\n"])
def test_line_breaks_in_cells_without_quotation_marks(end: str) -> None:
    records = [HEADER, *rows(6, parted=True)]
    text = end.join(";".join(record).replace("\n", end * 2) for record in records)
    articles, problems = table(text)
    assert problems == []
    assert [(one.text.split("\n")[0], one.text.split("\n")[-1]) for one in articles] == [
        (TEXT.format(n), SECOND.format(n)) for n in range(6)
    ]


def test_paragraphs_below_the_last_cell() -> None:
    text = "title\tcontent\nSatu\tIkan datang.\nIkan pergi.\n\nMalam tiba.\nDua\tJala kering.\n"
    articles, problems = table(text)
    assert problems == []
    assert [one.text.split() for one in articles] == [
        ["Ikan", "datang.", "Ikan", "pergi.", "Malam", "tiba."],
        ["Jala", "kering."],
    ]


@pytest.mark.parametrize("parted", [False, True])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("broken", [0, 11, 29])
def test_one_mark_that_is_not_closed_harms_one_record(
    parted: bool, quoting: Any, broken: int
) -> None:
    lost = rows(30, parted)[broken][3] + '",'
    text = written(rows(30, parted), quoting=quoting)
    assert lost in text
    articles, problems = table(text.replace(lost, lost.replace('"', "")))
    assert len(articles) == 30
    assert all(is_whole(article, parted) for article in articles)
    (problem,) = problems
    line = 2 + broken * (1 + parted)
    assert problem.startswith(f"a.csv:{line}: a quotation mark")


@pytest.mark.parametrize("parted", [False, True])
def test_two_records_in_a_row_with_a_mark_that_is_not_closed(parted: bool) -> None:
    text = written(rows(9, parted))
    for broken in (3, 4):
        text = text.replace(rows(9, parted)[broken][3] + '",', rows(9, parted)[broken][3] + ",")
    articles, problems = table(text)
    assert all(is_whole(article, parted) for article in articles)
    # On lines of their own both are known; of parted ones nobody can tell where the second begins.
    assert len(articles) == (7 if parted else 9)
    assert [problem.partition(": ")[0] for problem in problems] == (
        ["a.csv:8"] if parted else ["a.csv:5", "a.csv:6"]
    )
    assert not parted or problems[0].endswith("skipped up to line 11")


def test_a_heading_above_the_names_and_spaces_behind_commas() -> None:
    text = 'Ekspor Muara,,\n,,\ntitle, content, link\nA, "Satu, dua.", https://muara.example/1\n'
    articles, problems = table(text)
    assert problems == []
    assert [(one.title, one.text) for one in articles] == [("A", "Satu, dua.")]
    assert articles[0].ref.line == 4


def test_a_mark_that_is_not_closed_in_a_table_of_two_columns() -> None:
    lines = [f'Pasar {n},"Jala {n}, perahu, dan ikan."' for n in range(30)]
    lines[12] = lines[12][:-1]
    articles, problems = table("\n".join(["title,content", *lines, ""]))
    assert [one.ref.line for one in articles] == [n + 2 for n in range(30) if n != 12]
    assert all(one.text.endswith("perahu, dan ikan.") for one in articles)
    assert len(problems) == 1
    assert problems[0].startswith("a.csv:14: broken CSV: ")


@pytest.mark.parametrize(
    ("line", "title", "text"),
    [
        (r'"Kata \"Ya\" itu","Wati bilang \"tidak\", lalu pergi."', 'Kata "Ya" itu', None),
        ('"Toko "Maju" buka","Wati bilang "tidak", lalu pergi."', 'Toko "Maju" buka', None),
        ('Pipa 5" bocor,Pipa 5" dan 6" bocor', 'Pipa 5" bocor', 'Pipa 5" dan 6" bocor'),
        ('"Merdeka" kata mereka,Isi tentang itu', '"Merdeka" kata mereka', "Isi tentang itu"),
    ],
)
def test_marks_that_are_not_doubled(line: str, title: str, text: str | None) -> None:
    last = "B,isi biasa saja,https://muara.example/2"
    articles, problems = table(f"title,content,link\n{line},https://muara.example/1\n{last}\n")
    assert problems == []
    assert [one.title for one in articles] == [title, "B"]
    assert articles[0].text == (text or 'Wati bilang "tidak", lalu pergi.')


def test_delimiters_in_a_text_without_quotation_marks() -> None:
    articles, problems = table(written(rows(4)).replace('"', ""))
    assert len(articles) == 4
    assert all(is_whole(article) for article in articles)
    assert problems[0] == (
        "a.csv:2: 9 columns where the first row names 7: look at this record's text"
    )


@pytest.mark.cpu_seconds(30)
def test_very_many_lines_that_are_no_records_end_nothing() -> None:
    lines = "[^1]: catatan\n" * 20_000
    last = written(rows(4)[2:]).partition("\r\n")[2]
    articles, problems = table(written(rows(2)) + lines + last, max_bytes=5_000_000)
    assert [article.title for article in articles if is_whole(article)] == [
        f"Pasar Ikan {n}" for n in range(4)
    ]
    assert len(problems) >= 20_000


def test_a_piece_of_a_record_is_no_article() -> None:
    lines = written(rows(5, parted=True), delimiter=";").replace('"', "").splitlines()
    del lines[5]  # the first line of the third record
    articles, problems = table("\n".join(lines))
    assert all(is_whole(article, parted=True) for article in articles)
    assert len(articles) == 4
    assert len(problems) == 1
    assert problems[0].startswith("a.csv:6: ")


@pytest.mark.parametrize(
    "names",
    [
        "Judul;Tanggal Terbit;Penulis;Isi Berita;Rubrik;Sumber;Tautan",
        "judul;tanggal;wartawan;isi;kategori;sumber;url",
        "post_title;post_date;author;post_content;category;source;link",
    ],
)
def test_columns_by_the_names_of_other_tables(names: str) -> None:
    records = written(rows(2), delimiter=";").partition("\n")[2]
    articles, problems = table(f"\ufeff{names}\r\n{records}")
    assert all(map(is_whole, articles))
    assert (len(articles), problems) == (2, [])
    assert articles[1].published is not None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('title,"content\n' + "tanpa akhir\n" * 20_000, "the first row, of column names: "),
        (
            "nama,harga\nA,B\n",
            "the first row must name the columns, and `content` that of the text",
        ),
        ("nama,harga\nA,B\n", "it names 'nama', 'harga'"),
        ("\n\n,,\nA,B\n", "it names none"),
        ('[{"content": "A"}]', "this is JSON: rename it to .json"),
        ('[{"title": "A, b", "content": "C"}]', "this is JSON: rename it to .json"),
        ("<!DOCTYPE html><p>content</p>", "this is a web page: rename it to .html"),
        (",".join(f"k{n}" for n in range(50)) + "\nA\n", "'k11' and 38 more"),
    ],
)
def test_a_table_that_is_refused(data: str, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        table(data)
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("unit", ['"a\n', ',"x""\n', '""', 'a,"b', "a,b\n", '",\n', ",", "\r"])
def test_nothing_takes_long(unit: str) -> None:
    """Bounds, not times: every row is looked at a few times, whatever stands in it."""
    articles, problems = table("title,content,link\n" + unit * 20_000, max_bytes=100_000)
    assert len(articles) + len(problems) <= 20_001


@pytest.mark.parametrize(
    "header",
    [
        "Judul Artikel,Tanggal Publikasi,Nama Penulis,Isi Artikel,Link Berita,Nama Media",
        "judul_berita,tgl_terbit,penulis,isi_berita,link_berita,media",
        "articleTitle,publishedAt,writer,articleText,articleUrl,publisher",
        "Headline,Published Date,Byline,Full Text,URL,Source Name",
        "news-title,news-date,reporter,news-content,permalink,outlet",
    ],
)
def test_columns_are_known_however_their_names_are_put_together(header: str) -> None:
    row = 'Panen Tiba,2024-03-04 06:10,"Ani, Unknown",Padi dipanen.,https://a.example/1,Lembah'
    (one,), problems = table(f"{header}\n{row}\n")
    assert (one.title, one.author, one.source_name) == ("Panen Tiba", "Ani", "Lembah")
    assert one.published
    assert one.published.iso == "2024-03-04T06:10+07:00"
    assert (one.source_url, one.text, problems) == ("https://a.example/1", "Padi dipanen.", [])


def test_names_of_other_tools_and_fields_that_say_nothing() -> None:
    text = (
        "headline,date_publish,authors,maintext,url,source_domain\n"
        "A,44342,\"['Wati', 'Tono']\",Isi satu,https://muara.example/1,muara.example\n"
        "B,26-May-21,Unknown,Isi dua,,unknown\n"
        "C,kemarin,admin,Isi tiga,,-\n"
        'D,\\N,[],Isi empat,,"[""muara""]"\n'
    )
    articles, problems = table(text)
    assert [one.author for one in articles] == ["Wati, Tono", None, None, None]
    assert [one.published.iso if one.published else "" for one in articles] == [
        "2021-05-26",
        "2021-05-26",
        "",
        "",
    ]
    assert [one.source_name for one in articles] == ["muara.example", None, None, "muara"]
    assert problems == ["a.csv:4: no date can be read in `publish_date`"]


def test_the_columns_of_a_form_of_google() -> None:
    head = "Timestamp,Judul,Tanggal Terbit,Isi berita lengkap,Sumber (link)"
    row = "11/10/2023 8:00:00,Pasar Ikan,09/11/2023,Nelayan menjemur jala.,https://muara.example/1"
    (article,), problems = table(f"{head}\n{row}\n")
    assert problems == []
    assert article.published is not None
    assert article.published.iso == "2023-11-09"
    assert (article.title, article.text) == ("Pasar Ikan", "Nelayan menjemur jala.")
    assert article.source_url == "https://muara.example/1"
    (article,), _ = table(
        "Timestamp,Judul,Isi\n2023-11-09 15:04,Pasar Ikan,Nelayan menjemur jala.\n"
    )
    assert article.published is not None
    assert article.published.iso == "2023-11-09T15:04+07:00"


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("Panen Raya di Muara - Kabar", "Panen Raya di Muara", "Panen Raya di Muara"),
        ("Panen Raya di Muara - Kabar", "Panen raya di hulu", "Panen Raya di Muara - Kabar"),
        ("Liga Desa - Hasil Lengkap", "Liga Desa", "Liga Desa - Hasil Lengkap"),
    ],
)
def test_a_title_with_the_site_behind_the_headline(title: str, text: str, kept: str) -> None:
    (article,), _ = table(f'title,content\n{title},"{text}\nPetani senang."\n')
    assert article.title == kept

"""Articles that are brought in: each as it was, once, and nothing written over or lost."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dwiwarta.addresses import page_key
from dwiwarta.clean import load_rules
from dwiwarta.cli import main
from dwiwarta.commands import clipboard, intake, new
from dwiwarta.commands.articlefile import escaped
from dwiwarta.commands.intake import Fate, Intake
from dwiwarta.files import write_new
from dwiwarta.model import Article
from dwiwarta.pipeline.articles import hold_articles
from dwiwarta.pipeline.whole import clean_all
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.read.markdown import markdown_to_text
from dwiwarta.settings import PROJECT_ROOT, InputSettings, load_project
from project_rig import FRESH_SIGNALS

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "imports.yml").read_text("utf-8")
)
WAIT_SECONDS = 120  # for what takes two; a busy machine may need more
PASTED = """Pasar Ikan di Ambon Dibuka Kembali
Senin, 04 Maret 2024 - 09:30 WIB
AMBON - Pasar ikan di pusat kota Ambon dibuka kembali setelah diperbaiki selama enam bulan.
Pembeli berharap harga ikan tidak naik karena sewa lapak menjadi lebih mahal.
"""
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Pasar Sayur Pindah</title></head><body><article>
<h1>Pasar Sayur Pindah</h1>
<p>Pasar sayur di tepi kota pindah ke bangunan baru pada hari Senin setelah dua tahun menunggu.</p>
<p>Para pedagang mendapat lapak dengan undian yang disaksikan warga, kata pengelola pasar.</p>
</article></body></html>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "articles").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    return root


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "masuk"
    folder.mkdir()
    return folder


def articles(folder: Path) -> tuple[Article, ...]:
    """What a build makes of the articles of a folder."""
    return clean_all(read_folder(folder, InputSettings(), ProblemLog()), load_rules(), ProblemLog())


def facts(article: Article) -> tuple[Any, ...]:
    return (
        article.title,
        article.published.iso if article.published else None,
        article.source_url,
        article.byline,
        article.source_name,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_becomes_of_a_file(
    case: dict[str, Any], project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / case["name"]).write_text(case["text"], "utf-8")
    before = contents(inbox)
    code = main(["import", "--root", str(project), str(inbox)])
    said = capsys.readouterr()
    wanted, refused = case.get("articles", []), case.get("refused", [])
    assert code == (1 if refused else 0), said
    assert contents(inbox) == before
    found = articles(project / "articles")
    assert sorted(map(facts, found), key=str) == sorted(map(tuple, wanted), key=str)
    assert said.out.count(": imported as articles/") == len(wanted)
    for path in (project / "articles").iterdir():
        assert f"articles/{path.name.removesuffix('.yml')}" in said.out
    for reason in refused:
        assert sum(reason in line and ": refused: " in line for line in said.err.splitlines()) == 1
    for number, count in zip(found, case.get("paragraphs", []), strict=False):
        assert len(number.paragraphs) == count
    for words in case.get("absent", []):
        assert all(words not in " ".join(article.paragraphs) for article in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_imported_and_built_is_as_built_from_the_file_itself(
    case: dict[str, Any], project: Path, inbox: Path
) -> None:
    (inbox / case["name"]).write_text(case["text"], "utf-8")
    main(["import", "--root", str(project), str(inbox)])
    pages = [(facts(one), one.paragraphs, one.category) for one in articles(project / "articles")]
    raw = [(facts(one), one.paragraphs, one.category) for one in articles(inbox)]
    assert sorted(pages, key=str) == sorted(raw, key=str)


def test_twice_is_once(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for case in CASES:
        (inbox / case["name"]).write_text(case["text"], "utf-8")
    main(["import", "--root", str(project), str(inbox)])
    first, said = contents(project / "articles"), capsys.readouterr().out
    main(["import", "--root", str(project), str(inbox)])
    again = capsys.readouterr().out
    assert contents(project / "articles") == first
    assert ": imported as" in said
    assert ": imported as" not in again
    assert again.count(": already there as articles/") == said.count(": imported as articles/")


def test_what_an_editor_left_out_does_not_come_back(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.html").write_text(PAGE, "utf-8")
    assert main(["import", "--root", str(project), str(inbox)]) == 0
    (place,) = (project / "articles").iterdir()
    place.with_name(f"{place.name}.yml").write_text("skip: true\n", "utf-8")
    assert main(["import", "--root", str(project), str(inbox)]) == 0
    assert "already there as" in capsys.readouterr().out
    assert len(list((project / "articles").iterdir())) == 2


def test_the_same_address_with_another_text_is_said_and_nothing_is_changed(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {"title": "Air Naik", "content": "Air sungai naik sejak pagi hari tadi."}
    one = {**record, "link": "https://www.air.example/naik/"}
    other = {**record, "content": "Air surut.", "link": "http://air.example/naik?utm_medium=rss#x"}
    (inbox / "a.json").write_text(json.dumps([one]), "utf-8")
    (inbox / "b.json").write_text(json.dumps([other]), "utf-8")
    assert main(["import", "--root", str(project), str(inbox / "a.json")]) == 0
    before = contents(project / "articles")
    options = ["--move", "--root", str(project), str(inbox / "b.json")]
    assert main(["import", *options]) == 0
    assert (inbox / "b.json").exists()
    assert "(the same address, with another text)" in capsys.readouterr().out
    assert contents(project / "articles") == before


DECIDED = """\
source_name: Kabar Pesisir
records:
  1:
    if_title: Pasar Ikan
    same_as: https://kabar.example/pasar
    not_story: [banjir.txt, "gempa.json#0123456789ab"]
    countries: [TL]
    topics: [politics]
    drop: [Ikuti kami]
    slug: pasar-ikan-ambon
    outlet: kompas
"""


def test_what_was_decided_about_a_record_comes_along_with_it(project: Path, inbox: Path) -> None:
    records = [
        {"title": "Pasar Ikan Dibuka", "content": f"{PASTED}\n\nIkuti kami di saluran kami."},
        {"title": "Hujan", "content": "Hujan turun sepanjang hari di kota itu, kata warga."},
    ]
    (inbox / "a.json").write_text(json.dumps(records), "utf-8")
    (inbox / "a.json.yml").write_text(DECIDED, "utf-8")
    before = {one.title: intake._decided(one) for one in articles(inbox)}
    assert len(before["Pasar Ikan Dibuka"]) == 7
    assert main(["import", "--move", "--root", str(project), str(inbox)]) == 0
    assert {one.title: intake._decided(one) for one in articles(project / "articles")} == before
    assert contents(inbox) == {}


def test_what_is_decided_in_a_second_file_of_an_article_is_said_not_to_be_taken(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.txt").write_text(PASTED, "utf-8")
    (inbox / "a.txt.yml").write_text("same_as: b.txt\ncountries: [TL]\n", "utf-8")
    assert main(["import", "--root", str(project), str(inbox)]) == 0
    mine = contents(project / "articles")
    capsys.readouterr()
    assert main(["import", "--root", str(project), str(inbox)]) == 0
    assert "already there" in (said := capsys.readouterr().out)
    assert "decided in" not in said
    (inbox / "a.txt.yml").write_text("same_as: [b.txt, c.txt]\ncountries: [TL]\n", "utf-8")
    assert main(["import", "--move", "--root", str(project), str(inbox)]) == 0
    assert "(the same text; decided in this one alone: same_as)" in capsys.readouterr().out
    assert contents(project / "articles") == mine
    assert set(contents(inbox)) == {"a.txt", "a.txt.yml"}, "it is the only place that says so"


def test_files_of_one_name_do_not_meet(project: Path, inbox: Path) -> None:
    texts = ("Air sungai naik sejak pagi hari.", "Air laut surut pada siang hari.")
    for number, text in enumerate(texts):
        body = f"---\ntitle: Kabar Air\ndate: 2024-01-02\n---\n{text}\n"
        (inbox / f"{number}.md").write_text(body, "utf-8")
    taken = project / "articles" / "2024-01-02-kabar-air.md"
    taken.write_text("---\ntitle: Lain\n---\nIsi yang lain sama sekali, milik orang.\n", "utf-8")
    mine = taken.read_bytes()
    assert main(["import", "--root", str(project), str(inbox)]) == 0
    assert taken.read_bytes() == mine
    names = sorted(path.name for path in (project / "articles").iterdir())
    assert names == [f"2024-01-02-kabar-air{part}.md" for part in ("-2", "-3", "")]


def test_a_sidecar_comes_along_and_move_takes_what_was_taken_only(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.html").write_text(PAGE, "utf-8")
    (inbox / "a.html.yml").write_text("topics: [politics]\n", "utf-8")
    (inbox / "b.txt").write_text("ya", "utf-8")
    assert main(["import", "--move", "--root", str(project), str(inbox)]) == 1
    (sidecar,) = (project / "articles").glob("*.yml")
    assert sidecar.read_text("utf-8") == "topics: [politics]\n"
    assert sidecar.with_suffix("").read_text("utf-8") == PAGE
    assert not (inbox / "a.html").exists()
    assert not (inbox / "a.html.yml").exists()
    assert (inbox / "b.txt").exists()
    assert "1 imported, 1 refused" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("head", "text", "sidecar", "goes"),
    [
        ("", PASTED, "", True),
        ("---\ntopics: [politics]\n---\n", PASTED, "", False),
        ("", PASTED, "topics: [politics]\n", False),
    ],
)
def test_move_removes_nothing_that_was_not_taken(
    project: Path, inbox: Path, head: str, text: str, sidecar: str, goes: bool
) -> None:
    (project / "articles" / "mine.txt").write_text(PASTED, "utf-8")
    file = inbox / ("a.md" if head else "a.txt")
    file.write_text(head + text, "utf-8")
    if sidecar:
        (inbox / "a.txt.yml").write_text(sidecar, "utf-8")
    before = contents(inbox)
    assert main(["import", "--move", "--root", str(project), str(inbox)]) == 0
    assert contents(project / "articles") == {"mine.txt": PASTED.encode()}
    assert contents(inbox) == ({} if goes else before)


def test_move_leaves_a_record_whose_date_was_not_understood(project: Path, inbox: Path) -> None:
    rows = "title,content,publish_date\nHarga Garam,Harga garam naik di pasar desa.,kemarin sore\n"
    (inbox / "a.csv").write_text(rows, "utf-8")
    assert main(["import", "--move", "--root", str(project), str(inbox)]) == 0
    assert len(articles(project / "articles")) == 1
    assert contents(inbox) == {"a.csv": rows.encode()}


def test_a_second_sheet_of_articles_is_named_and_not_lost(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for title, text in (("Maret", ROW[3]), ("April", "Garam dijual murah di desa kami.")):
        sheet = book.create_sheet(title)
        sheet.append(HEAD[:4])
        sheet.append([*ROW[:3], text])
    book.create_sheet("Kosong").append(HEAD)
    book.save(inbox / "a.xlsx")
    assert main(["import", "--move", "--root", str(project), str(inbox)]) == 1
    assert len(articles(project / "articles")) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "'April'" in line
    assert (inbox / "a.xlsx").exists()


@pytest.mark.parametrize(
    ("front", "sidecar", "said"),
    [
        ("title: [a\n", "", "a.md:3: refused: broken YAML"),
        ("date: besok\nskip: mungkin\n", "", "a.md:3: refused: skip: must be true or false"),
        ("", "date: besok\nskip: mungkin\n", "a.txt.yml:2: refused: skip: must be true or false"),
    ],
)
def test_a_refusal_names_the_fault_that_it_is_for_and_its_line(
    front: str,
    sidecar: str,
    said: str,
    project: Path,
    inbox: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = inbox / ("a.md" if front else "a.txt")
    file.write_text(f"---\n{front}---\n{PASTED}" if front else PASTED, "utf-8")
    if sidecar:
        (inbox / "a.txt.yml").write_text(sidecar, "utf-8")
    assert main(["import", "--root", str(project), str(inbox)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_what_is_not_there_is_said_to_be_not_there(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--root", str(project), str(inbox / "berita")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_what_lies_in_articles_is_not_imported(project: Path) -> None:
    (project / "articles" / "a.html").write_text(PAGE, "utf-8")
    assert main(["import", "--root", str(project), str(project / "articles")]) == 1
    assert [path.name for path in (project / "articles").iterdir()] == ["a.html"]


def test_a_folder_around_the_project_is_not_imported(project: Path, tmp_path: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "a.html").write_text(PAGE, "utf-8")
    for folder in (project, tmp_path):
        assert main(["import", "--root", str(project), str(folder)]) == 1
    assert list((project / "articles").iterdir()) == []


def test_nothing_is_imported_through_a_link(project: Path, inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.html").write_text(PAGE, "utf-8")
    (project / "articles").rmdir()
    (tmp_path / "lain").mkdir()
    (project / "articles").symlink_to(tmp_path / "lain")
    assert main(["import", "--root", str(project), str(inbox)]) == 1
    assert list((tmp_path / "lain").iterdir()) == []


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Catatan"])
    sheet = book.create_sheet("Berita")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ["title", "publish_date", "author", "content", "keyword", "category", "source", "link"]
ROW = ["Harga Garam", "2024-06-07 08:09:00", "Eka", "Harga garam naik di pasar."]


def test_a_workbook_is_read_as_a_table_is(project: Path, inbox: Path) -> None:
    row = [*ROW, "garam", "ekonomi", "garam.example", "https://garam.example/1"]
    dated = [*row[:1], datetime(2024, 6, 7, 8, 9), "Eka", "Garam dijual murah di desa.", *row[4:7]]  # noqa: DTZ001
    (inbox / "a.xlsx").write_bytes(workbook([HEAD, row, [], dated, ["Kosong"]]))
    assert main(["import", "--root", str(project), str(inbox)]) == 1
    found = articles(project / "articles")
    assert {facts(one)[:2] for one in found} == {("Harga Garam", "2024-06-07T08:09+07:00")}
    assert len(found) == 2


def damaged(part: str, data: bytes) -> bytes:
    """A workbook with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([HEAD, ROW]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new_file,
    ):
        for item in old.infolist():
            whole = old.read(item) if item.filename != part else data
            new_file.writestr(item.filename, whole)
        if part.startswith("../"):
            new_file.writestr(part, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


# Two gigabytes, were its entities resolved.
LAUGH = b"".join(b'<!ENTITY x%d "%s">' % (n + 1, b"&x%d;" % n * 10) for n in range(9))
BOMB = (
    b'<!DOCTYPE a [<!ENTITY x0 "ha">' + LAUGH + b']><worksheet xmlns="http://schemas.openxmlformats'
    b'.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x9;</t>'
    b"</is></c></row></sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (damaged(SHEET, BOMB), ""),
        (damaged(SHEET, b" " * 300_000_000), "far larger unpacked"),
        (damaged(SHEET, b"<worksheet><sheetData><row r="), "no workbook of Excel"),
        (damaged("xl/workbook.xml", b""), "no workbook of Excel"),
        (workbook([["nomor", "warna"], ["a", "b"]]), "the first row must name the columns"),
        (b"PK\x03\x04 bukan", "no workbook of Excel"),
        (b"bukan buku kerja", "no workbook of Excel"),
    ],
)
@pytest.mark.cpu_seconds(30)
def test_a_hostile_workbook_is_a_line(
    data: bytes, reason: str, project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.xlsx").write_bytes(data)
    assert main(["import", "--root", str(project), str(inbox)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line


@pytest.mark.cpu_seconds(30)
def test_a_workbook_may_say_what_it_likes(project: Path, inbox: Path, tmp_path: Path) -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>content</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>Kabar pendek dari desa kami.</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    (inbox / "far.xlsx").write_bytes(damaged(SHEET, far))
    (inbox / "path.xlsx").write_bytes(damaged("../../lari.txt", b"x"))
    main(["import", "--root", str(project), str(inbox)])
    assert [one.paragraphs for one in articles(project / "articles")] != []
    assert not list(tmp_path.rglob("lari.txt"))


@pytest.mark.cpu_seconds(30)
def test_a_deep_feed_or_a_laughing_one_is_harmless(project: Path, inbox: Path) -> None:
    (inbox / "deep.xml").write_bytes(b"<rss>" + b"<a>" * 200_000)
    entities = "".join(f'<!ENTITY x{n + 1} "{f"&x{n};" * 10}">' for n in range(12))
    (inbox / "laugh.xml").write_text(
        f'<!DOCTYPE rss [<!ENTITY x0 "ha">{entities}]><rss><channel><item><title>&x12;</title>'
        "<content>Isi berita yang cukup panjang &x12;</content></item></channel></rss>"
    )
    main(["import", "--root", str(project), str(inbox)])
    assert sum(map(len, contents(project / "articles").values())) < 10_000


TEXT = st.lists(
    st.text(st.sampled_from("ab \\`*_]<>#|~%&{}$-+1.):\"'@/;"), min_size=1, max_size=30).filter(
        lambda line: line.strip() and not line.strip().isspace()
    ),
    min_size=1,
    max_size=4,
)


@given(TEXT)
@settings(max_examples=300)
def test_an_escaped_text_says_what_it_said(lines: list[str]) -> None:
    text = "\n\n".join(" ".join(line.split()) for line in lines)
    assert markdown_to_text(escaped(text))[0].split() == text.split()


SIGNS = "warga desa *air* _sungai_ # 1. - <b> naik [x] [ ] & > | ~~ ==air== ^ab %%x%% [!a]".split()  # noqa: SIM905
WORDS = st.lists(st.sampled_from(SIGNS), min_size=6, max_size=20).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
@example(["air naik"] * 2, "[ [ & > | ]")
@example(["Warga desa naik perahu."] * 2, "[ [ & > | ]")
@example(["*air* warga desa naik ke gunung", "- air", "*air* warga desa naik ke gunung"], "# 1. -")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_built_alike_before_and_after(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str], title: str
) -> None:
    root = tmp_path_factory.mktemp("p")
    (root / "articles").mkdir()
    (root / "masuk").mkdir()
    (root / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    record = {"title": title, "content": "\n".join(paragraphs), "link": "https://a.example/1"}
    (root / "masuk" / "a.json").write_text(json.dumps(record), "utf-8")
    main(["import", "-q", "--root", str(root), str(root / "masuk")])
    imported, raw = articles(root / "articles"), articles(root / "masuk")
    assert [(facts(a), a.paragraphs) for a in imported] == [(facts(a), a.paragraphs) for a in raw]


def test_what_no_file_of_its_own_would_give_back_is_refused_with_a_line(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "forms", lambda raw, article: iter(()))
    record = {"title": "Pasar Ikan", "content": "Pasar ikan di kota dibuka lagi, kata warga desa."}
    (inbox / "a.json").write_text(json.dumps(record), "utf-8")
    assert main(["import", "--root", str(project), str(inbox)]) == 1
    assert "put the file itself into articles/" in capsys.readouterr().err
    assert contents(project / "articles") == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "http://www.A.example/x/#bagian", True),
        ("https://a.example/x?utm_source=b&id=1", "https://a.example/x?id=1&fbclid=9", True),
        ("https://a.example/x?page=all", "https://a.example/x", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x", "https://b.example/x", False),
        ("https://a.example/%C3%A9", "https://a.example/é", True),
    ],
)
def test_addresses_of_one_page(one: str, other: str, same: bool) -> None:
    assert (page_key(one) == page_key(other)) is same


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    assert write_new(tmp_path / "a.txt", b"satu")
    assert not write_new(tmp_path / "a.txt", b"dua")
    assert contents(tmp_path) == {"a.txt": b"satu"}


@pytest.mark.parametrize("calculated", [False, True])
def test_rows_whose_formulas_have_no_results_are_named(
    calculated: bool, project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    long = "Pasar ikan di kota dibuka lagi, kata warga desa."
    for row in (
        ["title", "content", "category", "note"],
        ["Satu", long, "pesisir", "=1+1"],
        ['="Dua"', '=B2&" Lagi."', None, None],
        [None, None, None, None],
        ["Tiga", long.replace("ikan", "sayur"), '="pesisir"', None],
        [None, "=B2", None, None],
    ):
        book.active.append(row)
    book.save(inbox / "a.xlsx")
    if calculated:  # as Excel stores it: =1+1 has its result, the others say nothing
        with_result(inbox / "a.xlsx", "D2", "2")
    code = main(["import", "--root", str(project), str(inbox)])
    said = capsys.readouterr()
    assert said.out.count(": imported as") == 2
    assert said.err.count("formulas stored without their results") == (0 if calculated else 2)
    if not calculated:
        assert code == 1
        assert "a.xlsx:3: refused: formulas stored" in said.err
        assert "a.xlsx:6: refused: formulas stored" in said.err
        assert "pesisir; " not in said.out
        assert "formulas stored without their results ('category')" in said.out


def with_result(path: Path, cell: str, result: str) -> None:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    before = f'<c r="{cell}"><f>'
    assert before in sheet
    head, _, tail = sheet.partition(before)
    tail = tail.replace("<v />", f"<v>{result}</v>", 1).replace("<v></v>", f"<v>{result}</v>", 1)
    parts["xl/worksheets/sheet1.xml"] = (head + before + tail).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


# --- new ------------------------------------------------------------------------------------------


def run_new(project: Path, text: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    script = str(PROJECT_ROOT / "scripts" / "build.py")
    command = [sys.executable, script, "new", "--root", str(project), *options]
    return subprocess.run(command, input=text, capture_output=True, check=False)


def test_a_pasted_text_gets_its_front_matter(project: Path) -> None:
    address = "https://ambon.example/pasar-ikan"
    done = run_new(project, PASTED.encode(), "--url", address)
    assert done.returncode == 0, done.stderr
    place = project / "articles" / "2024-03-04-pasar-ikan-di-ambon-dibuka-kembali.md"
    assert place.read_text("utf-8") == (
        "---\ntitle: Pasar Ikan di Ambon Dibuka Kembali\ndate: 2024-03-04 09:30\n"
        f"source_url: {address}\n---\n\n{PASTED}"
    )
    said = done.stdout.decode()
    assert f"articles/{place.name}" in said
    assert "none found; add at the top of the file: source_name" in said
    (article,) = articles(project / "articles")
    assert len(article.paragraphs) == 2
    again = run_new(project, PASTED.encode())
    assert again.returncode == 1
    assert b"Already there: articles/2024-03-04-pasar-ikan" in again.stderr


def test_comments_above_what_is_no_page_are_no_riddle(project: Path) -> None:
    """How many there are can be tried in more ways than a machine has time for."""
    done = run_new(project, b"<!-- x -->\n" * 40 + PASTED.encode())
    assert done.returncode == 0, done.stderr
    assert [place.suffix for place in (project / "articles").iterdir()] == [".md"]


def test_a_missing_date_is_said_and_none_is_invented(project: Path) -> None:
    text = "Pasar Buah di Palu Pindah\n\nPasar buah di Palu pindah ke tepi kota, kata pengelola.\n"
    done = run_new(project, text.encode())
    assert done.returncode == 0
    assert b"Date  none found; add at the top of the file: date:" in done.stdout
    (place,) = (project / "articles").iterdir()
    assert "date" not in place.read_text("utf-8").partition("\n---\n")[0]


def test_a_saved_page_is_kept_as_it_is_with_its_address_beside_it(
    project: Path, inbox: Path
) -> None:
    (inbox / "x.html").write_text(PAGE, "utf-8")
    options = ["--url", "https://pasar.example/sayur", "--page", str(inbox / "x.html")]
    assert main(["new", "--root", str(project), *options]) == 0
    assert contents(project / "articles") == {
        "pasar-sayur-pindah.html": PAGE.encode(),
        "pasar-sayur-pindah.html.yml": b"source_url: https://pasar.example/sayur\n",
    }
    (article,) = articles(project / "articles")
    assert article.source_url == "https://pasar.example/sayur"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("front", ["---\ntitle: Kabar\n---\n", '+++\ntitle = "Kabar"\n+++\n', ""])
def test_a_markdown_page_gets_the_address_too(
    project: Path, inbox: Path, encoding: str, front: str
) -> None:
    text = f"{front}Isi “kabar” yang cukup panjang, dibaca oleh semua warga desa.\n"
    (inbox / "x.md").write_text(text, encoding)
    options = ["--url", "https://pasar.example/sayur", "--page", str(inbox / "x.md")]
    assert main(["new", "--root", str(project), *options]) == 0
    (article,) = articles(project / "articles")
    assert article.source_url == "https://pasar.example/sayur"


@pytest.mark.parametrize(
    "head",
    [
        "\n---\ntitle: Judul\nauthor: Ani\n---\n",
        "\r\n---\r\ntitle: Judul\r\nauthor: Ani\r\n---\r\n",
        "---\rtitle: Judul\rauthor: Ani\r---\r",
        "---\nsource_url:\ntitle: Judul\nauthor: Ani\n---\n",
        '\n+++\ntitle = "Judul"\nauthor = "Ani"\nsource_url = ""\n+++\n',
        "# Judul\n\n## Metadata\n- Author: [[Ani]]\n\n## Full Document\n",
    ],
)
def test_the_address_takes_nothing_from_what_stands_above_a_text(
    project: Path, inbox: Path, head: str
) -> None:
    text = f"{head}Isi kabar yang cukup panjang, dibaca oleh semua warga desa.\n"
    (inbox / "x.md").write_bytes(text.encode())
    options = ["--url", "https://pasar.example/sayur", "--page", str(inbox / "x.md")]
    assert main(["new", "--root", str(project), *options]) == 0
    (article,) = articles(project / "articles")
    assert (article.title, article.byline) == ("Judul", "Ani")
    assert article.source_url == "https://pasar.example/sayur"
    assert len(article.paragraphs) == 1


@pytest.mark.parametrize("start", ["", "---\n", "\ufeff# catatan\n", "\ufeff---\nsource_url:\n"])
def test_the_address_takes_nothing_from_a_sidecar(project: Path, inbox: Path, start: str) -> None:
    (inbox / "x.html").write_text(PAGE, "utf-8")
    (inbox / "x.html.yml").write_text(f"{start}title: Judul\n", "utf-8")
    options = ["--url", "https://pasar.example/sayur", "--page", str(inbox / "x.html")]
    assert main(["new", "--root", str(project), *options]) == 0
    (article,) = articles(project / "articles")
    assert (article.title, article.source_url) == ("Judul", "https://pasar.example/sayur")


@pytest.mark.parametrize("text", [PAGE, f"---\ntitle: Judul\n---\n{PASTED}"])
def test_pages_and_markdown_may_be_piped_too(project: Path, text: str) -> None:
    assert run_new(project, text.encode()).returncode == 0
    (place,) = (project / "articles").iterdir()
    assert place.read_text("utf-8") == text


@pytest.mark.parametrize("text", [b"", b" \n", b"\x00\x01\x02\x03" * 100, b"ya"])
def test_what_is_no_text_is_a_line_and_no_file(project: Path, text: bytes) -> None:
    done = run_new(project, text)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert list((project / "articles").iterdir()) == []


def test_the_clipboard_is_asked_by_the_command_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert clipboard.read_clipboard() is None
    for name, body in (("xclip", "exit 1"), ("xsel", 'printf "%s" "$*"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    assert clipboard.read_clipboard() == b"--clipboard --output"


def test_on_a_terminal_the_clipboard_is_taken(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(new, "read_clipboard", lambda: PASTED.encode("utf-8"))
    assert main(["new", "--root", str(project)]) == 0
    monkeypatch.setattr(new, "read_clipboard", lambda: None)
    assert main(["new", "--root", str(project)]) == 1
    assert "no command of this system gives the clipboard" in capsys.readouterr().err


def test_only_what_is_nowhere_on_the_page_counts_as_left_out(project: Path) -> None:
    done = run_new(project, PASTED.encode())
    assert b"2 paragraphs" in done.stdout
    assert b"left out" not in done.stdout, "title and date are in their fields"
    (project / "articles").joinpath("2024-03-04-pasar-ikan-di-ambon-dibuka-kembali.md").unlink()
    done = run_new(project, PASTED.encode() + b"\nBaca juga: Harga Ikan Naik di Ambon\n")
    assert b"2 paragraphs; 1 line left out" in done.stdout


@pytest.mark.parametrize("what", ["import", "build"])
def test_what_a_killed_import_left_goes_and_is_never_read(
    what: str, project: Path, inbox: Path
) -> None:
    folder = project / "articles" / "kompas"
    folder.mkdir()
    long = "2024-03-04-pasar-ikan-di-ambon-dibuka-kembali-setelah-diperbaiki.md"
    names = [f".{name[:50]}.a1b2c3d4.tmp" for name in ("a.md", "a.html.yml", "b.csv", long)]
    stay = [".a.txt.edit", ".mine.tmp", "notes.md~"]
    for name in (*names, *stay):
        (folder / name).write_text(PASTED, "utf-8")
    (inbox / "a.txt").write_text(PASTED, "utf-8")
    shutil.copy(inbox / "a.txt", project / "articles")
    words = {"import": ["import", str(inbox)], "build": ["build", "--docs-only"]}[what]
    assert main([*words, "--root", str(project)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(stay)
    assert len(articles(project / "articles")) == 1


def test_what_another_import_is_writing_stays(project: Path) -> None:
    under_way = project / "articles" / ".a.md.a1b2c3d4.tmp"
    under_way.write_text(PASTED, "utf-8")
    (project / "articles" / "a.txt").write_text(PASTED, "utf-8")
    with hold_articles(load_project(project)):
        assert main(["build", "--docs-only", "--root", str(project)]) == 0
    assert under_way.exists()


# --- import --watch -------------------------------------------------------------------------------


def test_pages_are_taken_as_they_are_saved(project: Path, inbox: Path) -> None:
    (inbox / "lama.html").write_text(PAGE.replace("Sayur", "Lama"), "utf-8")
    script = str(PROJECT_ROOT / "scripts" / "build.py")
    words = [script, "import", "--root", str(project), "--watch", str(inbox)]
    with subprocess.Popen(
        [sys.executable, "-c", FRESH_SIGNALS, *words],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert "Waiting for pages" in process.stdout.readline()
        (inbox / "foto.png").write_bytes(b"x")
        (inbox / "unduh.html.crdownload").write_text(PAGE[:200], "utf-8")
        # A browser's mark, so that a busy machine may write as slowly as it likes.
        under_way = inbox / "sayur.html.crdownload"
        under_way.touch()
        with (inbox / "sayur.html").open("w", encoding="utf-8") as file:
            for start in range(0, len(PAGE), 200):
                file.write(PAGE[start : start + 200])
                file.flush()
                time.sleep(0.1)
        under_way.unlink()
        line = process.stdout.readline()
        assert re.search(r"sayur\.html: imported as articles/pasar-sayur-pindah\.html", line)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait(WAIT_SECONDS) == 0
    assert rest.splitlines() == ["Stopped.", "1 imported"]
    assert (project / "articles" / "pasar-sayur-pindah.html").read_text("utf-8") == PAGE


def test_an_intake_says_why_by_value(project: Path, inbox: Path) -> None:
    (inbox / "a.txt").write_text(PASTED, "utf-8")
    intake = Intake(load_project(project), lambda _: None)
    fates = [next(intake.take(inbox / "a.txt", "a.txt")).fate for _ in range(2)]
    assert fates == [Fate.IMPORTED, Fate.KNOWN]

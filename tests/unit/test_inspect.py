"""`inspect` and `suggest-boilerplate`: what they print, and that they never change a file."""

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from dwiwarta.clean.rules import load_rules
from dwiwarta.clean.ruleschema import PatternRule
from dwiwarta.cli import cli

TEXT = """\
Taman Kota Dibuka Kembali
Kamis, 09 November 2023 - 15:04 WIB
KOTA BARU - Warga Jepang dan Prancis memadati taman kota pada Kamis pagi.
Baca juga: Jalur Sepeda Baru
{tail}
"""


PAGE = (
    "<html><head><title>Taman Kota Dibuka Kembali</title></head><body><article>"
    "<h1>Taman Kota Dibuka Kembali</h1>"
    "<p>Warga kembali memadati taman kota pada Minggu pagi setelah perbaikan selesai.</p>"
    "<p>Petugas menyiapkan jalur lari dan tempat bermain anak di sisi utara taman itu.</p>"
    "</article></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    berita = tmp_path / "berita"
    berita.mkdir()
    for number in range(3):
        tail = f"Ikuti Radio Kota di saluran {number}"
        (berita / f"{number}.txt").write_text(TEXT.format(tail=tail), encoding="utf-8")
    (berita / "kosong.txt").write_text("", encoding="utf-8")
    (berita / "README.md").write_text("Tentang folder ini", encoding="utf-8")
    (berita / ".tersembunyi.txt").write_text("Tidak dibaca", encoding="utf-8")
    return berita


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], catch_exceptions=False)


@pytest.mark.parametrize("options", [["inspect"], ["inspect", "--explain"], ["compare"]])
def test_no_text_of_an_article_steers_a_terminal_or_a_ci(
    tmp_path: Path, options: list[str]
) -> None:
    for name, title in (("a", "::error::Taman"), ("b", "##[error]Taman \u202eKota")):
        text = TEXT.format(tail="##[add-mask]x").replace("Taman Kota Dibuka", title)
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        beside = 'title: "::error::Taman\\e[31m\\a ##[error]"\n'
        (tmp_path / f"{name}.txt.yml").write_text(beside, "utf-8")
    shown = run(*options, tmp_path).stdout
    assert "Taman" in shown
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    assert not re.search(r"##\[|[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)


def test_one_json_object_an_article(folder: Path) -> None:
    result = run("inspect", "--jsonl", folder)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["file"] for record in records] == [f"{folder}/{n}.txt" for n in range(3)]
    first = records[0]
    assert list(first) == [
        "file",
        "title",
        "published",
        "paragraphs",
        "removed",
        "kept",
        "repairs",
        "countries",
        "topics",
    ]
    assert first["title"] == "Taman Kota Dibuka Kembali"
    assert first["published"] == "2023-11-09T15:04+07:00"
    assert first["paragraphs"][0].startswith("Warga Jepang")
    assert {"text": "Baca juga: Jalur Sepeda Baru", "reason": "boilerplate: general/read-also"} in (
        first["removed"]
    )
    found = first["countries"]["about"] + first["countries"]["mentioned"]
    assert {"JP", "FR"} <= set(found)
    assert f"{folder}/kosong.txt:1: " in result.stderr


def test_explain_gives_the_evidence_and_the_kind(folder: Path) -> None:
    result = run("inspect", "--jsonl", "--explain", folder / "0.txt")
    record = json.loads(result.stdout)
    assert {removal["kind"] for removal in record["removed"]} == {"field", "boilerplate"}
    explained = record["explain"]
    assert explained["dateline"] == "Kota Baru"
    assert explained["title_origin"] == "first line"
    japan = next(tag for tag in explained["tags"] if tag["tag"] == "JP")
    assert "Jepang" in {evidence["words"] for evidence in japan["evidence"]}


def test_text_for_a_person(folder: Path) -> None:
    result = run("inspect", "--explain", folder / "0.txt")
    assert "Taman Kota Dibuka Kembali" in result.stdout
    assert "[boilerplate] boilerplate: general/read-also" in result.stdout
    assert "dateline: Kota Baru" in result.stdout
    assert "JP" in result.stdout


def test_a_glob_may_name_what_lies_beside_the_articles(folder: Path) -> None:
    (folder / "0.txt.po").write_text("", encoding="utf-8")
    (folder / "0.txt.yml").write_text("countries: [JP]\n", encoding="utf-8")
    (folder / "berita.jsonl.d").mkdir()
    (folder / "berita.jsonl.d" / "abc.po").write_text("", encoding="utf-8")
    (folder / "halaman_files").mkdir()
    (folder / "halaman_files" / "iklan.html").write_text("<p>Iklan</p>", encoding="utf-8")
    alone = folder / "lain.txt.yml"
    alone.write_text("title: A\n", encoding="utf-8")
    (folder / "kosong.txt").unlink()
    (folder / "halaman.html").write_text(PAGE, encoding="utf-8")
    result = run("inspect", "--jsonl", *sorted(folder.iterdir()))
    files = [json.loads(line)["file"] for line in result.stdout.splitlines()]
    assert files == [f"{folder}/{name}" for name in ("0.txt", "1.txt", "2.txt", "halaman.html")]
    (said,) = result.stderr.splitlines()
    assert said.startswith(f"{alone}:1: not a kind of file that can be read (.txt ")


def test_a_whole_disk_is_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    up = "/".join([".."] * (len(tmp_path.parts) - 1))
    for given in ("/", up):
        result = run("inspect", given)
        assert not result.stdout
        assert f"{given}:1: the whole disk: name a folder of it" in result.stderr


def test_what_drop_names_and_no_paragraph_begins_with_is_reported(folder: Path) -> None:
    (folder / "0.txt.yml").write_text("drop: [Warga Jepang, Tidak ada]\n", encoding="utf-8")
    tail = "Ikuti Radio Kota di saluran 0"
    result = run("inspect", folder / "0.txt")
    assert result.stderr == f"{folder}/0.txt:1: drop: no paragraph begins with 'Tidak ada'\n"
    assert (
        "[editor] editor: drop: Warga Jepang"
        in run("inspect", "--explain", folder / "0.txt").stdout
    )
    assert tail in result.stdout


def test_suggestions_are_entries_that_an_editor_completes(folder: Path) -> None:
    result = run("suggest-boilerplate", "--least", "3", folder)
    entries = yaml.safe_load(result.stdout)
    entry = next(one for one in entries if one["matches"] == "Ikuti Radio Kota di saluran 0")
    assert "# in 3 articles of 1 outlets" in result.stdout
    rule = PatternRule.model_validate(entry)
    assert rule.pattern == r"^Ikuti Radio Kota di saluran \d{1,9}$"


def test_suggestions_can_be_pasted_below_general(folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        lines = "TULIS KOMENTAR ANDA!\nTulis komentar\n2\n1.500\n- 7\n(a+)+ dan lain-lain"
        text = f"Judul Nomor {number}\nWarga nomor {number} senang sekali.\n{lines}\n"
        (folder / f"lagi{number}.txt").write_text(text, encoding="utf-8")
    result = run("suggest-boilerplate", "--least", "3", folder)
    path = tmp_path / "boilerplate.yml"
    path.write_text(f"general:\n{result.stdout}outlets: []\n", encoding="utf-8")
    names = [pattern.name for pattern in load_rules(path).general]
    assert "general/ikuti-radio-kota-di" in names
    assert len(names) == len(set(names))
    rules = [PatternRule.model_validate(entry) for entry in yaml.safe_load(result.stdout)]
    assert not [rule for rule in rules if not any(map(str.isalpha, rule.matches[0]))]
    for rule in rules:
        assert re.search(rule.pattern, rule.matches[0])
        assert not re.search(rule.pattern, rule.spares[0])


def test_a_line_in_few_articles_is_no_suggestion(folder: Path) -> None:
    result = run("suggest-boilerplate", "--least", "4", folder)
    assert yaml.safe_load(result.stdout) is None


def test_a_shared_paragraph_is_no_suggestion(tmp_path: Path) -> None:
    long = (
        "Warga kembali memadati taman kota pada Minggu pagi setelah perbaikan selesai pekan lalu."
    )
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"Judul Nomor {number}\n{long}\n", encoding="utf-8")
    result = run("suggest-boilerplate", tmp_path)
    assert long not in result.stdout


def test_parted_words_are_named_as_repairs(folder: Path) -> None:
    (folder / "0.txt").write_text(
        "Jalur Sepeda DibukadiKota Ini\nWarga diJepangmenyambut jalur (baru)itu hari ini.\n",
        encoding="utf-8",
    )
    record = json.loads(run("inspect", "--jsonl", folder / "0.txt").stdout)
    assert record["paragraphs"] == ["Warga di Jepang menyambut jalur (baru) itu hari ini."]
    assert {"text": "diJepangmenyambut", "repaired": "di Jepang menyambut"} in record["repairs"]
    assert {"text": "(baru)itu", "repaired": "(baru) itu"} in record["repairs"]
    assert "~ parted: (baru)itu → (baru) itu" in run("inspect", folder / "0.txt").stdout

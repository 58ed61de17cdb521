"""Decisions about single records of an export, and about all articles of a folder."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_read_overrides import as_written

from dwiwarta.clean import load_rules
from dwiwarta.model import RawArticle
from dwiwarta.pipeline.looked import look_at
from dwiwarta.pipeline.whole import clean_each
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file, read_folder
from dwiwarta.settings import InputSettings
from dwiwarta.tag import load_tagger
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases"
RECORDS = (
    {
        "link": "https://kabar.example/rapat",
        "title": "Rapat di Kupang",
        "content": "Rapat selesai.",
    },
    {"link": "https://kabar.example/gempa", "title": "Gempa Kecil", "content": "Tidak ada korban."},
    {"title": "Banjir di Malaka", "content": "Air surut pada sore hari."},
)
ARTICLE = """Perpustakaan Keliling Dibuka

Rabu, 08 Mei 2024 - 10:20

Pemerintah kota membuka perpustakaan keliling baru untuk anak-anak di tepi pantai.

Wali kota mengatakan perpustakaan itu membawa lima ratus buku cerita dan peta lama.
"""


def read(
    folder: Path, sidecar: str, records: Any = RECORDS
) -> tuple[dict[str, RawArticle], ProblemLog]:
    path = folder / "berita.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), "utf-8")
    path.with_name("berita.jsonl.yml").write_text(sidecar, "utf-8")
    problems = ProblemLog()
    found = read_file(path, "berita.jsonl", InputSettings(), problems)
    return {one.title or "": one for one in found}, problems


def test_every_correction_is_read_as_it_says(tmp_path: Path) -> None:
    def check(case: dict[str, Any]) -> None:
        found, problems = read(tmp_path, case["sidecar"])
        assert {title: as_written(one.overrides) for title, one in found.items()} == case["is"]
        expected = case.get("problems", [])
        assert problems.count == len(expected), problems.lines()
        for problem, words in zip(problems.all, expected, strict=True):
            assert str(problem).startswith(f"berita.jsonl.yml:{words}")

    check_each(cases(CASES / "read_corrections.yml"), check)


def test_a_record_is_known_by_the_id_that_commands_show(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "records:\n")
    key = found["Banjir di Malaka"].ref.key
    corrected, problems = read(tmp_path, f"records:\n  {key}: {{countries: [TL]}}\n")
    assert corrected["Banjir di Malaka"].overrides.countries == ("TL",)
    assert not problems.count


@given(st.integers(0, 2**32))
def test_corrections_survive_rows_in_another_order(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("export")
    sidecar = (
        "records:\n  https://kabar.example/rapat: {countries: [TL]}\n"
        "  2: {if_title: Gempa Kecil, countries: [JP]}\n"
    )
    records = [*RECORDS, *({"title": f"Kabar {n}", "content": f"Kabar ke-{n}."} for n in range(3))]
    random.Random(seed).shuffle(records)
    found, problems = read(folder, sidecar, records)
    assert found["Rapat di Kupang"].overrides.countries == ("TL",)
    assert found["Gempa Kecil"].overrides.countries == ("JP",)
    assert sum(one.overrides.countries is not None for one in found.values()) == 2
    assert not problems.count


def test_every_folder_gives_what_it_says(tmp_path: Path) -> None:
    rules, tagger = load_rules(), load_tagger()

    def check(case: dict[str, Any]) -> None:
        root = tmp_path / case["name"]
        for name, text in {"a/b/x.txt": ARTICLE, **case["files"]}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        problems = ProblemLog()
        raws = read_folder(root, InputSettings(), problems)
        (article,) = clean_each(raws, rules, problems)
        tags = tagger.tag(article)
        made = {
            "published": article.published.iso if article.published else None,
            "about": list(tags.about),
            "topics": [topic.id for topic in tags.topics],
        }
        for key, value in case["is"].items():
            assert made.get(key, getattr(article, key, None)) == value, key
        if "from" in case:
            assert {key: file for key, file, _ in article.overrides.places} == case["from"]
        expected = case.get("problems", [])
        assert problems.count == len(expected), problems.lines()
        for problem, words in zip(problems.all, expected, strict=True):
            assert str(problem).startswith(words)

    check_each(cases(CASES / "folder_defaults.yml"), check)


def test_a_link_gives_no_defaults(tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("author: Orang Lain\n", "utf-8")
    root = tmp_path / "articles"
    root.mkdir()
    (root / "x.txt").write_text(ARTICLE, "utf-8")
    (root / "_defaults.yml").symlink_to(tmp_path / "outside.yml")
    problems = ProblemLog()
    (raw,) = read_folder(root, InputSettings(), problems)
    assert raw.defaults.author is None
    assert [str(p) for p in problems.all] == [
        "_defaults.yml:1: folder defaults may not be a link: not read"
    ]


def test_a_file_that_is_looked_at_alone_has_its_folders_defaults(tmp_path: Path) -> None:
    root = tmp_path / "articles"
    (root / "a").mkdir(parents=True)
    (root / "_defaults.yml").write_text("author: Redaksi\n", "utf-8")
    (root / "a" / "x.txt").write_text(ARTICLE, "utf-8")
    problems = ProblemLog()
    ((one,),) = look_at(tmp_path, [root / "a" / "x.txt"], problems).files(problems)
    assert one.article.byline == "Redaksi"
    assert one.article.overrides.places == (("author", "articles/_defaults.yml", 1),)
    ((one,),) = look_at(tmp_path / "a", [root / "a"], problems).files(problems)
    assert one.article.byline is None

"""The articles folder: what is read, what is left alone, what is reported."""

import os
from pathlib import Path

import pytest

from dwiwarta.errors import UnreadableError
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.settings import InputSettings


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Judul {name}\nTeks.", encoding="utf-8")


def read(root: Path) -> tuple[list[str], list[str]]:
    problems = ProblemLog()
    articles = read_folder(root, InputSettings(), problems)
    return [article.ref.key for article in articles], [str(p) for p in problems.all]


def test_sub_folders_in_a_fixed_order(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.txt", "a/b/c.TXT", "B.txt", "a-b.txt")
    names, problems = read(tmp_path)
    assert names == sorted(names) == ["B.txt", "a-b.txt", "a/b/c.TXT", "a/z.txt", "b.txt"]
    assert problems == []


def test_a_folder_that_cannot_be_read_is_named_as_it_is_written(tmp_path: Path) -> None:
    problems = ProblemLog()
    with pytest.raises(UnreadableError) as error:
        read_folder(tmp_path / "articles", InputSettings(), problems.inside("articles"))
    assert (
        str(error.value)
        == "articles:1: cannot be read: no such folder: make it, and put articles into it"
    )


def test_what_is_none_of_our_business(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "a.txt.po", "export.csv.d/x.po", "README.md", "readme.txt")
    put(tmp_path, ".git/config.txt", ".hidden.txt", "sub/.DS_Store")
    (tmp_path / "a.txt.yml").write_text("title: A\n")
    assert read(tmp_path) == (["a.txt"], [])


def test_the_pictures_of_a_saved_page(tmp_path: Path) -> None:
    (tmp_path / "halaman.html").write_text("<article><h1>Judul</h1><p>Teks berita.</p></article>")
    put(tmp_path, "halaman_files/ad.html", "halaman_files/x.js", "lain_files/b.txt")
    assert read(tmp_path) == (["halaman.html", "lain_files/b.txt"], [])


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "c.txt", "d.docx")
    (tmp_path / "b.txt").write_bytes(b"")
    names, problems = read(tmp_path)
    assert names == ["a.txt", "c.txt"]
    assert problems == [
        "b.txt:1: the file is empty",
        "d.docx:1: not a kind of file that can be read (save it as .txt)",
    ]


def test_pictures_and_what_programs_leave_are_noted_and_never_counted(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "foto.JPG", "Thumbs.db", "sub/desktop.ini", "b.txt.crdownload", "c.txt~")
    put(tmp_path, "~$naskah.docx")
    problems = ProblemLog()
    articles = read_folder(tmp_path, InputSettings(), problems.inside("articles"))
    assert [article.ref.path for article in articles] == ["a.txt"]
    assert problems.count == 0
    assert problems.lines() == [
        "note: articles/Thumbs.db: no article, left alone",
        "note: articles/b.txt.crdownload: no article, left alone",
        "note: articles/c.txt~: no article, left alone",
        "note: articles/foto.JPG: no article, left alone",
        "note: articles/sub/desktop.ini: no article, left alone",
        "note: … and 1 more like these",
    ]


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("a.xls", "save the sheet as .xlsx or CSV UTF-8 (.csv)"),
        ("a.pdf", "copy its text into a .txt file"),
        ("a.RTF", "save it as .txt"),
        ("a.zip", "unpack it"),
        ("a.tsv", "rename it to .csv"),
        ("a.dat", ".xml .rss .atom .rdf .wxr"),
    ],
)
def test_what_may_be_an_article_is_a_warning_with_a_way_out(
    tmp_path: Path, name: str, way_out: str
) -> None:
    put(tmp_path, name)
    _, problems = read(tmp_path)
    (problem,) = problems
    assert problem.startswith(f"{name}:1: not a kind of file that can be read (")
    assert problem.endswith(f"{way_out})")


def test_a_sidecar_without_its_article(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("title: A\n")
    names, problems = read(tmp_path)
    assert names == []
    assert problems == ["a.yml:1: belongs to no article: there is no file 'a'"]


def test_links_are_followed_inside_only(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "articles"
    put(outside, "secret.txt")
    put(root, "a.txt")
    (root / "inside.txt").symlink_to(root / "a.txt")
    (root / "leak.txt").symlink_to(outside / "secret.txt")
    (root / "gone.txt").symlink_to(root / "nothing.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "out").symlink_to(outside, target_is_directory=True)
    names, problems = read(root)
    assert names == ["a.txt", "inside.txt"]
    assert [problem.split(": ")[0] for problem in problems] == [
        "gone.txt:1",
        "leak.txt:1",
        "loop:1",
        "out:1",
        "self.txt:1",
    ]


def test_a_linked_sidecar_cannot_leak_a_file_either(tmp_path: Path) -> None:
    root = tmp_path / "articles"
    put(root, "a.txt")
    (tmp_path / "secret").write_text("title: Rahasia\n")
    (root / "a.txt.yml").symlink_to(tmp_path / "secret")
    problems = ProblemLog()
    articles = read_folder(root, InputSettings(), problems)
    assert [article.overrides.title for article in articles] == [None]
    assert problems.count == 1


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"kopi\xe9.txt")).write_text("Judul\nTeks")
    except OSError:
        return  # this file system allows no such names (macOS)
    names, problems = read(tmp_path)
    assert names == []
    assert problems == ["kopi\\xe9.txt:1: the file's name is not valid UTF-8: rename it"]


def test_a_bad_name_says_nothing_of_the_names_after_it(tmp_path: Path) -> None:
    put(tmp_path, "lemon.txt")
    (tmp_path / "angka\n7.txt").write_text("Judul\nTeks")
    (tmp_path / "zaitun.txt").symlink_to(tmp_path / "nowhere")
    names, problems = read(tmp_path)
    assert names == ["lemon.txt"]
    assert problems[0].startswith("angka\\n7.txt:1: ")
    assert problems[1].startswith("zaitun.txt:1: a link out")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\n::warning file=x::b.txt", "a\\n::warning file=x::b.txt"),
        ("merah\x1b[31m.txt", "merah\\x1b[31m.txt"),
        ("dua\u2028baris.txt", "dua\\u2028baris.txt"),
        ("lonceng\x07/a.txt", "lonceng\\x07/a.txt"),
    ],
)
def test_a_name_that_steers_a_terminal_or_a_ci(tmp_path: Path, name: str, shown: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("Judul\nTeks")
    names, problems = read(tmp_path)
    assert names == []
    assert problems == [f"{shown}:1: the file's name has a control character in it: rename it"]


def test_no_line_begins_with_a_command_of_a_ci(tmp_path: Path) -> None:
    for name in ("::error::a.txt", "##[error]b.txt"):
        (tmp_path / name).write_text("")
    _, problems = read(tmp_path)
    assert [line.partition(":1:")[0] for line in problems] == [
        r"#\x23[error]b.txt",
        "./::error::a.txt",
    ]


@pytest.mark.parametrize("character", ["a", "é"])
@pytest.mark.parametrize("size", [250, 252, 254])
def test_a_name_that_leaves_no_room_for_its_memory(
    tmp_path: Path, size: int, character: str
) -> None:
    name = character * ((size - 4) // len(character.encode())) + ".txt"
    put(tmp_path, name)
    names, problems = read(tmp_path)
    assert (names == [name]) == (size <= 250)
    assert [f"{size} bytes" in line for line in problems] == [True] * (size > 250)


def test_an_empty_folder(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [])

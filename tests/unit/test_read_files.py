"""Single files: what each form gives, and what is said of files that cannot be used."""

import os
from pathlib import Path

import pytest

from dwiwarta.errors import ArticleError
from dwiwarta.model import Overrides, RawArticle
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import InputSettings

SETTINGS = InputSettings(max_article_mb=0.1, max_export_mb=0.2)


def read(path: Path, problems: ProblemLog | None = None) -> tuple[RawArticle, ...]:
    return read_file(path, path.name, SETTINGS, problems or ProblemLog())


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_pasted_text_keeps_its_title_and_date_lines(tmp_path: Path) -> None:
    text = "Judul Berita\nKamis, 9 November 2023 - 15:04 WIB\nSEOUL - Paragraf.\n"
    (article,) = read(write(tmp_path, "a.txt", text.replace("\n", "\r\n")))
    assert article.text == text
    assert (article.title, article.published, article.text_line) == (None, None, 1)
    assert article.ref.key == "a.txt"


def test_markdown_is_read_below_its_front_matter(tmp_path: Path) -> None:
    body = "# Tajuk\n\n**tebal** [x](javascript:alert(1)) {{ 7*7 }}\n\n![foto](a.png)\n"
    path = write(tmp_path, "a.md", f"\ufeff---\ntitle: Judul\nsample: true\n---\n{body}")
    (article,) = read(path)
    assert article.text == "Tajuk\n\ntebal x {{ 7*7 }}"
    assert article.text_line == 5
    assert article.title is None
    assert article.overrides.title == "Judul"
    assert article.overrides.sample
    assert [removal.text for removal in article.left_out] == ["foto"]


def test_front_matter_is_no_longer_than_a_sidecar(tmp_path: Path) -> None:
    """Parsing YAML with its lines takes seconds a megabyte."""
    path = tmp_path / "a.md"
    for rows in (100, 2_000):
        front = "".join(f"x{number}: {'a' * 100}\n" for number in range(rows))
        path.write_text(f"---\n{front}---\n\nJudul Berita\n\nTeks.\n", "utf-8")
        if rows == 100:
            assert read_file(path, "a.md", InputSettings(), ProblemLog())
    with pytest.raises(ArticleError, match=r"a\.md:1: its front matter is too large: 0\.2 MB"):
        read_file(path, "a.md", InputSettings(), ProblemLog())


@pytest.mark.parametrize(("name", "like"), [("a.text", "a.txt"), ("a.markdown", "a.md")])
def test_other_endings_of_text(tmp_path: Path, name: str, like: str) -> None:
    text = "Judul Berita\n\nTeks *miring*.\n"
    (one,), (other,) = read(write(tmp_path, name, text)), read(write(tmp_path, like, text))
    assert (one.text, one.title) == (other.text, other.title)


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    (article,) = read(write(tmp_path, "a.md", "Judul\n\n---\n\nTeks.\n"))
    assert article.text == "Judul\n\nTeks."


def test_what_looks_like_markdown_in_a_pasted_text_stays(tmp_path: Path) -> None:
    text = "# Bukan tajuk\n\n**tebal** [x](javascript:alert(1)) {{ 7*7 }}\n---\n"
    (article,) = read(write(tmp_path, "a.txt", text))
    assert article.text == text


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\ntitle: Judul\nwarna: x\n---\n", 3),
        ("---  \r\ntitle: Judul\r\n# catatan\r\nwarna: x\r\n---\t\r\n", 4),
        ("\n\n---\ntitle: Judul\nwarna: x\n...\n", 5),
        ('+++\ntitle = "Judul"\nwarna = "x"\n+++\n', 3),
        ('+++\ntitle = "Judul"\n\n[warna]\nx = 1\n+++ \n', 4),
    ],
)
def test_forms_of_front_matter(tmp_path: Path, front: str, line: int) -> None:
    problems = ProblemLog()
    (article,) = read(write(tmp_path, "a.md", f"\ufeff{front}Teks."), problems)
    assert (article.text, article.overrides.title) == ("Teks.", "Judul")
    assert article.text_line == front.count("\n") + 1
    assert [str(problem) for problem in problems.all] == [
        f"a.md:{line}: unknown key 'warna'; ignored"
    ]


@pytest.mark.parametrize("ending", [".yml", ".yaml"])
def test_a_sidecar_decides(tmp_path: Path, ending: str) -> None:
    write(tmp_path, f"a.txt{ending}", "title: Lain\ncountries: [Wakanda]\n")
    problems = ProblemLog()
    (article,) = read(write(tmp_path, "a.txt", "Judul\nTeks."), problems)
    assert article.overrides.title == "Lain"
    assert [str(p).split(": ")[0] for p in problems.all] == [f"a.txt{ending}:2"]


@pytest.mark.parametrize(
    "front",
    [
        "date: 2026-11-27\nsource: Harian Purnama\n",
        "# dari redaksi\ntitle: Judul\ntags:\n- pasar\n  # dan\n- ikan\n",
        "\nSource URL: https://a.example/1\ncountries: []\n",
    ],
)
def test_a_text_may_begin_with_front_matter(tmp_path: Path, front: str) -> None:
    (article,) = read(write(tmp_path, "a.txt", f"---\n{front}---\nJudul\n\nTeks."))
    assert article.text == "Judul\n\nTeks."
    assert article.text_line == front.count("\n") + 3
    assert article.overrides.places


@pytest.mark.parametrize(
    "text",
    [
        "---\nWali kota: tidak ada banjir\n---\nTeks.",  # no key that we know
        "---\nStatus: siaga\nLokasi: Muara\n---\nTeks.",  # none that says something for us
        "---\nTitle: Lomba Lari\nDate: 12 November 2023\nTempat: Balai Desa\nBiaya: 0\n---\nTeks.",
        "---\ntitle: Judul\nWarga mengungsi.\n---\nTeks.",  # a line of text
        "---\ntitle: Judul\nTeks.",  # never closed
        "--\ntitle: Judul\n---\nTeks.",
        "+++\ntitle = 'Judul'\n+++\nTeks.",
    ],
)
def test_lines_of_a_text_are_its_own_unless_they_are_keys(tmp_path: Path, text: str) -> None:
    (article,) = read(write(tmp_path, "a.txt", text))
    assert (article.text, article.overrides) == (text, Overrides())


def test_a_sidecar_counts_above_the_front_matter_of_a_text(tmp_path: Path) -> None:
    write(tmp_path, "a.txt.yml", "title: Baru\ndrop: [Lihat]\n")
    front = "title: Lama\nauthor: Budi\nskip: true\ndrop: [Iklan]\ncountries: []\n"
    (article,) = read(write(tmp_path, "a.txt", f"---\n{front}---\nTeks."))
    decided = article.overrides
    assert (decided.title, decided.author, decided.skip) == ("Baru", "Budi", True)
    assert (decided.drop, decided.countries) == (("Lihat", "Iklan"), ())
    places = {name: (path, line) for name, path, line in decided.places}
    assert (places["title"], places["author"]) == (("a.txt.yml", 1), ("a.txt", 3))


def test_a_sidecar_takes_back_what_the_text_says(tmp_path: Path) -> None:
    write(tmp_path, "a.txt.yml", "skip: false\n")
    (article,) = read(write(tmp_path, "a.txt", "---\nskip: true\nsample: true\n---\nTeks."))
    assert (article.overrides.skip, article.overrides.sample) == (False, True)


def test_front_matter_of_a_text_is_checked_like_any_other(tmp_path: Path) -> None:
    problems = ProblemLog()
    (article,) = read(write(tmp_path, "a.txt", "---\ndate: besok\nwarna: x\n---\nTeks."), problems)
    assert article.text == "Teks."
    assert [str(one).split(": ")[0] for one in problems.all] == ["a.txt:2", "a.txt:3"]
    with pytest.raises(ArticleError, match=r"^a\.txt:4: there is no text below the front matter$"):
        read(write(tmp_path, "a.txt", "---\ndate: 2026-11-27\n---\n\n"))


def test_a_broken_sidecar_keeps_its_article_out(tmp_path: Path) -> None:
    write(tmp_path, "a.txt.yml", "title: 'A\n")
    with pytest.raises(ArticleError, match=r"^a\.txt\.yml:\d+: broken YAML"):
        read(write(tmp_path, "a.txt", "Judul\nTeks."))


def test_a_skipped_article_needs_no_text(tmp_path: Path) -> None:
    (article,) = read(write(tmp_path, "a.md", "---\nskip: true\n---\n"))
    assert article.overrides.skip


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "a.txt:1: the file is empty"),
        ("a.txt", " \n\ufeff\u200b\n", "a.txt:1: the file is empty"),
        ("a.txt", b"%PDF-1.7", "a.txt:1: this is a PDF, not text"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "a.txt:1: this is binary data"),
        ("a.txt", "x" * 100_001, "a.txt:1: too large for an article: 0.1 MB, the limit is 0.1 MB"),
        ("a.md", "---\ntitle: A\n---\n\n", "a.md:4: there is no text below the front matter"),
        ("a.md", "---\ntitle: A\nTeks", "a.md:1: the front matter that begins here is never"),
        ("a.md", "---\ntitle: [A\n---\nTeks", "a.md:3: broken YAML"),
        ("a.md", '+++\ntitle = "A"\ndate = kemarin\n+++\nTeks', "a.md:3: broken TOML"),
        ("a.md", '+++\ntitle = "A"\nTeks', "a.md:1: the front matter that begins here is never"),
        ("a.md", "<!-- kosong -->\n", "a.md:1: there is no text in this file"),
        ("a.html", "<p></p>", "a.html:1: no article text was found"),
        ("a.html", "<", "a.html:1: no article text was found"),
        ("a.docx", "x", "a.docx:1: not a kind of file that can be read (save it as .txt)"),
        ("a.xml", "<rss/>", "a.xml:1: there is no usable record in this export"),
        ("a", "Judul", "a:1: not a kind of file that can be read (its name has no ending"),
        ("a.mhtml", "x", "a.mhtml:1: there is no web page in this archive"),
        ("a.webarchive", "x", "a.webarchive:1: a damaged web archive"),
        ("a.jsonl", "\n", "a.jsonl:1: there is no usable record"),
        ("a.csv", "title,link\nA,B\n", "a.csv:1: the first row must name the columns"),
    ],
)
def test_a_file_that_cannot_be_used(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    with pytest.raises(ArticleError) as error:
        read(write(tmp_path, name, content))
    assert str(error.value).startswith(reason)


def test_a_sparse_giant_is_refused_unread(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", "")
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(ArticleError, match="too large"):
        read(path)


def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ArticleError, match="not an ordinary file"):
        read(tmp_path / "a.txt")
    with pytest.raises(ArticleError, match="cannot be read: no such file"):
        read(tmp_path / "b.txt")
    (tmp_path / "c.txt").mkdir()
    with pytest.raises(ArticleError, match="not an ordinary file"):
        read(tmp_path / "c.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Teks")
    path.chmod(0)
    with pytest.raises(ArticleError, match="cannot be read: permission denied"):
        read(path)


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.txt", "<?xml version='1.0'?>\n<rss version='2.0'></rss>", "a feed: rename it to .xml"),
        (
            "a.html",
            "<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>",
            "a feed: rename it to .xml",
        ),
        ("a.md", "<!DOCTYPE html>\n<p>Isi", "a web page: rename it to .html"),
        ("a.txt", '{"title": "Judul", "content": "Isi"}\n{"title"', "JSON: rename it to .json"),
        ("a.txt", '[\n {"title": "Judul"}\n]', "JSON: rename it to .json"),
        ("a.txt", "judul\ttanggal\tisi\nPasar\t\tBuka", "a table: rename it to .csv"),
        (
            "a.html",
            'From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b',
            "an archive of a web page: rename it to .mhtml",
        ),
        ("a.eml", "Subject: x", "copy its text into a .txt file"),
    ],
)
def test_a_file_under_the_name_of_another_form(
    tmp_path: Path, name: str, text: str, form: str
) -> None:
    with pytest.raises(ArticleError, match=form):
        read(write(tmp_path, name, text))


@pytest.mark.parametrize(
    "text",
    ["[Kabar] Pasar buka\nIsi.", "{kosong}\nIsi.", "Isi\tHarga\nBeras\t9", "<p>Pasar</p> buka"],
)
def test_what_only_looks_like_another_form(tmp_path: Path, text: str) -> None:
    (article,) = read(write(tmp_path, "a.txt", text))
    assert article.text == text


def test_how_many_comments_stand_above_a_text_does_not_matter(tmp_path: Path) -> None:
    """They could be told apart in more ways than a machine has time for."""
    text = "<!-- x -->\n" * 300 + "Pasar buka."
    (article,) = read(write(tmp_path, "a.txt", text))
    assert article.text == text

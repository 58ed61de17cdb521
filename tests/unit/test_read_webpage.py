"""Saved pages: the article's text and what the page says about itself, without a network."""

import logging
from pathlib import Path

import pytest

from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.read.webpage import WebPage, extract_page
from dwiwarta.settings import InputSettings

PARAGRAPHS = [
    f"Paragraf {n} berita ini cukup panjang untuk dikenali sebagai isi, kata warga desa itu."
    for n in range(1, 6)
]
HEAD = """
<title>Judul Berita - Outlet</title>
<meta property="og:title" content="Judul Berita">
<meta property="og:site_name" content="Outlet">
<meta name="author" content="Ani Budi">
<link rel="canonical" href="https://contoh.id/berita/1">
"""


def page(head: str = HEAD, more: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f'<html lang="id"><head>{head}</head><body><nav><a href="/">Beranda</a></nav>'
        f"<article><h1>Judul Berita</h1>{body}{more}</article>"
        '<footer class="footer">Hak cipta</footer></body></html>'
    )


def extract(markup: str) -> WebPage:
    found = extract_page(markup)
    assert found is not None
    return found


def test_text_and_metadata() -> None:
    found = extract(page())
    assert [line for line in found.text.splitlines() if line in PARAGRAPHS] == PARAGRAPHS
    assert "Beranda" not in found.text
    assert "Hak cipta" not in found.text
    assert found.title == "Judul Berita"
    assert found.author == "Ani Budi"
    assert found.source_name == "Outlet"
    assert found.source_url == "https://contoh.id/berita/1"


@pytest.mark.parametrize(
    ("field", "iso"),
    [
        (
            '<meta property="article:published_time" content="2023-11-09T15:04:00+07:00">',
            "2023-11-09T15:04+07:00",
        ),
        ('<meta name="pubdate" content="2023/11/09">', "2023-11-09"),
        (
            '<script type="application/ld+json">{"datePublished":"2023-11-09T08:04:00Z"}</script>',
            "2023-11-09T08:04+00:00",
        ),
        ("", None),
    ],
)
def test_dates_are_as_precise_as_the_page(field: str, iso: str | None) -> None:
    published = extract(page(HEAD + field)).published
    assert (published.iso if published else None) == iso


def test_lists_and_tables_stay_readable() -> None:
    more = (
        "<ul><li>Satu hal</li><li>Dua hal</li></ul><table><tr><th>Negara</th><th>Medali</th></tr>"
        "<tr><td>Indonesia</td><td>3</td></tr></table>"
    )
    lines = extract(page(more=more)).text.splitlines()
    assert lines[-4:] == ["- Satu hal", "- Dua hal", "Negara | Medali", "Indonesia | 3"]


def test_nothing_of_a_script_is_taken() -> None:
    more = "<script>alert('x')</script><p onclick=alert(1)>Paragraf penutup dari berita ini.</p>"
    text = extract(page(more=more)).text
    assert "Paragraf penutup" in text
    assert "alert" not in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "/berita/1"])
def test_a_canonical_address_that_is_none(url: str) -> None:
    head = f'<title>Judul Berita</title><link rel="canonical" href="{url}">'
    assert extract(page(head)).source_url is None


def test_a_facebook_page_is_no_name() -> None:
    head = HEAD.replace("Outlet", "https://www.facebook.com/outlet")
    assert extract(page(head)).source_name is None


@pytest.mark.parametrize(
    "markup", ["", "x", "<", "<html></html>", "<div>" * 3000 + "</div>" * 3000, "<!--", "\x00"]
)
def test_no_article(markup: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert extract_page(markup) is None
    assert not caplog.records


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_of_a_saved_page(tmp_path: Path, encoding: str) -> None:
    charset = "" if encoding == "utf-16" else f'<meta charset="{encoding}">'
    markup = page(HEAD + charset, "<p>Kafé “Senja” di São Paulo buka kembali hari ini.</p>")
    (tmp_path / "a.html").write_bytes(markup.encode(encoding))
    (article,) = read_file(tmp_path / "a.html", "a.html", InputSettings(), ProblemLog())
    assert "Kafé “Senja” di São Paulo buka kembali hari ini." in article.text
    assert article.title == "Judul Berita"

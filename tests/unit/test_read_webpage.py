"""Saved pages: the article's text and what the page says about itself, without a network."""

import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.errors import ArticleError
from dwiwarta.model import Removal, RemovalKind
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.read.markup import parse_markup
from dwiwarta.read.webpage import NoArticleError, WebPage, extract_page
from dwiwarta.settings import InputSettings
from dwiwarta.text import words
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_pages.yml"
GRAPH = """<script type="application/ld+json">{"@graph": [
{"@type": "WebPage", "datePublished": "2023-11-09T08:04:00Z"},
{"@type": "NewsArticle", "headline": "Kapal"}]}</script>"""
LETTERS = {
    "A": "Warga di tepi selat menunggu kapal barang yang sudah terlambat tiga hari karena badai.",
    "B": "Kepala pelabuhan mengatakan kapal itu baru akan berangkat setelah ombak mereda.",
    "C": "Sementara itu, harga beras di pasar naik seribu rupiah sejak kapal terakhir datang.",
}

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
    return extract_page(markup)


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
            "2023-11-09T15:04+07:00",
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
    lines = extract(page(more=more)).text.split("\n\n")
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
    with caplog.at_level(logging.DEBUG), pytest.raises(NoArticleError):
        extract_page(markup)
    assert not caplog.records


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_of_a_saved_page(tmp_path: Path, encoding: str) -> None:
    charset = "" if encoding == "utf-16" else f'<meta charset="{encoding}">'
    markup = page(HEAD + charset, "<p>Kafé “Senja” di São Paulo buka kembali hari ini.</p>")
    (tmp_path / "a.html").write_bytes(markup.encode(encoding))
    (article,) = read_file(tmp_path / "a.html", "a.html", InputSettings(), ProblemLog())
    assert "Kafé “Senja” di São Paulo buka kembali hari ini." in article.text
    assert article.title == "Judul Berita"


def test_what_of_a_page_is_the_article() -> None:
    def check(case: dict[str, Any]) -> None:
        inside = case["page"]
        for letter, text in LETTERS.items():
            inside = inside.replace(f">{{{letter}}}<", f">{text}<")
            inside = inside.replace(f"{{{letter}}}", f"<p>{text}</p>")
        found = extract(
            f"<html><body><article><h1>Kapal Terlambat</h1>{inside}</article></body></html>"
        )
        kept = [line for line in found.text.split("\n\n") if line != "Kapal Terlambat"]
        assert kept == [line.format(**LETTERS) for line in case["kept"]]
        assert [f"{reason}: {text}" for text, reason in found.left_out] == [
            f"page: {line}" for line in case.get("left_out", [])
        ]

    check_each(cases(CASES), check)


_LINES = st.sampled_from([*LETTERS.values(), "Tiga ekor.", "Bagikan", "Judul Kabar Lain Hari Ini"])
_NAMES = st.sampled_from(["", "share", "widget", "related", "caption", "comments", "isi", "tag"])
_TAGS = st.sampled_from(
    ["p", "div", "h3", "li", "td", "figcaption", "section", "a href=/x", "aside"]
)
_PARTS = st.recursive(
    _LINES,
    lambda inner: st.tuples(_TAGS, _NAMES, st.lists(inner, min_size=1, max_size=4)),
    max_leaves=15,
)


@given(st.lists(_PARTS, min_size=1, max_size=6))
def test_every_word_in_the_article_is_kept_or_named(parts: list[Any]) -> None:
    def markup(part: Any) -> str:
        if isinstance(part, str):
            return f"{part} "
        tag, name, inner = part
        return f"<{tag} class='{name}'>{''.join(map(markup, inner))}</{tag.split()[0]}> "

    inside = "".join(map(markup, parts))
    beginning = f"<p>{LETTERS['A']}</p>" * 3
    try:
        found = extract(f"<body><article>{beginning}{inside}</article></body>")
    except NoArticleError:
        return
    root = parse_markup(f"<body>{inside}</body>")
    assert root is not None
    told = Counter(words(" ".join([found.text, *(text for text, _ in found.left_out)])))
    for word, times in Counter(words(" ".join(root.itertext()))).items():
        assert told[word] >= times


@pytest.mark.parametrize(
    ("fields", "iso"),
    [
        ("<meta name=content_PublishedDate content='2023-11-09 15:04:33'>", "15:04+07:00"),
        ("<meta property=og:published_time content='2023-11-09T15:04+08:00'>", "15:04+08:00"),
        (GRAPH, "15:04+07:00"),
        ("<meta name=DC.date.issued content='2023-11-09T15:04:00+09:00'>", "15:04+09:00"),
        ("<meta property=article:published_time content=1699517040>", "15:04+07:00"),
        ("<time itemprop=datePublished datetime='2023-11-09T15:04+07:00'>", "15:04+07:00"),
        ("<time class='entry-date published' datetime='2023-11-09T15:04+07:00'>", "15:04+07:00"),
        # One that states the time is better than one that states the day.
        (
            "<meta name=pubdate content='2023/11/09'>"
            "<meta name=publishdate content='2023/11/09 15:04'>",
            "15:04+07:00",
        ),
        ("<time datetime='2023-11-09T08:04:00Z'>9 November 2023</time>", "15:04+07:00"),
        ("<p>Ringkasan berita ini.</p><div>Kamis, 9/11/2023 15:04 WIT</div>", "15:04+09:00"),
        # What the page shows, where its fields do not say the time or not at all.
        ("<p>Kamis, 9 November 2023 | 15.04 WITA</p>", "15:04+08:00"),
        (
            "<meta name=pubdate content='2023-11-09'><div>Kamis, 09 Nov 2023 15:04 WIT</div>",
            "15:04+09:00",
        ),
        # Written as UTC, and meant as what the page shows.
        (
            "<meta name=pubdate content='2023-11-09T15:04:00Z'>"
            "<p>Kamis, 9 November 2023 15:04 WIB</p>",
            "15:04+07:00",
        ),
    ],
)
def test_date_fields(fields: str, iso: str) -> None:
    assert dated(fields) == f"2023-11-09T{iso}"


def test_the_day_of_an_event_is_not_that_of_publication() -> None:
    fields = "<p>Tanggal: 12 November 2023</p><p>Pukul: 09.00 WIB</p><p>Tempat: Balai Desa</p>"
    markup = page().replace("</h1>", f"</h1>{fields}")
    assert extract(markup).published is None
    shown = extract(markup.replace("</h1>", "</h1><div>Minggu, 5 November 2023 15:04 WIB</div>"))
    assert shown.published is not None
    assert shown.published.iso == "2023-11-05T15:04+07:00"


def test_a_day_in_utc_is_told_in_jakarta() -> None:
    field = "<meta name=parsely-pub-date content='2023-11-09T20:30:00Z'>"
    assert dated(field) == "2023-11-10T03:30+07:00"


def test_the_day_of_a_change_is_better_than_none() -> None:
    field = "<meta property=og:updated_time content='2023-11-09T20:30:00Z'>"
    assert dated(field) == "2023-11-10"


def test_the_day_of_another_article_is_none() -> None:
    assert dated("<div>Ombak tinggi — Ani (@ani) 5 Maret 2020</div>") is None
    assert dated("<aside><a href=/x>Kabar lain, 1 Januari 2020 10:00 WIB</a></aside>") is None


def dated(fields: str) -> str | None:
    body = "".join(f"<p>{text}</p>" for text in LETTERS.values())
    published = extract(f"<body><article><h1>Kapal</h1>{fields}{body}</article></body>").published
    return published.iso if published else None


@pytest.mark.parametrize(
    ("head", "headline", "title"),
    [
        ("<meta property=og:title content='Kapal Tiba - Kabar Selat'>", "", "Kapal Tiba"),
        ("<title>Kapal Tiba Halaman all - Kabar Selat</title>", "", "Kapal Tiba"),
        ("<title>Kabar Selat: Kapal Tiba</title>", "", "Kapal Tiba"),
        ("<title>Cetak - Kapal Tiba di Dermaga</title>", "", "Kapal Tiba di Dermaga"),
        ("<title>Ani - Kapal Tiba... | Facebook</title>", "", "Ani - Kapal Tiba..."),
        ("<title>TikTok: Kapal Tiba</title>", "", "TikTok: Kapal Tiba"),
        ("<title>Facebook | Data Bocor</title>", "Facebook | Data Bocor", "Facebook | Data Bocor"),
        ("<title>Kapal Tiba | Daerah | Kabar Selat</title>", "Kapal Tiba", "Kapal Tiba"),
        (
            "<meta property=og:title content='Kapal Tiba, Warga Lega'>",
            "Kabar",
            "Kapal Tiba, Warga Lega",
        ),
        ("<title>Kapal Tiba</title>", "Kabar Selat", "Kapal Tiba"),
    ],
)
def test_titles_lose_the_name_of_the_site(head: str, headline: str, title: str) -> None:
    body = f"<h1>{headline}</h1>" + "".join(f"<p>{text}</p>" for text in LETTERS.values())
    found = extract(
        f"<head>{head}<meta property=og:site_name content='Kabar Selat'></head>"
        f"<body><article>{body}</article></body>"
    )
    assert found.title == title


@pytest.mark.parametrize(
    "beginning",
    [
        "<!-- saved from url=(0023)https://contoh.id/kapal -->",
        "<!--\n Page saved with SingleFile \n url: https://contoh.id/kapal \n saved date: x\n-->",
        "<!-- Saved from https://contoh.id/kapal at 2023 using monolith -->",
        "<html data-scrapbook-source='https://contoh.id/kapal'>",
        "<a class='domain reader-domain' href='https://contoh.id/kapal'>contoh.id</a>",
        "<link rel=canonical href=/kapal><base href='https://contoh.id/x/'>",
        "<link rel=canonical href=https://contoh.id/>"
        "<meta property=og:url content=https://contoh.id/kapal>",
        "<link rel=canonical href=https://web.archive.org/web/2023/https://contoh.id/kapal>",
    ],
)
def test_where_a_page_was_saved_from(beginning: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in LETTERS.values())
    assert extract(f"{beginning}<article>{body}</article>").source_url == "https://contoh.id/kapal"


def test_no_address_but_of_the_web() -> None:
    body = "".join(f"<p>{text}</p>" for text in LETTERS.values())
    saved = "<!-- saved from url=(0020)javascript:alert(1) -->"
    assert extract(f"{saved}<article>{body}</article>").source_url is None
    mirrored = "<!-- Mirrored from contoh.id/kapal by HTTrack Website Copier -->"
    found = extract(f"{mirrored}<article>{body}</article>")
    assert found.source_url == "http://contoh.id/kapal"


def test_the_author_of_a_reader_view_and_of_the_data() -> None:
    body = "".join(f"<p>{text}</p>" for text in LETTERS.values())
    reader = f"<h1>Kapal</h1><div class='credits reader-credits'>Ani Budi</div><div>{body}</div>"
    assert extract(f"<body>{reader}</body>").author == "Ani Budi"
    data = {"@type": "NewsArticle", "author": [{"givenName": "Ani", "familyName": "Budi"}]}
    script = f"<script type=application/ld+json>{json.dumps(data)}</script>"
    assert extract(f"{script}<article>{body}</article>").author == "Ani Budi"


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(LETTERS.values()),
        "".join(f"<p>{text}</p>" for text in LETTERS.values()),
        "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in LETTERS.values()),
        "<br><br>".join(LETTERS.values()),
    ],
)
def test_text_that_only_the_data_holds(text: str) -> None:
    data = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": text}]})
    found = extract(
        f"<head><title>Kapal</title><script type=application/ld+json>{data}</script></head>"
        "<body><div id=root></div><noscript>Aktifkan JavaScript.</noscript></body>"
    )
    assert found.text.split("\n\n") == list(LETTERS.values())


@pytest.mark.parametrize("date", ["2024-01-0\\x31", "\\ud800 2024", "Senin\\q"])
def test_broken_data_with_an_escape_that_is_none_is_no_data(date: str) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "a", broken, "datePublished": "{date}"}}'
    found = extract(page(f"<title>J</title><script type=application/ld+json>{data}</script>"))
    assert found.published is None
    assert found.text


def test_data_with_the_number_of_no_character_is_read() -> None:
    data = json.dumps({"@type": "NewsArticle", "author": f"Ani &#{'9' * 5000}; Budi"})
    found = extract(page(f"<title>J</title><script type=application/ld+json>{data}</script>"))
    assert found.author == "Ani \ufffd Budi"


def test_a_page_of_links_is_no_article() -> None:
    items = "".join(
        f"<article><h2><a href=/{n}>Judul berita nomor {n}</a></h2><p>{text}</p></article>"
        for n, text in enumerate([*LETTERS.values(), *LETTERS.values()])
    )
    with pytest.raises(NoArticleError, match="a list of links"):
        extract_page(f"<body><main>{items}</main></body>")
    more = "".join(f"<p>Hari ke-{n}. {text}</p>" for n, text in enumerate(LETTERS.values()))
    found = extract(
        f"<body><main><h1>Kapal</h1>{more}<section class=related>{items}</section></main></body>"
    )
    assert "Judul berita" not in found.text
    assert found.text.count("Hari ke-") == len(LETTERS)


@pytest.mark.parametrize(
    "piece", ["<p>x", "<li><a href=/x>Judul kabar lain hari ini</a>", "<h2>x</h2>"]
)
def test_a_page_of_a_hundred_thousand_pieces(piece: str) -> None:
    with pytest.raises(NoArticleError, match="too many for one article"):
        extract_page(f"<body><article>{piece * 100_000}</article></body>")


@pytest.mark.cpu_seconds(20)
def test_large_letters_in_one_another() -> None:
    letters = "<span class=dropcap> " * 1_000 + "<i> </i>" * 10_000
    assert LETTERS["A"] in extract(page(more=f"<p>{letters}{LETTERS['A']}")).text


@pytest.mark.cpu_seconds(20)
def test_cells_that_span_more_than_a_table_has() -> None:
    cells = "".join(f"<tr><td rowspan=60000 colspan=1000>Baris {n}" for n in range(300))
    text = extract(page(more=f"<table>{cells}</table>")).text
    assert "Baris 0" in text
    assert "Baris 299" in text


def test_what_stands_beside_the_column_of_the_text() -> None:
    body = "".join(f"<p>{text}</p>" for text in LETTERS.values())
    beside = "<div class=y><h4>Catatan</h4><p>Angka ini sementara.</p></div><div>Iklan baris</div>"
    column = f"<div class=x><h1>Kapal</h1>{body}</div>{beside}<div><p>Penulis: Ani Budi</p></div>"
    found = extract(f"<body><div id=page><div class=row>{column}</div></div></body>")
    assert found.text.split("\n\n")[-3:] == ["Catatan", "Angka ini sementara.", "Penulis: Ani Budi"]
    assert found.left_out == (("Iklan baris", "page: beside the article"),)


def test_markup_that_trafilatura_cannot_read_is_read() -> None:
    body = "".join(f"<p>{text}</p>" for text in LETTERS.values())
    nested = f"<body><svg><body><p hidden>x</p></body></svg><main>{body}</main></body>"
    assert extract(f"<body style='visibility:hidden'>{nested}").text.split("\n\n") == list(
        LETTERS.values()
    )


def test_an_article_in_two_elements_alike() -> None:
    first, *others = (f"<p>{text}</p>" for text in LETTERS.values())
    found = extract(
        f"<body><main><h1>Kapal</h1><article class=isi>{first * 3}</article>"
        f"<article class=isi>{''.join(others)}</article></main></body>"
    )
    assert found.text.split("\n\n")[-2:] == list(LETTERS.values())[1:]


def test_pictures_in_a_page_are_no_text_of_it(tmp_path: Path) -> None:
    small = InputSettings(max_article_mb=0.1)
    picture = f"<img src='data:image/png;base64,{'A' * 500_000}'>"
    (tmp_path / "a.html").write_text(page(more=picture), encoding="utf-8")
    (article,) = read_file(tmp_path / "a.html", "a.html", small, ProblemLog())
    assert PARAGRAPHS[0] in article.text
    (tmp_path / "b.html").write_text(page(more="<p>Kata. </p>" * 15_000), encoding="utf-8")
    with pytest.raises(ArticleError, match=r"its text is too large for an article: 0\.1 MB"):
        read_file(tmp_path / "b.html", "b.html", small, ProblemLog())


def test_what_is_left_out_is_in_the_audit(tmp_path: Path) -> None:
    more = "<div class=related><a href=/x>Kabar Lain dari Desa Tetangga</a></div>"
    (tmp_path / "a.html").write_text(page(more=more), encoding="utf-8")
    (raw,) = read_file(tmp_path / "a.html", "a.html", InputSettings(), ProblemLog())
    article = clean_article(raw, load_rules())
    assert article.removed[0] == Removal(
        "Kabar Lain dari Desa Tetangga", RemovalKind.PAGE, "page: links"
    )


@pytest.mark.parametrize("rank", ["h1", "h2", "h3"])
def test_headline_and_credits_outside_the_column(rank: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    found = extract(
        "<html><head><title>Kapal Barang Tiba Hari Ini - Outlet</title></head><body><main>"
        f"<{rank}>Kapal Barang Tiba Hari Ini</{rank}><h4>Warga bergembira</h4>"
        "<div class=by>Penulis: Ani Budi</div>"
        f"<div><div><article>{text}</article></div><div class=kolom><h4>Cuaca besok</h4></div>"
        "</div><div>Editor: Citra Dewi</div></main></body></html>"
    )
    assert found.text.split("\n\n") == [
        "Kapal Barang Tiba Hari Ini",
        "Warga bergembira",
        "Penulis: Ani Budi",
        *PARAGRAPHS,
        "Editor: Citra Dewi",
    ]
    assert found.left_out == (("Cuaca besok", "page: beside the article"),)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404", "Halaman tidak ditemukan. Silakan kembali ke beranda atau gunakan pencarian."),
        ("Just a moment...", "Checking your browser before accessing muara.example."),
        ("Akses Ditolak", "Anda tidak berhak membuka halaman ini dari alamat jaringan itu."),
    ],
)
def test_an_error_is_no_article(title: str, text: str) -> None:
    page = f"<title>{title} - Kabar</title><h1>{title}</h1><p>{text}</p>"
    with pytest.raises(NoArticleError, match="an error or a check of the browser"):
        extract_page(page)


@pytest.mark.parametrize("title", ["Halaman Tidak Ditemukan", "404 Warga Mengungsi"])
def test_an_article_may_be_called_like_an_error(title: str) -> None:
    text = "Warga kembali memadati taman desa pada Minggu pagi."
    text = " ".join([text] * (1 if title[0] == "4" else 20))
    page = f"<h1>{title}</h1><article><p>{text}</p></article>"
    assert extract_page(page).text.endswith(text)

"""Pages in one file with their pictures: MHTML of Chrome, web archives of Safari."""

import plistlib
import quopri
from pathlib import Path

import pytest

from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.read.webarchive import ArchiveError, read_mhtml, read_webarchive
from dwiwarta.settings import InputSettings

TEXT = "Warga menunggu kapal “Senja” di dermaga sejak pagi, kata kepala desa kepada wartawan."
PAGE = (
    f"<html><head><title>Kapal</title></head><body><article><p>{TEXT}</p></article></body></html>"
)
URL = "https://contoh.id/kapal"


def mhtml(charset: str = "", frames: str = "") -> bytes:
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {URL}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        f"--b\nContent-Type: text/html{charset}\nContent-Location: {URL}\n"
        "Content-Transfer-Encoding: quoted-printable\n\n"
    )
    encoding = charset.rpartition("=")[2] or "utf-8"
    body = quopri.encodestring(PAGE.encode(encoding, errors="xmlcharrefreplace"))
    return head.encode() + body + f"\n{frames}--b--\n".encode()


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=cp1252"])
@pytest.mark.parametrize("ending", [".mhtml", ".mht", ".MHT"])
def test_a_page_saved_by_chrome(tmp_path: Path, ending: str, charset: str) -> None:
    frames = "--b\nContent-Type: text/html\n\n<p>Iklan di dalam bingkai.</p>\n"
    path = tmp_path / f"a{ending}"
    path.write_bytes(mhtml(charset, frames))
    (article,) = read_file(path, path.name, InputSettings(), ProblemLog())
    assert (article.text, article.title, article.source_url) == (TEXT, "Kapal", URL)


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_page_saved_by_safari(tmp_path: Path, form: plistlib.PlistFormat) -> None:
    main = {
        "WebResourceData": PAGE.encode("utf-16"),
        "WebResourceTextEncodingName": "utf-16",
        "WebResourceURL": URL,
    }
    path = tmp_path / "a.webarchive"
    path.write_bytes(plistlib.dumps({"WebMainResource": main}, fmt=form))
    (article,) = read_file(path, path.name, InputSettings(), ProblemLog())
    assert (article.text, article.title, article.source_url) == (TEXT, "Kapal", URL)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Subject: Halo\n\nBukan halaman.",
        b"Content-Type: text/html\n\n",
        b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--",
        b"Content-Type: multipart/related; boundary=b\n\n" * 3000,
        b"Content-Type: multipart/related; " + b"a=b; " * 10_000 + b"\n\n",
        b"Content-Type: text/html" + b";\n a=b" * 10_000 + b"\n\n<p>Isi</p>",
        b"".join(
            b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n)
            for n in range(2000)
        ),
    ],
)
def test_no_page_in_an_archive(data: bytes) -> None:
    with pytest.raises(ArchiveError):
        read_mhtml(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bplist00\xff",
        plistlib.dumps(["a"]),
        plistlib.dumps({"WebMainResource": {"WebResourceData": b""}}),
        plistlib.dumps({"WebMainResource": {"WebResourceData": "teks"}}),
        b"<!DOCTYPE plist [<!ENTITY a 'b'>]><plist><string>&a;</string></plist>",
    ],
)
def test_no_page_in_a_web_archive(data: bytes) -> None:
    with pytest.raises(ArchiveError):
        read_webarchive(data)


def test_a_mark_of_the_encoding_above_an_archive() -> None:
    assert read_mhtml(b"\xef\xbb\xbf\r\n" + mhtml()).url == URL

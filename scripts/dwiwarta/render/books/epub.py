"""A book of articles in EPUB 3.3 (https://www.w3.org/TR/epub-33/), pairs kept together.

Reading apps that can hide a language know it by the classes ``cp-original`` and ``cp-translation``
(https://github.com/crosspoint-reader/crosspoint-reader/pull/2498) or by ``xml:lang`` against the
book's first language, the original's. The same articles give the same bytes, as far as the same
zlib packs them.
"""

import io
import zipfile
from collections.abc import Callable, Iterable

from markupsafe import Markup

from dwiwarta.interface import gettext, spoken
from dwiwarta.render.books.plan import Book
from dwiwarta.render.feeds.plan import tag_uri
from dwiwarta.render.head import address
from dwiwarta.render.page import render_template
from dwiwarta.render.told import Told, both_titles
from dwiwarta.render.views import article_url, card
from dwiwarta.render.xml import document, element, plain
from dwiwarta.settings import Project

XHTML = "application/xhtml+xml"
_OPF_XMLNS = "http://www.idpf.org/2007/opf"
_DC_XMLNS = "http://purl.org/dc/elements/1.1/"
_CONTAINER_XMLNS = "urn:oasis:names:tc:opendocument:xmlns:container"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold
_UNIX, _MODE = 3, 0o644
STYLE = """\
.pair { break-inside: avoid; page-break-inside: avoid; margin: 0 0 0.9em; }
.pair p { margin: 0; text-indent: 0; }
.cp-original { font-family: serif; }
.cp-translation { font-family: sans-serif; }
p.cp-translation { margin-top: 0.25em; padding-left: 0.8em; border-left: 2px solid; }
h1 { font-size: 1.3em; line-height: 1.2; margin: 0 0 0.6em; }
h1 span { display: block; }
h1 span + span { font-size: 0.8em; font-weight: normal; margin-top: 0.2em; }
.small { font-size: 0.8em; }
"""


def epub(book: Book, told: Callable[[str], Told], project: Project) -> bytes:
    """The file of a book."""
    articles = [told(one.slug) for one in book.items]
    names = [f"a{number}.xhtml" for number in range(1, len(articles) + 1)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        _put(file, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first and as it is
        _put(file, "META-INF/container.xml", _container())
        _put(file, "EPUB/package.opf", _package(book, articles, names, project))
        _put(file, "EPUB/nav.xhtml", _contents(book, articles, names, project))
        _put(file, "EPUB/style.css", STYLE.encode())
        for one, name in zip(articles, names, strict=True):
            _put(file, f"EPUB/{name}", _article(one, project))
    return out.getvalue()


def title(book: Book, project: Project) -> str:
    """``Dwiwarta: Monday, 4 March 2024``."""
    return f"{project.site_name}: {book.name.text}"


def _put(file: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.create_system, info.external_attr, info.compress_type = _UNIX, _MODE << 16, how
    file.writestr(info, data)


def _container() -> bytes:
    kind = "application/oebps-package+xml"
    root = element("rootfile", **{"full-path": "EPUB/package.opf", "media-type": kind})
    return document(
        "container", [element("rootfiles", root)], version="1.0", xmlns=_CONTAINER_XMLNS
    )


def _package(book: Book, articles: Iterable[Told], names: list[str], project: Project) -> bytes:
    publishers = dict.fromkeys(plain(one.source.name) for one in articles)
    facts = [
        element("dc:identifier", tag_uri(project, book.base), id="id"),
        element("dc:title", title(book, project)),
        # The original's first: by that reading apps tell the other as a translation.
        element("dc:language", "id"),
        element("dc:language", "en"),
        element("dc:creator", project.site_name),
        *(element("dc:contributor", name) for name in publishers if name),
        element("dc:date", book.updated),
        element("meta", book.updated, property="dcterms:modified"),
        # https://www.w3.org/TR/epub-a11y-11/#sec-disc-package
        *(
            element("meta", value, property=f"schema:{name}")
            for name, value in (
                ("accessMode", "textual"),
                ("accessModeSufficient", "textual"),
                ("accessibilityFeature", "tableOfContents"),
                ("accessibilityFeature", "readingOrder"),
                ("accessibilityHazard", "none"),
                ("accessibilitySummary", gettext("Text in two languages, each marked as such.")),
            )
        ),
    ]
    files = [("nav", "nav.xhtml", XHTML, "nav"), ("style", "style.css", "text/css", "")]
    files += [(name.removesuffix(".xhtml"), name, XHTML, "") for name in names]
    listed = [
        element("item", id=key, href=name, properties=what, **{"media-type": kind})
        for key, name, kind, what in files
    ]
    order = [element("itemref", idref=key) for key, _, kind, _ in files if kind == XHTML]
    parts = [
        element("metadata", _lines(facts), **{"xmlns:dc": _DC_XMLNS}),
        element("manifest", _lines(listed)),
        element("spine", _lines(order)),
    ]
    return document(
        "package",
        parts,
        xmlns=_OPF_XMLNS,
        version="3.0",
        xml_lang=spoken(),
        **{"unique-identifier": "id"},
    )


def _contents(book: Book, articles: list[Told], names: list[str], project: Project) -> bytes:
    rows = [(name, _titles(one)) for name, one in zip(names, articles, strict=True)]
    return _page(
        title(book, project),
        "book_contents.html.j2",
        called=book.name,
        rows=rows,
        site=project.site_name,
    )


def _article(told: Told, project: Project) -> bytes:
    url = address(project, article_url(told.entry.slug))
    name = " · ".join(text for text, _ in _titles(told))
    return _page(name, "book_article.html.j2", told=told, url=url)


def _titles(told: Told) -> list[tuple[str, str]]:
    """Each title with its language, that of the interface first."""
    shown = card(told.entry)
    indonesian = plain(shown.title_id)
    return [
        (text, "id" if text == indonesian else shown.title_lang)
        for text in both_titles(shown.title_en, shown.title_id) or [told.entry.slug]
    ]


def _page(name: str, template: str, **values: object) -> bytes:
    head = [
        element("title", name),
        element("link", rel="stylesheet", href="style.css", type="text/css"),
    ]
    body = Markup(plain(render_template(template, **values)))  # noqa: S704 (a template's)
    return document(
        "html",
        [element("head", _lines(head)), element("body", body)],
        xmlns="http://www.w3.org/1999/xhtml",
        lang=spoken(),
        xml_lang=spoken(),
        **{"xmlns:epub": "http://www.idpf.org/2007/ops"},
    )


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(["", *parts, ""])

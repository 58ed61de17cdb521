"""The catalogue of e-books for reading apps (OPDS 1.2, https://specs.opds.io/opds-1.2)."""

from collections.abc import Sequence

from markupsafe import Markup

from dwiwarta.interface import gettext, ngettext, spoken
from dwiwarta.render.books.epub import title
from dwiwarta.render.books.plan import ENDING, EPUB_TYPE, FOLDER, Book
from dwiwarta.render.feeds.atom import ATOM_XMLNS, GENERATOR
from dwiwarta.render.feeds.plan import tag_uri
from dwiwarta.render.head import address
from dwiwarta.render.xml import document, element
from dwiwarta.settings import Project

CATALOGUE = f"{FOLDER}catalog.xml"
OPDS_TYPE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_TERMS_XMLNS = "http://purl.org/dc/terms/"


def opds(books: Sequence[Book], project: Project) -> bytes:
    """One list, the newest articles at its head. Without ``site_url`` its links are relative."""
    own = _address(CATALOGUE, project)
    parts = [
        element("id", tag_uri(project, CATALOGUE.removesuffix(".xml"))),
        element("title", gettext("E-books of %(site)s", site=project.site_name)),
        element("updated", max(one.updated for one in books)),
        element("link", rel="self", href=own, type=OPDS_TYPE),
        element("link", rel="start", href=own, type=OPDS_TYPE),
        element("author", element("name", project.site_name)),
        element("generator", GENERATOR),
        *(_entry(one, project) for one in books),
    ]
    return document(
        "feed", parts, xmlns=ATOM_XMLNS, xml_lang=spoken(), **{"xmlns:dcterms": _TERMS_XMLNS}
    )


def _entry(book: Book, project: Project) -> Markup:
    articles = ngettext("%(num)s article", "%(num)s articles", len(book.items))
    parts = [
        element("id", tag_uri(project, book.base)),
        element("title", title(book, project)),
        element("updated", book.updated),
        element("author", element("name", project.site_name)),
        element("dcterms:language", "id"),
        element("dcterms:language", "en"),
        element("dcterms:issued", book.day),
        element("summary", f"{articles}, {book.days}"),
        element(
            "link",
            rel="http://opds-spec.org/acquisition/open-access",
            href=_address(book.base + ENDING, project),
            type=EPUB_TYPE,
        ),
    ]
    return element("entry", Markup("\n").join(["", *parts, ""]))


def _address(path: str, project: Project) -> str:
    return address(project, path) or path.removeprefix(FOLDER)

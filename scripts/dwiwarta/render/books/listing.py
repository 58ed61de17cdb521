"""The page that lists all e-books for readers."""

from collections.abc import Sequence

from dwiwarta.interface import N_, gettext
from dwiwarta.model import Page
from dwiwarta.render.books.opds import CATALOGUE
from dwiwarta.render.books.plan import ENDING, FOLDER, Book
from dwiwarta.render.head import Head
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.tags import title_of
from dwiwarta.settings import Project


def listing_page(books: Sequence[Book], project: Project, digest: str) -> Page:
    """``book/index.md``."""

    def render() -> bytes:
        head = Head(
            title=title_of(N_("E-books")),
            description=gettext("The newest articles as e-books, in Indonesian and English."),
            layout="index",
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(
            "books.html.j2",
            root="../",
            books=books,
            folder=FOLDER,
            ending=ENDING,
            catalogue=CATALOGUE.removeprefix(FOLDER),
        )
        return page_bytes(FOLDER, head, body, project)

    return Page(f"{FOLDER}index.md", digest, render)

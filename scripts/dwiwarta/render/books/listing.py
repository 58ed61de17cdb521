"""The page that lists all e-books for readers."""

from collections.abc import Sequence

from dwiwarta.interface import N_
from dwiwarta.model import Page
from dwiwarta.render.books.opds import CATALOGUE
from dwiwarta.render.books.plan import ENDING, FOLDER, Book
from dwiwarta.render.overview import overview_page
from dwiwarta.settings import Project


def listing_page(
    books: Sequence[Book], stories: Sequence[Book], project: Project, digest: str
) -> Page:
    """``book/index.md``. ``stories``: the books of stories that are listed."""

    def values() -> dict[str, object]:
        return {
            "books": books,
            "stories": stories,
            "folder": FOLDER,
            "ending": ENDING,
            "catalogue": CATALOGUE.removeprefix(FOLDER),
        }

    description = N_("The newest articles as e-books, in Indonesian and English.")
    return overview_page(
        FOLDER, N_("E-books"), description, "books.html.j2", values, project, digest
    )

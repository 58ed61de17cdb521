"""E-books of the newest articles, and their catalogue: static files beside the pages.

Their number is bounded, and each depends on the articles in it alone.
"""

from collections.abc import Callable, Iterator, Sequence

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page, Summary
from dwiwarta.render.books.epub import epub
from dwiwarta.render.books.listing import listing_page
from dwiwarta.render.books.opds import CATALOGUE, opds
from dwiwarta.render.books.plan import ENDING, Book, plan_books
from dwiwarta.render.told import Told
from dwiwarta.settings import Project

__all__ = ["book_pages"]


def book_pages(
    ordered: Sequence[Summary], told: Callable[[str], Told], project: Project, shared: str
) -> Iterator[Page]:
    """The files of all books, their catalogue, and the page that lists them.

    ``ordered``: newest first; ``told``: what is told of an article, by its slug.
    """
    if not project.settings.site.books:
        return
    books = plan_books(ordered)
    for book in books:
        items = (f"{one.slug} {one.page}" for one in book.items)

        def render(book: Book = book) -> bytes:
            return epub(book, told, project)

        digest = digest_of("book", shared, book.base, *items)
        yield Page(f"{book.base}{ENDING}", digest, render)
    listed = [f"{one.base} {one.updated} {len(one.items)} {one.days}" for one in books]
    if books:
        yield Page(CATALOGUE, digest_of("opds", shared, *listed), lambda: opds(books, project))
    yield listing_page(books, project, digest_of("books", shared, *listed))

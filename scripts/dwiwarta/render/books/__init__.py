"""E-books of the newest articles and of stories, and their catalogue: files beside the pages.

Those of periods are few, each story has one; each depends on the articles in it alone.
"""

from collections.abc import Callable, Iterator, Sequence

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page, Summary
from dwiwarta.render.books.epub import epub
from dwiwarta.render.books.listing import listing_page
from dwiwarta.render.books.opds import CATALOGUE, opds
from dwiwarta.render.books.plan import ENDING, STORIES, Book, plan_books, plan_story_books
from dwiwarta.render.stories import Told as Story
from dwiwarta.render.summary import Library
from dwiwarta.render.told import Told
from dwiwarta.settings import Project

__all__ = ["book_pages"]


def book_pages(
    ordered: Sequence[Summary],
    stories: Sequence[Story],
    library: Library,
    told: Callable[[str], Told],
    project: Project,
    shared: str,
) -> Iterator[Page]:
    """The files of all books, their catalogue, and the page that lists them.

    ``ordered``: newest first; ``told``: what is told of an article, by its slug.
    """
    if not project.settings.site.books:
        return
    books = plan_books(ordered)
    of_stories = plan_story_books(stories, library.card)
    for book in (*books, *of_stories):
        items = (f"{one.slug} {one.page}" for one in book.items)

        def render(book: Book = book) -> bytes:
            return epub(book, told, project)

        digest = digest_of("book", shared, book.base, *items)
        yield Page(f"{book.base}{ENDING}", digest, render)
    newest = of_stories[:STORIES]
    listed = [f"{one.base} {one.updated} {len(one.items)} {one.days}" for one in (*books, *newest)]
    # Their names are titles.
    listed += [f"{one.base} {item.card}" for one in newest for item in one.items]
    if books:
        digest = digest_of("opds", shared, *listed)
        yield Page(CATALOGUE, digest, lambda: opds((*books, *newest), project))
    yield listing_page(books, newest, project, digest_of("books", shared, *listed))

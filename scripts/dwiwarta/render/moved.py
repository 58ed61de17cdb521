"""Old addresses: lists were once numbered from the newest article, ``country/us/page/2/``.

What such a page showed moved on with every article, so that there is no page of today to lead to
but the list itself. The pages are plain files, which work on any host. They are few: nobody keeps
the address of a tenth page, and the script of ``404.html`` knows the way from there too.
"""

from collections.abc import Iterator

from markupsafe import Markup

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page

LAST = 5  # the highest number of an old page that has a file


def moved_pages(base: str, target: str, articles: int, size: int) -> Iterator[Page]:
    """For the old pages of the list at ``base`` with as many ``articles``, ``size`` on each.

    ``base`` and ``target`` are folders relative to the site's root, "" or with a "/" at the end.
    """
    for number in range(2, min(-(-articles // size), LAST) + 1):
        yield moved_page(f"{base}page/{number}/", target)


def moved_page(folder: str, target: str) -> Page:
    """What leads from a folder to another, both relative to the site's root."""
    data = _redirect("../" * folder.count("/") + target)
    return Page(f"{folder}index.html", digest_of(data), lambda: data)


def _redirect(url: str) -> bytes:
    page = Markup(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Moved</title>\n'
        '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={0}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1"></head>\n'
        '<body><p>This list has moved: <a href="{0}">go on</a>. '
        '<span lang="id">Daftar ini telah pindah.</span></p></body></html>\n'
    )
    return page.format(url).encode()

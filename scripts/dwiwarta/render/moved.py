"""Old addresses: lists were once numbered from the newest article, ``country/us/page/2/``.

What such a page showed moved on with every article, so that there is no page of today to lead to
but the list itself. The pages are plain files, which work on any host. They are few: nobody keeps
the address of a tenth page, and the script of ``404.html`` knows the way from there too.
"""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_, in_html, indonesian, spoken
from dwiwarta.model import Page
from dwiwarta.render.head import address
from dwiwarta.render.views import article_url
from dwiwarta.settings import Project

_NOINDEX = Markup('<meta name="robots" content="noindex">')
LAST = 5  # the highest number of an old page that has a file


def moved_pages(base: str, target: str, articles: int, size: int) -> Iterator[Page]:
    """For the old pages of the list at ``base`` with as many ``articles``, ``size`` on each.

    ``base`` and ``target`` are folders relative to the site's root, "" or with a "/" at the end.
    """
    for number in range(2, min(-(-articles // size), LAST) + 1):
        yield moved_page(f"{base}page/{number}/", target)


def moved_articles(moved: Mapping[str, str], project: Project) -> Iterator[Page]:
    """For the pages of articles that have another address now: their slugs then and now.

    Search engines are told the new one; these pages are in no list, search or sitemap.
    """
    index = project.settings.site.index_by_search_engines
    for old, slug in moved.items():
        target = article_url(slug)
        head = Markup() if index else _NOINDEX
        if whole := address(project, target):
            head += Markup('<link rel="canonical" href="{}">').format(whole)
        said = N_("This article has moved")
        yield _page(article_url(old), _redirect(f"../../{target}", said, head))


def moved_page(folder: str, target: str) -> Page:
    """What leads from a folder to another, both relative to the site's root."""
    url = "../" * folder.count("/") + target
    return _page(folder, _redirect(url, N_("This list has moved")))


def _page(folder: str, data: bytes) -> Page:
    return Page(f"{folder}index.html", digest_of(data), lambda: data)


def _redirect(url: str, said: str, head: Markup = _NOINDEX) -> bytes:
    page = Markup(
        '<!doctype html>\n<html lang="{1}"><head><meta charset="utf-8"><title>{2}</title>\n'
        '{6}<meta http-equiv="refresh" content="0; url={0}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1"></head>\n'
        '<body><p>{3}: <a href="{0}">{4}</a>.{5}</p></body></html>\n'
    )
    beside = Markup("")
    if own := indonesian(said):
        beside = Markup(' <span lang="id">{}.</span>').format(own)
    title, on = in_html("Moved"), in_html("go on")
    return page.format(url, spoken(), title, in_html(said), on, beside, head).encode()

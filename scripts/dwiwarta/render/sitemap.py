"""The sitemap (https://www.sitemaps.org/protocol.html): all pages that search engines may list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page
from dwiwarta.render.head import address
from dwiwarta.render.markup import url_path
from dwiwarta.settings import Project

MAX_URLS = 50_000  # in one file, says the protocol

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """``folder``: of the page, "" or "…/"; ``updated``: ISO 8601 day, "" if not known."""

    folder: str
    updated: str = ""


def sitemap_pages(listed: Sequence[Listed], project: Project) -> Iterator[Page]:
    """``sitemap.xml``; where it would hold too many pages, an index of several.

    Nothing without ``site_url``: a sitemap holds whole addresses.
    """
    if not project.site_url:
        return
    urls = [
        # Addresses are escaped, says the protocol: a page written by hand may have any name.
        _element("url", address(project, url_path(one.folder)) or "", one.updated)
        for one in sorted(listed)
    ]
    files = [urls[at : at + MAX_URLS] for at in range(0, len(urls), MAX_URLS)]
    if len(files) <= 1:
        yield _file("sitemap.xml", "urlset", urls)
        return
    names = [f"sitemap/{number}.xml" for number in range(1, len(files) + 1)]
    index = [_element("sitemap", address(project, name) or "") for name in names]
    yield _file("sitemap.xml", "sitemapindex", index)
    for name, some in zip(names, files, strict=True):
        yield _file(name, "urlset", some)


def _element(name: str, url: str, updated: str = "") -> str:
    day = Markup("<lastmod>{}</lastmod>").format(updated) if updated else ""
    return f"<{name}><loc>{escape(url)}</loc>{day}</{name}>"


def _file(path: str, name: str, elements: Sequence[str]) -> Page:
    data = "\n".join([f"{_OPEN}<{name} {_XMLNS}>", *elements, f"</{name}>", ""]).encode()
    return Page(path, digest_of(data), lambda: data)

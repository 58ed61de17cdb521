"""Every link of the finished site, and every anchor that one names, leads somewhere."""

from urllib.parse import unquote, urljoin, urlsplit

import lxml.html

from site_rig import BuiltSite

HOST = "site.invalid"


def test_no_link_and_no_anchor_is_broken(published: BuiltSite) -> None:
    pages = {
        path.relative_to(published.root).as_posix(): lxml.html.parse(str(path)).getroot()
        for path in sorted(published.root.rglob("*.html"))
    }
    anchors = {
        path: {one.get("id") for one in tree.xpath("//*[@id]")} for path, tree in pages.items()
    }
    checked = 0
    broken = []
    for page, tree in pages.items():
        for link in tree.xpath("//@href | //@src"):
            found = _inside(page, str(link))
            if found is None:
                continue
            checked += 1
            path, anchor = found
            if not (published.root / path).is_file():
                broken.append((page, link, "no such file"))
            elif anchor and path in anchors and anchor not in anchors[path]:
                broken.append((page, link, "no such anchor"))
    assert broken == []
    assert checked > 10 * len(pages)


def test_links_are_followed_as_a_browser_does() -> None:
    assert _inside("a/index.html", "../b/#c") == ("b/index.html", "c")
    assert _inside("a/index.html", "x%20y.css") == ("a/x y.css", "")
    assert _inside("404.html", "/") == ("index.html", "")
    for outside in ("https://x.example/", "mailto:a@b.example", "data:,"):
        assert _inside("index.html", outside) is None


def _inside(page: str, link: str) -> tuple[str, str] | None:
    """The file and the anchor that a link of a page leads to; None where it leaves the site."""
    parts = urlsplit(urljoin(f"https://{HOST}/{page.removesuffix('index.html')}", link))
    if parts.scheme != "https" or parts.netloc != HOST:
        return None
    path = unquote(parts.path).removeprefix("/")
    if not path or path.endswith("/"):
        path += "index.html"
    return path, unquote(parts.fragment)

"""What a page says of its article beside the text: title, author, names and addresses."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from dwiwarta.addresses import host_of, joined, web_address, web_parts
from dwiwarta.read.jsonld import Linked
from dwiwarta.text import one_line, squash, words

# " Halaman all", "- Page 2", which belong to the address.
_PAGE_NUMBER = re.compile(
    r"\s*[-–|]?\s*\b(?:halaman|hal\.|page)\s+(?:all|\d{1,3})\s*$", re.IGNORECASE
)
# In front of the title of a page for printing.
_PRINTED = re.compile(r"(?i)(?:cetak|print(?:er[ -]friendly)?|versi cetak)(?:\s?[-–—|:]\s|\s*$)")
# Networks write their name behind each title.
_NETWORK = re.compile(
    r"\s[|•]\s(?:Facebook|Instagram|Threads|LinkedIn|TikTok|Medium|X)\s*$|\s-\sYouTube\s*$"
)
_DIVIDER = re.compile(r"\s+[-–—|»·•]\s+|\s*\|\s*|\s+::\s+")
# A title of the page's own field agrees with the headline in so many of the words.
_AGREES = 0.5

_BY = re.compile(
    r"^(?:di(?:posting|tulis|terbitkan|unggah) )?(?:oleh|by|penulis|pewarta|reporter)\s*:?\s+",
    re.IGNORECASE,
)

_SAVED_FROM = (
    re.compile(
        r"<!--\s*saved from url=\(\d{1,6}\)(?P<url>\S{1,2000})"
    ),  # Chrome, Internet Explorer
    re.compile(r"Page saved with SingleFile\s+url:\s*(?P<url>\S{1,2000})"),
    re.compile(r"<!--\s*Saved from (?P<url>https?://\S{1,2000})"),  # monolith
    re.compile(r"<!--\s*Mirrored from (?P<url>\S{1,2000}) by HTTrack"),
    re.compile(r"<meta name=[\"']?savepage-url[\"']? content=[\"'](?P<url>[^\"'>]{1,2000})"),
    re.compile(r"data-scrapbook-source=[\"'](?P<url>[^\"'>]{1,2000})"),
)
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{1,14}[a-z_]*/(?=https?://)")


def page_title(
    root: HtmlElement, linked: Linked, headline: str | None, other: str | None
) -> str | None:
    """The article's title without the site's name.

    ``headline``: the page's own headline as it is shown; it counts where what the page says of
    itself agrees with it. ``other``: what trafilatura took.
    """
    names = set(map(squash, _site_names(root, linked)))
    tag = list(title_tag(root))
    if other and " " not in other.strip() and any(len(text) > len(other) for text in tag):
        other = None  # a piece of the longer title: "Cetak", "Facebook"
    said = [*_meta(root, ("ogtitle",)), linked.headline, other, *tag]
    usable = (one_line(text) for text in said if text and squash(text) not in {"", *names})
    printed = (_PRINTED.sub("", text, count=1) for text in usable)
    titles = [_without_site(text, names) for text in printed if text]
    if headline and squash(headline) not in names:
        heard = set(map(squash, words(headline)))
        mine = [set(map(squash, words(title))) for title in titles]
        if not mine or any(len(heard & one) >= _AGREES * len(heard) for one in mine):
            return _PAGE_NUMBER.sub("", one_line(headline))
    return next(iter(titles), None)


def _without_site(title: str, names: set[str]) -> str:
    title = _NETWORK.sub("", _PAGE_NUMBER.sub("", title))
    before, _, after = title.partition(": ")
    if after and squash(before) in names:
        title = after
    while parts := list(_DIVIDER.finditer(title)):
        if squash(title[parts[-1].end() :]) in names:
            title = title[: parts[-1].start()]
        elif squash(title[: parts[0].start()]) in names:
            title = title[parts[0].end() :]
        else:
            break
    return _PAGE_NUMBER.sub("", title)


def _site_names(root: HtmlElement, linked: Linked) -> Iterator[str]:
    yield from _meta(root, ("ogsitename", "applicationname", "applemobilewebapptitle"))
    yield from linked.publishers
    host = host_of(page_address(root, linked, None) or "")
    yield host.removeprefix("www.")
    yield from (label for label in host.split(".")[:-1] if len(label) > 3)


def title_tag(root: HtmlElement) -> Iterator[str]:
    """The text of the page's ``<title>``, if it has one."""
    for title in root.iter("title"):
        yield title.text or ""
        return


def _meta(root: HtmlElement, names: tuple[str, ...]) -> Iterator[str]:
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or ""
        if squash(name) in names and (value := element.get("content")):
            yield value


def page_address(root: HtmlElement, linked: Linked, saved: str | None) -> str | None:
    """Where the page was published; ``saved``: where it was saved from."""
    said = [link.get("href") for link in root.iter("link") if _is_canonical(link)]
    said += [*_meta(root, ("ogurl",)), linked.url]
    said += [link.get("href") for link in root.iter("a") if "reader-domain" in _classes(link)]
    base = next((base.get("href") for base in root.iter("base") if base.get("href")), None)
    addresses = []
    for text in [*said, saved]:
        around = saved or base
        found = joined(around, text) if around and text else text or ""
        address = _ARCHIVED.sub("", found)
        if (usable := web_address(address)) is not None:
            addresses.append(usable)
    # The address of a site's front page is nothing of an article.
    own = (one for one in addresses if _is_inner(one))
    return next(own, None) or next(iter(addresses), None)


def _is_inner(address: str) -> bool:
    parts = web_parts(address)
    return parts is not None and bool(parts.path.strip("/") or parts.query)


def _is_canonical(link: HtmlElement) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _classes(element: HtmlElement) -> str:
    return (element.get("class") or "").lower()


def saved_address(markup: str) -> str | None:
    """Where a program says, in the page that it saved, that the page comes from."""
    beginning = markup[:20_000]
    for pattern in _SAVED_FROM:
        if match := pattern.search(beginning):
            url = match["url"]
            return url if "://" in url else f"http://{url}"
    return None


def page_author(root: HtmlElement, linked: Linked, other: str | None) -> str | None:
    """The author as trafilatura, the page's data or Firefox's reader view state it."""
    if other:
        return _BY.sub("", other) or other
    reader = (e for e in root.iter("div", "p", "span") if "reader-credits" in _classes(e))
    shown = (one_line(element.text_content()) for element in reader)
    people = (name for name in linked.authors if "://" not in name)
    return next((name for name in shown if name), None) or "; ".join(people) or None


def site_name(root: HtmlElement, linked: Linked, other: str | None) -> str | None:
    """The site's name for readers; some pages give the address of their Facebook page as it."""
    # What is cut off is a piece of a title.
    guessed = "" if (other or "").endswith(("...", "…")) else other or ""
    names = (*_meta(root, ("ogsitename",)), *linked.publishers, guessed)
    return next((one_line(n) for n in names if n.strip() and "://" not in n), None)

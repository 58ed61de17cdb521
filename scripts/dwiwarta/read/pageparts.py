"""What the names in a page's markup say of its parts, as templates of news sites use them."""

import re

from lxml.html import HtmlElement

from dwiwarta.read.markup import class_names
from dwiwarta.text import word_set

# Parts that are never the article, whatever they hold.
_APART = word_set(
    """
    comment comments komentar disqus fbcomments cookie cookies consent breadcrumb breadcrumbs
    copyright taboola outbrain mgid revcontent navbar offcanvas sitemap
    """
)
# Parts that mostly are not; templates also name the article so ("share-content", "main-sidebar").
_BESIDE = word_set(
    """
    ad ads adv advert advertisement advertorial iklan banner sponsor promo promosi
    related relatednews relatedposts terkait
    recommended recommendation recommendations rekomendasi sharedaddy
    popular terpopuler populer trending latest terbaru terkini lainnya lain other others
    share sharing social sosial sosmed medsos follow whatsapp telegram
    tag tags tagar keyword keywords topic topics topik label labels
    pagination paging pager pages nav navigation navigasi menu prev next
    widget sidebar aside footer toolbar toc bottom
    newsletter subscribe subscription langganan login signup register donate donasi
    author authors penulis editor reporter byline bio profile profil
    poll polling rating reaction reactions emoji vote popup modal
    """
)
_TAGS_APART = frozenset(("nav",))
_TAGS_BESIDE = frozenset(("aside", "footer", "form"))
_ROLES_APART = word_set("navigation banner contentinfo search menu menubar dialog")
_ROLES_BESIDE = frozenset(("complementary",))
_WORD = re.compile(r"[a-z]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

_CAPTION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:captions?|wp-caption-text|(?:img|image|foto|photo|pic|picture)[\s_-]*(?:caption"
    r"|credit|desc|text|info|title|ket)\w*|keterangan(?:[\s_-]*(?:foto|gambar))?|figcaption)"
    r"(?:$|[\s_-])"
)
_PICTURE_NAMES = word_set("image img photo foto gambar picture pict pic thumb thumbnail figure")
_PICTURES = ("img", "picture", "video", "amp-img", "iframe", "svg", "object", "canvas", "audio")


def apart(element: HtmlElement) -> str | None:
    """The name of a part of the page that is never the article, if ``element`` is one."""
    if element.tag in _TAGS_APART:
        return str(element.tag)
    if not element.attrib:
        return None
    role = (element.get("role") or "").lower()
    return role if role in _ROLES_APART else _named(element, _APART)


def beside(element: HtmlElement) -> str | None:
    """The name of a part of the page that mostly is not the article, if ``element`` is one."""
    if element.tag in _TAGS_BESIDE:
        return str(element.tag)
    if not element.attrib:
        return None
    role = (element.get("role") or "").lower()
    return role if role in _ROLES_BESIDE else _named(element, _BESIDE)


def is_caption(element: HtmlElement) -> bool:
    """Whether an element holds the caption of a picture: beside one, and named so."""
    if element.tag == "figcaption":
        figure = next(element.iterancestors("figure"), None)
        return figure is None or _holds_picture(figure)
    if not element.attrib or not _CAPTION_NAMES.search(" ".join(class_names(element))):
        return False
    around = element.getparent()
    return around is not None and _holds_picture(around)


def is_picture(element: HtmlElement) -> bool:
    """Whether an element is there for a picture: it is named so and holds one."""
    return (
        bool(element.attrib) and bool(_named(element, _PICTURE_NAMES)) and _holds_picture(element)
    )


def _holds_picture(element: HtmlElement) -> bool:
    return next(element.iter(*_PICTURES), None) is not None


def _named(element: HtmlElement, names: frozenset[str]) -> str | None:
    said = f"{element.get('class') or ''} {element.get('id') or ''}"
    return next((w for w in _WORD.findall(_HUMP.sub("-", said).lower()) if w in names), None)

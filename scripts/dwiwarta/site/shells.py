"""What the theme puts around a page, taken once a kind of page and filled for each.

A page of ours and what the theme makes of it differ from another of the same shell in two places
only: the part of the head that is the page's own, and the content. MkDocs renders one page of each
shell, in which two marks stand for these; all other pages are the text around the marks with their
own in between, and so the bytes that MkDocs itself would have written.

Pages have the same shell that lie below the same folder and as deep (links, the active section);
they have the same front matter, too, apart from ``title`` and ``head``. Where a theme looks at more
than that, the mark of a title or the name of the page turns up in what it made, and nothing is
stamped (``unfit``).
"""

import json
from dataclasses import dataclass

HEAD_MARK = "<!--dwiwarta-shell-head-->"
BODY_MARK = "<div>dwiwarta-shell-content</div>"
TITLE_MARK = "dwiwarta-shell-title"
NAME = "dwiwarta-shell-page"  # of a folder that stands for all of its kind

_TITLE, _HEAD = "title: ", "head: "


class ForeignPageError(ValueError):
    """A page in ``docs/`` that is not written as ``render/page.py`` writes pages."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A page of ``docs/`` taken apart. ``front``: the front matter without title and head."""

    front: str
    head: str
    body: str


def take_apart(page: bytes) -> Parts:
    """Read a page of ours. Raises ``ForeignPageError``."""
    try:
        text = page.decode("utf-8")
        opening, title, head, rest = text.split("\n", 3)
        front, closing, body = rest.partition("\n---\n\n")
        if opening != "---" or not closing or not title.startswith(_TITLE):
            raise ForeignPageError("no front matter of ours")
        if not head.startswith(_HEAD):
            raise ForeignPageError("no head in the front matter")
        words = json.loads(head[len(_HEAD) :])
    except ValueError as error:
        raise ForeignPageError(str(error)) from error
    return Parts(front, words, body.removesuffix("\n"))


def shape(path: str) -> str:
    """Where the page lies that stands for all pages like that at ``path``."""
    first, *rest = path.split("/")
    return "/".join([first, *(NAME for _ in rest[:-1]), *rest[-1:]])


def shell_page(front: str) -> str:
    """The page that MkDocs renders for all pages with this front matter."""
    return f'---\n{_TITLE}{TITLE_MARK}\n{_HEAD}"{HEAD_MARK}"\n{front}\n---\n\n{BODY_MARK}\n'


@dataclass(frozen=True, slots=True)
class Shell:
    """The text around the head and the content of pages with the front matter ``front``."""

    front: str
    before: str
    between: str
    after: str

    def fill(self, page: bytes) -> bytes:
        """A page of ``docs/`` as MkDocs would write it. Raises ``ForeignPageError``."""
        parts = take_apart(page)
        if parts.front != self.front:
            raise ForeignPageError("pages of one kind differ in their front matter")
        return f"{self.before}{parts.head}{self.between}{parts.body}{self.after}".encode()


def unfit(html: str) -> str:
    """Why a rendered shell cannot stand for other pages, "" if it can."""
    for what, mark in (("head", HEAD_MARK), ("content", BODY_MARK)):
        if html.count(mark) != 1:
            return f"the theme does not show a page's {what} just once"
    if TITLE_MARK in html:
        return "the theme shows the title of a page by itself"
    if NAME in html:
        return "the theme shows the address of a page by itself"
    return "" if html.index(HEAD_MARK) < html.index(BODY_MARK) else "the theme has another order"


def cut(html: str, front: str) -> Shell:
    """The shell of a rendered page that is not ``unfit``."""
    before, _, rest = html.partition(HEAD_MARK)
    between, _, after = rest.partition(BODY_MARK)
    return Shell(front, before, between, after)

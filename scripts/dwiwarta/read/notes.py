"""What programs write around an article that they keep as Markdown or text, beside front matter.

Known are the fields above the text of Jina's reader, Pandoc, MultiMarkdown, Org, Notion and Yarle
(Evernote), Logseq's properties and bullets, Joplin's block below the text, and what Omnivore,
Wallabag and Pocket write below the title.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dwiwarta.addresses import web_address
from dwiwarta.dates import parse_field
from dwiwarta.errors import ArticleError
from dwiwarta.model import Published, RawArticle, Removal, RemovalKind
from dwiwarta.text import one_line, word_set

_MOST_FIELDS = 30
_LEAST_FIELDS = 2

# The names of their fields, for each of ours; what has "" is about the file or the tool.
_KEYS = {
    **dict.fromkeys(("title", "judul"), "title"),
    **dict.fromkeys(("author", "authors", "penulis", "byline", "by"), "author"),
    **dict.fromkeys(
        ("date", "tanggal", "published", "published time", "publish date", "published at"), "date"
    ),
    **dict.fromkeys(
        ("url", "url source", "source url", "source-url", "link", "original", "tautan"), "url"
    ),
    **dict.fromkeys(("source", "sumber", "site", "publisher", "website", "media"), "source"),
    **dict.fromkeys(("category", "kategori", "rubrik"), "category"),
    **dict.fromkeys(
        (
            *("created", "created at", "created time", "updated", "last updated at", "tags", "tag"),
            *("last edited", "last edited time", "last edited by", "created by", "status", "type"),
            *("warning", "number of pages", "language", "lang", "options", "keywords", "filetags"),
            *("description", "excerpt", "reading time", "word count", "id", "notebook", "email"),
        ),
        "",
    ),
}
# People write these, too, into the description of a post or a meeting.
_OF_BOTH = word_set("status type email language lang description options warning")
_OF_FILES = {key for key, own in _KEYS.items() if not own and key not in _OF_BOTH}
# One of these must be there: people write ``Penulis: …`` and ``Sumber: …`` themselves.
_OF_TOOLS = frozenset(("url", "title"))

_TITLE = r"(?:# (?P<heading>[^\n]{1,500})\n+)?"
_FIELD = r"(?:[ ]{4}|#\+)?[A-Za-z][A-Za-z _-]{1,24}:(?:[ \t][^\n]*)?\n"
# One behind the other; an empty line stands between them in Jina's alone.
_FIELDS = re.compile(rf"\s*{_TITLE}(?P<fields>(?:{_FIELD}){{2,{_MOST_FIELDS}}})(?:\s*\n|\Z)")
_JINA = re.compile(
    rf"\s*(?P<fields>Title:[^\n]*\n\n+URL Source:[^\n]*\n(?:\n*{_FIELD}){{0,10}}?)\n*"
    r"Markdown Content:\n"
)
_ONE_FIELD = re.compile(r"(?:[ ]{4}|#\+)?(?P<key>[A-Za-z][A-Za-z _-]{1,24}):(?P<value>[^\n]*)")

_MORE = r"(?:[^\n]*)\n(?:[ \t]+\S[^\n]*\n)*"
_PANDOC = re.compile(
    rf"\s*%(?P<title>{_MORE})(?:%(?P<author>{_MORE}))?(?:%(?P<date>{_MORE}))?\s*\n"
)

_LOGSEQ = re.compile(r"(?m)^[ \t]*(?:- )?(?P<key>[A-Za-z][\w-]{0,30}):: ?(?P<value>.*)\n?")
_BULLET = re.compile(r"(?m)^[ \t]*- ?")
_OUTLINE_LINE = re.compile(r"[ \t]*- |[ \t]+\S|\s*$")
_WIKI = re.compile(r"\[\[([^\[\]]*)\]\]")

_JOPLIN = re.compile(
    r"(?:\A|\n)(?P<block>id: [0-9a-f]{32}\n(?:[a-z_]{2,40}:[^\n]*\n){3,60}type_: (?P<kind>\d{1,2}))"
    r"\s*\Z"
)
_A_NOTE = "1"

_LINK = re.compile(
    r"(?i)\[(?:read on omnivore|read original|original|source|sumber|view original|baca asli)\]"
    r"\((?P<url>[^()\s]+)\)"
)
_BELOW_TITLE = re.compile(
    r"\s*# (?P<title>[^\n]{1,500})\n(?P<rest>(?:\s*(?:#Omnivore|\[[^\]\n]{4,30}\]\([^()\s]+\))"
    r"[ \t]*(?:\n|\Z)){1,4})(?:\s*## Content[ \t]*\n)?"
)
_BEAR = re.compile(
    r"\s*# [^\n]{1,500}\n(?P<tags>#[\w/-]{2,60}(?: #[\w/-]{2,60}){0,20})[ \t]*(?=\n)"
)
_HIGHLIGHTS = re.compile(r"\n## Highlights[ \t]*\n.*\Z", re.DOTALL)
_LINKED_TITLE = re.compile(
    r"\s*# \[(?P<title>[^\]\n]{1,500})\]\((?P<url>https?://[^()\s]+)\)[ \t]*\n"
)
_SITE_BEHIND = re.compile(r"\s+[-–—|·]\s")


@dataclass(slots=True)
class Note:
    """A text without what a program wrote around it, and what that said of the article.

    ``line``: of the file, where the text begins. ``left_out``: what the text does not have any more
    and no field holds.
    """

    text: str
    line: int = 1
    title: str | None = None
    published: Published | None = None
    author: str | None = None
    source_url: str | None = None
    source_name: str | None = None
    category: str | None = None
    left_out: list[str] = field(default_factory=list)

    def say(self, key: str, value: str) -> None:
        """Take over a field that is not known yet."""
        value = one_line(value).strip("<>\"'")
        if not value:
            return
        if key == "url" or (key == "source" and "://" in value):
            self.source_url = self.source_url or web_address(value)
        elif key == "source":
            self.source_name = self.source_name or value
        elif key == "date":
            self.published = self.published or parse_field(value)
        elif key == "title":
            self.title = self.title or value
        elif key == "author":
            self.author = self.author or value
        elif key == "category":
            self.category = self.category or value

    def cut(self, end: int) -> None:
        """Let the text begin at ``end``."""
        self.line += self.text.count("\n", 0, end)
        self.text = self.text[end:]


def without_note(article: RawArticle, *, markdown: bool) -> RawArticle:
    """An article as its author wrote it; most are that already.

    ``markdown``: False for a text, in which only fields are looked for. Raises ``ArticleError`` for
    a file of such a program that is no article.
    """
    note = Note(article.text, article.text_line)
    for take in (*_IN_MARKDOWN, *_IN_TEXT) if markdown else _IN_TEXT:
        try:
            take(note)
        except ValueError as error:
            raise ArticleError(article.ref.path, article.text_line, str(error)) from error
    if note.text == article.text:
        return article
    return replace(
        article,
        text=note.text,
        text_line=note.line,
        title=note.title,
        published=note.published,
        author=note.author,
        source_url=note.source_url,
        source_name=note.source_name,
        category=note.category,
        left_out=tuple(
            Removal(one_line(line), RemovalKind.PAGE, "note: not of the article")
            for line in note.left_out
            if line.strip()
        ),
    )


def _joplin(note: Note) -> None:
    found = _JOPLIN.search(note.text)
    if found is None:
        return
    if found["kind"] != _A_NOTE:
        raise ValueError("a notebook, a tag or a picture of Joplin: no article")
    for line in found["block"].split("\n"):
        key, _, value = line.partition(":")
        if key in ("author", "source_url"):
            note.say(key.removeprefix("source_"), value)
    note.left_out.append(found["block"])
    note.text = note.text[: found.start()] + "\n"


def _pandoc(note: Note) -> None:
    found = _PANDOC.match(note.text)
    if found is None or not found["title"].startswith(" "):
        return
    for key in ("title", "author", "date"):
        note.say(key, found[key] or "")
    note.cut(found.end())


def _logseq(note: Note) -> None:
    lines = note.text.split("\n")
    properties = list(_LOGSEQ.finditer(note.text))
    outline = all(_OUTLINE_LINE.match(line) or _LOGSEQ.match(f"{line}\n") for line in lines)
    headed = note.text.lstrip().startswith("- # ")
    if not outline or not (properties or headed):
        return
    for found in properties:
        value = _WIKI.sub(r"\1", found["value"])
        note.say(_KEYS.get(found["key"].casefold(), ""), value)
        note.left_out.append(found[0].strip())
    bare = _LOGSEQ.sub("", note.text)
    note.text = _BULLET.sub("\n", bare)
    note.text = "\n".join(line.strip() for line in note.text.split("\n"))


def _below_title(note: Note) -> None:
    if found := _LINKED_TITLE.match(note.text):
        note.say("url", found["url"])
        note.text = f"# {found['title']}\n{note.text[found.end() :]}"
    found = _BELOW_TITLE.match(note.text)
    if found is None and (bear := _BEAR.match(note.text)):
        note.left_out.append(bear["tags"])
        note.text = note.text[: bear.start("tags")] + note.text[bear.end("tags") :]
    if found is None:
        return
    links = list(_LINK.finditer(found["rest"]))
    if not links or _LINK.sub("", found["rest"]).replace("#Omnivore", "").strip():
        return
    note.say("url", links[-1]["url"])
    note.left_out.append(found["rest"])
    note.text = f"# {found['title']}\n\n{note.text[found.end() :]}"
    highlights = _HIGHLIGHTS.search(note.text) if "#Omnivore" in found["rest"] else None
    if highlights and note.text[: highlights.start()].count("\n\n") > 1:
        note.left_out.append(highlights[0])
        note.text = note.text[: highlights.start()]


def _fields(note: Note) -> None:
    found = _JINA.match(note.text) or _FIELDS.match(note.text)
    if found is None:
        return
    fields = [_ONE_FIELD.fullmatch(line) for line in found["fields"].split("\n") if line.strip()]
    known = {_KEYS[_name(one)]: one for one in fields if one and _name(one) in _KEYS}
    names = [one["key"].strip().casefold() for one in fields if one]
    if len(known) < _LEAST_FIELDS or _OF_TOOLS.isdisjoint(known) or len(set(names)) < len(names):
        return
    heading = found.groupdict().get("heading")
    if (heading is None) != ("title" in known) or any(map(_is_of_people, fields)):
        return  # the title stands once, in the one place or in the other
    both = any(one and one[0][0].isalpha() and _name(one) in _OF_BOTH for one in fields)
    if both and _OF_FILES.isdisjoint(map(_name, filter(None, fields))) and found.re is _FIELDS:
        return
    note.say("title", heading or "")
    for one in fields:
        if one and (key := _KEYS.get(_name(one))):
            note.say(key, one["value"])
        elif one:
            note.left_out.append(one[0].strip())
    note.cut(found.end())
    _without_site(note)


def _is_of_people(one: re.Match[str] | None) -> bool:
    """Whether a field is none of a program's: the publisher of a book, the place of a meeting.

    Beside such a one, title and author may be those of the book. A review has its own title above.
    """
    return one is not None and one[0][0].isalpha() and _name(one) not in _KEYS


def _name(one: re.Match[str]) -> str:
    return str(one["key"]).strip().casefold().replace("_", " ")


def _without_site(note: Note) -> None:
    """The headline that the text begins with, in place of a title with the site's name behind."""
    first = next(filter(str.strip, note.text.split("\n")), "").lstrip("# ").strip()
    if note.title and first and _SITE_BEHIND.match(note.title.removeprefix(first)):
        note.title = first


_IN_MARKDOWN: tuple[Callable[[Note], None], ...] = (_joplin, _pandoc, _logseq, _below_title)
_IN_TEXT: tuple[Callable[[Note], None], ...] = (_fields,)

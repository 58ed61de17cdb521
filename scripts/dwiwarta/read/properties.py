"""Keys that programs write above a text, as the keys of front matter.

Obsidian's Web Clipper (``source``, ``published``, ``created`` …), trafilatura (``url``,
``hostname``, ``sitename`` …) and the usual generators of sites. What stands under the project's
own key counts, whatever a program says beside it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dwiwarta.addresses import web_address
from dwiwarta.dates import parse_field
from dwiwarta.text import one_line, word_set

# Theirs for each of ours; of several that are there the first counts.
_ALIASES = {
    "title": ("headline",),
    "date": (
        "published",
        "published_time",
        "published_at",
        "publish_date",
        "publishdate",
        "publication_date",
        "date_published",
        "datepublished",
        "pubdate",
    ),
    "source_url": ("source", "url", "link", "canonical_url", "canonical", "permalink"),
    "source_name": ("sitename", "site_name", "site", "publisher", "publication", "source"),
    "author": ("authors", "byline", "creator"),
    "category": ("categories", "section"),
}

# What they say about the file, the picture or the tool: nothing that a page shows.
_IGNORED = word_set(
    """
    created modified updated clipped saved date_saved date_created date_modified lastmod filedate
    description excerpt summary subtitle abstract tags tag keywords aliases alias cssclass
    cssclasses image cover thumbnail banner favicon lang language locale fingerprint id uid uuid
    license word_count wordcount words reading_time type layout status read rating publish
    draft weight pagetype hostname domain params extra taxonomies menu build sitemap latitude
    longitude altitude completed? due highlights
    """
)

_OWN = frozenset(_ALIASES) | word_set(
    """
    source_name source_url countries topics drop skip sample outlet time_zone records slug
    same_as not_same_as story not_story
    """
)
_KNOWN = _OWN | _IGNORED | {name for names in _ALIASES.values() for name in names}

_WIKI_LINK = re.compile(r"\[\[(?P<target>[^\[\]|]+)(?:\|(?P<shown>[^\[\]]+))?\]\]")
_LINK = re.compile(r"\[(?P<shown>[^\[\]]+)\]\((?P<address>[^()\s]+)\)")
# How trafilatura writes a list: "['News', 'World']".
_LIST = re.compile(r"\[(?:(?:'[^']*'|\"[^\"]*\")(?:, ?|(?=\])))+\]")
_LIST_ITEM = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_MOST_ITEMS = 50
# What trafilatura before 2.2 wrote: "title: Kolam: Panen Raya", which is no YAML.
_BARE_LINE = re.compile(r"(?P<key>[a-z_]+): (?P<value>.*)")
# A value of one line with a colon in it that YAML takes for that of another key.
_WITH_COLON = re.compile(
    r"^(?P<key>(?!skip\b)[A-Za-z_][\w-]{0,40}:[ \t]+)"
    r"(?P<value>[^\s\"'\[{|>&*!%@`#][^\n]*?:[ \t][^\n]*)$",
    re.MULTILINE,
)
_TRAFILATURA = re.compile(r"^(?:hostname|fingerprint): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Properties:
    """Front matter under our keys; ``written``: the name under which the file has each."""

    values: dict[str, object]
    written: dict[str, str]


def key_name(key: str) -> str:
    """``Source URL`` and ``source-url`` are ``source_url``: Obsidian lets people name keys."""
    name = re.sub(r"[\s-]+", "_", key.strip()).casefold()
    return name if name in _KNOWN else key


def is_known(key: str) -> bool:
    """Whether a key is ours or that of a program, however it is spelt, and says something for us.

    People write "Status: …" or "Id: …" themselves.
    """
    return is_named(key) and key_name(key) not in _IGNORED


def is_named(key: str) -> bool:
    """Whether a key is ours or that of a program, whatever it says."""
    return key_name(key) in _KNOWN


def adopt(values: Mapping[str, object]) -> Properties:
    """Programs' keys under ours; what says nothing for a page is left out."""
    theirs = {name for names in _ALIASES.values() for name in names}
    out = {key: value for key, value in values.items() if key not in theirs | _IGNORED}
    written = {key: key for key in out}
    for own, names in _ALIASES.items():
        for name in names:
            value = values.get(name)
            if own in out or value in (None, []) or _says_other(own, name, value):
                continue
            if name == "published" and value in ("true", "True", "yes"):  # Jekyll's
                continue
            out[own], written[own] = _adapted(own, value), name
    if "skip" not in out and (hidden := _unpublished(values)):
        out = {key: value for key, value in out.items() if written[key] != hidden}
        out["skip"], written["skip"] = "true", hidden
    return Properties(out, written)


def _unpublished(values: Mapping[str, object]) -> str | None:
    """The key of Hugo or Jekyll that keeps a page off their site, if it does."""
    if values.get("draft") in ("true", "True", "yes"):
        return "draft"
    return "published" if values.get("published") in ("false", "False", "no") else None


def quoted(text: str) -> str | None:
    """A text as YAML in which values are not quoted that should be; ``None`` for any other text.

    That is the header that an older trafilatura wrote, and what people type: ``title: Banjir: dua
    desa terendam``.
    """
    rows = [row for row in text.splitlines() if row.strip()]
    parts = [_BARE_LINE.fullmatch(row) for row in rows]
    if _TRAFILATURA.search(text) and all(parts) and "skip:" not in text:
        return "\n".join(f"{part['key']}: {json.dumps(part['value'])}" for part in parts if part)
    mended = _WITH_COLON.sub(lambda row: f"{row['key']}{json.dumps(row['value'].rstrip())}", text)
    return mended if mended != text else None


def _says_other(own: str, name: str, value: object) -> bool:
    """Whether ``source`` holds a name where an address is looked for, or the other way round."""
    if name != "source" or not isinstance(value, str):
        return False
    return (own == "source_name") is ("://" in value or web_address(address(value)) is not None)


def _adapted(own: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if own == "source_url":
        return address(value)
    if own == "date":
        return parse_field(value) or value
    return value


def address(text: str) -> str:
    """An address, out of a Markdown link if it stands in one."""
    link = _LINK.fullmatch(text.strip())
    return link["address"] if link else text.strip().removeprefix("<").removesuffix(">")


def plain_name(text: str) -> str:
    """A name without Obsidian's or Markdown's link around it: ``[[Budi]]``, ``[Budi](https://…)``."""
    text = _WIKI_LINK.sub(lambda link: link["shown"] or link["target"].rpartition("/")[2], text)
    return one_line(_LINK.sub(lambda link: link["shown"], text))


def names(value: object) -> list[str]:
    """The names in a text or a list; Obsidian's ``[[Budi]]`` without quotes is a list in a list.

    Raises ``ValueError`` for anything else and for more than a few dozens.
    """
    found: list[str] = []
    for text in _texts(value, depth=3):
        for part in text.split(";"):
            name = plain_name(part)
            if name and web_address(name) is None and name not in found:
                found.append(name)
        if len(found) > _MOST_ITEMS:
            raise ValueError("must be a text or a short list of texts")
    return found


def _texts(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if _LIST.fullmatch(value):
            yield from (one or two for one, two in _LIST_ITEM.findall(value))
        else:
            yield value
    elif isinstance(value, list) and depth and len(value) <= _MOST_ITEMS:
        for item in value:
            yield from _texts(item, depth - 1)
    else:
        raise ValueError("must be a text or a short list of texts")

"""A record of an export: the fields that an article has, under the names that tools give them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dwiwarta.addresses import web_address
from dwiwarta.text import one_line

# Our field, and what it is called by news-watch, then by news-please, newspaper, trafilatura, news
# services, schema.org and tables of WordPress' database, then by spiders and tables that people
# make, in English and Indonesian. As ``column_name`` gives them: ``Isi Berita``, ``isi_berita`` and
# ``isiBerita`` are one. The first name under which something stands counts.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": (
        *("title", "headline", "posttitle", "articletitle", "newstitle", "heading"),
        *("judul", "judulberita", "judulartikel"),
    ),
    "publish_date": (
        *("publishdate", "datepublish", "date", "published", "publishedat", "datepublished"),
        *("publisheddate", "publishedtime", "publishtime", "publishedon", "publicationdate"),
        *("pubdate", "articlepublishedtime", "postdate", "posteddate", "postedat", "dateposted"),
        *("articledate", "newsdate", "datetime", "tanggal", "tanggalterbit"),
        *("tanggalpublikasi", "tanggalpublish", "tanggalposting", "tanggaltayang"),
        *("tanggalrilis", "tanggalberita", "tanggalartikel", "tgl", "tglterbit", "tglpublish"),
        *("tglpublikasi", "tgltayang", "tglberita", "waktuterbit", "waktupublikasi"),
        # Last when a record was stored: that of Google's forms.
        *("waktutayang", "haritanggal", "waktu", "timestamp"),
    ),
    "author": (
        *("author", "authors", "authorname", "byline", "writer", "writers", "creator", "penulis"),
        *("namapenulis", "penulisberita", "wartawan", "namawartawan", "reporter", "jurnalis"),
        "pewarta",
    ),
    "content": (
        *("content", "maintext", "text", "fulltext", "articlebody", "articletext"),
        *("articlecontent", "newscontent", "newstext", "postcontent", "bodytext", "contenthtml"),
        "storytext",
        *(
            "isi",
            "isiberita",
            "isiartikel",
            "isilengkap",
            "isiberitalengkap",
            "teks",
            "teksberita",
            "konten",
            "kontenberita",
        ),
        *("naskah", "body", "paragraphs", "paragraf", "markdown"),
    ),
    "category": (
        *("category", "categories", "articlesection", "section", "kategori", "rubrik", "kanal"),
    ),
    "source": (
        *("source", "sourcename", "sitename", "sourcedomain", "publisher", "outlet", "hostname"),
        *("sumber", "sumberberita", "media", "namamedia", "portal"),
    ),
    "link": (
        *(
            "link",
            "url",
            "articleurl",
            "newsurl",
            "sourceurl",
            "permalink",
            "canonicalurl",
            "pageurl",
        ),
        *("tautan", "linkberita", "urlberita", "linkartikel", "urlartikel"),
    ),
    # Of content management systems: whether it was published there.
    "status": ("poststatus", "status"),
}
NAMES = frozenset(name for names in FIELDS.values() for name in names)
_TEXT_NAMES = frozenset(FIELDS["content"])

_MOST_SHOWN = 12  # names in a message

# How pandas, scrapers, databases (``\N``) and spreadsheet programs write an empty cell, or one
# whose formula failed.
_EMPTY = frozenset(
    (
        *("", "nan", "none", "null", "n/a", "na", "nat", "<na>", "-", "--", "undefined", r"\n"),
        *("#n/a", "#name?", "#value!", "#ref!", "#div/0!", "#null!", "#num!", "#error!"),
    )
)
# What stands for an author, a source or a section that is not known.
_NOBODY = frozenset(
    (
        *("unknown", "unknown author", "author unknown", "no author", "anonymous", "anonim"),
        *("tidak diketahui", "tidak ditemukan", "tidak ada", "tanpa nama", "not found", "no name"),
        *("admin", "administrator", "user", "guest", "uncategorized", "tanpa kategori", "?"),
    )
)


# Lists as Python and JSON write them, of names.
_ITEM = re.compile(r"\"([^\"]{0,200})\"|'([^']{0,200})'")
_LIST = re.compile(rf"\[\s*(?:(?:{_ITEM.pattern})(?:\s*,\s*(?:{_ITEM.pattern}))*+)?\s*\]")


@dataclass(frozen=True, slots=True)
class Record:
    """``fields``: what the record says, by our names; empty ones are left out.

    ``markdown``: the text is Markdown, as some spiders deliver it under that name.
    """

    line: int
    fields: dict[str, str]
    markdown: bool = False


# What people note behind the heading of a column: "Sumber (link)", "Tanggal (WIB)".
_NOTE = re.compile(r"\s\((?:link|url|tautan|wib|html|teks|wajib|opsional|required|optional)\)\s*$")
_SEPARATORS = re.compile(r"[\s_:./-]+")


def column_name(text: str) -> str:
    """The heading of a column, or a key, as ``FIELDS`` has it: small and in one word."""
    return _SEPARATORS.sub("", _NOTE.sub("", one_line(text).casefold()))


def make_record(line: int, values: Mapping[str, str]) -> Record:
    """A record from the values under the names of some tool."""
    fields = {}
    for field, names in FIELDS.items():
        texts = (_listed(values.get(name, "")) for name in names)
        if text := next((text for text in texts if not _says_nothing(field, text)), None):
            fields[field] = _known_people(text) if field == "author" else text
    # trafilatura calls the address "source".
    if "link" not in fields and (address := web_address(fields.get("source", ""))):
        fields["link"] = address
        del fields["source"]
    markdown = bool(values.get("markdown")) and fields.get("content") == values["markdown"]
    return Record(line, fields, markdown)


def has_text_column(names: Collection[str]) -> bool:
    """Whether one of the columns or keys is that of the text."""
    return not _TEXT_NAMES.isdisjoint(names)


def shown_names(names: Iterable[str]) -> str:
    """The columns or keys of a tool, for a message."""
    found = [one_line(name) for name in names if name.strip()]
    shown = [repr(name if len(name) <= 40 else f"{name[:39]}…") for name in found[:_MOST_SHOWN]]
    more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
    return ", ".join(shown) + more if shown else "none"


def has_letters(text: str) -> bool:
    """Whether a cell says something in words; pandas numbers the rows of a table."""
    return any(map(str.isalpha, text))


def beyond(cells: Iterable[str]) -> str:
    """What to warn of cells that stand behind the last column with a name."""
    return f"behind the last named column, not read: {shown_names(cells)}"


def _listed(text: str) -> str:
    """The items of a list that a table has as a text: ``["Ani", "Budi"]``, ``['Ani']``."""
    if not (text.startswith("[") and text.endswith("]") and _LIST.fullmatch(text)):
        return text
    return ", ".join(first or second for first, second in _ITEM.findall(text))


def _known_people(text: str) -> str:
    """A list of names without those that stand for nobody: ``Ani, Unknown``."""
    return ", ".join(name for name in text.split(", ") if not _says_nothing("author", name))


def _says_nothing(field: str, text: str) -> bool:
    said = one_line(text).casefold().strip("[]()\"'")
    if said in _EMPTY:
        return True
    # A number is the key of a person or a section in somebody's database, no name.
    named = field in ("author", "source", "category")
    return named and (said in _NOBODY or not any(map(str.isalpha, said)))

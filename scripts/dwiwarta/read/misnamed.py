"""Files whose name says one form and whose content another: what to rename them to."""

import json
import re

from dwiwarta.read.record import FIELDS, column_name, has_text_column

A_PAGE = "this is a web page: rename it to .html"
A_JSON_FILE = "this is JSON: rename it to .json"

_BEGINNING = 4_000  # characters
# Repeats give nothing back: many comments would be tried in all their combinations.
_FEED = re.compile(
    r"(?:<\?xml(?:-stylesheet)?\b[^>]*+>\s*+|<!--(?:(?!-->).)*+-->\s*+)*+<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL,
)
_PAGE = re.compile(r"(?:<\?xml\b[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
# How it begins comes first: few texts do so, and the rest is looked for in all of the beginning.
_ARCHIVE = re.compile(
    r"(?=[A-Za-z-]{1,40}:\s)"
    r"(?=.*^(?:MIME-Version|Snapshot-Content-Location):)(?=.*^Content-Type:\s*multipart/related)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_MOST_JSON = 2_000_000  # characters that are looked through
_OTHERS = frozenset(name for field, names in FIELDS.items() if field != "content" for name in names)


def other_form(text: str, *, page: bool = False) -> str:
    """Why a text or, with ``page``, a saved web page is a file of another form; "" if it is not."""
    beginning = text[:_BEGINNING].lstrip("\ufeff \t\r\n")
    if _FEED.match(beginning):
        return "this is a feed: rename it to .xml"
    if _ARCHIVE.match(beginning):
        return "this is an archive of a web page: rename it to .mhtml"
    if page:
        return ""
    if _PAGE.match(beginning):
        return A_PAGE
    if beginning[:1] in ("{", "[") and _is_export(text):
        return A_JSON_FILE
    names = {column_name(name.strip('"')) for name in beginning.partition("\n")[0].split("\t")}
    if has_text_column(names) and not names.isdisjoint(_OTHERS):
        return "this is a table: rename it to .csv"
    return ""


def _is_export(text: str) -> bool:
    """Whether a text is records as JSON, in an array or one a line."""
    if len(text) > _MOST_JSON:
        return False
    for piece in (text, text.lstrip().partition("\n")[0].rstrip(",\r ")):
        try:
            value = json.loads(piece)
        except (ValueError, RecursionError):
            continue
        first = next(iter(value), None) if isinstance(value, list) else value
        return isinstance(first, dict)
    return False

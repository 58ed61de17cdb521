"""Pages that a browser saved with their pictures in one file: MHTML and Safari's web archives."""

import codecs
import email
import plistlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from xml.parsers.expat import ExpatError

_PAGES = ("text/html", "application/xhtml+xml")
_DEEPEST = 20  # levels of parts within parts
# A longer field than any program writes; its parameters are taken apart in time that grows with
# their square.
_LONG_FIELD = re.compile(
    rb"^content-\w+:(?:[^\r\n]{4000}|[^\r\n]*(?:\r?\n[ \t][^\r\n]*){50})",
    re.IGNORECASE | re.MULTILINE,
)


class ArchiveError(ValueError):
    """A file is no archive of a page; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The page of an archive. ``url``: where it was saved from; ``encoding``: as stated."""

    markup: bytes
    encoding: str | None
    url: str | None


def read_mhtml(data: bytes) -> ArchivedPage:
    """The page of an MHTML file (RFC 2557), as Chrome, Edge and Internet Explorer save it.

    Raises ``ArchiveError`` if there is none.
    """
    if _LONG_FIELD.search(data):
        raise ArchiveError("a damaged archive of a web page")
    try:
        message = email.message_from_bytes(data.removeprefix(codecs.BOM_UTF8).lstrip())
        part = next(_pages(message, 0), None)
        markup = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(markup, bytes) or not markup.strip():
            raise ArchiveError("there is no web page in this archive")
        encoding = part.get_content_charset()
        url = message["Snapshot-Content-Location"] or part["Content-Location"]
    except (MessageError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ArchiveError("a damaged archive of a web page") from error
    return ArchivedPage(markup, encoding, re.sub(r"\s+", "", str(url)) if url else None)


def _pages(message: Message, depth: int) -> Iterator[Message]:
    """The parts that are pages; the page itself comes before the frames in it."""
    if message.is_multipart() and depth < _DEEPEST:
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _pages(part, depth + 1)
    elif message.get_content_type() in _PAGES:
        yield message


def read_webarchive(data: bytes) -> ArchivedPage:
    """The page of a ``.webarchive``, a property list. Raises ``ArchiveError`` if there is none."""
    try:
        main = plistlib.loads(data)["WebMainResource"]
        markup = main["WebResourceData"]
        encoding, url = main.get("WebResourceTextEncodingName"), main.get("WebResourceURL")
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise ArchiveError("a damaged web archive") from error
    if not isinstance(markup, bytes) or not markup.strip():
        raise ArchiveError("there is no web page in this archive")
    return ArchivedPage(
        markup,
        encoding if isinstance(encoding, str) else None,
        url if isinstance(url, str) else None,
    )

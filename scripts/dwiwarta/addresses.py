"""Web addresses: in a text, with e-mail addresses and names of files, and as shown to a person."""

import re
from urllib.parse import urlsplit

# A domain is matched in small letters only, so in ``…@kota.id.Warga`` the sentence behind the
# address is still split off. A file is known by its ending.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|id|net|org|info|tv|gov|edu)/)[^\s<>\"“”()\[\]]{1,2000}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}"
    r"|(?<![\w.-])[\w-]{1,80}(?:\.[\w-]{1,80}){0,6}\.(?i:pdf|docx?|xlsx?|pptx?|odt|csv|txt|rtf|html?|php|xml"
    r"|json|jpe?g|png|gif|webp|svg|mp[34]|avi|mkv|zip|rar|apk|exe)(?!\w)(?:\?[^\s\"“”()]{1,500})?"
)
# What every one of them holds; few texts do, and only for those is the dearer pattern tried.
_SIGN = re.compile(
    r"://|www\.|@|\.(?:com|id|net|org|info|tv|gov|edu)/"
    r"|\.(?i:pdf|doc|xls|ppt|odt|csv|txt|rtf|htm|php|xml|json|jpe?g|png|gif|webp|svg|mp[34]|avi|mkv"
    r"|zip|rar|apk|exe)"
)


def address_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every address and file name in ``text``, in order: no words are in them."""
    if not _SIGN.search(text):
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


def is_inside(spans: list[tuple[int, int]], position: int) -> bool:
    """Whether a cut before ``position`` would go through one of ``spans``."""
    return any(start < position < end for start, end in spans)


def shown_address(url: str) -> str:
    """``url`` for messages and files: without what may be secret in it.

    That is user and password, the query and the fragment. An address that cannot be told apart
    into these is not shown at all.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a password with a "/" in it, taken for a port
    except ValueError:
        return f"{url.partition(':')[0]}://…" if "://" in url else "…"
    host = parts.netloc.rpartition("@")[2]
    if not parts.scheme or not host:
        return re.split(r"[?#]", url.rpartition("@")[2])[0]
    return f"{parts.scheme}://{host}{parts.path}"

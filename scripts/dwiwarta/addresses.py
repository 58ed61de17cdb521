"""Web addresses: where they stand in a text, which may be used for what, and how they are shown.

Every address that comes from outside (an article, a page, an export, a setting, a server) is judged
here, so that no two places disagree on what is one.
"""

import re
from bisect import bisect_left
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urljoin, urlsplit

MAX_URL_CHARS = 2000  # what browsers and sitemaps take at least; a longer one is no source link

# What is put behind an address to count readers, and to see all pages of an article at once.
_NOT_THE_PAGE = re.compile(
    r"(?i)(?:utm_\w+|fbclid|gclid|igshid|mc_[ce]id|_ga)=.*|(?:page|single)=(?:all|1)"
)

_PORTS = {"http": 80, "https": 443}
_SECURE_HOST = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")

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
    """Whether a cut before ``position`` would go through one of ``spans``, which are in order."""
    before = bisect_left(spans, (position,))
    return before > 0 and position < spans[before - 1][1]


def web_parts(url: str) -> SplitResult | None:
    """The parts of an ``http`` or ``https`` address with a host and a usable port, else None."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _PORTS and parts.hostname and parts.port != 0  # may raise
    except ValueError:
        return None
    return parts if usable else None


def web_address(text: str) -> str | None:
    """``text`` if it is the address of a page that an article may be said to come from, else None.

    Rejects white space, quotes and control characters anywhere, and a user name before the host,
    which can make one site's address look like another's.
    """
    text = text.strip()
    if not text or any(c.isspace() or not c.isprintable() or c in "\"'<>\\`" for c in text):
        return None
    parts = web_parts(text)
    return text if parts and "@" not in parts.netloc else None


def safe_url(url: str | None) -> str | None:
    """``url`` if a reader may be sent there, else None."""
    return web_address(url) if url and len(url) <= MAX_URL_CHARS else None


def is_secure_host(address: str) -> bool:
    """Whether that is ``https://``, a host and perhaps a port, and nothing else at all.

    Such an address can stand in a policy of pages (CSP) without adding a directive to it.
    """
    return _SECURE_HOST.fullmatch(address) is not None


def host_of(url: str) -> str:
    """The host of a web address in small letters, "" if it is none."""
    parts = web_parts(url)
    return (parts.hostname or "") if parts else ""


def path_of(url: str) -> str:
    """The path of a web address, "" if it is none."""
    parts = web_parts(url)
    return parts.path if parts else ""


def joined(base: str, address: str) -> str:
    """``address`` as seen from the page at ``base``; as it is where the two make no address."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def page_key(url: str) -> str:
    """The same for two addresses of one page: without scheme, ``www.``, counters and fragment."""
    parts = web_parts(url)
    if parts is None:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _NOT_THE_PAGE.fullmatch("=".join(pair))))
    return f"{host}{unquote(parts.path).rstrip('/')}{f'?{query}' if query else ''}"


def login_of(parts: SplitResult) -> tuple[str, str]:
    """User and password of an address, each "" if there is none."""
    return unquote(parts.username or ""), unquote(parts.password or "")


def origin_of(parts: SplitResult) -> tuple[str, str, int]:
    """Scheme, host and port: who gets what is sent to an address (RFC 6454)."""
    return parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme]


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

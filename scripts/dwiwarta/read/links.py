"""Addresses of articles: only ones that are safe to link to are kept."""

from urllib.parse import urlsplit


def web_address(text: str) -> str | None:
    """``text`` if it is an ``http`` or ``https`` address with a host, else ``None``.

    Refuses white space, quotes and control characters anywhere, and a user name before the host,
    which can make one site's address look like another's.
    """
    text = text.strip()
    if not text or any(c.isspace() or not c.isprintable() or c in "\"'<>\\`" for c in text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port  # raises on nonsense
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return text

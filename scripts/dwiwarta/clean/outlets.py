"""Which outlet published an article: from its URL, its source name or the names it prints."""

import re
from urllib.parse import urlsplit

from dwiwarta.clean.rules import OutletRule, Rules
from dwiwarta.model import RawArticle
from dwiwarta.text import squash

# An article's own outlet shows in its first lines or in its first advertisement.
_LINES = 30
_WIDTH = 400


def find_outlet(raw: RawArticle, lines: list[str], rules: Rules) -> OutletRule | None:
    """The outlet, by the most reliable sign there is; ``None`` where nothing tells."""
    url = raw.overrides.source_url or raw.source_url or ""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:  # "http://[": no URL at all
        host = ""
    for outlet in rules.outlets:
        if any(host == own or host.endswith(f".{own}") for own in outlet.hosts):
            return outlet
    name = squash(raw.overrides.source_name or raw.source_name or "")
    for outlet in rules.outlets:
        if name and name in {squash(outlet.name), outlet.id, *(squash(m) for m in outlet.marks)}:
            return outlet
    for outlet in rules.outlets:
        if any(re.search(sign, line[:_WIDTH]) for sign in outlet.signs for line in lines[:_LINES]):
            return outlet
    return None

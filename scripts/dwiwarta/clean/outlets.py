"""Which outlet published an article: from its URL, its source name or the names it prints."""

from dwiwarta.addresses import host_of
from dwiwarta.clean.prefilter import Candidates
from dwiwarta.clean.rules import OutletRule, Rules
from dwiwarta.model import RawArticle
from dwiwarta.text import squash

# An article's own outlet shows in its first lines or in its first advertisement.
_LINES = 30
_WIDTH = 400


def find_outlet(
    raw: RawArticle, lines: list[str], rules: Rules, candidates: Candidates
) -> OutletRule | None:
    """The outlet, by the most reliable sign there is; ``None`` where nothing tells.

    ``candidates`` tells which patterns may match a line.
    """
    host = host_of(raw.overrides.source_url or raw.source_url or "")
    for outlet in rules.outlets:
        if host and any(host == own or host.endswith(f".{own}") for own in outlet.rule.hosts):
            return outlet.rule
    name = squash(raw.overrides.source_name or raw.source_name or "")
    for outlet in rules.outlets:
        if name and name in outlet.names:
            return outlet.rule
    begins = [line[:_WIDTH] for line in lines[:_LINES]]
    possible = [candidates(begin) for begin in begins]
    for outlet in rules.outlets:
        for bit, find in outlet.signs:
            if any(bits & bit and find(one) for one, bits in zip(begins, possible, strict=True)):
                return outlet.rule
    return None

"""Which outlet published an article: from its URL, its source name or the names it prints."""

from dwiwarta.addresses import host_of
from dwiwarta.clean.prefilter import Candidates
from dwiwarta.clean.rules import Rules
from dwiwarta.clean.ruleschema import OutletRule
from dwiwarta.model import RawArticle
from dwiwarta.text import squash

# An article's own outlet shows in its first lines or in its first advertisement.
_LINES = 30
_WIDTH = 400


def find_outlet(
    raw: RawArticle, lines: list[str], rules: Rules, candidates: Candidates
) -> OutletRule | None:
    """The outlet, by an editor's word, else by the most reliable sign; ``None`` where none tells.

    ``candidates`` tells which patterns may match a line.
    """
    if (chosen := _called(raw.overrides.outlet, rules)) is not None:
        return chosen
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


def folder_outlet(raw: RawArticle, rules: Rules) -> OutletRule | None:
    """The outlet of the folder's defaults, for an article that tells none itself."""
    return _called(raw.defaults.outlet, rules) or _called(raw.defaults.source_name, rules)


def unknown_outlets(raw: RawArticle, rules: Rules) -> tuple[tuple[str, int, str], ...]:
    """Where an editor named an outlet that there is not: file, line and what to say."""
    return tuple(
        (file, line, f"outlet: there is no outlet {said.outlet!r} in boilerplate.yml; ignored")
        for said in (raw.overrides, raw.defaults)
        for key, file, line in said.places
        if key == "outlet" and _called(said.outlet, rules) is None
    )


def _called(name: str | None, rules: Rules) -> OutletRule | None:
    """The outlet of that id, name or domain."""
    wanted = squash(name or "")
    known = (one for one in rules.outlets if wanted and wanted in one.names)
    return next((one.rule for one in known), None)

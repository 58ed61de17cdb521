"""Heads of the messages of a chat: a time and who sent it, in the form of each program."""

import re
from collections.abc import Sequence

from dwiwarta.clean.paragraphs import is_sentence

_DIGITS = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?"
DAY = (
    rf"{_DIGITS}|\d{{1,2}}\.? [A-Za-z]{{3,9}}\.? \d{{2,4}}|[A-Z][a-z]{{2,8}}\.? \d{{1,2}},? \d{{4}}"
)
CLOCK = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?(?:[AaPp]\.?\s?[Mm]\b\.?|pagi|siang|sore|malam))?"


def _stamp(day: str) -> str:
    return rf"(?:(?:{day}),?\s(?:pukul |at |jam )?{CLOCK}|{CLOCK},?\s(?:{day}))"


STAMP = _stamp(DAY)
# Programs write days in digits or, in English, hours of twelve; so do few texts with hours in front
# of what happened or who spoke: "[08.15] Air naik", "9 November 2023 15.04 - Posko: air surut".
IN_DIGITS = _stamp(_DIGITS)
_TWELVE = r"\d{1,2}[.:]\d{2}\s?[AaPp][Mm]"
NEARLY = r"(?:Today|Yesterday|Hari ini|Kemarin)(?: at| pukul)? "
_SENDER = r"(?P<sender>[^:\[\]\n]{1,60}?)"
# One word, or a few without a small letter in front: "Air mulai naik" is no name.
_NAME = r"(?P<sender>[^:\[\]\s]{1,40}|(?![^:\[\]\n]{0,60}\s[a-z])[^:\[\]\n]{1,60}?)"
HEADS = tuple(
    re.compile(head)
    for head in (
        rf"\[(?:{STAMP}|{_TWELVE})\]\s{{0,3}}{_SENDER}:(?:\s(?P<text>.*))?$",
        rf"\[(?:{STAMP}|{_TWELVE})\]\s{{1,3}}{_NAME}$",
        rf"{IN_DIGITS}\s[-–]\s{_SENDER}:(?:\s(?P<text>.*))?$",
        rf"{_SENDER},\s\[{STAMP}\]:?(?:\s(?P<text>.*))?$",
        rf"{_NAME}\s{{1,3}}\[{_TWELVE}\]$",
        rf"{_NAME} — (?:{IN_DIGITS}|{NEARLY}{CLOCK})$",  # Discord
    )
)
# Of LINE, below its own first line alone: an agenda has times between tabs, too.
LINE_HEAD = re.compile(rf"{CLOCK}\t{_SENDER}\t(?P<text>.*)$")
_STAMPED = re.compile(rf"\[?{STAMP}")  # a notice of WhatsApp


def find_head(line: str, heads: Sequence[re.Pattern[str]]) -> re.Match[str] | None:
    """The head that a line begins with; its groups are ``sender`` and perhaps ``text``."""
    return next((match for head in heads if (match := head.match(line))), None)


def is_quoted(above: Sequence[str]) -> bool:
    """Whether sentences stand above the first message: an article, which quotes a chat."""
    full = [line.strip() for line in above if line.strip()]
    return any(is_sentence(line) for line in full[1:] if not _STAMPED.match(line))

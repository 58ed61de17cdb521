"""Forwarded and quoted e-mails: header lines, ``>`` and signatures are no text of the article."""

import re

from dwiwarta.clean.draft import PasteAudit
from dwiwarta.text import squash

_FORWARDED = re.compile(
    r"(?i)[-_=]{2,}\s*(?:forwarded message|original message|pesan (?:yang )?(?:di)?teruskan"
    r"|pesan terusan|pesan asli)\s*[-_=]{2,}"
    r"|(?:begin forwarded message|(?:awal|mulai) pesan (?:yang )?(?:di)?teruskan)\s?:"
)
_FIELD = re.compile(
    r"(?i)\*?(?P<name>from|dari|date|tanggal|sent|dikirim|terkirim|subject|subjek|perihal|judul"
    r"|to|kepada|ke|untuk|cc|tembusan|bcc|reply-to|balas ke)\s?:\*?\s?(?P<value>.{0,1000})"
)
_SENDERS = frozenset(("from", "dari"))
_SUBJECTS = frozenset(("subject", "subjek", "perihal", "judul"))
_DATES = frozenset(("date", "tanggal", "sent", "dikirim", "terkirim"))
_LEAST_FIELDS = 3
# Above the header stands at most what the person wrote who passed it on, in characters.
_ABOVE = 400
_SEARCHED = 60

# More receivers, on a line of their own.
_ADDRESSES = re.compile(r"[^:]{0,200}@[\w.-]{1,80}>?[;,]?")
# A person's name and telephone stand below.
_CLOSING = re.compile(
    r"(?i)(?:hormat (?:kami|saya)|salam(?: hangat| hormat)?|wassalam|terima kasih"
    r"|(?:best |kind )?regards)[,.]?"
)
_SIGNATURE_LINES = 8
_PREFIX = re.compile(r"(?i)(?:(?:fwd?|re|bls|trs|tr)\s?:\s?)+")
_WROTE = re.compile(r"(?i)(?:pada|on)\b.{5,200}\b(?:menulis|wrote)\s?:")
_QUOTE = re.compile(r"^(?:> ?)+")
# So many of the lines must be quoted; a single ">" is the author's own.
_QUOTED_SHARE = 0.6
_LEAST_QUOTED = 3
# A first line that long, or that ends like a sentence, is no title.
_TITLE_LENGTH = 150


def unwrap_mail(lines: list[str], audit: PasteAudit) -> list[str]:
    """The text of a forwarded or quoted e-mail; other texts stay as they are.

    The subject becomes the first line where the text below has no title of its own.
    """
    lines = _unquoted(lines, audit)
    fields = _header(lines)
    if fields is None:
        return lines
    start, end, subject = fields
    above, head, below = lines[:start], lines[start:end], lines[end:]
    if sum(map(len, above)) <= _ABOVE:
        for line in above:
            audit.note(line, "mail: above the forwarded message")
        above = []
    for line in head:
        audit.note(line, "mail: header")
    below = _unquoted(_without_signature(below, audit), audit)
    if subject and not _has_title(below, subject):
        above.append(subject)
    return [*above, *below]


def _unquoted(lines: list[str], audit: PasteAudit) -> list[str]:
    full = [line.strip() for line in lines if line.strip()]
    quoted = sum(line.startswith(">") for line in full)
    if quoted < _LEAST_QUOTED or quoted < _QUOTED_SHARE * len(full):
        return lines
    audit.note(">", f"mail: quotation marks of {quoted} lines")
    bare = [_QUOTE.sub("", line.strip(), count=1) for line in lines]
    out: list[str] = []
    for index, line in enumerate(bare):
        if _WROTE.fullmatch(line.strip()) and not lines[index].strip().startswith(">"):
            audit.note(line, "mail: who wrote")
        else:
            out.append(line)
    return out


def _header(lines: list[str]) -> tuple[int, int, str] | None:
    """Start, end and subject of the last header among the first lines."""
    found: tuple[int, int, str] | None = None
    index = 0
    while index < min(len(lines), _SEARCHED):
        start, marked = index, bool(_FORWARDED.fullmatch(lines[index].strip()))
        index += marked
        while marked and index < len(lines) and not lines[index].strip():
            index += 1
        fields: dict[str, str] = {}
        while index < len(lines):
            line = lines[index].strip()
            if match := _FIELD.fullmatch(line):
                fields[match["name"].lower()] = match["value"].strip(" *")
            elif not fields or not _ADDRESSES.fullmatch(line):
                break
            index += 1
        if _is_header(fields, marked):
            subject = next((fields[name] for name in fields if name in _SUBJECTS), "")
            found = (found[0] if found else start), index, _PREFIX.sub("", subject, count=1)
        elif marked and not fields:  # nothing below the mark: the header stands above, or nowhere
            found = (found[0], index, found[2]) if found else (start, index, "")
        elif index == start:
            index += 1
    return found


def _is_header(fields: dict[str, str], marked: bool) -> bool:
    if marked:
        return bool(fields)
    names = set(fields)
    kinds = (_SENDERS, _SUBJECTS, _DATES)
    addressed = any("@" in value for value in fields.values())
    return (
        len(names) >= _LEAST_FIELDS
        and all(names & kind for kind in kinds)
        and (addressed or bool(names & {"subject", "subjek", "sent", "dikirim"}))
    )


def _without_signature(lines: list[str], audit: PasteAudit) -> list[str]:
    full = [index for index, line in enumerate(lines) if line.strip()]
    tail = full[-_SIGNATURE_LINES:]
    for index, line in enumerate(lines):
        closes = index in tail and index != full[0] and _CLOSING.fullmatch(line.strip())
        if closes or (line.rstrip() == "--" and index in tail and 3 * index > len(lines)):
            for rest in lines[index:]:
                audit.note(rest, "mail: signature")
            return lines[:index]
    return lines


def _has_title(lines: list[str], subject: str) -> bool:
    """Whether the text's first line is its title: short, and no beginning of a wrapped line."""
    index = next((number for number, line in enumerate(lines) if line.strip()), None)
    if index is None:
        return False
    first, below = lines[index].strip(), "".join(lines[index + 1 : index + 2]).strip()
    if squash(first) == squash(subject):
        return True
    ends = first[-1] in '.,;:!?”"'
    return len(first) <= _TITLE_LENGTH and not ends and not below[:1].islower()

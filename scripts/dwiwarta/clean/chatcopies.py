"""Messages that were copied without the marks by which a head is known for sure.

LINE writes time, name and text with spaces between (``10:15 Budi Halo``), perhaps below the day;
windows of Signal and Telegram give a name, a time and the text in lines of their own; sigtop,
which exports Signal, writes ``From:``, ``Type:`` and ``Sent:``. Agendas and chronicles look much
the same: a chat has senders whose names are no words, and somebody greets or thanks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from dwiwarta.clean.chatheads import is_quoted
from dwiwarta.clean.chattalk import Message
from dwiwarta.text import word_set

_FIRST_LINES = 4  # in which a chat must have begun
_TIME = re.compile(r"(?P<time>\d{1,2}:\d{2}(?:\s?[AaPp][Mm])?)\s(?P<rest>\S.*)$")
# LINE's rows of days: "2026.11.09 Monday", "Mon, 11/9/2026".
_DAY = re.compile(
    r"(?i)\d{4}[./]\d{1,2}[./]\d{1,2}\s?\(?(?:mon|tue|wed|thu|fri|sat|sun|senin|selasa|rabu|kamis"
    r"|jumat|sabtu|minggu)[a-z]{0,6}\)?|(?:mon|tue|wed|thu|fri|sat|sun|sen|sel|rab|kam|jum|sab|min)"
    r"[a-z]{0,6}, \d{1,2}/\d{1,2}/\d{4}"
)
_LEAST_ROWS = 3
_LEAST_BELOW_DAY = 2
_NAME_WORDS = 3
_CLOCK_ALONE = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[AaPp][Mm])?")
_NAME_LENGTH = 40
_LEAST_BLOCKS = 2
_CALLED = word_set("pak bu bapak ibu mas mbak mba bang kak om tante ustaz ustadz haji hj h. dr dr.")
# What people say in a chat and in no agenda or chronicle.
_SMALL_TALK = re.compile(
    r"(?i)\W{0,3}(?:hal+o|hai|hi|ass?alamu?[’' ]?alaikum|wa?alaikum ?salam"
    r"|selamat (?:pagi|siang|sore|malam)|terima ?kasih|terimakasih|makasih|trims"
    r"|thanks?|thank you|siap|oke?|okay|baik|iya|ya|noted|setuju|amin|aamiin|izin|ijin|mantap"
    r"|mohon (?:izin|ijin|maaf))\b.{0,80}"
    r"|\W{1,6}"
)
# What LINE says in place of a picture or a call.
_NO_TEXT = re.compile(
    r"(?i)(?:photos?|stickers?|videos?|voice message|files?|foto|stiker|pesan suara|☎ .{1,40}"
    r"|unsent a message\.?|membatalkan pesan\.?)"
)
_EXPORTED = re.compile(
    r"(?P<key>Conversation|From|To|Type|Sent|Received|Edited|Attachment|Reaction|Quote):"
    r" ?(?P<value>.*)"
)
_MOST_FIELDS = 12


@dataclass(slots=True)
class Copied:
    """A chat: the text ``above`` it, the ``messages``, and ``notices`` that are nobody's words."""

    above: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def copied_messages(lines: Sequence[str], words: frozenset[str]) -> Copied | None:
    """The messages of such a copy; ``None`` for any other text.

    ``words``: in lower case, of which none is the name of a person.
    """
    return _exported(lines) or _of_line(lines, words) or _of_window(lines, words)


def _exported(lines: Sequence[str]) -> Copied | None:
    copied = Copied()
    at = 0
    while at < len(lines):
        found = (_EXPORTED.fullmatch(line) for line in lines[at : at + _MOST_FIELDS])
        fields = [match for match in takewhile(bool, found) if match]
        keys = {match["key"]: match["value"] for match in fields}
        if {"Type", "Sent"} <= keys.keys() and not keys.keys().isdisjoint(("From", "To")):
            head = " / ".join(match[0] for match in fields)
            copied.messages.append(Message(head, keys.get("From", "") or keys["Type"]))
            at += len(fields)
            continue
        if copied.messages:
            copied.messages[-1].lines.append(lines[at])
        elif lines[at].startswith("Conversation: "):
            copied.notices.append(lines[at])
        elif lines[at].strip():
            return None
        at += 1
    return copied if copied.messages else None


def _of_line(lines: Sequence[str], words: frozenset[str]) -> Copied | None:
    full = [index for index, line in enumerate(lines) if line.strip()][:_FIRST_LINES]
    start = next((index for index in full if _TIME.match(lines[index].strip())), None)
    if start is None or is_quoted(lines[:start]):
        return None
    days = {index for index, line in enumerate(lines) if _DAY.fullmatch(line.strip())}
    rows = {
        index: match
        for index in range(start, len(lines))
        if (match := _TIME.match(lines[index].strip()))
    }
    names = _names([match["rest"].split() for match in rows.values()])
    said = zip(names, (match["rest"] for match in rows.values()), strict=True)
    texts = [rest.removeprefix(name).strip() for name, rest in said]
    dated = any(index < start for index in days)
    if len(rows) < (_LEAST_BELOW_DAY if dated else _LEAST_ROWS):
        return None
    # "06:15 Darto berangkat", below a day or not, tells what somebody did.
    bare = not any(lines[index].strip() for index in range(start) if index not in days)
    sentences = bare and _begin_as_sentences(texts)  # below a title it may be a report, too
    chat = _talk(names, texts) or (dated and (sentences or _is_small(texts)))
    if not chat or not all(_may_be_name(name, words) for name in names):
        return None
    copied = Copied([line for index, line in enumerate(lines[:start]) if index not in days])
    copied.notices += [lines[index] for index in days]
    spoken = dict(zip(rows, zip(names, texts, strict=True), strict=True))
    for index in range(start, len(lines)):
        name, text = spoken.get(index, ("", ""))
        if name and _NO_TEXT.fullmatch(text):
            copied.notices.append(lines[index])
        elif name:
            copied.messages.append(Message(f"{rows[index]['time']} {name}", name, [text]))
        elif index not in days and copied.messages:
            copied.messages[-1].lines.append(lines[index])
        elif index not in days:
            copied.above.append(lines[index])
    return copied if copied.messages else None


def _talk(names: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether several speak, one of them again, and begin as sentences do: no "10:15 Budi tiba"."""
    several = 1 < len(set(names)) < len(names)
    return several and _is_small(texts) and _begin_as_sentences(texts)


def _is_small(texts: Sequence[str]) -> bool:
    return any(map(_SMALL_TALK.fullmatch, texts))


def _begin_as_sentences(texts: Sequence[str]) -> bool:
    return sum(not text[:1].islower() for text in texts) * 2 >= len(texts)


def _names(rows: Sequence[list[str]]) -> list[str]:
    """The names that rows of words begin with: as long as all rows share that begin alike."""
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    names = {key: " ".join(group[0][: _shared(group, len(key))]) for key, group in groups.items()}
    return [names[_key(row)] for row in rows]


def _shared(group: Sequence[list[str]], least: int) -> int:
    """How many words, from ``least`` on, a group of rows shares that may all be of a name."""
    first = group[0]
    shared = least
    while (
        len(group) > 1
        and shared < _NAME_WORDS
        and all(len(one) > shared + 1 and one[shared] == first[shared] for one in group)
        and not first[shared][0].islower()
    ):
        shared += 1
    return shared


def _key(row: list[str]) -> tuple[str, ...]:
    return tuple(row[: 2 if row[0].casefold() in _CALLED else 1])


def _may_be_name(name: str, words: frozenset[str]) -> bool:
    first, *rest = name.split()
    if first.casefold() in _CALLED:
        return bool(rest) and not rest[0][0].islower()
    return not first[0].islower() and first[0].isalpha() and first.casefold() not in words


def _of_window(lines: Sequence[str], words: frozenset[str]) -> Copied | None:
    full = [index for index, line in enumerate(lines) if line.strip()]
    bare = [lines[index].strip() for index in full]
    copied = Copied()
    skip = -1
    for place, index in enumerate(full):
        below = bare[place + 1] if place + 1 < len(full) else ""
        if _CLOCK_ALONE.fullmatch(below) and _is_sender(bare[place], words):
            copied.messages.append(Message(f"{bare[place]} {below}", bare[place]))
            skip = full[place + 1]
        elif not copied.messages:
            return None
        elif index != skip:
            copied.messages[-1].lines += [*_empty(lines, index), lines[index]]
    said = [" ".join(filter(None, message.lines)) for message in copied.messages]
    talked = len(said) >= _LEAST_BLOCKS and any(map(_SMALL_TALK.fullmatch, said))
    return copied if talked else None


def _is_sender(line: str, words: frozenset[str]) -> bool:
    short = len(line) <= _NAME_LENGTH and len(line.split()) <= _NAME_WORDS
    return short and line[-1].isalnum() and _may_be_name(line, words)


def _empty(lines: Sequence[str], index: int) -> Iterator[str]:
    """An empty line, if one stands above."""
    if index and not lines[index - 1].strip():
        yield ""

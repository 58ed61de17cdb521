"""Messages of a chat, and whether they are what an article quotes or what people talk about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dwiwarta.clean.chatheads import STAMP
from dwiwarta.clean.paragraphs import is_sentence

# Another person's message is part of the text only if it is longer than an answer, in characters.
ANSWER = 200
_SHARE = 3  # a third as much as the longest and those of the same sender is no answer any more
_PHONE = re.compile(r"\d[\d -]{7}")
# What WhatsApp itself says in a chat: "… menambahkan …", "Pesan dienkripsi …".
NOTICE = re.compile(rf"(?:\[{STAMP}\]\s|{STAMP}\s[-–]\s)(?P<text>.*)$")
_FIRST_LINE = 120  # characters of what somebody says last in a chat that is quoted
_LEAST_TALKING = 2  # persons in such a chat
_OF_A_CHAT = re.compile(
    r"(?i)\b(?:percakapan|obrolan|chat(?:ting)?|pesan|whatsapp|telegram|tangkapan layar"
    r"|screenshot)\b"
)


@dataclass(slots=True)
class Message:
    """``head``: as in the file, without the text."""

    head: str
    sender: str
    lines: list[str] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Characters of its text."""
        return sum(map(len, self.lines))


def is_talk(messages: Sequence[Message]) -> bool:
    """Whether no message holds an article: what several persons said is the text itself.

    Beside a telephone number, which is never published, it is a chat all the same.
    """
    longest = max(messages, key=lambda message: message.length)
    if longest.length > ANSWER or _has_phone(messages):
        return False
    own = sum(message.length for message in messages if message.sender == longest.sender)
    others = sum(message.length for message in messages if message.sender != longest.sender)
    return not longest.length or others * _SHARE > own


def goes_on_below(above: Sequence[str], messages: Sequence[Message]) -> bool:
    """Whether an article stands below the chat that it quotes right under its title.

    It is read as more lines of the last message, and says that it speaks of a chat.
    """
    *others, last = messages
    said = [line.strip() for line in last.lines[1:] if line.strip()]
    senders = {message.sender for message in messages}
    if not others or len(senders) < _LEAST_TALKING or not any(map(is_sentence, said)):
        return False
    if _has_phone(messages) or len(next(iter(last.lines), "")) > _FIRST_LINE:
        return False
    if any(message.length > ANSWER for message in others):
        return False
    titles = [line for line in above if line.strip() and not NOTICE.match(line.strip())]
    return bool(titles) and any(map(_OF_A_CHAT.search, (*titles, *said)))


def _has_phone(messages: Sequence[Message]) -> bool:
    return any(_PHONE.search(message.sender) for message in messages)

"""Messages out of a chat: who sent them and how they were passed on is no text of the article.

Read are exports and copies of WhatsApp (``[09/11/23 15.04.21] Budi: …``, ``09/11/23 15.04 - Budi:
…``, ``[15.04, 9/11/2023] Budi: …``), Telegram (``Budi, [9 Nov 2023 15.04]``), Teams (``[09/11/2023
15:04] Budi``), Slack (``Budi  [3:04 PM]``), LINE (time, name and text between tabs) and Discord
(``Budi — 09/11/2023 15:04``), what ``chatcopies`` knows, and a single message below WhatsApp's own
``Diteruskan``. A sender's name and number are never published.
"""

import re

from dwiwarta.clean.chatcopies import copied_messages
from dwiwarta.clean.chatheads import (
    CLOCK,
    DAY,
    HEADS,
    IN_DIGITS,
    LINE_HEAD,
    NEARLY,
    find_head,
    is_quoted,
)
from dwiwarta.clean.chattalk import ANSWER, NOTICE, Message, goes_on_below, is_talk
from dwiwarta.clean.draft import PasteAudit
from dwiwarta.text import one_line

# Lines in which a chat must have begun: an editor's title may stand above it.
_FIRST_LINES = 4
# The same in the name of the group, as iPhones export it.
_SYSTEM = re.compile(
    r"(?i)(?:messages and calls are end-to-end encrypted|pesan dan panggilan dienkripsi)\b.{0,200}"
    r"|.{1,60} (?:joined using this group's invite link|bergabung menggunakan tautan undangan grup)"
    r".{0,40}"
)
# What LINE writes above an exported chat, and above the messages of a day.
_EXPORTED = re.compile(
    rf"(?i)\[LINE\] .{{1,200}}|(?:saved on|disimpan pada|tanggal disimpan): .{{4,40}}"
    rf"|(?:[a-z]{{2,9}}, )?(?:{DAY})(?: [a-z]{{3,9}})?"
)
# Discord, as its screen is copied: a name, perhaps a tag, and the time in a line of its own.
_TIME_ALONE = re.compile(rf"— (?:{IN_DIGITS}|{NEARLY}{CLOCK})")
_TAG = re.compile(r"[A-Z✓ ]{2,12}")
_UNREAD = "NEW"

_LABEL = re.compile(
    r"(?i)[\W_]{0,3}(?:(?:sering |pesan )?diteruskan(?: berkali-kali)?|forwarded(?: many times)?"
    r"|(?:pesan )?(?:diteruskan|terusan) dari:? .{1,60}"
    r"|(?:forwarded|forward) (?:message )?from:? .{1,60})[\W_]{0,3}"
)
# Below the text only what is surely no sentence: it has a telephone number or is English.
_NAMES_SENDER = re.compile(r"(?i)^[\W_]{0,3}forwarded |\+?\d[\d -]{7,16}\d[\W_]{0,3}$")
# A name without a time, above or below the label.
_BARE_SENDER = re.compile(r"(?:dari|from): .{1,60}|[^.!?]{1,60}:", re.IGNORECASE)
# With what people begin before they pass something on; it is no title.
_GREETING = re.compile(
    r"(?i)\W{0,6}(?:ass?alamu?[’' ]?alaikum|salam\b|selamat (?:pagi|siang|sore|malam)\b"
    r"|(?:mohon )?(?:izin|ijin)\b|mohon (?:maaf|dibaca)\b|yth\b|halo\b|hai\b|bapak[ -]ibu\b|dear\b"
    r"|info(?:rmasi)? (?:dari|untuk|buat)\b|dapat (?:info|kabar|kiriman)\b)"
)
_GREETING_LENGTH = 150
_MEDIA = re.compile(
    r"(?i)<?(?:media|gambar|video|audio|stiker|sticker|image|document|dokumen|gif|kartu kontak)"
    r"(?: tidak disertakan| omitted| dihilangkan)>?"
    r"|\[ (?:photo|video|album|file|sticker|voice message|poll|gif)(?: : [^\]]{1,80})? \]"
    r"|<(?:attached|terlampir|lampiran): [^>]{1,120}>|\(- [^()]{1,80} -\)"
    r"|\S{1,120} \((?:file terlampir|berkas terlampir|file attached)\)"
    r"|(?:pesan ini (?:telah )?dihapus(?: oleh admin)?|(?:anda|kamu) menghapus pesan ini"
    r"|this message was deleted(?: by admin)?|you deleted this message|null)\.?"
    r"|(?:menunggu pesan ini|waiting for this message)(?:\. (?:mungkin perlu|this may) .{1,30})?\.?"
    r"|(?:missed (?:voice|video) call|panggilan (?:suara|video) tak terjawab)(?:[.,] .{1,30})?\.?"
)
_EDITED = re.compile(
    r"(?i)\s?<(?:pesan ini diedit|this message was edited)>$|\s?\((?:edited|diedit)\)$"
)
# Below a sign of Slack or Discord: how many put it there.
_REACTIONS = re.compile(r"\d{1,5}|:[a-z_+-]{2,30}: ?\d{1,5}|\d{1,3} (?:replies|balasan)")
# "Sebarkan ke grup lain!": what only makes people pass a message on.
_PASS_ON = re.compile(
    r"(?i)\W{0,6}(?:(?:mohon|tolong|silakan|silahkan|harap|ayo|yuk|please|mari|bantu) ){0,2}(?:di)?"
    r"(?:sebar(?:kan|luaskan)?|share|bagikan|teruskan|viralkan|forward|copas)\b(?:\W{0,8}"
    r"|[^.]{0,80}\b(?:grup|group|teman|teman-teman|keluarga|saudara|kontak|pesan|info|informasi"
    r"|berita|sebanyak|semua|lain|viral|ya)\b[^.]{0,40}[.!]{0,3}\W{0,8})"
)
_PASS_ON_LENGTH = 100

# WhatsApp's marks, https://faq.whatsapp.com/539178204879377: a mark touches what it marks, and
# no letter or digit stands outside it.
_MARKS = tuple(
    re.compile(
        rf"(?<![\w{mark}]){mark}(?=[^\s{mark}])([^{mark}\n]*[^\s{mark}]){mark}(?![\w{mark}])"
    )
    for mark in (r"\*", "_", "~", "`")
)
_MONOSPACED = re.compile(r"```(.+?)```", re.DOTALL)
_WHOLE_LINE = re.compile(r"(?P<mark>[*_~])(?! )[^*_~\n]+(?<! )(?P=mark)")


def unwrap_chat(lines: list[str], audit: PasteAudit, words: frozenset[str]) -> list[str]:
    """The text of the longest message with what belongs to it; other texts stay as they are.

    ``words``: in lower case, of which none is the name of a person.
    """
    heads = HEADS
    if next(filter(str.strip, lines), "").startswith("[LINE] "):
        heads = (*HEADS, LINE_HEAD)
        lines = _without_rows(lines, audit)
    lines = _whole_heads(lines, audit)
    first = [index for index, line in enumerate(lines) if line.strip()][:_FIRST_LINES]
    start = next((index for index in first if find_head(lines[index].strip(), heads)), None)
    if start is not None:
        talked = _messages(lines[start:], heads, PasteAudit())
        if is_quoted(lines[:start]) or is_talk(talked):
            return lines
        if goes_on_below(lines[:start], talked):
            return lines
        above = [line for line in lines[:start] if not _is_of_the_chat(line, audit)]
        kept = _article(_messages(lines[start:], heads, audit), audit)
        return [*above, *_plain(kept, audit)]
    copied = copied_messages(lines, words)
    if copied is not None and not is_talk(copied.messages):
        for line in copied.notices:
            audit.note(line, "chat: notice")
        return [*copied.above, *_plain(_article(copied.messages, audit), audit)]
    for number, index in enumerate(first[:2]):
        if number and not _BARE_SENDER.fullmatch(lines[first[0]].strip()):
            break
        if _is_label(lines[index], audit):
            if number:
                audit.note(lines[first[0]], "chat: sender")
            return _plain(_without_sender(lines[index + 1 :], audit), audit)
    if first and _looks_marked(lines, first[0]):
        return _plain(lines, audit)
    return lines


def _without_rows(lines: list[str], audit: PasteAudit) -> list[str]:
    """Without what LINE writes into an exported chat."""
    out: list[str] = []
    for line in lines:
        if _EXPORTED.fullmatch(line.strip()):
            audit.note(line, "chat: notice")
        else:
            out.append(line)
    return out


def _whole_heads(lines: list[str], audit: PasteAudit) -> list[str]:
    """Each time that stands alone behind the name that it belongs to, in a chat of Discord."""
    first = [line.strip() for line in lines if line.strip()][:_FIRST_LINES]
    if not any(map(_TIME_ALONE.fullmatch, first)):
        return lines
    out: list[str] = []
    for line in lines:
        if _TIME_ALONE.fullmatch(line.strip()) and out:
            if len(out) > 1 and _TAG.fullmatch(out[-1].strip()):
                audit.note(out.pop(), "chat: notice")
            out[-1] = f"{out[-1].strip()} {line.strip()}"
            if len(out) > 1 and out[-2].strip() == _UNREAD:
                audit.note(out.pop(-2), "chat: notice")
        else:
            out.append(line)
    return out


def _is_label(line: str, audit: PasteAudit) -> bool:
    if not _LABEL.fullmatch(line.strip()):
        return False
    audit.note(line, "chat: passed on")
    return True


def _without_sender(lines: list[str], audit: PasteAudit) -> list[str]:
    """Without a name that stands below the label."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None or not re.match(r"(?i)(?:dari|from): ", lines[first].strip()):
        return lines
    if not _BARE_SENDER.fullmatch(lines[first].strip()):
        return lines
    audit.note(lines[first], "chat: sender")
    return lines[first + 1 :]


def _is_of_the_chat(line: str, audit: PasteAudit) -> bool:
    if NOTICE.match(line.strip()):
        audit.note(line, "chat: notice")
        return True
    return _is_label(line, audit)


def _looks_marked(lines: list[str], first: int) -> bool:
    """Whether a text without a head is a copied message: a title and more between its marks."""
    title = _WHOLE_LINE.fullmatch(lines[first].strip())
    if title is None or title["mark"] != "*":
        return False
    marked = sum(any(mark.search(line) for mark in _MARKS) for line in lines[first + 1 :])
    return marked > 0


def _messages(
    lines: list[str], heads: tuple[re.Pattern[str], ...], audit: PasteAudit
) -> list[Message]:
    messages: list[Message] = []
    for line in lines:
        bare = line.strip()
        if match := find_head(bare, heads):
            text = match.groupdict().get("text") or ""
            if _SYSTEM.fullmatch(text.strip()):
                audit.note(bare, "chat: notice")
                messages.append(Message("", ""))
                continue
            head = bare.removesuffix(text)
            messages.append(Message(head.strip(), match["sender"], [text]))
        elif not NOTICE.match(bare):
            messages[-1].lines.append(line)
        else:
            audit.note(line, "chat: notice")
    return messages


def _article(messages: list[Message], audit: PasteAudit) -> list[str]:
    longest = max(messages, key=lambda message: message.length)
    kept: list[str] = []
    for message in messages:
        text = one_line(" ".join(message.lines))
        greets = not kept and len(text) <= _GREETING_LENGTH and _GREETING.match(text)
        if message is not longest and greets:
            audit.note(f"{message.head} {text}", "chat: greeting")
        elif message.sender == longest.sender or message.length > ANSWER:
            audit.note(message.head, "chat: sender")
            kept += [*_unquoted(message), ""]
        else:
            audit.note(f"{message.head} {text}", "chat: another message")
    return kept


def _unquoted(message: Message) -> list[str]:
    """The lines of a message; LINE puts quotation marks around several."""
    text = "\n".join(message.lines).strip()
    if "\t" in message.head and "\n" in text and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return text.split("\n")


def _plain(lines: list[str], audit: PasteAudit) -> list[str]:
    """Without labels, places of media and the marks of emphasis."""
    out: list[str] = []
    above = True  # of all text
    below_sign = False
    for line in _MONOSPACED.sub(r"\1", "\n".join(lines)).split("\n"):
        bare = line.strip()
        if _LABEL.fullmatch(bare) and (above or _NAMES_SENDER.search(bare)):
            audit.note(bare, "chat: passed on")
        elif _MEDIA.fullmatch(bare):
            audit.note(bare, "chat: media")
        elif len(bare) <= _PASS_ON_LENGTH and _PASS_ON.fullmatch(_without_marks(bare)):
            audit.note(bare, "chat: asks to pass it on")
        elif bare and not any(map(str.isalnum, bare)) and not bare.isascii():
            audit.note(bare, "chat: signs alone")
            below_sign = True
            continue
        elif below_sign and _REACTIONS.fullmatch(bare):
            audit.note(bare, "chat: reactions")
        else:
            out.append(_without_marks(_EDITED.sub("", line)))
            above = above and not out[-1].strip()
        below_sign = below_sign and not bare
    return out


def _without_marks(line: str) -> str:
    for _ in range(2):  # one may stand inside the other: *_tebal miring_*
        for mark in _MARKS:
            line = mark.sub(r"\1", line)
    return line

"""Whether a line that states a day states that of an event, as announcements do.

``Tanggal: 12 November 2026`` beside ``Tempat: …`` or ``Pukul: 19.30 WIB`` is when people meet;
beside ``Penulis: …`` it is when the article was published. A day without a label is that of an
event where a span of time stands below it, or it has the sign of a calendar and a neighbour that
of a clock or a place.
"""

import re
from collections.abc import Sequence

from dwiwarta.text import word_set

_FIELD = re.compile(
    r"[^\w\n]{0,6}(?P<label>[^\W\d_][\w/&.() -]{0,40}?)\s{0,4}[:|](?!//)\s{0,4}(?P<value>.{0,120})"
)
_SENTENCE_ENDS = (".", "?", "!", "…", "”", '"')
_FARTHEST = 10  # lines of a block of fields on each side
_WORD = re.compile(r"[^\W\d_]+")
# With what the label of a day begins; "Tanggal terbit" is when it was published.
_DAYS = word_set("hari tanggal tgl date day waktu jadwal pelaksanaan when kapan")
_OF_PUBLICATION = word_set(
    """
    terbit tayang publikasi publish published posting posted post rilis release unggah muat update
    updated diperbarui diterbitkan dipublikasikan diunggah berita artikel
    """
)
_TIMES = word_set("waktu pukul jam time")
# Of a publication: nobody who invites states these.
_SOURCES = word_set(
    """
    penulis author oleh by editor redaktur reporter pewarta wartawan jurnalis kontributor sumber
    source media penerjemah edisi rubrik kanal
    """
)
# Of something that people go to or apply for.
_EVENTS = word_set(
    """
    tempat lokasi venue place location where alamat ruang ruangan room aula stadion gedung acara
    agenda kegiatan event tema theme peserta biaya htm tiket kuota pembicara narasumber pemateri
    moderator speaker host penyelenggara panitia narahubung cp hadiah syarat persyaratan gaji posisi
    formasi pendaftaran registrasi kickoff kick laga pertandingan berlaku passcode zoom meeting
    dresscode dress pakaian keperluan rute doors gate jabatan position salary penempatan kualifikasi
    penginapan lomba keberangkatan
    """
)
_CLOCK = r"\d{1,2}[.:]\d{2}"
_SPAN = re.compile(
    rf"(?i)\W{{0,4}}(?:(?:pukul|jam|pkl\.?) )?{_CLOCK}(?: ?(?:wib|wita|wit|am|pm))?"
    rf"\s?(?:[-–—]|s\.?[/.]?d\.?|sampai|hingga|to)\s?(?:(?:pukul|jam) )?(?:{_CLOCK}|selesai)"
    r"(?: ?(?:wib|wita|wit|am|pm))?\W{0,4}"
)
_ROUND = re.compile(r"(?i)\W{0,4}(?:(?:pukul|jam|pkl\.?) )?\d{1,2}(?:[.:][03]0\b|\s?[ap]m\b)")
_CALENDAR = re.compile("[\U0001f4c5\U0001f4c6\U0001f5d3]")
_PLACE_OR_CLOCK = re.compile("[\U0001f4cd\U0001f4cc\U0001f550-\U0001f567\u23f0\u23f1\u23f2\u231a]")
# When somebody was born, or a thing begins: not when it was published.
_OF_SOMETHING = re.compile(
    r"(?i)\W{0,3}(?:ttl|(?:tempat|tanggal|tempat(?:/|, ?| dan )tanggal) lahir|lahir|wafat|meninggal"
    r"|menikah|berdiri|didirikan|dibangun|diresmikan|berlaku|kedaluwarsa|jatuh tempo|pendaftaran"
    r"|pengumuman|batas|tenggat|mulai|selesai|berakhir|periode)\b"
)


def is_of_something(line: str) -> bool:
    """Whether a day in a line is that of a birth, a deadline and the like."""
    return _OF_SOMETHING.match(line) is not None


def is_of_event(lines: Sequence[str], index: int) -> bool:
    """Whether the day in a line is that of an event; ``lines``: of the text, without empty ones."""
    line = lines[index]
    near = [lines[at] for at in (index - 1, index + 1, index + 2) if 0 <= at < len(lines)]
    if _CALENDAR.match(line) and any(map(_PLACE_OR_CLOCK.match, near)):
        return True
    below = lines[index + 1] if index + 1 < len(lines) else ""
    field = _FIELD.fullmatch(line)
    if field is None:
        return bool(_SPAN.fullmatch(below)) or (index > 0 and _heads_times(lines[index - 1]))
    label = _words(field["label"])
    if not label or label[0] not in _DAYS or not _OF_PUBLICATION.isdisjoint(label):
        return False
    around = [
        *_fields(lines, range(index - 1, -1, -1)),
        *_fields(lines, range(index + 1, len(lines))),
    ]
    firsts = {words[0] for words, _ in around}
    if not _SOURCES.isdisjoint(firsts):
        return False
    return not _EVENTS.isdisjoint(firsts) or any(
        words[0] in _TIMES and (_SPAN.fullmatch(value) or _ROUND.match(value))
        for words, value in around
    )


def is_field(line: str) -> bool:
    """Whether a line is a field with its label: ``Posisi: Penyuluh``."""
    return _FIELD.fullmatch(line) is not None


def _heads_times(line: str) -> bool:
    """Whether a line is the label of a time alone: "Waktu:", "Jadwal acara:"."""
    field = _FIELD.fullmatch(line)
    label = _words(field["label"]) if field and not field["value"].strip() else []
    if not label or not _OF_PUBLICATION.isdisjoint(label):
        return False
    return label[0] in _TIMES | {"jadwal", "pelaksanaan"} or not _EVENTS.isdisjoint(label)


def _fields(lines: Sequence[str], places: range) -> list[tuple[list[str], str]]:
    """The fields right above or below a line, as the words of a label and its value."""
    out: list[tuple[list[str], str]] = []
    for at in places[:_FARTHEST]:
        field = _FIELD.fullmatch(lines[at])
        words = _words(field["label"]) if field else []
        if field is None or not words or field["value"].endswith(_SENTENCE_ENDS):
            break  # what somebody says: "Panitia: Kami siap."
        out.append((words, field["value"].strip()))
    return out


def _words(label: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(label)]

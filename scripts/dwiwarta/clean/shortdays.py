"""Days as people type them in place of a date line: ``09.11.23``, ``9 Nov '23``, ``9-XI-2023``.

A year of two digits is read where a line holds nothing but the day, with its weekday or the time;
in a sentence such numbers may be anything. What looks like a day and is none that can be read, as
it lacks the year or counts back from when somebody read the page, is told to the editor.
"""

import re
from functools import lru_cache

from dwiwarta.knowledge.calendar import MONTHS, WEEKDAYS, ZONE_PATTERN, alternatives
from dwiwarta.text import squash

_WEEKDAY = rf"(?:(?:{alternatives(WEEKDAYS)})\b\.?\s?[,/|]?\s?)"
_LABEL = r"(?:(?:tanggal|tgl\.?|date|hari/tanggal|published|terbit|diterbitkan)\s?[:,]?\s)"
_CLOCK = (
    r"(?:[\s,|/-]{1,3}(?:(?:pukul|pkl\.?|jam|at)\s)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[ap]\.?m\.?)?"
    rf"(?:\s?\(?(?:{ZONE_PATTERN})\)?)?)"
)
_MONTH = rf"(?:{alternatives(MONTHS)})"
# The day stands before the month. With dots or dashes, numbers of two digits each: "1-2-3" and
# "2.0.1" may be scores and versions.
_IN_DIGITS = re.compile(
    rf"(?P<before>{_LABEL}?{_WEEKDAY}?)(?P<day>\d\d?)(?P<sep>/|\s?[-./]\s|[-.](?=\d\d[-.]))"
    rf"(?P<month>\d\d?)(?:(?P=sep)|[-.])(?P<year>\d\d(?:\d\d)?)(?P<after>{_CLOCK}?)\.?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<before>{_LABEL}?{_WEEKDAY}?)(?P<day>\d\d?)(?P<sep>[\s-])(?P<month>{_MONTH})\.?"
    rf"[\s-]?['’]?(?P<year>\d\d)(?P<after>{_CLOCK}?)\.?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?P<before>{_WEEKDAY}?)(?:tanggal\s)?(?P<day>\d\d?)\s(?:bulan\s)?(?P<month>{_MONTH})\s"
    rf"(?:tahun\s)?(?P<year>(?:19|20)\d\d)(?P<after>{_CLOCK}?)\.?",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    rf"(?P<before>{_LABEL}?{_WEEKDAY}?)(?P<day>\d\d?)(?P<sep>[-./ ])(?P<month>[IVX]{{1,4}})(?P=sep)"
    rf"(?P<year>(?:19|20)\d\d)(?P<after>{_CLOCK}?)\.?",
    re.IGNORECASE,
)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MOST = 60  # characters of such a line
_LAST_OF_CENTURY = 68  # by the rule of POSIX: 69 is 1969

# What a line may hold that states a day or counts to one, with nothing else in it.
_PARTS = re.compile(
    rf"(?i)\b(?:{alternatives(WEEKDAYS)}|{alternatives(MONTHS)}|{ZONE_PATTERN})\b"
    r"|\b(?:tanggal|tgl|bulan|tahun|hari|jam|menit|detik|minggu|pekan|pukul|pkl|yang|lalu|ini|ke"
    r"|kemarin|baru|saja|sekitar|ago|hours?|minutes?|days?|weeks?|months?|years?|yesterday|today"
    r"|just|now|an?|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas"
    r"|belas|puluh|se(?:jam|menit|hari|minggu|pekan|bulan|tahun)|[ap]m)\b|\d"
)
_SAYS_WHEN = re.compile(
    rf"(?i)\b(?:lalu|ago|kemarin|yesterday|baru saja|just now)\b"
    rf"|\w[\s-](?:bulan\s)?(?:{_MONTH})\b|\b(?:{_MONTH})\s\d"
    r"|\b(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\b"
    r"|\b[0-3]?\d[.-](?:0?[1-9]|1[0-2])[.-](?:1[5-9]|2\d|3[0-5])\b"
)
_COUNTED = re.compile(r"(?i)\d|\b(?:dua|tiga|empat|lima|se(?:jam|hari|pekan)|baru saja|just now)")


@lru_cache(maxsize=256)
def written_out(line: str) -> str:
    """A line that states a day in one of these forms, with its month and year as usual."""
    if len(line) > _MOST:
        return line
    for form in (_IN_DIGITS, _NAMED, _IN_WORDS, _ROMAN):
        if found := form.fullmatch(line):
            month = found["month"]
            if form is _ROMAN and month.upper() not in _ROMANS:
                return line
            number = str(_ROMANS.index(month.upper()) + 1) if form is _ROMAN else month
            between = " " if form in (_NAMED, _IN_WORDS) else "/"
            day = between.join((found["day"], number, _in_full(found["year"])))
            return f"{found['before']}{day}{found['after']}"
    return line


def is_unread_day(line: str) -> bool:
    """Whether a line says when and nothing else: "2 jam lalu", "Kamis, 9 November"."""
    if len(line) > _MOST or not _SAYS_WHEN.search(line) or not _COUNTED.search(line):
        return False
    return not squash(_PARTS.sub(" ", line))


def _in_full(year: str) -> str:
    if len(year) > 2:
        return year
    return f"{19 if int(year) > _LAST_OF_CENTURY else 20}{year}"

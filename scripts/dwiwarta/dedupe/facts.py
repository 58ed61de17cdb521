"""What tells two days' issues of one template apart: the numbers, dates and weekdays in a text.

A schedule, a price or a forecast that is printed anew each day keeps its words and changes its
facts; a republished copy keeps both. A report that is brought up to date keeps its words and has
another toll, and a form for another town has another place in its lead.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from dwiwarta.dedupe.shingles import word_list
from dwiwarta.knowledge.calendar import (
    MONTH_NAMES,
    MONTHS,
    SHORT_MONTH_NAMES,
    WEEKDAY_NAMES,
    alternatives,
)
from dwiwarta.knowledge.numerals import INDONESIAN
from dwiwarta.model import Article

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")

# The names that Indonesian texts use; in an English name, "may" is often another word.
_CALENDAR = frozenset(
    name for table in (MONTH_NAMES, SHORT_MONTH_NAMES, WEEKDAY_NAMES) for name in table["id"]
)
# "6 September 2023", "(6/9/2023)", "(6/9)": the same day in three writings.
_DAY_NAMED = re.compile(rf"\b(\d\d?)[\s-]({alternatives(MONTHS)})\b", re.IGNORECASE)
_DAY_NUMBERED = re.compile(r"\((\d\d?)/(\d\d?)(?:/\d{2,4})?\)")

# "27 orang", "1.200 rumah": what is counted in a disaster, an accident, a trial.
_TOLL = re.compile(
    r"\b(\d+(?:\.\d{3})*) (?:orang|korban|jiwa|warga|penumpang|awak|anak|siswa|pekerja|rumah)\b"
)
# "di Kota Ternate", "kabupaten Solok": up to three words.
_PLACE = re.compile(
    r"\b(?:(?:di|ke|wilayah|kota|kabupaten|kecamatan|desa|provinsi|pulau|bandara|pelabuhan) ){1,4}"
    r"((?-i:[A-Z]\w+)(?: (?-i:[A-Z]\w+)){0,2})",
    re.IGNORECASE,
)
# "Ralat: …", "Artikel ini telah diperbarui": it takes the place of what was published before. What
# is corrected may be a word, which no number shows.
_CORRECTION = re.compile(
    r"^\W*(?:ralat|koreksi|pembetulan|catatan (?:redaksi|editor))\s*[:：]"
    r"|\b(?:artikel|berita|tulisan|naskah|judul) ini (?:telah |sudah |pernah )?(?:diperbarui"
    r"|diralat|dikoreksi|direvisi|diperbaiki|mengalami (?:perubahan|perbaikan|koreksi|revisi))\b"
    r"|\b(?:pada|dalam|di) (?:berita|artikel|versi|pemberitaan) sebelumnya,? (?:\w+ ){0,2}"
    r"(?:tertulis|disebut(?:kan)?|ditulis)\b",
    re.IGNORECASE | re.MULTILINE,
)
_UNITS = {word: value for word, value in INDONESIAN.units.items() if 1 <= value <= 11}
_UNIT = "|".join(_UNITS)
# A part of a larger numeral, or of a vague one, is no number: "tiga ratus", "dua puluhan".
_NUMERAL = re.compile(
    rf"\b(?<!puluh )(?<!ratus )(?<!ribu )"
    rf"(?>(?P<teen>{_UNIT}) belas\b|(?P<tens>{_UNIT}) puluh\b(?: (?P<ones>{_UNIT})\b)?"
    rf"|(?!satu)(?P<alone>{_UNIT})\b)(?! (?:belasan|puluhan|ratus|ribu))"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """``numbers``: numbers and calendar words of the text. ``days``: (month, day) it names.

    ``tolls``: how many people or houses it counts. ``places``: words of the places in the lead;
    ``lead_form``: its other words, without facts. ``title_words``: the title without facts.
    ``title_facts``: only its facts, in order, numerals as figures.
    ``title_names``: those of its words that the text always begins with a capital letter.
    ``corrects``: whether it says that it was corrected since it first appeared.
    """

    numbers: frozenset[str]
    days: frozenset[tuple[int, int]]
    tolls: frozenset[str]
    places: frozenset[str]
    lead_form: frozenset[str]
    title_words: frozenset[str]
    title_facts: tuple[str, ...]
    title_names: frozenset[str]
    corrects: bool


def facts_of(article: Article, words: Collection[str], lead: str = "") -> Facts:
    """Collect the facts of an article.

    ``words``: those of its title and paragraphs. ``lead``: its first real paragraph.
    """
    text = "\n".join((article.title, *article.paragraphs))
    of_title = _with_figures(word_list(article.title))
    places = frozenset(word for match in _PLACE.findall(lead) for word in word_list(match))
    written = set(_WORD.findall("\n".join(article.paragraphs)))
    capitals = [word for word in written if word[0].isupper()]
    capitalised = set("\n".join(capitals).casefold().split("\n"))
    return Facts(
        numbers=frozenset(_NUMBER.findall(text)) | _CALENDAR.intersection(words),
        days=_days(text),
        tolls=frozenset(number.replace(".", "") for number in _TOLL.findall(text)),
        places=places,
        lead_form=frozenset(word for word in word_list(lead) if not _is_fact(word)) - places,
        title_words=frozenset(word for word in of_title if not _is_fact(word)),
        title_facts=tuple(word for word in of_title if _is_fact(word)),
        title_names=frozenset(
            word
            for word in of_title
            if word in capitalised and word not in written and not _is_fact(word)
        ),
        corrects=_CORRECTION.search(text) is not None,
    )


def is_calendar_word(word: str) -> bool:
    """Whether a case-folded word is a month or a day of the week."""
    return word in _CALENDAR


def _with_figures(words: list[str]) -> list[str]:
    """``words`` with numerals below a hundred as figures: *dua puluh tujuh* is 27.

    *Satu* alone is often another word: *satu keluarga*.
    """
    text = " ".join(words)
    return _NUMERAL.sub(_figure, text).split()


def _figure(match: re.Match[str]) -> str:
    teen, tens, ones, alone = (_UNITS.get(word or "", 0) for word in match.groups())
    return str(10 + teen if teen else 10 * tens + ones + alone)


def _is_fact(word: str) -> bool:
    return is_calendar_word(word) or any(character.isdigit() for character in word)


def _days(text: str) -> frozenset[tuple[int, int]]:
    named = {(MONTHS[name.casefold()], int(day)) for day, name in _DAY_NAMED.findall(text)}
    numbered = {(int(month), int(day)) for day, month in _DAY_NUMBERED.findall(text)}
    return frozenset((month, day) for month, day in named | numbered if month <= 12 and day <= 31)

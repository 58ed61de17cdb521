"""What numbers, dates, titles and set words of Indonesian newspapers mean where they stand.

``knowledge/newspaper.yml`` is the data. ``docs/assets/words/newspaper.js`` does the same in a
reader's browser; ``tests/browser/`` holds the two together.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.calendar import MONTH_NAMES, WEEKDAY_NAMES, alternatives
from dwiwarta.knowledge.layers import laid_over, overlay_of
from dwiwarta.knowledge.overlays import load_overlay, remembered
from dwiwarta.words.affixes import Explained, Language
from dwiwarta.yamlfile import Phrase, Strict, TwiceError, load_yaml

_MOST_DIGITS = 18  # of a number that is written out
_BEFORE, _AFTER = r"(?<![^\W_])(?<![-@#/.,])", r"(?![^\W_])(?!-[^\W_])"
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"


class Power(Strict):
    """A word after a number that stands for zeros."""

    zeros: int = Field(ge=1, le=15)
    en: str


class SetWords(Explained):
    """Words that newspapers use in a way of their own, and what that is."""

    forms: tuple[Phrase, ...] = Field(min_length=1)


class Newspaper(Strict):
    """The schema of ``newspaper.yml``; the file says what its keys mean."""

    powers: dict[Phrase, Power]
    currencies: dict[Phrase, Explained]
    zones: dict[Phrase, Explained]
    before_day: dict[Phrase, Explained]
    speech: SetWords
    terms: tuple[SetWords, ...]

    @model_validator(mode="after")
    def _one_meaning(self) -> "Newspaper":
        _look_for_twice(self.terms)
        return self

    @cached_property
    def said(self) -> Mapping[str, SetWords]:
        """The terms by their forms."""
        return {form: term for term in self.terms for form in term.forms}


def _look_for_twice(terms: Iterable[SetWords]) -> None:
    """Raise ``TwiceError`` for a form that two entries have."""
    seen: dict[str, tuple[int | str, ...]] = {}
    for number, term in enumerate(terms):
        for at, form in enumerate(term.forms):
            place = ("terms", number, "forms", at)
            if form in seen:
                raise TwiceError(f"{form!r} is in more than one entry", place, seen[form])
            seen[form] = place


class NewspaperOverlay(overlay_of(Newspaper)):  # type: ignore[misc] # made of the schema above
    """A site's own ``newspaper.yml``: a form of ours is no other entry's."""

    @model_validator(mode="after")
    def _one_meaning(self) -> "NewspaperOverlay":
        _look_for_twice(self.terms or ())
        return self

    @property
    def forms(self) -> frozenset[str]:
        """What we say ourselves: forms of terms, and keys of groups."""
        groups = (self.powers, self.currencies, self.zones, self.before_day)
        keys = (key for group in groups for key in group or ())
        return frozenset((*keys, *(form for term in self.terms or () for form in term.forms)))

    def over(self, program: Newspaper) -> Newspaper:
        """The program's entries with ours."""
        gone = {*self.forms, *self.without}
        left = ((one, tuple(f for f in one.forms if f not in gone)) for one in program.terms)
        terms = tuple(one.model_copy(update={"forms": forms}) for one, forms in left if forms)
        return laid_over(program.model_copy(update={"terms": terms}), self, self.without)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What the characters from ``start`` to ``end`` of a text mean."""

    start: int
    end: int
    text: str


class Unfolding:
    """Finds them in texts, for readers of one language."""

    def __init__(self, known: Newspaper, language: Language) -> None:
        self._known = known
        self._language: Language = language
        self._months = _names(MONTH_NAMES[language])
        self._days = _names(WEEKDAY_NAMES[language])
        days = rf"(?P<day>{alternatives(WEEKDAY_NAMES['id'])})"
        numbers = r"\((?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?:/(?P<y>[0-9]{4}))?\)"
        before = rf"(?:(?P<before>{_any(known.before_day)}) )?"
        alone = numbers.replace("?P<", "?P<n")
        self._date = re.compile(
            rf"{_BEFORE}(?:{before}{days}(?:,? {numbers})?{_AFTER}|{alone})", re.IGNORECASE
        )
        self._time = re.compile(
            rf"{_BEFORE}(?:pukul|jam) (?P<h>[0-9]{{1,2}})[.:](?P<min>[0-9]{{2}})"
            rf"(?: (?P<zone>{_any(known.zones)}))?{_AFTER}"
        )
        self._amount = re.compile(
            rf"(?:(?P<cur>{_any(known.currencies)})\.? ?|{_BEFORE})(?P<n>{_NUMBER})"
            rf"(?: (?P<power>{_any(known.powers)}))?{_AFTER}(?![.,][0-9])"
        )
        speech, name = _any(list(known.speech.forms)), r"(?=[A-Z])"
        self._speech = re.compile(rf"(?<=[\"”’] )(?:{speech})(?= )|(?<=, )(?:{speech})(?= {name})")
        exact = [form for form in known.said if form != form.lower()]
        small = [form for form in known.said if form == form.lower()]
        self._exact = re.compile(rf"{_BEFORE}(?:{_any(exact)}){_AFTER}")
        self._small = re.compile(rf"{_BEFORE}(?:{_any(small)}){_AFTER}", re.IGNORECASE)

    def unfold(self, text: str) -> tuple[Unfolded, ...]:
        """All of a text, in order; none inside another, the longest of those that begin first."""
        found = sorted(self._all(text), key=lambda one: (one.start, -one.end))
        out: list[Unfolded] = []
        for one in found:
            if not out or one.start >= out[-1].end:
                out.append(one)
        return tuple(out)

    def rules(self) -> dict[str, Any]:
        """All that ``newspaper.js`` needs."""
        known, language = self._known, self._language
        return {
            "language": language,
            "months": self._months,
            "days": self._days,
            "weekdays": dict(WEEKDAY_NAMES["id"]),
            "powers": {word: [one.zeros, one.en] for word, one in known.powers.items()},
            "currencies": {word: one.text(language) for word, one in known.currencies.items()},
            "zones": {word: one.text(language) for word, one in known.zones.items()},
            "before": {word: one.text(language) for word, one in known.before_day.items()},
            "speech": [list(known.speech.forms), known.speech.text(language)],
            "terms": {form: one.text(language) for form, one in known.said.items()},
        }

    def _all(self, text: str) -> Iterator[Unfolded]:
        for pattern, tell in (
            (self._date, self._of_date),
            (self._time, self._of_time),
            (self._amount, self._of_amount),
            (self._speech, lambda _: self._known.speech.text(self._language)),
            (self._exact, self._of_term),
            (self._small, self._of_term),
        ):
            for match in pattern.finditer(text):
                if said := tell(match):
                    yield Unfolded(match.start(), match.end(), said)

    def _of_term(self, match: re.Match[str]) -> str:
        known = self._known.said
        return (known.get(match[0]) or known[match[0].lower()]).text(self._language)

    def _of_date(self, match: re.Match[str]) -> str:
        """``Kamis (9/11)``: the day comes before the month. A day alone says nothing by itself."""
        day, month, year = (match[name] or match[f"n{name}"] for name in ("d", "m", "y"))
        if not day and not match["before"]:
            return ""
        parts = []
        if match["day"]:
            parts.append(self._days[WEEKDAY_NAMES["id"][match["day"].lower()] - 1])
        if day:
            if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
                return ""
            date = f"{int(day)} {self._months[int(month) - 1]}"
            parts.append(f"{date} {year}" if year else date)
        said = ", ".join(parts)
        before = self._known.before_day.get((match["before"] or "").lower())
        return f"{before.text(self._language)} {said}" if before else said

    def _of_time(self, match: re.Match[str]) -> str:
        hours, minutes, zone = int(match["h"]), int(match["min"]), match["zone"]
        if hours > 24 or minutes > 59:
            return ""
        said = f"{hours}:{match['min']}"
        return f"{said}, {self._known.zones[zone].text(self._language)}" if zone else said

    def _of_amount(self, match: re.Match[str]) -> str:
        number, power, currency = match["n"], match["power"], match["cur"]
        if not (power or currency or "." in number or "," in number):
            return ""
        english = self._language == "en"
        if not english and not power:
            return ""  # an Indonesian reader knows
        zeros = self._known.powers[power].zeros if power else 0
        unit = f" {self._known.currencies[currency].text(self._language)}" if currency else ""
        whole, _, part = number.replace(".", "").partition(",")
        out = written_out(whole, part, zeros, english=english)
        if not english:
            return f"{out}{unit}" if out else ""
        plain = written_out(whole, part, 0, english=True)
        if not power:
            return f"{plain}{unit}" if plain else ""
        word = self._known.powers[power].en
        return f"{plain} {word}{unit}" + (f" ({out})" if out else "")


def written_out(whole: str, part: str, zeros: int, *, english: bool) -> str:
    """A number with its zeros, as one language writes it; "" if that is too long.

    >>> written_out("2", "5", 12, english=True)
    '2,500,000,000,000'
    >>> written_out("1250", "75", 0, english=True)
    '1,250.75'
    """
    digits = (whole + part[:zeros].ljust(zeros, "0")).lstrip("0") or "0"
    rest = part[zeros:]
    if len(digits) + len(rest) > _MOST_DIGITS:
        return ""
    groups = [digits[max(end - 3, 0) : end] for end in range(len(digits), 0, -3)]
    comma, point = (",", ".") if english else (".", ",")
    return comma.join(reversed(groups)) + (point + rest if rest else "")


def _any(words: Mapping[str, object] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one)))


def _names(numbered: Mapping[str, int]) -> list[str]:
    """The first name of each number, with a capital."""
    first: dict[int, str] = {}
    for name, number in numbered.items():
        first.setdefault(number, name.capitalize())
    return [first[number] for number in sorted(first)]


@remembered
def load_newspaper(path: Path = KNOWLEDGE_DIR / "newspaper.yml") -> Newspaper:
    """The program's file with the site's own over it.

    Raises ``SettingsError`` with ``file:line: reason`` for each fault.
    """
    return _overlay().over(load_yaml(path, Newspaper))


def own_newspaper_forms() -> frozenset[str]:
    """What the site's own file says."""
    return _overlay().forms


def _overlay() -> NewspaperOverlay:
    return load_overlay("newspaper.yml", NewspaperOverlay)


@remembered
def unfolding(language: Language = "en") -> Unfolding:
    """What is told to readers of a language."""
    return Unfolding(load_newspaper(), language)

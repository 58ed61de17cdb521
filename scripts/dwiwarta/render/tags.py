"""Which articles belong to which country and topic, and what these are called."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dwiwarta.interface import gettext, indonesian, spoken
from dwiwarta.model import Summary
from dwiwarta.render.views import Chip, country_chip, topic_chip


@dataclass(frozen=True, slots=True)
class Tagged:
    """A country or topic with its articles, newest first.

    ``kind`` is "Country" or "Topic"; ``code`` is shown beside the name, "" for topics.
    """

    kind: str
    chip: Chip
    url: str
    about: tuple[Summary, ...]
    mentioned: tuple[Summary, ...] = ()
    code: str = ""


def by_country(ordered: Sequence[Summary]) -> list[Tagged]:
    """Every country that a tag names, by name."""
    about: dict[str, list[Summary]] = defaultdict(list)
    mentioned: dict[str, list[Summary]] = defaultdict(list)
    for one in ordered:
        for code in one.about:
            about[code].append(one)
        for code in one.mentioned:
            mentioned[code].append(one)
    found = [
        Tagged(
            kind="Country",
            chip=(chip := country_chip(code)),
            url=chip.url or "",
            about=tuple(about[code]),
            mentioned=tuple(mentioned[code]),
            code=code,
        )
        for code in sorted(about.keys() | mentioned.keys())
    ]
    return sorted(found, key=lambda one: (one.chip.name.casefold(), one.code))


def by_topic(ordered: Sequence[Summary]) -> list[Tagged]:
    """Every topic that a tag names, the one with most articles first."""
    found: dict[str, list[Summary]] = defaultdict(list)
    for one in ordered:
        for topic in one.topics:
            found[topic].append(one)
    tagged = [
        Tagged("Topic", chip := topic_chip(topic), chip.url or "", tuple(found[topic]))
        for topic in sorted(found)
    ]
    return sorted(tagged, key=lambda one: (-len(one.about), one.chip.name.casefold()))


def title(chip: Chip) -> str:
    """``Russia · Rusia``; in an Indonesian interface ``Rusia``."""
    return f"{chip.name} · {chip.beside or chip.name}" if spoken() == "en" else chip.name


def in_brackets(chip: Chip) -> str:
    """``Russia (Rusia)``; in an Indonesian interface ``Rusia``."""
    return f"{chip.name} ({chip.beside or chip.name})" if spoken() == "en" else chip.name


def title_of(message: str) -> str:
    """A message as the title of a page, in English with the Indonesian after it."""
    return " · ".join(one for one in (gettext(message), indonesian(message)) if one)

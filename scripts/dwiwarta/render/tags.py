"""Which articles belong to which country and topic, and the index of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_, gettext, indonesian, spoken
from dwiwarta.model import Page, Summary
from dwiwarta.render.head import Head
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.views import Chip, country_chip, topic_chip
from dwiwarta.settings import Project


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


def index_page(kind: str, tagged: Sequence[Tagged], project: Project, shared: str) -> Page:
    """The index of all countries or of all topics."""
    folder, name, description = {
        "Country": (
            "country/",
            N_("Countries"),
            N_("All countries that the articles are about, with counts."),
        ),
        "Topic": (
            "topic/",
            N_("Topics"),
            N_("All topics that the articles are about, with counts."),
        ),
    }[kind]

    def render() -> bytes:
        head = Head(
            title=title_of(name),
            description=gettext(description),
            layout="index",
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(
            "index.html.j2",
            root="../",
            kind=kind,
            heading=name,
            listed=[one for one in tagged if one.about],
            only_mentioned=[one for one in tagged if not one.about],
        )
        return page_bytes(folder, head, body, project)

    counts = [f"{one.url} {len(one.about)} {len(one.mentioned)}" for one in tagged]
    return Page(f"{folder}index.md", digest_of("index", shared, *counts), render)

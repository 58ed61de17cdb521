"""Pages that list articles: home by day, countries and topics with their indexes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dwiwarta.model import Entry, Page
from dwiwarta.render.page import Head, make_page, render_template
from dwiwarta.render.pagination import ListPage, list_folder, list_pages
from dwiwarta.render.views import Card, Chip, country_chip, topic_chip
from dwiwarta.settings import Project
from dwiwarta.text import counted


@dataclass(frozen=True, slots=True)
class Listed:
    """A country or topic with its articles, newest first. ``code`` is shown beside the name."""

    chip: Chip
    url: str
    about: tuple[Card, ...]
    mentioned: tuple[Card, ...] = ()
    code: str = ""

    @property
    def all(self) -> tuple[Card, ...]:
        """First what is about it, then what only mentions it."""
        return self.about + self.mentioned


def by_country(ordered: Sequence[Entry], cards: Sequence[Card]) -> list[Listed]:
    """Every country that a tag names, by English name. ``cards`` are those of ``ordered``."""
    about: dict[str, list[Card]] = defaultdict(list)
    mentioned: dict[str, list[Card]] = defaultdict(list)
    for entry, card in zip(ordered, cards, strict=True):
        for country in entry.tags.countries:
            (about if country.about else mentioned)[country.code].append(card)
    listed = [
        Listed(
            chip=(chip := country_chip(code)),
            url=chip.url or "",
            about=tuple(about[code]),
            mentioned=tuple(mentioned[code]),
            code=code,
        )
        for code in sorted(about.keys() | mentioned.keys())
    ]
    return sorted(listed, key=lambda one: (one.chip.english.casefold(), one.code))


def by_topic(ordered: Sequence[Entry], cards: Sequence[Card]) -> list[Listed]:
    """Every topic that a tag names, the one with most articles first."""
    found: dict[str, list[Card]] = defaultdict(list)
    for entry, card in zip(ordered, cards, strict=True):
        for topic in entry.tags.topics:
            found[topic.id].append(card)
    listed = [
        Listed(chip=(chip := topic_chip(topic)), url=chip.url or "", about=tuple(found[topic]))
        for topic in sorted(found)
    ]
    return sorted(listed, key=lambda one: (-len(one.about), one.chip.english.casefold()))


def home_pages(
    cards: Sequence[Card],
    countries: Sequence[Listed],
    topics: Sequence[Listed],
    project: Project,
) -> Iterator[Page]:
    """The home page and its older pages."""
    totals = {
        "articles": len(cards),
        "countries": sum(1 for one in countries if one.about),
        "topics": len(topics),
    }
    for page in list_pages(cards, project.settings.site.page_size):
        number = f", page {page.number}" if page.number > 1 else ""
        head = Head(
            title=f"Latest news{number}"
            if page.number > 1
            else f"{project.site_name} · Indonesian news in two languages",
            description=f"Indonesian news with the English beside it{number}.",
            kind="list" if page.number > 1 else "home",
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(
            "home.html.j2",
            root=_root(page.folder("")),
            days=by_day(page.items),
            page=page,
            pager=_pager(page, ""),
            totals=totals,
            languages=in_languages(cards),
            bilingual=all(card.state in ("checked", "machine") for card in cards),
            topics=topics,
            countries=sorted(
                (one for one in countries if one.about),
                key=lambda one: (-len(one.about), one.chip.english.casefold()),
            ),
            site_name=project.site_name,
        )
        yield make_page(page.folder(""), head, body)


def in_languages(cards: Sequence[Card]) -> str:
    """How many articles there are and how many of them in English too: nothing counts as English
    that is not translated.
    """
    number = len(cards)
    articles = counted(number, "article")
    partly = sum(1 for card in cards if card.state == "partial")
    wholly = number - partly - sum(1 for card in cards if card.state == "missing")
    if wholly == number:
        return f"{articles} in two languages"
    if number == 1 or not wholly + partly:
        return f"{articles} in Indonesian, {'partly' if partly else 'not yet'} in English"
    told = [f"{n} {how}" for n, how in ((wholly, "wholly"), (partly, "partly")) if n]
    return f"{articles} in Indonesian, {' and '.join(told)} in English too"


def by_day(cards: Sequence[Card]) -> list[tuple[date | None, list[Card]]]:
    """Cards, already in order, grouped by day; None holds those without a date."""
    return [(day, list(group)) for day, group in groupby(cards, key=lambda card: card.day)]


def tag_pages(listed: Listed, kind: str, project: Project) -> Iterator[Page]:
    """The pages of one country or topic; ``kind`` is "Country" or "Topic"."""
    first_mention = len(listed.about)
    size = project.settings.site.page_size
    for page in list_pages(listed.all, size):
        start = (page.number - 1) * size
        folder = page.folder(listed.url)
        number = f", page {page.number}" if page.number > 1 else ""
        split = max(0, min(len(page.items), first_mention - start))
        head = Head(
            title=f"{listed.chip.english} · {listed.chip.indonesian}{number}",
            description=f"Articles about {listed.chip.english} ({listed.chip.indonesian}), "
            f"in Indonesian and English{number}.",
            kind="list",
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(
            "list.html.j2",
            root=_root(folder),
            kind=kind,
            listed=listed,
            about=page.items[:split],
            mentioned=page.items[split:],
            page=page,
            pager=_pager(page, listed.url),
        )
        yield make_page(folder, head, body)


def index_page(kind: str, listed: Sequence[Listed], project: Project) -> Page:
    """The index of all countries or of all topics."""
    folder, english, indonesian = {
        "Country": ("country/", "Countries", "Negara"),
        "Topic": ("topic/", "Topics", "Topik"),
    }[kind]
    head = Head(
        title=f"{english} · {indonesian}",
        description=f"All {english.lower()} that the articles are about, with counts.",
        kind="index",
        index=project.settings.site.index_by_search_engines,
    )
    body = render_template(
        "index.html.j2",
        root=_root(folder),
        kind=kind,
        english=english,
        indonesian=indonesian,
        listed=[one for one in listed if one.about],
        only_mentioned=[one for one in listed if not one.about],
    )
    return make_page(folder, head, body)


def _root(folder: str) -> str:
    """From a page's folder back to the site's root: "" or "../../"; "./" keeps links relative."""
    return "../" * folder.count("/") or "./"


def _pager(page: ListPage[Card], base: str) -> dict[str, str | None]:
    """URLs, relative to the site's root, of the pages beside this one."""
    return {
        "newer": list_folder(base, page.number - 1) if page.number > 1 else None,
        "older": list_folder(base, page.number + 1) if page.number < page.of else None,
    }

"""What the keys of front matter, sidecars and folder defaults may say, and what comes of it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from dwiwarta.addresses import web_address
from dwiwarta.dates import parse_date
from dwiwarta.knowledge.calendar import zone_offset
from dwiwarta.knowledge.codes import topic_id
from dwiwarta.knowledge.taxonomy import countries_called
from dwiwarta.model import DateOrigin, Decision, DecisionKind, Overrides, Published
from dwiwarta.read.keys import short
from dwiwarta.read.properties import names
from dwiwarta.slugs import as_slug
from dwiwarta.text import INVISIBLE, one_line
from dwiwarta.yamlfile import Strict

_MOST_OTHERS = 50  # articles that one is joined with or parted from, under one key


def _line(text: str) -> str:
    """A text on one line. What escapes of YAML bring in unseen is no more of it than of a text."""
    return one_line(INVISIBLE.sub("", text))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text on one line")
    return _line(value)


def _date(value: object) -> Published:
    if isinstance(value, Published):
        return value
    published = parse_date(value, DateOrigin.OVERRIDE) if isinstance(value, str) else None
    if published is None:
        raise ValueError(f"not a date: {short(value)} (write 2023-11-09 or 2023-11-09 15:04)")
    return published


def _address(value: object) -> str:
    address = web_address(value) if isinstance(value, str) else None
    if address is None:
        raise ValueError(f"not an http or https address: {short(value)}")
    return address


def _author(value: object) -> str:
    return ", ".join(filter(None, map(_line, names(value))))


def _category(value: object) -> str | None:
    return next(filter(None, map(_line, names(value))), None)


def _items(value: object) -> list[str]:
    """A YAML list of texts, or one text with commas between."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of texts")
    return [line for item in value if (line := _line(item))]


def _countries(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_country, _items(value)))))


def _country(text: str) -> str | None:
    """The code of the one country that ``text`` can mean."""
    codes = countries_called(text)
    return codes[0] if len(codes) == 1 else None


def _topics(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(topic_id, _topic_items(value)))))


def _topic_items(value: object) -> list[str]:
    """The names. Those that hold a comma ("conflict, war and peace") are parted there by YAML."""
    items = _items(value)
    found = []
    while items:
        whole = ", ".join(items[:2])
        taken = 2 if len(items) > 1 and topic_id(whole) else 1
        found.append(whole if taken == 2 else items[0])
        items = items[taken:]
    return found


def _paragraph_starts(value: object) -> tuple[str, ...]:
    """Unlike other lists, a text is one item: paragraphs hold commas."""
    return tuple(_items([value] if isinstance(value, str) else value))


def _others(value: object) -> tuple[str, ...]:
    """Other articles: a text is one, as names of files hold commas."""
    found = tuple(dict.fromkeys(_items([value] if isinstance(value, str) else value)))
    if len(found) > _MOST_OTHERS:
        raise ValueError(f"{len(found)} articles; the most is {_MOST_OTHERS}")
    return found


def _utc_offset(value: object) -> int:
    """Minutes ahead of UTC."""
    offset = zone_offset(value.strip()) if isinstance(value, str) else None
    if offset is None:
        raise ValueError(f"not a time zone: {short(value)} (write WIB, WITA, WIT or +08:00)")
    return int(offset.total_seconds()) // 60


def _slug(value: object) -> str:
    found = as_slug(value) if isinstance(value, str) else ""
    if not found:
        raise ValueError(f"not an address: {short(value)} (write letters, digits and hyphens)")
    return found


class FrontMatter(Strict):
    """The keys that an editor may write; all are optional."""

    title: Annotated[str | None, BeforeValidator(_text)] = None
    date: Annotated[Published | None, BeforeValidator(_date)] = Field(None, validate_default=False)
    source_name: Annotated[str | None, BeforeValidator(_text)] = None
    source_url: Annotated[str | None, BeforeValidator(_address)] = None
    author: Annotated[str | None, BeforeValidator(_author)] = None
    category: Annotated[str | None, BeforeValidator(_category)] = None
    countries: Annotated[tuple[str, ...] | None, BeforeValidator(_countries)] = None
    topics: Annotated[tuple[str, ...] | None, BeforeValidator(_topics)] = None
    skip: bool = False
    drop: Annotated[tuple[str, ...], BeforeValidator(_paragraph_starts)] = ()
    sample: bool = False
    outlet: Annotated[str | None, BeforeValidator(_text)] = None
    time_zone: Annotated[int | None, BeforeValidator(_utc_offset)] = None
    slug: Annotated[str | None, BeforeValidator(_slug)] = None
    same_as: Annotated[tuple[str, ...], BeforeValidator(_others)] = ()
    not_same_as: Annotated[tuple[str, ...], BeforeValidator(_others)] = ()
    story: Annotated[tuple[str, ...], BeforeValidator(_others)] = ()
    not_story: Annotated[tuple[str, ...], BeforeValidator(_others)] = ()

    def overrides(self, path: str, lines: Mapping[str, int]) -> Overrides:
        """The same as the later stages know it. ``lines`` of ``path``: where each key stands."""
        kinds = {kind.value for kind in DecisionKind}
        given = sorted((self.model_fields_set & lines.keys()) - kinds)
        return Overrides(
            title=self.title,
            published=self.date,
            source_name=self.source_name,
            source_url=self.source_url,
            author=self.author or None,
            category=self.category,
            countries=self.countries,
            topics=self.topics,
            skip=self.skip,
            drop=self.drop,
            sample=self.sample,
            outlet=self.outlet,
            utc_offset=self.time_zone,
            slug=self.slug,
            decisions=tuple(
                Decision(kind, target, path, lines.get(kind.value, 1))
                for kind in DecisionKind
                for target in getattr(self, kind.value)
            ),
            places=tuple((key, path, lines[key]) for key in given),
        )


def unknown_names(key: str, value: object) -> tuple[list[str], int]:
    """The names among ``value`` that are no country or topic, and how many are.

    ``key``: countries or topics. Raises ``ValueError`` if it is no list at all.
    """
    items, known = (
        (_items(value), _country) if key == "countries" else (_topic_items(value), topic_id)
    )
    bad = [item for item in items if known(item) is None]
    return bad, len(items) - len(bad)

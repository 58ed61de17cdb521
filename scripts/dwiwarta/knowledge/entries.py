"""What the files on countries, bodies and topics may hold, and how a site's own lie over them."""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field

from dwiwarta.knowledge.codes import is_country, topic_id
from dwiwarta.knowledge.overlays import Overlay
from dwiwarta.yamlfile import Phrase, Strict

# ``venue`` is no kind of word but of mention: where an event is only held (tag/roles.py).
Kind = Literal["name", "metonym", "place", "club", "person", "history", "venue"]


class CountryWords(Strict):
    """One entry of ``countries.yml``; the file itself says what each list means."""

    id: str | None = None
    en: str | None = None
    names: tuple[Phrase, ...] = ()
    metonyms: tuple[Phrase, ...] = ()
    places: tuple[Phrase, ...] = ()
    clubs: tuple[Phrase, ...] = ()
    people: tuple[Phrase, ...] = ()
    history: tuple[Phrase, ...] = ()
    no_cldr: tuple[Phrase, ...] = ()

    def by_kind(self) -> dict[Kind, tuple[str, ...]]:
        """The words by what they say about the country."""
        return {
            "name": self.names,
            "metonym": self.metonyms,
            "place": self.places,
            "club": self.clubs,
            "person": self.people,
            "history": self.history,
        }


class Countries(Strict):
    """All of ``countries.yml``."""

    countries: dict[str, CountryWords]


class Region(Strict):
    """A part of the world in ``regions.yml``."""

    en: str
    id: str
    countries: tuple[str, ...] = Field(min_length=1)


class Regions(Strict):
    """All of ``regions.yml``, in the order in which they are shown."""

    regions: tuple[Region, ...]


class BodyWords(Strict):
    """One entry of ``bodies.yml``."""

    en: str
    id: str
    names: tuple[Phrase, ...] = Field(min_length=1)


class Bodies(Strict):
    """All of ``bodies.yml``."""

    bodies: dict[str, BodyWords]


class Topic(Strict):
    """One entry of ``topics.yml``."""

    en: str
    id: str
    sections: tuple[str, ...] = ()


class TopicRules(Strict):
    """The head of ``topics.yml``: what makes a score a tag."""

    section: float = Field(description="log-odds that the publisher's own section adds")
    first_from: float = Field(gt=0, lt=1, description="the least score of the main topic")
    second_from: float = Field(gt=0, lt=1, description="the least score of the others")
    evidence_from: float = Field(ge=0, description="the log-odds that a topic's words must add")


class Topics(Strict):
    """All of ``topics.yml``."""

    rules: TopicRules
    topics: dict[str, Topic]


# --- overlays -----------------------------------------------------------------------------------

_LISTS = ("names", "metonyms", "places", "clubs", "people", "history")
E = TypeVar("E", bound=BaseModel)


def _country_code(code: str) -> str:
    if not is_country(code):
        raise ValueError(f"no country has the code {code!r} (ISO 3166-1, two capitals)")
    return code


def _topic(topic: str) -> str:
    if topic_id(topic) != topic:
        raise ValueError(f"no Media Topic of the top level is {topic!r}")
    return topic


class CountriesOverlay(Overlay):
    """A site's own ``countries.yml``. ``without``: words, or codes that are no tags."""

    countries: dict[Annotated[str, AfterValidator(_country_code)], CountryWords] = Field({})

    def words(self) -> frozenset[str]:
        """All that it lists, for whatever country."""
        return frozenset(
            word
            for entry in self.countries.values()
            for kind in _LISTS
            for word in getattr(entry, kind)
        )

    def over(self, program: Countries) -> Countries:
        """The program's countries with ours; a word of ours is nobody else's."""
        gone = self.words() | set(self.without)
        found = {
            code: _without(entry, _LISTS, gone)
            for code, entry in program.countries.items()
            if code not in self.without
        }
        for code, entry in self.countries.items():
            found[code] = _joined(found.get(code, CountryWords()), entry)
        return Countries(countries=found)


class BodiesOverlay(Overlay):
    """A site's own ``bodies.yml``. ``without``: codes, or names."""

    bodies: dict[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")], BodyWords] = Field({})

    def over(self, program: Bodies) -> Bodies:
        """The program's bodies with ours; one whose names are all off goes."""
        gone = {*self.without, *(name for entry in self.bodies.values() for name in entry.names)}
        found: dict[str, BodyWords] = {}
        for code, entry in program.bodies.items():
            left = _without(entry, ("names",), gone)
            if code not in self.without and (left.names or code in self.bodies):
                found[code] = left
        for code, entry in self.bodies.items():
            found[code] = _joined(found[code], entry) if code in found else entry
        return Bodies(bodies=found)


class TopicChange(Strict):
    """What a site has otherwise about a topic."""

    en: str | None = None
    id: str | None = None
    sections: tuple[str, ...] = ()


class TopicsOverlay(Overlay):
    """A site's own ``topics.yml``. ``without``: names of sections that say nothing."""

    topics: dict[Annotated[str, AfterValidator(_topic)], TopicChange] = Field({})

    def over(self, program: Topics) -> Topics:
        """The program's topics with ours: there are always the same, under other names perhaps."""
        gone = {*self.without, *(name for entry in self.topics.values() for name in entry.sections)}
        found = {
            topic: _joined(
                _without(entry, ("sections",), gone), self.topics.get(topic, TopicChange())
            )
            for topic, entry in program.topics.items()
        }
        return Topics(rules=program.rules, topics=found)


def _without(entry: E, lists: tuple[str, ...], gone: frozenset[str] | set[str]) -> E:
    """An entry whose lists lack some words."""
    left = {name: tuple(w for w in getattr(entry, name) if w not in gone) for name in lists}
    return entry.model_copy(update=left)


def _joined(entry: E, own: BaseModel) -> E:
    """An entry with what another says: texts in place of its own, lists behind its own."""
    said = {name: getattr(own, name) for name in own.model_fields_set}
    both = {
        name: (*getattr(entry, name), *value) if isinstance(value, tuple) else value
        for name, value in said.items()
        if value is not None
    }
    return entry.model_copy(update=both)

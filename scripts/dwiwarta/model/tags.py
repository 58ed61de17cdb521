"""What an article is about, and the words that say so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word or phrase that spoke for (or, with a negative weight, against) a tag."""

    words: str  # as in the text
    count: int
    weight: float  # what all of them together added to the score
    where: str  # "title", "lead", "body", "section"


@dataclass(frozen=True, slots=True)
class CountryTag:
    """A country. ``about``: the article is about it, else it is only mentioned."""

    code: str  # ISO 3166-1 alpha-2
    about: bool
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyTag:
    """A supranational body, ``code`` such as "ASEAN", "UN", "NATO", "EU"."""

    code: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicTag:
    """An IPTC Media Topic of the top level; ``id`` such as ``medtop:11000000``."""

    id: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tags:
    """All tags of an article, each list best first; at most three topics."""

    countries: tuple[CountryTag, ...] = ()
    bodies: tuple[BodyTag, ...] = ()
    topics: tuple[TopicTag, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """Codes of the countries that the article is about."""
        return tuple(c.code for c in self.countries if c.about)

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Codes of the countries that are only mentioned."""
        return tuple(c.code for c in self.countries if not c.about)

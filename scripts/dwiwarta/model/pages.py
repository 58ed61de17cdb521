"""What is on the pages: everything about an article, and the files that show it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dwiwarta.model.articles import Article, Story
from dwiwarta.model.english import TranslatedText
from dwiwarta.model.tags import Tags


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything known about one article page. ``slug`` is unique and safe in paths and URLs.

    ``memory_path``: the article's translation memory, POSIX path relative to the project, for
    the "correct this translation" link. ``related``: slugs of pages that tell the same story.
    ``later``: that of the page with the newest version, if this one was updated since.
    """

    slug: str
    story: Story
    text: TranslatedText
    tags: Tags
    memory_path: str
    related: tuple[str, ...] = ()
    later: str | None = None

    @property
    def article(self) -> Article:
        """The article that the page shows."""
        return self.story.article


@dataclass(frozen=True, slots=True)
class Summary:
    """What the build knows of an article's page without having the article at hand.

    Lists, neighbours and digests of pages are worked out from these alone. ``order`` sorts from
    the oldest to the newest and begins with the day, ``2023-11-09…``; it is "" without a date.
    ``about``, ``mentioned``: codes of countries, ``topics``: ids, best first. ``coverage``: what
    stands behind the English of the whole article, in one word. ``source``: its publisher, as lists
    name it, "" if not known. ``card`` and ``page``: digests of what lists show of the article, and
    of everything that its own page shows of it.
    """

    slug: str
    order: str
    about: tuple[str, ...]
    mentioned: tuple[str, ...]
    topics: tuple[str, ...]
    coverage: str
    source: str
    related: tuple[str, ...]
    later: str | None
    card: str
    page: str

    @property
    def day(self) -> str:
        """ISO 8601, "" without a date."""
        return self.order[:10]


@dataclass(frozen=True, slots=True)
class Page:
    """A generated file. ``path``: POSIX path below ``docs/``.

    ``digest`` stands for everything that the bytes depend on: as long as it is the same, so are
    they, and ``render`` need not be called. ``day``: of the newest article it shows, ISO 8601, ""
    where it shows none or none has a date.
    """

    path: str
    digest: str
    render: Callable[[], bytes] = field(compare=False, repr=False)
    day: str = ""

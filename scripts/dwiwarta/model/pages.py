"""What is on the pages: everything about an article, and the files that show it."""

from dataclasses import dataclass

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
class Page:
    """A generated file. ``path``: POSIX path below ``docs/``."""

    path: str
    data: bytes

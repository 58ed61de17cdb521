"""What the stages hand to each other: frozen values, no behaviour beyond reading them.

``RawArticle`` (read) → ``Article`` (clean) → ``Story`` (dedupe) → ``Translation`` (translate)
→ ``Tags`` (tag) → ``Entry``, which render receives.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from dwiwarta.text import has_letters

SOURCE_LANGUAGE = "id"
TARGET_LANGUAGE = "en"

# BCP 47: English, "x" for private use, machine-made from Indonesian. The form that Google
# documents for published machine translation; CSS and axe read it as English.
MACHINE_ENGLISH = "en-x-mtfrom-id"
UNNAMED_EDITOR = "editor"  # stands for a person who left no name


# --- read ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class SourceRef:
    """Where an article came from.

    ``path``: POSIX path relative to the articles folder (or as given to ``inspect``).
    ``record``: "" for a file that is one article; in an export, an id of the record that does not
    change when records are added or reordered. ``line``: first line of the record, from 1.
    """

    path: str
    record: str = ""
    line: int = field(default=1, compare=False)

    @property
    def key(self) -> str:
        """Unique among all articles and stable between builds."""
        return f"{self.path}#{self.record}" if self.record else self.path


class DateOrigin(Enum):
    """Where a publication date was found, best first."""

    OVERRIDE = "override"  # front matter or sidecar
    METADATA = "metadata"  # the page's or the export's own field
    DATE_LINE = "date line"  # a line such as "Kamis, 09 November 2023 - 15:04 WIB"
    SLUG = "slug"  # the file name or the source URL
    FIRST_SENTENCE = "first sentence"  # "…, Kamis (9/11/2023)." in the text


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date, as precise as its source and no more.

    ``when`` is an aware ``datetime`` (minutes) or a ``date`` (the time is not known).
    """

    when: datetime | date
    origin: DateOrigin

    @property
    def has_time(self) -> bool:
        """Whether the source gave a time of day."""
        return isinstance(self.when, datetime)

    @property
    def day(self) -> date:
        """The calendar day in the zone that the source stated."""
        return self.when.date() if isinstance(self.when, datetime) else self.when

    @property
    def iso(self) -> str:
        """ISO 8601, ``2023-11-09T15:04+07:00`` or ``2023-11-09``."""
        if isinstance(self.when, datetime):
            return self.when.isoformat(timespec="minutes")
        return self.when.isoformat()


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an editor decided by hand (front matter or sidecar); ``None`` means not decided."""

    title: str | None = None
    published: Published | None = None
    source_name: str | None = None
    source_url: str | None = None
    author: str | None = None
    category: str | None = None  # the publisher's own section
    countries: tuple[str, ...] | None = None  # ISO 3166-1 alpha-2, what the article is about
    topics: tuple[str, ...] | None = None  # "medtop:11000000", first is the main one
    skip: bool = False
    drop: tuple[str, ...] = ()  # paragraphs to drop, named by how they begin
    sample: bool = False  # written by the project to show a layout


class RemovalKind(Enum):
    """Why text was taken out of an article, or left behind in its page."""

    PAGE = "page"  # stands around the article in a saved page: links, captions, comments
    PASTE = "paste"  # a chat's, a mail's or a PDF's own lines and line ends
    BOILERPLATE = "boilerplate"  # matched a pattern
    REPEAT = "repeat"  # stands in the article already
    FIELD = "field"  # moved to a field: dateline, byline, date, title
    EDITOR = "editor"  # named in ``drop`` by an editor


@dataclass(frozen=True, slots=True)
class Removal:
    """One line of the audit log: what was removed and why.

    ``reason`` names the pattern (``boilerplate: general/read-also``) or what the text repeats
    (``repeat: paragraph 2``), so that an editor can find the rule.
    """

    text: str
    kind: RemovalKind
    reason: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as read: decoded, mojibake repaired, NFC, Unix line ends; nothing cleaned.

    ``text`` of a pasted ``.txt`` still holds its title and date lines; for other forms those are
    in ``title`` and ``published``. ``category`` is the publisher's own section, if stated.
    ``text_line`` is the line of the file on which ``text`` begins. ``left_out`` is what a saved
    page shows beside the article and ``text`` does not hold.
    """

    ref: SourceRef
    text: str
    title: str | None = None
    published: Published | None = None
    author: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    category: str | None = None
    text_line: int = 1
    left_out: tuple[Removal, ...] = ()
    overrides: Overrides = Overrides()


# --- clean --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """What looks like something to remove and stays, as it may be meant; ``reason`` as above."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Words that stood together by a scraper's fault: ``diJepang`` and ``di Jepang``."""

    text: str
    repaired: str


class TitleOrigin(Enum):
    """Where a title was found."""

    OVERRIDE = "override"
    METADATA = "metadata"
    FIRST_LINE = "first line"
    SLUG = "slug"  # rebuilt from the file name or the source URL
    FIRST_SENTENCE = "first sentence"


@dataclass(frozen=True, slots=True)
class Article:
    """One clean article. ``paragraphs`` is its text in order, each non-empty and on one line."""

    ref: SourceRef
    title: str
    title_origin: TitleOrigin
    paragraphs: tuple[str, ...]
    published: Published | None = None
    dateline: str | None = None  # place as in the text, in title case: "Seoul"
    byline: str | None = None  # author's name as printed
    initials: str | None = None  # of reporter or editor, as printed: "ian", "ita/ita"
    outlet: str | None = None  # our id of the outlet, "sindonews"; None if not recognised
    source_name: str | None = None  # outlet's name for readers, "SINDOnews"
    source_url: str | None = None
    category: str | None = None
    sample: bool = False  # written by the project to show a layout, not published news
    removed: tuple[Removal, ...] = ()
    kept: tuple[Kept, ...] = ()
    repairs: tuple[Repair, ...] = ()
    overrides: Overrides = Overrides()


# --- dedupe -------------------------------------------------------------------------------------


class Relation(Enum):
    """How two articles relate."""

    SAME_ARTICLE = "same-article"  # republished copy: merged into one page
    SAME_STORY = "same-story"  # the same story in other words: linked


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles found alike; ``a`` < ``b``. ``jaccard``, ``containment`` of shingles, 0 to 1.

    ``update``: one is a later version of the other, with newer numbers.
    """

    a: SourceRef
    b: SourceRef
    relation: Relation
    jaccard: float
    containment: float
    update: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """An article that gets a page, the copies merged into it and its relatives on other pages.

    ``later``: the newest version of it, if it was updated since; one of ``related``.
    """

    article: Article
    copies: tuple[Article, ...] = ()  # "also published at"
    related: tuple[SourceRef, ...] = ()  # refs of other stories' articles
    later: SourceRef | None = None


# --- translate ----------------------------------------------------------------------------------


class State(Enum):
    """Who stands behind a translation."""

    DRAFT = "draft"  # rough local model, replaced when a better engine answers
    MACHINE = "machine"
    EDITED = "edited"  # a person changed it
    APPROVED = "approved"  # a person checked it

    @property
    def is_human(self) -> bool:
        """Whether a person wrote or checked it: such entries are never overwritten."""
        return self in (State.EDITED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Translation:
    """One English text with where it came from. ``made`` is the day it was made or edited."""

    text: str
    state: State
    engine: str  # "google", "firefox 2024-…", or the editor's name for human states
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An engine's answer that the gate rejected: never shown, reported to editors.

    Of the same model version it is not asked for again. ``made``: the day, if it is known.
    """

    engine: str
    reason: str
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """An Indonesian paragraph (or title) and its English, if there is any.

    ``sentences``: aligned (Indonesian, English) sentence pairs; empty when the counts differ, so
    that only the whole paragraph can be matched. ``stale``: the edited translation of an earlier
    wording of this paragraph, kept for the editor, when the source text has changed.
    ``rejections``: answers of engines that were not fit to be shown.
    """

    source: str
    translation: Translation | None = None
    sentences: tuple[tuple[str, str], ...] = ()
    stale: Translation | None = None
    rejections: tuple[Rejection, ...] = ()

    @property
    def translatable(self) -> bool:
        """Whether it holds a word. If not it is shown as it is, and nobody has translated it."""
        return has_letters(self.source)


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """The English side of an article: its title and one segment a paragraph, in order."""

    title: Segment
    paragraphs: tuple[Segment, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Title and paragraphs together."""
        return (self.title, *self.paragraphs)


# --- tag ----------------------------------------------------------------------------------------


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


# --- render -------------------------------------------------------------------------------------


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

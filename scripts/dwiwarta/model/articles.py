"""What is known of an article before its English: as read, as cleaned, among the others."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import Enum


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

    def __hash__(self) -> int:
        """Of most the path's, which Python remembers: references are looked up all the time."""
        return hash((self.path, self.record)) if self.record else hash(self.path)

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


class DecisionKind(Enum):
    """What an editor decides about two articles."""

    SAME_AS = "same_as"  # one article: one page for both
    NOT_SAME_AS = "not_same_as"  # two articles: never on one page
    STORY = "story"  # one story: their pages link to each other
    NOT_STORY = "not_story"  # different stories: neither merged nor linked


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """That an article and another one are joined or parted by hand.

    ``target``: the other one as the editor wrote it, a file or an address. ``file``, ``line``:
    where that is written.
    """

    kind: DecisionKind
    target: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an editor decided by hand (front matter or sidecar); ``None`` means not decided.

    Also what holds for a folder, see ``RawArticle.defaults``. ``places``: of each key that was
    given its name, file and line, by name.
    """

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
    outlet: str | None = None  # our id of the outlet
    utc_offset: int | None = None  # minutes; of times that are written without a zone
    slug: str | None = None  # the last part of the page's address
    decisions: tuple[Decision, ...] = ()
    places: tuple[tuple[str, str, int], ...] = ()

    def over(self, other: "Overrides") -> "Overrides":
        """Both together; where both decide something, this one counts."""
        joined = ("drop", "decisions", "places")
        named = {place[0] for place in self.places}
        decided = {
            one.name: value
            for one in fields(self)
            if one.name not in joined
            # "skip: false" decides, too.
            if (value := getattr(self, one.name)) != one.default or one.name in named
        }
        return replace(
            other,
            **decided,
            drop=(*self.drop, *other.drop),
            decisions=(*self.decisions, *other.decisions),
            places=(*self.places, *(place for place in other.places if place[0] not in named)),
        )


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
    page shows beside the article and ``text`` does not hold. ``defaults``: what holds for all
    articles of its folder; what the article says itself goes first.
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
    defaults: Overrides = Overrides()

    @property
    def sample(self) -> bool:
        """Whether it was written by this project, by its own word or its folder's."""
        return self.overrides.sample or self.defaults.sample


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
    """One clean article. ``paragraphs`` is its text in order, each non-empty and on one line.

    ``overrides``: what an editor decided about it, with the tags that its folder gives.
    """

    ref: SourceRef
    title: str
    title_origin: TitleOrigin
    paragraphs: tuple[str, ...]
    published: Published | None = None
    ahead: Published | None = None  # the date that it states, where that day is still to come
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

    ``later``: the newest version of it, if it was updated since; one of ``related``. ``decided``:
    what editors decided about it or its copies and others, each time with the other one.
    """

    article: Article
    copies: tuple[Article, ...] = ()  # "also published at"
    related: tuple[SourceRef, ...] = ()  # refs of other stories' articles
    later: SourceRef | None = None
    decided: tuple[tuple[DecisionKind, SourceRef], ...] = ()

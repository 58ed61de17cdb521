"""What the templates are given: plain values, already safe or escaped by Jinja on output.

Every view that is shown on pages of different depth holds URLs relative to the site's root; the
templates put ``root`` (such as "../../") in front.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dwiwarta.addresses import safe_url
from dwiwarta.interface import N_, gettext, ngettext, other, spoken
from dwiwarta.knowledge.glossary import Explanation
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.knowledge.taxonomy import body_name, country_name, topic_name, topic_slug
from dwiwarta.model import (
    MACHINE_ENGLISH,
    TARGET_LANGUAGE,
    Article,
    Entry,
    Evidence,
    Segment,
    State,
)
from dwiwarta.provenance import standing
from dwiwarta.render.dates import DateLabel, date_label
from dwiwarta.render.labels import earlier_label, standing_label, state_label
from dwiwarta.render.markup import english_tag, excerpt, lead_of, literal, segment_html
from dwiwarta.words.level import readability

# Where the words stand that spoke for a tag, or against it.
_PLACES = {
    "title": N_("%(words)s in the title"),
    "lead": N_("%(words)s in the lead"),
    "body": N_("%(words)s in the body"),
    "section": N_("%(words)s in the section"),
}
_AGAINST = {
    "title": N_("%(words)s in the title (speaks against)"),
    "lead": N_("%(words)s in the lead (speaks against)"),
    "body": N_("%(words)s in the body (speaks against)"),
    "section": N_("%(words)s in the section (speaks against)"),
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A person's English of an Indonesian that has changed since, and what it is called."""

    text: Markup
    label: Markup


@dataclass(frozen=True, slots=True)
class Side:
    """One text in both languages.

    ``state``: of the English, "stale" where there is only that of an earlier wording, "missing"
    where there is none at all, "same" where there is no word to translate (``***``). ``label``:
    who made the English; ``again``: as the paragraph before says; ``earlier``: a person's English
    of an earlier wording.
    """

    source: Markup
    english: Markup | None
    lang: str
    state: str
    label: Markup
    earlier: Earlier | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag as shown: its names, its page (None: it has no page) and what spoke for it.

    ``name``: in the language of the interface; ``beside``: in the other, "" where it is the same.
    """

    name: str
    beside: str
    url: str | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Where and when a copy of an article appeared."""

    name: str
    url: str | None
    date: DateLabel | None


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list, or as the target of a link: plain text and numbers, nothing else.

    ``day``, ``iso``, ``short``, ``time``: the date in several forms, "" if not known.
    ``title_en``: None without English. ``excerpt``: in the language of the interface, as far as
    there is one. ``topics``, ``countries``: all, the first of which lists name. ``made``,
    ``made_state``: who stands behind the English of title and excerpt, in words and for styles; ""
    where there is none. ``level``: how hard the Indonesian is, ``minutes``: how long it takes to
    read.
    """

    slug: str
    day: str
    iso: str
    short: str
    time: str
    title_id: str
    title_en: str | None
    title_lang: str
    source: str
    dateline: str
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    excerpt: str
    excerpt_lang: str
    state: str
    made: str
    made_state: str
    sample: bool
    level: str
    minutes: int

    @property
    def url(self) -> str:
        """Folder of its page, relative to the site's root."""
        return article_url(self.slug)


def country_url(code: str) -> str:
    """Folder of a country's pages, relative to the site's root."""
    return f"country/{code.lower()}/"


def topic_url(topic: str) -> str:
    """Folder of a topic's pages, relative to the site's root."""
    return f"topic/{topic_slug(topic)}/"


def article_url(slug: str) -> str:
    """Folder of an article's page, relative to the site's root."""
    return f"article/{slug}/"


def side(segment: Segment, explanations: Sequence[Explanation] = (), of: str = "") -> Side:
    """A segment as shown; ``explanations`` of terms in its Indonesian.

    ``of``: what its label names, "" where it stands below the very text that it is about.
    """
    source, english = segment_html(segment, explanations)
    translation = segment.translation
    if not segment.translatable:
        return Side(source, english, TARGET_LANGUAGE, "same", Markup())
    earlier = None
    if stale := segment.stale:
        earlier = Earlier(Markup.escape(literal(stale.text)), earlier_label(stale, of))
    if translation is None:
        return Side(source, None, MACHINE_ENGLISH, shown_state(segment), Markup(), earlier)
    label = state_label(translation, of)
    return Side(source, english, english_tag(translation), shown_state(segment), label, earlier)


def shown_state(segment: Segment) -> str:
    """The state of what is shown beside the Indonesian of a segment with words (see ``Side``)."""
    if segment.translation:
        return segment.translation.state.value
    return "stale" if segment.stale else "missing"


def publication(article: Article) -> Publication:
    """Where an article appeared; without a name the host of the source stands for it."""
    url = safe_url(article.source_url)
    name = literal(article.source_name or "")
    if not name and url:
        name = url.split("/", 3)[2].rpartition("@")[2].removeprefix("www.")
    return Publication(name, url, date_label(article.published))


def country_chip(code: str, evidence: tuple[Evidence, ...] = ()) -> Chip:
    """A country with the link to its page."""
    return _with(_country_chip(code, spoken()), evidence)


@remembered
def _country_chip(code: str, _language: str) -> Chip:
    return _chip(code, country_name, country_url(code))


def topic_chip(topic: str, evidence: tuple[Evidence, ...] = ()) -> Chip:
    """A topic with the link to its page."""
    return _with(_topic_chip(topic, spoken()), evidence)


@remembered
def _topic_chip(topic: str, _language: str) -> Chip:
    return _chip(topic, topic_name, topic_url(topic))


def body_chip(code: str, evidence: tuple[Evidence, ...] = ()) -> Chip:
    """A supranational body; it has no page of its own."""
    return _with(_chip(code, body_name, None), evidence)


def _chip(key: str, name_of: Callable[[str, str], str], url: str | None) -> Chip:
    name, beside = literal(name_of(key, spoken())), literal(name_of(key, other()))
    return Chip(name, "" if beside == name else beside, url)


def _with(chip: Chip, evidence: tuple[Evidence, ...]) -> Chip:
    return replace(chip, evidence=evidence_lines(evidence)) if evidence else chip


def evidence_lines(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """The words that spoke for a tag by where they stand, strongest first, and how often each."""
    ranked = sorted(evidence, key=lambda e: (-e.weight, e.words, e.where))
    places: dict[str, list[str]] = {}
    for e in ranked:
        place = (_AGAINST if e.weight < 0 else _PLACES)[e.where]
        places.setdefault(place, []).append(f"“{literal(e.words)}”{_times(e.count)}")
    return tuple(gettext(place, words=", ".join(words)) for place, words in places.items())


def _times(count: int) -> str:
    if count == 2:
        return gettext(" twice")
    return "" if count == 1 else ngettext(" %(num)s time", " %(num)s times", count)


def card(entry: Entry) -> Card:
    """An entry as it appears in lists."""
    article, title = entry.article, entry.text.title
    told = None
    if spoken() != "id":  # else the Indonesian is told
        told = lead_of([s for s in entry.text.paragraphs if s.translatable and s.translation])
    lead = told.translation if told else None
    first = lead_of(entry.text.paragraphs)
    text = lead.text if lead else (first.source if first else "")
    date = date_label(article.published)
    made_state, made = _made(title, told)
    read = readability(article.paragraphs)
    return Card(
        slug=entry.slug,
        day=date.iso[:10] if date else "",
        iso=date.iso if date else "",
        short=date.short if date else "",
        time=date.time if date else "",
        title_id=literal(title.source),
        title_en=literal(title.translation.text) if title.translation else None,
        title_lang=_title_language(title),
        source=publication(article).name,
        dateline=literal(article.dateline or ""),
        topics=tuple(t.id for t in entry.tags.topics),
        countries=entry.tags.about,
        excerpt=excerpt(text),
        excerpt_lang=english_tag(lead) if lead else "id",
        state=coverage(entry),
        made=made,
        made_state=made_state,
        sample=article.sample,
        level=read.level,
        minutes=read.minutes,
    )


def _title_language(title: Segment) -> str:
    if not title.translatable:
        return TARGET_LANGUAGE
    return english_tag(title.translation) if title.translation else MACHINE_ENGLISH


def _made(title: Segment, told: Segment | None) -> tuple[str, str]:
    """Of a card that shows ``title`` and the English of ``told``: the weaker of them counts."""
    stands = standing([title, told] if told else [title])
    if stands is None:
        return "", ""
    of = gettext("Excerpt") if title.translatable and not title.translation else ""
    return stands.weakest.value, standing_label(stands, of)


def coverage(entry: Entry) -> str:
    """What stands behind the English of a whole article, in one word for styles and lists.

    "checked": every paragraph by a person; "machine": all translated, not all checked; "partial":
    some paragraphs lack English, or have only that of an earlier wording; "missing": all lack it.
    Segments without a word do not count.
    """
    segments = [segment for segment in entry.text.segments if segment.translatable]
    states = {shown_state(segment) for segment in segments}
    if states == {"missing"}:
        return "missing"
    if states & {"missing", "stale"}:
        return "partial"
    human = {state.value for state in State if state.is_human}
    return "checked" if states <= human else "machine"

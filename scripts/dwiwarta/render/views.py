"""What the templates are given: plain values, already safe or escaped by Jinja on output.

Every view that is shown on pages of different depth holds URLs relative to the site's root; the
templates put ``root`` (such as "../../") in front.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup

from dwiwarta.model import (
    MACHINE_ENGLISH,
    TARGET_LANGUAGE,
    UNNAMED_EDITOR,
    Article,
    Entry,
    Evidence,
    Segment,
    State,
    Translation,
)
from dwiwarta.render.dates import DateLabel, date_label, short_date
from dwiwarta.render.markup import (
    Explanation,
    english_tag,
    excerpt,
    literal,
    safe_url,
    segment_html,
)
from dwiwarta.tag import body_name, country_name, topic_name, topic_slug

_ENGINES = {
    "google": "Google Translate",
    "firefox": "Firefox Translations",
    "libre": "LibreTranslate",
    "deepl": "DeepL",
    "mymemory": "MyMemory",
    "microsoft": "Microsoft Translator",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One text in one language.

    ``state``: of the English, "missing" where there is none, "same" where there is no word to
    translate (``***``).
    """

    source: Markup
    english: Markup | None
    lang: str
    state: str
    by: str
    stale: Markup | None
    stale_by: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag as shown: its names, its page (None: it has no page) and what spoke for it."""

    english: str
    indonesian: str
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
    """An article in a list, or as the target of a link. ``day`` is None without a date."""

    url: str
    day: date | None
    title: Side
    date: DateLabel | None
    source: str
    dateline: str
    topics: tuple[Chip, ...]
    countries: tuple[Chip, ...]
    excerpt: str
    excerpt_lang: str
    state: str
    sample: bool


def country_url(code: str) -> str:
    """Folder of a country's pages, relative to the site's root."""
    return f"country/{code.lower()}/"


def topic_url(topic: str) -> str:
    """Folder of a topic's pages, relative to the site's root."""
    return f"topic/{topic_slug(topic)}/"


def article_url(entry: Entry) -> str:
    """Folder of an article's page, relative to the site's root."""
    return f"article/{entry.slug}/"


def side(segment: Segment, explanations: Sequence[Explanation] = ()) -> Side:
    """A segment as shown; ``explanations`` of terms in its Indonesian."""
    source, english = segment_html(segment, explanations)
    translation = segment.translation
    stale = segment.stale
    if not segment.translatable:
        return Side(source, english, TARGET_LANGUAGE, "same", "", None, "")
    return Side(
        source=source,
        english=english,
        lang=english_tag(translation) if translation else MACHINE_ENGLISH,
        state=translation.state.value if translation else "missing",
        by=made_by(translation) if translation else "",
        stale=Markup.escape(literal(stale.text)) if stale else None,
        stale_by=made_by(stale) if stale else "",
    )


def engine_name(translation: Translation) -> str:
    """The engine (or, for human states, the editor) as readers know it."""
    if translation.state.is_human:
        is_named = translation.engine != UNNAMED_EDITOR
        return literal(translation.engine) if is_named else "an unnamed editor"
    return engine_label(translation.engine)


def engine_label(engine: str) -> str:
    """An engine with its version as readers know it: "Firefox Translations 1.0"."""
    name, _, rest = literal(engine).partition(" ")
    return " ".join(part for part in (_ENGINES.get(name.lower(), name), rest) if part)


def made_by(translation: Translation) -> str:
    """``Google Translate, 9 November 2023``; the date is left out where it is not known."""
    parts = [engine_name(translation)]
    if translation.made:
        parts.append(short_date(translation.made))
    return ", ".join(part for part in parts if part)


def publication(article: Article) -> Publication:
    """Where an article appeared; without a name the host of the source stands for it."""
    url = safe_url(article.source_url)
    name = literal(article.source_name or "")
    if not name and url:
        name = url.split("/", 3)[2].rpartition("@")[2].removeprefix("www.")
    return Publication(name, url, date_label(article.published))


@cache
def country_chip(code: str, evidence: tuple[Evidence, ...] = ()) -> Chip:
    """A country with the link to its page."""
    return Chip(
        literal(country_name(code, "en")),
        literal(country_name(code, "id")),
        country_url(code),
        evidence_lines(evidence),
    )


@cache
def topic_chip(topic: str, evidence: tuple[Evidence, ...] = ()) -> Chip:
    """A topic with the link to its page."""
    return Chip(
        literal(topic_name(topic, "en")),
        literal(topic_name(topic, "id")),
        topic_url(topic),
        evidence_lines(evidence),
    )


def body_chip(code: str, evidence: tuple[Evidence, ...] = ()) -> Chip:
    """A supranational body; it has no page of its own."""
    return Chip(
        literal(body_name(code, "en")),
        literal(body_name(code, "id")),
        None,
        evidence_lines(evidence),
    )


def evidence_lines(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Each word that spoke for a tag: how often and where it stands, strongest first."""
    ranked = sorted(evidence, key=lambda e: (-e.weight, e.words, e.where))
    return tuple(
        f"“{literal(e.words)}” {_times(e.count)} in the {e.where}"
        + (" (speaks against)" if e.weight < 0 else "")
        for e in ranked
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def card(entry: Entry) -> Card:
    """An entry as it appears in lists."""
    article = entry.article
    lead = next(
        (s.translation for s in entry.text.paragraphs if s.translatable and s.translation), None
    )
    text = lead.text if lead else (article.paragraphs[0] if article.paragraphs else "")
    return Card(
        url=article_url(entry),
        day=article.published.day if article.published else None,
        title=side(Segment(entry.text.title.source, entry.text.title.translation)),
        date=date_label(article.published),
        source=publication(article).name,
        dateline=literal(article.dateline or ""),
        topics=tuple(topic_chip(t.id) for t in entry.tags.topics[:1]),
        countries=tuple(country_chip(code) for code in entry.tags.about[:4]),
        excerpt=excerpt(text),
        excerpt_lang=english_tag(lead) if lead else "id",
        state=coverage(entry),
        sample=article.sample,
    )


def coverage(entry: Entry) -> str:
    """What stands behind the English of a whole article, in one word for styles and lists.

    "checked": every paragraph by a person; "machine": all translated, not all checked; "partial":
    some paragraphs lack English; "missing": all do. Segments without a word do not count.
    """
    segments = [segment for segment in entry.text.segments if segment.translatable]
    if not segments:
        return "checked"
    states = [s.translation.state if s.translation else None for s in segments]
    if all(state is None for state in states):
        return "missing"
    if any(state is None for state in states):
        return "partial"
    return "checked" if all(s is not None and s.is_human for s in states) else "machine"


def state_counts(entry: Entry) -> Mapping[str, int]:
    """How many paragraphs are in each state, "missing" among them, of those with words."""
    counts = dict.fromkeys([*(state.value for state in State), "missing"], 0)
    for segment in entry.text.paragraphs:
        if segment.translatable:
            counts[segment.translation.state.value if segment.translation else "missing"] += 1
    return counts

"""What the search indexes: one minimal page per article and language, no chrome around it.

A page's body is the article's own text in one language. What a result shows or is filtered by
stands in Pagefind metadata:

``title``, ``other``  the title in the page's language and the one beside it ("" if there is none)
``lang``              BCP 47 tag of the text, so that a snippet can be marked as what it is
``date``, ``source``  ISO 8601 and the outlet's name; "" if not known
``facets``            one made-up word per country the article is about and per topic
``made``              a made-up word for what stands behind the English that a result shows; none
                      where it shows no English though there is some

Pagefind's own filters are not used: it writes the values of a filter in another order on every
run, so that two builds of the same articles would differ. Its metadata, in contrast, is searched
with the text and every word of a query must be found, so adding ``dwc1821`` to a query does what
a filter does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dwiwarta.knowledge.taxonomy import country_name, topic_name, topic_slug
from dwiwarta.model import (
    MACHINE_ENGLISH,
    SOURCE_LANGUAGE,
    TARGET_LANGUAGE,
    Entry,
    Segment,
    State,
)
from dwiwarta.provenance import WEAKEST_FIRST, standing
from dwiwarta.text import one_line

LANGUAGES = (SOURCE_LANGUAGE, TARGET_LANGUAGE)
# What HTML cannot hold (control characters, lone surrogates), and two characters that would shift
# every highlight after them: Pagefind takes U+200B for the boundary of words in languages without
# spaces and then counts words by it alone; U+FEFF is white space to JavaScript, not to Pagefind.
_UNFIT = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200b\\ufeff\\ud800-\\udfff]")
NO_ENGLISH = "dwm9"
_UNDATED = "0000"  # sorts before every year: Pagefind leaves pages without the key out


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A country or topic that results can be filtered by. ``token`` is its made-up word."""

    key: str  # "RU" or "medtop:16000000"
    slug: str  # what its page's address calls it: "ru" or "conflict-war-and-peace"
    token: str
    english: str
    indonesian: str
    articles: int


def country_token(code: str) -> str:
    """``RU`` → ``dwc1821``: digits only, as a stemmer would cut endings off letters."""
    return "dwc" + "".join(f"{ord(letter) - ord('A') + 1:02}" for letter in code)


def topic_token(topic: str) -> str:
    """``medtop:16000000`` → ``dwt16000000``."""
    return "dwt" + topic.rpartition(":")[2]


def made_token(weakest: State, partly: bool = False) -> str:
    """``dwm1`` for machine translation, ``dwm5`` for partly that; entry.js has the words."""
    rank = WEAKEST_FIRST.index(weakest)
    return f"dwm{rank + len(WEAKEST_FIRST) if partly else rank}"


def facet_values(entries: Sequence[Entry]) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    """The countries that articles are about and their topics, each by English name."""
    countries = Counter(code for entry in entries for code in entry.tags.about)
    topics = Counter(topic.id for entry in entries for topic in entry.tags.topics)
    return (
        _sorted(
            FacetValue(
                code,
                code.lower(),
                country_token(code),
                country_name(code, "en"),
                country_name(code, "id"),
                n,
            )
            for code, n in countries.items()
        ),
        _sorted(
            FacetValue(
                id_,
                topic_slug(id_),
                topic_token(id_),
                topic_name(id_, "en"),
                topic_name(id_, "id"),
                n,
            )
            for id_, n in topics.items()
        ),
    )


def _sorted(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda value: (value.english.casefold(), value.key)))


def search_pages(entries: Sequence[Entry], language: str) -> Mapping[str, str]:
    """The page of every article that has text in ``language``: path below the site → HTML."""
    pages: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.slug):
        page = _page(entry, language)
        if page is not None:
            # The path is what Pagefind makes the result's address of: the article's own page.
            pages[f"article/{entry.slug}/index.html"] = page
    return pages


def _page(entry: Entry, language: str) -> str | None:
    title = _text(entry.text.title, language)
    paragraphs = [_text(segment, language) for segment in entry.text.paragraphs]
    if not _has_words(entry, language):
        return None
    other = _text(entry.text.title, next(one for one in LANGUAGES if one != language))
    published = entry.article.published
    date = published.iso if published else ""
    facets = [country_token(code) for code in entry.tags.about]
    facets += [topic_token(topic.id) for topic in entry.tags.topics]
    meta = {
        "title": title,
        "other": other,
        "lang": _language_tag(entry, language),
        "date": date,
        "source": _plain(entry.article.source_name or ""),
        "facets": " ".join(facets),
        "made": _made(entry, language),
    }
    head = Markup("").join(
        Markup('<meta data-pagefind-meta="{}[content]" content="{}">\n').format(name, value)
        for name, value in meta.items()
        if value
    )
    body = Markup("\n").join(
        [Markup("<h1>{}</h1>").format(title)] * bool(title)
        + [Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs if paragraph]
    )
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n{head}"
        f'<meta data-pagefind-sort="date[content]" content="{date or _UNDATED}">\n'
        f"</head>\n<body data-pagefind-body>\n{body}\n</body>\n</html>\n"
    )


def _has_words(entry: Entry, language: str) -> bool:
    """Whether there is anything to find: Pagefind fails where no page has a word.

    "***" is shown in both languages as it is, and makes no English of an article without any.
    """
    return any(
        char.isalnum()
        for segment in entry.text.segments
        if segment.translatable or language == SOURCE_LANGUAGE
        for char in _text(segment, language)
    )


def _text(segment: Segment, language: str) -> str:
    """One segment in one language, "" where it is not translated."""
    if language == SOURCE_LANGUAGE:
        return _plain(segment.source)
    return _plain(segment.translation.text) if segment.translation else ""


def _plain(text: str) -> str:
    return one_line(_UNFIT.sub("", one_line(text)))


def _language_tag(entry: Entry, language: str) -> str:
    """Plain English only if people stand behind all of it: a snippet may come from anywhere."""
    if language == SOURCE_LANGUAGE:
        return language
    translations = [s.translation for s in entry.text.segments if s.translatable and s.translation]
    return language if all(t.state.is_human for t in translations) else MACHINE_ENGLISH


def _made(entry: Entry, language: str) -> str:
    """Beside Indonesian a result shows the English title; a snippet may come from anywhere."""
    of_all = standing(entry.text.segments)
    if of_all is None:
        return NO_ENGLISH if any(s.translatable for s in entry.text.segments) else ""
    shown = standing([entry.text.title]) if language == SOURCE_LANGUAGE else of_all
    return made_token(shown.weakest, shown.partly) if shown else ""

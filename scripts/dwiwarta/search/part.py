"""What one article adds to the search: a small value, made once and kept until the article changes.

It holds the words as they stand; the index has keys instead (``keys``).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dwiwarta.interface import gettext
from dwiwarta.model import (
    MACHINE_ENGLISH,
    SOURCE_LANGUAGE,
    TARGET_LANGUAGE,
    Entry,
    Segment,
)
from dwiwarta.provenance import WEAKEST_FIRST, Standing, standing
from dwiwarta.search.words import distinct_words
from dwiwarta.text import one_line
from dwiwarta.words.level import readability

NO_ENGLISH = 9
_LONGEST_TITLE = 300  # characters; a longer one is cut in the list of results, not in its article


@dataclass(frozen=True, slots=True)
class SearchPart:
    """All that the index holds of an article.

    ``day``: days since 0001-01-01 as ``date.toordinal`` counts, 0 if the date is not known.
    ``texts``: the words of its text, Indonesian and English, each once with spaces between;
    ``titles``: those of its title. ``facets``: what results are filtered by, as ``country:RU``.
    ``card``: JSON of what a result shows (``docs/assets/search/entry.js`` reads it).
    """

    slug: str
    day: int
    texts: tuple[str, str]
    titles: tuple[str, str]
    facets: tuple[str, ...]
    card: str

    def to_bytes(self) -> bytes:
        """For a cache."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "SearchPart":
        """What ``to_bytes`` gave. Raises ``ValueError`` if it is anything else."""
        try:
            values = json.loads(data)
            texts, titles = values["texts"], values["titles"]
            return cls(
                slug=str(values["slug"]),
                day=int(values["day"]),
                texts=(str(texts[0]), str(texts[1])),
                titles=(str(titles[0]), str(titles[1])),
                facets=tuple(map(str, values["facets"])),
                card=str(values["card"]),
            )
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError("not a part of a search index") from error


def make_part(entry: Entry) -> SearchPart:
    """What the index holds of ``entry``; the same for the same entry, whatever else there is."""
    article = entry.article
    title = entry.text.title
    texts = [
        [_text(segment, language) for segment in entry.text.segments]
        for language in (SOURCE_LANGUAGE, TARGET_LANGUAGE)
    ]
    return SearchPart(
        slug=entry.slug,
        day=article.published.day.toordinal() if article.published else 0,
        texts=(_words(texts[0]), _words(texts[1])),
        titles=(_words(texts[0][:1]), _words(texts[1][:1])),
        facets=_facets(entry),
        card=json.dumps(
            [
                entry.slug,
                _shortened(_text(title, SOURCE_LANGUAGE)),
                _shortened(_text(title, TARGET_LANGUAGE)),
                _english_tag(entry),
                article.published.iso if article.published else "",
                _plain(article.source_name or ""),
                _made(entry.text.segments),
                _made([title]),
                list(entry.tags.about),
                [topic.id for topic in entry.tags.topics],
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        ),
    )


def _facets(entry: Entry) -> tuple[str, ...]:
    source = _plain(entry.article.source_name or "")
    found = [f"country:{code}" for code in entry.tags.about]
    found += [f"topic:{topic.id}" for topic in entry.tags.topics]
    found += [f"body:{body.code}" for body in entry.tags.bodies]
    found += [f"source:{source}"] * bool(source)
    level = readability(entry.article.paragraphs).level
    found += [f"level:{level}"] * bool(level)
    found += [f"has:{state}" for state in _states(entry)]
    return tuple(sorted(set(found)))


def _states(entry: Entry) -> Iterator[str]:
    """What can be said of its English: all words have some ("***" is the same in both languages),
    all of it is by people, or there is none.
    """
    segments = [segment for segment in entry.text.segments if segment.translatable]
    made = [segment.translation for segment in segments if segment.translation]
    if made and len(made) == len(segments):
        yield "english"
        if all(one.state.is_human for one in made):
            yield "checked"
    if segments and not made:
        yield "missing"


# --- words --------------------------------------------------------------------------------------


def _words(texts: Iterable[str]) -> str:
    return " ".join(distinct_words(texts))


def _text(segment: Segment, language: str) -> str:
    """One segment in one language, "" where it is not translated."""
    if language == SOURCE_LANGUAGE:
        return _plain(segment.source)
    return _plain(segment.translation.text) if segment.translation else ""


def _plain(text: str) -> str:
    """On one line, without what UTF-8 cannot hold."""
    if text.isprintable() and "  " not in text and text.strip(" ") == text:
        return text  # as nearly all is
    return one_line(text).encode(errors="ignore").decode()


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE].rstrip() + "…"


# --- what stands behind the English -------------------------------------------------------------


def _english_tag(entry: Entry) -> str:
    """Plain English only if people stand behind all of it: a snippet may come from anywhere."""
    made = [s.translation for s in entry.text.segments if s.translatable and s.translation]
    return TARGET_LANGUAGE if all(t.state.is_human for t in made) else MACHINE_ENGLISH


def _made(segments: Iterable[Segment]) -> int | None:
    """The rank of the weakest English, more by the number of ranks where only a part is that weak.

    ``NO_ENGLISH`` where there is none, ``None`` where there is nothing to translate.
    """
    some = tuple(segments)
    of_all = standing(some)
    if of_all is None:
        return NO_ENGLISH if any(segment.translatable for segment in some) else None
    rank = WEAKEST_FIRST.index(of_all.weakest)
    return rank + len(WEAKEST_FIRST) if of_all.partly else rank


def made_words() -> dict[int, tuple[str, str]]:
    """For every rank that ``_made`` gives: the state that its mark shows, and what it says."""
    out = {NO_ENGLISH: ("missing", gettext("not translated yet"))}
    for rank, state in enumerate(WEAKEST_FIRST):
        out[rank] = (state.value, Standing(state, partly=False).words)
        if not state.is_human:
            partly = Standing(state, partly=True)
            out[rank + len(WEAKEST_FIRST)] = (state.value, partly.words)
    return dict(sorted(out.items()))

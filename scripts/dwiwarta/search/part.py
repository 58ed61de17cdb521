"""What one article adds to the search: a small value, made once and kept until the article changes.

A key is a form and its stem, ``luncur meluncurkan``, or one word where they are the same, so that
keys in order have the forms of a word together. Three kinds of forms stand beside each other:

``meluncurkan``  a word of the text, in small letters without accents
``AS``           a word of two to four letters that the text has in capitals
``+kongo``       a word of the name of one of the article's tags, which need not be in the text
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from dwiwarta.interface import gettext
from dwiwarta.model import (
    MACHINE_ENGLISH,
    SOURCE_LANGUAGE,
    TARGET_LANGUAGE,
    Entry,
    Segment,
)
from dwiwarta.provenance import WEAKEST_FIRST, Standing, standing
from dwiwarta.search.facets import facet_names
from dwiwarta.search.words import (
    LONGEST_FORM,
    distinct_words,
    forms_of,
    forms_of_word,
    passed_over,
    stem,
)
from dwiwarta.text import one_line

NAME_MARK = "+"
NO_ENGLISH = 9
_WORDS_KEPT = 200_000  # of a site with 10,000 articles nearly all: about 40 MB
_LONGEST_TITLE = 300  # characters; a longer one is cut in the list of results, not in its article


@dataclass(frozen=True, slots=True)
class SearchPart:
    """All that the index holds of an article.

    ``day``: days since 0001-01-01 as ``date.toordinal`` counts, 0 if the date is not known.
    ``indonesian``, ``english``: keys of its text in that language; ``title``: those that stand in
    a title of either language. ``facets``: what results are filtered by, as ``country:RU``.
    ``card``: JSON of what a result shows (``docs/assets/search/entry.js`` reads it).
    """

    slug: str
    day: int
    indonesian: tuple[str, ...]
    english: tuple[str, ...]
    title: tuple[str, ...]
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
            words = {
                name: tuple(map(str, values[name]))
                for name in ("indonesian", "english", "title", "facets")
            }
            return cls(
                slug=str(values["slug"]), day=int(values["day"]), card=str(values["card"]), **words
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not a part of a search index") from error


def make_part(entry: Entry) -> SearchPart:
    """What the index holds of ``entry``; the same for the same entry, whatever else there is."""
    article = entry.article
    title = entry.text.title
    facets = _facets(entry)
    texts = {
        language: [_text(segment, language) for segment in entry.text.segments]
        for language in (SOURCE_LANGUAGE, TARGET_LANGUAGE)
    }
    keys = {language: _keys(texts[language], language) for language in texts}
    names = {
        _key(NAME_MARK + form, language)
        for facet in facets
        for language, name in facet_names(facet)
        for form in forms_of(name)
    }
    titles = {
        key
        for language, text in texts.items()
        for key in _keys(text[:1], language)
        if key not in passed_over()
    }
    return SearchPart(
        slug=entry.slug,
        day=article.published.day.toordinal() if article.published else 0,
        indonesian=tuple(sorted(keys[SOURCE_LANGUAGE] | names)),
        english=tuple(sorted(keys[TARGET_LANGUAGE] | names)),
        title=tuple(sorted(titles)),
        facets=facets,
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
    found += ["has:english"] * _has_english(entry)
    return tuple(sorted(set(found)))


def _has_english(entry: Entry) -> bool:
    """Whether all of its words have English; "***" is the same in both languages."""
    translatable = [segment for segment in entry.text.segments if segment.translatable]
    return bool(translatable) and all(segment.translation for segment in translatable)


# --- words --------------------------------------------------------------------------------------


def _keys(texts: Iterable[str], language: str) -> set[str]:
    found: set[str] = set()
    for loud, words in distinct_words(texts).items():
        keys = _keys_of(language, loud)
        found.update(chain.from_iterable(map(keys.__getitem__, words)))
        if len(keys) > _WORDS_KEPT:
            keys.clear()
    return found


class _Keys(dict[str, tuple[str, ...]]):
    """The keys of each word, made when it first comes."""

    def __init__(self, language: str, loud: bool) -> None:
        self._language = language
        self._loud = loud

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = tuple(_key(form, self._language) for form in forms_of_word(word, self._loud))
        if len(word) <= LONGEST_FORM:
            self[word] = found
        return found


@cache
def _keys_of(language: str, loud: bool) -> _Keys:
    return _Keys(language, loud)


def _key(form: str, language: str) -> str:
    own = stem(form.lstrip(NAME_MARK), language)
    return form if own == form else f"{own} {form}"


def _text(segment: Segment, language: str) -> str:
    """One segment in one language, "" where it is not translated."""
    if language == SOURCE_LANGUAGE:
        return _plain(segment.source)
    return _plain(segment.translation.text) if segment.translation else ""


def _plain(text: str) -> str:
    """On one line, without what UTF-8 cannot hold."""
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

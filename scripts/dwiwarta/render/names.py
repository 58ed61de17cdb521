"""``lexicon/names.js``, ``lexicon/places.js``: by what browsers find names in both languages.

``docs/assets/words/names.js`` reads them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dwiwarta.knowledge.glossary import Term, load_glossary
from dwiwarta.knowledge.names import names
from dwiwarta.knowledge.taxonomy import (
    HOME,
    bodies,
    body_name,
    cldr_name,
    countries,
    country_name,
)

# Of what a country's words name: single words with a capital that are no acronyms, which stand for
# much that is neither place nor person. Names of several words are found without being known.
_NAME = re.compile(r"(?=.*[a-z])[^\W\d_a-z][\w'’-]*")
# English renderings that are names, and no adjectives ("Southeast Asian") or common words.
_ENGLISH = re.compile(r"(?!.*(?:ian|ican|ese|ish|s)$(?<!States)(?<!Nations))[A-Z].*")
# What a country is called, and no name of it: nicknames, adjectives.
_NO_NAME = re.compile(r"^Negeri |(?:ish|ican|ese|ino)$|^(?:Israeli|Afghan)$")
_CAPITALS = re.compile(r"[A-Z][A-Z.]+")


def known_names() -> dict[str, Any]:
    """What is known of names: a list of ``[kind, key, Indonesian, English]``, and words by which
    others are told from what is no name. ``key``: of a country or body, else "". English texts may
    have the Indonesian form, too.
    """
    own = names()
    return {
        "linkers": " ".join(own.linkers),
        "not": " ".join(own.not_names),
        "honorifics": " ".join(own.honorifics),
        "titles": " ".join(own.titles),
        "heads": own.heads,
        "directions": own.directions,
        "known": [*_countries(), *_bodies(), *_terms(), *_regions()],
    }


def known_places() -> list[list[str]]:
    """By country, places, institutions and people of it that have one name in both languages."""
    found = []
    for code, words in sorted(countries().countries.items()):
        if places := _alike(words.metonyms + words.places):
            found.append(_entry("of", code, places))
        if people := _alike(words.people):
            found.append(_entry("person", code, people))
    return found


def _entry(kind: str, key: str, source: Iterable[str], english: Iterable[str] = ()) -> list[str]:
    one = tuple(dict.fromkeys(source))
    other = "|".join(form for form in dict.fromkeys(english) if form not in one)
    return [kind, key, "|".join(one), *([other] if other else [])]


def _countries() -> Iterator[list[str]]:
    terms = _terms_by_form()
    for code, words in sorted(countries().countries.items()):
        known = [country_name(code, lang) for lang in ("id", "en")]
        source = [known[0], cldr_name(code, "id")]
        for one in words.names:
            is_name = code != HOME and one[0].isupper() and not _NO_NAME.search(one)
            if is_name or (one in terms and known[1] in terms[one].target):
                source.append(one)
        targets = [one for form in source if form in terms for one in terms[form].target]
        english = [known[1], cldr_name(code, "en")]
        english += [one for one in targets if _CAPITALS.fullmatch(one)]
        yield _entry("country", code, source, english)


def _alike(words: Sequence[str]) -> list[str]:
    """Those that are alike in both languages as a rule: of one word."""
    return [one for one in words if _NAME.fullmatch(one)]


def _bodies() -> Iterator[list[str]]:
    terms = _terms_by_form()
    for code, words in sorted(bodies().bodies.items()):
        indonesian, english = body_name(code, "id"), body_name(code, "en")
        short = [one for one in words.names if one.upper() == code]
        term = terms.get(indonesian)
        forms = term.source if term else ()
        targets = [one for one in term.target if _is_english_name(one)] if term else []
        yield _entry("body", code, [indonesian, *short, *forms], [english, *short, *targets])


def _terms() -> Iterator[list[str]]:
    taken = {body_name(code, "id") for code in bodies().bodies}
    for term in load_glossary().terms:
        if term.kind and not taken.intersection(term.source):
            english = [one for one in term.target if _is_english_name(one)]
            yield _entry(term.kind, "", term.source, english)


def _terms_by_form() -> dict[str, Term]:
    return {form: term for term in load_glossary().terms for form in term.source}


def _is_english_name(target: str) -> bool:
    return bool(_ENGLISH.fullmatch(target) or _CAPITALS.fullmatch(target))


def _regions() -> Iterator[list[str]]:
    for indonesian, english in names().places:
        yield _entry("place", "", [indonesian], [english])

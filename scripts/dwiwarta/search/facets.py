"""What results are filtered by: ``country:RU``, ``topic:medtop:11000000``, ``body:ASEAN``,
``source:Kompas``, ``level:easy`` and ``has:english`` (``checked``, ``missing``), and what readers
call them.
"""

import json
from collections.abc import Iterator, Mapping

from dwiwarta.knowledge.overlays import remembered
from dwiwarta.knowledge.taxonomy import (
    bodies,
    body_name,
    countries,
    country_name,
    topic_name,
    topic_slug,
)

# Indonesian and English; no words that an article is found by.
LEVEL_NAMES = {
    "easy": ("Mudah", "Easy"),
    "medium": ("Sedang", "Medium"),
    "demanding": ("Sulit", "Demanding"),
}
_MOST_NAMES = 6  # further names of a country or body that a search understands


@remembered
def facet_names(facet: str) -> tuple[tuple[str, str], ...]:
    """The names in both languages, each with its language; none where the name is no word of ours.

    An outlet's name is not among them: ``Kompas`` is a newspaper there and a compass in a text.
    """
    kind, _, key = facet.partition(":")
    name = {"country": country_name, "topic": topic_name, "body": body_name}.get(kind)
    if name is None:
        return ()
    return tuple((language, name(key, language)) for language in ("id", "en"))


def _further_names(kind: str, key: str) -> list[str]:
    known: tuple[str, ...] = ()
    if kind == "country":
        known = tuple(countries().countries[key].names)
    elif kind == "body":
        known = tuple(bodies().bodies[key].names)
    return list(known[:_MOST_NAMES])


def facet_table(counts: Mapping[str, int]) -> bytes:
    """JSON of all facets that articles have: kind, key, slug, names, and how many articles."""
    rows = sorted(_rows(counts), key=lambda row: (str(row[0]), str(row[3]).casefold(), str(row[1])))
    return (json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _rows(counts: Mapping[str, int]) -> Iterator[list[object]]:
    for facet, articles in counts.items():
        kind, _, key = facet.partition(":")
        slug = ""
        names = [name for _, name in facet_names(facet)]
        if kind == "level":
            names = list(LEVEL_NAMES[key])
        if kind == "country":
            slug = f"country/{key.lower()}/"
        elif kind == "topic":
            slug = f"topic/{topic_slug(key)}/"
        indonesian, english = names or (key, key)
        further = _further_names(kind, key) if names else []
        yield [kind, key, slug, english, indonesian, articles, further]

"""The index of all countries, with a map of them, and that of all topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_, spoken
from dwiwarta.knowledge.taxonomy import regions
from dwiwarta.model import Page
from dwiwarta.render.archive import newest_day
from dwiwarta.render.overview import overview_page
from dwiwarta.render.tags import Tagged
from dwiwarta.render.world_map import count_periods, world_map
from dwiwarta.settings import Project


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world, with its name in the other language ("" if it is the same)."""

    name: str
    beside: str


def index_page(kind: str, tagged: Sequence[Tagged], project: Project, shared: str) -> Page:
    """The index of all countries or of all topics."""
    folder, name, description = {
        "Country": (
            "country/",
            N_("Countries"),
            N_("All countries that the articles are about, with counts."),
        ),
        "Topic": (
            "topic/",
            N_("Topics"),
            N_("All topics that the articles are about, with counts."),
        ),
    }[kind]

    counts = count_periods(tagged) if kind == "Country" else {}

    def values() -> dict[str, object]:
        return {
            "kind": kind,
            "heading": name,
            "listed": [one for one in tagged if one.about],
            "only_mentioned": [one for one in tagged if not one.about],
            "regions": _regions() if kind == "Country" else (),
            "region_of": {code: at for at, one in enumerate(regions()) for code in one.countries},
            "map": world_map(tagged, counts) if counts.get("") else None,
        }

    listed = [f"{one.url} {len(one.about)} {len(one.mentioned)}" for one in tagged]
    drawn = repr({name: sorted(count.items()) for name, count in counts.items()})
    digest = digest_of("index", shared, drawn, *listed)
    day = newest_day(*(some for one in tagged for some in (one.about, one.mentioned)))
    return overview_page(
        folder, name, description, "index.html.j2", values, project, digest, day=day
    )


def _regions() -> list[Region]:
    """All parts of the world; a country names its own by the place in this list."""
    if spoken() == "id":
        return [Region(one.id, "") for one in regions()]
    return [Region(one.en, one.id if one.id != one.en else "") for one in regions()]

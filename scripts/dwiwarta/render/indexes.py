"""The index of all countries, with a map of them, and that of all topics."""

from collections.abc import Sequence

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_
from dwiwarta.model import Page
from dwiwarta.render.overview import overview_page
from dwiwarta.render.tags import Tagged
from dwiwarta.render.world_map import count_periods, world_map
from dwiwarta.settings import Project


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
            "map": world_map(tagged, counts) if counts.get("") else None,
        }

    listed = [f"{one.url} {len(one.about)} {len(one.mentioned)}" for one in tagged]
    drawn = repr({name: sorted(count.items()) for name, count in counts.items()})
    digest = digest_of("index", shared, drawn, *listed)
    return overview_page(folder, name, description, "index.html.j2", values, project, digest)

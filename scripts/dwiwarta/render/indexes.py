"""The index of all countries, with a map of them, and that of all topics."""

from collections.abc import Sequence

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import N_, gettext
from dwiwarta.model import Page
from dwiwarta.render.head import Head
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.tags import Tagged, title_of
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

    def render() -> bytes:
        head = Head(
            title=title_of(name),
            description=gettext(description),
            layout="index",
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(
            "index.html.j2",
            root="../",
            kind=kind,
            heading=name,
            listed=[one for one in tagged if one.about],
            only_mentioned=[one for one in tagged if not one.about],
            map=world_map(tagged, counts) if counts.get("") else None,
        )
        return page_bytes(folder, head, body, project)

    listed = [f"{one.url} {len(one.about)} {len(one.mentioned)}" for one in tagged]
    drawn = repr({name: sorted(count.items()) for name, count in counts.items()})
    return Page(f"{folder}index.md", digest_of("index", shared, drawn, *listed), render)

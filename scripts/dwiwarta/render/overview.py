"""Pages that show no article of their own: of all countries, months, feeds and e-books, and those
that scripts fill with what a reader keeps.
"""

from collections.abc import Callable, Mapping

from dwiwarta.interface import gettext
from dwiwarta.model import Page
from dwiwarta.render.head import Head
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.tags import title_of
from dwiwarta.settings import Project


def overview_page(
    folder: str,
    name: str,
    description: str,
    template: str,
    values: Callable[[], Mapping[str, object]],
    project: Project,
    digest: str,
    layout: str = "index",
    day: str = "",
) -> Page:
    """``<folder>index.md``; ``folder`` ends in "/". ``day``: see ``Page``.

    ``name`` and ``description`` are messages of the catalogue; ``values`` of the ``template`` are
    asked for when the page is rendered.
    """

    def render() -> bytes:
        head = Head(
            title=title_of(name),
            description=gettext(description),
            layout=layout,
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(template, root="../" * folder.count("/"), **values())
        return page_bytes(folder, head, body, project)

    return Page(f"{folder}index.md", digest, render, day)

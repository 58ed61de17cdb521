"""A page of ``docs/``: YAML front matter for the theme, and one block of raw HTML."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
import yaml

from dwiwarta.model import Page
from dwiwarta.render.dates import long_date, short_date
from dwiwarta.render.markup import compact, html
from dwiwarta.text import counted


@dataclass(frozen=True, slots=True)
class Head:
    """What the theme's templates are told about a page; plain text, not HTML.

    ``kind``: "article", "home", "list" or "index"; ``index``: whether search engines may list it.
    ``published``: ISO 8601; ``updated``: the day for the sitemap.
    """

    title: str
    description: str
    kind: str
    index: bool
    canonical: str | None = None
    published: str | None = None
    updated: str | None = None


def make_page(folder: str, head: Head, body: str) -> Page:
    """``<folder>index.md``. ``folder`` is "" or ends in "/"."""
    # Every value is escaped here, not in the theme: MkDocs' templates print titles and
    # descriptions as they are, in ours and in those of Material that we do not replace.
    meta: dict[str, Any] = {
        "title": str(html(head.title)),
        "description": str(html(head.description)),
        "kind": head.kind,
        "hide": ["navigation", "toc"],
    }
    if not head.index:
        meta["robots"] = "noindex"
    for key in ("canonical", "published", "updated"):
        value = getattr(head, key)
        if value:
            meta[key] = str(html(value))
    front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=float("inf"))
    text = f"---\n{front}---\n\n{body}\n"
    return Page(f"{folder}index.md", text.encode("utf-8"))


def render_template(name: str, **values: Any) -> str:
    """Render one of our templates, in the shape that Markdown leaves alone."""
    return compact(_environment().get_template(name).render(**values))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dwiwarta.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["long_date"] = long_date
    environment.filters["short_date"] = short_date
    environment.globals["counted"] = counted
    return environment

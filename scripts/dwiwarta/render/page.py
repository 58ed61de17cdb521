"""A page of ``docs/``: front matter for the theme, and one block of raw HTML.

The front matter is written one key a line, each value as JSON, which is YAML too: what stamps
pages into a shell of the theme (``site/shells.py``) reads it without a YAML parser. The first two
lines, ``title`` and ``head``, differ from page to page; the rest is the same for a whole layout.
"""

import json
import re
from functools import cache, lru_cache
from typing import Any

import jinja2
from markupsafe import Markup

from dwiwarta.interface import both, figure, in_html, n_in_html, other, spoken
from dwiwarta.kinds import LAYOUTS
from dwiwarta.knowledge.overlays import forget_with_overlays
from dwiwarta.render.dates import day_label
from dwiwarta.render.head import Head, head_html
from dwiwarta.render.markup import bdi, compact, html
from dwiwarta.render.views import Card, Chip, country_chip, topic_chip
from dwiwarta.settings import Project

_COUNTRIES = 4  # that a card of a list names
# Kept: the same article stands on the lists of its months, countries and topics. Each takes 2 kB.
_LINES = 20_000

# What a YAML stream may not hold as it is, or takes for the end of a line (YAML 1.1, 5.1 and 5.4).
_ESCAPED = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)  # fmt: skip


def page_bytes(folder: str, head: Head, body: str, project: Project) -> bytes:
    """``<folder>index.md``. ``folder`` is "" or ends in "/"."""
    front = {
        # Escaped here, not in the theme: Material prints titles as they are.
        "title": str(html(head.title)),
        "head": head_html(head, folder, project),
        "kind": head.layout,
        "bundle": LAYOUTS[head.layout],
        "hide": ["navigation", "toc"],
    }
    lines = [f"{key}: {yaml_value(value)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", body, ""]).encode()


def yaml_value(value: object) -> str:
    """As JSON on one line that YAML reads as the same value."""
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def render_template(name: str, **values: Any) -> str:
    """Render one of our templates, in the shape that Markdown leaves alone."""
    return compact(_environment().get_template(name).render(**values))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dwiwarta.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # which looks at the file of a template whenever it is used
    )
    environment.filters["long_date"] = day_label
    environment.globals.update(
        country_chip=country_chip,
        kickers=_kickers,
        line=_line,
        list_chips=_list_chips,
        tag_words=_tag_words,
    )
    environment.globals.update(
        _=in_html, bdi=bdi, ngettext=n_in_html, both=both, figure=figure, spoken=spoken, other=other
    )
    return environment


def _line(item: Card, root: str, day: bool) -> Markup:
    """An article as a line of a list; see ``macros.html.j2``."""
    return _kept_line(item, root, day, spoken())


@lru_cache(_LINES)
def _kept_line(item: Card, root: str, day: bool, _language: str) -> Markup:
    macros = _environment().get_template("macros.html.j2").module
    made: Markup = macros.line_made(item, root, day)  # type: ignore[attr-defined]
    return made


forget_with_overlays(_kept_line.cache_clear)


def _kickers(item: Card, subject: str) -> list[Chip]:
    """The topic that a card of a list names; none on the pages of that topic, ``subject``."""
    return [one for one in map(topic_chip, item.topics[:1]) if one.url != subject]


def _list_chips(item: Card, subject: str) -> list[Chip]:
    """The countries that a card of a list names, without that of the page's ``subject``."""
    return [one for one in map(country_chip, item.countries[:_COUNTRIES]) if one.url != subject]


def _tag_words(item: Card) -> str:
    """What scripts know the tags of an article by: the last parts of their addresses."""
    chips = [*map(country_chip, item.countries), *map(topic_chip, item.topics)]
    return " ".join(chip.url.split("/")[1] for chip in chips if chip.url)

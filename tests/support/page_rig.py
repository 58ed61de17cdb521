"""Reads generated pages for tests: their front matter and their elements."""

from typing import Any

import lxml.html
from mkdocs.utils import meta

from dwiwarta.model import Page


def read(page: Page) -> tuple[dict[str, Any], Any]:
    """The front matter and the tree of a page."""
    body, front = meta.get_data(page.render().decode("utf-8"))
    return front, lxml.html.fromstring(body)


def texts(node: Any, path: str) -> list[str]:
    """What each element at an XPath says, on one line."""
    return [" ".join(found.text_content().split()) for found in node.xpath(path)]

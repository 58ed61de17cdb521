"""JSON Feeds, version 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Sequence
from typing import Any

from dwiwarta.interface import spoken
from dwiwarta.render.feeds.items import Item
from dwiwarta.render.feeds.plan import JSON, Feed, tag_uri
from dwiwarta.render.head import address
from dwiwarta.render.views import article_url
from dwiwarta.render.xml import plain
from dwiwarta.settings import Project

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed, items: Sequence[Item], project: Project) -> bytes:
    """The file of a feed. What is not known is left out."""
    whole = {
        "version": VERSION,
        "title": plain(feed.title),
        "description": plain(feed.subtitle),
        "home_page_url": address(project, feed.page),
        "feed_url": address(project, f"{feed.base}{JSON}"),
        "language": spoken(),
        "authors": [{"name": plain(project.site_name)}],
        "items": [_item(item, project) for item in items],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _item(item: Item, project: Project) -> dict[str, Any]:
    folder = article_url(item.slug)
    values = {
        "id": tag_uri(project, folder.rstrip("/")),
        "url": address(project, folder),
        "external_url": item.source,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "date_published": item.when,
        "authors": [{"name": item.author}] if item.author else None,
        "tags": list(item.tags),
        "language": item.title_lang,
    }
    return {key: value for key, value in values.items() if value}

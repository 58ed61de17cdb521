"""Readwise's Markdown: what is known of an article stands in a list below its title."""

import re

import yaml

from dwiwarta.text import one_line

# https://docs.readwise.io/readwise/docs/exporting-highlights/obsidian, its default template.
_HEAD = re.compile(
    r"\s*(?:# (?P<title>[^\n]{1,500})\n+)?(?:!\[[^\]\n]*\]\([^)\n]*\)\n+)?"
    r"#{1,3} Metadata\n+(?P<list>(?:[-*] [A-Z][A-Za-z ]{1,30}:[^\n]*\n)+)\s*"
    r"(?:#{1,3} (?:Full Document|Content|Highlights)\n+)?"
)
_LINE = re.compile(r"[-*] (?P<key>[A-Z][A-Za-z ]{1,30}):(?P<value>[^\n]*)")
_KEYS = {
    "author": "author",
    "full title": "title",
    "url": "source_url",
    "published": "date",
    "published date": "date",
    "site": "source_name",
    "publisher": "source_name",
}


def split_metadata(text: str) -> tuple[str, str, int] | None:
    """The list as front matter, the text below it and that text's first line; None without one."""
    head = _HEAD.match(text)
    if head is None:
        return None
    found = {"title": one_line(head["title"] or "")}
    for line in _LINE.finditer(head["list"]):
        if (key := _KEYS.get(line["key"].casefold())) and (value := one_line(line["value"])):
            found[key] = value
    front = yaml.safe_dump({key: value for key, value in found.items() if value}, width=10_000)
    return front, text[head.end() :], 1 + text.count("\n", 0, head.end())
